//! Frames (`src/lang/frames.toml`): the words a text has for an act, and what they say about who did it with what
//! right.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::patterns::{Found, Lexicon};
use super::voice::{Quotations, Voice};
use crate::calendar::token::{Kind, Token, tokenize};
use crate::lang::Language;
use crate::text::{Document, Sentence, Span};

/// Words before an expression in which a negation turns it round.
const NEGATION_REACH: usize = 3;

/// Tokens between a participle and the auxiliary or the name of the one who did it.
const PASSIVE_REACH: usize = 8;

/// Something done, for which texts have different words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Kebab-case id.
    pub id: String,
    /// What it is about, in words that take no side.
    pub about: String,
    /// Whether it matters that a text does not say who did it.
    #[serde(default)]
    pub agency: bool,
    /// The ways to tell of it.
    pub frames: Vec<Frame>,
}

/// A way to tell of an act.
#[derive(Debug, Clone, Deserialize)]
pub struct Frame {
    /// Its English form, as a heading.
    pub name: String,
    /// What it says about who did it, with what right.
    pub stance: Stance,
    #[serde(flatten)]
    expressions: Expressions,
}

/// What a frame says about an act.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// Nothing.
    Plain,
    /// Anything: a language has no other word.
    Open,
    /// Something, named in the file.
    #[serde(untagged)]
    Taken(String),
}

/// How far two stances are apart, the weightiest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contrast {
    /// The same, but one of them does not say who did it.
    Agency,
    /// One of them takes none.
    Plain,
    /// Both take one, and not the same.
    Opposed,
}

impl Stance {
    /// How far two stances on one act are apart; `None` where they agree.
    pub fn contrast(&self, other: &Self) -> Option<Contrast> {
        match (self, other) {
            (Self::Open, _) | (_, Self::Open) => None,
            (one, other) if one == other => None,
            (Self::Plain, _) | (_, Self::Plain) => Some(Contrast::Plain),
            _ => Some(Contrast::Opposed),
        }
    }
}

/// A frame in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framing {
    /// Index into [`acts`].
    pub act: usize,
    /// Index into the act's frames.
    pub frame: usize,
    /// Index of the sentence.
    pub sentence: usize,
    /// Where it stands, in bytes of the document's cleaned text.
    pub span: Span,
    /// Whose words they are.
    pub voice: Voice,
    /// What the sentence names that can be acted upon, by number.
    pub objects: BTreeSet<usize>,
    /// Who the sentence names that can act, by number.
    pub actors: BTreeSet<usize>,
    /// Whether it is a passive that names nobody as the one who did it.
    pub agentless: bool,
}

type Expressions = BTreeMap<String, Vec<String>>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    negators: Expressions,
    passives: BTreeMap<String, Passive>,
    acts: Vec<Act>,
    objects: Vec<Kin>,
    actors: Vec<Kin>,
}

/// How a language tells of an act without the one who did it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Passive {
    auxiliaries: Vec<String>,
    endings: Vec<String>,
    by: Vec<String>,
}

/// Words for one kind of thing or one actor.
#[derive(Debug, Deserialize)]
struct Kin {
    /// For whoever edits the file; the numbers are what counts.
    #[serde(rename = "id")]
    _id: String,
    #[serde(flatten)]
    expressions: Expressions,
}

#[derive(Default)]
struct Frames {
    acts: Vec<Act>,
    /// Act and frame of each item of `expressions`.
    items: Vec<(usize, usize)>,
    expressions: Lexicon,
    negators: Lexicon,
    /// Auxiliaries of a passive are item [`AUXILIARY`], words before who did it [`BY`].
    passives: Lexicon,
    endings: BTreeMap<Language, Vec<String>>,
    objects: Lexicon,
    actors: Lexicon,
}

const AUXILIARY: usize = 0;
const BY: usize = 1;

static FRAMES: LazyLock<Frames> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../lang/frames.toml")).unwrap_or_default();
    Frames::new(file)
});

impl Frames {
    fn new(file: File) -> Self {
        let mut frames = Self::default();
        add(&mut frames.negators, &file.negators, 0);
        for (code, passive) in file.passives {
            let Some(language) = Language::from_code(&code) else { continue };
            for (item, words) in [(AUXILIARY, &passive.auxiliaries), (BY, &passive.by)] {
                words.iter().for_each(|word| frames.passives.add(language, word, item));
            }
            frames.endings.insert(language, passive.endings);
        }
        for (lexicon, kin) in
            [(&mut frames.objects, &file.objects), (&mut frames.actors, &file.actors)]
        {
            for (item, kin) in kin.iter().enumerate() {
                add(lexicon, &kin.expressions, item);
            }
        }
        for (act, entry) in file.acts.iter().enumerate() {
            for (frame, entry) in entry.frames.iter().enumerate() {
                add(&mut frames.expressions, &entry.expressions, frames.items.len());
                frames.items.push((act, frame));
            }
        }
        frames.acts = file.acts;
        frames
    }
}

