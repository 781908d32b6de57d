//! The parts of a tokenizer file that say which pipeline it asks for.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;
use spm_precompiled::Precompiled;

/// A file in the format of `tokenizers`.
#[derive(Deserialize)]
pub(super) struct File<'a> {
    truncation: Option<IgnoredAny>,
    padding: Option<IgnoredAny>,
    added_tokens: Vec<AddedToken>,
    normalizer: Normalizer,
    pre_tokenizer: PreTokenizer,
    post_processor: PostProcessor,
    #[serde(borrow)]
    pub(super) model: Model<'a>,
}

#[derive(Deserialize)]
struct AddedToken {
    special: bool,
}

/// What is done to the text as a whole.
#[derive(Deserialize)]
#[serde(tag = "type")]
enum Normalizer {
    Sequence { normalizers: Vec<Normalizer> },
    Precompiled { precompiled_charsmap: String },
    Replace { pattern: Pattern, content: String },
}

#[derive(Deserialize)]
enum Pattern {
    Regex(String),
    String(IgnoredAny),
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum PreTokenizer {
    Metaspace { replacement: char, prepend_scheme: String, split: bool },
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum PostProcessor {
    TemplateProcessing {
        single: Vec<Part>,
        special_tokens: std::collections::HashMap<String, Special>,
    },
}

/// A part of the template.
#[derive(Deserialize)]
enum Part {
    SpecialToken { id: String },
    Sequence { id: String },
}

#[derive(Deserialize)]
struct Special {
    ids: Vec<u32>,
}

#[derive(Deserialize)]
enum ModelKind {
    Unigram,
}

/// The vocabulary.
#[derive(Deserialize)]
pub(super) struct Model<'a> {
    #[serde(rename = "type")]
    _kind: ModelKind,
    /// Stands for what is in no piece.
    pub(super) unk_id: usize,
    byte_fallback: bool,
    /// The pieces with their scores.
    #[serde(borrow)]
    pub(super) vocab: Vec<Piece<'a>>,
}

/// A piece and its score.
#[derive(Deserialize)]
pub(super) struct Piece<'a>(#[serde(borrow)] pub(super) Cow<'a, str>, pub(super) f64);

impl File<'_> {
    /// The character map, if the file asks for this pipeline.
    pub(super) fn character_map(&self) -> Option<Precompiled> {
        let PreTokenizer::Metaspace { replacement, prepend_scheme, split } = &self.pre_tokenizer;
        let known = self.truncation.is_none()
            && self.padding.is_none()
            && self.added_tokens.iter().all(|token| token.special)
            && *replacement == super::MARK
            && prepend_scheme == "always"
            && *split
            && !self.model.byte_fallback;
        let map = match &self.normalizer {
            Normalizer::Sequence { normalizers } => match normalizers.as_slice() {
                [map] => map,
                [map, Normalizer::Replace { pattern, content }] if content == " " => {
                    match pattern {
                        Pattern::Regex(regex) if regex == " {2,}" => map,
                        _ => return None,
                    }
                }
                _ => return None,
            },
            map => map,
        };
        match map {
            Normalizer::Precompiled { precompiled_charsmap } if known => {
                let map =
                    json!({ "type": "Precompiled", "precompiled_charsmap": precompiled_charsmap });
                // The type reads text only, so it gets its part of the file once more.
                serde_json::from_str(&map.to_string()).ok()
            }
            _ => None,
        }
    }

    /// Whether runs of spaces count as one.
    pub(super) fn joins_spaces(&self) -> bool {
        matches!(&self.normalizer, Normalizer::Sequence { normalizers } if normalizers.len() > 1)
    }

    /// Ids of the special tokens before and after a text.
    pub(super) fn around(&self) -> Option<[Vec<u32>; 2]> {
        let PostProcessor::TemplateProcessing { single, special_tokens } = &self.post_processor;
        let mut around = [Vec::new(), Vec::new()];
        let mut texts = 0;
        for part in single {
            match part {
                Part::SpecialToken { id } => around[texts].extend(&special_tokens.get(id)?.ids),
                Part::Sequence { id } if id == "A" && texts == 0 => texts = 1,
                Part::Sequence { .. } => return None,
            }
        }
        (texts == 1).then_some(around)
    }
}
