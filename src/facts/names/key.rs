//! Cross-script keys of names: one name gets one key in Latin and Cyrillic script, in the spelling of each
//! language and in every case, `Lawrow`, `Lavrovo`, `Лаврова`. Different names may share a key.

use super::sounds::{sounds, stem};
use crate::lang::Language;

/// Sounds of a word so short that a last `s` belongs to it.
const SHORT: usize = 3;

/// The key of one word of a name in a language: its consonants as sounds, with the vowel it starts with, and
/// for words with fewer than two consonants all its letters.
///
/// ```
/// use parallax::facts::names::word_key;
/// use parallax::lang::Language;
///
/// let language = |code| Language::from_code(code).unwrap();
/// assert_eq!(word_key("Lavrovui", language("lt")), word_key("Lawrow", language("de")));
/// ```
pub fn of_word(word: &str, language: Language) -> String {
    of_sounds(&sounds(&stem(&word.to_lowercase(), endings(language))))
}

/// The consonants of a word of any language as sounds, endings included: a rough key for comparing words of unknown
/// languages across scripts.
pub fn sound_skeleton(word: &str) -> String {
    of_sounds(&sounds(&word.to_lowercase()))
}

/// A word in lower case as sounds, vowels and all, without its ending in a language: narrower than [`of_word`].
pub(in crate::facts) fn stem_sounds(word: &str, language: Language) -> String {
    let sounds = sounds(&stem(word, endings(language)));
    let bare = sounds.trim_end_matches(|sound: char| "aeiouj".contains(sound));
    let bare = if bare.len() > SHORT { bare.trim_end_matches('s') } else { bare };
    if bare.len() < 2 { sounds } else { bare.to_owned() }
}

fn endings(language: Language) -> &'static [String] {
    language.profile().map_or(&[], |profile| profile.names.endings.as_slice())
}

/// The consonants of a word in sounds. `Je`, `Ye` and `E`, `Ju` and `Yu` start alike; `h` and `i` as consonants
/// and a last `s`, which is an ending in several languages, fall away.
fn of_sounds(sounds: &str) -> String {
    let vowel = |letter: char| "aeiouj".contains(letter);
    let glide = sounds.strip_prefix(['i', 'j', 'J']).filter(|rest| rest.starts_with(vowel));
    let sounds = glide.unwrap_or(sounds);
    let mut key = String::new();
    for (at, letter) in sounds.char_indices() {
        let counts = at == 0 || !(vowel(letter) || letter == 'h');
        let letter = if letter == 'J' { 'd' } else { letter };
        if counts && !key.ends_with(letter) {
            key.push(letter);
        }
    }
    if key.len() > 2 {
        key.truncate(key.trim_end_matches('s').len().max(2));
    }
    if key.len() < 2 { sounds.to_owned() } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(word: &str, code: &str) -> String {
        of_word(word, Language::from_code(code).unwrap())
    }

    #[test]
    fn spellings_and_cases_of_a_name_share_a_key() {
        for forms in [
            &[("Lawrow", "de"), ("Lavrov", "en"), ("Lavrovui", "lt"), ("Лавровым", "ru")][..],
            &[("Schoigu", "de"), ("Shoigu", "en"), ("Šoigu", "lt"), ("Шойгу", "ru")],
            &[("Johnson", "en"), ("Džonsonui", "lt"), ("Джонсона", "ru")],
            &[("Abes", "de"), ("Abe", "en"), ("Abė", "lt"), ("Абэ", "ru")],
            &[("Wladimir", "de"), ("Vladimir", "en"), ("Vladimiro", "lt"), ("Владимиру", "ru")],
            &[("Jelzin", "de"), ("Yeltsin", "en"), ("Jelcinas", "lt"), ("Ельцина", "ru")],
            &[
                ("Chruschtschow", "de"),
                ("Khrushchev", "en"),
                ("Chruščiovo", "lt"),
                ("Хрущева", "ru"),
            ],
        ] {
            let keys: Vec<_> = forms.iter().map(|(form, code)| key(form, code)).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{forms:?} {keys:?}");
        }
    }

    #[test]
    fn other_names_have_other_keys() {
        assert_ne!(key("Petrow", "de"), key("Pawlow", "de"));
        assert_ne!(key("Abe", "en"), key("Obama", "en"));
    }
}
