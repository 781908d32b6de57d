//! Contested names (`src/lang/contested.toml`): which of its names a text has for a place or an event, and whether
//! as its own.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::patterns::{Found, Lexicon, longest};
use super::voice::{Quotations, Voice};
use crate::calendar::token::{Kind, Token, tokenize};
use crate::lang::{self, Language};
use crate::text::{Document, Sentence, Span};

/// Words between a word such as `called` and the name that it announces.
const REACH_BEFORE: usize = 5;
/// Words between a name and a word such as `genannt` behind it.
const REACH_BEHIND: usize = 2;
/// Words between two names of one list: `in Japan as …, in Russia as …`.
const REACH_OF_LIST: usize = 10;

/// A place or an event with several names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referent {
    /// Kebab-case id.
    pub id: String,
    /// What it is, in words that take no side.
    pub about: String,
    /// Whether its names stand for opposed claims.
    #[serde(default)]
    pub dispute: bool,
    /// Its names.
    pub names: Vec<Name>,
}

/// One of the names.
#[derive(Debug, Clone, Deserialize)]
pub struct Name {
    /// Its English form, as a heading.
    pub name: String,
    /// Whose name it is; none where it takes no side, or its language has no other.
    pub of: Option<String>,
    /// Its expressions by language code.
    #[serde(flatten)]
    pub expressions: BTreeMap<String, Vec<String>>,
}

/// A name of a referent in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index into [`referents`].
    pub referent: usize,
    /// Index into the referent's names.
    pub name: usize,
    /// Index of the sentence.
    pub sentence: usize,
    /// Where it stands, in bytes of the document's cleaned text.
    pub span: Span,
    /// Whose word it is.
    pub voice: Voice,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cues: BTreeMap<String, Cues>,
    referents: Vec<Referent>,
}

/// Words that give a name to others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    before: Vec<String>,
    behind: Vec<String>,
}

/// The file and what is looked for.
#[derive(Default)]
struct Contested {
    referents: Vec<Referent>,
    names: Lexicon,
    /// Referent and name of each item of `names`.
    items: Vec<(usize, usize)>,
    /// Words that announce a name are item [`BEFORE`], those behind it [`BEHIND`].
    cues: Lexicon,
}

const BEFORE: usize = 0;
const BEHIND: usize = 1;

static CONTESTED: LazyLock<Contested> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../lang/contested.toml")).unwrap_or_default();
    Contested::new(file)
});

impl Contested {
    fn new(file: File) -> Self {
        let mut contested = Self::default();
        for (code, cues) in &file.cues {
            let Some(language) = Language::from_code(code) else { continue };
            for (item, expressions) in [(BEFORE, &cues.before), (BEHIND, &cues.behind)] {
                for expression in expressions {
                    contested.cues.add(language, expression, item);
                }
            }
        }
        for (referent, entry) in file.referents.iter().enumerate() {
            for (name, entry) in entry.names.iter().enumerate() {
                for (code, expressions) in &entry.expressions {
                    let Some(language) = Language::from_code(code) else { continue };
                    for expression in expressions {
                        contested.names.add(language, expression, contested.items.len());
                    }
                }
                contested.items.push((referent, name));
            }
        }
        contested.referents = file.referents;
        contested
    }
}

/// All referents with contested names.
pub fn referents() -> &'static [Referent] {
    &CONTESTED.referents
}

/// The contested names in a document, in the order of the text.
///
/// A name in quotation marks is distanced or quoted; one behind `which Japan calls` and the like is reported, and so is
/// a second one in the same list. Any other is the document's own.
pub fn mentions(document: &Document, sentences: &[Sentence]) -> Vec<Mention> {
    let quotations = Quotations::of(document);
    let mut mentions = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let text = sentence.text(document);
        let tokens = tokenize(text);
        let names = names(text, &tokens, sentence.language);
        if names.is_empty() {
            continue;
        }
        let reported = reported(text, &tokens, &names, sentence.language);
        for (name, reported) in names.iter().zip(reported) {
            let span = name.span.shifted(sentence.span.start);
            let voice = match quotations.voice(span) {
                Voice::Own if reported => Voice::Reported,
                Voice::Distanced if reported => Voice::Reported,
                voice => voice,
            };
            let (referent, name) = CONTESTED.items[name.item];
            mentions.push(Mention { referent, name, sentence: index, span, voice });
        }
    }
    mentions
}

/// The names in a sentence: those of its language, and such of other languages as have several words, which
/// translators leave as they are.
fn names(text: &str, tokens: &[Token], language: Language) -> Vec<Found> {
    let mut found = CONTESTED.names.find(text, tokens, language);
    let own = found.len();
    for other in lang::profiles().iter().map(|profile| profile.language) {
        if other != language {
            let foreign = CONTESTED.names.find(text, tokens, other);
            found.extend(foreign.into_iter().filter(|name| name.words > 1));
        }
    }
    let foreign = found.split_off(own);
    let overlaps = |name: &Found| found.iter().any(|own| own.span.overlaps(name.span));
    let foreign: Vec<Found> = foreign.into_iter().filter(|name| !overlaps(name)).collect();
    found.extend(foreign);
    longest(found)
}

