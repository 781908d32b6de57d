//! The words of dates of one language, ready for look-up: from the language files, and the month names
//! of many more languages from the locale tables of the C library.

use std::collections::HashMap;
use std::sync::LazyLock;

use pure_rust_locales as locales;

use super::token;
use crate::lang::dates::{DateWords, RelativeUnit};
use crate::lang::numbers::NumberWords;
use crate::lang::{self, Language};

/// Shortest word of one, in characters, that can be an hour.
const SHORTEST_ONE: usize = 3;

/// What a word can be in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Month(i8),
    MonthAbbreviation(i8),
    MonthAdverbial,
    MonthAmbiguous,
    BeforeMonth,
    BeforeBareMonth,
    AfterMonth,
    /// 1 is Monday.
    Weekday(i8),
    WeekdayAbbreviation(i8),
    WeekdayAdverbial(i8),
    BeforeWeekday,
    WeekdayLast,
    WeekdayNext,
    Future,
    Joiner,
    DayWord,
    DaySuffix,
    YearWord,
    YearSuffix,
    BeforeYear,
    RangeWord,
    DecadeSuffix,
    DecadeWord,
    BeforeDecade,
    CenturyWord,
    /// An hour in words, 1..=12.
    Hour(i8),
    /// The ordinal of an hour: `trečią valandą`.
    HourOrdinal(i8),
    HalfBeforeHour,
    CountedDecadeWord,
    ClockWord,
    HourNoun,
    MinuteWord,
    Noon,
    Midnight,
}

/// A half of the day, or the night, which has hours of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HalfOfDay {
    BeforeNoon,
    AfterNoon,
    Night,
}

/// A relative phrase, split into words.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) words: Vec<String>,
    pub(super) unit: RelativeUnit,
    pub(super) offset: i32,
}

/// The words of dates of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    roles: HashMap<String, Vec<Role>>,
    /// Relative phrases by their first word, the longest first.
    phrases: HashMap<String, Vec<Phrase>>,
    /// Phrases behind an hour that say the half of the day, as the texts of their tokens, the longest first.
    halves: Vec<(Vec<String>, HalfOfDay)>,
    /// Those that count only behind a word for "hour".
    halves_behind_hour: Vec<(Vec<String>, HalfOfDay)>,
    /// Words after an hour that are several tokens, in the same form: `o'clock`.
    clock_phrases: Vec<(Vec<String>, ())>,
    /// Phrases between a half and the hour it is past, in the same form.
    half_past: Vec<(Vec<String>, ())>,
    /// Names of time zones, in the same form, with the minutes ahead of universal time.
    zones: Vec<(Vec<String>, i16)>,
    /// Phrases behind a year or a century before Christ, in the same form.
    before_christ: Vec<(Vec<String>, ())>,
    /// The language's own section, for what is matched by stem.
    pub(super) words: DateWords,
}

static LEXICONS: LazyLock<HashMap<Language, Lexicon>> = LazyLock::new(|| {
    lang::profiles()
        .iter()
        .map(|profile| {
            let mut lexicon = Lexicon::new(&profile.dates);
            lexicon.add_hours(&profile.numbers);
            (profile.language, lexicon)
        })
        .collect()
});

/// Month names of every language: those of the language files, then those of the locale tables.
static ANY_LANGUAGE: LazyLock<Lexicon> = LazyLock::new(Lexicon::of_all_languages);

