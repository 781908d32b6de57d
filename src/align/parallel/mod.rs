//! Alignment of a text with its translation: order is kept, every sentence is accounted for, several sentences may
//! stand for several.
//!
//! The way of the data: [`side`] knows the runs of neighbouring sentences of each text, [`cost`] prices a bead of
//! two runs by the weights of [`weights`], [`search`] finds the cheapest way through both texts within a [`band`] that a
//! [`coarse`] search gave, [`refine`] encodes the concatenations that matter and lets weights follow the document
//! ([`adapt`]), [`moved`] finds what stands elsewhere in the other text. [`learn`] fits the weights.

mod adapt;
mod anchors;
mod band;
mod coarse;
mod cost;
mod distances;
pub mod learn;
mod marks;
mod moved;
mod refine;
mod search;
mod shapes;
mod side;
mod weights;

use std::ops::Range;

use ndarray::{Array2, ArrayView2, Axis};

use self::coarse::Settings;
use self::marks::Marks;
use self::refine::{Encoding, Judged};
use self::search::Step;
use self::side::Texts;
pub use self::weights::{Weights, weights};
use crate::error::Result;

/// Gives the vectors of texts, `[texts, dim]`, rows of norm 1.
pub type Encode<'e> = dyn Fn(&[&str]) -> Result<Array2<f32>> + 'e;

/// One text, sentence by sentence.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The sentences. Blank ones stay without a counterpart.
    pub texts: &'a [&'a str],
    /// Their vectors, `[texts, dim]`, rows of norm 1.
    pub vectors: ArrayView2<'a, f32>,
}

/// What shapes an alignment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParallelOptions {
    /// Most sentences on one side of a bead, 1..8.
    pub most_on_one_side: usize,
    /// Most sentences of a bead in all.
    pub most_in_all: usize,
    /// Only one sentence on each side.
    pub one_to_one: bool,
    /// Cosine of unrelated sentences of the two languages, what short texts are measured against.
    pub unrelated: f32,
    /// What beads and skips cost.
    pub weights: Weights,
}

impl Default for ParallelOptions {
    /// Beads of up to 6 and 6 sentences, 8 in all, and the cosine of unrelated sentences of the default model.
    fn default() -> Self {
        Self {
            most_on_one_side: 6,
            most_in_all: 8,
            one_to_one: false,
            unrelated: 0.75,
            weights: *weights(),
        }
    }
}

/// Sentences of one side that say what sentences of the other say; an empty side says that nothing does.
#[derive(Debug, Clone, PartialEq)]
pub struct Bead {
    /// Sentences on the left.
    pub left: Range<usize>,
    /// Sentences on the right.
    pub right: Range<usize>,
    /// Distance of the two sides over what is usual between the texts: 0 for the same, about 1 for two unrelated sentences;
    /// 0 where one side is empty.
    pub cost: f32,
    /// Probability that the bead is right to the sentence, 0..1; 0 where one side is empty.
    pub confidence: f32,
    /// Whether its sides stand at different places in the order of their texts.
    pub moved: bool,
}

impl Bead {
    /// Sentences without a counterpart: one of the sides is empty.
    fn lone(left: Range<usize>, right: Range<usize>) -> Self {
        Self { left, right, cost: 0.0, confidence: 0.0, moved: false }
    }

    /// Whether both sides have sentences.
    pub fn is_link(&self) -> bool {
        !self.left.is_empty() && !self.right.is_empty()
    }
}

/// How two texts go together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alignment {
    /// Every sentence of both sides once, in the order of the left text; what only the right text has stands where
    /// it stands there.
    pub beads: Vec<Bead>,
}

