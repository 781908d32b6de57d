//! The headline of a page: the heading that says what the page calls its article.

use super::metadata::Metadata;
use super::pieces::{self, Part, Piece};

/// A headline and, where the page shows it, the piece it stands in.
#[derive(Debug, Clone, Default)]
pub(super) struct Headline {
    pub(super) text: String,
    /// Its text without blanks.
    pub(super) key: String,
    pub(super) piece: Option<usize>,
}

impl Headline {
    fn of_piece(place: usize, piece: &Piece) -> Self {
        Self { text: piece.text(), key: piece.key.clone(), piece: Some(place) }
    }

    fn of_text(text: &str, pieces: &[Piece]) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let key = pieces::key(text.chars());
        let piece = pieces.iter().position(|piece| !key.is_empty() && piece.key == key);
        Self { text, key, piece }
    }

    /// Its characters with their positions; where the page shows it nowhere, or behind the text, they stand at
    /// `otherwise`.
    pub(super) fn characters(&self, pieces: &[Piece], otherwise: usize) -> Vec<(char, usize)> {
        let shown = self.piece.map(|place| &pieces[place].characters);
        let before = |characters: &&Vec<(char, usize)>| {
            characters.last().is_some_and(|&(_, position)| position < otherwise)
        };
        match shown.filter(before) {
            Some(characters) => characters.clone(),
            None => self.text.chars().map(|character| (character, otherwise)).collect(),
        }
    }
}

/// Chooses the headline. What pages call their article often has the outlet's name behind it; the heading of the
/// first rank that it holds is the headline then.
pub(super) fn choose(pieces: &[Piece], metadata: &Metadata) -> Headline {
    let headings = || {
        let is_heading =
            |(_, piece): &(usize, &Piece)| piece.is_top_heading && piece.part != Part::Navigation;
        pieces.iter().enumerate().filter(is_heading)
    };
    for title in &metadata.titles {
        let key = pieces::key(title.chars());
        let says_it = |piece: &Piece| {
            let (short, long) =
                if piece.key.len() < key.len() { (&piece.key, &key) } else { (&key, &piece.key) };
            long.contains(short.as_str()) && short.len() * 2 > long.len()
        };
        if let Some((place, piece)) = headings().find(|(_, piece)| says_it(piece)) {
            return Headline::of_piece(place, piece);
        }
    }
    if let Some(title) = metadata.titles.first() {
        let outlet = metadata.particulars.outlet.as_deref();
        return Headline::of_text(without_outlet(title, outlet), pieces);
    }
    let first = headings().next();
    first.map(|(place, piece)| Headline::of_piece(place, piece)).unwrap_or_default()
}

/// A title without the outlet's name behind it.
fn without_outlet<'t>(title: &'t str, outlet: Option<&str>) -> &'t str {
    let Some(outlet) = outlet else { return title };
    let outlet = pieces::key(outlet.chars()).to_lowercase();
    for mark in [" | ", " – ", " — ", " - ", " :: ", " » ", " / "] {
        if let Some((head, tail)) = title.rsplit_once(mark) {
            let tail = pieces::key(tail.chars()).to_lowercase();
            if outlet.contains(&tail) || tail.contains(&outlet) {
                return head;
            }
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::super::metadata;
    use super::*;

    fn headline(page: &str) -> Headline {
        choose(&pieces::of(page), &metadata::read(page))
    }

    #[test]
    fn the_heading_that_the_page_names_is_the_headline() {
        let page = "<title>Tiltas uždarytas remontui – Rytas</title><h1>Rytas</h1><h1>Tiltas  uždarytas remontui</h1>";
        assert_eq!(headline(page).text, "Tiltas uždarytas remontui");
        assert_eq!(headline(page).piece, Some(1));
    }

    #[test]
    fn without_a_heading_the_title_is_taken_without_the_outlet() {
        let page = "<title>Tiltas - uždarytas | Rytas.lt</title><meta property=og:site_name content=Rytas><p>x";
        assert_eq!(headline(page).text, "Tiltas - uždarytas");
        assert_eq!(headline("<p>Nothing that heads it.").text, "");
    }
}
