//! The tool as one more coder of a coding sheet, and the threshold that serves best by what people coded.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::codings::{CodeTable, CodedVariable};
use super::delimited::Delimited;
use super::sheet::VARIABLE;
use super::statistics::Interval;
use super::statistics::bootstrap::quantile;
use super::statistics::random::Stream;
use crate::error::{Error, Result};

/// Name of the tool among the coders.
pub const TOOL: &str = "parallax";
/// Fewest coded pairs, and fewest of each kind, from which a threshold is fitted.
const LEAST_UNITS: usize = 20;
const LEAST_OF_A_KIND: usize = 5;

/// Thresholds of a study that were fitted to what people coded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Least probability of two sentences that make the same statement.
    pub least_probability: f32,
}

impl Thresholds {
    /// Reads a file that `study reliability --fit` wrote, or one written by hand.
    ///
    /// # Errors
    /// [`Error::Table`] if it holds anything else.
    pub fn read(path: &Path) -> Result<Self> {
        let failed = |reason: String| Error::Table {
            source_name: path.display().to_string(),
            reason,
            hint: "it needs one line, `least_probability = 0.5`, with a number above 0 and below 1"
                .to_owned(),
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| Error::Io { path: path.to_owned(), error })?;
        let read: Self =
            toml::from_str(&text).map_err(|error| failed(error.message().to_owned()))?;
        if read.least_probability > 0.0 && read.least_probability < 1.0 {
            return Ok(read);
        }
        Err(failed(format!("least_probability is {}", read.least_probability)))
    }
}

/// What the tool says of the pairs of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// Probability and weight by unit.
    units: BTreeMap<String, (f64, f64)>,
}

impl Key {
    /// Reads the key of a coding sheet.
    ///
    /// # Errors
    /// [`Error::Table`] if it is none.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let table = Delimited::read(name, bytes)?;
        let failed = |reason: &str| Error::Table {
            source_name: name.to_owned(),
            reason: reason.to_owned(),
            hint: "give coding/key.csv of the study that wrote the sheet".to_owned(),
        };
        let column = |wanted: &str| {
            let found = table.columns.iter().position(|column| column == wanted);
            found.ok_or_else(|| failed(&format!("has no column `{wanted}`")))
        };
        let places = [column("unit")?, column("probability")?, column("weight")?];
        let mut units = BTreeMap::new();
        for row in &table.rows {
            let [unit, probability, weight] = places.map(|place| row.fields[place].trim());
            let numbers = probability.parse().ok().zip(weight.parse().ok());
            let numbers = numbers.filter(|(probability, weight): &(f64, f64)| {
                (0.0..=1.0).contains(probability) && *weight > 0.0
            });
            let numbers = numbers.ok_or_else(|| failed("holds a row without its numbers"))?;
            units.insert(unit.to_owned(), numbers);
        }
        Ok(Self { units })
    }

    /// The table with the tool as one more coder, from the probability `least` on.
    ///
    /// # Errors
    /// [`Error::Table`] if the table has no codes of the sheet.
    pub fn with_tool(&self, name: &str, table: &CodeTable, least: f64) -> Result<CodeTable> {
        let mut table = table.clone();
        let units = table.units.clone();
        let known = units.iter().any(|unit| self.units.contains_key(unit));
        let variable = self.variable(&mut table.variables).filter(|_| known);
        let Some(variable) = variable else {
            return Err(Error::Table {
                source_name: name.to_owned(),
                reason: format!("has no codes `{VARIABLE}` of pairs of the key"),
                hint: "give the coding sheet, filled in, and the key that was written with it"
                    .to_owned(),
            });
        };
        for (unit, codes) in units.iter().zip(&mut variable.codes) {
            let (one, none) = ("1".to_owned(), "0".to_owned());
            let said = self.units.get(unit);
            codes.push(said.map(|&(p, _)| if p >= least { one } else { none }));
        }
        for other in table.variables.iter_mut().filter(|other| other.name != VARIABLE) {
            other.codes.iter_mut().for_each(|codes| codes.push(None));
        }
        table.coders.push(TOOL.to_owned());
        Ok(table)
    }

    fn variable<'v>(&self, variables: &'v mut [CodedVariable]) -> Option<&'v mut CodedVariable> {
        let named = variables.iter().position(|variable| variable.name == VARIABLE)?;
        variables.get_mut(named)
    }

    /// Pairs that most of their coders agree on.
    fn judged(&self, table: &CodeTable) -> Vec<Judged> {
        let Some(variable) = table.variables.iter().find(|v| v.name == VARIABLE) else {
            return Vec::new();
        };
        let judged = table.units.iter().zip(&variable.codes).filter_map(|(unit, codes)| {
            let &(probability, weight) = self.units.get(unit)?;
            let given = || codes.iter().flatten().filter_map(|code| code.parse::<f64>().ok());
            let (yes, no) =
                (given().filter(|&c| c >= 0.5).count(), given().filter(|&c| c < 0.5).count());
            (yes != no).then_some(Judged { probability, weight, same: yes > no })
        });
        judged.collect()
    }
}

/// A pair with what people say of it.
#[derive(Debug, Clone, Copy)]
struct Judged {
    probability: f64,
    weight: f64,
    same: bool,
}

/// How well a threshold does, for the pairs of the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quality {
    /// Probability from which on two sentences are taken to say the same.
    pub threshold: f64,
    /// Share of the pairs taken that people take too.
    pub precision: f64,
    /// Share of the pairs people take that are taken.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
}

