//! The words of numbers of one language, ready for look-up over tokens.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::calendar::token::{Token, tokenize};
use crate::facts::{Bound, Unit};
use crate::lang::numbers::NumberWords;
use crate::lang::{self, Language};

/// Longest phrase, in tokens, before or after a number.
const LONGEST_PHRASE: usize = 6;

/// Phrases of tokens with what they mean.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    /// By first token; the longest first.
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: HashMap::new() }
    }
}

impl<T> Phrases<T> {
    fn add(&mut self, phrase: &str, meaning: T) {
        let words: Vec<String> = tokenize(phrase).into_iter().map(|token| token.lower).collect();
        let Some(first) = words.first().cloned() else {
            return;
        };
        let entries = self.by_first.entry(first).or_default();
        entries.push((words, meaning));
        entries.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }

    /// The longest phrase that starts at a token, and the token after it.
    pub(super) fn starting_at(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        let entries = self.by_first.get(&tokens.get(at)?.lower)?;
        entries.iter().find_map(|(words, meaning)| {
            let end = at + words.len();
            let window = tokens.get(at..end)?;
            let fits = window.iter().zip(words).all(|(token, word)| token.lower == *word);
            fits.then_some((end, meaning))
        })
    }

    /// The longest phrase that ends before a token.
    pub(super) fn ending_before(&self, tokens: &[Token], end: usize) -> Option<&T> {
        (1..=LONGEST_PHRASE.min(end)).rev().find_map(|length| {
            let (phrase_end, meaning) = self.starting_at(&tokens[..end], end - length)?;
            (phrase_end == end).then_some(meaning)
        })
    }
}

/// What a number word is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NumberWord {
    Cardinal(f64),
    One,
    Ordinal(f64),
    Joiner,
}

/// A multiplier and where it counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScaleWord {
    pub(super) value: f64,
    pub(super) alone: bool,
    pub(super) glued_only: bool,
    pub(super) money_only: bool,
}

/// A unit behind a number, and how its values become base units.
#[derive(Debug, Clone)]
pub(super) struct UnitWord {
    pub(super) unit: Unit,
    pub(super) factor: f64,
    pub(super) offset: f64,
}

/// The words of numbers of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub(super) words: HashMap<String, NumberWord>,
    pub(super) scales: HashMap<String, ScaleWord>,
    pub(super) half_before: Phrases<()>,
    pub(super) half_after: Phrases<()>,
    pub(super) units: Phrases<UnitWord>,
    pub(super) bounds: Phrases<Bound>,
    pub(super) section: NumberWords,
}

static LEXICONS: LazyLock<HashMap<Language, Lexicon>> = LazyLock::new(|| {
    lang::profiles()
        .iter()
        .map(|profile| (profile.language, Lexicon::new(&profile.numbers)))
        .collect()
});

/// For languages without rules: digits, signs and international symbols.
static NO_WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&NumberWords::default()));

/// Currency signs and the codes they mostly stand for.
pub(super) const CURRENCY_SIGNS: [(&str, &str); 7] = [
    ("€", "EUR"),
    ("$", "USD"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₽", "RUB"),
    ("₴", "UAH"),
    ("₹", "INR"),
];

/// ISO 4217 codes that are read beside numbers in every language.
pub(super) const CURRENCY_CODES: [&str; 14] = [
    "eur", "usd", "gbp", "jpy", "rub", "uah", "inr", "chf", "pln", "cny", "sek", "nok", "dkk",
    "ltl",
];

impl Lexicon {
    pub(super) fn of(language: Language) -> &'static Lexicon {
        LEXICONS.get(&language).unwrap_or(&NO_WORDS)
    }

    fn new(section: &NumberWords) -> Self {
        let mut lexicon = Self { section: section.clone(), ..Self::default() };
        lexicon.add_number_words(section);
        lexicon.add_scales(section);
        lexicon.add_units(section);
        for (phrases, bound) in [
            (&section.about, Bound::About),
            (&section.at_least, Bound::AtLeast),
            (&section.at_most, Bound::AtMost),
        ] {
            for phrase in phrases {
                lexicon.bounds.add(phrase, bound);
            }
        }
        lexicon.bounds.add("~", Bound::About);
        lexicon.bounds.add("≈", Bound::About);
        lexicon.bounds.add(">", Bound::AtLeast);
        lexicon.bounds.add("<", Bound::AtMost);
        for phrase in &section.half_before_scale {
            lexicon.half_before.add(phrase, ());
        }
        for phrase in &section.half_after {
            lexicon.half_after.add(phrase, ());
        }
        lexicon
    }

    fn add_number_words(&mut self, section: &NumberWords) {
        for entry in &section.ordinals {
            for form in &entry.forms {
                self.words.insert(form.clone(), NumberWord::Ordinal(entry.value));
            }
        }
        for entry in &section.cardinals {
            for form in &entry.forms {
                self.words.insert(form.clone(), NumberWord::Cardinal(entry.value));
            }
        }
        for form in &section.ones {
            self.words.insert(form.clone(), NumberWord::One);
        }
        for form in &section.joiners {
            self.words.insert(form.clone(), NumberWord::Joiner);
        }
    }

    fn add_scales(&mut self, section: &NumberWords) {
        for scale in &section.scales {
            let groups = [
                (&scale.forms, false, false),
                (&scale.glued, true, false),
                (&scale.of_money, false, true),
            ];
            for (forms, glued_only, money_only) in groups {
                for form in forms {
                    let word = ScaleWord {
                        value: scale.value,
                        alone: scale.alone.contains(form),
                        glued_only,
                        money_only,
                    };
                    self.scales.insert(form.clone(), word);
                }
            }
        }
    }

    fn add_units(&mut self, section: &NumberWords) {
        let plain = |unit| UnitWord { unit, factor: 1.0, offset: 0.0 };
        for (sign, code) in CURRENCY_SIGNS {
            self.units.add(sign, plain(Unit::Money(code.to_owned())));
        }
        for code in CURRENCY_CODES {
            self.units.add(code, plain(Unit::Money(code.to_uppercase())));
        }
        self.units.add("%", plain(Unit::Percent));
        for phrase in &section.percent {
            self.units.add(phrase, plain(Unit::Percent));
        }
        for phrase in &section.percentage_points {
            self.units.add(phrase, plain(Unit::PercentagePoint));
        }
        for currency in &section.money {
            for phrase in &currency.forms {
                self.units.add(phrase, plain(Unit::Money(currency.code.clone())));
            }
        }
        for unit in &section.units {
            let word = UnitWord {
                unit: Unit::Measure(unit.base.clone()),
                factor: unit.factor,
                offset: unit.offset,
            };
            for phrase in &unit.forms {
                self.units.add(phrase, word.clone());
            }
        }
    }
}
