//! Translations with exact gold, made from line-aligned sets: lines are merged, split, deleted and swapped on
//! either side, by fixed seeds.

use std::collections::BTreeMap;
use std::ops::Range;

use ndarray::Array2;
use parallax::align::parallel::{Alignment, ParallelOptions, Side, align};
use parallax::embed::Embedder;

use crate::pools::LineSet;
use crate::random::Random;
use crate::vectors;

/// How much is done to the lines of a text and its translation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Share of lines that are joined with the next one, on either side.
    merged: f64,
    /// Share of lines that are cut in two, on either side. No line is cut on both sides: whether the halves say the same
    /// would be anybody's guess, and the gold is to be exact.
    split: f64,
    /// Share of lines that are left out, on either side.
    deleted: f64,
    /// Share of left-out lines after which the next one is left out too.
    deleted_on: f64,
    /// Share of lines of the right side that change places with the next one. Such lines are joined with each other alone:
    /// what would hold them and others belonged to lines that do not stand together on the other side, which no bead
    /// can say.
    swapped: f64,
}

/// A faithful translation.
pub(crate) const FAITHFUL: Style =
    Style { merged: 0.1, split: 0.1, deleted: 0.05, deleted_on: 0.0, swapped: 0.05 };
/// A free one.
#[allow(dead_code)]
pub(crate) const FREE: Style =
    Style { merged: 0.2, split: 0.2, deleted: 0.04, deleted_on: 0.6, swapped: 0.02 };

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

impl Made {
    /// The links of the gold as ranges; nothing if one has gaps.
    #[allow(dead_code)]
    pub(crate) fn ranges(&self) -> Option<Vec<(Range<usize>, Range<usize>)>> {
        let range = |side: &[usize]| {
            let range = side[0]..side[side.len() - 1] + 1;
            (range.len() == side.len()).then_some(range)
        };
        let links = self.gold.iter().filter(|(left, right)| !left.is_empty() && !right.is_empty());
        links.map(|(left, right)| Some((range(left)?, range(right)?))).collect()
    }
}

/// Makes a pair of texts from lines of a set.
pub(crate) fn make(
    set: &LineSet,
    languages: [usize; 2],
    lines: &[usize],
    style: Style,
    seed: u64,
) -> Made {
    make_apart(set, languages, [lines, lines], style, seed)
}

/// Makes a pair of texts from lines of a set that stand in other orders on the left and on the right.
pub(crate) fn make_apart(
    set: &LineSet,
    [left, right]: [usize; 2],
    [lines, others]: [&[usize]; 2],
    style: Style,
    seed: u64,
) -> Made {
    let mut random = Random(seed ^ ((left as u64) << 32) ^ ((right as u64) << 40) ^ 0x9E37_79B9);
    for _ in 0..8 {
        random.share();
    }
    let (mut swapped, mut partners) = (others.to_vec(), BTreeMap::new());
    let mut place = 0;
    while place + 1 < swapped.len() {
        if random.share() < style.swapped {
            swapped.swap(place, place + 1);
            partners.insert(others[place], others[place + 1]);
            partners.insert(others[place + 1], others[place]);
            place += 1;
        }
        place += 1;
    }
    let mut rules = Rules { style, partners, whole: Vec::new() };
    let left = text(&set.lines[left], lines, &rules, &mut random);
    let pairs = left.lines.windows(2);
    rules.whole = pairs.filter(|pair| pair[0] == pair[1]).map(|pair| pair[0][0]).collect();
    let right = text(&set.lines[right], &swapped, &rules, &mut random);
    Made { gold: gold(&left, &right), left: left.sentences, right: right.sentences }
}

/// What is done to lines and what is not.
struct Rules {
    style: Style,
    /// Lines that change places with one another.
    partners: BTreeMap<usize, usize>,
    /// Lines that are not cut.
    whole: Vec<usize>,
}

impl Rules {
    fn may_join(&self, line: usize, next: usize) -> bool {
        match (self.partners.get(&line), self.partners.get(&next)) {
            (None, None) => true,
            (partner, _) => partner == Some(&next),
        }
    }
}

/// The lines in an order, with what is done to them.
fn text(lines: &[String], order: &[usize], rules: &Rules, random: &mut Random) -> Text {
    let mut text = Text { sentences: Vec::new(), lines: Vec::new() };
    let (mut join, mut left_out) = (false, false);
    for (place, &line) in order.iter().enumerate() {
        let share = if left_out { rules.style.deleted_on } else { rules.style.deleted };
        left_out = random.share() < share.max(rules.style.deleted);
        if left_out {
            join = false;
            continue;
        }
        let sentence = &lines[line];
        let cut = random.share() < rules.style.split && !rules.whole.contains(&line);
        let halves = cut.then(|| halves(sentence)).flatten();
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
                let next = order.get(place + 1);
                let may = next.is_some_and(|&next| rules.may_join(line, next));
                join = random.share() < rules.style.merged && may;
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
        &mut |_, _| Ok(()),
    )
    .expect("the engine runs")
}
