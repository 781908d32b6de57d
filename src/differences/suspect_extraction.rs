//! `suspect-extraction`: a document looks cut short or doubled, which would look like an omission or a
//! repetition.

use std::collections::HashMap;

use super::Check;
use crate::align::{Article, Comparison};
use crate::finding::{CheckInfo, Finding, Place, Severity};
use crate::ingest::clean::Reason;

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "suspect-extraction",
        family: "input",
        summary: "a document looks cut short or doubled by whatever saved it",
        explanation: "\
What a scraper lost cannot be told from what an outlet left out, so it is said first. A document is
suspect when its last sentence breaks off without an end, or in dots above a call to subscribe or to log in,
when long sentences occur twice, when hardly anything is left of it after cleaning, or when a web page itself
speaks against what was taken from it: it gives another number of words, says that not all can be read for
free, or has more running text elsewhere.

A text that breaks off, is doubled or is contradicted by its page is `minor`; with less than a fifth of a
plain text kept it is `info`.
Look at the original before you trust an omission in such a document; `parallax inspect --stage text`
shows what was kept and what was dropped.

Example: the last line of a file reads “The minister added that the”.

Silence it with `--skip suspect-extraction`.",
    },
    run,
};

/// Words from which a last sentence without an end counts as broken off.
const LEAST_WORDS: usize = 5;
/// Scalar values from which a repeated sentence is no refrain.
const LONG_SENTENCE: usize = 60;
/// Share of the source below which a document is suspect.
const LEAST_KEPT: f64 = 0.2;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (document, article) in comparison.articles.iter().enumerate() {
        findings.extend(broken_off(document, article));
        findings.extend(stops_at_paywall(document, article));
        findings.extend(doubled(document, article));
        findings.extend(hardly_anything(document, article));
        findings.extend(doubted(document, article));
    }
    findings
}

fn finding(severity: Severity, confidence: f32, message: String, place: Place) -> Finding {
    let left = Some(place);
    Finding {
        check: CHECK.info.id,
        severity,
        confidence,
        message,
        left,
        right: None,
        values: None,
        evidence: Vec::new(),
    }
}

/// The place of a whole sentence.
fn whole(document: usize, article: &Article, sentence: usize) -> Place {
    Place { document, sentence: Some(sentence), span: article.sentences[sentence].span }
}

/// The last sentence of the running text has no end.
fn broken_off(document: usize, article: &Article) -> Option<Finding> {
    let last = article.sentences.len().checked_sub(1).filter(|&last| article.is_body(last))?;
    let text = article.sentence_text(last);
    let ends = |c: char| !c.is_alphanumeric() && c != ',' && c != ';' && c != '-';
    let others_end = (0..last)
        .filter(|&i| article.is_body(i))
        .filter(|&i| article.sentence_text(i).ends_with(ends))
        .count();
    let broken = !text.ends_with(ends) && text.split_whitespace().count() >= LEAST_WORDS;
    // Where hardly any sentence has a full stop, a missing one says nothing.
    if !broken || others_end * 2 < last {
        return None;
    }
    let message = format!("d{document} breaks off in the middle of a sentence");
    Some(finding(Severity::Minor, 0.8, message, whole(document, article, last)))
}

/// The text trails off in dots, and below them the page asks to subscribe or to log in.
fn stops_at_paywall(document: usize, article: &Article) -> Option<Finding> {
    let last = article.sentences.len().checked_sub(1).filter(|&last| article.is_body(last))?;
    let text = article.sentence_text(last).trim_end_matches([']', ')', ' ']);
    if !text.ends_with('…') && !text.ends_with("...") {
        return None;
    }
    let end = article.document.source_span(article.sentences[last].span).end;
    let below = article.document.dropped.iter().filter(|dropped| dropped.span.start >= end);
    let wall = [Reason::Subscription.id(), Reason::Login.id()];
    below.min_by_key(|dropped| dropped.span.start).filter(|next| wall.contains(&next.reason))?;
    let message = format!("d{document} breaks off above a call to subscribe or to log in");
    Some(finding(Severity::Minor, 0.8, message, whole(document, article, last)))
}

