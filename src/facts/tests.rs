//! Cases of facts live in `tests/facts/*.toml`; here is what has no place there.

use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_spans_are_valid(text in "\\PC{0,80}", code in "(de|lt|en|ru|fr)") {
        check_spans(&text, &code);
    }

    #[test]
    fn number_like_texts_have_ordered_spans(
        text in "((zwei|hundert|und|tūkst|mln|proc|тысяч|двадцать|half|a|million|bis|to|\\$|€|%|-|–|/|\\.|,|:| | |½)|[0-9]{1,4}){0,14}",
        code in "(de|lt|en|ru|fr)",
    ) {
        check_spans(&text, &code);
    }
}

fn check_spans(text: &str, code: &str) {
    let facts = of_text(text, Language::from_code(code).unwrap(), None);
    for fact in &facts {
        assert!(text.get(fact.span.start..fact.span.end).is_some_and(|span| !span.is_empty()));
    }
    let measured: Vec<_> = facts
        .iter()
        .filter(|fact| fact.value.is_content() && !matches!(fact.value, Value::Name(_)))
        .collect();
    for pair in measured.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{pair:?}");
    }
}

fn numbers(text: &str, code: &str) -> Vec<f64> {
    let facts = of_text(text, Language::from_code(code).unwrap(), None);
    let number = |fact: &Fact| match &fact.value {
        Value::Number(number) => Some(number.low),
        _ => None,
    };
    facts.iter().filter_map(number).collect()
}

#[test]
fn digits_of_two_scripts_are_no_number() {
    for text in ["12٣ men", "٣12 men", "１2 men", "12３ men"] {
        assert_eq!(numbers(text, "en"), [0.0; 0], "{text}");
    }
    assert_eq!(numbers("2½ men", "en"), [2.5]);
}

#[test]
fn marks_of_direction_change_no_value() {
    assert_eq!(numbers("\u{200f}12\u{200e} km\u{202c} away", "en"), [12_000.0]);
    assert_eq!(numbers("3\u{200f},5 Mio. Euro", "de"), [3_500_000.0]);
}

#[test]
fn days_that_do_not_exist_leave_their_month() {
    let facts = of_text("am 31. Februar 2013", Language::from_code("de").unwrap(), None);
    let date = |fact: &Fact| matches!(&fact.value, Value::Date(date) if date.precision == Precision::Month);
    assert_eq!(facts.iter().filter(|fact| date(fact)).count(), 1);
}

#[test]
fn long_lists_of_facts_are_compared_in_bounded_time() {
    let left = "7 Männer und 5 km am 3. Mai um 15 Uhr, ".repeat(800);
    let right = "8 men and 6 km on 4 May at 4 p.m., ".repeat(800);
    let facts = |text: &str, code| of_text(text, Language::from_code(code).unwrap(), None);
    let (left, right) = (facts(&left, "de"), facts(&right, "en"));
    assert!(left.len() > 1_000 && right.len() > 1_000);
    for closeness in [Closeness::Parallel, Closeness::Comparable] {
        assert!(match_facts(&left, &right, closeness).len() <= 512);
    }
}

#[test]
fn hundreds_of_digits_are_no_number() {
    let text = format!("Nr {} hier", "9".repeat(400));
    let facts = of_text(&text, Language::from_code("de").unwrap(), None);
    assert!(!facts.iter().any(|fact| matches!(fact.value, Value::Number(_))));
}

#[test]
fn ten_thousand_names_in_one_sentence_are_read_and_compared() {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    let name = |number: usize| {
        format!("K{}{}{}", letter(number), letter(number / 26), letter(number / 676))
    };
    let text = (0..10_000).map(name).collect::<Vec<_>>().join(", ");
    for code in ["de", "lt", "en"] {
        let language = Language::from_code(code).unwrap();
        let facts = of_text(&text, language, None);
        let passage = NamePassage::new(&text, language, &facts);
        assert_eq!(name_conflicts(&passage, &passage, &Acquaintance::default()), []);
        assert!(titles_and_roles(&text, language, &facts).len() < 10_000);
    }
}

#[test]
fn unbalanced_quotes_are_no_complete_ones() {
    for text in ["„\"«“”»‚‘’'".repeat(900), "\"We go".to_owned(), "go” he said".to_owned()]
    {
        for code in ["de", "lt", "en", "ru"] {
            let facts = of_text(&text, Language::from_code(code).unwrap(), None);
            let complete =
                |fact: &Fact| matches!(&fact.value, Value::Quote(quote) if quote.complete);
            assert!(!facts.iter().any(complete), "{code} {text:.40}");
        }
    }
}

#[test]
fn marks_of_direction_and_mixed_scripts_are_no_names_of_their_own() {
    let names = |text: &str| -> Vec<String> {
        let facts = of_text(text, Language::from_code("en").unwrap(), None);
        let name = |fact: Fact| match fact.value {
            Value::Name(name) => Some(name.key),
            _ => None,
        };
        facts.into_iter().filter_map(name).collect()
    };
    assert_eq!(names("He met \u{200f}Lavrov\u{200e} in Moscow"), names("He met Lavrov in Moscow"));
}