/// The threshold that serves best, beside the one in force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fit {
    /// Pairs on which most coders agree.
    pub units: usize,
    /// The threshold in force.
    pub current: Quality,
    /// The best one.
    pub best: Quality,
    /// 95 % interval of the best threshold over draws of pairs (percentiles).
    #[serde(skip)]
    pub interval: Option<Interval>,
}

/// Fits the threshold: the greatest F1 over the pairs of the corpus, ties to the one nearest to that in force.
///
/// # Errors
/// Why there is none, in words.
pub fn fit(
    table: &CodeTable,
    key: &Key,
    current: f64,
    (draws, seed): (usize, u64),
) -> std::result::Result<Fit, String> {
    let judged = key.judged(table);
    let same = judged.iter().filter(|one| one.same).count();
    if judged.len() < LEAST_UNITS || same.min(judged.len() - same) < LEAST_OF_A_KIND {
        return Err(format!(
            "{} pairs were coded 1 and {} were coded 0 by most of their coders; a threshold takes {LEAST_UNITS} pairs, \
             {LEAST_OF_A_KIND} of each",
            same,
            judged.len() - same
        ));
    }
    let best = best(&judged, current);
    let mut stream = Stream::new(seed, "threshold");
    let mut thresholds: Vec<f64> = (0..draws)
        .map(|_| {
            let drawn: Vec<Judged> =
                judged.iter().map(|_| judged[stream.below(judged.len())]).collect();
            self::best(&drawn, current).threshold
        })
        .collect();
    thresholds.sort_by(f64::total_cmp);
    let interval = (draws > 0).then(|| Interval {
        low: quantile(&thresholds, 0.025),
        high: quantile(&thresholds, 0.975),
    });
    Ok(Fit { units: judged.len(), current: quality(&judged, current), best, interval })
}

fn best(judged: &[Judged], current: f64) -> Quality {
    let mut best = quality(judged, current);
    for hundredth in 5..=95 {
        let other = quality(judged, f64::from(hundredth) / 100.0);
        let nearer = (other.threshold - current).abs() < (best.threshold - current).abs();
        if other.f1 > best.f1 + 1e-12 || (other.f1 > best.f1 - 1e-12 && nearer) {
            best = other;
        }
    }
    best
}

fn quality(judged: &[Judged], threshold: f64) -> Quality {
    let sum = |keep: &dyn Fn(&Judged) -> bool| -> f64 {
        judged.iter().filter(|one| keep(one)).map(|one| one.weight).sum()
    };
    let both = sum(&|one| one.same && one.probability >= threshold);
    let taken = sum(&|one| one.probability >= threshold);
    let same = sum(&|one| one.same);
    let share = |whole: f64| if whole > 0.0 { both / whole } else { 0.0 };
    let (precision, recall) = (share(taken), share(same));
    let f1 = if taken + same > 0.0 { 2.0 * both / (taken + same) } else { 0.0 };
    Quality { threshold, precision, recall, f1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Coders who say that pairs from `border` on say the same; each pair stands for as many as its weight.
    fn coded(border: f64) -> (CodeTable, Key) {
        let (mut codes, mut key) =
            ("unit,coder,same\n".to_owned(), "unit,probability,weight\n".to_owned());
        for number in 0..100 {
            let probability = (f64::from(number) + 0.5) / 100.0;
            let same = u8::from(probability >= border);
            for coder in ["Ona", "Jonas"] {
                codes += &format!("u{number},{coder},{same}\n");
            }
            key += &format!("u{number},{probability},{}\n", 1 + number % 3);
        }
        let table = CodeTable::read("codes.csv", codes.as_bytes(), &[]).unwrap();
        (table, Key::read("key.csv", key.as_bytes()).unwrap())
    }

    #[test]
    fn the_threshold_is_found_where_people_put_it() {
        let (table, key) = coded(0.7);
        let found = fit(&table, &key, 0.5, (50, 1)).unwrap();
        assert_eq!((found.units, found.best.threshold, found.best.f1), (100, 0.7, 1.0));
        assert!(found.current.precision < 0.65 && found.current.recall == 1.0, "{found:?}");
        let interval = found.interval.unwrap();
        assert!(interval.low >= 0.65 && interval.high <= 0.75, "{interval:?}");
    }

    #[test]
    fn a_threshold_that_is_right_stays() {
        let (table, key) = coded(0.5);
        assert_eq!(fit(&table, &key, 0.5, (10, 1)).unwrap().best.threshold, 0.5);
    }

    #[test]
    fn the_tool_is_one_more_coder() {
        let (table, key) = coded(0.5);
        let with = key.with_tool("codes.csv", &table, 0.5).unwrap();
        assert_eq!(with.coders, ["Ona", "Jonas", TOOL]);
        let one = |code: &str| Some(code.to_owned());
        assert_eq!(with.variables[0].codes[99], [one("1"), one("1"), one("1")]);
        assert_eq!(with.variables[0].codes[0], [one("0"), one("0"), one("0")]);
    }

    #[test]
    fn too_few_codes_give_no_threshold() {
        let (mut table, key) = coded(0.97);
        let error = fit(&table, &key, 0.5, (10, 1)).unwrap_err();
        assert!(error.contains("3 pairs were coded 1"), "{error}");
        table.variables[0].name = "tone".to_owned();
        assert!(key.with_tool("codes.csv", &table, 0.5).is_err());
    }
}
