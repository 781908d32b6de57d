//! The text as pieces are looked up in: characters mapped, spaces marked, each byte with the place it comes from.
//!
//! Which place a character comes from follows the rules of `tokenizers`, odd ones too, so that spans are the same.

use std::ops::Range;

use spm_precompiled::Precompiled;
use unicode_segmentation::UnicodeSegmentation;

/// Longer clusters of characters are mapped character by character, as SentencePiece does it.
const LONGEST_CLUSTER: usize = 5;

/// What characters turn into.
pub(super) struct CharacterMap {
    map: Precompiled,
    /// Whether a character of ASCII stays as it is.
    plain: [bool; 128],
}

/// A changed text.
#[derive(Default)]
pub(super) struct Aligned {
    /// The text.
    pub(super) text: String,
    /// For each of its bytes the bytes of the source that it comes from.
    sources: Vec<(u32, u32)>,
}

/// A character of the changed text.
struct Change {
    character: char,
    /// 1 for a character that was added, else minus the number of source characters that vanish after the one it stands for.
    removed: i32,
}

impl CharacterMap {
    pub(super) fn new(map: Precompiled) -> Self {
        let plain = std::array::from_fn(|byte| {
            let mut buffer = [0; 4];
            map.transform(char::from(byte as u8).encode_utf8(&mut buffer)).is_none()
        });
        Self { map, plain }
    }

    /// Maps a text.
    pub(super) fn map(&self, text: &str) -> Aligned {
        if text.bytes().all(|byte| self.plain.get(usize::from(byte)) == Some(&true)) {
            let sources = (0..text.len() as u32).map(|place| (place, place + 1)).collect();
            return Aligned { text: text.to_owned(), sources };
        }
        let mut changes = Vec::with_capacity(text.len());
        for cluster in text.graphemes(true) {
            if cluster.len() <= LONGEST_CLUSTER
                && let Some(mapped) = self.map.transform(cluster)
            {
                replace(&mut changes, cluster, mapped);
                continue;
            }
            for (place, character) in cluster.char_indices() {
                let part = &cluster[place..place + character.len_utf8()];
                match self.map.transform(part) {
                    Some(mapped) => replace(&mut changes, part, mapped),
                    None => changes.push(Change { character, removed: 0 }),
                }
            }
        }
        align(text, &changes)
    }
}

/// Notes that a part of the source becomes another.
fn replace(changes: &mut Vec<Change>, old: &str, new: &str) {
    let (before, after) = (old.chars().count() as i32, new.chars().count() as i32);
    for (place, character) in (0..).zip(new.chars()) {
        changes.push(Change { character, removed: i32::from(place >= before) });
    }
    // What vanishes is noted with the character before it, be it of an earlier part.
    if let Some(last) = changes.last_mut().filter(|_| after < before) {
        last.removed += after - before;
    }
}

/// Finds for each character of the changed text where it comes from.
fn align(source: &str, changes: &[Change]) -> Aligned {
    let mut characters = source
        .char_indices()
        .map(|(start, character)| (start as u32, (start + character.len_utf8()) as u32));
    let mut aligned = Aligned::default();
    let mut previous = (0, 0);
    for change in changes {
        let place = match change.removed {
            1.. => previous,
            _ => characters.next().unwrap_or(previous),
        };
        if change.removed <= 0 {
            previous = place;
        }
        for _ in change.removed..0 {
            previous = characters.next().unwrap_or(previous);
        }
        aligned.push(change.character, place);
    }
    aligned
}

impl Aligned {
    fn push(&mut self, character: char, source: (u32, u32)) {
        self.text.push(character);
        self.sources.resize(self.text.len(), source);
    }

    /// Replaces several spaces in a row by one, which comes from the last of them.
    pub(super) fn join_spaces(&mut self) {
        if !self.text.contains("  ") {
            return;
        }
        let mut joined = Self::default();
        let mut characters = self.text.char_indices().peekable();
        while let Some((place, character)) = characters.next() {
            let followed = characters.peek().is_some_and(|&(_, next)| next == ' ');
            if character != ' ' || !followed {
                joined.push(character, self.sources[place]);
            }
        }
        *self = joined;
    }

    /// Replaces spaces by marks, and puts one before the text.
    pub(super) fn mark_spaces(&mut self, mark: char) {
        let mut marked = Self::default();
        let first = self.text.chars().next();
        if first.is_some_and(|first| first != ' ' && first != mark) {
            marked.push(mark, self.sources[0]);
        }
        for (place, character) in self.text.char_indices() {
            marked.push(if character == ' ' { mark } else { character }, self.sources[place]);
        }
        *self = marked;
    }

    /// The words of a marked text: each begins with a mark.
    pub(super) fn words(&self, mark: char) -> impl Iterator<Item = Range<usize>> {
        let starts = self.text.match_indices(mark).map(|(place, _)| place);
        let ends = self.text.match_indices(mark).map(|(place, _)| place).skip(1);
        starts.zip(ends.chain([self.text.len()])).map(|(start, end)| start..end)
    }

    /// The bytes of the source that a part of the text comes from.
    pub(super) fn source(&self, part: Range<usize>) -> Range<usize> {
        let (start, end) = (self.sources[part.start].0, self.sources[part.end - 1].1);
        start as usize..end as usize
    }
}
