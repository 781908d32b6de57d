//! Attribution: whom a sentence lets say something, and whether it stands behind it.

use super::lexicon::{Mark, Meaning};
use crate::calendar::token::{Kind, Token};
use crate::facts::{AttributionValue, Fact, ReportColour, SourceKind, Value, places};
use crate::lang::Language;
use crate::text::Span;

/// Tokens from a verb of speaking within which its speaker stands.
const REACH: usize = 9;
/// Tokens between a verb of speaking and the mark that sets it off.
const SET_OFF: usize = 3;
/// Distance of a speaker who surely says what someone is told to admit or confirm.
const NEAR: usize = 6;
/// What words between a verb and the one behind it add to their distance.
const AWAY: usize = 2;
/// Letters of a name that is taken for a place, whose government speaks; shorter ones are too many.
const PLACE_LETTERS: usize = 4;
/// Tokens of a phrase that says that a source has no name.
const NAMELESS: usize = 3;
/// Tokens between a cue and a speaker that are shown as one stretch.
const TOGETHER: usize = 4;

/// A sentence and what is known of it.
pub(super) struct Sentence<'s> {
    pub(super) text: &'s str,
    pub(super) tokens: &'s [Token],
    pub(super) marks: &'s [Mark],
    pub(super) names: &'s [Fact],
    /// What stands in quotation marks.
    pub(super) quoted: &'s [Span],
    pub(super) language: Language,
}

/// A cue and where its speaker is looked for.
struct Cue {
    first: usize,
    length: usize,
    colour: ReportColour,
    speaker: (usize, usize),
    /// Whether it is a cue only with a speaker.
    needs_speaker: bool,
    /// Whether it only may tell whose view it is.
    weak: bool,
    /// Whether the speaker stands right behind it.
    source_behind: bool,
}

/// Someone who may be the speaker, and his distance from the cue.
#[derive(Clone)]
struct Candidate {
    first: usize,
    last: usize,
    kind: SourceKind,
    name: Option<String>,
}

/// What a sentence tells of who speaks.
#[derive(Debug, Default)]
pub(super) struct Speaking {
    /// Its attributions, in order.
    pub(super) attributions: Vec<Fact>,
    /// The one with a name who does something with words (`promised`, `warned`), or else is named first.
    pub(super) person: Option<String>,
}

/// Who speaks in a sentence.
pub(super) fn speaking(sentence: &Sentence<'_>) -> Speaking {
    let candidates = sentence.candidates();
    let named = |speaker: &&Candidate| speaker.kind == SourceKind::Named;
    let first = candidates.iter().find(named);
    let mut speaking = Speaking::default();
    let mut by_words = None;
    let mut free_from = 0;
    for cue in sentence.cues() {
        let speaker = sentence.speaker(&cue, &candidates);
        if cue.weak {
            by_words = by_words.or(speaker.filter(named));
            continue;
        }
        let near = speaker.is_some_and(|one| sentence.distance(&cue, one) <= NEAR);
        let alone = cue.needs_speaker && speaker.is_none();
        let vague = cue.colour == ReportColour::Factive && !near;
        if cue.first < free_from || alone || vague {
            continue;
        }
        free_from = cue.first + cue.length;
        speaking.attributions.push(sentence.fact(&cue, speaker));
    }
    speaking.person = by_words.or(first).and_then(|person| person.name.clone());
    speaking
}

