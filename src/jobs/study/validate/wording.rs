//! Planted wording: another of the contested names, one name of a person in place of the full one, a word of speaking that
//! takes what is said for true. The article is read anew; the change is detected where its sentence shows it, and whatever
//! else reads otherwise than before is a false alarm.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rayon::prelude::*;
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use super::{CONTESTED, PERSON, Planted, SPEAKING};
use crate::align::Article;
use crate::facts::{FactCache, NameKind, ReportColour, Value};
use crate::jobs::prepare;
use crate::jobs::study::gather::Gathered;
use crate::jobs::study::namings::{self, Found};
use crate::jobs::study::speech::speech;
use crate::lang::Language;
use crate::study::statistics::random::Stream;
use crate::text::{Document, Span};
use crate::wording::contested;
use crate::wording::voice::Voice;

/// Words of speaking of a language, neutral and factive, in the same form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    language: Language,
    pairs: Vec<[String; 2]>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlantsFile {
    verbs: Vec<Verbs>,
}

static PLANTS: LazyLock<PlantsFile> =
    LazyLock::new(|| toml::from_str(include_str!("../../../lang/plants.toml")).unwrap_or_default());

/// A change of the text of an article.
struct Change {
    kind: &'static str,
    /// Where, in bytes of the text.
    span: Span,
    /// What stands there then.
    text: String,
    /// What is looked for: the referent and its name, or the key of a person.
    subject: String,
    label: String,
}

/// Finds the changes that an article offers a place for.
type FindChanges = fn(&Article) -> Vec<Change>;

/// What is compared before and after: where it stands, what it is about, and how it reads.
type Reading = (usize, String, String);

/// Articles looked at for each change that is wanted.
const LOOKED_AT: usize = 8;

