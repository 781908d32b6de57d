//! HTML as a run of tags and texts, each with its place in the source. No tree is built, so that nothing depends
//! on how deep a page is nested. Follows the tokenisation of the HTML standard
//! (<https://html.spec.whatwg.org/multipage/parsing.html>) as far as text, attributes and comments go.

use std::borrow::Cow;

use super::entities;

/// A tag that opens an element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'s> {
    /// Its name as written.
    pub(super) name: &'s str,
    /// What stands between the name and `>`.
    attributes: &'s str,
}

/// A piece of a page. Ranges are bytes of the source.
#[derive(Debug, Clone, Copy)]
pub(super) enum Token<'s> {
    /// `<name …>`, with the bytes it takes.
    Open { tag: Tag<'s>, start: usize, end: usize },
    /// `</name>`, with the bytes it takes.
    Close { name: &'s str, start: usize, end: usize },
    /// Text between tags; character references are not resolved yet.
    Text { start: usize, end: usize },
    /// The content of an element in which tags do not count, such as `script`.
    Raw { tag: Tag<'s>, start: usize, end: usize },
}

/// Elements whose content is no markup.
const RAW: [&str; 7] = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed"];

/// Elements that have no content and no closing tag.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Whether `name` is one of `names`, in any case.
pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

impl<'s> Tag<'s> {
    /// Whether the element has no content, by its kind or because the tag closes itself.
    pub(super) fn is_empty_element(&self) -> bool {
        is_one_of(self.name, &VOID) || self.attributes.ends_with('/')
    }

    /// The value of an attribute, character references resolved and white space around it taken off.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'s, str>> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest
                .char_indices()
                .position(|(i, c)| i > 0 && (c == '=' || c == '/' || c.is_ascii_whitespace()))
                .and_then(|nth| rest.char_indices().nth(nth))
                .map_or(rest.len(), |(i, _)| i);
            let (found, after) = rest.split_at(end);
            let (value, after) = value(after);
            if found.eq_ignore_ascii_case(name) {
                let decoded = entities::decode(value);
                return Some(match decoded {
                    Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
                    Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
                });
            }
            rest = after;
        }
    }
}

/// The value of an attribute behind its name, and what follows it.
fn value(after_name: &str) -> (&str, &str) {
    let trimmed = after_name.trim_start();
    let Some(given) = trimmed.strip_prefix('=') else { return ("", after_name) };
    let given = given.trim_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = given.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    given.split_at(given.find(|c: char| c.is_ascii_whitespace()).unwrap_or(given.len()))
}

/// The tokens of a page, in order.
pub(super) struct Tokens<'s> {
    source: &'s str,
    position: usize,
    /// A tag just given whose raw content comes next.
    raw: Option<Tag<'s>>,
}

impl<'s> Tokens<'s> {
    pub(super) fn of(source: &'s str) -> Self {
        Self { source, position: 0, raw: None }
    }

    /// The raw content of an element, up to its closing tag or the end of the page.
    fn raw_content(&mut self, tag: Tag<'s>) -> Token<'s> {
        let start = self.position;
        let end = closing_tag(&self.source[start..], tag.name)
            .map_or(self.source.len(), |length| start + length);
        self.position = end;
        Token::Raw { tag, start, end }
    }

    /// Reads what starts with `<` at the position; `None` where it is no markup. A comment is an empty text.
    fn markup(&mut self) -> Option<Token<'s>> {
        let start = self.position;
        let rest = &self.source[start..];
        if rest.starts_with("<!") || rest.starts_with("<?") {
            let (opening, closing) = if rest.starts_with("<!--") { (4, "-->") } else { (2, ">") };
            self.position = self.end_of(start + opening, closing);
            return Some(Token::Text { start: self.position, end: self.position });
        }
        let closes = rest.starts_with("</");
        let name_start = start + if closes { 2 } else { 1 };
        let name_length = self.source[name_start..]
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<'))
            .unwrap_or(self.source.len() - name_start);
        let name = &self.source[name_start..name_start + name_length];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let attributes_start = name_start + name_length;
        let length = end_of_tag(&self.source[attributes_start..]);
        let attributes = &self.source[attributes_start..attributes_start + length];
        let end = (attributes_start + length + 1).min(self.source.len());
        self.position = end;
        if closes {
            return Some(Token::Close { name, start, end });
        }
        let tag = Tag { name, attributes: attributes.trim_end() };
        if is_one_of(name, &RAW) && !tag.attributes.ends_with('/') {
            self.raw = Some(tag);
        }
        Some(Token::Open { tag, start, end })
    }

