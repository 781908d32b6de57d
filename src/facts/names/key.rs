//! Cross-script keys of names: one name gets one key in Latin and Cyrillic script, in the spelling of each
//! language and in every case, `Lawrow`, `Lavrovo`, `Лаврова`. Different names may share a key.

use any_ascii::any_ascii_char;

use crate::lang::{self, Language};

/// Shortest stem, in letters, that an ending may leave.
const SHORTEST_STEM: usize = 3;
/// Names longer than this, in characters, are cut: no name is, and keys stay cheap.
const LONGEST_WORD: usize = 64;
/// Similarity of two words with the same consonants.
const SAME_CONSONANTS: f64 = 0.9;

/// Spellings of one sound and the letter that stands for it, the longest first. Applied from left to right.
///
/// The sounds are those that German, English, Lithuanian and the romanisations of Russian write differently;
/// letters of several sounds (`c`) go with the most frequent. `J` is the sound that starts `Джонсон`, written as a
/// plain `j` at the start of a name and otherwise elsewhere.
const SOUNDS: [(&str, &str); 39] = [
    ("schtsch", "sk"),
    ("shch", "sk"),
    ("dsch", "J"),
    ("tsch", "k"),
    ("sch", "s"),
    ("dzh", "J"),
    ("dge", "J"),
    ("tch", "k"),
    ("sh", "s"),
    ("zh", "s"),
    ("ch", "k"),
    ("kh", "k"),
    ("gh", "g"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
    ("dz", "J"),
    ("ts", "s"),
    ("tz", "s"),
    ("sz", "s"),
    ("cz", "k"),
    ("qu", "kv"),
    ("dt", "t"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("z", "s"),
    ("y", "i"),
    ("oo", "u"),
    ("ou", "u"),
    ("ee", "i"),
    ("ae", "e"),
    ("oe", "o"),
    ("ue", "u"),
    ("ie", "i"),
];

/// The key of one word of a name in a language: its consonants as sounds, with the vowel it starts with, and
/// for words with fewer than two consonants all its letters.
pub(in crate::facts) fn of_word(word: &str, language: Language) -> String {
    of_sounds(&sounds(&stem(&word.to_lowercase(), endings(language))))
}

/// How alike two names are, 0..1: the mean over the words of the shorter name of the best match in the other,
/// in any script and case. Names whose last words differ are half as alike.
///
/// ```
/// use parallax::facts::names::similarity;
///
/// assert!(similarity("Olga Petrowa", "Ольга Петрова") > 0.85);
/// assert!(similarity("Olga Petrowa", "Olga Smirnova") < 0.5);
/// ```
pub fn similarity(left: &str, right: &str) -> f64 {
    let (left, right) = (words(left), words(right));
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let (Some(last), false) = (short.last(), short.is_empty()) else {
        return 0.0;
    };
    let best = |word: &Vec<String>| {
        long.iter().map(|other| word_similarity(word, other)).fold(0.0, f64::max)
    };
    let mean = short.iter().map(best).sum::<f64>() / short.len() as f64;
    if best(last) < 0.7 { mean / 2.0 } else { mean }
}

/// The words of a name, each as the sounds of its possible stems.
fn words(name: &str) -> Vec<Vec<String>> {
    name.split(|character: char| !character.is_alphanumeric() && character != '\'')
        .filter(|word| word.chars().count() > 1)
        .take(16)
        .map(|word| {
            let word = word.to_lowercase();
            let mut forms = vec![sounds(&word)];
            for profile in lang::profiles() {
                forms.push(sounds(&stem(&word, &profile.names.endings)));
            }
            forms.sort();
            forms.dedup();
            forms
        })
        .collect()
}

fn word_similarity(left: &[String], right: &[String]) -> f64 {
    let mut best = 0.0f64;
    for one in left {
        for other in right {
            let consonants = if of_sounds(one) == of_sounds(other) { SAME_CONSONANTS } else { 0.0 };
            best = best.max(consonants).max(edit_similarity(one, other));
        }
    }
    best
}

/// One minus the edit distance over the length of the longer (Levenshtein 1966).
fn edit_similarity(left: &str, right: &str) -> f64 {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, one) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (other_at, other) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(one != other);
            diagonal = row[other_at + 1];
            row[other_at + 1] = substituted.min(diagonal + 1).min(row[other_at] + 1);
        }
    }
    let longest = left.len().max(right.len()).max(1);
    1.0 - row[right.len()] as f64 / longest as f64
}

fn endings(language: Language) -> &'static [String] {
    language.profile().map_or(&[], |profile| profile.names.endings.as_slice())
}

/// The word without its longest ending.
fn stem(word: &str, endings: &[String]) -> String {
    let letters = word.chars().count();
    let longest = endings
        .iter()
        .filter(|ending| {
            word.ends_with(ending.as_str()) && letters >= SHORTEST_STEM + ending.chars().count()
        })
        .max_by_key(|ending| ending.len());
    let cut = longest.map_or(0, |ending| ending.len());
    word[..word.len() - cut].to_owned()
}

/// A word in lower case as the sounds of its letters, in ASCII.
fn sounds(word: &str) -> String {
    let ascii: String =
        word.chars().take(LONGEST_WORD).flat_map(|letter| latin(letter).chars()).collect();
    let letters = ascii.to_ascii_lowercase();
    let mut rest: &str = &letters;
    let mut sounds = String::new();
    while let Some(letter) = rest.chars().next() {
        let spelling = SOUNDS.iter().find(|(spelling, _)| rest.starts_with(spelling));
        let (sound, length) =
            spelling.map_or((&rest[..1], 1), |(spelling, sound)| (*sound, spelling.len()));
        if letter.is_ascii_alphabetic() && !sounds.ends_with(sound) {
            sounds.push_str(sound);
        }
        rest = &rest[length..];
    }
    sounds
}

/// A letter in ASCII; letters whose plain transcription is another sound first.
fn latin(letter: char) -> &'static str {
    match letter {
        'č' | 'ć' => "tch",
        'š' | 'ś' => "sh",
        'ž' => "zh",
        'х' => "kh",
        'ц' => "ts",
        'ъ' | 'ь' | '\'' => "",
        'ё' | 'э' => "e",
        'й' => "i",
        'ß' => "ss",
        _ => {
            let ascii = any_ascii_char(letter);
            if ascii.is_ascii() { ascii } else { "" }
        }
    }
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
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn any_words_are_compared_without_panic(left in "\\PC{0,30}", right in "\\PC{0,30}") {
            let value = similarity(&left, &right);
            prop_assert!((0.0..=1.0).contains(&value));
        }
    }
}
