//! Clauses that only one side of a segment may have: the candidates of `omission` and `addition` inside a segment.
//!
//! If a clause is missing on the other side, the rest of its side is closer to the other side than the whole is.
//! Asking that of every clause of every segment would cost as much as everything else, so only segments whose
//! lengths allow a loss are asked, and of them the stretches whose words the other side answers least, if it does not answer
//! them well: those between marks, and the one stretch wherever it begins, since not every clause is set off.

use super::Segment;
use super::checks::length;
use super::score::{TELLING, WordSupport};
use crate::text::Span;

/// A clause that one side may have alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Whether it stands in the source; otherwise it stands in the target.
    pub in_source: bool,
    /// Where it stands, in bytes of its side.
    pub span: Span,
    /// Its side without it.
    pub rest: String,
    /// By how many deviations its side is longer than usual beside the other one.
    pub deviations: f64,
}

/// A clause and how much closer its side comes to the other one without it.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncovered {
    /// The clause.
    pub clause: Clause,
    /// What the cosine of both sides gains without it.
    pub gain: f32,
}

/// Deviations that the translation must be shorter (or longer) than usual.
const LEAST_DEVIATIONS: f64 = 1.0;
/// Letters of a clause that says something.
const LEAST_LETTERS: usize = 10;
/// Largest share of a side that a clause is.
const LARGEST_SHARE: f64 = 0.65;
/// Most clauses of a segment that are asked: those whose words the other side answers least.
const MOST: usize = 2;
/// Words of the shortest stretch that no mark sets off.
const LEAST_WORDS: usize = 3;
/// Support at which a word speaks neither for a loss nor against it.
const EVEN_SUPPORT: f32 = 0.5;
/// Most support of a stretch that is asked, and what a deviation of the lengths adds to it: the less the lengths tell, the
/// more the encoder would have to. In `flores` that spares three of four questions about good translations and loses one in
/// fifty of the clauses that are found missing.
const MOST_SUPPORT: f32 = 0.26;
const SUPPORT_A_DEVIATION: f32 = 0.1;
/// Share of the longer of two stretches that both have, from which they are one.
const SAME_SHARE: f64 = 0.8;
/// Longest side that is cut into clauses, in bytes; a longer one is a text.
const LONGEST: usize = 4096;

/// The clauses of a segment that may be missing on the other side. `words` are those of source and target, empty where
/// nothing is known of them.
pub fn candidates(segment: &Segment, words: &[Vec<WordSupport>; 2]) -> Vec<Clause> {
    let (source, target) = (&segment.source, &segment.target);
    let sides = ((source.text.as_str(), source.language), (target.text.as_str(), target.language));
    let Some(deviations) = length::deviations(sides.0, sides.1) else { return Vec::new() };
    if deviations.abs() < LEAST_DEVIATIONS {
        return Vec::new();
    }
    let in_source = deviations < 0.0;
    let text = if in_source { &source.text } else { &target.text };
    if text.len() > LONGEST {
        return Vec::new();
    }
    let words = &words[usize::from(!in_source)];
    let most_support = MOST_SUPPORT + SUPPORT_A_DEVIATION * deviations.abs() as f32;
    let mut asked: Vec<(f32, Span)> = clauses(text)
        .into_iter()
        .chain(weakest(text, words))
        .filter(|span| span.len() as f64 <= LARGEST_SHARE * text.len() as f64)
        .map(|span| (support(words, span), span))
        .filter(|&(support, _)| support <= most_support)
        .collect();
    asked.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut kept: Vec<Span> = Vec::new();
    for (_, span) in asked {
        if kept.len() < MOST && !kept.iter().any(|&other| same(span, other)) {
            kept.push(span);
        }
    }
    let clause =
        |span| Clause { in_source, span, rest: without(text, span), deviations: deviations.abs() };
    kept.into_iter().map(clause).collect()
}

/// The stretch of words that the other side answers least, with the articles, prepositions and conjunctions before it: the largest sum of what each
/// word lacks of even support, by weight (Kadane's algorithm).
fn weakest(text: &str, words: &[WordSupport]) -> Option<Span> {
    let (mut best, mut sum, mut start) = ((0.0, 0..0), 0.0, 0);
    for (at, word) in words.iter().enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        sum += word.weight * (EVEN_SUPPORT - word.support);
        if sum > best.0 {
            best = (sum, start..at + 1);
        }
    }
    let stretch = best.1;
    let last = words.get(stretch.clone())?.last()?;
    let small = words[..stretch.start].iter().rev().take_while(|word| word.weight < TELLING);
    let first = stretch.start - small.count();
    let span = Span::new(words[first].span.start, last.span.end);
    (stretch.end - first >= LEAST_WORDS && says_something(span.of(text))).then_some(span)
}

