//! How reliable codings are: Krippendorff's alpha with its interval, agreement and kappa of every two coders, for
//! each variable.

use super::codings::{CodeTable, CodedVariable};
use super::statistics::Interval;
use super::statistics::agreement::{
    Alpha, Codes, Kappa, Level, Weights, alpha, alpha_interval, kappa, percent_agreement,
};
use super::statistics::random::Stream;

/// Alpha from which on codings are customarily relied upon (Krippendorff 2019, p. 356).
pub const RELIABLE: f64 = 0.8;
/// Alpha from which on they allow tentative conclusions.
pub const TENTATIVE: f64 = 0.667;

/// How reliability is computed.
#[derive(Debug, Clone, PartialEq)]
pub struct ReliabilityOptions {
    /// The level of variables that have none of their own.
    pub level: Level,
    /// Levels by name of the variable.
    pub levels: Vec<(String, Level)>,
    /// The values in their order, where they are names.
    pub order: Vec<String>,
    /// Draws for the intervals.
    pub draws: usize,
    /// Seed of the draws.
    pub seed: u64,
}

impl Default for ReliabilityOptions {
    fn default() -> Self {
        Self { level: Level::Nominal, levels: Vec::new(), order: Vec::new(), draws: 2000, seed: 1 }
    }
}

/// The reliability of one variable.
#[derive(Debug, Clone, PartialEq)]
pub struct VariableReliability {
    /// Its name; empty where the table has one variable without a name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Units with a code.
    pub units: usize,
    /// Units with two or more.
    pub pairable: usize,
    /// Codes given.
    pub codes: usize,
    /// Codes missing, of units times coders.
    pub missing: usize,
    /// Values that occur.
    pub values: usize,
    /// Alpha, where there is one.
    pub alpha: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// Why alpha or its interval is not there.
    pub reason: Option<String>,
    /// Share of pairs of codes that are the same.
    pub agreement: Option<f64>,
    /// Every two coders.
    pub pairs: Vec<PairReliability>,
}

/// Two coders.
#[derive(Debug, Clone, PartialEq)]
pub struct PairReliability {
    /// The one.
    pub one: String,
    /// The other.
    pub other: String,
    /// What they agree on; `None` where they coded no unit in common.
    pub kappa: Option<Kappa>,
}

/// Computes the reliability of each variable.
pub fn reliability(table: &CodeTable, options: &ReliabilityOptions) -> Vec<VariableReliability> {
    table.variables.iter().map(|variable| of_variable(table, variable, options)).collect()
}

fn of_variable(
    table: &CodeTable,
    variable: &CodedVariable,
    options: &ReliabilityOptions,
) -> VariableReliability {
    let own = options.levels.iter().find(|(name, _)| *name == variable.name);
    let level = own.map_or(options.level, |&(_, level)| level);
    let codes_given = variable.codes.iter().flatten().flatten().count();
    let mut found = VariableReliability {
        name: variable.name.clone(),
        level,
        units: variable.codes.iter().filter(|unit| unit.iter().any(Option::is_some)).count(),
        pairable: 0,
        codes: codes_given,
        missing: table.units.len() * table.coders.len() - codes_given,
        values: 0,
        alpha: None,
        interval: None,
        reason: None,
        agreement: None,
        pairs: Vec::new(),
    };
    let codes = match variable.codes(level, &options.order) {
        Ok(codes) => codes,
        Err(reason) => {
            found.reason = Some(reason);
            return found;
        }
    };
    found.pairable = codes.pairable();
    let mut used = vec![false; codes.values.len()];
    codes.units.iter().flatten().flatten().for_each(|&code| used[code] = true);
    found.values = used.iter().filter(|&&used| used).count();
    found.agreement = percent_agreement(&codes);
    found.pairs = pairs(table, &codes, level);
    match alpha(&codes, level) {
        Alpha::Value(value) => {
            found.alpha = Some(value);
            let mut stream = Stream::new(options.seed, &format!("alpha {}", variable.name));
            found.interval = alpha_interval(&codes, level, options.draws, 0.95, &mut stream);
            if found.interval.is_none() {
                found.reason = Some("too many draws have no variation for an interval".to_owned());
            }
        }
        none => found.reason = none.reason().map(str::to_owned),
    }
    found
}

/// Kappa of every two coders; disagreements weigh by distance where there is an order.
fn pairs(table: &CodeTable, codes: &Codes, level: Level) -> Vec<PairReliability> {
    let weights = weights(level);
    let coders = table.coders.len();
    let numbers = (0..coders).flat_map(|one| (one + 1..coders).map(move |other| (one, other)));
    numbers
        .map(|(one, other)| PairReliability {
            one: table.coders[one].clone(),
            other: table.coders[other].clone(),
            kappa: kappa(codes, one, other, weights),
        })
        .collect()
}

/// How kappa weighs disagreements at a level.
pub fn weights(level: Level) -> Weights {
    match level {
        Level::Nominal => Weights::Equal,
        Level::Ordinal | Level::Interval | Level::Ratio => Weights::Quadratic,
    }
}

/// What an alpha allows, by the customary limits.
pub fn verdict(alpha: f64) -> &'static str {
    if alpha >= RELIABLE {
        "reliable"
    } else if alpha >= TENTATIVE {
        "tentative conclusions only"
    } else {
        "not reliable"
    }
}
