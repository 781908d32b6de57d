//! Checks between versions of an event: what one document says and another does not, or says
//! otherwise.
//!
//! A check is a file with a [`Check`] constant and a row in [`CHECKS`]; ids, help and `explain` are
//! read from there.

mod addition;
mod attribution;
mod damage;
mod date_mismatch;
mod framing;
mod linked_facts;
mod machine_translated;
#[cfg(test)]
mod made;
mod mixed_language;
mod name_mismatch;
mod naming;
mod naming_candidates;
mod negation;
mod number_mismatch;
mod omission;
mod quote_changed;
mod reordered_lead;
mod repetition;
mod suspect_extraction;
mod title_mismatch;
mod told_facts;
mod tone;
mod unit_mismatch;
mod untranslated;

use rayon::prelude::*;

use crate::align::Comparison;
use crate::align::pulse::{Pulse, Tell};
use crate::error::{Error, Result};
use crate::finding::{CheckInfo, Finding, Severity, unknown_check};

/// A check: what it says about itself, and how it looks.
pub struct Check {
    /// Id, family, explanation.
    pub info: CheckInfo,
    /// Finds differences.
    pub run: fn(&Comparison) -> Vec<Finding>,
}

/// The checks, in the order of the documentation.
pub const CHECKS: &[Check] = &[
    omission::CHECK,
    addition::CHECK,
    reordered_lead::CHECK,
    number_mismatch::CHECK,
    date_mismatch::CHECK,
    unit_mismatch::CHECK,
    name_mismatch::CHECK,
    title_mismatch::CHECK,
    naming::CHECK,
    framing::CHECK,
    negation::CHECK,
    attribution::CHECK,
    quote_changed::CHECK,
    tone::CHECK,
    suspect_extraction::CHECK,
    mixed_language::CHECK,
    machine_translated::CHECK,
    repetition::CHECK,
    untranslated::CHECK,
];

/// The row of a check id.
pub fn check(id: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.info.id == id)
}

/// Which checks run, and what of their findings is kept.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// Ids of the only checks to run; all where empty.
    pub only: Vec<String>,
    /// Ids of checks not to run.
    pub skip: Vec<String>,
    /// Mildest severity kept.
    pub min_severity: Option<Severity>,
}

impl CheckOptions {
    /// The checks that run.
    ///
    /// # Errors
    /// [`Error::Option`] where an id is unknown; the reason names the nearest known one.
    pub fn selected(&self) -> Result<Vec<&'static Check>> {
        for (option, ids) in [("--only", &self.only), ("--skip", &self.skip)] {
            if let Some(unknown) = ids.iter().find(|id| check(id).is_none()) {
                let known: Vec<&str> = CHECKS.iter().map(|check| check.info.id).collect();
                return Err(Error::Option { option, reason: unknown_check(unknown, &known) });
            }
        }
        let named = |ids: &[String], check: &Check| ids.iter().any(|id| id == check.info.id);
        Ok(CHECKS
            .iter()
            .filter(|check| self.only.is_empty() || named(&self.only, check))
            .filter(|check| !named(&self.skip, check))
            .collect())
    }
}

/// Runs the selected checks. The weightiest findings come first, then the surest; equals stay in the
/// order of the checks and documents. `tell` hears how many checks are through, and may end the work.
///
/// # Errors
/// [`Error::Option`] where an option names no check, and those of `tell`.
pub fn run(
    comparison: &Comparison,
    options: &CheckOptions,
    tell: &mut Tell<'_>,
) -> Result<Vec<Finding>> {
    let checks = options.selected()?;
    let pulse = Pulse::new(checks.len(), tell);
    let running = checks.into_par_iter().map(|check| pulse.part(|| (check.run)(comparison)));
    let found: Vec<Vec<Finding>> = running.collect::<Result<_>>()?;
    let mut findings: Vec<Finding> = found
        .into_iter()
        .flatten()
        .filter(|finding| options.min_severity.is_none_or(|least| finding.severity >= least))
        .collect();
    findings.sort_by(|one, other| {
        (other.severity.cmp(&one.severity)).then(other.confidence.total_cmp(&one.confidence))
    });
    Ok(findings)
}

/// Document ids in words: `d0`, `d0 and d2`, `d0, d1 and d3`.
fn document_list(documents: &[usize]) -> String {
    let ids: Vec<String> = documents.iter().map(|document| format!("d{document}")).collect();
    match ids.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_kebab_case() {
        for (index, check) in CHECKS.iter().enumerate() {
            let id = check.info.id;
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{id}");
            assert!(CHECKS[..index].iter().all(|other| other.info.id != id), "{id} twice");
            assert!(!check.info.summary.ends_with('.'), "{id}: a summary is no sentence");
        }
    }

    #[test]
    fn an_unknown_check_is_refused_by_name() {
        let options = CheckOptions { only: vec!["numbers".to_owned()], ..Default::default() };
        let error = options.selected().err().map(|error| error.to_string()).unwrap();
        assert!(error.contains("--only") && error.contains("`numbers`"), "{error}");
    }

    #[test]
    fn skip_takes_out_of_only() {
        let options = CheckOptions {
            only: vec!["omission".to_owned(), "addition".to_owned()],
            skip: vec!["addition".to_owned()],
            min_severity: None,
        };
        let ids: Vec<&str> =
            options.selected().unwrap().iter().map(|check| check.info.id).collect();
        assert_eq!(ids, ["omission"]);
    }
}
