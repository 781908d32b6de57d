//! Results of a study: every comparison that was tested, with all that a paper states beside a p, and the tables.

use super::statistics::Interval;
use super::statistics::labels::Divergence;
use super::statistics::multiple::benjamini_hochberg;
use super::statistics::within::Comparison;
use super::table::{Cell, Column, Table, integer, real, text};

/// A group compared with the others in one respect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Test {
    /// The analysis it is part of.
    pub analysis: &'static str,
    /// What was measured.
    pub measure: &'static str,
    /// What of: an event, a name, an axis, a word; empty where it is the group as a whole.
    pub subject: String,
    /// The group.
    pub group: String,
    /// What it was compared with.
    pub against: String,
    /// The group's value.
    pub group_value: Option<f64>,
    /// The others' value.
    pub others_value: Option<f64>,
    /// The difference, within events where the analysis says so.
    pub difference: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// Name of the effect size.
    pub effect_name: &'static str,
    /// The effect size.
    pub effect: Option<f64>,
    /// Probability of a difference as large if groups made none.
    pub p: Option<f64>,
    /// The false discovery rate over all tests of the run.
    pub q: Option<f64>,
    /// The same over the tests of the analysis.
    pub q_analysis: Option<f64>,
    /// Events that count.
    pub events: usize,
    /// Observations of the group.
    pub group_count: usize,
    /// Observations of the others.
    pub others_count: usize,
    /// Why a figure is missing.
    pub reason: Option<String>,
    /// What it is about, in numbers of the material.
    pub about: About,
}

/// What a test is about, so that the sentences behind it can be found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct About {
    /// Number of the group.
    pub group: usize,
    /// Number of the subject: of an event, a name, an axis, a word.
    pub subject: Option<usize>,
    /// Number of what is asked of the subject: one of its names, a kind of source.
    pub part: Option<usize>,
}

/// A passage behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its article.
    pub article: usize,
    /// Number of the sentence, from 0; none where the whole article is meant, by its headline.
    pub sentence: Option<usize>,
    /// Whether it speaks of the group; else of the others.
    pub in_group: bool,
    /// What to look at, in words.
    pub note: String,
}

impl Test {
    /// A test from a comparison within events, the effect in standard deviations.
    pub fn of_comparison(
        analysis: &'static str,
        measure: &'static str,
        found: &Comparison,
    ) -> Self {
        Self {
            analysis,
            measure,
            group_value: found.group_mean,
            others_value: found.others_mean,
            difference: found.difference,
            interval: found.interval,
            effect_name: "d",
            effect: found.standardised,
            p: found.p,
            events: found.events,
            group_count: found.group_count,
            others_count: found.others_count,
            reason: found.reason.map(str::to_owned),
            ..Self::default()
        }
    }

    /// A test from the labels that groups use; the effect is what the divergence has beyond that of shuffled groups.
    pub fn of_divergence(
        analysis: &'static str,
        measure: &'static str,
        found: &Divergence,
    ) -> Self {
        Self {
            analysis,
            measure,
            difference: found.bits,
            interval: found.interval,
            effect_name: "excess",
            effect: found.bits.zip(found.expected).map(|(bits, expected)| bits - expected),
            p: found.p,
            events: found.events,
            group_count: found.group_count,
            others_count: found.others_count,
            reason: found.reason.map(str::to_owned),
            ..Self::default()
        }
    }

    /// The same test, with what it is about.
    pub fn about(mut self, about: About) -> Self {
        self.about = about;
        self
    }

    /// The same test, of whom against whom and in what.
    pub fn between(mut self, subject: &str, group: &str, against: &str) -> Self {
        subject.clone_into(&mut self.subject);
        group.clone_into(&mut self.group);
        against.clone_into(&mut self.against);
        self
    }

    /// Whether it is a discovery at a false discovery rate.
    pub fn is_discovery(&self, rate: f64) -> bool {
        self.q.is_some_and(|q| q <= rate)
    }
}

/// Most tests of an analysis that a report shows; all are in the table.
const MOST_SHOWN: usize = 100;

/// The name of a test by its number.
pub fn test_id(number: usize) -> String {
    format!("t{number}")
}

/// What an analysis gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Comparisons that were tested.
    pub tests: Vec<Test>,
    /// Its tables.
    pub tables: Vec<Table>,
    /// What a reader must know, each a sentence without a stop.
    pub notes: Vec<String>,
}

impl Findings {
    /// Adds what another analysis gives.
    pub fn extend(&mut self, other: Self) {
        self.tests.extend(other.tests);
        self.tables.extend(other.tables);
        self.notes.extend(other.notes);
    }

