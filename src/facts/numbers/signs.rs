//! Signs and codes that mean the same in every language.

use crate::facts::Bound;

/// Currency signs and the ISO 4217 codes they mostly stand for.
pub(super) const CURRENCY_SIGNS: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("$", "USD"),
    ("us$", "USD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("c$", "CAD"),
    ("ca$", "CAD"),
    ("hk$", "HKD"),
    ("nz$", "NZD"),
    ("s$", "SGD"),
    ("r$", "BRL"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₽", "RUB"),
    ("₴", "UAH"),
    ("₹", "INR"),
    ("₺", "TRY"),
    ("₩", "KRW"),
    ("₪", "ILS"),
    ("₸", "KZT"),
];

/// ISO 4217 codes that are read beside numbers in every language.
pub(super) const CURRENCY_CODES: &[&str] = &[
    "eur", "usd", "gbp", "jpy", "rub", "uah", "inr", "chf", "pln", "cny", "sek", "nok", "dkk",
    "ltl", "czk", "huf", "kzt", "byn", "aud", "cad", "hkd", "nzd", "krw", "brl", "zar",
];

/// Signs before a number that leave it open.
pub(super) const BOUND_SIGNS: &[(&str, Bound)] = &[
    ("~", Bound::About),
    ("≈", Bound::About),
    (">", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("<", Bound::AtMost),
    ("≤", Bound::AtMost),
];

/// Signs for parts of a whole.
const FRACTIONS: &[(&str, f64)] = &[
    ("½", 0.5),
    ("⅓", 1.0 / 3.0),
    ("⅔", 2.0 / 3.0),
    ("¼", 0.25),
    ("¾", 0.75),
    ("⅕", 0.2),
    ("⅖", 0.4),
    ("⅗", 0.6),
    ("⅘", 0.8),
    ("⅛", 0.125),
    ("⅜", 0.375),
    ("⅝", 0.625),
    ("⅞", 0.875),
];

/// The value of a sign for a part of a whole.
pub(super) fn fraction(sign: &str) -> Option<f64> {
    FRACTIONS.iter().find(|(known, _)| *known == sign).map(|(_, value)| *value)
}
