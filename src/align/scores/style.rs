//! Style: measures of writing that need no rules of a language.

use unicode_segmentation::UnicodeSegmentation;

use crate::align::Article;
use crate::facts::Value;

/// Likeness of a few measures, 0..1: length of sentences and words, quotes, numbers, questions.
pub(super) fn likeness(left: &Article, right: &Article) -> f32 {
    let (left, right) = (measures(left), measures(right));
    let alike = |one: f32, other: f32| {
        let (small, large) = (one.min(other), one.max(other));
        if large > 0.0 { small / large } else { 1.0 }
    };
    let sum: f32 = left.iter().zip(right).map(|(&one, other)| alike(one, other)).sum();
    sum / left.len() as f32
}

fn measures(article: &Article) -> [f32; 5] {
    let text = &article.document.text;
    let sentences = article.sentences.len().max(1) as f32;
    let mut words = 0.0_f32;
    let mut letters = 0.0;
    for word in text.unicode_words() {
        words += 1.0;
        letters += word.chars().count() as f32;
    }
    let per_sentence = |wanted: &[char]| {
        // One is added so that a single mark more or less makes little difference.
        (text.matches(wanted).count() as f32 + 1.0) / (sentences + 1.0)
    };
    let numbers = article.facts.iter().flatten();
    let numbers = numbers.filter(|fact| matches!(fact.value, Value::Number(_))).count() as f32;
    [
        words / sentences,
        letters / words.max(1.0),
        per_sentence(&['"', '“', '”', '„', '«', '»']),
        (numbers + 1.0) / (sentences + 1.0),
        per_sentence(&['?', '!']),
    ]
}
