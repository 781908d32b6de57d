//! Tables of codes that coders gave to units.
//!
//! Two forms are read. Long: columns for the unit and the coder, every other column a variable (or a column that
//! names the variable and one with the code). Wide: a row for each unit, a column for each coder, one variable.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::delimited::{Delimited, Row};
use super::sheet::CONTEXT;
use super::statistics::agreement::{CodeValue, Codes, Level};
use crate::error::{Error, Result};

/// Names of the column with the unit.
const UNIT_NAMES: [&str; 12] = [
    "unit",
    "unit_id",
    "id",
    "item",
    "item_id",
    "case",
    "case_id",
    "text_id",
    "article_id",
    "pair",
    "row",
    "",
];
/// Names of the column with the coder.
const CODER_NAMES: [&str; 6] = ["coder", "coder_id", "rater", "annotator", "judge", "observer"];
/// Names of the column with the variable, in a table with a column for the code.
const VARIABLE_NAMES: [&str; 3] = ["variable", "question", "category"];
/// Names of the column with the code.
const CODE_NAMES: [&str; 5] = ["code", "value", "rating", "label", "answer"];
/// What stands for a missing code, besides nothing.
const MISSING: [&str; 6] = ["na", "n/a", "nan", "null", ".", "-"];

/// Codes of all variables.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeTable {
    /// The coders, in the order of the table.
    pub coders: Vec<String>,
    /// The units, in the order of the table.
    pub units: Vec<String>,
    /// The variables, in the order of the table.
    pub variables: Vec<CodedVariable>,
    /// Remarks on records that were not used, each a sentence without a stop.
    pub notes: Vec<String>,
}

/// The codes of one variable as written: a row for each unit, a place for each coder.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedVariable {
    /// Its name; empty in a wide table.
    pub name: String,
    /// The codes.
    pub codes: Vec<Vec<Option<String>>>,
    decimal_comma: bool,
}

impl CodeTable {
    /// Reads a table; `name` is what errors call it, `missing` adds to what stands for no code.
    ///
    /// # Errors
    /// [`Error::Table`] if it is no table of codes.
    pub fn read(name: &str, bytes: &[u8], missing: &[String]) -> Result<Self> {
        let table = Self::read_part(name, bytes, missing)?;
        table.check(name)?;
        Ok(table)
    }

    /// Reads one of several tables, which may hold the codes of a single coder. A coder without a name is called like
    /// the file.
    ///
    /// # Errors
    /// [`Error::Table`] if it is no table of codes.
    pub fn read_part(name: &str, bytes: &[u8], missing: &[String]) -> Result<Self> {
        let table = Delimited::read(name, bytes)?;
        let reading = Reading { name, table: &table, missing };
        match table.column(&CODER_NAMES) {
            Some(coder) => reading.long(coder),
            None => reading.wide(),
        }
    }

    /// Whether agreement can be computed.
    ///
    /// # Errors
    /// [`Error::Table`] with fewer than two coders.
    pub fn check(&self, name: &str) -> Result<()> {
        let count = self.coders.len();
        if count >= 2 {
            return Ok(());
        }
        Err(Error::Table {
            source_name: name.to_owned(),
            reason: format!("has {count} coder{}", if count == 1 { "" } else { "s" }),
            hint: "agreement takes two or more: columns `unit`, `coder` and one for each variable, or a column for each \
                   coder"
                .to_owned(),
        })
    }

    /// Adds the codes of another table. Where a coder coded a unit in both, the first code counts.
    pub fn join(&mut self, other: Self) {
        let place = |names: &mut Vec<String>, name: String| {
            names.iter().position(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            })
        };
        let units: Vec<usize> =
            other.units.into_iter().map(|unit| place(&mut self.units, unit)).collect();
        let coders: Vec<usize> =
            other.coders.into_iter().map(|coder| place(&mut self.coders, coder)).collect();
        for variable in other.variables {
            let known = self.variables.iter().position(|own| own.name == variable.name);
            let known = known.unwrap_or_else(|| {
                self.variables.push(CodedVariable { codes: Vec::new(), ..variable.clone() });
                self.variables.len() - 1
            });
            let own = &mut self.variables[known].codes;
            for (&unit, codes) in units.iter().zip(variable.codes) {
                own.resize(own.len().max(unit + 1), Vec::new());
                let row = &mut own[unit];
                for (&coder, code) in coders.iter().zip(codes) {
                    row.resize(row.len().max(coder + 1), None);
                    row[coder] = row[coder].take().or(code);
                }
            }
        }
        let (units, coders) = (self.units.len(), self.coders.len());
        for variable in &mut self.variables {
            variable.codes.resize(units, Vec::new());
            variable.codes.iter_mut().for_each(|row| row.resize(coders, None));
        }
        self.notes.extend(other.notes);
    }
}

