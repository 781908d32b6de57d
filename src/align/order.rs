//! Documents in one order: where one translates the other, wholly or in part, links run side by side, and the place of a
//! sentence tells whether it can have a counterpart at all.

use std::ops::Range;

use super::Link;

/// Fewest links that show an order.
const FEWEST: usize = 4;
/// Least share of the links that keep the order.
const KEEPING: f32 = 0.9;
/// Least share of the sentences of the shorter document that are linked so.
const COVERED: f32 = 0.6;

/// Two documents whose links keep one order.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// For each sentence of the left and of the right document that is in no link: what stands in its place.
    rooms: [Vec<Option<Room>>; 2],
}

/// What stands between the counterparts of the linked sentences before and behind one that is not linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Sentences of the other document.
    pub there: Range<usize>,
    /// How many sentences of its own document share the place with it, itself among them.
    pub here: usize,
}

impl Order {
    /// The order of two documents with so many sentences on the left and on the right; `None` where most of the shorter one
    /// is in no link or links cross.
    pub fn of(links: &[Link], lengths: [usize; 2]) -> Option<Self> {
        let chain = longest_chain(links);
        let covered = |side: fn(&Link) -> &Vec<usize>| -> usize {
            chain.iter().map(|link| side(link).len()).sum()
        };
        let (left, right) = (covered(|link| &link.left), covered(|link| &link.right));
        let covered = if lengths[0] <= lengths[1] { left } else { right };
        let shorter = lengths[0].min(lengths[1]);
        let in_order = chain.len() >= FEWEST
            && chain.len() as f32 >= KEEPING * links.len() as f32
            && covered as f32 >= COVERED * shorter as f32;
        in_order.then(|| {
            let beads: Vec<[Range<usize>; 2]> =
                chain.iter().map(|link| [extent(&link.left), extent(&link.right)]).collect();
            Self { rooms: [rooms(&beads, lengths, 0), rooms(&beads, lengths, 1)] }
        })
    }

    /// What stands in the place of a sentence of the left document, or of the right one; `None` where it is linked.
    pub fn room(&self, on_right: bool, sentence: usize) -> Option<&Room> {
        self.rooms[usize::from(on_right)].get(sentence)?.as_ref()
    }
}

/// From the first to behind the last of ascending sentences.
fn extent(sentences: &[usize]) -> Range<usize> {
    let first = sentences.first().copied().unwrap_or(0);
    first..sentences.last().map_or(first, |last| last + 1)
}

/// The most links that follow each other on both sides.
fn longest_chain(links: &[Link]) -> Vec<&Link> {
    let mut sorted: Vec<&Link> = links.iter().collect();
    sorted.sort_by(|one, other| one.left.cmp(&other.left));
    let follows = |before: &Link, link: &Link| {
        before.left.last() < link.left.first() && before.right.last() < link.right.first()
    };
    // For each link the length of the longest chain that it ends, and the link before it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(sorted.len());
    for (at, link) in sorted.iter().enumerate() {
        let before = (0..at).filter(|&before| follows(sorted[before], link));
        let longest = before.max_by_key(|&before| (best[before].0, before));
        best.push((longest.map_or(1, |before| best[before].0 + 1), longest));
    }
    let mut chain = Vec::new();
    let mut next = (0..sorted.len()).max_by_key(|&at| (best[at].0, at));
    while let Some(at) = next {
        chain.push(sorted[at]);
        next = best[at].1;
    }
    chain.reverse();
    chain
}

/// For each sentence of one side that no bead holds, what stands in its place on the other side.
fn rooms(beads: &[[Range<usize>; 2]], lengths: [usize; 2], side: usize) -> Vec<Option<Room>> {
    let mut rooms = vec![None; lengths[side]];
    let ends = beads.iter().map(|bead| [bead[0].end, bead[1].end]);
    let starts = beads.iter().map(|bead| [bead[0].start, bead[1].start]);
    let gaps = std::iter::once([0, 0]).chain(ends).zip(starts.chain(std::iter::once(lengths)));
    for (from, to) in gaps {
        let here = from[side]..to[side];
        for sentence in here.clone() {
            if let Some(room) = rooms.get_mut(sentence) {
                let there = from[1 - side]..to[1 - side];
                *room = Some(Room { there, here: here.len() });
            }
        }
    }
    rooms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Mode;

    fn link(left: &[usize], right: &[usize]) -> Link {
        let mode = Mode::Comparable;
        Link { left: left.to_vec(), right: right.to_vec(), score: 0.9, mode }
    }

    #[test]
    fn a_sentence_without_a_counterpart_has_no_room_in_a_translation() {
        // The left document has a sentence more, the third; on the right the fifth is two.
        let links = [
            link(&[0], &[0]),
            link(&[1], &[1]),
            link(&[3], &[2]),
            link(&[4], &[3, 4]),
            link(&[6], &[6]),
        ];
        let order = Order::of(&links, [8, 7]).unwrap();
        assert_eq!(order.room(false, 2), Some(&Room { there: 2..2, here: 1 }));
        assert_eq!(order.room(false, 5), Some(&Room { there: 5..6, here: 1 }));
        assert_eq!(order.room(true, 5), Some(&Room { there: 5..6, here: 1 }));
        assert_eq!(order.room(false, 7), Some(&Room { there: 7..7, here: 1 }));
        assert_eq!(order.room(false, 4), None);
        assert_eq!(order.room(true, 99), None);
    }

    #[test]
    fn reports_whose_links_cross_or_are_few_have_no_order() {
        let crossing: Vec<Link> = (0..8).map(|at| link(&[at], &[(at * 5) % 8])).collect();
        assert_eq!(Order::of(&crossing, [8, 8]), None);
        let few: Vec<Link> = (0..5).map(|at| link(&[4 * at], &[4 * at])).collect();
        assert_eq!(Order::of(&few, [20, 20]), None);
        assert_eq!(Order::of(&[], [0, 0]), None);
    }
}
