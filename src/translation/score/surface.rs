//! What can be seen of a segment without knowing what it says: lengths, marks, spaces, copied and repeated words.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{small, word_spans};

/// Classes of marks, each with its characters.
const MARKS: [&str; 12] =
    ["\"“”„«»", "'’‘‚`´", "()[]{}", ",", ".…", ":", ";", "-–—", "?", "!", "/", "%°§&"];
/// Marks before which no space belongs.
const AFTER_WORDS: &str = ",.;:!?%)]»”“°'’";
/// Marks after which no space belongs.
const BEFORE_WORDS: &str = "([«„";
/// Marks that end a sentence, or close what a sentence ends.
const ENDS: &str = ".!?…\"”“»";
/// Letters of the shortest word whose copy tells something.
const COPIED_LETTERS: usize = 4;

/// Names of the features; marks first, two for each class.
pub(super) const NAMES: [&str; 55] = [
    "double quotes, surplus",
    "double quotes, difference",
    "single quotes, surplus",
    "single quotes, difference",
    "brackets, surplus",
    "brackets, difference",
    "commas, surplus",
    "commas, difference",
    "full stops, surplus",
    "full stops, difference",
    "colons, surplus",
    "colons, difference",
    "semicolons, surplus",
    "semicolons, difference",
    "dashes, surplus",
    "dashes, difference",
    "questions, surplus",
    "questions, difference",
    "exclamations, surplus",
    "exclamations, difference",
    "slashes, surplus",
    "slashes, difference",
    "symbols, surplus",
    "symbols, difference",
    "marks",
    "marks, difference",
    "straight quote open",
    "straight quote open in source",
    "odd spaces",
    "odd spaces, surplus",
    "source words",
    "word ratio",
    "character ratio",
    "source characters",
    "copied words",
    "copied words, share",
    "copied small words",
    "words also in source",
    "capitals in source",
    "capitals",
    "all capitals in source",
    "all capitals, surplus",
    "first case differs",
    "same end",
    "ends",
    "source ends",
    "figures lost",
    "figures new",
    "repeated words",
    "repeated words, surplus",
    "doubled words",
    "source word length",
    "word length",
    "longest word",
    "same letters",
];

/// One text, taken apart once.
struct Text<'a> {
    text: &'a str,
    words: Vec<&'a str>,
    characters: usize,
    marks: [f32; MARKS.len()],
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Self {
        let mut marks = [0.0; MARKS.len()];
        for character in text.chars() {
            if let Some(class) = MARKS.iter().position(|class| class.contains(character)) {
                marks[class] += 1.0;
            }
        }
        Self {
            text,
            words: word_spans(text).into_iter().map(|span| span.of(text)).collect(),
            characters: text.chars().count(),
            marks,
        }
    }

    fn count(&self, of: impl Fn(&str) -> bool) -> f32 {
        self.words.iter().filter(|word| of(word)).count() as f32
    }

    /// Number of words, at least 1.
    fn divisor(&self) -> f32 {
        self.words.len().max(1) as f32
    }

    fn straight_quote_open(&self) -> f32 {
        (self.text.matches('"').count() % 2) as f32
    }

    /// Spaces where typesetters put none.
    fn odd_spaces(&self) -> f32 {
        let pairs = self.text.chars().zip(self.text.chars().skip(1));
        let odd = |(one, next): (char, char)| {
            u8::from(one == ' ' && AFTER_WORDS.contains(next))
                + u8::from(next == ' ' && BEFORE_WORDS.contains(one))
        };
        pairs.map(|pair| f32::from(odd(pair))).sum()
    }

    /// Share of the words that start with a capital, but for the first.
    fn capitals(&self) -> f32 {
        let capital = |word: &&&str| word.starts_with(char::is_uppercase);
        self.words.iter().skip(1).filter(capital).count() as f32 / self.divisor()
    }

    fn all_capitals(&self) -> f32 {
        let large = |word: &str| {
            word.chars().count() > 1
                && word.chars().any(char::is_uppercase)
                && !word.chars().any(char::is_lowercase)
        };
        self.count(large)
    }

    fn last(&self) -> Option<char> {
        self.text.trim_end().chars().next_back()
    }

    fn ends(&self) -> f32 {
        flag(self.last().is_some_and(|last| ENDS.contains(last)))
    }

    fn starts_large(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Words of some length that stand there again.
    fn repeated(&self) -> f32 {
        let long: Vec<String> = (self.words.iter())
            .filter(|word| word.chars().count() >= COPIED_LETTERS)
            .map(|word| small(word).into_owned())
            .collect();
        (long.len() - long.iter().collect::<BTreeSet<_>>().len()) as f32
    }

    fn word_length(&self) -> f32 {
        self.words.iter().map(|word| word.chars().count()).sum::<usize>() as f32 / self.divisor()
    }

    /// All characters in small letters, sorted.
    fn letters(&self) -> Vec<char> {
        let mut letters: Vec<char> = self.text.chars().flat_map(char::to_lowercase).collect();
        letters.sort_unstable();
        letters
    }

    /// Runs of digits, how often each occurs.
    fn figures(&self) -> BTreeMap<&'a str, i32> {
        let mut figures = BTreeMap::new();
        let runs = self.text.split(|character: char| !character.is_ascii_digit());
        runs.filter(|run| !run.is_empty()).for_each(|run| *figures.entry(run).or_default() += 1);
        figures
    }
}

