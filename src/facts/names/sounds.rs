//! Words of names as sounds: what German, English, Lithuanian and the romanisations of Russian spell differently
//! becomes one spelling in ASCII letters.

use any_ascii::any_ascii_char;

/// Shortest stem, in letters, that an ending may leave.
const SHORTEST_STEM: usize = 3;
/// Names longer than this, in characters, are cut: no name is, and keys stay cheap.
const LONGEST_WORD: usize = 64;

/// Spellings of one sound and the letter that stands for it, the longest first. Applied from left to right.
///
/// Letters of several sounds (`c`) go with the most frequent. `J` is the sound that starts `Джонсон`, written as a
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

/// The word without its longest ending.
pub(super) fn stem(word: &str, endings: &[String]) -> String {
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
pub(super) fn sounds(word: &str) -> String {
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
