//! Tokenizers of the kind that the XLM-R family has, ready in a few hundredths of a second.
//!
//! `tokenizers` builds a tree of hash maps out of the vocabulary, which takes longer than reading the whole model. For the
//! one pipeline that matters here (character map, spaces as marks, pieces with scores, special tokens around) this module
//! gives the same tokens from a table; any other pipeline is left to `tokenizers`.

mod file;
mod normalise;
mod pieces;

use std::ops::Range;
use std::path::Path;

use self::file::File;
use self::normalise::CharacterMap;
use self::pieces::Pieces;

/// A tokenizer that is ready.
pub(super) struct Unigram {
    characters: CharacterMap,
    /// Whether runs of spaces count as one.
    joins_spaces: bool,
    pieces: Pieces,
    /// Special tokens before and after a text.
    around: [Vec<u32>; 2],
}

/// Stands for a space, and before each word.
const MARK: char = '\u{2581}';

impl Unigram {
    /// Reads a tokenizer file; `None` if it cannot be read or asks for another pipeline than this one.
    pub(super) fn open(path: &Path) -> Option<Self> {
        Self::read(&std::fs::read(path).ok()?)
    }

    fn read(content: &[u8]) -> Option<Self> {
        let file: File = serde_json::from_slice(content).ok()?;
        Some(Self {
            around: file.around()?,
            characters: CharacterMap::new(file.character_map()?),
            joins_spaces: file.joins_spaces(),
            pieces: Pieces::new(file.model.vocab, file.model.unk_id)?,
        })
    }

    /// Special tokens before and after a text.
    pub(super) fn around(&self) -> &[Vec<u32>; 2] {
        &self.around
    }

    /// The pieces of the vocabulary and the logarithms of their probabilities, by id.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&str, f64)> {
        self.pieces.iter()
    }

    /// Ids of the tokens of a text, without special ones.
    pub(super) fn ids(&self, text: &str) -> Vec<u32> {
        self.tokens(text).into_iter().map(|(id, _)| id).collect()
    }

    /// The tokens of a text, without special ones, and the bytes of the text that they stand for.
    pub(super) fn tokens(&self, text: &str) -> Vec<(u32, Range<usize>)> {
        let mut aligned = self.characters.map(text);
        if self.joins_spaces {
            aligned.join_spaces();
        }
        aligned.mark_spaces(MARK);
        let mut tokens = Vec::with_capacity(text.len() / 3);
        for word in aligned.words(MARK) {
            let first = word.start;
            self.pieces.split(&aligned.text[word], &mut |id, piece| {
                tokens.push((id, aligned.source(first + piece.start..first + piece.end)));
            });
        }
        tokens
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tokenizers::Tokenizer;

    use super::*;

    fn path() -> PathBuf {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        root.join("models/multilingual-e5-small-europe/tokenizer.json")
    }

    struct Both {
        own: Unigram,
        given: Tokenizer,
    }

    impl Both {
        fn open() -> Self {
            let mut given = Tokenizer::from_file(path()).unwrap();
            given.set_encode_special_tokens(true);
            Self { own: Unigram::open(&path()).unwrap(), given }
        }

        fn compare(&self, text: &str) {
            let encoding = self.given.encode(text, false).unwrap();
            let offsets = encoding.get_offsets().iter().map(|&(start, end)| start..end);
            let expected: Vec<_> = encoding.get_ids().iter().copied().zip(offsets).collect();
            let found = self.own.tokens(text);
            let ids = |tokens: &[(u32, Range<usize>)]| -> Vec<u32> {
                tokens.iter().map(|(id, _)| *id).collect()
            };
            assert_eq!(ids(&found), ids(&expected), "{text:?}");
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn odd_texts_have_the_tokens_of_tokenizers() {
        let both = Both::open();
        for text in [
            "",
            " ",
            "   ",
            "a",
            "query: ",
            "query:   a  b   ",
            "\u{2581}\u{2581}a \u{2581}b",
            "a\tb\nc\r\nd\u{a0}e\u{3000}f\u{2028}g",
            "ｆｕｌｌ ｗｉｄｔｈ ﬁ ﬂ ½ ² ™\u{1e}g \u{1e}x",
            "query: \u{200b}\u{feff}\u{0}\u{1b}[31m</s><mask> <unk>",
            "e\u{301}\u{328}\u{323} ĖŠĄ Ё й и\u{306}",
            "日本語 한국어 العربية 🙂👨‍👩‍👧‍👦 🇱🇹 x🙂🙂y",
            "…‥․ ǆ Ǆ ㎏ ℃ №5 ﷺ",
        ] {
            both.compare(text);
        }
        let around = both.given.encode("", true).unwrap();
        assert_eq!(around.get_ids(), both.own.around().concat());
    }

    #[test]
    fn development_texts_have_the_tokens_of_tokenizers() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
        let both = Both::open();
        let mut lines = 0;
        for folder in ["flores", "ntrex", "tatoeba", "segmentation"] {
            let Ok(entries) = std::fs::read_dir(data.join(folder)) else { continue };
            for entry in entries {
                let Ok(text) = std::fs::read_to_string(entry.unwrap().path()) else { continue };
                for line in text.lines() {
                    both.compare(&format!("query: {line}"));
                    lines += 1;
                }
            }
        }
        assert!(lines > 10_000 || !data.is_dir(), "{lines}");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(16))]

        #[test]
        fn any_texts_have_the_tokens_of_tokenizers(
            texts in proptest::collection::vec("(?s).{0,60}", 200),
            words in proptest::collection::vec("[ a-zėšąžčß\u{2581}а-я0-9.,\u{301}ﬁ½\t]{0,60}", 200),
        ) {
            static BOTH: std::sync::OnceLock<Both> = std::sync::OnceLock::new();
            let both = BOTH.get_or_init(Both::open);
            for text in texts.iter().chain(&words) {
                both.compare(&format!("query: {text}"));
            }
        }
    }

    #[test]
    fn other_pipelines_are_left_to_tokenizers() {
        let content = std::fs::read_to_string(path()).unwrap();
        let changes = [
            ("\"type\":\"Metaspace\"", "\"type\":\"Whitespace\""),
            ("\"byte_fallback\":false", "\"byte_fallback\":true"),
            ("\"truncation\":null", "\"truncation\":{}"),
            ("\"prepend_scheme\":\"always\"", "\"prepend_scheme\":\"first\""),
            ("\"special\":true", "\"special\":false"),
            ("\" {2,}\"", "\" {3,}\""),
        ];
        assert!(Unigram::read(content.as_bytes()).is_some());
        for (part, other) in changes {
            assert!(content.contains(part), "{part}");
            let changed = content.replacen(part, other, 1);
            assert!(Unigram::read(changed.as_bytes()).is_none(), "{other}");
        }
    }
}
