//! `attribution`: one document lets someone say what another states as a fact, or lets someone else say it.

use super::linked_facts::{LEAST_CONFIDENCE, between, consolidate_with, links_within_events, says};
use super::{Check, document_list};
use crate::align::{Article, Comparison, Link, Pair};
use crate::facts::names::{SAME_NAME, similarity};
use crate::facts::{AttributionValue, Fact, ReportColour, SourceKind, Value, hedges};
use crate::finding::{CheckInfo, Finding, Place, Severity};
use crate::text::Span;

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "attribution",
        family: "wording",
        summary: "a claim of someone here is a fact there, or someone else's claim",
        explanation: "\
Two documents of one event have linked sentences. One tells who says it (`according to the fire service`,
`сообщил источник`, `pasak ministro`, German `sei`), the other states it without a source, in no quote and next
to none: a claim has become a fact. Or both name a speaker, and not the same one. Or one doubts what is said
(`claimed`, `якобы`, `neva`, `angeblich`) and the other reports it without doubt.

A claim of a source without a name, or one that is doubted, that has become a fact is `major`, any other
`minor`.

Example: “A short circuit started the fire, firefighters believe” / “Gaisrą sukėlė trumpasis jungimas”.

Silence it with `--skip attribution`.",
    },
    run,
};

/// Least probability of a link whose attributions are compared.
const LEAST_LINK_SCORE: f32 = 0.6;
/// Probability that a missing source is one, given the link.
const ONE_SIDED: f32 = 0.75;
/// Probability that two names or colours that differ are meant for the same, given the link.
const DIFFERENT: f32 = 0.5;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (pair, link) in links_within_events(comparison, LEAST_LINK_SCORE) {
        findings.extend(of_link(comparison, pair, link));
    }
    consolidate_with(findings, retell)
}

/// The value of a side that attributes nothing.
const STATED: &str = "stated as a fact";

fn attributed(documents: &[usize], said: &str) -> String {
    let verb = if documents.len() == 1 { "attributes" } else { "attribute" };
    format!("{} {verb} this (“{said}”), ", document_list(documents))
}

fn stated(documents: &[usize]) -> String {
    let verb = if documents.len() == 1 { "states" } else { "state" };
    format!("{} {verb} it as a fact", document_list(documents))
}

/// The message of a finding with one document on the left and several others.
fn retell(finding: &Finding, others: &[usize]) -> Option<String> {
    let (odd, values) = (finding.left?.document, finding.values.as_ref()?);
    Some(match (values.left.as_str(), values.right.as_str()) {
        (STATED, said) => attributed(others, said) + &stated(&[odd]),
        (said, STATED) => attributed(&[odd], said) + &stated(others),
        (said, other) => says(odd, said, others, other),
    })
}

/// What linked sentences of one document attribute, and to whom.
struct Told<'a> {
    document: usize,
    article: &'a Article,
    sentences: &'a [usize],
    attributions: Vec<(&'a Fact, &'a AttributionValue)>,
}

impl<'a> Told<'a> {
    fn new(comparison: &'a Comparison, document: usize, sentences: &'a [usize]) -> Self {
        let article = &comparison.articles[document];
        let facts = sentences.iter().flat_map(|&sentence| &article.facts[sentence]);
        let attributions = facts.filter_map(|fact| match &fact.value {
            Value::Attribution(value) => Some((fact, value)),
            _ => None,
        });
        Self { document, article, sentences, attributions: attributions.collect() }
    }

    /// Whether the sentences state something on the outlet's own account: no one is told to say it, nothing is quoted,
    /// and the sentence before lets no one speak whose words these may be.
    fn states(&self) -> bool {
        let first = self.sentences.first().copied().unwrap_or(0);
        let around = first - usize::from(self.goes_on(first))..first;
        let speaks = |fact: &Fact| matches!(fact.value, Value::Attribution(_) | Value::Quote(_));
        let quoted = |fact: &Fact| matches!(fact.value, Value::Quote(_));
        let own = self.sentences.iter().flat_map(|&sentence| &self.article.facts[sentence]);
        let hedged = |&sentence: &usize| {
            let language = self.article.sentences[sentence].language;
            hedges(self.article.sentence_text(sentence), language)
        };
        self.attributions.is_empty()
            && !own.clone().any(quoted)
            && !self.sentences.iter().any(hedged)
            && !around.flat_map(|sentence| &self.article.facts[sentence]).any(speaks)
    }

    /// Whether a sentence may go on with what the one before tells: it stands in its paragraph, or behind one of a single
    /// sentence, as papers write them that begin a paragraph with every sentence.
    fn goes_on(&self, sentence: usize) -> bool {
        let paragraph = |sentence: usize| self.article.sentences[sentence].paragraph;
        let Some(before) = sentence.checked_sub(1) else { return false };
        let alone = before.checked_sub(1).is_none_or(|first| paragraph(first) != paragraph(before));
        paragraph(before) == paragraph(sentence) || alone
    }

    fn place(&self, span: Span) -> Place {
        let inside = |&&sentence: &&usize| self.article.sentences[sentence].span.contains(span);
        Place {
            document: self.document,
            sentence: self.sentences.iter().find(inside).copied(),
            span,
        }
    }

    /// All of the sentences.
    fn whole(&self) -> Span {
        let span = |sentence: Option<&usize>| sentence.map(|&at| self.article.sentences[at].span);
        let (first, last) = (span(self.sentences.first()), span(self.sentences.last()));
        first.zip(last).map_or(Span::new(0, 0), |(first, last)| Span::new(first.start, last.end))
    }

    fn text(&self, span: Span) -> String {
        span.of(&self.article.document.text).to_owned()
    }
}