/// Aligns a text with its translation.
///
/// `encode` gives vectors of concatenated sentences; it is called for those that matter, at most three times for
/// each side, and as often for every section that stands elsewhere. `progress` hears how many of how many stages are done. Time and memory grow
/// with the number of sentences.
///
/// # Errors
/// Those of `encode`.
///
/// # Panics
/// If a side has not as many vectors as texts, or the sides have vectors of different lengths.
pub fn align(
    left: &Side<'_>,
    right: &Side<'_>,
    options: &ParallelOptions,
    encode: &Encode<'_>,
    progress: &mut dyn FnMut(usize, usize) -> Result<()>,
) -> Result<Alignment> {
    assert_eq!(left.texts.len(), left.vectors.nrows(), "a vector for each sentence on the left");
    assert_eq!(right.texts.len(), right.vectors.nrows(), "a vector for each sentence on the right");
    let shapes = shapes::shapes(options);
    let settings = Settings::of(options, &shapes);
    let (left_numbers, right_numbers) = (spoken(left), spoken(right));
    let encoding = Encoding {
        left: left.texts,
        right: right.texts,
        left_numbers: &left_numbers,
        right_numbers: &right_numbers,
        encode,
    };
    progress(0, 2)?;
    let (mut left_texts, mut right_texts) = prepared(left, right, &settings, &encoding);
    let refined = refine::refine(&mut left_texts, &mut right_texts, &settings, &encoding)?;
    progress(1, 2)?;
    let found = beads(&refined.judged, &settings);
    let found = moved::find(found, &refined.view, &left_texts, &right_texts, &settings, &encoding)?;
    progress(2, 2)?;
    Ok(Alignment { beads: numbered(found, &encoding) })
}

/// Numbers of the sentences that say something.
fn spoken(side: &Side<'_>) -> Vec<usize> {
    (0..side.texts.len()).filter(|&number| !side.texts[number].trim().is_empty()).collect()
}

/// Both sides with all that is known of them before a search.
fn prepared(
    left: &Side<'_>,
    right: &Side<'_>,
    settings: &Settings<'_>,
    encoding: &Encoding<'_>,
) -> (Texts, Texts) {
    let (mut left, mut right) =
        (texts(left, encoding.left_numbers), texts(right, encoding.right_numbers));
    encoding.note_anchors(&mut left, &mut right);
    coarse::note_usual(&mut left, &mut right, settings);
    (left, right)
}

fn texts(side: &Side<'_>, numbers: &[usize]) -> Texts {
    let length = |&number: &usize| side.texts[number].trim().chars().count() as f32;
    let marks = |&number: &usize| Marks::of(side.texts[number]);
    Texts::new(
        side.vectors.select(Axis(0), numbers),
        numbers.iter().map(length).collect(),
        numbers.iter().map(marks).collect(),
    )
}

/// The links and skips of a way as beads.
fn beads(judged: &[Judged], settings: &Settings<'_>) -> Vec<Bead> {
    let mut beads = Vec::with_capacity(judged.len());
    for judged in judged {
        match judged.step {
            Step::SkipLeft { i, j } => beads.push(Bead::lone(i - 1..i, j..j)),
            Step::SkipRight { i, j } => beads.push(Bead::lone(i..i, j - 1..j)),
            Step::Bead { shape, i, j } => {
                let parts = settings.shapes[shape].parts();
                let moved = parts.len() > 1;
                for (part, &cost) in parts.iter().zip(&judged.distances) {
                    let Some((left, right)) = part.end((i, j)) else { continue };
                    beads.push(Bead {
                        left: left - part.shape.left..left,
                        right: right - part.shape.right..right,
                        cost,
                        confidence: judged.posterior,
                        moved,
                    });
                }
            }
        }
    }
    beads
}

/// Beads with the numbers that the sentences have among all, blank ones too, in the order of the left text.
fn numbered(beads: Vec<Bead>, encoding: &Encoding<'_>) -> Vec<Bead> {
    let (left_count, right_count) = (encoding.left.len(), encoding.right.len());
    let numbered: Vec<Bead> = beads
        .into_iter()
        .map(|bead| Bead {
            left: span(&bead.left, encoding.left_numbers, left_count),
            right: span(&bead.right, encoding.right_numbers, right_count),
            ..bead
        })
        .collect();
    let blank = uncovered(&numbered, left_count, |bead| &bead.left);
    let numbered = with_blank(
        numbered,
        blank,
        |bead| bead.left.start,
        |number, next| {
            let right = next.map_or(right_count, |next| next.right.start);
            Bead::lone(number..number + 1, right..right)
        },
    );
    let blank = uncovered(&numbered, right_count, |bead| &bead.right);
    with_blank(
        numbered,
        blank,
        |bead| bead.right.start,
        |number, next| {
            let left = next.map_or(left_count, |next| next.left.start);
            Bead::lone(left..left, number..number + 1)
        },
    )
}

