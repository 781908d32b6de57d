//! The vocabulary, and the most probable way to cut a word into its pieces.

use std::ops::Range;

use super::file::Piece;

/// How much less probable an unknown character is than the rarest piece, in -ln p.
const UNKNOWN_PENALTY: f64 = 10.0;
/// Start and factor of the hash, of the kind of Fowler, Noll and Vo.
const HASH_START: u64 = 0xcbf2_9ce4_8422_2325;
const HASH_FACTOR: u64 = 0x0000_0100_0000_01b3;
/// Stands in a slot that is free.
const FREE: u32 = u32::MAX;

/// All pieces, found by a hash of their bytes.
pub(super) struct Pieces {
    /// The bytes of all pieces, one after another.
    text: String,
    /// Where each piece ends.
    ends: Vec<u32>,
    scores: Vec<f64>,
    /// Numbers of pieces, at the place of their hash or behind it.
    slots: Vec<u32>,
    /// Bytes of the longest piece by its first two bytes.
    longest: Vec<u8>,
    unknown: u32,
    unknown_score: f64,
}

/// The best way to a place in a word.
#[derive(Clone, Copy)]
struct Way {
    score: f64,
    /// Where its last piece starts; `usize::MAX` if there is no way.
    start: usize,
    id: u32,
}

impl Pieces {
    /// Builds the table; `None` if the vocabulary is not one that it can hold.
    pub(super) fn new(vocabulary: Vec<Piece>, unknown: usize) -> Option<Self> {
        if unknown >= vocabulary.len() || vocabulary.len() >= FREE as usize {
            return None;
        }
        let mut pieces = Self {
            text: String::with_capacity(vocabulary.len() * 10),
            ends: Vec::with_capacity(vocabulary.len()),
            scores: Vec::with_capacity(vocabulary.len()),
            slots: vec![FREE; (vocabulary.len() * 2).next_power_of_two()],
            longest: vec![0; 1 << 16],
            unknown: unknown as u32,
            unknown_score: f64::INFINITY,
        };
        for Piece(piece, score) in vocabulary {
            pieces.text.push_str(&piece);
            pieces.ends.push(u32::try_from(pieces.text.len()).ok()?);
            pieces.scores.push(score);
            pieces.unknown_score = pieces.unknown_score.min(score);
            pieces.insert(piece.as_bytes())?;
        }
        pieces.unknown_score -= UNKNOWN_PENALTY;
        Some(pieces)
    }

    /// Puts the last piece into the table.
    fn insert(&mut self, piece: &[u8]) -> Option<()> {
        let id = self.scores.len() as u32 - 1;
        let hash = piece.iter().fold(HASH_START, |hash, &byte| step(hash, byte));
        let mut slot = self.slot(hash);
        // Of equal pieces the last one counts.
        while self.slots[slot] != FREE && self.piece(self.slots[slot]).as_bytes() != piece {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.slots[slot] = id;
        let longest = &mut self.longest[beginning(piece)];
        *longest = u8::try_from(piece.len()).ok()?.max(*longest);
        Some(())
    }

    fn slot(&self, hash: u64) -> usize {
        (hash ^ (hash >> 32)) as usize & (self.slots.len() - 1)
    }

    fn piece(&self, id: u32) -> &str {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] as usize };
        &self.text[start..self.ends[id] as usize]
    }

    /// The pieces and their scores, by id.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        (0..).zip(&self.scores).map(|(id, &score)| (self.piece(id), score))
    }

    fn find(&self, bytes: &[u8], hash: u64) -> Option<u32> {
        let mut slot = self.slot(hash);
        loop {
            match self.slots[slot] {
                FREE => return None,
                id if self.piece(id).as_bytes() == bytes => return Some(id),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// Cuts a word into pieces and hands out the id and place of each. Unknown characters in a row are one piece.
    pub(super) fn split(&self, word: &str, take: &mut dyn FnMut(u32, Range<usize>)) {
        let ways = self.ways(word);
        let mut cuts: Vec<(u32, Range<usize>)> = Vec::new();
        let mut end = word.len();
        while end > 0 {
            let Way { start, id, .. } = ways[end];
            match cuts.last_mut() {
                Some((last, range)) if *last == self.unknown && id == self.unknown => {
                    range.start = start;
                }
                _ => cuts.push((id, start..end)),
            }
            end = start;
        }
        for (id, range) in cuts.into_iter().rev() {
            take(id, range);
        }
    }

    /// The best way to each place of a word.
    fn ways(&self, word: &str) -> Vec<Way> {
        let bytes = word.as_bytes();
        let nowhere = Way { score: 0.0, start: usize::MAX, id: self.unknown };
        let mut ways = vec![nowhere; bytes.len() + 1];
        for (start, character) in word.char_indices() {
            let before = ways[start].score;
            let mut improve = |end: usize, id: u32, score: f64| {
                let way = &mut ways[end];
                if way.start == usize::MAX || before + score > way.score {
                    *way = Way { score: before + score, start, id };
                }
            };
            let rest = &bytes[start..];
            let longest = usize::from(self.longest[beginning(rest)])
                .max(usize::from(self.longest[beginning(&rest[..1])]))
                .min(rest.len());
            let (mut hash, mut single) = (HASH_START, false);
            for (length, &byte) in (1..).zip(&rest[..longest]) {
                hash = step(hash, byte);
                if word.is_char_boundary(start + length)
                    && let Some(id) = self.find(&rest[..length], hash)
                {
                    improve(start + length, id, self.scores[id as usize]);
                    single |= length == character.len_utf8();
                }
            }
            if !single {
                improve(start + character.len_utf8(), self.unknown, self.unknown_score);
            }
        }
        ways
    }
}

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(HASH_FACTOR)
}

/// The first two bytes as a number; the second counts as 0 where there is none.
fn beginning(bytes: &[u8]) -> usize {
    let byte = |place: usize| usize::from(bytes.get(place).copied().unwrap_or(0));
    byte(0) << 8 | byte(1)
}
