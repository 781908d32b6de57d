//! Facts of linked sentences that contradict each other: shared by the checks on numbers, units and dates.

use std::collections::{BTreeMap, BTreeSet};

use super::document_list;
use crate::align::{Article, Comparison, Link, Pair};
use crate::facts::{
    Agreement, Class, Closeness, Difference, Fact, NumberValue, Unit, Value, match_facts,
};
use crate::finding::{Finding, Place, Severity, Values};

/// Least probability of a link whose sentences are compared.
pub(super) const LEAST_LINK_SCORE: f32 = 0.5;

/// Least confidence of a finding.
pub(super) const LEAST_CONFIDENCE: f32 = 0.4;

/// Most facts of a side that are compared; a passage with more is a table.
const MOST_FACTS: usize = 256;

/// A fact and the sentence it stands in.
#[derive(Clone, Copy)]
pub(super) struct Located<'a> {
    /// Index of the sentence.
    pub(super) sentence: usize,
    /// The fact.
    pub(super) fact: &'a Fact,
}

/// Two facts of linked sentences that cannot both be right.
pub(super) struct Contradiction<'a> {
    /// The documents.
    pub(super) pair: &'a Pair,
    /// The link between the sentences.
    pub(super) link: &'a Link,
    /// The fact on the left.
    pub(super) left: Located<'a>,
    /// The fact on the right.
    pub(super) right: Located<'a>,
    /// Probability that the two facts stand for each other, given the link.
    pub(super) confidence: f32,
    /// Facts of the kind on both sides that agree with nothing on the other side.
    pub(super) unmatched: usize,
}

impl Contradiction<'_> {
    /// The finding about this contradiction.
    pub(super) fn finding(
        &self,
        check: &'static str,
        severity: Severity,
        confidence: f32,
        comparison: &Comparison,
    ) -> Finding {
        let place = |document: usize, located: &Located<'_>| Place {
            document,
            sentence: Some(located.sentence),
            span: located.fact.span,
        };
        let places = [place(self.pair.left, &self.left), place(self.pair.right, &self.right)];
        opposed(check, severity, confidence, places.map(|place| as_written(place, comparison)))
    }
}

/// A place with what stands there.
pub(super) fn as_written(place: Place, comparison: &Comparison) -> (Place, String) {
    (place, place.span.of(&comparison.articles[place.document].document.text).to_owned())
}

/// The finding that two places say otherwise, each with its value.
pub(super) fn opposed(
    check: &'static str,
    severity: Severity,
    confidence: f32,
    sides: [(Place, String); 2],
) -> Finding {
    let [(left, left_says), (right, right_says)] = &sides;
    let message = says(left.document, left_says, &[right.document], right_says);
    between(check, severity, confidence, message, sides)
}

/// The finding about two places, each with its value, in words of its own.
pub(super) fn between(
    check: &'static str,
    severity: Severity,
    confidence: f32,
    message: String,
    [(left, left_value), (right, right_value)]: [(Place, String); 2],
) -> Finding {
    Finding {
        check,
        severity,
        confidence,
        message,
        left: Some(left),
        right: Some(right),
        values: Some(Values { left: left_value, right: right_value }),
        evidence: Vec::new(),
    }
}

/// The links between documents of one event that are at least so likely, each with its documents.
pub(super) fn links_within_events(
    comparison: &Comparison,
    least: f32,
) -> impl Iterator<Item = (&Pair, &Link)> {
    let pairs = comparison.pairs.iter().filter(|pair| comparison.same_event(pair.left, pair.right));
    let sure = move |link: &&Link| link.score >= least;
    pairs.flat_map(move |pair| pair.links.iter().filter(sure).map(move |link| (pair, link)))
}

/// What two sides say, in one sentence.
pub(super) fn says(one: usize, says: &str, others: &[usize], they_say: &str) -> String {
    let verb = if others.len() == 1 { "says" } else { "say" };
    format!("d{one} says “{says}”, {} {verb} “{they_say}”", document_list(others))
}