impl Lexicon {
    /// The words of a language; for one without rules, the month names of all languages.
    pub(super) fn of(language: Language) -> &'static Lexicon {
        LEXICONS.get(&language).unwrap_or(&ANY_LANGUAGE)
    }

    /// The month names of all languages.
    pub(super) fn any_language() -> &'static Lexicon {
        &ANY_LANGUAGE
    }

    /// What `word` (in lower case) can be.
    pub(super) fn roles(&self, word: &str) -> &[Role] {
        self.roles.get(word).map_or(&[], Vec::as_slice)
    }

    /// The relative phrases that start with `word`.
    pub(super) fn phrases(&self, word: &str) -> &[Phrase] {
        self.phrases.get(word).map_or(&[], Vec::as_slice)
    }

    fn new(words: &DateWords) -> Self {
        let mut lexicon = Self { words: words.clone(), ..Self::default() };
        lexicon.add_calendar_names(words);
        lexicon.add_context_words(words);
        lexicon.add_phrases(words);
        lexicon.add_clock_phrases(words);
        lexicon
    }

    /// The words of the numbers up to twelve.
    fn add_hours(&mut self, numbers: &NumberWords) {
        let hour = |value: f64| (1.0..=12.0).contains(&value) && value.fract() == 0.0;
        for entry in numbers.cardinals.iter().filter(|entry| hour(entry.value)) {
            for form in entry.forms.iter().flat_map(|form| numbers.inflected(form)) {
                self.add(&form, Role::Hour(entry.value as i8));
            }
        }
        for entry in numbers.ordinals.iter().filter(|entry| hour(entry.value)) {
            for form in entry.forms.iter().flat_map(|form| numbers.inflected(form)) {
                self.add(&form, Role::HourOrdinal(entry.value as i8));
            }
        }
        // Articles are no hours.
        let ones = numbers.ones.iter().flat_map(|form| numbers.inflected(form));
        for form in ones.filter(|form| form.chars().count() >= SHORTEST_ONE) {
            self.add(&form, Role::Hour(1));
        }
        for form in numbers.first.iter().flat_map(|form| numbers.inflected(form)) {
            self.add(&form, Role::HourOrdinal(1));
        }
    }

    fn add(&mut self, word: &str, role: Role) {
        let roles = self.roles.entry(word.to_lowercase()).or_default();
        if !roles.contains(&role) {
            roles.push(role);
        }
    }

    fn add_all(&mut self, words: &[String], role: Role) {
        for word in words {
            self.add(word, role);
        }
    }

    fn add_numbered(&mut self, lists: &[Vec<String>], role: impl Fn(i8) -> Role) {
        for (number, forms) in (1..).zip(lists) {
            self.add_all(forms, role(number));
        }
    }

    fn add_calendar_names(&mut self, words: &DateWords) {
        self.add_numbered(&words.months, Role::Month);
        self.add_numbered(&words.month_abbreviations, Role::MonthAbbreviation);
        self.add_all(&words.months_adverbial, Role::MonthAdverbial);
        self.add_numbered(&words.weekdays, Role::Weekday);
        self.add_numbered(&words.weekday_abbreviations, Role::WeekdayAbbreviation);
        self.add_numbered(&words.weekdays_adverbial, Role::WeekdayAdverbial);
    }

    fn add_context_words(&mut self, words: &DateWords) {
        for (list, role) in [
            (&words.ambiguous_months, Role::MonthAmbiguous),
            (&words.before_decade, Role::BeforeDecade),
            (&words.minute_words, Role::MinuteWord),
            (&words.before_month, Role::BeforeMonth),
            (&words.before_bare_month, Role::BeforeBareMonth),
            (&words.after_month, Role::AfterMonth),
            (&words.before_weekday, Role::BeforeWeekday),
            (&words.weekday_last, Role::WeekdayLast),
            (&words.weekday_next, Role::WeekdayNext),
            (&words.future, Role::Future),
            (&words.joiners, Role::Joiner),
            (&words.day_words, Role::DayWord),
            (&words.day_suffixes, Role::DaySuffix),
            (&words.year_words, Role::YearWord),
            (&words.year_suffixes, Role::YearSuffix),
            (&words.before_year, Role::BeforeYear),
            (&words.range_words, Role::RangeWord),
            (&words.decade_suffixes, Role::DecadeSuffix),
            (&words.decade_words, Role::DecadeWord),
            (&words.century_words, Role::CenturyWord),
            (&words.half_before_hour, Role::HalfBeforeHour),
            (&words.counted_decade_words, Role::CountedDecadeWord),
            (&words.clock_words, Role::ClockWord),
            (&words.hour_nouns, Role::HourNoun),
            (&words.noon, Role::Noon),
            (&words.midnight, Role::Midnight),
        ] {
            self.add_all(list, role);
        }
    }

    fn add_phrases(&mut self, words: &DateWords) {
        for entry in &words.relative {
            for phrase in &entry.phrases {
                let words: Vec<String> = phrase.split(' ').map(str::to_lowercase).collect();
                let (unit, offset) = (entry.unit, entry.offset);
                let of_first = self.phrases.entry(words[0].clone()).or_default();
                of_first.push(Phrase { words, unit, offset });
            }
        }
        for phrases in self.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
    }

    fn add_clock_phrases(&mut self, words: &DateWords) {
        for (phrases, half) in [
            (&words.before_noon, HalfOfDay::BeforeNoon),
            (&words.after_noon, HalfOfDay::AfterNoon),
            (&words.at_night, HalfOfDay::Night),
        ] {
            self.halves.extend(phrases.iter().map(|phrase| (token_texts(phrase), half)));
        }
        for zone in &words.zones {
            self.zones.extend(zone.forms.iter().map(|form| (token_texts(form), zone.offset)));
        }
        self.halves_behind_hour = (words.after_noon_behind_hour.iter())
            .map(|phrase| (token_texts(phrase), HalfOfDay::AfterNoon))
            .collect();
        let clock_words = words.clock_words.iter().map(|word| (token_texts(word), ()));
        self.clock_phrases = clock_words.filter(|(words, ())| words.len() > 1).collect();
        self.half_past =
            words.half_past_hour.iter().map(|phrase| (token_texts(phrase), ())).collect();
        let before_christ = words.before_christ.iter();
        self.before_christ = before_christ.map(|phrase| (token_texts(phrase), ())).collect();
        self.before_christ.sort_by_key(|(words, ())| std::cmp::Reverse(words.len()));
        self.halves.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        self.zones.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }

    /// Phrases behind an hour that say the half of the day, the longest first.
    pub(super) fn halves(&self) -> &[(Vec<String>, HalfOfDay)] {
        &self.halves
    }

    /// Those that count only behind a word for "hour".
    pub(super) fn halves_behind_hour(&self) -> &[(Vec<String>, HalfOfDay)] {
        &self.halves_behind_hour
    }

    /// Words after an hour that are several tokens.
    pub(super) fn clock_phrases(&self) -> &[(Vec<String>, ())] {
        &self.clock_phrases
    }

    /// Phrases such as "half past".
    pub(super) fn half_past(&self) -> &[(Vec<String>, ())] {
        &self.half_past
    }

    /// Names of time zones with the minutes ahead of universal time, the longest first.
    pub(super) fn zones(&self) -> &[(Vec<String>, i16)] {
        &self.zones
    }

    /// Phrases behind a year before Christ, the longest first.
    pub(super) fn before_christ(&self) -> &[(Vec<String>, ())] {
        &self.before_christ
    }

    fn of_all_languages() -> Self {
        let mut lexicon = Self::default();
        for profile in lang::profiles() {
            lexicon.add_calendar_names(&profile.dates);
            lexicon.add_all(&profile.dates.year_words, Role::YearWord);
            lexicon.add_all(&profile.dates.day_words, Role::DayWord);
            lexicon.add_all(&profile.dates.day_suffixes, Role::DaySuffix);
            lexicon.add_all(&profile.dates.joiners, Role::Joiner);
        }
        for (names, abbreviations) in locale_months() {
            for list in names {
                lexicon.add_unless_known(list, Role::Month);
            }
            lexicon.add_unless_known(abbreviations, Role::MonthAbbreviation);
        }
        lexicon.words.day_after_month = true;
        lexicon.words.year_first = true;
        lexicon
    }

    /// Adds month names of a locale. A name that already stands for another month (`listopad` is October
    /// or November) is left to the language that came first.
    fn add_unless_known(&mut self, names: &[&str], role: impl Fn(i8) -> Role) {
        for (number, name) in (1..).zip(names) {
            let name = name.trim_end_matches('.').to_lowercase();
            let is_month =
                |role: &Role| matches!(role, Role::Month(_) | Role::MonthAbbreviation(_));
            let single_word = !name.is_empty() && name.chars().all(char::is_alphabetic);
            if single_word && !self.roles(&name).iter().any(is_month) {
                self.add(&name, role(number));
            }
        }
    }
}