/// Plants up to `most` changes of each kind, one in an article.
pub(super) fn plant_all(gathered: &Gathered, seed: u64, most: usize) -> Vec<Planted> {
    let kinds: [(&'static str, FindChanges); 3] =
        [(CONTESTED, contested_names), (PERSON, people), (SPEAKING, verbs)];
    let mut planted = Vec::new();
    for (kind, changes) in kinds {
        let mut order: Vec<usize> = (0..gathered.articles.len()).collect();
        let mut stream = Stream::new(seed, &format!("validation {kind}"));
        stream.shuffle(&mut order);
        // Not every article has a place for a change; in a large corpus enough of these have.
        order.truncate(LOOKED_AT * most);
        let draws: Vec<(usize, usize)> =
            order.into_iter().map(|article| (article, stream.below(1 << 20))).collect();
        let found: Vec<Planted> = draws
            .par_iter()
            .filter_map(|&(article, draw)| {
                let article = &gathered.articles[article];
                let mut changes = changes(article);
                let count = changes.len();
                (count > 0).then(|| plant(article, &changes.swap_remove(draw % count)))?
            })
            .collect();
        planted.extend(found.into_iter().take(most));
    }
    planted
}

/// Makes a change and looks again; nothing where sentences run otherwise afterwards.
fn plant(article: &Article, change: &Change) -> Option<Planted> {
    // What is made up here is never seen again.
    let cache = FactCache::default();
    let edited = prepare::article(edited(&article.document, change.span, &change.text), &cache);
    if edited.sentences.len() != article.sentences.len() {
        return None;
    }
    let own = article.sentences.iter().position(|sentence| sentence.span.contains(change.span))?;
    let (before, after) = (readings(article, change), readings(&edited, change));
    let shown = |readings: &[Reading]| {
        let wanted = |r: &&Reading| r.0 == own && r.1 == change.subject && r.2 == change.label;
        readings.iter().filter(wanted).count()
    };
    let others: Vec<&Reading> = before.iter().filter(|reading| reading.0 != own).collect();
    Some(Planted {
        change: change.kind,
        language: article.document.language,
        detected: shown(&after) > shown(&before),
        others: others.len(),
        lost: others.iter().filter(|reading| !after.contains(reading)).count(),
    })
}

/// The document with other words at one place.
fn edited(document: &Document, span: Span, text: &str) -> Document {
    let mut edited = document.clone();
    edited.text.replace_range(span.start..span.end, text);
    let moved =
        |place: usize| if place >= span.end { place + text.len() - span.len() } else { place };
    for paragraph in &mut edited.paragraphs {
        paragraph.span = Span::new(moved(paragraph.span.start), moved(paragraph.span.end));
    }
    edited
}

/// All that is read of the kind of a change.
fn readings(article: &Article, change: &Change) -> Vec<Reading> {
    let named = |found: Vec<Found>| {
        let own = found.into_iter().filter(|found| found.voice == Voice::Own);
        own.map(|found| (found.sentence, found.referent, found.label)).collect()
    };
    match change.kind {
        CONTESTED => named(namings::contested_names(article)),
        PERSON => {
            let entities = BTreeMap::from([(change.subject.as_str(), change.subject.as_str())]);
            named(namings::people(article, &entities))
        }
        _ => {
            let attributions = speech(article).attributions.into_iter();
            attributions
                .map(|own| (own.sentence, String::new(), format!("{:?}", own.colour)))
                .collect()
        }
    }
}

/// Each contested name with each other name of its referent that the language has a plain form for.
fn contested_names(article: &Article) -> Vec<Change> {
    let code = article.document.language.code();
    let mentions = contested::mentions(&article.document, &article.sentences);
    let own = mentions.into_iter().filter(|mention| {
        mention.voice == Voice::Own
            && article.sentences[mention.sentence].language == article.document.language
    });
    own.flat_map(|mention| {
        let referent = &contested::referents()[mention.referent];
        let others =
            referent.names.iter().enumerate().filter(move |(name, _)| *name != mention.name);
        others.filter_map(move |(_, name)| {
            let form = name.expressions.get(code)?.iter().find_map(|form| plain(form))?;
            Some(Change {
                kind: CONTESTED,
                span: mention.span,
                text: form,
                subject: referent.id.clone(),
                label: name.name.clone(),
            })
        })
    })
    .collect()
}

/// A form of an expression as a text may have it.
fn plain(expression: &str) -> Option<String> {
    let form = expression.replace('*', "");
    (!form.contains(['|', '…'])).then_some(form)
}

/// Full names of people, with their last word in place of them.
fn people(article: &Article) -> Vec<Change> {
    let text = &article.document.text;
    let names = article.facts.iter().flat_map(|facts| {
        // With a title the name is that of the title, in full or not.
        let titled = |key: &str| {
            facts.iter().any(|fact| match &fact.value {
                Value::Title(title) => title.bearer.as_ref().is_some_and(|own| own.key == key),
                _ => false,
            })
        };
        facts.iter().filter_map(move |fact| match &fact.value {
            Value::Name(name) if name.kind == NameKind::Person && !titled(&name.key) => {
                Some((fact.span, name))
            }
            _ => None,
        })
    });
    let full = names.filter(|(span, name)| {
        // A name that stands once in full is not known as that of a person afterwards.
        let again = text.match_indices(name.name.as_str()).count() > 1;
        again && span.of(text) == name.name && !name.key.is_empty()
    });
    full.filter_map(|(span, name)| {
        let (_, last) = name.name.rsplit_once(' ')?;
        Some(Change {
            kind: PERSON,
            span,
            text: last.to_owned(),
            subject: name.key.clone(),
            label: namings::ONE_NAME.to_owned(),
        })
    })
    .collect()
}

/// Neutral words of speaking, with a factive one in place of them.
fn verbs(article: &Article) -> Vec<Change> {
    let language = article.document.language;
    let Some(verbs) = PLANTS.verbs.iter().find(|verbs| verbs.language == language) else {
        return Vec::new();
    };
    let text = &article.document.text;
    let mut changes = Vec::new();
    for attribution in article.facts.iter().flatten() {
        let neutral = matches!(&attribution.value, Value::Attribution(value) if value.colour == ReportColour::Neutral);
        if !neutral {
            continue;
        }
        for (at, word) in attribution.span.of(text).unicode_word_indices() {
            let Some([_, factive]) = verbs.pairs.iter().find(|[known, _]| known == word) else {
                continue;
            };
            let start = attribution.span.start + at;
            changes.push(Change {
                kind: SPEAKING,
                span: Span::new(start, start + word.len()),
                text: factive.clone(),
                subject: String::new(),
                label: format!("{:?}", ReportColour::Factive),
            });
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_with_rules_has_words_of_speaking() {
        let file: Result<PlantsFile, _> = toml::from_str(include_str!("../../../lang/plants.toml"));
        let file = file.unwrap_or_else(|error| panic!("{error}"));
        for profile in crate::lang::profiles() {
            let own = file.verbs.iter().find(|verbs| verbs.language == profile.language);
            assert!(own.is_some_and(|verbs| verbs.pairs.len() >= 4), "{}", profile.name);
        }
    }
}