    /// Corrects for the number of tests, over the run and over each analysis.
    pub fn correct(&mut self) {
        let tested: Vec<usize> =
            (0..self.tests.len()).filter(|&index| self.tests[index].p.is_some()).collect();
        for (index, q) in self.rates(&tested) {
            self.tests[index].q = Some(q);
        }
        let mut analyses: Vec<&str> = self.tests.iter().map(|test| test.analysis).collect();
        analyses.sort_unstable();
        analyses.dedup();
        for analysis in analyses {
            let own: Vec<usize> =
                tested.iter().copied().filter(|&i| self.tests[i].analysis == analysis).collect();
            for (index, q) in self.rates(&own) {
                self.tests[index].q_analysis = Some(q);
            }
        }
    }

    /// The tests of an analysis that a report shows, by their numbers: those of groups as a whole, what was found, the
    /// largest effects first, and of the rest those with the smallest p.
    pub fn shown(&self, analysis: &str, rate: f64) -> Vec<usize> {
        let own = |index: &usize| self.tests[*index].analysis == analysis;
        let mut shown: Vec<usize> = (0..self.tests.len()).filter(own).collect();
        shown.sort_by(|&one, &other| {
            let (one, other) = (&self.tests[one], &self.tests[other]);
            let rank = |test: &Test| (!test.subject.is_empty(), !test.is_discovery(rate));
            let size = |test: &Test| test.effect.map_or(0.0, f64::abs);
            let p = |test: &Test| test.p.unwrap_or(2.0);
            rank(one).cmp(&rank(other)).then_with(|| match one.is_discovery(rate) {
                true => size(other).total_cmp(&size(one)),
                false => p(one).total_cmp(&p(other)),
            })
        });
        shown.truncate(MOST_SHOWN);
        shown
    }

    fn rates(&self, tests: &[usize]) -> Vec<(usize, f64)> {
        let p: Vec<f64> = tests.iter().filter_map(|&index| self.tests[index].p).collect();
        tests.iter().copied().zip(benjamini_hochberg(&p)).collect()
    }

    /// The table of tests.
    pub fn test_table(&self) -> Table {
        let mut table = Table::new(
            "tests",
            "A row is a group compared with others in one respect.",
            &TEST_COLUMNS,
        );
        for (number, test) in self.tests.iter().enumerate() {
            table.push(vec![
                test_id(number).into(),
                test.analysis.into(),
                test.measure.into(),
                blank_if_empty(&test.subject),
                test.group.as_str().into(),
                test.against.as_str().into(),
                test.group_value.into(),
                test.others_value.into(),
                test.difference.into(),
                test.interval.map(|interval| interval.low).into(),
                test.interval.map(|interval| interval.high).into(),
                test.effect_name.into(),
                test.effect.into(),
                test.p.into(),
                test.q.into(),
                test.q_analysis.into(),
                test.events.into(),
                test.group_count.into(),
                test.others_count.into(),
                test.reason.clone().into(),
            ]);
        }
        table
    }
}

fn blank_if_empty(text: &str) -> Cell {
    if text.is_empty() { Cell::Blank } else { text.into() }
}

const TEST_COLUMNS: [Column; 20] = [
    text("test", "Name of the test, the same in study.json and report.html"),
    text("analysis", "The analysis"),
    text("measure", "What was measured"),
    text("subject", "What of: an event, a name, an axis, a word; blank for the group as a whole"),
    text("group", "The group"),
    text("against", "What it was compared with"),
    real("group_value", "Value of the group over all its articles"),
    real("others_value", "Value of the others over all theirs"),
    real("difference", "Difference, averaged within events where the analysis says so"),
    real("low", "Lower end of the 95 % interval of the difference"),
    real("high", "Upper end of the 95 % interval of the difference"),
    text(
        "effect_name",
        "Name of the effect size: h (Cohen, of shares), d (in standard deviations), log-odds, excess (bits of divergence \
         beyond those of shuffled groups)",
    ),
    real("effect", "The effect size"),
    real("p", "Probability of a difference at least as large if groups made none"),
    real("q", "False discovery rate over all tests of the run (Benjamini-Hochberg)"),
    real("q_analysis", "False discovery rate over the tests of this analysis"),
    integer("events", "Events with observations of both sides"),
    integer("n_group", "Observations of the group in these events"),
    integer("n_others", "Observations of the others in these events"),
    text("reason", "Why a figure is missing"),
];
