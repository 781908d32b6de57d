//! The `[numbers]` section of a language file: words and signs of numbers.

use serde::Deserialize;

/// The `[numbers]` section of a language file. Words are in lower case, in all inflected forms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NumberWords {
    /// The decimal sign.
    pub decimal: String,
    /// Signs between groups of three digits; a blank stands for every kind of space.
    pub group: Vec<String>,
    /// Cardinals below a hundred and whole hundreds that are one word.
    pub cardinals: Vec<ValueForms>,
    /// Words of one: too often an article or a pronoun, they count only inside longer numbers.
    pub ones: Vec<String>,
    /// Ordinals from the second on.
    pub ordinals: Vec<ValueForms>,
    /// Whether words such as `einundzwanzig` are written together.
    pub compounds: bool,
    /// Words inside a number: `two hundred and five`.
    pub joiners: Vec<String>,
    /// Multipliers: hundred, thousand, million.
    pub scales: Vec<Scale>,
    /// Words that turn the scale behind them into half of it: `half a million`.
    pub half_before_scale: Vec<String>,
    /// Phrases behind a number that add a half: `two and a half`.
    pub half_after: Vec<String>,
    /// Endings glued to digits, or behind a hyphen, that make them an ordinal.
    pub ordinal_suffixes: Vec<String>,
    /// Whether a stop behind digits inside a sentence makes them an ordinal: `89. Minute`.
    pub ordinal_stop: bool,
    /// Words for "per cent".
    pub percent: Vec<String>,
    /// Words for "percentage point", as phrases.
    pub percentage_points: Vec<String>,
    /// Names of currencies.
    pub money: Vec<Currency>,
    /// Names of units of measure, as phrases.
    pub units: Vec<UnitForms>,
    /// Phrases before a number that say "about".
    pub about: Vec<String>,
    /// Phrases before a number that say "at least" or "more than".
    pub at_least: Vec<String>,
    /// Phrases before a number that say "at most", "less than" or "almost".
    pub at_most: Vec<String>,
    /// Words between the ends of a range.
    pub range_words: Vec<String>,
    /// Words before the first number of a range, where `range_words` need one: `от 340 до 500`.
    pub range_openers: Vec<String>,
    /// Words between numbers that are no sum but a name: `2 plus 2`.
    pub plus_words: Vec<String>,
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
