//! How articles speak, read off their facts: whom they let speak, what they deny, what they say may or must be.

use crate::align::Article;
use crate::facts::{AttributionValue, NegationScope, SourceKind, Value};
use crate::study::material::{Attribution, Cue, CueKind};

/// How one article speaks.
#[derive(Default)]
pub(super) struct Speech {
    pub(super) attributions: Vec<Attribution>,
    pub(super) quoted_words: usize,
    pub(super) cues: Vec<Cue>,
}

/// Reads off how an article speaks in its running text.
pub(super) fn speech(article: &Article) -> Speech {
    let mut speech = Speech::default();
    let body = (0..article.sentences.len()).filter(|&sentence| article.is_body(sentence));
    for sentence in body {
        for fact in &article.facts[sentence] {
            let form = || fact.span.of(&article.document.text).to_owned();
            let kind = match &fact.value {
                Value::Attribution(value) => {
                    speech.attributions.push(Attribution {
                        sentence,
                        source: source(article, sentence, value),
                        speaker: value.speaker.clone(),
                        entity: None,
                        colour: value.colour,
                        form: form(),
                    });
                    continue;
                }
                Value::Quote(quote) => {
                    speech.quoted_words += quote.words;
                    continue;
                }
                Value::Negation(NegationScope::Clause) => CueKind::Negation,
                Value::Modality(modality) => CueKind::Modality(*modality),
                _ => continue,
            };
            speech.cues.push(Cue { sentence, kind, form: form() });
        }
    }
    speech
}

/// The kind of a source: a place or an organisation that speaks by its name speaks for its office.
fn source(article: &Article, sentence: usize, value: &AttributionValue) -> SourceKind {
    let named = value.speaker.as_deref().filter(|_| value.source == SourceKind::Named);
    let no_person = named.is_some_and(|speaker| {
        article.facts[sentence].iter().any(|fact| match &fact.value {
            Value::Name(name) => name.name == speaker && name.kind.is_no_person(),
            _ => false,
        })
    });
    if no_person { SourceKind::Official } else { value.source }
}
