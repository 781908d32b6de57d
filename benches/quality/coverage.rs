//! What one version lacks or has alone: sentences dropped from translations and added to them, against the findings of
//! `omission` and `addition`.

use parallax::align;
use parallax::align::pulse::unheard;
use parallax::differences::{self, CheckOptions};
use parallax::embed::Embedder;
use parallax::finding::Finding;

use crate::pools::{LANGUAGES, LineSet};
use crate::random::Random;
use crate::{Row, vectors};

const SECTION: &str = "coverage";
/// Documents of each set, spread over it, for each language.
const DOCUMENTS: usize = 48;
/// Lines of a document that is used.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=30;

#[derive(Default, Clone, Copy)]
struct Score {
    planted: usize,
    found: usize,
    right: usize,
    wrong: usize,
}

impl Score {
    fn rows(self, name: &str) -> [Row; 2] {
        let share = |one: usize, of: usize| 100.0 * one as f64 / of.max(1) as f64;
        let row = |figure: &str, value: f64| Row {
            section: SECTION,
            name: format!("{name} {figure}"),
            value,
            unit: "%",
        };
        [
            row("recall", share(self.found, self.planted)),
            row("precision", share(self.right, self.right + self.wrong)),
        ]
    }

    /// Counts planted sentences, each given by every place where it stands: document and sentence.
    fn count(&mut self, findings: &[Finding], planted: &[&[(usize, usize)]]) {
        let place = |finding: &Finding| finding.left.and_then(|p| Some((p.document, p.sentence?)));
        let found: Vec<Option<(usize, usize)>> = findings.iter().map(place).collect();
        let is_planted = |one: &&Option<(usize, usize)>| {
            one.is_some_and(|one| planted.iter().any(|places| places.contains(&one)))
        };
        let right = found.iter().filter(is_planted).count();
        self.planted += planted.len();
        self.found += planted
            .iter()
            .filter(|places| places.iter().any(|place| found.contains(&Some(*place))))
            .count();
        self.right += right;
        self.wrong += found.len() - right;
    }
}

/// Runs the section.
pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, prefix) in [("ntrex", ""), ("flores", "dev.")] {
        let set = LineSet::load(name, prefix, embedder);
        for (target, code) in LANGUAGES.iter().enumerate() {
            let (dropped, added) = of_language(&set, target, embedder);
            rows.extend(dropped.rows(&format!("{name} dropped {code}")));
            rows.extend(added.rows(&format!("{name} added {code}")));
        }
    }
    rows
}

/// Planted sentences in the versions of one language.
fn of_language(set: &LineSet, target: usize, embedder: &Embedder) -> (Score, Score) {
    let mut random = Random(0xA076_1D64_78BD_642F ^ (target as u64 + 1));
    let fitting: Vec<&Vec<usize>> =
        set.documents.iter().filter(|lines| LENGTH.contains(&lines.len())).collect();
    let step = (fitting.len() / DOCUMENTS).max(1);
    let (mut dropped, mut added) = (Score::default(), Score::default());
    for (index, &document) in fitting.iter().enumerate().step_by(step).take(DOCUMENTS) {
        let others: Vec<usize> = (0..LANGUAGES.len()).filter(|&other| other != target).collect();
        let [one, other] = [others[index % 3], others[(index + 1) % 3]];
        // The first line is the lead; a stranger comes from a document far away.
        let lost = 1 + random.next() as usize % (document.len() - 1);
        let stranger = fitting[(index + fitting.len() / 2) % fitting.len()];
        let stranger = stranger[random.next() as usize % stranger.len()];
        let mut lines = document.clone();
        lines.remove(lost);
        let at = 1 + random.next() as usize % lines.len();
        lines.insert(at, stranger);

        let mut articles = vec![
            set.article(one, document),
            set.article(other, document),
            set.article(target, &lines),
        ];
        vectors::embed_articles(embedder, &mut articles);
        let comparison = align::compare(articles, embedder, &mut unheard).expect("the engine runs");
        let omissions = findings(&comparison, "omission");
        show_missed(&comparison, &omissions, &[(0, lost), (1, lost)], 2);
        dropped.count(&omissions, &[&[(0, lost), (1, lost)]]);

        let mut articles = comparison.articles;
        articles.remove(1);
        let comparison = align::compare(articles, embedder, &mut unheard).expect("the engine runs");
        let additions = findings(&comparison, "addition");
        show_missed(&comparison, &additions, &[(0, lost)], 1);
        show_missed(&comparison, &additions, &[(1, at)], 0);
        added.count(&additions, &[&[(0, lost)], &[(1, at)]]);
    }
    (dropped, added)
}

/// Prints a planted sentence that no finding is about at any of its places, with the one of another document that comes closest, where asked
/// for.
fn show_missed(
    comparison: &align::Comparison,
    findings: &[Finding],
    places: &[(usize, usize)],
    other: usize,
) {
    let (document, sentence) = places[0];
    let about = |finding: &Finding| {
        let place = finding.left.and_then(|place| Some((place.document, place.sentence?)));
        place.is_some_and(|place| places.contains(&place))
    };
    if std::env::var_os("PARALLAX_SHOW").is_none() || findings.iter().any(about) {
        return;
    }
    let id = align::SentenceId { document, sentence };
    let claim = comparison.claims.iter().find(|claim| claim.sentences.contains(&id));
    let closest = comparison.closest(id, other);
    println!("  missed d{document} {}", comparison.articles[document].sentence_text(sentence));
    println!("    in a claim of {:?}", claim.map(|claim| &claim.documents));
    if let Some(closest) = closest {
        let text = comparison.articles[other].sentence_text(closest.sentence);
        println!("    closest {:.2} {:.2} {text}", closest.probability, closest.likeness);
    }
}

fn findings(comparison: &align::Comparison, check: &str) -> Vec<Finding> {
    let options = CheckOptions { only: vec![check.to_owned()], ..CheckOptions::default() };
    let findings = differences::run(comparison, &options, &mut unheard).expect("the check exists");
    if std::env::var_os("PARALLAX_SHOW").is_some() {
        for finding in &findings {
            println!(
                "  {check} {:?} {:.2} {}",
                finding.severity, finding.confidence, finding.message
            );
            for place in [finding.left, finding.right].into_iter().flatten() {
                let article = &comparison.articles[place.document];
                println!(
                    "    d{} {:?} {}",
                    place.document,
                    place.sentence,
                    place.span.of(&article.document.text)
                );
            }
        }
    }
    findings
}