/// The findings about the contradictions of one kind, one for each fact.
pub(super) fn findings(
    comparison: &Comparison,
    difference: Difference,
    finding: impl Fn(&Contradiction<'_>, &Comparison) -> Option<Finding>,
) -> Vec<Finding> {
    let found = contradictions(comparison, difference)
        .iter()
        .filter_map(|contradiction| finding(contradiction, comparison))
        .collect();
    consolidate(found)
}

/// The magnitudes of two numbers, the smaller one first.
pub(super) fn magnitudes(left: &NumberValue, right: &NumberValue) -> (f64, f64) {
    let (left, right) = (left.low.abs(), right.low.abs());
    (left.min(right), left.max(right))
}

/// Whether a number measures time.
pub(super) fn is_duration(number: &NumberValue) -> bool {
    matches!(&number.unit, Unit::Measure(base) if base == "s" || base == "month")
}

/// A fact of a finding: its document and where it starts.
type FactKey = (usize, usize);

/// One finding for each fact that stands against several others, instead of one for each pair.
///
/// The fact in most findings is taken as the odd one out and set against the surest of its opposites; the
/// message names all documents on the other side.
pub(super) fn consolidate(findings: Vec<Finding>) -> Vec<Finding> {
    consolidate_with(findings, |finding, others| {
        let odd = finding.left?.document;
        let values = finding.values.as_ref()?;
        Some(says(odd, &values.left, others, &values.right))
    })
}

/// The same with a message of its own, given the finding with the odd fact on the left and the other documents.
pub(super) fn consolidate_with(
    mut findings: Vec<Finding>,
    retell: impl Fn(&Finding, &[usize]) -> Option<String>,
) -> Vec<Finding> {
    let key = |place: Option<Place>| place.map(|place| (place.document, place.span.start));
    let mut consolidated = Vec::new();
    while !findings.is_empty() {
        let mut counts: BTreeMap<FactKey, usize> = BTreeMap::new();
        for place in findings.iter().flat_map(|finding| [finding.left, finding.right]) {
            if let Some(fact) = key(place) {
                *counts.entry(fact).or_default() += 1;
            }
        }
        // Among equals the later document is the odd one, so that the first stays on the left.
        let odd = counts.into_iter().max_by_key(|&(_, count)| count).map(|(fact, _)| fact);
        let (about, rest): (Vec<Finding>, Vec<Finding>) = findings
            .into_iter()
            .partition(|finding| key(finding.left) == odd || key(finding.right) == odd);
        findings = rest;
        let others: BTreeSet<usize> = about
            .iter()
            .flat_map(|finding| [finding.left, finding.right])
            .flatten()
            .map(|place| place.document)
            .filter(|&document| Some(document) != odd.map(|fact| fact.0))
            .collect();
        let surest = about.into_iter().max_by(|a, b| a.confidence.total_cmp(&b.confidence));
        let Some(mut finding) = surest else { break };
        if others.len() > 1 {
            let odd_is_left = key(finding.left) == odd;
            set_against(&mut finding, odd_is_left);
            let others: Vec<usize> = others.into_iter().collect();
            if let Some(message) = retell(&finding, &others) {
                finding.message = message;
            }
        }
        consolidated.push(finding);
    }
    consolidated
}

/// Puts the odd fact on the left.
fn set_against(finding: &mut Finding, odd_is_left: bool) {
    if !odd_is_left {
        std::mem::swap(&mut finding.left, &mut finding.right);
        if let Some(values) = &mut finding.values {
            std::mem::swap(&mut values.left, &mut values.right);
        }
    }
}

/// The contradictions between facts about one kind of difference, over all linked sentences of one event.
///
/// A fact counts as contradicted only when nothing on the other side agrees with it, where "the other
/// side" includes the sentences right before and after the linked ones: outlets cut their sentences
/// differently. Each fact is used once.
fn contradictions(comparison: &Comparison, about: Difference) -> Vec<Contradiction<'_>> {
    let mut found = Vec::new();
    for (pair, link) in links_within_events(comparison, LEAST_LINK_SCORE) {
        let left = &comparison.articles[pair.left];
        let right = &comparison.articles[pair.right];
        let left_alone = unanswered(left, &link.left, right, &link.right);
        let right_alone = unanswered(right, &link.right, left, &link.left);
        found.extend(conflicts(&left_alone, &right_alone, about).map(|found| Contradiction {
            pair,
            link,
            left: left_alone[found.left],
            right: right_alone[found.right],
            confidence: found.confidence,
            unmatched: of_kind(&left_alone, about) + of_kind(&right_alone, about),
        }));
    }
    found
}