struct Reading<'t> {
    name: &'t str,
    table: &'t Delimited,
    missing: &'t [String],
}

/// Names in the order in which they come, each with its number.
#[derive(Default)]
struct Numbered {
    names: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

impl Numbered {
    fn number(&mut self, name: &str) -> usize {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        self.numbers.insert(name.to_owned(), self.names.len());
        self.names.push(name.to_owned());
        self.names.len() - 1
    }
}

impl Reading<'_> {
    fn failed(&self, reason: impl Into<String>, hint: &str) -> Error {
        Error::Table {
            source_name: self.name.to_owned(),
            reason: reason.into(),
            hint: hint.to_owned(),
        }
    }

    /// A code, or nothing where it stands for none.
    fn code(&self, field: &str) -> Option<String> {
        let code = field.trim();
        let lower = code.to_lowercase();
        let missing = code.is_empty()
            || MISSING.contains(&lower.as_str())
            || self.missing.iter().any(|sign| sign == code);
        (!missing).then(|| code.to_owned())
    }

    fn notes(&self) -> Vec<String> {
        let broken = self.table.broken.iter();
        broken.map(|row| format!("line {} {}, and was left out", row.line, row.reason)).collect()
    }

    fn variable(&self, name: &str, units: usize, coders: usize) -> CodedVariable {
        CodedVariable {
            name: name.to_owned(),
            codes: vec![vec![None; coders]; units],
            decimal_comma: self.table.separator == ';',
        }
    }

    fn wide(&self) -> Result<CodeTable> {
        let columns = &self.table.columns;
        let is_code = |name: &String| name.is_empty() || name.parse::<f64>().is_ok();
        if columns.iter().all(is_code) {
            return Err(self.failed(
                "the first row holds codes, not names of columns",
                "put a row with the coders' names on top",
            ));
        }
        let unit = columns
            .first()
            .is_some_and(|first| UNIT_NAMES.contains(&first.to_lowercase().as_str()));
        let first_coder = usize::from(unit);
        let coders: Vec<String> = columns[first_coder..].to_vec();
        let rows = &self.table.rows;
        let mut variable = self.variable("", rows.len(), coders.len());
        let mut names = Vec::new();
        for (row, codes) in rows.iter().zip(&mut variable.codes) {
            names.push(if unit { row.fields[0].clone() } else { row.line.to_string() });
            for (code, field) in codes.iter_mut().zip(&row.fields[first_coder..]) {
                *code = self.code(field);
            }
        }
        Ok(CodeTable { coders, units: names, variables: vec![variable], notes: self.notes() })
    }

    /// The coder of a row: without a name, the file is his.
    fn coder<'r>(&'r self, row: &'r Row, coder: usize) -> &'r str {
        let named = row.fields[coder].trim();
        let file = Path::new(self.name).file_stem().and_then(|stem| stem.to_str());
        if named.is_empty() { file.unwrap_or(self.name) } else { named }
    }