fn add(lexicon: &mut Lexicon, expressions: &Expressions, item: usize) {
    for (code, expressions) in expressions {
        let Some(language) = Language::from_code(code) else { continue };
        for expression in expressions {
            lexicon.add(language, expression, item);
        }
    }
}

/// All acts that have frames.
pub fn acts() -> &'static [Act] {
    &FRAMES.acts
}

/// The frames in a document, in the order of the text; negated ones are left out.
pub fn framings(document: &Document, sentences: &[Sentence]) -> Vec<Framing> {
    let quotations = Quotations::of(document);
    let mut framings = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let text = sentence.text(document);
        let tokens = tokenize(text);
        let found = FRAMES.expressions.find(text, &tokens, sentence.language);
        if found.is_empty() {
            continue;
        }
        let all = |lexicon: &Lexicon| -> BTreeSet<usize> {
            lexicon.find(text, &tokens, sentence.language).iter().map(|found| found.item).collect()
        };
        let (objects, actors) = (all(&FRAMES.objects), all(&FRAMES.actors));
        let negators = FRAMES.negators.find(text, &tokens, sentence.language);
        let passives = FRAMES.passives.find(text, &tokens, sentence.language);
        for found in innermost(found) {
            if is_negated(&found, &negators, &tokens) {
                continue;
            }
            let (act, frame) = FRAMES.items[found.item];
            let span = found.span.shifted(sentence.span.start);
            framings.push(Framing {
                act,
                frame,
                sentence: index,
                span,
                voice: quotations.voice(span),
                objects: objects.clone(),
                actors: actors.clone(),
                agentless: actors.is_empty()
                    && is_agentless(&found, &passives, &tokens, sentence.language),
            });
        }
    }
    framings
}

/// Of expressions of one act that overlap the longest: `зверски убит` is no plain `убит`.
fn innermost(mut found: Vec<Found>) -> Vec<Found> {
    let act = |found: &Found| FRAMES.items[found.item].0;
    found.sort_by_key(|one| (Reverse((one.words, one.span.len())), one.span.start));
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        if !kept.iter().any(|other| act(other) == act(&one) && other.span.overlaps(one.span)) {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| one.span);
    kept
}

/// Whether an expression is a passive that nobody is named behind as the one who did it.
fn is_agentless(found: &Found, passives: &[Found], tokens: &[Token], language: Language) -> bool {
    let last = &tokens[found.tokens.end - 1].lower;
    let endings = FRAMES.endings.get(&language);
    let ends =
        endings.is_some_and(|endings| endings.iter().any(|end| last.ends_with(end.as_str())));
    let near = |other: &Found| {
        let gap = match other.tokens.start < found.tokens.start {
            true => found.tokens.start.saturating_sub(other.tokens.end),
            false => other.tokens.start.saturating_sub(found.tokens.end),
        };
        gap <= PASSIVE_REACH
    };
    let has = |item: usize| passives.iter().any(|other| other.item == item && near(other));
    (ends || has(AUXILIARY)) && !has(BY)
}

fn is_negated(found: &Found, negators: &[Found], tokens: &[Token]) -> bool {
    negators.iter().any(|negator| {
        let (end, start) = (negator.tokens.end, found.tokens.start);
        let words = |range: &[Token]| range.iter().filter(|token| token.kind != Kind::Sign).count();
        end <= start && words(&tokens[end..start]) < NEGATION_REACH
            // `nahm nicht … ein`
            || negator.tokens.start > start && end <= found.tokens.end
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang;

    #[test]
    fn the_file_is_read_and_every_frame_is_told_in_every_language() {
        let file: Result<File, _> = toml::from_str(include_str!("../lang/frames.toml"));
        let file = file.unwrap_or_else(|error| panic!("{error}"));
        let complete = |expressions: &Expressions, what: &str| {
            assert_eq!(expressions.len(), lang::profiles().len(), "{what}");
            assert!(expressions.values().all(|words| !words.is_empty()), "{what}");
        };
        complete(&file.negators, "negators");
        for act in &file.acts {
            assert!(act.frames.len() >= 2, "{}", act.id);
            for frame in &act.frames {
                complete(&frame.expressions, &frame.name);
            }
        }
        for kin in file.objects.iter().chain(&file.actors) {
            complete(&kin.expressions, &kin._id);
        }
    }

    #[test]
    fn stances_agree_or_not() {
        let force = Stance::Taken("force".to_owned());
        let right = Stance::Taken("right".to_owned());
        assert_eq!(force.contrast(&right), Some(Contrast::Opposed));
        assert_eq!(force.contrast(&Stance::Plain), Some(Contrast::Plain));
        assert_eq!(force.contrast(&force.clone()), None);
        assert_eq!(force.contrast(&Stance::Open), None);
    }
}