fn flag(set: bool) -> f32 {
    f32::from(u8::from(set))
}

/// The features, in the order of [`NAMES`].
pub(super) fn features(source: &str, target: &str) -> Vec<f32> {
    let (source, target) = (Text::new(source), Text::new(target));
    let mut features = Vec::with_capacity(NAMES.len());
    let mut different = 0.0;
    for (before, after) in source.marks.iter().zip(target.marks) {
        features.extend([after - before, (after - before).abs()]);
        different += (after - before).abs();
    }
    features.extend([target.marks.iter().sum(), different]);
    features.extend([target.straight_quote_open(), source.straight_quote_open()]);
    let odd = target.odd_spaces();
    features.extend([odd, odd - source.odd_spaces()]);
    features.extend(lengths(&source, &target));
    features.extend(copies(&source, &target));
    features.extend([source.capitals(), target.capitals()]);
    features.extend([source.all_capitals(), target.all_capitals() - source.all_capitals()]);
    features.push(flag(source.starts_large() != target.starts_large()));
    features.extend([flag(source.last() == target.last()), target.ends(), source.ends()]);
    features.extend(figures(&source, &target));
    let again = target.repeated();
    features.extend([again, again - source.repeated()]);
    let doubled = target.words.windows(2).filter(|pair| small(pair[0]) == small(pair[1])).count();
    features.push(doubled as f32);
    features.extend([source.word_length(), target.word_length()]);
    let longest = target.words.iter().map(|word| word.chars().count()).max();
    features.push(longest.unwrap_or(0) as f32);
    features.push(flag(source.letters() == target.letters()));
    features
}

fn lengths(source: &Text<'_>, target: &Text<'_>) -> [f32; 4] {
    let (words, characters) = (source.words.len() as f32, source.characters as f32);
    [
        words,
        ((target.words.len() as f32 + 1.0) / (words + 1.0)).ln(),
        ((target.characters as f32 + 3.0) / (characters + 3.0)).ln(),
        (characters + 3.0).ln(),
    ]
}

/// Words of the target that stand in the source too.
fn copies(source: &Text<'_>, target: &Text<'_>) -> [f32; 4] {
    let as_written: BTreeSet<&str> = source.words.iter().copied().collect();
    let in_small: BTreeSet<_> = source.words.iter().map(|word| small(word)).collect();
    let copied = |word: &str| {
        as_written.contains(word)
            && word.chars().count() >= COPIED_LETTERS
            && word.chars().all(char::is_alphabetic)
    };
    let copies = target.count(copied);
    [
        copies,
        copies / target.divisor(),
        target.count(|word| copied(word) && word.starts_with(char::is_lowercase)),
        target.count(|word| in_small.contains(&small(word))) / target.divisor(),
    ]
}

/// Runs of digits that only the source has, and only the target.
fn figures(source: &Text<'_>, target: &Text<'_>) -> [f32; 2] {
    let mut balance = source.figures();
    target.figures().into_iter().for_each(|(run, count)| *balance.entry(run).or_default() -= count);
    let lost: i32 = balance.values().filter(|&&left| left > 0).sum();
    let new: i32 = balance.values().filter(|&&left| left < 0).sum();
    [lost as f32, -new as f32]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feature(source: &str, target: &str, name: &str) -> f32 {
        let at = NAMES.iter().position(|&known| known == name).unwrap();
        features(source, target)[at]
    }

    #[test]
    fn every_feature_has_a_name() {
        assert_eq!(features("", "").len(), NAMES.len());
        assert_eq!(features("Ein Satz.", "A sentence.").len(), NAMES.len());
    }

    #[test]
    fn surfaces_are_read() {
        let (source, target) =
            ("She took 12 photos, \"quickly\".", "Sie nahm 13 photos , photos \"schnell.");
        for (name, value) in [
            ("double quotes, surplus", -1.0),
            ("straight quote open", 1.0),
            ("odd spaces", 1.0),
            ("copied small words", 2.0),
            ("figures lost", 1.0),
            ("figures new", 1.0),
            ("doubled words", 1.0),
            ("repeated words, surplus", 1.0),
            ("same end", 1.0),
            ("first case differs", 0.0),
        ] {
            assert_eq!(feature(source, target, name), value, "{name}");
        }
    }
}
