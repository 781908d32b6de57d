//! Cases of date expressions live in `tests/facts/dates.toml`; here is what has no place there.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn language(code: &str) -> Language {
    Language::from_code(code).unwrap()
}

fn point(text: &str, code: &str) -> Option<Partial> {
    find(text, language(code)).iter().find_map(|found| match found.form {
        Form::Point(partial) => Some(partial),
        _ => None,
    })
}

#[test]
fn days_that_do_not_exist_are_no_dates() {
    assert_eq!(point("31 February 2013", "en").and_then(Partial::full_date), None);
    assert!(find("am 31.02.2013", language("de")).is_empty());
}

#[test]
fn slash_dates_need_a_reason_for_their_order() {
    let day = |text, code| point(text, code).and_then(Partial::full_date);
    assert_eq!(day("Thu, 01/03/2019", "en"), Some(date(2019, 1, 3)));
    assert_eq!(day("seen 01/17/2019", "en"), Some(date(2019, 1, 17)));
    assert_eq!(day("seen 01/03/2019", "en"), None);
    assert_eq!(day("seen 01/03/2019 and 17/03/2019", "en"), Some(date(2019, 3, 1)));
    assert_eq!(day("am 01/03/2019", "de"), Some(date(2019, 3, 1)));
}

#[test]
fn months_of_further_languages_are_read() {
    let found = find_absolute("Son güncelleme: 03 Aralık 2016, 15:27");
    let days: Vec<_> = found
        .iter()
        .filter_map(|found| match found.form {
            Form::Point(partial) => partial.full_date(),
            _ => None,
        })
        .collect();
    assert_eq!(days, [date(2016, 12, 3)]);
}

#[test]
fn weekdays_and_missing_years_are_taken_near_the_publication_date() {
    let published = Some(date(2014, 1, 2)); // a Thursday
    let value = |text: &str, code| {
        let found = find(text, language(code));
        found.first().and_then(|found| found.form.resolve(published)).map(|value| value.start)
    };
    assert_eq!(value("They met on Thursday.", "en"), Some(date(2014, 1, 2)));
    assert_eq!(value("Sie trafen sich am Freitag.", "de"), Some(date(2013, 12, 27)));
    assert_eq!(value("Kitą penktadienį vyks derybos.", "lt"), Some(date(2014, 1, 3)));
    assert_eq!(value("Они встретились 30 декабря.", "ru"), Some(date(2013, 12, 30)));
    assert_eq!(value("They will meet on Monday.", "en"), None);
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_spans_are_valid(text in "\\PC{0,60}", code in "(de|lt|en|ru|fr)") {
        for found in find(&text, language(&code)).into_iter().chain(find_absolute(&text)) {
            prop_assert!(text.get(found.span.start..found.span.end).is_some_and(|span| !span.is_empty()));
            let _ = found.form.resolve(Some(date(2020, 2, 29)));
        }
    }

    #[test]
    fn date_like_texts_are_read_without_panic(
        text in "((January|mai|sausio|мая|XIX|a\\.|m\\.|d\\.|г\\.|th|s|er|-|–|/|\\.|:|,| )|[0-9]{1,4}){0,12}",
        code in "(de|lt|en|ru|fr)",
    ) {
        for found in find(&text, language(&code)) {
            let _ = found.form.resolve(Some(date(9999, 12, 31)));
            let _ = found.form.resolve(Some(date(-9999, 1, 1)));
        }
    }
}
