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
    let measured: Vec<_> =
        facts.iter().filter(|fact| !matches!(fact.value, Value::Name(_))).collect();
    for pair in measured.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{pair:?}");
    }
}

#[test]
fn hundreds_of_digits_are_no_number() {
    let text = format!("Nr {} hier", "9".repeat(400));
    let facts = of_text(&text, Language::from_code("de").unwrap(), None);
    assert!(!facts.iter().any(|fact| matches!(fact.value, Value::Number(_))));
}