fn token_texts(phrase: &str) -> Vec<String> {
    token::tokenize(phrase).into_iter().map(|token| token.lower).collect()
}

type LocaleMonths = (Vec<&'static [&'static str]>, &'static [&'static str]);

/// Month names (dictionary form and the form used in dates) and short names, a row per locale.
fn locale_months() -> Vec<LocaleMonths> {
    macro_rules! rows {
        ($($locale:ident),*) => {
            vec![$({
                use locales::$locale::LC_TIME::{ABMON, ALT_MON, MON};
                (std::iter::once(MON).chain(ALT_MON).collect(), ABMON)
            }),*]
        };
    }
    rows![
        fr_FR, es_ES, it_IT, pt_PT, nl_NL, pl_PL, uk_UA, be_BY, lv_LV, et_EE, fi_FI, sv_SE, da_DK,
        nb_NO, cs_CZ, sk_SK, hu_HU, ro_RO, bg_BG, sr_RS, hr_HR, sl_SI, mk_MK, el_GR, tr_TR, sq_AL,
        is_IS, ga_IE, ca_ES, az_AZ, kk_KZ, id_ID
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_file_names_all_months_and_weekdays() {
        for profile in lang::profiles() {
            let words = &profile.dates;
            assert_eq!(words.months.len(), 12, "{}", profile.name);
            assert_eq!(words.weekdays.len(), 7, "{}", profile.name);
            assert_eq!(words.weekdays_adverbial.len(), 7, "{}", profile.name);
        }
    }

    #[test]
    fn locale_tables_name_months_of_further_languages() {
        let any = Lexicon::any_language();
        for (word, month) in [("aralık", 12), ("listopada", 11), ("лютого", 2), ("août", 8)]
        {
            assert!(any.roles(word).contains(&Role::Month(month)), "{word}");
        }
    }
}
