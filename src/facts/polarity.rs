//! Negations: which words of a text negate, and how often it negates in all.
//!
//! Negation is written in ways that do not match word by word: `nobody came` / `niekas neatėjo` has one negator on the
//! left and two on the right. Counted are negations, not negators: several in one clause are one where the language
//! says so. What a word negates by its meaning alone (`fail`, `unable`) is not seen.

use crate::calendar::token::{Kind, Token, tokenize};
use crate::lang::Language;
use crate::lang::polarity::PolarityWords;
use crate::text::Span;

/// Letters of the shortest verb with a negating beginning.
const LEAST_LETTERS: usize = 5;
/// Signs between clauses.
const CLAUSE_SIGNS: [&str; 9] = [",", ";", ":", "–", "—", ".", "(", ")", "?"];

/// A word that negates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Negator {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// Whether it begins a negation of its own; otherwise it goes on with the one before.
    pub first: bool,
}

/// The words of a text that negate, in order. A language without rules has none.
///
/// ```
/// use parallax::facts::polarity::negators;
/// use parallax::lang::Language;
///
/// let lithuanian = Language::from_code("lt").unwrap();
/// let text = "Niekas neatėjo, bet posėdis įvyko.";
/// let found: Vec<&str> = negators(text, lithuanian).iter().map(|one| one.span.of(text)).collect();
/// assert_eq!(found, ["Niekas", "neatėjo"]);
/// ```
pub fn negators(text: &str, language: Language) -> Vec<Negator> {
    let Some(profile) = language.profile() else { return Vec::new() };
    let words = &profile.polarity;
    let tokens = tokenize(text);
    let idle = in_set_phrases(&tokens, words);
    let mut found: Vec<Negator> = Vec::new();
    let (mut negated_clause, mut continued) = (false, false);
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Sign && CLAUSE_SIGNS.contains(&token.lower.as_str()) {
            negated_clause = false;
        }
        if idle[at] || !negates(&tokens, at, words) {
            continue;
        }
        let continuing = words.continuing.contains(&token.lower);
        let goes_on = words.concord && negated_clause || continuing && continued;
        found.push(Negator { span: token.span, first: !goes_on });
        negated_clause = true;
        continued |= continuing;
    }
    found
}

/// How often a text negates.
pub fn negations(text: &str, language: Language) -> usize {
    negators(text, language).iter().filter(|negator| negator.first).count()
}

fn negates(tokens: &[Token], at: usize, words: &PolarityWords) -> bool {
    let token = &tokens[at];
    if token.kind != Kind::Word {
        return false;
    }
    let word = token.lower.as_str();
    // `No. 5` and `No 5` are numbers.
    let numbered = tokens.get(at + 1).is_some_and(|next| {
        next.kind == Kind::Digits
            || next.is(".") && tokens.get(at + 2).is_some_and(|t| t.kind == Kind::Digits)
    });
    let listed = words.negators.iter().any(|negator| negator == word) && !numbered;
    listed || has_beginning(word, &words.negating_stems) || is_negated_verb(word, words)
}

fn is_negated_verb(word: &str, words: &PolarityWords) -> bool {
    word.chars().count() >= LEAST_LETTERS
        && has_beginning(word, &words.verb_prefixes)
        && !has_beginning(word, &words.not_prefixed)
        && has_ending(word, &words.verb_endings)
        && !has_ending(word, &words.other_endings)
}

fn has_beginning(word: &str, beginnings: &[String]) -> bool {
    beginnings.iter().any(|beginning| word.starts_with(beginning.as_str()))
}

fn has_ending(word: &str, endings: &[String]) -> bool {
    endings.iter().any(|ending| word.ends_with(ending.as_str()))
}

/// For each token whether it belongs to a phrase that negates nothing.
fn in_set_phrases(tokens: &[Token], words: &PolarityWords) -> Vec<bool> {
    let mut idle = vec![false; tokens.len()];
    for phrase in &words.set_phrases {
        let parts: Vec<&str> = phrase.split(' ').collect();
        for (start, window) in tokens.windows(parts.len()).enumerate() {
            if window.iter().zip(&parts).all(|(token, part)| token.lower == *part) {
                idle[start..start + parts.len()].fill(true);
            }
        }
    }
    idle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negations_are_counted_alike_in_every_language() {
        for (count, texts) in [
            (
                1,
                [
                    ("en", "Nobody came to the meeting."),
                    ("de", "Niemand kam zur Sitzung."),
                    ("lt", "Niekas neatėjo į posėdį."),
                    ("ru", "Никто не пришёл на заседание."),
                ],
            ),
            (
                1,
                [
                    ("en", "The bridge isn't open, although the repairs are done."),
                    ("de", "Die Brücke ist nicht offen, obwohl die Arbeiten erledigt sind."),
                    ("lt", "Tiltas neatidarytas, nors darbai baigti; jis nėra atviras."),
                    ("ru", "Мост не открыт, хотя работы завершены."),
                ],
            ),
            (
                0,
                [
                    ("en", "Not only the mayor, but the council agreed on No. 5."),
                    ("de", "Nicht nur der Bürgermeister, auch der Rat stimmte zu."),
                    ("lt", "Ne tik meras, bet ir taryba sutiko netrukus po nelaimės."),
                    ("ru", "Не только мэр, но и совет согласился, тем не менее."),
                ],
            ),
            (
                1,
                [
                    ("en", "It has neither doors nor windows."),
                    ("de", "Es hat weder Türen noch Fenster."),
                    ("lt", "Jis neturi nei durų, nei langų."),
                    ("ru", "У него нет дверей."),
                ],
            ),
            (
                2,
                [
                    ("en", "He cannot swim, and she will never fly."),
                    ("de", "Er kann nicht schwimmen, und sie wird nie fliegen."),
                    ("lt", "Jis nemoka plaukti, o ji niekada neskris."),
                    ("ru", "Он не умеет плавать, а она никогда не полетит."),
                ],
            ),
        ] {
            for (code, text) in texts {
                let language = Language::from_code(code).unwrap();
                assert_eq!(negations(text, language), count, "{text}");
            }
        }
    }

    #[test]
    fn a_language_without_rules_negates_nothing() {
        assert_eq!(negations("Nikt nie przyszedł.", Language::from_code("pl").unwrap()), 0);
    }
}
