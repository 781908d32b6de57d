//! Phrases of a language file: words and runs of words, each whole or by its beginning or end, found in one pass
//! over a sentence.
//!
//! `fail*` is any word that begins so, `*los` any that ends so, `den(y|ied)` two words at once; a phrase of several
//! words stands in the order of the text.

use std::collections::HashMap;

/// Most bytes of a beginning or an end that is looked up.
const LONGEST: usize = 64;

/// One word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    Whole(String),
    Beginning(String),
    End(String),
}

impl Word {
    fn new(written: &str) -> Self {
        match (written.strip_prefix('*'), written.strip_suffix('*')) {
            (Some(end), _) => Self::End(end.to_owned()),
            (None, Some(beginning)) => Self::Beginning(beginning.to_owned()),
            (None, None) => Self::Whole(written.to_owned()),
        }
    }

    fn is(&self, word: &str) -> bool {
        match self {
            Self::Whole(whole) => whole == word,
            Self::Beginning(beginning) => word.starts_with(beginning.as_str()),
            Self::End(end) => word.len() > end.len() && word.ends_with(end.as_str()),
        }
    }
}

/// A phrase without its first word.
#[derive(Debug, Clone)]
struct Entry<T> {
    rest: Vec<Word>,
    meaning: T,
}

/// The phrases of a language, each with what it means.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    whole: HashMap<String, Vec<Entry<T>>>,
    beginnings: HashMap<String, Vec<Entry<T>>>,
    ends: HashMap<String, Vec<Entry<T>>>,
    /// Which lengths beginnings have, a bit for each number of bytes.
    beginning_lengths: u64,
    end_lengths: u64,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            whole: HashMap::new(),
            beginnings: HashMap::new(),
            ends: HashMap::new(),
            beginning_lengths: 0,
            end_lengths: 0,
        }
    }
}

impl<T: Copy> Phrases<T> {
    /// Adds phrases that mean the same; `split` cuts a phrase into its words as texts are cut.
    pub fn add(&mut self, written: &[String], meaning: T, split: impl Fn(&str) -> Vec<String>) {
        for phrase in written.iter().flat_map(|phrase| alternatives(phrase)) {
            let mut words = split(&phrase).into_iter().map(|word| Word::new(&word));
            let Some(first) = words.next() else { continue };
            let entry = Entry { rest: words.collect(), meaning };
            let (map, key) = match first {
                Word::Whole(key) => (&mut self.whole, key),
                Word::Beginning(key) => {
                    self.beginning_lengths |= bit(key.len());
                    (&mut self.beginnings, key)
                }
                Word::End(key) => {
                    self.end_lengths |= bit(key.len());
                    (&mut self.ends, key)
                }
            };
            map.entry(key).or_default().push(entry);
        }
    }

    /// Hands the meaning and number of words of each phrase that begins at a word to `take`. `word` gives the word so
    /// many places further on, `None` behind the last.
    pub fn at<'w>(
        &self,
        first: &str,
        word: impl Fn(usize) -> Option<&'w str>,
        mut take: impl FnMut(T, usize),
    ) {
        let mut look = |entries: Option<&Vec<Entry<T>>>| {
            for entry in entries.into_iter().flatten() {
                let mut rest = entry.rest.iter().enumerate();
                if rest.all(|(at, wanted)| word(at + 1).is_some_and(|word| wanted.is(word))) {
                    take(entry.meaning, entry.rest.len() + 1);
                }
            }
        };
        look(self.whole.get(first));
        for length in 1..first.len().min(LONGEST - 1) + 1 {
            if self.beginning_lengths & bit(length) != 0 {
                look(first.get(..length).and_then(|beginning| self.beginnings.get(beginning)));
            }
            if self.end_lengths & bit(length) != 0 && length < first.len() {
                let end = first.get(first.len() - length..);
                look(end.and_then(|end| self.ends.get(end)));
            }
        }
    }
}

fn bit(length: usize) -> u64 {
    if length < LONGEST { 1 << length } else { 0 }
}

/// A phrase with each choice in parentheses made.
fn alternatives(phrase: &str) -> Vec<String> {
    let parts = phrase.split_once('(').and_then(|(before, rest)| {
        let (choices, after) = rest.split_once(')')?;
        Some((before, choices, after))
    });
    let Some((before, choices, after)) = parts else { return vec![phrase.to_owned()] };
    let chosen = choices.split('|').map(|choice| format!("{before}{choice}{after}"));
    chosen.flat_map(|phrase| alternatives(&phrase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(written: &[&str], text: &str) -> Vec<usize> {
        let split = |phrase: &str| phrase.split(' ').map(str::to_owned).collect::<Vec<String>>();
        let written: Vec<String> = written.iter().map(|&phrase| phrase.to_owned()).collect();
        let mut phrases = Phrases::default();
        phrases.add(&written, (), split);
        let words: Vec<&str> = text.split(' ').collect();
        let mut lengths = Vec::new();
        phrases.at(words[0], |at| words.get(at).copied(), |(), length| lengths.push(length));
        lengths
    }

    #[test]
    fn words_are_known_whole_and_by_beginning_and_end() {
        assert_eq!(found(&["fail*"], "failures here"), [1]);
        assert_eq!(found(&["fail*"], "fail"), [1]);
        assert_eq!(found(&["*los"], "zahnlos"), [1]);
        assert_eq!(found(&["*los"], "los"), [] as [usize; 0]);
        assert_eq!(found(&["den(y|ied)"], "denied"), [1]);
        assert_eq!(found(&["не только"], "не только там"), [2]);
        assert_eq!(found(&["не только"], "не"), [] as [usize; 0]);
        assert_eq!(found(&["g(a|i)ve* (up|in)"], "gives up"), [2]);
    }

    #[test]
    fn any_word_is_looked_up() {
        for word in ["", "ž", "\u{10ffff}", &"я".repeat(500)] {
            assert_eq!(found(&["a*", "*б", "*ja"], word), [] as [usize; 0]);
        }
    }
}