/// Beads with one for each blank sentence of a side, before the first bead in order that starts after it.
fn with_blank(
    beads: Vec<Bead>,
    blank: Vec<usize>,
    start: impl Fn(&Bead) -> usize,
    lone: impl Fn(usize, Option<&Bead>) -> Bead,
) -> Vec<Bead> {
    let mut all = Vec::with_capacity(beads.len() + blank.len());
    let mut blank = blank.into_iter().peekable();
    for bead in beads {
        while !bead.moved
            && let Some(number) = blank.next_if(|&number| number < start(&bead))
        {
            all.push(lone(number, Some(&bead)));
        }
        all.push(bead);
    }
    all.extend(blank.map(|number| lone(number, None)));
    all
}

fn span(range: &Range<usize>, numbers: &[usize], all: usize) -> Range<usize> {
    let number = |index: usize| numbers.get(index).copied().unwrap_or(all);
    if range.is_empty() {
        return number(range.start)..number(range.start);
    }
    number(range.start)..number(range.end - 1) + 1
}

fn uncovered<'b>(
    beads: &'b [Bead],
    count: usize,
    side: impl Fn(&'b Bead) -> &'b Range<usize>,
) -> Vec<usize> {
    let mut covered = vec![false; count];
    for bead in beads {
        covered[side(bead).clone()].fill(true);
    }
    (0..count).filter(|&number| !covered[number]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distinct sentences as unit vectors that point in directions of their own; a concatenation lies between.
    fn vectors(texts: &[&str]) -> Array2<f32> {
        let mut vectors = Array2::from_elem((texts.len(), 27), 0.2_f32);
        for (mut row, text) in vectors.rows_mut().into_iter().zip(texts) {
            for letter in text.bytes().filter(u8::is_ascii_lowercase) {
                row[usize::from(letter - b'a')] += 1.0;
            }
            let norm = row.dot(&row).sqrt();
            row /= norm;
        }
        vectors
    }

    fn aligned(left: &[&str], right: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
        let (left_vectors, right_vectors) = (vectors(left), vectors(right));
        let left = Side { texts: left, vectors: left_vectors.view() };
        let right = Side { texts: right, vectors: right_vectors.view() };
        let options = ParallelOptions { unrelated: 0.3, ..ParallelOptions::default() };
        let encode = |texts: &[&str]| Ok(vectors(texts));
        let alignment = align(&left, &right, &options, &encode, &mut |_, _| Ok(())).unwrap();
        alignment.beads.into_iter().map(|bead| (bead.left, bead.right)).collect()
    }

    #[test]
    fn a_sentence_may_stand_for_two_and_a_lone_one_stays_alone() {
        let left = ["aaaa bbbb", "cccc", "dddd", "eeee", "ffff"];
        let right = ["aaaa", "bbbb", "cccc", "eeee", "ffff"];
        assert_eq!(
            aligned(&left, &right),
            [(0..1, 0..2), (1..2, 2..3), (2..3, 3..3), (3..4, 3..4), (4..5, 4..5)]
        );
    }

    #[test]
    fn neighbours_that_changed_places_are_linked_crosswise() {
        let links = aligned(&["aaaa", "bbbb", "cccc", "dddd"], &["aaaa", "cccc", "bbbb", "dddd"]);
        assert_eq!(links, [(0..1, 0..1), (1..2, 2..3), (2..3, 1..2), (3..4, 3..4)]);
    }

    #[test]
    fn an_empty_side_and_blank_sentences_leave_nothing_out() {
        assert_eq!(aligned(&["aaaa", "bbbb"], &[]), [(0..1, 0..0), (1..2, 0..0)]);
        assert_eq!(aligned(&[], &[]), []);
        let links = aligned(&["aaaa", " ", "bbbb"], &["aaaa", "bbbb"]);
        assert_eq!(links, [(0..1, 0..1), (1..2, 1..1), (2..3, 1..2)]);
    }
}
