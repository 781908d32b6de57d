//! The head of `key: value` lines between two `---` that Markdown files may open with.

use super::particulars::{self, Particulars};
use crate::text::Span;

/// What the front matter says about a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    /// Where the headline stands in the normalised text.
    pub(super) title: Option<Span>,
    /// What it says about the article.
    pub(super) about: Particulars,
    /// Where the text after it begins, in bytes; 0 where there is none.
    pub(super) end: usize,
}

/// Longest front matter looked for, in lines.
const MAX_LINES: usize = 200;

/// Reads the front matter of a normalised text; an empty one where there is none, or where what
/// stands between the lines is no list of keys and values.
pub(super) fn read(text: &str) -> FrontMatter {
    let mut front_matter = FrontMatter::default();
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').take(MAX_LINES).enumerate() {
        let content = line.trim_end();
        let closes = index > 0 && (content == "---" || content == "...");
        match (index, content) {
            (0, "---") => {}
            (0, _) => return FrontMatter::default(),
            _ if closes => {
                front_matter.end = offset + line.len();
                return front_matter;
            }
            _ if !front_matter.take(content, offset) => return FrontMatter::default(),
            _ => {}
        }
        offset += line.len();
    }
    FrontMatter::default()
}

impl FrontMatter {
    /// Takes in one line that starts at `offset`; `false` where it cannot belong to a front matter.
    fn take(&mut self, line: &str, offset: usize) -> bool {
        let is_nested = line.starts_with([' ', '-', '#']);
        if line.is_empty() || is_nested {
            return true;
        }
        let Some((key, rest)) = line.split_once(':') else {
            return false;
        };
        if key.contains(' ') {
            return false;
        }
        let value = rest.trim().trim_matches(['"', '\'']).trim();
        let start = offset + line.len() - rest.len() + rest.find(value).unwrap_or(0);
        if value.is_empty() {
            return true;
        }
        match key.to_lowercase().as_str() {
            "title" => self.title = Some(Span::new(start, start + value.len())),
            "date" | "published" | "pubdate" => {
                self.about.published = particulars::date(value);
            }
            "outlet" | "source" | "publisher" | "site" => {
                self.about.outlet = Some(value.to_owned());
            }
            "author" | "authors" => {
                let authors = value.trim_matches(['[', ']']).split(',');
                self.about.authors =
                    authors.map(|name| name.trim().trim_matches(['"', '\'']).to_owned()).collect();
            }
            "url" | "link" => self.about.address = particulars::address(value),
            "lang" | "language" => self.about.language = particulars::language(value),
            _ => {}
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_the_text_begins_after_them() {
        let text = "---\ntitle: \"Tiltas: uždarytas\"\ndate: 2024-03-05T10:00\nlang: lt-LT\n\
                    outlet: Rytas\ntags:\n  - miestas\n---\nTekstas.\n";
        let read = read(text);
        assert_eq!(read.title.unwrap().of(text), "Tiltas: uždarytas");
        assert_eq!(read.about.published, Some(jiff::civil::date(2024, 3, 5)));
        assert_eq!(read.about.outlet.as_deref(), Some("Rytas"));
        assert_eq!(read.about.language, crate::lang::Language::from_code("lt"));
        assert_eq!(&text[read.end..], "Tekstas.\n");
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        for text in ["---\nOnce upon a time: a story.\n---\n", "---\ntitle: x\n", "a\n---\n"] {
            assert_eq!(read(text), FrontMatter::default(), "{text:?}");
        }
    }
}
