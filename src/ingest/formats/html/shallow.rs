//! Takes the depth out of pages that are nested deeper than any real one, as browsers do: what is nested deeper
//! stands beside instead. Parsers that build a tree need time that grows with the square of the depth.

use std::borrow::Cow;

use super::tokens::{Token, Tokens, is_one_of};

/// Deepest nesting that is kept, as in Chromium.
const DEEPEST: usize = 512;

/// Elements that the next one of their kind closes, so that a row of them is not nested.
const CLOSED_BY_THE_NEXT: [&str; 15] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rp",
    "rt", "colgroup",
];

/// The page without the tags of elements that are nested too deep.
pub(super) fn flattened(source: &str) -> Cow<'_, str> {
    let mut open: Vec<&str> = Vec::new();
    let mut kept = String::new();
    let mut copied = 0;
    for token in Tokens::of(source) {
        let (start, end) = match token {
            Token::Open { tag, start, end } => {
                if tag.is_empty_element() || is_one_of(tag.name, &CLOSED_BY_THE_NEXT) {
                    continue;
                }
                if open.len() < DEEPEST {
                    open.push(tag.name);
                    continue;
                }
                (start, end)
            }
            Token::Close { name, start, end } => {
                match open.iter().rposition(|known| known.eq_ignore_ascii_case(name)) {
                    Some(place) => {
                        open.truncate(place);
                        continue;
                    }
                    None if open.len() < DEEPEST => continue,
                    None => (start, end),
                }
            }
            Token::Text { .. } | Token::Raw { .. } => continue,
        };
        kept.push_str(&source[copied..start]);
        copied = end;
    }
    if copied == 0 {
        return Cow::Borrowed(source);
    }
    kept.push_str(&source[copied..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_page_stays_and_a_deep_one_loses_its_depth() {
        let page = "<div><p>a<p>b<ul><li>c<li>d</ul></div>".repeat(1000);
        assert!(matches!(flattened(&page), Cow::Borrowed(_)));
        let deep = format!("{}tekstas{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let shallow = flattened(&deep);
        assert_eq!(shallow.matches("<div>").count(), DEEPEST);
        assert!(shallow.contains("tekstas"));
    }
}
