//! Cases of facts, `tests/facts/*.toml`: texts with the numbers, dates and names in them, and pairs of texts with
//! what differs. A new case is a new entry.

#![allow(clippy::unwrap_used)] // a broken case file must fail the test

use std::path::Path;

use jiff::civil::Date;
use parallax::facts::names::word_key;
use parallax::facts::{
    Acquaintance, Bound, Class, Closeness, Fact, NamePassage, NumberValue, RelativeDate, Unit,
    Value, match_facts, name_conflicts, of_text, title_conflicts, titles_and_roles,
};
use parallax::lang::Language;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// A text and its facts of the kind that the file is about, written as `span = value`.
#[derive(Deserialize)]
struct Case {
    language: String,
    text: String,
    published: Option<Date>,
    facts: Vec<String>,
}

#[derive(Deserialize)]
struct Pairs {
    pair: Vec<Pair>,
}

/// Two texts and the values in which they contradict each other, written as `left / right`.
#[derive(Deserialize)]
struct Pair {
    left: [String; 2],
    right: [String; 2],
    /// As two reports on the same.
    #[serde(default)]
    conflicts: Vec<String>,
    /// As a text and its translation; the same where not given.
    translated: Option<Vec<String>>,
}

/// Words of names with the codes of their languages: those with one key, and those with keys of their own.
#[derive(Deserialize)]
struct NameKeys {
    meet: Vec<Forms>,
    apart: Vec<Forms>,
}

#[derive(Deserialize)]
struct Forms {
    forms: Vec<String>,
}

impl Forms {
    fn keys(&self) -> Vec<String> {
        let key = |form: &String| {
            let (code, word) = form.split_once(' ').unwrap();
            word_key(word, language(code))
        };
        self.forms.iter().map(key).collect()
    }
}

fn read<T: for<'de> Deserialize<'de>>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/facts").join(name);
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn language(code: &str) -> Language {
    Language::from_code(code).unwrap()
}

fn number(value: &NumberValue) -> String {
    let unit = match &value.unit {
        Unit::Count => String::new(),
        Unit::Ordinal => " ordinal".to_owned(),
        Unit::Label => " label".to_owned(),
        Unit::Percent => " %".to_owned(),
        Unit::PercentagePoint => " points".to_owned(),
        Unit::Money(code) | Unit::Measure(code) => format!(" {code}"),
    };
    let bound = match value.bound {
        Bound::Exact => "",
        Bound::About => "about ",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
    };
    let rounded = |value: f64| (value * 1000.0).round() / 1000.0;
    let (low, high) = (rounded(value.low), rounded(value.high));
    let range = if low == high { low.to_string() } else { format!("{low}..{high}") };
    format!("{bound}{range}{unit}")
}

/// The value of a fact of the wanted kind.
fn written(value: &Value, kind: &str) -> Option<String> {
    match (value, kind) {
        (Value::Number(value), "numbers") => Some(number(value)),
        (Value::Date(value), "dates") => {
            let json = serde_json::to_value(value).unwrap();
            let end = |field: &str| json[field].as_str().unwrap().to_owned();
            let (start, end) = (end("start"), end("end"));
            Some(if start == end { start } else { format!("{start}..{end}") })
        }
        (Value::Relative(RelativeDate::Weekday(weekday)), "dates") => {
            Some(format!("weekday {weekday}"))
        }
        (Value::Relative(RelativeDate::Counted { unit, offset }), "dates") => {
            Some(format!("{offset:+} {unit:?}").to_lowercase())
        }
        (Value::Time(value), "dates") => {
            let json = serde_json::to_value(value).unwrap();
            let (start, end) = (json["start"].as_str().unwrap(), json["end"].as_str().unwrap());
            Some(if start == end { start.to_owned() } else { format!("{start}..{end}") })
        }
        (Value::Name(value), "names") => Some(value.key.clone()),
        (Value::Negation(scope), "negation") => Some(format!("{scope:?}").to_lowercase()),
        (Value::Modality(modality), "modality") => Some(format!("{modality:?}").to_lowercase()),
        (Value::Attribution(value), "attribution") => {
            let told = format!("{:?}, {:?}", value.source, value.colour).to_lowercase();
            let speaker = value.speaker.iter().map(|speaker| format!(", {speaker}"));
            Some(speaker.fold(told, |told, speaker| told + &speaker))
        }
        (Value::Quote(value), "quotes") => {
            Some(value.speaker.clone().unwrap_or_else(|| "nobody".to_owned()))
        }
        (Value::Name(value), "kinds") => {
            let whole = value.whole.iter().map(|whole| format!(", {whole}")).collect::<String>();
            let kind = serde_json::to_value(value.kind).unwrap();
            Some(format!("{}{whole}", kind.as_str().unwrap()))
        }
        (Value::Title(value), "titles") => {
            let marks =
                [(value.former, "former "), (value.acting, "acting "), (value.deputy, "deputy ")];
            let marks: String = marks.iter().filter(|mark| mark.0).map(|mark| mark.1).collect();
            let bearer = value.bearer.as_ref().map_or("-", |bearer| bearer.name.as_str());
            Some(format!("{marks}{}, {bearer}", value.title))
        }
        _ => None,
    }
}

