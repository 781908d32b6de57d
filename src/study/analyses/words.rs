//! Words: which words of a language are distinctive for a group.

use std::collections::BTreeMap;

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::{Analysis, passages};
use crate::lang::Language;
use crate::lang::stems::Stems;
use crate::study::material::{Material, Settings, observations};
use crate::study::results::{About, Findings, Passage, Test};
use crate::study::statistics::keyness::Counts;
use crate::study::statistics::within::compare;
use crate::study::table::{Column, Table, integer, real, text};

pub(super) const ANALYSIS: Analysis = Analysis {
    name: "words",
    question: "Which words of a language does a group use more than others?",
    formula: "Words are counted by stem within one language. δ = ln((y₁+a)/(n₁+a₀−y₁−a)) − ln((y₂+a)/(n₂+a₀−y₂−a)) with the \
              language's whole corpus as background, scaled to a₀ = 500 words, z = δ/√(1/(y₁+a)+1/(y₂+a)); beside it \
              chi-squared (Yates), G² (Williams) and pointwise mutual information. These take words for independent; p does \
              not: it compares the rate of the word in articles within events. Words of different languages are never \
              compared.",
    papers: &[
        "Monroe, B. L., Colaresi, M. P. & Quinn, K. M. (2008). Fightin' words: lexical feature selection and evaluation for \
         identifying the content of political conflict. Political Analysis 16(4), 372-403.",
        "Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics \
         19(1), 61-74.",
    ],
    run,
    passages: sentences,
};

/// Words of the background that the prior stands for.
const PRIOR_WORDS: f64 = 500.0;
/// Fewest occurrences of a word in a language.
const LEAST_COUNT: u32 = 10;
/// Most words of a language that are tested, the commonest first.
const MOST_WORDS: usize = 800;
/// Rates are per this many words.
const PER: f64 = 1000.0;

fn run(material: &Material, settings: &Settings) -> Findings {
    let sample = &material.sample;
    let supported = supported(material, settings);
    let lengths: Vec<f64> = material
        .words
        .iter()
        .map(|words| words.iter().map(|&(_, count)| f64::from(count)).sum())
        .collect();
    let mut found = Findings::default();
    let mut table = Table::new(
        "words",
        "A row is a word and a group: how distinctive the word is for the group within its language.",
        &COLUMNS,
    );
    for (language, words) in &supported {
        for group in sample.compared() {
            let totals = totals(material, *language, group);
            if totals.all[0] == 0.0 || totals.all[1] == 0.0 {
                found.notes.push(format!(
                    "words of {language} cannot be compared for {}: all articles in it are on one side",
                    sample.groups[group]
                ));
                continue;
            }
            let tests: Vec<Test> = words
                .par_iter()
                .map(|&word| test(material, (*language, word, group), &lengths, &totals, settings))
                .collect();
            for (&word, test) in words.iter().zip(&tests) {
                table.push(row(material, (*language, word, group), &totals, test));
            }
            found.tests.extend(tests);
        }
    }
    found.tables.push(table);
    found
}

/// The commonest words of each language that occur often enough and in enough events.
fn supported(material: &Material, settings: &Settings) -> BTreeMap<Language, Vec<u32>> {
    let mut counts = vec![0_u32; material.vocabulary.len()];
    let mut events: Vec<Vec<usize>> = vec![Vec::new(); material.vocabulary.len()];
    for (article, words) in material.sample.articles.iter().zip(&material.words) {
        for &(word, count) in words {
            counts[word as usize] += count;
            let seen = &mut events[word as usize];
            if !seen.contains(&article.event) && seen.len() < settings.least_events {
                seen.push(article.event);
            }
        }
    }
    let mut supported: BTreeMap<Language, Vec<u32>> = BTreeMap::new();
    for (number, word) in material.vocabulary.iter().enumerate() {
        if counts[number] >= LEAST_COUNT && events[number].len() >= settings.least_events {
            supported.entry(word.language).or_default().extend(u32::try_from(number));
        }
    }
    for words in supported.values_mut() {
        words.sort_by_key(|&word| std::cmp::Reverse(counts[word as usize]));
        words.truncate(MOST_WORDS);
    }
    supported
}

/// Counts in the group and in the rest of one language.
struct Totals {
    all: [f64; 2],
    words: BTreeMap<u32, [f64; 2]>,
}

impl Totals {
    fn counts(&self, word: u32) -> Counts {
        let [own, other] = self.words.get(&word).copied().unwrap_or_default();
        Counts { word: own, all: self.all[0], other_word: other, other_all: self.all[1] }
    }
}

fn totals(material: &Material, language: Language, group: usize) -> Totals {
    let mut totals = Totals { all: [0.0; 2], words: BTreeMap::new() };
    for (article, words) in material.sample.articles.iter().zip(&material.words) {
        let Some(own) = article.group.filter(|_| article.language == language) else { continue };
        let side = usize::from(own != group);
        for &(word, count) in words {
            // Copies of a text within a group and event count together as one.
            let count = f64::from(count) * article.weight;
            totals.all[side] += count;
            totals.words.entry(word).or_default()[side] += count;
        }
    }
    totals
}

