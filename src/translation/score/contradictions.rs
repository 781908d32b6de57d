//! What a contradiction between the facts of both sides takes off a score.
//!
//! Encoders hardly see a wrong number or a missing "not", so that these are counted apart.

use serde::Deserialize;
use std::sync::LazyLock;

use crate::facts::{Class, Closeness, Fact, match_facts};

/// What is left of a score after each contradiction.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Discounts {
    /// A number, date, time or unit that contradicts the source.
    conflicting: f32,
    /// A number, date or time that only one side has.
    one_sided: f32,
}

static DISCOUNTS: LazyLock<Discounts> = LazyLock::new(|| {
    let none = Discounts { conflicting: 1.0, one_sided: 1.0 };
    toml::from_str(include_str!("contradictions.toml")).unwrap_or(none)
});

/// The share of a segment's score that its contradictions leave, 0..1; 1 where there are none.
pub(super) fn share_left(source: &[Fact], target: &[Fact]) -> f32 {
    let matches = match_facts(source, target, Closeness::Parallel);
    let left = matches.iter().map(|found| {
        let sure = match found.class {
            Class::Conflicting(_) => DISCOUNTS.conflicting,
            Class::OneSided => DISCOUNTS.one_sided,
            Class::Equal | Class::Compatible(_) => 1.0,
        };
        1.0 - found.confidence * (1.0 - sure)
    });
    left.product()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::of_text;
    use crate::lang::Language;

    fn share(source: &str, target: &str) -> f32 {
        let language = |code| Language::from_code(code).unwrap();
        share_left(&of_text(source, language("de"), None), &of_text(target, language("en"), None))
    }

    #[test]
    fn a_wrong_number_costs_and_a_converted_one_does_not() {
        let source = "Der Umbau kostete 3,5 Millionen Euro.";
        assert_eq!(share(source, "The conversion cost 3.5 million euros."), 1.0);
        assert!(share(source, "The conversion cost 8.5 million euros.") < 0.95);
    }

    #[test]
    fn the_file_is_sound() {
        toml::from_str::<Discounts>(include_str!("contradictions.toml")).unwrap();
    }
}
