//! Translations with human ratings, and how scores agree with them.

use parallax::lang::Language;
use parallax::translation::score::Pair;

use crate::data;

/// The pairs of languages with ratings.
pub(crate) const PAIRS: [&str; 2] = ["ru-en", "en-de"];

/// Rated translations of one pair of languages.
pub(crate) struct Rated {
    languages: (Language, Language),
    sources: Vec<String>,
    targets: Vec<String>,
    /// The ratings: mean of the raters' z-scores, or the share of raters who found a critical error.
    pub(crate) ratings: Vec<f64>,
}

impl Rated {
    /// Direct assessments: source, translation, mean of z-scores.
    pub(crate) fn assessed(pair: &str, part: &str) -> Self {
        let lines = read(&format!("mt/da-{pair}-{part}.tsv"));
        let fields = lines.iter().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
        let rows = fields.map(|of| (of[0].to_owned(), of[1].to_owned(), number(of[2])));
        Self::of(pair, rows)
    }

    /// Critical errors: id, source, translation, three votes, verdict.
    pub(crate) fn critical(part: &str) -> Self {
        let lines = read(&format!("mt/critical-en-de-{part}.tsv"));
        let fields = lines.iter().map(|line| line.split('\t').collect::<Vec<_>>());
        let rows = fields.map(|of| {
            let votes = of[3].matches('1').count() as f64 / 3.0;
            (of[1].to_owned(), of[2].to_owned(), votes)
        });
        Self::of("en-de", rows)
    }

    fn of(pair: &str, rows: impl Iterator<Item = (String, String, f64)>) -> Self {
        let (from, into) = pair.split_once('-').expect("two languages");
        let language = |code| Language::from_code(code).expect("a language code");
        let mut set = Self {
            languages: (language(from), language(into)),
            sources: Vec::new(),
            targets: Vec::new(),
            ratings: Vec::new(),
        };
        for (source, target, rating) in rows {
            set.sources.push(source);
            set.targets.push(target);
            set.ratings.push(rating);
        }
        set
    }

    /// The languages of source and target.
    #[allow(dead_code)]
    pub(crate) fn languages(&self) -> (Language, Language) {
        self.languages
    }

    /// Sources with their translations.
    #[allow(dead_code)]
    pub(crate) fn texts(&self) -> Vec<(String, String)> {
        self.sources.iter().cloned().zip(self.targets.iter().cloned()).collect()
    }

    /// The texts.
    #[allow(dead_code)]
    pub(crate) fn pairs(&self) -> Vec<Pair<'_>> {
        let texts = self.sources.iter().zip(&self.targets);
        texts
            .map(|(source, target)| Pair {
                source,
                target,
                source_language: self.languages.0,
                target_language: self.languages.1,
            })
            .collect()
    }
}

fn read(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(data().join(name)).expect("the set can be read");
    text.split('\n').filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

/// The correlation of two lists.
pub(crate) fn pearson(one: &[f64], other: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (left, right) = (mean(one), mean(other));
    let product = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
        one.iter().zip(other).map(|(&a, &b)| f(a - left, b - right)).sum()
    };
    product(&|a, b| a * b) / (product(&|a, _| a * a) * product(&|_, b| b * b)).sqrt()
}

/// The probability that a case scores higher than a case that is none; ties count half.
pub(crate) fn area_under_curve(scores: &[f64], cases: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&one, &other| scores[one].total_cmp(&scores[other]));
    let (mut below, mut won, mut at) = (0.0, 0.0, 0);
    while at < order.len() {
        let tied = order[at..].iter().take_while(|&&i| scores[i] == scores[order[at]]).count();
        let hits = order[at..at + tied].iter().filter(|&&i| cases[i]).count() as f64;
        let misses = tied as f64 - hits;
        won += hits * (below + misses / 2.0);
        below += misses;
        at += tied;
    }
    won / (below * (scores.len() as f64 - below))
}
