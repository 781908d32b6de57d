//! Writes what the layers that find disagreements learn from, for `models/disagreement.py`: a negation or a name that one side has
//! alone, planted in the translations of `flores` and in machine translations, on either side, beside the translations as
//! they are and those that lost a negation on both sides. A set made of `ntrex` is for looking at alone.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use parallax::embed::Embedder;
use parallax::facts::NameKind;
use parallax::facts::denial::{Polarity, affirmed};
use parallax::lang::Language;
use parallax::translation::score::{Pair, Reader};
use serde::Deserialize;

use crate::names::versions::{Version, other_name, pool};
use crate::planted::negated;
use crate::ratings::{PAIRS, Rated};
use crate::translation::{LANGUAGES, write_tokens};

/// Lines of `flores` to learn from; the others are kept for the weights of what is made of these errors.
pub(crate) const LEARNED: usize = 800;
/// How often something else is planted in each of them.
const PLANTINGS: usize = 3;
/// One rated translation in so many is taken.
const EVERY_RATED: usize = 2;
/// One line in so many of `ntrex` is looked at in each direction.
const EVERY: usize = 10;
/// Letters of the shortest word that is negated freely.
const LEAST_LETTERS: usize = 5;

/// How a language's verbs are negated freely.
#[derive(Deserialize)]
struct Free {
    put: String,
    endings: Vec<String>,
    at_end: bool,
}

static FREE: LazyLock<BTreeMap<String, Free>> =
    LazyLock::new(|| toml::from_str(include_str!("negations.toml")).expect("the file is sound"));

