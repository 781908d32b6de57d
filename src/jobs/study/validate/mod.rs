//! Validation on the user's own corpus: changes are planted into copies of its articles, and it is counted how often they
//! are noticed, so that a paper can state the error of what it reports.
//!
//! | change | file |
//! |---|---|
//! | a statement is left out | `omissions` |
//! | another name is used; a word of speaking takes what is said for true | `wording` |

mod omissions;
mod wording;

use std::collections::BTreeMap;

use super::events::{Events, Finding};
use super::gather::Gathered;
use crate::error::Result;
use crate::lang::Language;
use crate::study::statistics::exact::wilson;
use crate::study::table::{Cell, Column, Table, integer, real, text};

/// Changes that are planted of each kind.
const PLANTED: usize = 400;

const OMISSION: &str = "omission";
const CONTESTED: &str = "contested name";
const PERSON: &str = "name of a person";
const SPEAKING: &str = "word of speaking";
const CHANGES: [&str; 4] = [OMISSION, CONTESTED, PERSON, SPEAKING];

/// What became of one planted change.
struct Planted {
    change: &'static str,
    language: Language,
    detected: bool,
    others: usize,
    lost: usize,
}

const COLUMNS: [Column; 9] = [
    text(
        "change",
        "What was planted: an omission of a statement; another of the contested names; one name of a person in place of \
         the full one; a word of speaking that takes what is said for true (admitted) in place of a neutral one (said)",
    ),
    text("language", "Language of the articles that were changed; blank for all"),
    integer("planted", "Changes planted"),
    integer("detected", "Changes detected"),
    real("detection_rate", "Share of planted changes that were detected"),
    real("low", "Lower end of its 95 % interval (Wilson)"),
    real("high", "Upper end of its 95 % interval (Wilson)"),
    integer("others", "Other statements, names or attributions of these articles"),
    real("false_alarm_rate", "Share of the others that changed though nothing was done to them"),
];

/// Plants changes and counts what is noticed.
pub(super) fn validate(gathered: &Gathered, events: &Events, finding: Finding) -> Result<Table> {
    let mut planted = omissions::plant_all(gathered, events, finding, PLANTED)?;
    planted.extend(wording::plant_all(gathered, finding.seed, PLANTED));
    let mut table = Table::new(
        "validation",
        "A row is a kind of change and a language: how often it is noticed when planted into copies of this corpus's \
         articles. A kind that the corpus offers no place for has no row.",
        &COLUMNS,
    );
    for change in CHANGES {
        let mut by_language: BTreeMap<Language, Sums> = BTreeMap::new();
        for one in planted.iter().filter(|one| one.change == change) {
            by_language.entry(one.language).or_default().add(one);
        }
        let all = by_language.values().fold(Sums::default(), |all, own| all.plus(*own));
        if all.planted == 0 {
            continue;
        }
        table.push(all.row(change, None));
        for (language, sums) in by_language {
            table.push(sums.row(change, Some(language)));
        }
    }
    Ok(table)
}

#[derive(Default, Clone, Copy)]
struct Sums {
    planted: usize,
    detected: usize,
    others: usize,
    lost: usize,
}

impl Sums {
    fn add(&mut self, one: &Planted) {
        self.planted += 1;
        self.detected += usize::from(one.detected);
        self.others += one.others;
        self.lost += one.lost;
    }

    fn plus(self, other: Self) -> Self {
        Self {
            planted: self.planted + other.planted,
            detected: self.detected + other.detected,
            others: self.others + other.others,
            lost: self.lost + other.lost,
        }
    }

    fn row(self, change: &str, language: Option<Language>) -> Vec<Cell> {
        let share = |part: usize, whole: usize| (whole > 0).then(|| part as f64 / whole as f64);
        let interval = wilson(self.detected, self.planted, 0.95);
        vec![
            change.into(),
            language.map(|language| language.to_string()).into(),
            self.planted.into(),
            self.detected.into(),
            share(self.detected, self.planted).into(),
            interval.map(|interval| interval.low).into(),
            interval.map(|interval| interval.high).into(),
            self.others.into(),
            share(self.lost, self.others).into(),
        ]
    }
}
