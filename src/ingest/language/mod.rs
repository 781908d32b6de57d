//! Language identification: of a whole document, of a line taken singly, of a sentence within its
//! document.
//!
//! Four witnesses are heard, and their points added up per language: function words and letters
//! (`languages.toml`), the n-gram models of `lingua` for the languages with rules and their closest
//! neighbours, and the trigrams of `whatlang` for everything else. No witness is enough alone: n-grams
//! know only the languages they have a model for and take all others for one of them; function words say
//! nothing about a headline.

mod evidence;
mod models;
mod sample;

use crate::lang::Language;
use evidence::{Evidence, LANGUAGES};
use sample::Sample;

/// A language and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// The language, [`Language::UNKNOWN`] where nothing speaks for any.
    pub language: Language,
    /// Probability that `language` is right, 0..1. A line of few letters never gets much.
    pub confidence: f32,
}

impl Detection {
    /// No language.
    const NOTHING: Self = Self { language: Language::UNKNOWN, confidence: 0.0 };
}

/// Points for the language with the best n-gram score, times its share of the probability.
const LINGUA_POINTS: f64 = 2.0;
/// Points for the language with the best trigram rank, times its confidence.
const WHATLANG_POINTS: f64 = 1.0;
/// Points that languages with rules get in advance: most texts are in one of them.
const PRIOR_POINTS: f64 = 0.3;
/// Points for a language without a row in the table, for each word of the sample.
const UNLISTED_POINTS_PER_WORD: f64 = 0.06;
/// Points of the possibility that the text is in a language not known here at all.
const UNKNOWN_POINTS: f64 = 0.8;
/// How fast a lead in points turns into certainty.
const POINTS_TO_LOGITS: f64 = 1.6;
/// Letters of text after which a decision can be trusted to about two thirds.
const LETTERS_OF_TRUST: f64 = 14.0;
/// Least share of its words that a running text has in common with its language's function words.
const LEAST_FUNCTION_WORDS: f64 = 0.06;
/// Words from which on a text without function words is in no language known here.
const RUNNING_TEXT: usize = 15;
/// The same where many words are spelt with letters that the language does not have.
const MISSPELT_RUNNING_TEXT: usize = 4;
/// Share of such words that counts as many.
const MANY_MISSPELT_WORDS: f64 = 0.2;
/// Lead in points of words and letters alone that settles a sentence for its document's language.
const CLEAR_LEAD: f64 = 1.5;
/// Confidence and letters a sentence needs to be given another language than its document.
const CLEARLY_OTHER: (f32, usize) = (0.8, 24);
/// Letters in a script that the document's language is not written in that settle the matter.
const LEAST_LETTERS: usize = 4;

/// The language of a whole document, or of a line taken singly.
///
/// Of long texts a sample is looked at, spread over the whole. The result is one of the languages
/// with rules, one of their neighbours, or [`Language::UNKNOWN`].
///
/// ```
/// use parallax::ingest::language::detect;
///
/// assert_eq!(detect("Vyriausybė vakar svarstė kitų metų biudžetą.").language.code(), "lt");
/// assert_eq!(detect("De regering sprak gisteren over de begroting.").language.code(), "nl");
/// assert!(detect("12.30 – 14.00").confidence < 0.1);
/// ```
pub fn detect(text: &str) -> Detection {
    let sample = Sample::of(text);
    decide(&sample, &Evidence::of(&sample))
}

/// The language of one sentence of a document: the document's, unless it is clearly another.
///
/// ```
/// use parallax::ingest::language::{detect, detect_among};
///
/// let document = detect("Die Kanzlerin sprach gestern in Berlin mit dem Präsidenten.");
/// assert_eq!(detect_among("Angela Merkel", document).language, document.language);
/// assert_eq!(detect_among("Читайте также новости на нашем сайте", document).language.code(), "ru");
/// ```
pub fn detect_among(text: &str, document: Detection) -> Detection {
    let sample = Sample::of(text);
    if document.language == Language::UNKNOWN {
        return decide(&sample, &Evidence::of(&sample));
    }
    let evidence = Evidence::of(&sample);
    let own_script = LANGUAGES.iter().find(|row| row.language == document.language);
    if own_script.is_some_and(|row| row.script != sample.script) && sample.letters >= LEAST_LETTERS
    {
        let alone = decide(&sample, &evidence);
        return if alone.language == Language::UNKNOWN { document } else { alone };
    }
    if sample.letters < CLEARLY_OTHER.1 {
        return document;
    }
    if evidence.lead_of(document.language) >= CLEAR_LEAD {
        return document;
    }
    let alone = decide(&sample, &evidence);
    if alone.language == Language::UNKNOWN || alone.confidence < CLEARLY_OTHER.0 {
        return document;
    }
    alone
}

