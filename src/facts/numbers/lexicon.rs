//! The words of numbers of one language, ready for look-up over tokens.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::phrases::Phrases;
use super::signs;
use crate::facts::{Bound, Unit};
use crate::lang::numbers::{NumberWords, ValueForms};
use crate::lang::{self, Language};

/// What a number word is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NumberWord {
    Cardinal(f64),
    /// Only the first part of a word: `penkia-`.
    Prefix(f64),
    One,
    Zero,
    Ordinal(f64),
    /// "First", which counts only behind tens or hundreds.
    First,
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

impl UnitWord {
    fn plain(unit: Unit) -> Self {
        Self { unit, factor: 1.0, offset: 0.0 }
    }
}

/// The words of numbers of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub(super) words: HashMap<String, NumberWord>,
    pub(super) scales: HashMap<String, ScaleWord>,
    pub(super) fractions: Phrases<f64>,
    pub(super) half_before: Phrases<()>,
    pub(super) half_after: Phrases<()>,
    pub(super) units: Phrases<UnitWord>,
    /// What starts like a unit and is none.
    pub(super) no_units: Phrases<()>,
    /// Currencies behind a scale whose names are also those of measures.
    pub(super) behind_scale: Phrases<UnitWord>,
    /// Units that are one word, for the end of a compound.
    pub(super) unit_words: HashMap<String, UnitWord>,
    /// Signs and codes of money that stand before the amount.
    pub(super) money_before: Phrases<UnitWord>,
    pub(super) bounds: Phrases<Bound>,
    pub(super) at_least_after: Phrases<()>,
    /// Words that look like compounds of a number and are none.
    pub(super) not_numbers: HashSet<String>,
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