/// Whether two stretches are nearly one.
fn same(one: Span, other: Span) -> bool {
    let both = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    both as f64 >= SAME_SHARE * one.len().max(other.len()) as f64
}

/// How well the other side answers the words of a stretch, the telling ones counting more; 0 where nothing is known of them.
fn support(words: &[WordSupport], stretch: Span) -> f32 {
    let inside = words.iter().filter(|word| stretch.overlaps(word.span));
    let (sum, weights) = inside.fold((0.0, 0.0), |(sum, weights), word| {
        (sum + word.weight * word.support, weights + word.weight)
    });
    if weights > 0.0 { sum / weights } else { 0.0 }
}

/// The stretches between marks that have enough letters.
fn clauses(text: &str) -> Vec<Span> {
    let mut cuts = vec![0];
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let before_blank = letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        let closes = matches!(letter, ',' | ';' | ':' | ')' | '.' | '!' | '?') && before_blank;
        let dash = matches!(letter, '–' | '—') && before_blank;
        if closes || dash {
            cuts.push(at + letter.len_utf8());
        } else if letter == '(' {
            cuts.push(at);
        }
    }
    cuts.push(text.len());
    cuts.dedup();
    let spans = cuts.windows(2).map(|two| Span::new(two[0], two[1]));
    let trimmed = spans.map(|span| {
        let start = span.end - span.of(text).trim_start().len();
        Span::new(start, span.end)
    });
    trimmed.filter(|span| says_something(span.of(text))).collect()
}

fn says_something(stretch: &str) -> bool {
    stretch.chars().filter(|letter| letter.is_alphabetic()).count() >= LEAST_LETTERS
}

/// A text without a clause, ending as a sentence does.
fn without(text: &str, clause: Span) -> String {
    let (before, after) = (&text[..clause.start], &text[clause.end..]);
    // A mark stands close to the word before it.
    let marked = after.trim_start().starts_with(['.', ',', ';', ':', '!', '?', ')']);
    let before = if marked { before.trim_end() } else { before };
    let rest = format!("{before}{after}");
    let rest = rest.trim().trim_end_matches([',', ';', ':', '–', '—', ' ']);
    let ends = rest.ends_with(['.', '!', '?', '"', '“', '”', '»', '…']);
    format!("{rest}{}", if ends { "" } else { "." })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Language;
    use crate::translation::Side;

    fn found(source: &str, target: &str) -> Vec<(bool, String, String)> {
        let side = |text: &str, code| Side::new(text, Language::from_code(code).unwrap());
        let segment = Segment::new("1", side(source, "en"), side(target, "de"));
        candidates(&segment, &[Vec::new(), Vec::new()])
            .into_iter()
            .map(|clause| {
                let text = if clause.in_source { source } else { target };
                (clause.in_source, clause.span.of(text).to_owned(), clause.rest)
            })
            .collect()
    }

    #[test]
    fn only_the_longer_side_is_asked() {
        let source =
            "The old mill burned down on Friday, although the brigade came with forty men.";
        assert_eq!(
            found(source, "Die alte Mühle brannte ab."),
            [
                (
                    true,
                    "The old mill burned down on Friday,".to_owned(),
                    "although the brigade came with forty men.".to_owned()
                ),
                (
                    true,
                    "although the brigade came with forty men.".to_owned(),
                    "The old mill burned down on Friday.".to_owned()
                )
            ]
        );
        let whole =
            "Die alte Mühle brannte am Freitag ab, obwohl die Feuerwehr mit vierzig Leuten kam.";
        assert_eq!(found(source, whole), []);
    }

    #[test]
    fn a_stretch_that_no_mark_sets_off_is_asked_too() {
        let target = "Ausländer zahlen mehr Steuern mit dem Ziel Obdachlosen zu helfen.";
        let support = |word: &str| match word {
            "Ziel" | "Obdachlosen" | "helfen" => 0.1,
            "mit" | "dem" | "zu" => 0.4,
            _ => 0.9,
        };
        let words = target.split(' ').map(|word| {
            let start = word.as_ptr() as usize - target.as_ptr() as usize;
            let word = word.trim_end_matches('.');
            let weight = if word.len() > 3 { 8.0 } else { 2.0 };
            WordSupport {
                span: Span::new(start, start + word.len()),
                support: support(word),
                weight,
            }
        });
        let side = |text: &str, code| Side::new(text, Language::from_code(code).unwrap());
        let source = "Foreigners pay more tax.";
        let segment = Segment::new("1", side(source, "en"), side(target, "de"));
        let found = candidates(&segment, &[Vec::new(), words.collect()]);
        let found: Vec<&str> = found.iter().map(|clause| clause.rest.as_str()).collect();
        assert_eq!(found, ["Ausländer zahlen mehr Steuern."]);
    }
}
