//! Tokens: words, runs of digits and single signs, with their place in the text. Dates and numbers
//! are matched over them.

use crate::text::Span;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A run of letters with their marks.
    Word,
    /// A run of ASCII digits.
    Digits,
    /// One character that is neither.
    Sign,
}

/// A token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it stands, in bytes of the text.
    pub(crate) span: Span,
    /// What it is made of.
    pub(crate) kind: Kind,
    /// Its text; words in lower case.
    pub(crate) lower: String,
    /// Whether no white space stands before it.
    pub(crate) glued: bool,
    /// Whether its first character is an upper case letter.
    pub(crate) capital: bool,
}

/// Longest run of digits that is read as an integer.
const LONGEST_INTEGER: usize = 9;

impl Token {
    /// The token as a sign.
    pub(crate) fn is(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.lower == sign
    }

    /// Whether the token is one of the hyphens and dashes that join numbers.
    pub(crate) fn is_dash(&self) -> bool {
        self.kind == Kind::Sign && matches!(self.lower.as_str(), "-" | "–" | "—" | "‐" | "‑" | "−")
    }

    /// The value of a run of at most nine digits.
    pub(crate) fn integer(&self) -> Option<u32> {
        (self.kind == Kind::Digits && self.lower.len() <= LONGEST_INTEGER)
            .then(|| self.lower.parse().ok())
            .flatten()
    }

    /// The value of a run of between `shortest` and `longest` digits.
    pub(crate) fn integer_of_length(&self, shortest: usize, longest: usize) -> Option<u32> {
        self.integer().filter(|_| (shortest..=longest).contains(&self.lower.len()))
    }
}

/// Splits a text into tokens. Linear in the length of the text.
pub(crate) fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut glued = false;
    for (start, character) in text.char_indices() {
        if character.is_whitespace() {
            glued = false;
            continue;
        }
        if is_invisible(character) {
            continue;
        }
        let end = start + character.len_utf8();
        let kind = kind_of(character);
        match tokens.last_mut() {
            Some(last) if glued && last.kind == kind && kind != Kind::Sign => {
                last.span.end = end;
                last.lower.extend(character.to_lowercase());
            }
            _ => tokens.push(Token {
                span: Span::new(start, end),
                kind,
                lower: character.to_lowercase().collect(),
                glued,
                capital: character.is_uppercase(),
            }),
        }
        glued = true;
    }
    tokens
}

fn kind_of(character: char) -> Kind {
    if character.is_ascii_digit() {
        Kind::Digits
    } else if character.is_alphabetic() || is_combining(character) {
        Kind::Word
    } else {
        Kind::Sign
    }
}

/// Marks of the direction of writing and of places to break a word, which no reader sees.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// Marks that stay with the letter before them: accents that have no composed form.
fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_digits_and_signs_are_told_apart() {
        let tokens = tokenize("Am 1990er-Tag, 3,5\u{a0}%");
        let texts: Vec<_> = tokens.iter().map(|token| token.lower.as_str()).collect();
        assert_eq!(texts, ["am", "1990", "er", "-", "tag", ",", "3", ",", "5", "%"]);
        assert!(tokens[2].glued && !tokens[9].glued);
        assert!(tokens[0].capital && !tokens[2].capital);
    }

    #[test]
    fn long_runs_of_digits_have_no_integer() {
        let tokens = tokenize(&"7".repeat(400));
        assert_eq!(tokens.len(), 1);
        assert_eq!(tokens[0].integer(), None);
    }
}