impl Sentence<'_> {
    /// What can be a cue, by its first token, the longest first. Verb forms of reported speech count where nothing
    /// else does.
    fn cues(&self) -> Vec<Cue> {
        let count = self.tokens.len();
        let mut cues: Vec<Cue> = Vec::new();
        let addresses = |first: usize| {
            let mut here = self.marks.iter().filter(|mark| mark.first == first);
            here.any(|mark| mark.meaning == Meaning::Addressing)
        };
        let marks = self.marks.iter();
        for mark in marks.filter(|mark| !self.is_quoted(mark.first) && !self.is_named(mark)) {
            let behind = mark.first + mark.length;
            let (from, to) = (mark.first.saturating_sub(REACH), (behind + REACH).min(count));
            let around = if addresses(mark.first) { (from, mark.first) } else { (from, to) };
            let neutral = ReportColour::Neutral;
            let (colour, speaker, needs_speaker) = match mark.meaning {
                Meaning::Report(colour) => {
                    (colour, around, colour == neutral && !self.is_set_off(mark))
                }
                Meaning::BeforeSource => (neutral, (behind, to), false),
                Meaning::AfterSource => (neutral, (from, mark.first), true),
                Meaning::Hedging => (neutral, around, true),
                _ => continue,
            };
            let (first, length) = (mark.first, mark.length);
            let weak = mark.meaning == Meaning::Hedging;
            let source_behind = mark.meaning == Meaning::BeforeSource;
            cues.push(Cue { first, length, colour, speaker, needs_speaker, weak, source_behind });
        }
        if cues.iter().all(|cue| cue.weak) {
            cues.extend(self.reported_speech());
        }
        cues.sort_by_key(|cue| (cue.first, std::cmp::Reverse(cue.length)));
        cues
    }

    /// Whether a phrase is a name by its capital: `United States`, not `states`.
    fn is_named(&self, mark: &Mark) -> bool {
        let before = mark.first.checked_sub(1).map(|before| self.tokens[before].kind);
        self.tokens[mark.first].capital && before == Some(Kind::Word)
    }

    /// Whether a mark stands next to a verb of speaking, as between words and the one who says them.
    fn is_set_off(&self, mark: &Mark) -> bool {
        let behind = mark.first + mark.length;
        let near = mark.first.saturating_sub(SET_OFF)..(behind + SET_OFF).min(self.tokens.len());
        let sets_off = |token: &Token| {
            token.kind == Kind::Sign
                && matches!(
                    token.lower.as_str(),
                    "," | ":" | "–" | "—" | "„" | "“" | "”" | "«" | "»" | "\""
                )
        };
        self.tokens[near].iter().any(sets_off)
    }

    /// The first verb form that reports what others say; those of the first person look the same.
    fn reported_speech(&self) -> Option<Cue> {
        let of = |meaning: Meaning| {
            let marks = self.marks.iter().filter(move |mark| mark.meaning == meaning);
            marks.filter(|mark| !self.is_quoted(mark.first))
        };
        if of(Meaning::FirstPerson).next().is_some() {
            return None;
        }
        let mark = of(Meaning::ReportedSpeech).next()?;
        Some(Cue {
            first: mark.first,
            length: mark.length,
            colour: ReportColour::Neutral,
            speaker: (mark.first, mark.first),
            needs_speaker: false,
            weak: false,
            source_behind: false,
        })
    }

    fn is_quoted(&self, token: usize) -> bool {
        let start = self.tokens[token].span.start;
        self.quoted.iter().any(|quote| quote.start <= start && start < quote.end)
    }

    /// Everyone in the sentence who can be a speaker.
    fn candidates(&self) -> Vec<Candidate> {
        let mut candidates: Vec<Candidate> = Vec::new();
        for name in self.names {
            let token = |at: usize| self.tokens.partition_point(|token| token.span.end <= at);
            let (first, last) = (token(name.span.start), token(name.span.end.saturating_sub(1)));
            if self.tokens.get(first).is_none() || self.is_quoted(first) {
                continue;
            }
            let written = name.span.of(self.text);
            let long = written.chars().count() >= PLACE_LETTERS;
            let place = long && places::country(written, self.language).is_some();
            let kind = if place { SourceKind::Official } else { SourceKind::Named };
            candidates.push(Candidate { first, last, kind, name: Some(written.to_owned()) });
        }
        for mark in self.marks.iter().filter(|mark| !self.is_quoted(mark.first)) {
            let Meaning::Speaker(kind) = mark.meaning else { continue };
            let last = mark.first + mark.length - 1;
            let span = Span::new(self.tokens[mark.first].span.start, self.tokens[last].span.end);
            let name = (kind != SourceKind::Pronoun).then(|| span.of(self.text).to_owned());
            candidates.push(Candidate { first: mark.first, last, kind, name });
        }
        candidates
    }

    /// The likeliest speaker of a cue: without a name if the text says so, else the nearest name, office or pronoun.
    fn speaker<'c>(&self, cue: &Cue, candidates: &'c [Candidate]) -> Option<&'c Candidate> {
        let anonymous = |one: &&Candidate| one.kind == SourceKind::Anonymous;
        let nameless = |one: &&Candidate| anonymous(one) && one.last - one.first + 1 >= NAMELESS;
        if candidates.iter().any(|one| nameless(&one)) {
            return candidates.iter().find(anonymous);
        }
        let (from, to) = cue.speaker;
        let inside = candidates.iter().filter(|one| from <= one.first && one.last < to);
        inside.min_by_key(|one| self.distance(cue, one))
    }

    /// How far a candidate is from being the speaker of a cue.
    fn distance(&self, cue: &Cue, one: &Candidate) -> usize {
        let gap = if one.first >= cue.first {
            // A subject stands right behind its verb: `admitted that Moscow` is nothing that Moscow admits.
            let gap = one.first.saturating_sub(cue.first + cue.length);
            if gap == 0 || cue.source_behind { gap } else { gap + AWAY }
        } else {
            cue.first.saturating_sub(one.last + 1)
        };
        let (low, high) = (one.first.min(cue.first), one.last.max(cue.first));
        let is_mark = |token: &&Token| {
            token.kind == Kind::Sign && matches!(token.lower.as_str(), "," | ";" | ":" | "." | "?")
        };
        let between = &self.tokens[low..=high.min(self.tokens.len() - 1)];
        // Marks between a verb and its subject are rare, and so are two speakers behind `according to`.
        let marks = between.iter().filter(is_mark).count();
        if cue.source_behind && one.kind == SourceKind::Named && marks == 0 {
            return 0;
        }
        let vague = match one.kind {
            SourceKind::Named => 0,
            SourceKind::Pronoun => 2,
            _ => 1,
        };
        gap + 3 * marks + vague
    }

    fn fact(&self, cue: &Cue, speaker: Option<&Candidate>) -> Fact {
        let (mut first, mut last) = (cue.first, cue.first + cue.length - 1);
        if let Some(speaker) = speaker {
            let (low, high) = (first.min(speaker.first), last.max(speaker.last));
            if high - low <= TOGETHER + cue.length + (speaker.last - speaker.first) {
                (first, last) = (low, high);
            }
        }
        let span = Span::new(self.tokens[first].span.start, self.tokens[last].span.end);
        let value = Value::Attribution(AttributionValue {
            source: speaker.map_or(SourceKind::Unnamed, |speaker| speaker.kind),
            speaker: speaker.and_then(|speaker| speaker.name.clone()),
            colour: cue.colour,
        });
        Fact { span, value }
    }
}
