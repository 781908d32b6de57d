//! Clauses that only one side of a segment may have: the candidates of `omission` and `addition` inside a segment.
//!
//! If a clause is missing on the other side, the rest of its side is closer to the other side than the whole is.
//! Asking that of every clause of every segment would cost as much as everything else, so only segments whose
//! lengths allow a loss are asked.

use super::Segment;
use super::checks::length;
use super::score::WordSupport;
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
    let clauses = clauses(text);
    if clauses.len() < 2 {
        return Vec::new();
    }
    let share = |span: &Span| span.len() as f64 / text.len() as f64;
    let words = &words[usize::from(!in_source)];
    let mut asked: Vec<(f32, Span)> = (clauses.into_iter())
        .filter(|span| share(span) <= LARGEST_SHARE)
        .map(|span| (support(words, span), span))
        .collect();
    asked.sort_by(|one, other| one.0.total_cmp(&other.0));
    asked
        .into_iter()
        .take(MOST)
        .map(|(_, span)| Clause { in_source, span, rest: without(text, span) })
        .collect()
}

/// How well the other side answers the words of a stretch, the telling ones counting more.
fn support(words: &[WordSupport], stretch: Span) -> f32 {
    let inside = words.iter().filter(|word| stretch.overlaps(word.span));
    let (sum, weights) = inside.fold((0.0, 0.0), |(sum, weights), word| {
        (sum + word.weight * word.support, weights + word.weight)
    });
    if weights > 0.0 { sum / weights } else { 1.0 }
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
    let enough =
        |span: &Span| span.of(text).chars().filter(|c| c.is_alphabetic()).count() >= LEAST_LETTERS;
    let spans = cuts.windows(2).map(|two| Span::new(two[0], two[1]));
    let trimmed = spans.map(|span| {
        let start = span.end - span.of(text).trim_start().len();
        Span::new(start, span.end)
    });
    trimmed.filter(enough).collect()
}

/// A text without a clause, ending as a sentence does.
fn without(text: &str, clause: Span) -> String {
    let rest = format!("{}{}", &text[..clause.start], &text[clause.end..]);
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
}
