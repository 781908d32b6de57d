//! Planted errors: a translation with a clause left out, with one more than its source, a digit changed, a negation put
//! in or taken out, or the translation of the next line in its place. The choice for a line is fixed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How a translation is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Damage {
    /// Another line's translation.
    Neighbour,
    /// A part between marks, or the last third.
    Clause,
    /// A digit.
    Number,
    /// A negation in or out.
    Negation,
    /// A clause more than the source has: the source's own is left out, so that the translation reads as people write.
    Addition,
}

impl Damage {
    pub(crate) const ALL: [Damage; 5] =
        [Damage::Neighbour, Damage::Clause, Damage::Number, Damage::Negation, Damage::Addition];
}

/// Words that a negation changes, by language: what stands there, and what stands there then.
static NEGATIONS: LazyLock<BTreeMap<String, BTreeMap<String, String>>> =
    LazyLock::new(|| toml::from_str(include_str!("negations.toml")).expect("the file is sound"));

/// Words of the shortest clause that is left out.
const CLAUSE_WORDS: usize = 3;

/// A line with its translation, one of them damaged; none where the line has nothing of the kind.
pub(crate) fn damaged(
    damage: Damage,
    sources: &[String],
    (targets, code): (&[String], &str),
    line: usize,
) -> Option<(String, String)> {
    let (source, target) = (&sources[line], &targets[line]);
    let wrong = match damage {
        Damage::Neighbour => Some(targets[(line + 1) % targets.len()].clone()),
        Damage::Clause => without_clause(target, line),
        Damage::Number => with_other_digit(target, line),
        Damage::Negation => negated(target, code, line),
        Damage::Addition => return Some((without_clause(source, line)?, target.clone())),
    };
    Some((source.clone(), wrong.filter(|wrong| wrong != target)?))
}

fn without_clause(text: &str, line: usize) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    // Each clause ends with a word that ends in a mark, or with the text.
    let mut clauses = Vec::new();
    let mut start = 0;
    for (index, word) in words.iter().enumerate() {
        if word.ends_with([',', ';', ':', '–', '—']) || index + 1 == words.len() {
            clauses.push(start..index + 1);
            start = index + 1;
        }
    }
    clauses.retain(|clause| clause.len() >= CLAUSE_WORDS && 5 * clause.len() <= 3 * words.len());
    let clause = match clauses.len() {
        0 if words.len() < 8 => return None,
        0 => words.len() - (words.len() * 3 / 10).max(CLAUSE_WORDS)..words.len(),
        count => clauses.swap_remove(line % count),
    };
    let kept = [&words[..clause.start], &words[clause.end..]].concat().join(" ");
    let end = text.chars().next_back().filter(|_| clause.end == words.len());
    let trimmed = if end.is_some() {
        kept.trim_end_matches([',', ';', ':', '–', '—', ' '])
    } else {
        &kept
    };
    let mut letters = trimmed.chars();
    let first = letters.next()?.to_uppercase();
    Some(first.chain(letters).chain(end).collect())
}

fn with_other_digit(text: &str, line: usize) -> Option<String> {
    let digits: Vec<usize> = (text.bytes().enumerate())
        .filter(|(_, byte)| byte.is_ascii_digit())
        .map(|(at, _)| at)
        .collect();
    let at = *digits.get(line.checked_rem(digits.len())?)?;
    let old = text.as_bytes()[at] - b'0';
    // Never the old digit, never a leading nought.
    let new = char::from(b'1' + (old + (line % 8) as u8) % 9);
    Some(format!("{}{new}{}", &text[..at], &text[at + 1..]))
}

/// The text with one word negated, or with a negated word put straight; none where it has neither.
pub(crate) fn negated(text: &str, code: &str, line: usize) -> Option<String> {
    let pairs = NEGATIONS.get(code)?;
    let padded = format!(" {text}");
    let both = pairs.iter().flat_map(|(plain, negated)| [(negated, plain), (plain, negated)]);
    let places: Vec<(usize, usize, &String)> = both
        .flat_map(|(from, into)| {
            let places = padded.match_indices(from.as_str()).map(|(at, _)| at);
            let whole = places.filter(|&at| is_word(&padded, at, at + from.len()));
            whole.map(|at| (at, at + from.len(), into)).collect::<Vec<_>>()
        })
        .collect();
    let (start, end, into) = places.get(line.checked_rem(places.len())?)?;
    Some(format!("{}{into}{}", &padded[1..*start], &padded[*end..]))
}

fn is_word(text: &str, start: usize, end: usize) -> bool {
    text[..start].ends_with(|letter: char| !letter.is_alphanumeric())
        && !text[end..].starts_with(char::is_alphanumeric)
}
