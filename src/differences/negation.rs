//! `negation`: one document denies what another affirms.

use super::Check;
use super::linked_facts::{LEAST_CONFIDENCE, as_written, consolidate, opposed};
use crate::align::speech::LinkContrary;
use crate::align::{Comparison, SentenceId};
use crate::facts::{Fact, Value};
use crate::finding::{CheckInfo, Finding, Place, Severity};
use crate::text::Span;

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "negation",
        family: "wording",
        summary: "one document denies what another affirms",
        explanation: "\
Two documents of one event have linked sentences, one has a negation that no word of the other accounts for,
and without it both say the same. A negation counts once, however often a language marks it (`никто никогда
не`, `niekas niekada ne`); `not only`, `nicht zuletzt`, `ne mažiau kaip` are none. Words that deny by their
meaning stand for a negation: `refused` and `did not want`, `without` and `had no`. Negations inside quotes
belong to `quote-changed`. It is `critical`: one of the two has it wrong.

Example: “The ship carried no dangerous goods” / “Das Schiff hatte gefährliche Güter geladen”.

Silence it with `--skip negation`.",
    },
    run,
};

/// Confidence from which a contradiction is as weighty as one can be; a doubtful one must not stand at the top.
const SURE: f32 = 0.75;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let found = comparison.speech.contraries.iter();
    consolidate(found.filter_map(|contrary| finding(contrary, comparison)).collect())
}

fn finding(contrary: &LinkContrary, comparison: &Comparison) -> Option<Finding> {
    let (denies, affirms) = (contrary.denies, contrary.affirms);
    let confidence = contrary.confidence * contrary.link;
    if !comparison.same_event(denies.document, affirms.document)
        || confidence < LEAST_CONFIDENCE
        || in_quote(contrary, comparison)
    {
        return None;
    }
    let denied = clause_around(contrary.negation, denies, comparison);
    let affirmed = comparison.articles[affirms.document].sentences[affirms.sentence].span;
    let place =
        |id: SentenceId, span| Place { document: id.document, sentence: Some(id.sentence), span };
    let mut places = [place(denies, denied), place(affirms, affirmed)];
    places.sort_by_key(|place| place.document);
    let severity = if confidence < SURE { Severity::Major } else { Severity::Critical };
    let sides = places.map(|place| as_written(place, comparison));
    Some(opposed(CHECK.info.id, severity, confidence, sides))
}

/// Whether the negation stands in a quote, and the other side quotes too.
pub(super) fn in_quote(contrary: &LinkContrary, comparison: &Comparison) -> bool {
    let quote = |fact: &&Fact| matches!(fact.value, Value::Quote(_));
    let quotes =
        |id: SentenceId| comparison.articles[id.document].facts[id.sentence].iter().filter(quote);
    quotes(contrary.denies).any(|fact| fact.span.contains(contrary.negation))
        && quotes(contrary.affirms).next().is_some()
}

/// The clause around a negation: what stands between two marks.
fn clause_around(negation: Span, id: SentenceId, comparison: &Comparison) -> Span {
    let article = &comparison.articles[id.document];
    let (text, sentence) = (&article.document.text, article.sentences[id.sentence].span);
    let is_mark = |letter: char| matches!(letter, ',' | ';' | ':' | '–' | '—' | '(' | ')');
    let before = &text[sentence.start..negation.start];
    let start = before.rfind(is_mark).map_or(sentence.start, |at| {
        let mark = before[at..].chars().next().map_or(0, char::len_utf8);
        sentence.start + at + mark
    });
    let after = &text[negation.end..sentence.end];
    let end = after.find(is_mark).map_or(sentence.end, |at| negation.end + at);
    let blank = text[start..end].len() - text[start..end].trim_start().len();
    Span::new(start + blank, start + text[start..end].trim_end().len())
}
