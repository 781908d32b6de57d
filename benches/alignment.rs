//! How long the aligners take for texts of 1000 to 30 000 sentences, and how much memory, with vectors given.
//!
//! `cargo bench --bench alignment`. Prints seconds, microseconds a sentence and the most memory the process held;
//! nothing passes or fails here. The texts are made of random vectors: a translation with noise, sentences joined, cut and
//! left out, so that nothing has to be encoded.

// A bench talks to whoever runs it, and stops where something it needs is broken.
#![allow(clippy::expect_used, clippy::print_stdout)]

#[path = "measure/memory.rs"]
mod memory;
#[path = "quality/random.rs"]
#[allow(dead_code)]
mod random;

use std::time::Instant;

use memory::peak_memory;
use ndarray::Array2;
use parallax::align::background::Background;
use parallax::align::parallel::{ParallelOptions, Side, align};
use parallax::align::rarity::FactRarity;
use parallax::align::{Article, comparable};
use parallax::lang::Language;
use parallax::text::{Document, Sentence, Span};
use random::Random;

/// Sentences on the left.
const SIZES: [usize; 4] = [1000, 3000, 10_000, 30_000];
/// Sentences on the left in comparable mode, in which every two sentences are looked at.
const COMPARABLE_SIZES: [usize; 3] = [1000, 3000, 10_000];
/// Length of a vector.
const DIM: usize = 384;
/// Part that the vectors of all sentences have in common, as those of real sentences have.
const COMMON: f32 = 1.6;
/// Noise of a translation.
const NOISE: f32 = 0.45;

/// The vector of a text: its words are numbers of meanings, a letter before them tells the language.
fn vector(text: &str) -> Vec<f32> {
    let mut sum = vec![COMMON / (DIM as f32).sqrt(); DIM];
    for word in text.split_whitespace().filter(|word| word.len() > 1) {
        let meaning: u64 = word[1..].parse().expect("a number");
        let scale = (3.0 / DIM as f32).sqrt();
        let mut random =
            Random(0x9E37_79B9_7F4A_7C15 ^ (meaning + 1).wrapping_mul(0xD134_2543_DE82_EF95));
        let mut noise = Random(random.0 ^ u64::from(word.as_bytes()[0]) << 50);
        for value in &mut sum {
            let (own, other) = (random.share() as f32, noise.share() as f32);
            *value += scale * (2.0 * own - 1.0 + NOISE * (2.0 * other - 1.0));
        }
    }
    let norm = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
    sum.iter().map(|value| value / norm).collect()
}

fn vectors(texts: &[&str]) -> Array2<f32> {
    let mut vectors = Array2::zeros((texts.len(), DIM));
    for (mut row, text) in vectors.rows_mut().into_iter().zip(texts) {
        row.iter_mut().zip(vector(text)).for_each(|(place, value)| *place = value);
    }
    vectors
}

/// Sentences of a text: three meanings each; some are joined, cut or left out.
fn text(language: char, sentences: usize, random: &mut Random) -> Vec<String> {
    let word = |meaning: usize| format!("{language}{meaning}");
    let mut text: Vec<String> = Vec::new();
    for sentence in 0..sentences {
        let words: Vec<String> = (0..3).map(|part| word(3 * sentence + part)).collect();
        match random.share() {
            chance if chance < 0.05 => {}
            chance if chance < 0.13 => text.extend([words[..2].join(" "), words[2].clone()]),
            chance if chance < 0.2 && !text.is_empty() => {
                let last = text.len() - 1;
                text[last] = format!("{} {}", text[last], words.join(" "));
            }
            _ => text.push(words.join(" ")),
        }
    }
    text
}

/// An article of such sentences.
fn article(code: &str, sentences: &[String]) -> Article {
    let language = Language::from_code(code).expect("a known code");
    let text = sentences.join("\n");
    let mut start = 0;
    let mut spans = Vec::new();
    for sentence in sentences {
        spans.push(Span::new(start, start + sentence.len()));
        start += sentence.len() + 1;
    }
    let document = Document::plain(text, language, spans.iter().copied());
    let sentence = |(paragraph, span)| Sentence { span, paragraph, language };
    let cut = spans.into_iter().enumerate().map(sentence).collect();
    let texts: Vec<&str> = sentences.iter().map(String::as_str).collect();
    Article { vectors: vectors(&texts), ..Article::new(document, cut) }
}

/// Comparable mode: both sides tell the same sentences in another order.
fn comparable_mode(size: usize, random: &mut Random) {
    let (left, mut right) = (text('l', size, random), text('r', size, random));
    random.shuffle(&mut right);
    let (left, right) = (article("de", &left), article("en", &right));
    let background = Background::of(Default::default(), DIM);
    let rarity = FactRarity::new(&[]);
    let given = peak_memory().unwrap_or(f64::NAN);
    let start = Instant::now();
    let linked = comparable::link(&left, &right, &background, &rarity);
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "comparable, {:>6} x {:>6} sentences: {seconds:>7.2} s, {} links, {:.0} MiB of {:.0} MiB",
        left.sentences.len(),
        right.sentences.len(),
        linked.links.len(),
        peak_memory().unwrap_or(f64::NAN) - given,
        peak_memory().unwrap_or(f64::NAN),
    );
}

fn main() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for size in COMPARABLE_SIZES {
        comparable_mode(size, &mut random);
    }
    for size in SIZES {
        let (left, right) = (text('l', size, &mut random), text('r', size, &mut random));
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        let right: Vec<&str> = right.iter().map(String::as_str).collect();
        let (left_vectors, right_vectors) = (vectors(&left), vectors(&right));
        let encode = |texts: &[&str]| Ok(vectors(texts));
        let given = peak_memory().unwrap_or(f64::NAN);
        let start = Instant::now();
        let alignment = align(
            &Side { texts: &left, vectors: left_vectors.view() },
            &Side { texts: &right, vectors: right_vectors.view() },
            &ParallelOptions::default(),
            &encode,
            &mut |_, _| Ok(()),
        );
        let seconds = start.elapsed().as_secs_f64();
        let links =
            alignment.expect("nothing can fail").beads.iter().filter(|bead| bead.is_link()).count();
        println!(
            "{:>6} x {:>6} sentences: {seconds:>7.2} s, {:>6.0} µs a sentence, {links} links, {:.0} MiB of {:.0} MiB",
            left.len(),
            right.len(),
            1e6 * seconds / left.len() as f64,
            peak_memory().unwrap_or(f64::NAN) - given,
            peak_memory().unwrap_or(f64::NAN),
        );
    }
}