/// Sources and translations, with what is planted there.
#[derive(Default)]
struct Examples {
    texts: Vec<[String; 2]>,
    languages: Vec<[&'static str; 2]>,
    /// Whether a negation, and whether a name, stands on one side alone.
    negations: Vec<f32>,
    names: Vec<f32>,
}

/// What is planted in a pair.
#[derive(Clone, Copy, PartialEq)]
enum Planted {
    Nothing,
    Negation,
    Name,
}

impl Examples {
    fn add(&mut self, codes: [&'static str; 2], texts: [String; 2], planted: Planted) {
        self.texts.push(texts);
        self.languages.push(codes);
        self.negations.push(f32::from(u8::from(planted == Planted::Negation)));
        self.names.push(f32::from(u8::from(planted == Planted::Name)));
    }
}

/// A translation with its languages and the names that can be planted on its sides.
struct Sides<'v> {
    codes: [&'static str; 2],
    versions: [&'v Version; 2],
    pools: [&'v [(NameKind, String)]; 2],
}

/// Writes the tables: one for each of [`PLANTINGS`] of `flores`, one of machine translations, one to look at.
pub(crate) fn run(embedder: &Embedder) {
    let reader = Reader::new(embedder).expect("the default model reads translations");
    for planting in 0..PLANTINGS {
        let examples = of_parallel("flores/dev.{}.txt", LEARNED, 1, planting);
        write(&reader, &format!("disagreement-train-{planting}"), &examples);
    }
    write(&reader, &format!("disagreement-train-{PLANTINGS}"), &of_machine());
    write(&reader, "disagreement-unseen", &of_parallel("ntrex/{}.txt", usize::MAX, EVERY, 0));
}

fn write(reader: &Reader<'_>, name: &str, examples: &Examples) {
    let pairs = examples.texts.iter().zip(&examples.languages);
    let pairs: Vec<Pair<'_>> = pairs
        .map(|(texts, codes)| Pair {
            source: &texts[0],
            target: &texts[1],
            source_language: language(codes[0]),
            target_language: language(codes[1]),
        })
        .collect();
    let features = reader.features(&pairs).expect("the engine runs");
    let kept: Vec<usize> = (0..pairs.len()).filter(|&at| features[at].is_some()).collect();
    let of_kept = |values: &[f32]| kept.iter().map(|&at| values[at]).collect::<Vec<f32>>();
    let labels = [of_kept(&examples.negations), of_kept(&examples.names)];
    let features: Vec<_> = features.iter().flatten().collect();
    write_tokens(name, &features, &[("negations", &labels[0]), ("names", &labels[1])]);
}

fn language(code: &str) -> Language {
    Language::from_code(code).expect("a language code")
}

/// Of a set of parallel lines, one line in `every` of the first `most`, in all directions.
fn of_parallel(file: &str, most: usize, every: usize, planting: usize) -> Examples {
    let versions = LANGUAGES.map(|code| {
        let text = std::fs::read_to_string(crate::data().join(file.replace("{}", code)));
        let text = text.expect("the set can be read");
        Version::new(code, text.lines().take(most).map(str::to_owned).collect())
    });
    let pools = versions.each_ref().map(|version| pool(std::slice::from_ref(version)));
    let mut examples = Examples::default();
    for from in 0..LANGUAGES.len() {
        for into in (0..LANGUAGES.len()).filter(|&into| into != from) {
            let sides = Sides {
                codes: [LANGUAGES[from], LANGUAGES[into]],
                versions: [&versions[from], &versions[into]],
                pools: [&pools[from], &pools[into]],
            };
            for at in ((from + into) % every..versions[from].lines.len()).step_by(every) {
                line(&sides, at, at + planting * (at + 7 * from + into), &mut examples);
            }
        }
    }
    examples
}

/// Of the translations that people rated, one in [`EVERY_RATED`].
fn of_machine() -> Examples {
    let mut examples = Examples::default();
    for pair in PAIRS {
        let (from, into) = pair.split_once('-').expect("two languages");
        let texts = Rated::assessed(pair, "train").texts();
        let (sources, targets): (Vec<String>, Vec<String>) = texts.into_iter().unzip();
        let versions = [Version::new(from, sources), Version::new(into, targets)];
        let pools = versions.each_ref().map(|version| pool(std::slice::from_ref(version)));
        let sides = Sides {
            codes: [from, into],
            versions: versions.each_ref(),
            pools: pools.each_ref().map(Vec::as_slice),
        };
        for at in (0..versions[0].lines.len()).step_by(EVERY_RATED) {
            line(&sides, at, at, &mut examples);
        }
    }
    examples
}

/// A line as it is, and with something planted on either side.
fn line(sides: &Sides<'_>, at: usize, seed: usize, examples: &mut Examples) {
    let Sides { codes, versions, pools } = *sides;
    let texts = versions.map(|version| version.lines[at].clone());
    let with = |side: usize, text: String| match side {
        0 => [text, texts[1].clone()],
        _ => [texts[0].clone(), text],
    };
    for side in [0, 1] {
        let text = match (seed + side) % 2 {
            0 => negated(&texts[side], codes[side], seed),
            _ => freely_negated(&texts[side], codes[side], seed),
        };
        if let Some(text) = text {
            examples.add(codes, with(side, text), Planted::Negation);
        }
        let versions = (versions[1 - side], versions[side]);
        if let Some((text, _)) = other_name(versions, at, pools[side], seed) {
            examples.add(codes, with(side, text), Planted::Name);
        }
    }
    let without = [0, 1].map(|side: usize| without_its_negation(&texts[side], codes[side]));
    if let [Some(source), Some(target)] = without {
        let one =
            if seed.is_multiple_of(2) { with(0, source.clone()) } else { with(1, target.clone()) };
        examples.add(codes, one, Planted::Negation);
        examples.add(codes, [source, target], Planted::Nothing);
    }
    examples.add(codes, texts, Planted::Nothing);
}

/// The text with a verb negated, told by its ending alone.
fn freely_negated(text: &str, code: &str, seed: usize) -> Option<String> {
    let free = &FREE[code];
    let words = text.split(' ').scan(0, |start, word| {
        let at = *start;
        *start += word.len() + 1;
        Some((at, word))
    });
    let suits = |&(_, word): &(usize, &str)| {
        let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        bare.chars().count() >= LEAST_LETTERS
            && bare.chars().all(char::is_lowercase)
            && free.endings.iter().any(|ending| bare.ends_with(ending.as_str()))
            && (!free.at_end || bare.len() < word.len())
    };
    let places: Vec<(usize, &str)> = words.filter(suits).collect();
    let &(at, _) = places.get(seed.checked_rem(places.len())?)?;
    Some(format!("{}{}{}", &text[..at], free.put, &text[at..]))
}

/// A text that has one negation, without it.
fn without_its_negation(text: &str, code: &str) -> Option<String> {
    let polarity = Polarity::of(text, language(code));
    match polarity.clauses[..] {
        [negation] => Some(affirmed(text, negation, language(code))),
        _ => None,
    }
}
