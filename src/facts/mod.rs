//! Facts: numbers, dates, names and titles of a sentence and how it speaks, each a span plus a value that does not
//! depend on the language.

mod cache;
mod compare;
mod dates;
mod encoding;
pub mod names;
mod numbers;
pub mod places;
pub mod polarity;
mod speech;
mod titles;

use jiff::civil::Date;
use serde::Serialize;

use crate::lang::Language;
use crate::text::{Document, Sentence, Span};

use names::Input;

pub use cache::FactCache;
pub use compare::{
    Acquaintance, Agreement, Alias, Class, Closeness, Compatibility, Difference, EVIDENCE, Match,
    NameConflict, NamePassage, TitleConflict, aliases, is_one_person, match_facts, name_conflicts,
    names_differ, title_conflicts, unanswered_names,
};

pub use speech::denial::{self, Polarity};
pub use speech::wording::{hedges, loaded_words};
pub use titles::titles_and_roles;

pub use crate::calendar::{DateValue, Precision, RelativeDate, TimeValue};

/// A fact of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Where it stands, in bytes of the document's cleaned text.
    pub span: Span,
    /// What it says.
    pub value: Value,
}

/// What a fact says, in a form that is the same in every language.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "kebab-case")]
pub enum Value {
    /// A number or a range of numbers.
    Number(NumberValue),
    /// A date or a stretch of time.
    Date(DateValue),
    /// A weekday or another time that counts from a date that is not known.
    Relative(RelativeDate),
    /// A time of day.
    Time(TimeValue),
    /// A name of a person, place or organisation.
    Name(NameValue),
    /// A title or role of a person.
    Title(TitleValue),
    /// A negation.
    Negation(NegationScope),
    /// What may be, must be or is to be.
    Modality(Modality),
    /// Someone is told to say something.
    Attribution(AttributionValue),
    /// Someone's own words.
    Quote(QuoteValue),
}

impl Value {
    /// Whether it says what the sentence is about, such as a number or a name, and not how it says it.
    pub fn is_content(&self) -> bool {
        !matches!(
            self,
            Self::Negation(_)
                | Self::Modality(_)
                | Self::Attribution(_)
                | Self::Quote(_)
                | Self::Title(_)
        )
    }
}

/// What a negation denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NegationScope {
    /// The clause it stands in: `not`, `kein`.
    Clause,
    /// What its own word means: `refuse`, `without`.
    Word,
}

/// How sure or wanted something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// It may be.
    Possible,
    /// It is likely.
    Probable,
    /// It must or should be.
    Necessary,
    /// It is meant to be.
    Intended,
}

/// Who is told to say something, and how.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct AttributionValue {
    /// What kind of source it is.
    pub source: SourceKind,
    /// Who, as written; none where only a pronoun or nothing stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Whether the text stands behind what is said.
    pub colour: ReportColour,
}

/// Kinds of sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// Someone with a name.
    Named,
    /// Someone who speaks for an office or an organisation.
    Official,
    /// A newspaper, an agency, a broadcaster.
    Media,
    /// Someone who is not named: a source, a witness.
    Anonymous,
    /// Someone named elsewhere: `he`.
    Pronoun,
    /// Nobody in particular.
    Unnamed,
}

/// Whether a text stands behind what it lets others say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportColour {
    /// It takes no side: `said`.
    Neutral,
    /// It leaves it in doubt: `claimed`, `allegedly`.
    Doubting,
    /// It takes it for true: `admitted`.
    Factive,
}

/// Someone's own words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct QuoteValue {
    /// Who said them, as written, where the sentence tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// How many words of the sentence they are.
    pub words: usize,
    /// Whether the quote begins and ends in the sentence.
    pub complete: bool,
}

/// A number: a point or a range, with what it counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NumberValue {
    /// Smallest value meant, in base units of `unit`; the value itself for a point.
    pub low: f64,
    /// Largest value meant; equals `low` for a point.
    pub high: f64,
    /// What it counts.
    pub unit: Unit,
    /// Whether the text says "about", "almost", "more than" and the like: `bound` is not exact.
    pub approximate: bool,
    /// In which direction the text leaves the value open.
    pub bound: Bound,
    /// Whether it is written in words.
    pub spelled: bool,
    /// How many base units one unit as written is; 1 without a unit of measure.
    #[serde(skip)]
    pub factor: f64,
    /// What is added after multiplication with `factor`, for temperatures.
    #[serde(skip)]
    pub offset: f64,
    /// The worth, in units as written, of the last digit that is no trailing zero: 100 000 for 3.5 million.
    #[serde(skip)]
    pub step: f64,
}

