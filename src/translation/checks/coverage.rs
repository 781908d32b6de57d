//! `omission` and `addition` in a translation: text that only one side has, sentences or clauses.

use super::{Check, Findings, Pair, quoted, whole};
use crate::align::logistic::logistic;
use crate::finding::{CheckInfo, Severity};
use crate::text::Span;

/// What a deviation of the lengths counts beside the gain of the cosine without a clause, and how many count at most.
const OF_DEVIATION: f32 = 0.008;
const MOST_DEVIATIONS: f64 = 4.0;
/// Least evidence from which the other side lacks a clause. Fitted to `flores` with clauses taken out: one in 100 good
/// translations is above, half of the translations without a clause.
const LEAST_EVIDENCE: f32 = 0.031;
/// The evidence at which it is as likely as not, and how fast it gets surer.
const EVEN_EVIDENCE: f32 = 0.027;
const STEEPNESS: f32 = 120.0;

pub(super) const OMISSION: Check = Check {
    info: CheckInfo {
        id: "omission",
        family: "coverage",
        summary: "the translation lacks something that the source says",
        explanation: "\
Of two documents that were aligned, a sentence of the source has no counterpart in the translation. Or a segment
lacks a clause: its translation is shorter than usual, and the source without the clause is closer to it
than the whole source; the shorter it is, the less closer that has to be. Of the clauses that are missing some half are found. It is `major`.

Example: “He came home, although it was late.” / “Er kam nach Hause.”

Silence it with `--skip omission`.",
    },
    category: "accuracy/omission",
    run: omitted,
};

pub(super) const ADDITION: Check = Check {
    info: CheckInfo {
        id: "addition",
        family: "coverage",
        summary: "the translation says something that the source does not",
        explanation: "\
Of two documents that were aligned, a sentence of the translation has no counterpart in the source; or a
segment has a translation and no source. Or a segment has a clause too many: its translation is longer than usual,
and without the clause it is closer to the source. It is `major`.

Example: “He came home.” / “Er kam nach Hause, obwohl es spät war.”

Silence it with `--skip addition`.",
    },
    category: "accuracy/addition",
    run: added,
};

fn omitted(pair: &Pair<'_>, findings: &mut Findings) {
    let Pair { segment, aligned, .. } = pair;
    let source = &segment.source.text;
    if *aligned && segment.target.text.trim().is_empty() && !source.trim().is_empty() {
        let message = format!("The translation has no counterpart of {}", quoted(source));
        findings.add((Severity::Major, 0.9), message, Some(whole(source)), None);
    }
    if let Some((span, confidence)) = lone(pair, true) {
        let message = format!("The translation seems to lack {}", quoted(span.of(source)));
        findings.add((Severity::Major, confidence), message, Some(span), None);
    }
}

fn added(pair: &Pair<'_>, findings: &mut Findings) {
    let target = &pair.segment.target.text;
    if pair.segment.source.text.trim().is_empty() && !target.trim().is_empty() {
        let message = format!("The source has nothing that {} translates", quoted(target));
        findings.add((Severity::Major, 0.9), message, None, Some(whole(target)));
    }
    if let Some((span, confidence)) = lone(pair, false) {
        let message = format!("The source seems to lack {}", quoted(span.of(target)));
        findings.add((Severity::Major, confidence), message, None, Some(span));
    }
}

/// The clause that one side has alone, and how sure that is.
fn lone(pair: &Pair<'_>, in_source: bool) -> Option<(Span, f32)> {
    let found = pair.uncovered.filter(|found| found.clause.in_source == in_source)?;
    let evidence = found.gain + OF_DEVIATION * found.clause.deviations.min(MOST_DEVIATIONS) as f32;
    let confidence = logistic((evidence - EVEN_EVIDENCE) * STEEPNESS);
    (evidence > LEAST_EVIDENCE).then_some((found.clause.span, confidence))
}