/// Two facts that contradict each other, by their place in the lists given.
struct Conflict {
    left: usize,
    right: usize,
    confidence: f32,
}

fn conflicts(
    left: &[Located<'_>],
    right: &[Located<'_>],
    about: Difference,
) -> impl Iterator<Item = Conflict> {
    let facts = |side: &[Located<'_>]| -> Vec<Fact> {
        side.iter().map(|located| located.fact.clone()).collect()
    };
    let matches = match_facts(&facts(left), &facts(right), Closeness::Comparable);
    matches.into_iter().filter_map(move |found| match (found.class, found.left, found.right) {
        (Class::Conflicting(difference), Some(left), Some(right)) if difference == about => {
            Some(Conflict { left, right, confidence: found.confidence })
        }
        _ => None,
    })
}

/// How many facts can be part of a difference of one kind.
fn of_kind(facts: &[Located<'_>], about: Difference) -> usize {
    let numeric = about != Difference::Date;
    facts.iter().filter(|located| matches!(located.fact.value, Value::Number(_)) == numeric).count()
}

/// Facts of the linked sentences of `here`, names aside, that agree with no fact around those of `there`.
fn unanswered<'a>(
    here: &'a Article,
    sentences: &[usize],
    there: &'a Article,
    linked: &[usize],
) -> Vec<Located<'a>> {
    let around = neighbourhood(linked, there.sentences.len());
    let answers = |value: &Value| {
        facts(there, around.clone()).any(|other| {
            let agreement = value.compare(&other.fact.value);
            matches!(agreement, Agreement::Same | Agreement::Compatible(_))
        })
    };
    facts(here, sentences.iter().copied())
        .filter(|located| !answers(&located.fact.value))
        .take(MOST_FACTS)
        .collect()
}

/// The linked sentences with one more on either side.
fn neighbourhood(linked: &[usize], count: usize) -> std::ops::Range<usize> {
    let first = linked.first().copied().unwrap_or(0);
    let last = linked.last().copied().unwrap_or(0);
    first.saturating_sub(1)..(last + 2).min(count)
}

/// The facts of some sentences, names and digits of names aside.
fn facts<'a>(
    article: &'a Article,
    sentences: impl Iterator<Item = usize>,
) -> impl Iterator<Item = Located<'a>> {
    sentences.flat_map(move |sentence| {
        article.facts[sentence]
            .iter()
            .filter(|fact| is_compared(&fact.value))
            .take(MOST_FACTS)
            .map(move |fact| Located { sentence, fact })
    })
}

fn is_compared(value: &Value) -> bool {
    match value {
        Value::Name(_) | Value::Title(_) => false,
        Value::Number(number) => number.unit != Unit::Label,
        Value::Date(_) | Value::Relative(_) | Value::Time(_) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn finding(left: usize, right: usize, confidence: f32) -> Finding {
        let place = |document| Place { document, sentence: Some(0), span: Span::new(5, 7) };
        Finding {
            check: "number-mismatch",
            severity: Severity::Major,
            confidence,
            message: String::new(),
            left: Some(place(left)),
            right: Some(place(right)),
            values: Some(Values { left: format!("v{left}"), right: format!("v{right}") }),
            evidence: Vec::new(),
        }
    }

    #[test]
    fn the_odd_one_out_is_told_once_against_all_others() {
        let found = consolidate(vec![finding(0, 3, 0.9), finding(1, 3, 0.8), finding(2, 3, 0.7)]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].left.map(|place| place.document), Some(3));
        assert_eq!(found[0].message, "d3 says “v3”, d0, d1 and d2 say “v0”");
    }

    #[test]
    fn separate_contradictions_stay_separate() {
        assert_eq!(consolidate(vec![finding(0, 1, 0.9), finding(2, 3, 0.8)]).len(), 2);
    }
}
