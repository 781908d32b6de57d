//! What letters and marks at the edges of a sentence say about where it was cut.

/// The edges of a sentence or of a run of sentences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Starts with a small letter, as what goes on in the middle of a sentence does.
    pub(super) starts_amid: bool,
    /// Ends with a mark that ends sentences.
    pub(super) ends: bool,
    /// Ends with a question mark.
    pub(super) asks: bool,
}

impl Marks {
    /// The edges of a text.
    pub(super) fn of(text: &str) -> Self {
        let last = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_end(c));
        let last = last.chars().next_back();
        Self {
            starts_amid: text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase),
            ends: last.is_some_and(is_end),
            asks: last.is_some_and(|c| matches!(c, '?' | '？')),
        }
    }

    /// The edges of a run that starts with `self` and ends with `last`.
    pub(super) fn to(self, last: Self) -> Self {
        Self { starts_amid: self.starts_amid, ..last }
    }
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '…' | '?' | '!' | '。' | '？' | '！')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_brackets_at_the_edges_are_passed_over() {
        let marks = Marks::of("„Ar ateisi?“");
        assert!(marks.asks && marks.ends && !marks.starts_amid);
        assert!(Marks::of("– und dann, ").starts_amid);
        assert!(!Marks::of("und dann,").ends);
        assert!(Marks::of("(Конец.)").ends);
        assert_eq!(Marks::of(""), Marks::default());
    }
}