impl NumberValue {
    /// An exact number of things.
    pub fn count(value: f64) -> Self {
        Self {
            low: value,
            high: value,
            unit: Unit::Count,
            approximate: false,
            bound: Bound::Exact,
            spelled: false,
            factor: 1.0,
            offset: 0.0,
            step: 1.0,
        }
    }
}

/// In which direction a text leaves a number open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// The value itself.
    Exact,
    /// About the value.
    About,
    /// The value or more.
    AtLeast,
    /// The value or less.
    AtMost,
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Things, or nothing said.
    Count,
    /// A place in an order: the third.
    Ordinal,
    /// Nothing: digits of a name or a serial number, `Covid-19`, `A320`.
    Label,
    /// Hundredths.
    Percent,
    /// Difference between percentages.
    PercentagePoint,
    /// Money, by ISO 4217 code.
    Money(String),
    /// A measured quantity, by its base unit.
    Measure(String),
}

/// A name as it stands, and the key under which it meets itself in other scripts and cases.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NameValue {
    /// The name as written.
    pub name: String,
    /// What it is the name of.
    pub kind: NameKind,
    /// The name in full, where another mention in the document has more of it: `Shinzo Abe` for `Abe`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole: Option<String>,
    /// Cross-script phonetic key of the last word of the name (its most telling part for a person).
    pub key: String,
}

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// A person.
    Person,
    /// A place.
    Place,
    /// An organisation.
    Organisation,
    /// Nothing that could be found out.
    Unknown,
}

impl NameKind {
    /// Whether it is the name of something else than a person.
    pub fn is_no_person(self) -> bool {
        matches!(self, NameKind::Place | NameKind::Organisation)
    }
}

/// A title or role, and who bears it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct TitleValue {
    /// Id of the title, the same in every language: `prime-minister`.
    pub title: &'static str,
    /// Whether it is borne no more.
    pub former: bool,
    /// Whether it is borne for the time being.
    pub acting: bool,
    /// Whether it is that of one who stands in for the bearer.
    pub deputy: bool,
    /// Who bears it, where the text says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bearer: Option<NameValue>,
}

/// The facts of every sentence of a document, one list a sentence, in the order of their spans.
///
/// Spans are bytes of the document's text. Dates and numbers do not overlap: what belongs to a date or a
/// time of day is no number.
pub fn extract(document: &Document, sentences: &[Sentence]) -> Vec<Vec<Fact>> {
    let inputs: Vec<_> = sentences
        .iter()
        .map(|sentence| Input::new(sentence.text(document), sentence.language))
        .collect();
    let mut facts = of_inputs(&inputs, document.published);
    for (facts, sentence) in facts.iter_mut().zip(sentences) {
        for fact in facts {
            fact.span = fact.span.shifted(sentence.span.start);
        }
    }
    facts
}

/// The facts of one sentence on its own; spans are bytes of `text`. Names are better found by [`extract`],
/// which knows the rest of the document.
///
/// `published` is the publication date, which relative dates count from.
///
/// ```
/// use parallax::facts::{Value, of_text};
/// use parallax::lang::Language;
///
/// let german = Language::from_code("de").unwrap();
/// let facts = of_text("Der Bau kostete 3,5 Mio. Euro.", german, None);
/// let Value::Number(number) = &facts[0].value else { panic!() };
/// assert_eq!(number.low, 3_500_000.0);
/// assert_eq!(facts[0].span.of("Der Bau kostete 3,5 Mio. Euro."), "3,5 Mio. Euro");
/// ```
pub fn of_text(text: &str, language: Language, published: Option<Date>) -> Vec<Fact> {
    of_inputs(&[Input::new(text, language)], published).pop().unwrap_or_default()
}

fn of_inputs(inputs: &[Input<'_>], published: Option<Date>) -> Vec<Vec<Fact>> {
    let mut facts = names::facts(inputs);
    let speech = speech::facts(inputs, &facts);
    for ((facts, speech), input) in facts.iter_mut().zip(speech).zip(inputs) {
        facts.extend(titles::facts(input, facts));
        facts.extend(numbers::facts(input.text, &input.tokens, &input.dates, input.language));
        facts.extend(dates::facts(&input.dates, published));
        facts.extend(speech);
        facts.sort_by_key(|fact| fact.span);
    }
    facts
}

#[cfg(test)]
mod tests;
