//! How sentences speak: what they deny, what they say may or must be, whom they let speak, and whose words they quote.

mod attribution;
pub mod denial;
mod lexicon;
mod modality;
mod quotes;
pub(super) mod wording;

use unicode_segmentation::UnicodeSegmentation;

use self::attribution::{Sentence, Speaking};
use self::lexicon::{Lexicon, Mark, Meaning};
use self::quotes::Quoted;
use super::names::Input;
use super::{Fact, NegationScope, QuoteValue, SourceKind, Value};
use crate::calendar::token::Kind;
use crate::text::Span;

/// Fewest words of a quote; one word in quotation marks is a name or is meant otherwise.
const FEWEST_WORDS: usize = 2;
/// Most words of a name in quotation marks.
const NAME_WORDS: usize = 4;

/// The facts of the sentences of one document on how they speak, one list a sentence, given the names in them.
pub(super) fn facts(inputs: &[Input<'_>], names: &[Vec<Fact>]) -> Vec<Vec<Fact>> {
    let texts: Vec<&str> = inputs.iter().map(|input| input.text).collect();
    let quotes = quotes::quotes(&texts);
    let mut last_speaker = None;
    let sentences = inputs.iter().zip(names).zip(&quotes);
    sentences
        .map(|((input, names), quotes)| sentence(input, names, quotes, &mut last_speaker))
        .collect()
}

/// The facts of one sentence; `last_speaker` is who spoke last, by name.
fn sentence(
    input: &Input<'_>,
    names: &[Fact],
    quotes: &[Quoted],
    last_speaker: &mut Option<String>,
) -> Vec<Fact> {
    let Some(lexicon) = Lexicon::of(input.language) else { return Vec::new() };
    let marks = lexicon.marks(&input.tokens);
    let polarity = denial::read(&input.tokens, &marks, lexicon);
    let negation = |scope| move |&span: &_| Fact { span, value: Value::Negation(scope) };
    let mut facts: Vec<Fact> =
        polarity.clauses.iter().map(negation(NegationScope::Clause)).collect();
    facts.extend(polarity.words.iter().map(negation(NegationScope::Word)));
    facts.extend(modality::facts(&input.tokens, &marks));

    let quotes: Vec<Quoted> = quotes
        .iter()
        .filter(|quote| is_speech(input, quote, &marks))
        .map(|quote| without_insertion(input, *quote, &marks))
        .collect();
    let quoted: Vec<Span> = quotes.iter().map(|quote| quote.span).collect();
    let speaking = attribution::speaking(&Sentence {
        text: input.text,
        tokens: &input.tokens,
        marks: &marks,
        names,
        quoted: &quoted,
        language: input.language,
    });
    let speaker = speaker(&speaking, last_speaker);
    for quote in quotes {
        let words = quote.span.of(input.text).unicode_words().count();
        let complete = quote.opened && quote.closed;
        let value = Value::Quote(QuoteValue { speaker: speaker.clone(), words, complete });
        facts.push(Fact { span: quote.span, value });
    }
    facts.extend(speaking.attributions);
    facts
}

/// Who speaks in a sentence: by name, or who was named last where there is only a pronoun.
fn speaker(speaking: &Speaking, last_speaker: &mut Option<String>) -> Option<String> {
    let values = speaking.attributions.iter().filter_map(|fact| match &fact.value {
        Value::Attribution(value) => Some(value),
        _ => None,
    });
    let pronoun = values.clone().any(|value| value.source == SourceKind::Pronoun);
    let named = values.clone().find(|value| value.source == SourceKind::Named);
    let told = named.or_else(|| values.clone().find(|value| value.speaker.is_some()));
    let told = told.and_then(|value| value.speaker.clone());
    let resolved = last_speaker.clone().filter(|_| pronoun);
    if let Some(person) = named.and_then(|value| value.speaker.clone()).or(speaking.person.clone())
    {
        *last_speaker = Some(person);
    }
    match values.count() {
        0 => speaking.person.clone(),
        _ => told.or(resolved),
    }
}

/// A quote up to what tells in its middle who says it, as Russian and Lithuanian papers have it: `«Да, — сказал он`.
fn without_insertion(input: &Input<'_>, mut quote: Quoted, marks: &[Mark]) -> Quoted {
    let tokens = &input.tokens;
    let text = quote.span.of(input.text);
    let trimmed = text.trim_start_matches(['—', '–', ' ', '\u{a0}']);
    quote.span.start = quote.span.end - trimmed.len();
    let inserted = marks.iter().find_map(|mark| {
        let dash = mark.first.checked_sub(1).filter(|&at| tokens[at].is_dash())?;
        let before = tokens.get(dash.checked_sub(1)?)?;
        let reports = matches!(mark.meaning, Meaning::Report(_));
        let inside =
            quote.span.start < before.span.start && tokens[mark.first].span.end <= quote.span.end;
        let ends = before.kind == Kind::Sign;
        (reports && inside && ends).then_some(before.span.start)
    });
    if let Some(end) = inserted {
        quote.span.end = end;
    }
    quote
}

/// Whether quoted words are what someone said, and not a name: a ship, a newspaper, a title.
fn is_speech(input: &Input<'_>, quote: &Quoted, marks: &[Mark]) -> bool {
    let text = quote.span.of(input.text);
    let words = text.unicode_words().count();
    if !(quote.opened && quote.closed) {
        return true;
    }
    if words < FEWEST_WORDS {
        return false;
    }
    let capital = text
        .chars()
        .find(|letter| letter.is_alphanumeric())
        .is_some_and(|letter| !letter.is_lowercase());
    let ends = text.trim_end().ends_with([',', '.', '!', '?', '…']);
    let before = input.text[..quote.span.start]
        .trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != ':');
    if words > NAME_WORDS || !capital || ends || before.ends_with(':') {
        return true;
    }
    let behind = input.tokens.partition_point(|token| token.span.start < quote.span.end);
    let reports = |mark: &Mark| matches!(mark.meaning, Meaning::Report(_));
    let near = |mark: &Mark| (behind..behind + FEWEST_WORDS + 3).contains(&mark.first);
    let comma = input.tokens.get(behind + 1).is_some_and(|token| token.is(",") || token.is_dash());
    comma && marks.iter().any(|mark| reports(mark) && near(mark))
}
