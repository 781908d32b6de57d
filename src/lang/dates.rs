//! The `[dates]` section of a language file: words of dates and times.

use serde::{Deserialize, Serialize};

/// The `[dates]` section of a language file.
///
/// Words are written in lower case. Lists over months start with January, lists over weekdays with
/// Monday; every entry holds all inflected forms that occur in dates.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DateWords {
    /// Month names in all their forms.
    pub months: Vec<Vec<String>>,
    /// Short month names, without the stop; they count only beside a day or a year.
    pub month_abbreviations: Vec<Vec<String>>,
    /// Whether month names are written with a capital: `May` against `may`.
    pub months_capitalised: bool,
    /// Month forms that mean "in that month" without a preposition.
    pub months_adverbial: Vec<String>,
    /// Month forms that are also other words; alone they need one of the words below beside them.
    pub ambiguous_months: Vec<String>,
    /// Words before a month that stands without day and year: `in May`.
    pub before_month: Vec<String>,
    /// Those behind which a number behind the month counts something and is no day: `in May 20 people came`.
    pub before_bare_month: Vec<String>,
    /// Words after such a month.
    pub after_month: Vec<String>,
    /// Whether a day may follow its month without a mark of its own: `January 16`.
    pub day_after_month: bool,
    /// Whether a year may stand before its month without a mark of its own.
    pub year_first: bool,
    /// Weekday names in all their forms.
    pub weekdays: Vec<Vec<String>>,
    /// Short weekday names, without the stop; they count only beside a date.
    pub weekday_abbreviations: Vec<Vec<String>>,
    /// Weekday forms that mean "on that day", by themselves or after one of `before_weekday`.
    pub weekdays_adverbial: Vec<Vec<String>>,
    /// Words one of which must stand before an adverbial weekday; none: it stands by itself.
    pub before_weekday: Vec<String>,
    /// Words between or before that point at the week behind: `last Thursday`.
    pub weekday_last: Vec<String>,
    /// Words that point at the week ahead: `next Thursday`.
    pub weekday_next: Vec<String>,
    /// Words that show that a sentence speaks of the future; its weekdays are not resolved.
    pub future: Vec<String>,
    /// Phrases for a stretch of time relative to the publication date.
    pub relative: Vec<RelativePhrase>,
    /// Words between a day and its month or a month and its year: `16th of May`.
    pub joiners: Vec<String>,
    /// Words after the number of a day.
    pub day_words: Vec<String>,
    /// Endings glued to the number of a day, directly or with a hyphen: `16th`.
    pub day_suffixes: Vec<String>,
    /// Words after a year.
    pub year_words: Vec<String>,
    /// Endings glued to a year with a hyphen.
    pub year_suffixes: Vec<String>,
    /// Phrases behind a year or a century that say that it is one before Christ.
    pub before_christ: Vec<String>,
    /// Words before a year that stands alone: `in 2014`.
    pub before_year: Vec<String>,
    /// Words between the two ends of a range.
    pub range_words: Vec<String>,
    /// Endings that make a decade of a year, glued or with a hyphen: `1990s`.
    pub decade_suffixes: Vec<String>,
    /// Words after a decade of two digits: `90er Jahre`.
    pub decade_words: Vec<String>,
    /// Stems of words for the ten years that start in `..20`, `..30`, up to `..90`: `twenties`.
    pub decade_stems: Vec<String>,
    /// Words one of which must stand before such a word; none: it stands by itself.
    pub before_decade: Vec<String>,
    /// Stems of a noun for "decade" that is counted within its century: the fourth decade.
    pub counted_decade_stems: Vec<String>,
    /// Short forms of that noun, with a stop.
    pub counted_decade_words: Vec<String>,
    /// Stems of the noun for "century", and short forms of it.
    pub century_stems: Vec<String>,
    /// Short forms of the noun for "century", which need a Roman or ordinal number before them.
    pub century_words: Vec<String>,
    /// Stems of the ordinals 1, 2, 3 … for centuries and decades.
    pub ordinal_stems: Vec<String>,
    /// Words after the hour of a time of day: `15 Uhr`.
    pub clock_words: Vec<String>,
    /// Words after minutes behind an hour with its word: `12 val. 55 min.`
    pub minute_words: Vec<String>,
    /// Phrases that follow an hour, its noun or minutes, and say that it is before noon: `a.m.`, `утра`.
    pub before_noon: Vec<String>,
    /// The same for the hours after noon: `p.m.`, `вечера`.
    pub after_noon: Vec<String>,
    /// The same, but only where a word for "hour" stands before it: `2 часа дня`, and not `2 дня`.
    pub after_noon_behind_hour: Vec<String>,
    /// The same for the night, which begins before midnight: `ночи`.
    pub at_night: Vec<String>,
    /// Nouns behind an hour that make it a time of day only before one of the phrases above: `в 2 часа дня`.
    pub hour_nouns: Vec<String>,
    /// Words before the hour that a half hour leads to: `halb drei` is half past two.
    pub half_before_hour: Vec<String>,
    /// Phrases before the hour that a half hour has passed since: `half past two`.
    pub half_past_hour: Vec<String>,
    /// Words for twelve o'clock in the day.
    pub noon: Vec<String>,
    /// Words for twelve o'clock at night.
    pub midnight: Vec<String>,
    /// Whether an hour up to twelve without a part of the day can be of either half.
    pub twelve_hours: bool,
    /// Time zones behind a time of day.
    pub zones: Vec<Zone>,
    /// Order of day and month in `01/02/2013` where nothing else decides.
    pub slash_order: SlashOrder,
    /// Words of a publication date, as stems: `Published`.
    pub published_labels: Vec<String>,
    /// Words of the date of a later change, as stems: `Updated`.
    pub updated_labels: Vec<String>,
}

/// A time zone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// Its names, as phrases.
    pub forms: Vec<String>,
    /// Minutes ahead of universal time.
    pub offset: i16,
}

/// What the first number of `01/02/2013` is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlashOrder {
    /// Both orders are in use; the numbers or the weekday must decide.
    #[default]
    Undecided,
    /// The day comes first.
    DayFirst,
}

/// A phrase for a stretch of time relative to the publication date.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelativePhrase {
    /// The phrase in its forms, in lower case, words separated by one blank.
    pub phrases: Vec<String>,
    /// What is counted.
    pub unit: RelativeUnit,
    /// How many of them ahead (behind, if negative).
    pub offset: i32,
}

/// What a relative phrase counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelativeUnit {
    /// Days.
    Day,
    /// Calendar weeks, Monday to Sunday.
    Week,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}
