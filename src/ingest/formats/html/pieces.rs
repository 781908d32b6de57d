//! The text of a page in pieces: what stands in one paragraph, heading or entry of a list, in the order of the
//! source, each character with its position there.

use super::entities;
use super::tokens::{Tag, Token, Tokens, is_one_of};
use crate::text::ParagraphKind;

/// The part of a page a piece stands in, by the markup around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// None that markup names.
    Main,
    /// Menus, and the head and foot of the page.
    Navigation,
    /// What stands beside the article.
    Beside,
    /// Forms and buttons.
    Form,
    /// The caption of a picture.
    Caption,
}

/// A stretch of text without a break in it.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) kind: ParagraphKind,
    /// Whether it is a heading of the first rank.
    pub(super) is_top_heading: bool,
    pub(super) part: Part,
    /// Its characters with their scalar positions in the source; every run of blanks is one.
    pub(super) characters: Vec<(char, usize)>,
    /// The same without blanks, for comparing.
    pub(super) key: String,
}

impl Piece {
    pub(super) fn text(&self) -> String {
        self.characters.iter().map(|&(character, _)| character).collect()
    }
}

/// Elements whose text no reader sees as text.
const UNSEEN: [&str; 12] = [
    "head", "noscript", "svg", "math", "template", "select", "object", "audio", "video", "canvas",
    "datalist", "noframes",
];

/// Elements inside a line of text; every other one begins a new piece.
const INLINE: [&str; 41] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
    "picture", "source", "abbr",
];

/// Elements that stand for a part of the page.
const PARTS: [(&str, Part); 8] = [
    ("nav", Part::Navigation),
    ("footer", Part::Navigation),
    ("menu", Part::Navigation),
    ("aside", Part::Beside),
    ("form", Part::Form),
    ("button", Part::Form),
    ("dialog", Part::Form),
    ("figcaption", Part::Caption),
];

/// Most elements of these kinds that are followed into each other.
const DEEPEST: usize = 64;

/// The pieces of a page.
pub(super) fn of(source: &str) -> Vec<Piece> {
    let mut collector = Collector::default();
    let mut scalars = Scalars { source, byte: 0, scalar: 0 };
    for token in Tokens::of(source) {
        match token {
            Token::Open { tag, .. } => collector.open(&tag),
            Token::Close { name, .. } => collector.close(name),
            Token::Text { start, end } if collector.is_seen() => {
                let characters = entities::characters(&source[start..end]);
                collector.text(characters.map(|(c, at)| (c, scalars.at(start + at))));
            }
            Token::Text { .. } | Token::Raw { .. } => {}
        }
    }
    collector.flush();
    collector.pieces
}

/// Counts scalar values up to a byte; bytes must be asked for in rising order.
struct Scalars<'s> {
    source: &'s str,
    byte: usize,
    scalar: usize,
}

impl Scalars<'_> {
    fn at(&mut self, byte: usize) -> usize {
        self.scalar += self.source[self.byte..byte].chars().count();
        self.byte = byte;
        self.scalar
    }
}

#[derive(Default)]
struct Collector {
    pieces: Vec<Piece>,
    characters: Vec<(char, usize)>,
    /// Line breaks since the last visible character.
    breaks: usize,
    /// How many elements of each kind are open.
    unseen: Vec<String>,
    parts: Vec<(String, Part)>,
    heading: Option<char>,
    in_item: bool,
}

impl Collector {
    fn is_seen(&self) -> bool {
        self.unseen.is_empty()
    }

    fn open(&mut self, tag: &Tag<'_>) {
        if tag.name.eq_ignore_ascii_case("br") {
            self.breaks += 1;
            if self.breaks > 1 {
                self.flush();
            }
            self.blank();
            return;
        }
        if is_one_of(tag.name, &INLINE) {
            return;
        }
        self.flush();
        if tag.is_empty_element() {
            return;
        }
        if tag.name.eq_ignore_ascii_case("body") {
            // A head that was never closed ends here.
            self.unseen.clear();
        } else if self.unseen.len() + self.parts.len() >= DEEPEST {
            // Nobody nests these so deep for a reader.
        } else if is_one_of(tag.name, &UNSEEN) {
            self.unseen.push(tag.name.to_ascii_lowercase());
        } else if let Some((_, part)) = PARTS.iter().find(|(n, _)| n.eq_ignore_ascii_case(tag.name))
        {
            self.parts.push((tag.name.to_ascii_lowercase(), *part));
        } else if let Some(rank) = heading_rank(tag.name) {
            self.heading = Some(rank);
        } else if tag.name.eq_ignore_ascii_case("li") {
            self.in_item = true;
        }
    }