    /// The byte behind the next `mark`, or the end of the page.
    fn end_of(&self, from: usize, mark: &str) -> usize {
        let from = from.min(self.source.len());
        self.source[from..].find(mark).map_or(self.source.len(), |found| from + found + mark.len())
    }
}

impl<'s> Iterator for Tokens<'s> {
    type Item = Token<'s>;

    fn next(&mut self) -> Option<Token<'s>> {
        if let Some(tag) = self.raw.take() {
            return Some(self.raw_content(tag));
        }
        let start = self.position;
        if start == self.source.len() {
            return None;
        }
        let next_mark = |from: usize| {
            self.source[from..].find('<').map_or(self.source.len(), |found| from + found)
        };
        let mark = next_mark(start);
        if mark > start {
            self.position = mark;
            return Some(Token::Text { start, end: mark });
        }
        // A `<` that opens no tag is text.
        let end = next_mark(start + 1);
        Some(self.markup().unwrap_or_else(|| {
            self.position = end;
            Token::Text { start, end }
        }))
    }
}

/// Bytes up to the `>` that ends a tag; a `>` in quotes does not count.
fn end_of_tag(rest: &str) -> usize {
    let mut quote = None;
    let mut before = ' ';
    for (index, character) in rest.char_indices() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if character == '>' => return index,
            // A quote opens a value only behind `=`.
            None if matches!(character, '"' | '\'') && before == '=' => quote = Some(character),
            None => {}
        }
        if !character.is_ascii_whitespace() {
            before = character;
        }
    }
    // A quote that is never closed would swallow the page: the tag ends at the first `>` then.
    rest.find('>').unwrap_or(rest.len())
}

/// Bytes up to the closing tag of `name`.
fn closing_tag(rest: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = rest[from..].find("</") {
        let place = from + found;
        let after = &rest.as_bytes()[place + 2..];
        if after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return Some(place);
        }
        from = place + 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(source: &str) -> Vec<String> {
        Tokens::of(source)
            .filter_map(|token| match token {
                Token::Open { tag, .. } => Some(format!("<{}>", tag.name)),
                Token::Close { name, .. } => Some(format!("</{name}>")),
                Token::Text { start, end } if start == end => None,
                Token::Text { start, end } => Some(source[start..end].to_owned()),
                Token::Raw { start, end, .. } => Some(format!("raw:{}", &source[start..end])),
            })
            .collect()
    }

    #[test]
    fn tags_texts_comments_and_raw_content_are_told_apart() {
        let source = "<!DOCTYPE html><p class='a>b'>1 < 2<!-- <b> --><br/>x</p><script>if (a<b) '</p>'</SCRIPT>";
        assert_eq!(
            shown(source),
            [
                "<p>",
                "1 ",
                "< 2",
                "<br>",
                "x",
                "</p>",
                "<script>",
                "raw:if (a<b) '</p>'",
                "</SCRIPT>"
            ]
        );
    }

    #[test]
    fn attributes_are_read_in_every_notation() {
        let source = "<meta CHARSET=utf-8 content = \"a &amp; b\" hidden data-x='1'/>";
        let Some(Token::Open { tag, .. }) = Tokens::of(source).next() else { unreachable!() };
        assert_eq!(tag.attribute("charset").as_deref(), Some("utf-8"));
        assert_eq!(tag.attribute("content").as_deref(), Some("a & b"));
        assert_eq!(tag.attribute("hidden").as_deref(), Some(""));
        assert_eq!(tag.attribute("data-x").as_deref(), Some("1"));
        assert_eq!(tag.attribute("missing"), None);
    }

    proptest! {
        #[test]
        fn tokens_of_anything_rise_and_end(source in "[<>/a-c!\\-='\" &;]{0,60}") {
            let mut last = 0;
            for token in Tokens::of(&source) {
                let (start, end) = match token {
                    Token::Open { start, end, .. } | Token::Close { start, end, .. }
                    | Token::Text { start, end } | Token::Raw { start, end, .. } => (start, end),
                };
                prop_assert!(last <= start && start <= end && end <= source.len());
                last = end;
            }
        }
    }
}