/// The language of a text that should be in a language: that one, unless it is clearly another.
pub fn detect_expecting(text: &str, language: Language) -> Detection {
    detect_among(text, Detection { language, confidence: 1.0 })
}

/// Whether a word, in lower case, is one of a language's function words.
pub fn is_function_word(word: &str, language: Language) -> bool {
    evidence::is_function_word(word, language)
}

/// Whether a letter, in lower case, belongs to a language's alphabet; `None` for a language that is not known.
pub fn has_letter(letter: char, language: Language) -> Option<bool> {
    let row = LANGUAGES.iter().find(|row| row.language == language)?;
    Some(row.has_letter(letter))
}

/// Adds up the points of all witnesses.
fn decide(sample: &Sample, evidence: &Evidence) -> Detection {
    if sample.letters == 0 {
        return Detection::NOTHING;
    }
    let trust = 1.0 - (-(sample.letters as f64) / LETTERS_OF_TRUST).exp();
    let guess = models::trigrams(&sample.text);
    if !sample.script.is_listed() {
        return guess.map_or(Detection::NOTHING, |(language, confidence)| Detection {
            language,
            confidence: (confidence * trust) as f32,
        });
    }
    let mut points = evidence.points.clone();
    for (row, points) in LANGUAGES.iter().zip(&mut points) {
        if row.language.profile().is_some() {
            *points += PRIOR_POINTS;
        }
    }
    for (language, share) in models::ngrams(&sample.text, sample.script) {
        add(&mut points, language, LINGUA_POINTS * share);
    }
    let mut unlisted = None;
    if let Some((language, confidence)) = guess
        && !add(&mut points, language, WHATLANG_POINTS * confidence)
    {
        let words = sample.words().count() as f64;
        unlisted =
            Some((language, confidence * (WHATLANG_POINTS + UNLISTED_POINTS_PER_WORD * words)));
    }
    let listed = LANGUAGES
        .iter()
        .zip(&points)
        .filter(|(row, _)| row.script == sample.script)
        .map(|(row, &points)| (row.language, points));
    let (language, probability) = softmax_best(listed.chain(unlisted));
    let suspicious = lacks_function_words(sample, evidence, language)
        && guess.is_none_or(|(other, _)| other != language);
    if suspicious {
        return Detection::NOTHING;
    }
    Detection { language, confidence: (probability * trust) as f32 }
}

/// Adds points to a language of the table; whether it is in there.
fn add(points: &mut [f64], language: Language, more: f64) -> bool {
    let row = LANGUAGES.iter().position(|row| row.language == language);
    if let Some(row) = row {
        points[row] += more;
    }
    row.is_some()
}

/// The language with the most points and its share after a softmax.
fn softmax_best(candidates: impl Iterator<Item = (Language, f64)>) -> (Language, f64) {
    let candidates: Vec<_> = candidates.collect();
    let best = candidates
        .iter()
        .copied()
        .max_by(|left, right| left.1.total_cmp(&right.1))
        .unwrap_or((Language::UNKNOWN, 0.0));
    let sum: f64 = candidates
        .iter()
        .map(|&(_, points)| points)
        .chain([UNKNOWN_POINTS])
        .map(|points| (POINTS_TO_LOGITS * (points - best.1)).exp())
        .sum();
    (best.0, 1.0 / sum.max(1.0))
}

/// Whether a running text has next to no function words of the language it is taken for.
fn lacks_function_words(sample: &Sample, evidence: &Evidence, language: Language) -> bool {
    let Some(row) = LANGUAGES.iter().position(|row| row.language == language) else {
        return false;
    };
    let words = sample.words().count();
    let share = |count: usize| count as f64 / words.max(1) as f64;
    let misspelt = share(evidence.misspelt_words[row]) >= MANY_MISSPELT_WORDS;
    let enough = if misspelt { MISSPELT_RUNNING_TEXT } else { RUNNING_TEXT };
    words >= enough && share(evidence.function_words[row]) < LEAST_FUNCTION_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_much_text_get_little_confidence() {
        for line in ["", "2013-11-01", "https://example.org/news/der-und-die", "Tokyo", "a@b.de"] {
            assert!(detect(line).confidence < 0.6, "{line}: {:?}", detect(line));
        }
    }

    #[test]
    fn a_sentence_keeps_its_documents_language_unless_it_is_clearly_another() {
        let german = Detection { language: Language::from_code("de").unwrap(), confidence: 1.0 };
        for (sentence, expected) in [
            ("Manchester United gegen Real Madrid", "de"),
            ("Breaking News", "de"),
            ("Загрузка", "ru"),
            ("The police have not yet said who was in the car.", "en"),
            ("Policija kol kas nepranešė, kas buvo automobilyje.", "lt"),
        ] {
            assert_eq!(detect_among(sentence, german).language.code(), expected, "{sentence}");
        }
    }
}
