//! Finding the article in the tree of a page. The work is done by `dom_smoothie`, a port of Mozilla's Readability.

use dom_smoothie::{Config, Readability};

use super::shallow;

/// Most elements of a page that are looked at; the rest of a larger one is no article.
const MOST_ELEMENTS: usize = 200_000;

/// The HTML of the article of a page; `None` where there is none to be told from the rest.
pub(super) fn article(source: &str) -> Option<String> {
    let page = shallow::flattened(source);
    let config =
        Config { max_elements_to_parse: MOST_ELEMENTS, disable_json_ld: true, ..Config::default() };
    let mut readability = Readability::new(page.as_ref(), None, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    Some(article.content.to_string())
}