fn test(
    material: &Material,
    (language, word, group): (Language, u32, usize),
    lengths: &[f64],
    totals: &Totals,
    settings: &Settings,
) -> Test {
    let sample = &material.sample;
    let value = |article: usize| {
        let own = sample.articles[article].language == language && lengths[article] > 0.0;
        own.then(|| {
            let words = &material.words[article];
            let count = words.binary_search_by_key(&word, |&(word, _)| word);
            let count = count.map_or(0.0, |place| f64::from(words[place].1));
            PER * count / lengths[article]
        })
    };
    let form = &material.vocabulary[word as usize].form;
    let subject = format!("{form} ({language})");
    let label = format!("words {subject} {}", sample.groups[group]);
    let compared = compare(&observations(sample, group, value), &settings.inference, &label);
    let counts = totals.counts(word);
    let (delta, _) = log_odds(&counts);
    let test = Test {
        effect_name: "log-odds",
        effect: Some(delta),
        ..Test::of_comparison("words", "occurrences per 1000 words", &compared)
    };
    let about = About { group, subject: Some(word as usize), part: None };
    test.between(&subject, &sample.groups[group], &sample.against(group)).about(about)
}

/// Articles searched for a word on each side; the rest of a large corpus would be found no better.
const SEARCHED: usize = 40;

/// Sentences with the word, of the articles that have it most.
fn sentences(material: &Material, test: &Test) -> Vec<Passage> {
    let Some(number) = test.about.subject else { return Vec::new() };
    let word = &material.vocabulary[number];
    let stems = Stems::of(word.language);
    let stem = stems.stem(&word.form);
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let count = |article: usize| {
        let words = &material.words[article];
        words.binary_search_by_key(&number, |&(word, _)| word).map_or(0, |place| words[place].1)
    };
    let group = test.about.group;
    let mut searched: Vec<usize> = Vec::new();
    for own in [true, false] {
        let articles = material.sample.articles.iter().enumerate();
        let side = articles.filter(|(_, a)| a.group.is_some_and(|g| (g == group) == own));
        let mut side: Vec<(u32, usize)> =
            side.map(|(index, _)| (count(index), index)).filter(|&(count, _)| count > 0).collect();
        side.sort_by_key(|&(count, index)| (std::cmp::Reverse(count), index));
        searched.extend(side.into_iter().take(SEARCHED).map(|(_, index)| index));
    }
    searched.sort_unstable();
    passages::of_articles(
        material,
        group,
        |article, _| {
            if searched.binary_search(&article).is_err() {
                return Vec::new();
            }
            let sentences = material.texts[article].iter().enumerate();
            let with_word = sentences.filter_map(|(sentence, text)| {
                let mut words = text.unicode_words();
                let found = words.find(|form| stems.stem(&form.to_lowercase()) == stem)?;
                Some((f64::from(count(article)), sentence, found.to_owned()))
            });
            with_word.collect()
        },
        Clone::clone,
    )
}

fn log_odds(counts: &Counts) -> (f64, f64) {
    let all = counts.all + counts.other_all;
    let prior = PRIOR_WORDS * (counts.word + counts.other_word) / all;
    counts.log_odds(prior.max(0.01), PRIOR_WORDS)
}

const COLUMNS: [Column; 15] = [
    text("language", "Code of the language"),
    text("word", "The commonest form of the word; forms are counted together by stem"),
    text("group", "The group"),
    text("against", "What it was compared with"),
    real("count_group", "Occurrences in the group; copies count once"),
    real("count_others", "Occurrences in the rest of the language"),
    real("per_1000_group", "Occurrences per 1000 words of the group"),
    real("per_1000_others", "Occurrences per 1000 words of the rest"),
    real(
        "log_odds",
        "δ, log-odds with an informative Dirichlet prior; above 0 where the group uses it more",
    ),
    real("z", "δ in its standard errors, words taken for independent"),
    real("chi_squared", "Signed chi-squared with Yates's correction"),
    real("g_squared", "Signed likelihood ratio G² with Williams's correction"),
    real("pmi", "Pointwise mutual information of word and group"),
    integer("events", "Events with articles of both sides"),
    real("p", "Permutation test within events"),
];

fn row(
    material: &Material,
    (language, word, group): (Language, u32, usize),
    totals: &Totals,
    test: &Test,
) -> Vec<crate::study::table::Cell> {
    let sample = &material.sample;
    let counts = totals.counts(word);
    let (delta, z) = log_odds(&counts);
    vec![
        language.to_string().into(),
        material.vocabulary[word as usize].form.as_str().into(),
        sample.groups[group].as_str().into(),
        sample.against(group).into(),
        counts.word.into(),
        counts.other_word.into(),
        (PER * counts.word / counts.all).into(),
        (PER * counts.other_word / counts.other_all).into(),
        delta.into(),
        z.into(),
        counts.chi_squared().into(),
        counts.likelihood_ratio().into(),
        counts.mutual_information().into(),
        test.events.into(),
        test.p.into(),
    ]
}
