//! The `[numbers]` section of a language file: words and signs of numbers.

use serde::Deserialize;

use super::inflection::{Paradigms, inflected};

/// The `[numbers]` section of a language file. Words are in lower case.
///
/// A form `stem|paradigm` stands for the stem with each ending of that paradigm, see [`NumberWords::inflected`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NumberWords {
    /// The decimal sign.
    pub decimal: String,
    /// Signs between groups of three digits; a blank stands for every kind of space.
    pub group: Vec<String>,
    /// Cardinals below a hundred and whole hundreds that are one word. A form that ends in a hyphen only
    /// starts a word.
    pub cardinals: Vec<ValueForms>,
    /// Words of one: too often an article or a pronoun, they count only inside longer numbers.
    pub ones: Vec<String>,
    /// Words of nought.
    pub zeros: Vec<String>,
    /// Ordinals from the second on.
    pub ordinals: Vec<ValueForms>,
    /// Words of the first: too often "at first", they count only at the end of longer numbers.
    pub first: Vec<String>,
    /// Parts of a whole, as phrases; a number word may stand before them.
    pub fractions: Vec<ValueForms>,
    /// Whether words such as `einundzwanzig` and `zwanzigjährig` are written together.
    pub compounds: bool,
    /// Words inside a number: `two hundred and five`.
    pub joiners: Vec<String>,
    /// Multipliers: hundred, thousand, million.
    pub scales: Vec<Scale>,
    /// Phrases that make a half of the scale or the unit behind them: `half a million`, `half an hour`.
    pub half_before: Vec<String>,
    /// Phrases behind a number that add a half: `two and a half`.
    pub half_after: Vec<String>,
    /// Endings glued to digits, or behind a hyphen, that make them an ordinal.
    pub ordinal_suffixes: Vec<String>,
    /// Endings glued to digits, or behind a hyphen, that leave them a cardinal: `5-ти`.
    pub cardinal_suffixes: Vec<String>,
    /// Whether a stop behind digits inside a sentence makes them an ordinal: `89. Minute`.
    pub ordinal_stop: bool,
    /// Words for "per cent".
    pub percent: Vec<String>,
    /// Words for "percentage point", as phrases.
    pub percentage_points: Vec<String>,
    /// Prepositions that may stand between such a phrase and its number: `примерно в 27 метрах`.
    pub bound_gaps: Vec<String>,
    /// Bounds that are prepositions too, `over four islands`: they count only before digits and measures.
    pub bound_prepositions: Vec<String>,
    /// Names of currencies.
    pub money: Vec<Currency>,
    /// Names of units of measure, as phrases.
    pub units: Vec<UnitForms>,
    /// Phrases behind a number that start like a unit and are none.
    pub no_units: Vec<String>,
    /// Words made of a number word that are no number: a decade.
    pub not_numbers: Vec<String>,
    /// Phrases before a number that say "about".
    pub about: Vec<String>,
    /// Phrases before a number that say "at least" or "more than".
    pub at_least: Vec<String>,
    /// Phrases before a number that say "at most", "less than" or "almost".
    pub at_most: Vec<String>,
    /// Phrases behind a number that say "at least": `30 or more`.
    pub at_least_after: Vec<String>,
    /// Words between the ends of a range.
    pub range_words: Vec<String>,
    /// Words before the first number of a range, where `range_words` need one: `от 340 до 500`.
    pub range_openers: Vec<String>,
    /// Words between a measure and a smaller one that belongs to it: `5 feet and 7 inches`.
    pub measure_joiners: Vec<String>,
    /// Words before a scale that stands alone that make it no number: `a few thousand`.
    pub indefinite: Vec<String>,
    /// Words between numbers that are no sum but a name: `2 plus 2`.
    pub plus_words: Vec<String>,
    /// Words before a number below nought.
    pub minus_words: Vec<String>,
    /// Letters or groups of letters that are also written another way: `ß` as `ss`.
    pub variants: Vec<[String; 2]>,
    /// Endings by the name of their paradigm. Paradigms that stand in one phrase list the same cases in the
    /// same order.
    pub paradigms: Paradigms,
}

impl NumberWords {
    /// All forms that an entry of the file stands for: every ending of a `stem|paradigm`, the words of a phrase in
    /// step, and the other spellings.
    pub fn inflected(&self, entry: &str) -> Vec<String> {
        let mut forms = inflected(entry, &self.paradigms);
        for [letters, other] in &self.variants {
            let spelled: Vec<_> = forms
                .iter()
                .filter(|form| form.contains(letters))
                .map(|form| form.replace(letters, other))
                .collect();
            forms.extend(spelled);
        }
        forms
    }
}

/// The forms of one number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueForms {
    /// The number.
    pub value: f64,
    /// Its forms.
    pub forms: Vec<String>,
}

/// A multiplier.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// What it multiplies by.
    pub value: f64,
    /// Its forms behind a number.
    pub forms: Vec<String>,
    /// Forms that mean one of it without a number before them.
    #[serde(default)]
    pub alone: Vec<String>,
    /// Forms that count only when glued to digits: `5k`.
    #[serde(default)]
    pub glued: Vec<String>,
    /// Forms that count only behind an amount of money: `£125m`.
    #[serde(default)]
    pub of_money: Vec<String>,
}

/// A currency.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// ISO 4217 code.
    pub code: String,
    /// Its names, as phrases.
    pub forms: Vec<String>,
    /// Names that are also those of a measure, and mean money behind a scale: `85 тысяч фунтов`.
    #[serde(default)]
    pub behind_scale: Vec<String>,
}

/// A unit of measure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitForms {
    /// Symbol of the base unit.
    pub base: String,
    /// How many base units one of it is.
    pub factor: f64,
    /// What is added after multiplication, for temperatures.
    #[serde(default)]
    pub offset: f64,
    /// Its names, as phrases.
    pub forms: Vec<String>,
}
