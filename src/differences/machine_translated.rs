//! `machine-translated`: a document reads like a machine translation that nobody revised.

use super::Check;
use super::damage::{foreign, mixed_scripts, place, repeated};
use crate::align::Article;
use crate::align::Comparison;
use crate::finding::{CheckInfo, Finding, Place, Severity};

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "machine-translated",
        family: "input",
        summary: "a document reads like a machine translation that nobody revised",
        explanation: "\
Repeated words and phrases, words left in another language and words of two scripts add up to more than a writer's slips.
What such a document says, and how, may be the machine's doing: judge its other findings with that in mind.

There is one finding for a document; its places are the evidence. It is `minor`. Wrong inflection and wrong
word order, by which a reader tells at once, are beyond this check, so a good machine translation goes unnoticed.

Example: a report with “der Minister der Minister” in one sentence and “in einem mountain hotel” in the next.

Silence it with `--skip machine-translated`.",
    },
    run,
};

/// How much each piece of evidence weighs.
const PHRASE: f32 = 1.5;
const WORD: f32 = 0.6;
const FOREIGN_WORDS: f32 = 1.5;
const FOREIGN_WORD: f32 = 0.5;
const MIXED_SCRIPTS: f32 = 0.7;
/// Weight from which a document is reported, for each so many words of it.
const LEAST_WEIGHT: f32 = 2.4;
const WORDS: usize = 500;
/// Sentences that must show damage: one may be a quotation that was taken for none.
const LEAST_SENTENCES: usize = 2;
/// Highest confidence.
const MOST_CERTAIN: f32 = 0.97;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let articles = comparison.articles.iter().enumerate();
    articles.filter_map(|(document, article)| finding(document, article)).collect()
}

/// What speaks for it.
struct Evidence {
    places: Vec<(f32, Place)>,
    repetitions: usize,
    foreign: usize,
    mixed: usize,
}

impl Evidence {
    fn of(document: usize, article: &Article) -> Self {
        let mut places = Vec::new();
        let repeated = repeated(article);
        for found in &repeated {
            let weight = if found.repetition.words > 1 { PHRASE } else { WORD };
            let weight = weight * found.repetition.confidence;
            places.push((weight, place(document, found.sentence, found.repetition.span())));
        }
        let foreign = foreign(article);
        for found in &foreign {
            let weight = if found.words.words > 1 { FOREIGN_WORDS } else { FOREIGN_WORD };
            let weight = weight * found.words.confidence;
            places.push((weight, place(document, found.sentence, found.words.span)));
        }
        let mixed = mixed_scripts(article);
        places.extend(
            mixed.iter().map(|&(sentence, span)| (MIXED_SCRIPTS, place(document, sentence, span))),
        );
        Self { places, repetitions: repeated.len(), foreign: foreign.len(), mixed: mixed.len() }
    }

    /// What was found, in words.
    fn summary(&self) -> String {
        let counts = [
            (self.repetitions, "repetition", "repetitions"),
            (self.foreign, "stretch of another language", "stretches of another language"),
            (self.mixed, "word of two scripts", "words of two scripts"),
        ];
        let counts: Vec<String> = counts
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, more)| format!("{count} {}", if count == 1 { one } else { more }))
            .collect();
        counts.join(", ")
    }
}

fn finding(document: usize, article: &Article) -> Option<Finding> {
    let mut evidence = Evidence::of(document, article);
    let words = article.document.text.split_whitespace().count();
    let total: f32 = evidence.places.iter().map(|(weight, _)| weight).sum();
    let weight = total / (words as f32 / WORDS as f32).max(1.0);
    let mut sentences: Vec<Option<usize>> =
        evidence.places.iter().map(|(_, place)| place.sentence).collect();
    sentences.sort_unstable();
    sentences.dedup();
    if weight < LEAST_WEIGHT || sentences.len() < LEAST_SENTENCES {
        return None;
    }
    let message =
        format!("d{document} reads like an unrevised machine translation: {}", evidence.summary());
    evidence.places.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut places = evidence.places.into_iter().map(|(_, place)| place);
    let left = places.next();
    let mut places: Vec<Place> = places.collect();
    places.sort_by_key(|place| place.span);
    Some(Finding {
        check: CHECK.info.id,
        severity: Severity::Minor,
        confidence: (1.0 - (-weight / 2.0).exp()).min(MOST_CERTAIN),
        message,
        left,
        right: None,
        values: None,
        evidence: places,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::differences::made::versions;

    #[test]
    fn damage_adds_up_once_for_a_document() {
        let damaged = [
            "Der alte Minister der alte Minister sprach mit den Gästen.",
            "Sie trafen sich in einem mountain hotel und redeten lange.",
            "Danach fuhren alle zufrieden nach Hause.",
        ];
        let sound = ["Der alte Minister sprach mit den Gästen.", "Sie redeten in einem Hotel."];
        let findings = run(&versions(&[("de", &sound), ("de", &damaged)], &[]));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].left.map(|place| place.document), Some(1));
        assert_eq!(findings[0].evidence.len(), 1);
    }
}