/// Long sentences that occur twice.
fn doubled(document: usize, article: &Article) -> Option<Finding> {
    let mut first_at: HashMap<&str, usize> = HashMap::new();
    let mut repeats = Vec::new();
    for sentence in (0..article.sentences.len()).filter(|&i| article.is_body(i)) {
        let text = article.sentence_text(sentence);
        if text.chars().count() < LONG_SENTENCE {
            continue;
        }
        if let Some(&first) = first_at.get(text) {
            repeats.push((first, sentence));
        } else {
            first_at.insert(text, sentence);
        }
    }
    let &(first, again) = repeats.first()?;
    let message = match repeats.len() {
        1 => format!("d{document} has a long sentence twice"),
        count => format!("d{document} has {count} long sentences twice: it may be doubled"),
    };
    let mut finding = finding(Severity::Minor, 0.9, message, whole(document, article, again));
    finding.right = Some(whole(document, article, first));
    Some(finding)
}

/// Next to nothing of the source was kept.
fn hardly_anything(document: usize, article: &Article) -> Option<Finding> {
    // Markup does not count: a page is suspect for its words, not for its scripts.
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count() as f64;
    let kept = count(&article.document.text);
    let furniture = |reason: &str| reason != Reason::Outside.id();
    let dropped = article.document.dropped.iter().filter(|dropped| furniture(dropped.reason));
    let share = kept / (kept + dropped.map(|dropped| count(&dropped.text)).sum::<f64>()).max(1.0);
    if share >= LEAST_KEPT || article.sentences.is_empty() {
        return None;
    }
    let percent = (share * 100.0).round();
    let message = format!("only {percent} % of the source of d{document} was kept as its text");
    Some(finding(Severity::Info, 0.6, message, whole(document, article, 0)))
}

/// What the page or the reader of its format doubts.
fn doubted(document: usize, article: &Article) -> Vec<Finding> {
    if article.sentences.is_empty() {
        return Vec::new();
    }
    let last = article.sentences.len() - 1;
    let doubts = article.document.origin.doubts.iter();
    let message = |doubt: &String| format!("d{document} may not be whole: {doubt}");
    doubts
        .map(|doubt| finding(Severity::Minor, 0.7, message(doubt), whole(document, article, last)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Given, IngestOptions, read_text};
    use crate::segment;

    const BEGINNING: &str = "Keltas nuskendo netoli Klaipėdos\n\n\
        Keltas nuskendo antradienio naktį netoli Klaipėdos, o jo įgulą išgelbėjo žvejai. \
        Uosto vadovas sakė, kad priežastis dar nežinoma ir kad tyrimas truks kelis mėnesius.\n\n\
        Laivas plaukė į Kylį ir vežė kelias dešimtis automobilių bei jų vairuotojus.";

    fn article(end: &str) -> Article {
        let text = format!("{BEGINNING} {end}");
        let document =
            read_text("keltas", &text, &Given::default(), &IngestOptions::default()).unwrap();
        let sentences = segment::sentences(&document);
        Article::new(document, sentences)
    }

    #[test]
    fn a_text_that_breaks_off_is_suspect() {
        assert!(broken_off(0, &article("Gelbėtojai pasiekė skęstantį laivą kartu su")).is_some());
        assert!(
            broken_off(0, &article("Gelbėtojai pasiekė skęstantį laivą kartu laiku.")).is_none()
        );
    }

    #[test]
    fn a_text_that_trails_off_is_suspect_only_above_a_paywall() {
        let cut = "Gelbėtojai pasiekė skęstantį laivą kartu su …";
        let walled = format!("{cut}\n\nNaujienų prenumerata\n\nVisos teisės saugomos");
        assert!(stops_at_paywall(0, &article(&walled)).is_some());
        assert!(stops_at_paywall(0, &article(cut)).is_none());
        let whole = walled.replace(" su …", " laiku.");
        assert!(stops_at_paywall(0, &article(&whole)).is_none());
    }

    #[test]
    fn a_long_sentence_that_comes_again_is_suspect() {
        let again = BEGINNING.rsplit_once("\n\n").unwrap().1;
        assert!(doubled(0, &article(again)).is_some());
        assert!(doubled(0, &article("")).is_none());
    }
}