impl Lexicon {
    pub(super) fn of(language: Language) -> &'static Lexicon {
        LEXICONS.get(&language).unwrap_or(&NO_WORDS)
    }

    fn new(section: &NumberWords) -> Self {
        let mut lexicon = Self { section: section.clone(), ..Self::default() };
        lexicon.add_number_words(section);
        lexicon.add_scales(section);
        lexicon.add_money(section);
        lexicon.add_units(section);
        lexicon.add_phrases(section);
        lexicon
    }

    fn add_number_words(&mut self, section: &NumberWords) {
        let valued = |entries: &[ValueForms], word: fn(f64) -> NumberWord| -> Vec<_> {
            let forms = |entry: &ValueForms| -> Vec<_> {
                let inflected = entry.forms.iter().flat_map(|form| section.inflected(form));
                inflected.map(|form| (form, word(entry.value))).collect()
            };
            entries.iter().flat_map(forms).collect()
        };
        self.words.extend(valued(&section.ordinals, NumberWord::Ordinal));
        for (form, word) in valued(&section.cardinals, NumberWord::Cardinal) {
            match (form.strip_suffix('-'), word) {
                (Some(start), NumberWord::Cardinal(value)) => {
                    self.words.entry(start.to_owned()).or_insert(NumberWord::Prefix(value));
                }
                _ => {
                    self.words.insert(form, word);
                }
            }
        }
        for (entries, word) in [
            (&section.first, NumberWord::First),
            (&section.ones, NumberWord::One),
            (&section.zeros, NumberWord::Zero),
            (&section.joiners, NumberWord::Joiner),
        ] {
            let forms = entries.iter().flat_map(|entry| section.inflected(entry));
            self.words.extend(forms.map(|form| (form, word)));
        }
    }

    fn add_scales(&mut self, section: &NumberWords) {
        for scale in &section.scales {
            let groups = [
                (&scale.forms, false, false),
                (&scale.glued, true, false),
                (&scale.of_money, false, true),
            ];
            for (entries, glued_only, money_only) in groups {
                for form in entries.iter().flat_map(|entry| section.inflected(entry)) {
                    let word = ScaleWord {
                        value: scale.value,
                        alone: scale.alone.contains(&form),
                        glued_only,
                        money_only,
                    };
                    self.scales.insert(form, word);
                }
            }
        }
    }

    fn add_money(&mut self, section: &NumberWords) {
        for (sign, code) in signs::CURRENCY_SIGNS {
            let unit = UnitWord::plain(Unit::Money((*code).to_owned()));
            self.money_before.add(sign, unit.clone());
            self.units.add(sign, unit);
        }
        for code in signs::CURRENCY_CODES {
            let unit = UnitWord::plain(Unit::Money(code.to_uppercase()));
            self.money_before.add(code, unit.clone());
            self.units.add(code, unit);
        }
        for currency in &section.money {
            let unit = UnitWord::plain(Unit::Money(currency.code.clone()));
            self.add_unit(section, &currency.forms, &unit);
            for form in currency.behind_scale.iter().flat_map(|form| section.inflected(form)) {
                self.behind_scale.add(&form, unit.clone());
            }
        }
    }

    fn add_units(&mut self, section: &NumberWords) {
        self.add_unit(section, &["%".to_owned()], &UnitWord::plain(Unit::Percent));
        self.add_unit(section, &section.percent, &UnitWord::plain(Unit::Percent));
        let points = UnitWord::plain(Unit::PercentagePoint);
        self.add_unit(section, &section.percentage_points, &points);
        for unit in &section.units {
            let word = UnitWord {
                unit: Unit::Measure(unit.base.clone()),
                factor: unit.factor,
                offset: unit.offset,
            };
            self.add_unit(section, &unit.forms, &word);
        }
    }

    fn add_unit(&mut self, section: &NumberWords, entries: &[String], unit: &UnitWord) {
        for form in entries.iter().flat_map(|entry| section.inflected(entry)) {
            if form.chars().all(char::is_alphabetic) {
                self.unit_words.entry(form.clone()).or_insert_with(|| unit.clone());
            }
            self.units.add(&form, unit.clone());
        }
    }

    fn add_phrases(&mut self, section: &NumberWords) {
        for (phrases, bound) in [
            (&section.about, Bound::About),
            (&section.at_least, Bound::AtLeast),
            (&section.at_most, Bound::AtMost),
        ] {
            for phrase in phrases {
                self.bounds.add(phrase, bound);
            }
        }
        for (sign, bound) in signs::BOUND_SIGNS {
            self.bounds.add(sign, *bound);
        }
        for entry in &section.fractions {
            for form in entry.forms.iter().flat_map(|form| section.inflected(form)) {
                self.fractions.add(&form, entry.value);
            }
        }
        for (entries, phrases) in [
            (&section.half_before, &mut self.half_before),
            (&section.half_after, &mut self.half_after),
            (&section.at_least_after, &mut self.at_least_after),
            (&section.no_units, &mut self.no_units),
        ] {
            for form in entries.iter().flat_map(|entry| section.inflected(entry)) {
                phrases.add(&form, ());
            }
        }
        for form in section.not_numbers.iter().flat_map(|entry| section.inflected(entry)) {
            self.words.remove(&form);
            self.unit_words.remove(&form);
            self.not_numbers.insert(form);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paradigm_named_in_a_language_file_is_there() {
        for profile in lang::profiles() {
            let section = &profile.numbers;
            let forms = (section.cardinals.iter().chain(&section.ordinals))
                .chain(&section.fractions)
                .flat_map(|entry| &entry.forms)
                .chain(section.units.iter().flat_map(|unit| &unit.forms))
                .chain(section.money.iter().flat_map(|currency| &currency.forms))
                .chain(section.scales.iter().flat_map(|scale| &scale.forms));
            for word in forms.flat_map(|form| form.split(' ')) {
                if let Some((_, paradigm)) = word.split_once('|') {
                    assert!(section.paradigms.contains_key(paradigm), "{}: {word}", profile.name);
                }
            }
        }
    }
}