    fn long(&self, coder: usize) -> Result<CodeTable> {
        let table = self.table;
        let unit_names: Vec<&str> =
            UNIT_NAMES.iter().copied().filter(|name| !name.is_empty()).collect();
        let unit = table.column(&unit_names).filter(|&unit| unit != coder).ok_or_else(|| {
            self.failed("names a coder, but no unit", "call the column with the units `unit`")
        })?;
        let (mut units, mut coders) = (Numbered::default(), Numbered::default());
        for row in &table.rows {
            units.number(row.fields[unit].trim());
            coders.number(self.coder(row, coder));
        }
        let named = table.column(&VARIABLE_NAMES).zip(table.column(&CODE_NAMES));
        // Each cell with its variable: from its own column, or named beside it.
        let cells: Vec<(usize, usize)> = match named {
            Some((_, code)) => vec![(code, 0)],
            None => {
                let others = (0..table.columns.len()).filter(|&c| {
                    c != unit && c != coder && !CONTEXT.contains(&table.columns[c].as_str())
                });
                others.enumerate().map(|(number, column)| (column, number)).collect()
            }
        };
        let mut names = Numbered::default();
        if named.is_none() {
            cells.iter().for_each(|&(column, _)| {
                names.number(&table.columns[column]);
            });
        }
        let mut variables: Vec<CodedVariable> = Vec::new();
        let mut twice = BTreeSet::new();
        for row in &table.rows {
            let place =
                (units.number(row.fields[unit].trim()), coders.number(self.coder(row, coder)));
            for &(column, number) in &cells {
                let number = match named {
                    Some((variable, _)) => names.number(row.fields[variable].trim()),
                    None => number,
                };
                while variables.len() <= number {
                    variables.push(self.variable("", units.names.len(), coders.names.len()));
                }
                let Some(code) = self.code(&row.fields[column]) else { continue };
                let kept = &mut variables[number].codes[place.0][place.1];
                if kept.as_ref().is_some_and(|kept| *kept != code) {
                    twice.insert((place, number));
                }
                kept.get_or_insert(code);
            }
        }
        for (variable, name) in variables.iter_mut().zip(&names.names) {
            variable.name.clone_from(name);
        }
        let mut notes = self.notes();
        for ((unit, coder), variable) in twice {
            notes.push(format!(
                "{} coded {} of {} twice and differently; the first code counts",
                coders.names[coder], names.names[variable], units.names[unit]
            ));
        }
        Ok(CodeTable { coders: coders.names, units: units.names, variables, notes })
    }
}

impl CodedVariable {
    /// The codes as numbers of values. Numbers are in their order; names in `order` where it is given, else by
    /// the alphabet.
    ///
    /// # Errors
    /// Why they cannot be taken at this level, in words.
    pub fn codes(&self, level: Level, order: &[String]) -> std::result::Result<Codes, String> {
        if !order.is_empty() {
            return self.ordered(order);
        }
        let numbers: Option<Vec<Vec<Option<f64>>>> = self
            .codes
            .iter()
            .map(|unit| unit.iter().map(|code| self.number(code.as_deref())).collect())
            .collect();
        if let Some(numbers) = numbers {
            let negative = numbers.iter().flatten().flatten().any(|number| *number < 0.0);
            if level == Level::Ratio && negative {
                return Err("a ratio scale has no values below zero".to_owned());
            }
            return Ok(Codes::of_numbers(&numbers));
        }
        if level == Level::Nominal {
            return Ok(Codes::of_labels(&self.codes));
        }
        let text = self.codes.iter().flatten().flatten().find(|code| self.parse(code).is_none());
        Err(format!(
            "“{}” is no number, and the order of the values is not known",
            text.map_or("", String::as_str)
        ))
    }

    fn ordered(&self, order: &[String]) -> std::result::Result<Codes, String> {
        let place = |code: &Option<String>| match code {
            None => Ok(None),
            Some(code) => match order.iter().position(|value| value == code) {
                Some(place) => Ok(Some(place)),
                None => Err(format!("“{code}” is not in the order given")),
            },
        };
        let units: std::result::Result<Vec<Vec<_>>, String> =
            self.codes.iter().map(|unit| unit.iter().map(place).collect()).collect();
        let values = order
            .iter()
            .enumerate()
            .map(|(index, label)| CodeValue { label: label.clone(), number: index as f64 })
            .collect();
        Ok(Codes { values, units: units? })
    }

    /// A missing code is a number that is missing; a name is no number at all.
    fn number(&self, code: Option<&str>) -> Option<Option<f64>> {
        match code {
            None => Some(None),
            Some(code) => self.parse(code).map(Some),
        }
    }

    fn parse(&self, code: &str) -> Option<f64> {
        let number = match self.decimal_comma {
            true => code.replace(',', ".").parse(),
            false => code.parse::<f64>(),
        };
        number.ok().filter(|number| number.is_finite())
    }
}

#[cfg(test)]
mod tests;
