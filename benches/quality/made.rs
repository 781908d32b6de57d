//! Translations with exact gold, made from line-aligned sets: lines are merged, split, deleted and swapped on
//! either side, by fixed seeds.

use ndarray::Array2;
use parallax::align::parallel::{Alignment, ParallelOptions, Side, align};
use parallax::embed::Embedder;

use crate::pools::{LineSet, Random};
use crate::vectors;

/// Share of lines that are joined with the next one, on either side.
const MERGED: f64 = 0.1;
/// Share of lines that are cut in two, on either side.
const SPLIT: f64 = 0.1;
/// Share of lines that are left out, on either side.
const DELETED: f64 = 0.05;
/// Share of lines of the right side that change places with the next one.
const SWAPPED: f64 = 0.05;
/// Shortest half of a line that is cut, in characters.
const SHORTEST_HALF: usize = 20;

/// Sentences of one side; each knows the lines it is made of.
struct Text {
    sentences: Vec<String>,
    lines: Vec<Vec<usize>>,
}

/// A text, its translation and what belongs together.
pub(crate) struct Made {
    pub(crate) left: Vec<String>,
    pub(crate) right: Vec<String>,
    /// Sentences on both sides that say the same; one side may be empty.
    pub(crate) gold: Vec<(Vec<usize>, Vec<usize>)>,
}

/// Makes a pair of texts from lines of a set.
pub(crate) fn make(set: &LineSet, left: usize, right: usize, lines: &[usize], seed: u64) -> Made {
    let mut random = Random(seed ^ ((left as u64) << 32) ^ ((right as u64) << 40) ^ 0x9E37_79B9);
    for _ in 0..8 {
        random.share();
    }
    let mut swapped = lines.to_vec();
    let mut place = 0;
    while place + 1 < swapped.len() {
        if random.share() < SWAPPED {
            swapped.swap(place, place + 1);
            place += 1;
        }
        place += 1;
    }
    let left = text(&set.lines[left], lines, &mut random);
    let right = text(&set.lines[right], &swapped, &mut random);
    Made { gold: gold(&left, &right), left: left.sentences, right: right.sentences }
}

fn text(lines: &[String], order: &[usize], random: &mut Random) -> Text {
    let mut text = Text { sentences: Vec::new(), lines: Vec::new() };
    let mut join = false;
    for &line in order {
        if random.share() < DELETED {
            join = false;
            continue;
        }
        let sentence = &lines[line];
        let halves = (random.share() < SPLIT).then(|| halves(sentence)).flatten();
        match (text.sentences.last_mut(), halves) {
            (Some(last), _) if join => {
                last.push(' ');
                last.push_str(sentence);
                text.lines.last_mut().expect("as many as sentences").push(line);
                join = false;
            }
            (_, Some((one, other))) => {
                text.sentences.extend([one.to_owned(), other.to_owned()]);
                text.lines.extend([vec![line], vec![line]]);
                join = false;
            }
            _ => {
                text.sentences.push(sentence.clone());
                text.lines.push(vec![line]);
                join = random.share() < MERGED;
            }
        }
    }
    text
}

/// A line cut after the comma nearest to its middle, or after the blank there.
fn halves(line: &str) -> Option<(&str, &str)> {
    let near = |mark: &str| {
        let distance = |&(place, _): &(usize, &str)| place.abs_diff(line.len() / 2);
        let fits = |&(place, _): &(usize, &str)| {
            let end = place + mark.len();
            line[..end].chars().count() >= SHORTEST_HALF
                && line[end..].chars().count() >= SHORTEST_HALF
        };
        line.match_indices(mark)
            .filter(fits)
            .min_by_key(distance)
            .map(|(place, _)| place + mark.len())
    };
    let (one, other) = line.split_at(near(", ").or_else(|| near(" "))?);
    Some((one.trim(), other.trim()))
}

/// Sentences that share lines, directly or through others.
fn gold(left: &Text, right: &Text) -> Vec<(Vec<usize>, Vec<usize>)> {
    let sides = [left, right];
    let mut done = [vec![false; left.lines.len()], vec![false; right.lines.len()]];
    let mut beads = Vec::new();
    for side in 0..2 {
        for start in 0..sides[side].lines.len() {
            if done[side][start] {
                continue;
            }
            let mut members = [Vec::new(), Vec::new()];
            let mut open = vec![(side, start)];
            while let Some((side, sentence)) = open.pop() {
                if std::mem::replace(&mut done[side][sentence], true) {
                    continue;
                }
                members[side].push(sentence);
                for (other, text) in sides.iter().enumerate() {
                    let shares = |lines: &Vec<usize>| {
                        lines.iter().any(|line| sides[side].lines[sentence].contains(line))
                    };
                    let near = text.lines.iter().enumerate().filter(|(_, lines)| shares(lines));
                    open.extend(near.map(|(sentence, _)| (other, sentence)));
                }
            }
            members.iter_mut().for_each(|sentences| sentences.sort_unstable());
            let [left, right] = members;
            // A sentence that nothing answers is a bead of its own, as in gold made by hand.
            if right.is_empty() {
                beads.extend(left.into_iter().map(|sentence| (vec![sentence], Vec::new())));
            } else if left.is_empty() {
                beads.extend(right.into_iter().map(|sentence| (Vec::new(), vec![sentence])));
            } else {
                beads.push((left, right));
            }
        }
    }
    beads
}

/// Aligns two texts with vectors from the store.
pub(crate) fn aligned(embedder: &Embedder, left: &[&str], right: &[&str]) -> Alignment {
    let encode =
        |texts: &[&str]| -> parallax::Result<Array2<f32>> { Ok(vectors::embed(embedder, texts)) };
    let (left_vectors, right_vectors) =
        (vectors::embed(embedder, left), vectors::embed(embedder, right));
    align(
        &Side { texts: left, vectors: left_vectors.view() },
        &Side { texts: right, vectors: right_vectors.view() },
        &ParallelOptions::default(),
        &encode,
        &mut |_, _| {},
    )
    .expect("the engine runs")
}