fn of_link(comparison: &Comparison, pair: &Pair, link: &Link) -> Option<Finding> {
    let body = |document: usize, sentences: &[usize]| {
        sentences.iter().all(|&sentence| comparison.articles[document].is_body(sentence))
    };
    if !body(pair.left, &link.left) || !body(pair.right, &link.right) {
        return None;
    }
    let left = Told::new(comparison, pair.left, &link.left);
    let right = Told::new(comparison, pair.right, &link.right);
    let one_sided = |claims: &Told<'_>, states: &Told<'_>| -> Option<Finding> {
        states.states().then(|| became_fact(claims, states, link.score)).flatten()
    };
    let found = one_sided(&left, &right).or_else(|| one_sided(&right, &left));
    let found = found.or_else(|| other_speaker(&left, &right, link.score));
    let found = found.or_else(|| other_colour(&left, &right, link.score));
    found.filter(|finding| finding.confidence >= LEAST_CONFIDENCE)
}

/// The finding that a claim of one side is a fact on the other.
fn became_fact(claims: &Told<'_>, states: &Told<'_>, link: f32) -> Option<Finding> {
    let weight = |value: &AttributionValue| {
        let doubted = value.colour == ReportColour::Doubting;
        usize::from(doubted) + usize::from(value.source == SourceKind::Anonymous)
    };
    let (fact, value) =
        claims.attributions.iter().max_by_key(|(_, value)| weight(value)).copied()?;
    // What is admitted or confirmed is a fact for both; what nobody in particular says is no one's claim.
    let nobody = value.source == SourceKind::Unnamed && value.colour == ReportColour::Neutral;
    if value.colour == ReportColour::Factive || nobody {
        return None;
    }
    let severity = if weight(value) > 0 { Severity::Major } else { Severity::Minor };
    let said = claims.text(fact.span);
    let message = attributed(&[claims.document], &said) + &stated(&[states.document]);
    let sides = [(claims, fact.span, said), (states, states.whole(), STATED.to_owned())];
    Some(finding(severity, link * ONE_SIDED, message, sides))
}

/// The finding that the sides name different speakers.
fn other_speaker(left: &Told<'_>, right: &Told<'_>, link: f32) -> Option<Finding> {
    let named = |told: &Told<'_>| -> Vec<(Span, String)> {
        let named = told.attributions.iter().filter(|(_, value)| value.source == SourceKind::Named);
        named.filter_map(|(fact, value)| Some((fact.span, value.speaker.clone()?))).collect()
    };
    let (ones, others) = (named(left), named(right));
    let ([one], [other]) = (ones.as_slice(), others.as_slice()) else {
        return None;
    };
    let names_in = |told: &Told<'_>| -> Vec<String> {
        let facts = told.sentences.iter().flat_map(|&sentence| &told.article.facts[sentence]);
        let name = |fact: &Fact| match &fact.value {
            Value::Name(name) => Some(name.name.clone()),
            _ => None,
        };
        facts.filter_map(name).collect()
    };
    let known = |name: &str, told: &Told<'_>| {
        names_in(told).iter().any(|other| similarity(name, other) >= SAME_NAME)
    };
    if known(&one.1, right) || known(&other.1, left) {
        return None;
    }
    let message =
        format!("d{} lets {} say it, d{} lets {}", left.document, one.1, right.document, other.1);
    let sides = [(left, one.0, one.1.clone()), (right, other.0, other.1.clone())];
    Some(finding(Severity::Minor, link * DIFFERENT, message, sides))
}

/// The finding that one side doubts what the other only reports.
fn other_colour(left: &Told<'_>, right: &Told<'_>, link: f32) -> Option<Finding> {
    let doubting = |told: &Told<'_>| {
        let mut all = told.attributions.iter();
        all.find(|(_, value)| value.colour == ReportColour::Doubting).map(|(fact, _)| fact.span)
    };
    let (doubts, span, reports) = match (doubting(left), doubting(right)) {
        (Some(span), None) => (left, span, right),
        (None, Some(span)) => (right, span, left),
        _ => return None,
    };
    let other = reports.attributions.first()?.0.span;
    let (said, plainly) = (doubts.text(span), reports.text(other));
    let message = format!(
        "d{} doubts what is said (“{said}”), d{} does not (“{plainly}”)",
        doubts.document, reports.document
    );
    let sides = [(doubts, span, said), (reports, other, plainly)];
    Some(finding(Severity::Minor, link * DIFFERENT, message, sides))
}

/// A finding about two sides, each with the stretch and the value that is shown; the first document goes left.
fn finding(
    severity: Severity,
    confidence: f32,
    message: String,
    mut sides: [(&Told<'_>, Span, String); 2],
) -> Finding {
    sides.sort_by_key(|(told, ..)| told.document);
    let sides = sides.map(|(told, span, value)| (told.place(span), value));
    between(CHECK.info.id, severity, confidence, message, sides)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::differences::made::versions;

    #[test]
    fn a_paragraph_of_several_sentences_lets_no_one_speak_on_in_the_next() {
        let lines =
            ["The captain spoke.", "He had seen the fire.", "A cable started it.", "It burned."];
        let mut comparison = versions(&[("en", &lines)], &[]);
        let goes_on = |comparison: &Comparison, sentence: usize| {
            Told::new(comparison, 0, &[sentence]).goes_on(sentence)
        };
        assert!(!goes_on(&comparison, 0) && goes_on(&comparison, 2));
        for (sentence, paragraph) in comparison.articles[0].sentences.iter_mut().zip([0, 0, 1, 1]) {
            sentence.paragraph = paragraph;
        }
        assert!(goes_on(&comparison, 1) && !goes_on(&comparison, 2) && goes_on(&comparison, 3));
    }
}