    fn close(&mut self, name: &str) {
        if is_one_of(name, &INLINE) || name.eq_ignore_ascii_case("br") {
            return;
        }
        self.flush();
        if let Some(open) = self.unseen.iter().rposition(|open| open.eq_ignore_ascii_case(name)) {
            self.unseen.truncate(open);
        } else if let Some(open) =
            self.parts.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name))
        {
            self.parts.truncate(open);
        } else if heading_rank(name).is_some() {
            self.heading = None;
        } else if name.eq_ignore_ascii_case("li") {
            self.in_item = false;
        }
    }

    fn text(&mut self, characters: impl Iterator<Item = (char, usize)>) {
        for (character, position) in characters {
            if character.is_whitespace() && character != '\u{a0}' {
                self.blank();
            } else {
                self.breaks = 0;
                if let Some(blank) = self.characters.last_mut().filter(|last| last.1 == BLANK) {
                    blank.1 = position.saturating_sub(1);
                }
                self.characters.push((character, position));
            }
        }
    }

    /// A blank whose position is known with the next character.
    fn blank(&mut self) {
        if self.characters.last().is_some_and(|&(_, position)| position != BLANK) {
            self.characters.push((' ', BLANK));
        }
    }

    fn flush(&mut self) {
        let mut characters = std::mem::take(&mut self.characters);
        self.breaks = 0;
        characters.pop_if(|last| last.1 == BLANK);
        let key = key(characters.iter().map(|&(character, _)| character));
        if key.is_empty() {
            return;
        }
        let kind = match self.heading {
            Some(_) => ParagraphKind::Heading,
            None if self.in_item => ParagraphKind::ListItem,
            None => ParagraphKind::Body,
        };
        self.pieces.push(Piece {
            kind,
            is_top_heading: self.heading == Some('1'),
            part: self.parts.last().map_or(Part::Main, |&(_, part)| part),
            characters,
            key,
        });
    }
}

/// Position of a blank before the character after it is known.
const BLANK: usize = usize::MAX;

/// What is left of a text without blanks and invisible characters.
pub(super) fn key(characters: impl Iterator<Item = char>) -> String {
    characters
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{ad}' | '\u{200b}'))
        .collect()
}

/// The rank of a heading's element.
fn heading_rank(name: &str) -> Option<char> {
    let mut letters = name.chars();
    let is_heading = letters.next().is_some_and(|first| first.eq_ignore_ascii_case(&'h'));
    let rank = letters.next().filter(|rank| ('1'..='6').contains(rank))?;
    (is_heading && letters.next().is_none()).then_some(rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_end_where_a_reader_sees_a_break() {
        let source = "<head><title>x</title></head><body><nav><a>Namai</a></nav><h1>Tiltas <em>uždarytas</em></h1>\
                      <p>Pirma&nbsp;dalis.\n  Antra<br>dalis.<br><br>Trečia.<ul><li>Punktas<li>Kitas</ul>\
                      <script>var x = '<p>no</p>';</script>";
        let pieces = of(source);
        let shown: Vec<(String, ParagraphKind)> =
            pieces.iter().map(|piece| (piece.text(), piece.kind)).collect();
        assert_eq!(
            shown,
            [
                ("Namai".to_owned(), ParagraphKind::Body),
                ("Tiltas uždarytas".to_owned(), ParagraphKind::Heading),
                ("Pirma\u{a0}dalis. Antra dalis.".to_owned(), ParagraphKind::Body),
                ("Trečia.".to_owned(), ParagraphKind::Body),
                ("Punktas".to_owned(), ParagraphKind::ListItem),
                ("Kitas".to_owned(), ParagraphKind::ListItem),
            ]
        );
        assert_eq!(pieces[0].part, Part::Navigation);
        let scalars: Vec<char> = source.chars().collect();
        for (character, position) in pieces.iter().flat_map(|piece| &piece.characters) {
            let found = scalars[*position];
            assert!(found == *character || *character == ' ' || found == '&', "{character}");
        }
    }
}
