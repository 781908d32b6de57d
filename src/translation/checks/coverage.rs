//! `omission` and `addition` in a translation: text that only one side has, sentences or clauses.

use super::{Check, Findings, Pair, quoted, whole};
use crate::finding::{CheckInfo, Severity};

/// Least gain of the cosine without a clause from which the other side lacks it. Fitted to `flores` with clauses taken
/// out: one in 300 good translations is above, four in ten translations without a clause.
const LEAST_GAIN: f32 = 0.008;
/// The gain at which it is as likely as not, and how fast it gets surer.
const EVEN_GAIN: f32 = 0.004;
const STEEPNESS: f32 = 120.0;

pub(super) const OMISSION: Check = Check {
    info: CheckInfo {
        id: "omission",
        family: "coverage",
        summary: "the translation lacks something that the source says",
        explanation: "\
Of two documents that were aligned, a sentence of the source has no counterpart in the translation. Or a segment
lacks a clause: its translation is shorter than usual, and the source without the clause is closer to it
than the whole source. Of the clauses that are missing some four in ten are found. It is `major`.

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
    if let Some(found) = pair.uncovered.filter(|f| f.clause.in_source && f.gain > LEAST_GAIN) {
        let span = found.clause.span;
        let message = format!("The translation seems to lack {}", quoted(span.of(source)));
        findings.add((Severity::Major, confidence(found.gain)), message, Some(span), None);
    }
}

fn added(pair: &Pair<'_>, findings: &mut Findings) {
    let target = &pair.segment.target.text;
    if pair.segment.source.text.trim().is_empty() && !target.trim().is_empty() {
        let message = format!("The source has nothing that {} translates", quoted(target));
        findings.add((Severity::Major, 0.9), message, None, Some(whole(target)));
    }
    if let Some(found) = pair.uncovered.filter(|f| !f.clause.in_source && f.gain > LEAST_GAIN) {
        let span = found.clause.span;
        let message = format!("The source seems to lack {}", quoted(span.of(target)));
        findings.add((Severity::Major, confidence(found.gain)), message, None, Some(span));
    }
}

fn confidence(gain: f32) -> f32 {
    1.0 / (1.0 + (-(gain - EVEN_GAIN) * STEEPNESS).exp())
}
