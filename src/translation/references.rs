//! References to books and lists of names: what may rightly stay as it is in a translation.

use unicode_segmentation::UnicodeSegmentation;

/// Share of words written small up to which a text may be one: in a sentence, verbs and function words are more.
const SMALL_WORDS: f64 = 1.0 / 3.0;
/// Signs of a list that it has at least.
const SIGNS: usize = 2;
/// Years of books.
const YEARS: std::ops::RangeInclusive<u32> = 1500..=2099;

/// Whether a text is a reference such as `White, Robert, Controversies in Environmental Sociology, Cambridge University
/// Press, 2004`, or a list of names: hardly a word written small, but commas, initials and years.
pub(super) fn is_reference(text: &str) -> bool {
    let words: Vec<&str> = text.unicode_words().collect();
    let small = words.iter().filter(|word| word.chars().all(char::is_lowercase)).count();
    small as f64 <= SMALL_WORDS * words.len() as f64 && signs(text) >= SIGNS
}

/// Commas, initials and years.
fn signs(text: &str) -> usize {
    let commas = text.matches([',', ';']).count();
    let pieces = text.split(|character: char| !character.is_alphanumeric() && character != '.');
    let of_piece = |piece: &str| {
        let bare = piece.trim_end_matches('.');
        let year = bare.len() == 4 && bare.parse().is_ok_and(|year| YEARS.contains(&year));
        let mut letters = bare.chars();
        let initial = bare.len() < piece.len()
            && letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none();
        usize::from(year || initial)
    };
    commas + pieces.map(of_piece).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_lists_are_told_from_sentences() {
        for reference in [
            "Petraitis, Jonas, Harbours of the Baltic, Northern University Press, 1998.",
            "M. Weber, Häfen und Menschen, 2. Aufl., 2011, S.",
            "Иванова А. Б., Порты Балтики, 1987.",
        ] {
            assert!(is_reference(reference), "{reference}");
        }
        for sentence in [
            "Ferry Burns Off Klaipėda",
            "The harbour, built in 1998, was closed, and nobody said why.",
            "Uostas, pastatytas 1998 m., buvo uždarytas, ir niekas nepasakė kodėl.",
            "Der Hafen, 1998 gebaut, wurde geschlossen, und niemand sagte, warum.",
        ] {
            assert!(!is_reference(sentence), "{sentence}");
        }
    }
}