/// For each name whether the sentence gives it as that of others.
fn reported(text: &str, tokens: &[Token], names: &[Found], language: Language) -> Vec<bool> {
    let cues = CONTESTED.cues.find(text, tokens, language);
    let words = |from: usize, to: usize| {
        tokens[from.min(to)..to].iter().filter(|token| token.kind != Kind::Sign).count()
    };
    let mut reported: Vec<bool> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let (start, end) = (name.tokens.start, name.tokens.end);
        let after_last = at.checked_sub(1).map_or(0, |last| names[last].tokens.end);
        let until_next = names.get(at + 1).map_or(tokens.len(), |next| next.tokens.start);
        let announced = cues.iter().filter(|cue| cue.item == BEFORE).any(|cue| {
            let (from, to) = (cue.tokens.start, cue.tokens.end);
            from >= after_last && to <= start && words(to, start) <= REACH_BEFORE
        });
        let followed = cues.iter().filter(|cue| cue.item == BEHIND).any(|cue| {
            let from = cue.tokens.start;
            from >= end && cue.tokens.end <= until_next && words(end, from) <= REACH_BEHIND
        });
        let listed = at.checked_sub(1).is_some_and(|last| {
            let one = CONTESTED.items[names[last].item];
            let other = CONTESTED.items[name.item];
            reported[last]
                && one.0 == other.0
                && one.1 != other.1
                && words(after_last, start) <= REACH_OF_LIST
        });
        reported.push(announced || followed || listed);
    }
    reported
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str, text: &str) -> Vec<(String, String, Voice)> {
        let language = Language::from_code(code).unwrap();
        let span = Span::new(0, text.len());
        let document = Document::plain(text.to_owned(), language, [span]);
        let sentences = [Sentence { span, paragraph: 0, language }];
        let mention = |mention: Mention| {
            let referent = &referents()[mention.referent];
            (referent.id.clone(), referent.names[mention.name].name.clone(), mention.voice)
        };
        mentions(&document, &sentences).into_iter().map(mention).collect()
    }

    #[test]
    fn the_file_is_read_and_every_row_is_complete() {
        let file: Result<File, _> = toml::from_str(include_str!("../lang/contested.toml"));
        let file = file.unwrap_or_else(|error| panic!("{error}"));
        assert!(file.referents.len() >= 90);
        for (index, referent) in file.referents.iter().enumerate() {
            assert!(referent.names.len() >= 2, "{}", referent.id);
            assert!(file.referents[..index].iter().all(|other| other.id != referent.id));
            for profile in lang::profiles() {
                let code = profile.language.code();
                let known = referent.names.iter().any(|name| name.expressions.contains_key(code));
                assert!(known || referent.id == "in-ukraine", "{} in {code}", referent.id);
            }
            for name in &referent.names {
                assert!(!name.name.is_empty());
                for code in name.expressions.keys() {
                    let language = Language::from_code(code).unwrap();
                    assert!(language.profile().is_some(), "{}: {code}", referent.id);
                }
            }
        }
        assert_eq!(file.cues.len(), lang::profiles().len());
    }

    #[test]
    fn names_are_found_in_any_case() {
        for (code, text, name) in [
            ("de", "Auf den Südkurilen stürmte es.", "Southern Kurils"),
            ("de", "Er flog in die Nördlichen Territorien.", "Northern Territories"),
            ("lt", "Šiaurinėse teritorijose lijo.", "Northern Territories"),
            ("lt", "Jis skrido į Pietų Kurilus.", "Southern Kurils"),
            ("en", "Rain fell on the South Kuril Islands.", "Southern Kurils"),
            ("ru", "На Южных Курилах шёл дождь.", "Southern Kurils"),
            ("ru", "Он вернулся с Северных территорий.", "Northern Territories"),
        ] {
            let found = found(code, text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((found[0].1.as_str(), found[0].2), (name, Voice::Own), "{text}");
        }
    }

    #[test]
    fn names_given_as_those_of_others_are_told_apart() {
        for (code, text, voices) in [
            (
                "en",
                "The Falkland Islands, called the Malvinas in Argentina, lie far off.",
                [Voice::Own, Voice::Reported],
            ),
            (
                "de",
                "Die Falklandinseln, in Argentinien Malwinen genannt, liegen weit weg.",
                [Voice::Own, Voice::Reported],
            ),
            (
                "lt",
                "Salos, kurias britai vadina Folklandais, o argentiniečiai – Malvinais, yra toli.",
                [Voice::Reported, Voice::Reported],
            ),
            (
                "ru",
                "Острова, которые в Британии называют Фолклендами, а в Аргентине – Мальвинами.",
                [Voice::Reported, Voice::Reported],
            ),
            (
                "en",
                "“We shall never give away the Malvinas,” he said in the Falkland Islands.",
                [Voice::Quoted, Voice::Own],
            ),
            (
                "de",
                "Von den Falklandinseln zu den „Malwinen“ ist es nicht weit.",
                [Voice::Own, Voice::Distanced],
            ),
        ] {
            let found: Vec<Voice> = found(code, text).into_iter().map(|found| found.2).collect();
            assert_eq!(found, voices, "{text}");
        }
    }
}