fn check(kind: &str) {
    let mut wrong = Vec::new();
    for case in read::<Cases>(&format!("{kind}.toml")).case {
        let facts = of_text(&case.text, language(&case.language), case.published);
        let found: Vec<_> = facts
            .iter()
            .filter_map(|fact| {
                Some(format!("{} = {}", fact.span.of(&case.text), written(&fact.value, kind)?))
            })
            .collect();
        if found != case.facts {
            wrong
                .push(format!("{}: {}\n  {found:?}\n  {:?}", case.language, case.text, case.facts));
        }
    }
    assert!(wrong.is_empty(), "found, and expected:\n{}", wrong.join("\n"));
}

#[test]
fn numbers_have_the_values_of_the_cases() {
    check("numbers");
}

#[test]
fn dates_have_the_values_of_the_cases() {
    check("dates");
}

#[test]
fn names_have_the_keys_of_the_cases() {
    check("names");
}

#[test]
fn negations_are_those_of_the_cases() {
    check("negation");
}

#[test]
fn modality_is_that_of_the_cases() {
    check("modality");
}

#[test]
fn attributions_are_those_of_the_cases() {
    check("attribution");
}

#[test]
fn quotes_are_those_of_the_cases() {
    check("quotes");
}

#[test]
fn names_have_the_kinds_of_the_cases_and_are_joined() {
    check("kinds");
}

#[test]
fn titles_have_the_meanings_and_bearers_of_the_cases() {
    check("titles");
}

#[test]
fn names_meet_in_every_script_and_case_and_others_do_not() {
    let table = read::<NameKeys>("names.toml");
    let mut wrong = Vec::new();
    for row in &table.meet {
        let keys = row.keys();
        if keys.iter().any(|key| *key != keys[0]) {
            wrong.push(format!("apart: {:?} {keys:?}", row.forms));
        }
    }
    for row in &table.apart {
        let keys = row.keys();
        if (1..keys.len()).any(|at| keys[..at].contains(&keys[at])) {
            wrong.push(format!("one key: {:?} {keys:?}", row.forms));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pairs_contradict_each_other_where_the_cases_say_so() {
    let mut wrong = Vec::new();
    for pair in read::<Pairs>("pairs.toml").pair {
        let facts = |side: &[String; 2]| of_text(&side[1], language(&side[0]), None);
        let (left, right) = (facts(&pair.left), facts(&pair.right));
        let text = |fact: &Fact, side: &[String; 2]| fact.span.of(&side[1]).to_owned();
        for (closeness, expected) in [
            (Closeness::Comparable, &pair.conflicts),
            (Closeness::Parallel, pair.translated.as_ref().unwrap_or(&pair.conflicts)),
        ] {
            let found: Vec<_> = match_facts(&left, &right, closeness)
                .into_iter()
                .filter(|found| matches!(found.class, Class::Conflicting(_)))
                .filter_map(|found| Some((&left[found.left?], &right[found.right?])))
                .map(|(one, other)| {
                    format!("{} / {}", text(one, &pair.left), text(other, &pair.right))
                })
                .collect();
            if &found != expected {
                let sides = (&pair.left, &pair.right);
                wrong.push(format!("{closeness:?} {sides:?}\n  {found:?}\n  {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "found, and expected:\n{}", wrong.join("\n"));
}

/// Least confidence of a finding, as in the checks.
const LEAST_CONFIDENCE: f32 = 0.4;

#[test]
fn names_contradict_each_other_where_the_cases_say_so() {
    let mut wrong = Vec::new();
    for pair in read::<Pairs>("name_pairs.toml").pair {
        let passage = |[code, text]: &[String; 2]| {
            NamePassage::new(text, language(code), &of_text(text, language(code), None))
        };
        let (left, right) = (passage(&pair.left), passage(&pair.right));
        let known = Acquaintance::of(rayon::iter::once((&left, &right)));
        let found: Vec<_> = name_conflicts(&left, &right, &known)
            .into_iter()
            .filter(|conflict| conflict.confidence >= LEAST_CONFIDENCE)
            .map(|found| {
                format!("{} / {}", found.left.of(&pair.left[1]), found.right.of(&pair.right[1]))
            })
            .collect();
        if found != pair.conflicts {
            wrong.push(format!("{:?} {:?}\n  {found:?}", pair.left, pair.right));
        }
    }
    assert!(wrong.is_empty(), "found:\n{}", wrong.join("\n"));
}

#[test]
fn titles_contradict_each_other_where_the_cases_say_so() {
    let mut wrong = Vec::new();
    for pair in read::<Pairs>("title_pairs.toml").pair {
        let titles = |[code, text]: &[String; 2]| {
            titles_and_roles(text, language(code), &of_text(text, language(code), None))
        };
        let (left, right) = (titles(&pair.left), titles(&pair.right));
        let sides = ((&left[..], language(&pair.left[0])), (&right[..], language(&pair.right[0])));
        let found: Vec<_> = title_conflicts(sides.0, sides.1, Closeness::Parallel)
            .into_iter()
            .map(|found| {
                let (one, other) = (left[found.left].span, right[found.right].span);
                format!("{} / {}", one.of(&pair.left[1]), other.of(&pair.right[1]))
            })
            .collect();
        if found != pair.conflicts {
            wrong.push(format!("{:?} {:?}\n  {found:?}", pair.left, pair.right));
        }
    }
    assert!(wrong.is_empty(), "found:\n{}", wrong.join("\n"));
}
