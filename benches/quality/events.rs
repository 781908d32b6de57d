//! Events: the documents of `ntrex` cut in halves, each half in each language a document of its own, all mixed.
//! Documents of one origin are to be grouped; BCubed (Bagga & Baldwin 1998) tells how well they are.
//!
//! Some origins of that set report on the same happening. Grouping them counts as wrong in one row and as right in
//! another.

use parallax::align::events::{Grouping, Sketch};
use parallax::align::scores::subjects::Subjects;
use parallax::embed::Embedder;

use crate::pools::{LANGUAGES, LineSet};
use crate::random::Random;
use crate::{Row, vectors};

/// Documents added at once where they come in portions.
const PORTION: usize = 40;

/// Origins that report on the same happening, told by reading them: a match in Scotland, the tsunami of Palu, a
/// rally in Wheeling, the Saturday of a Ryder Cup. The first of each stands for all.
const SAME_HAPPENING: [&[usize]; 4] = [&[10, 25], &[14, 33], &[3, 13, 18], &[23, 37]];

/// Runs the section.
pub(crate) fn run(embedder: &Embedder) -> Vec<Row> {
    let subjects = Subjects::new(embedder).expect("the engine runs");
    let set = LineSet::load("ntrex", "", embedder);
    let mut articles = Vec::new();
    let mut origins = Vec::new();
    for (origin, lines) in set.documents.iter().enumerate() {
        let (first, second) = lines.split_at(lines.len().div_ceil(2));
        for half in [first, second].into_iter().filter(|half| !half.is_empty()) {
            articles.extend((0..LANGUAGES.len()).map(|language| set.article(language, half)));
            origins.extend([origin; LANGUAGES.len()]);
        }
    }
    vectors::embed_articles(embedder, &mut articles);
    let mut order: Vec<usize> = (0..articles.len()).collect();
    Random(0xE7E7).shuffle(&mut order);
    let truth: Vec<usize> = order.iter().map(|&document| origins[document]).collect();
    let mut rows = Vec::new();
    for (name, portion) in [("ntrex halves", articles.len()), ("ntrex halves in portions", PORTION)]
    {
        let mut grouping = Grouping::default();
        for documents in order.chunks(portion.max(1)) {
            let sketch = |&document: &usize| Sketch::new(&articles[document], &subjects);
            grouping.add(documents.iter().map(sketch).collect());
        }
        let mut found = vec![0; articles.len()];
        for (number, event) in grouping.groups().0.iter().enumerate() {
            event.documents.iter().for_each(|&document| found[document] = number);
        }
        rows.extend(figures(name, &truth, &found));
        let truth: Vec<usize> = truth.iter().map(|&origin| happening(origin)).collect();
        rows.extend(figures(&format!("{name}, by happening"), &truth, &found));
    }
    rows
}

/// The happening that an origin reports on.
fn happening(origin: usize) -> usize {
    SAME_HAPPENING.iter().find(|same| same.contains(&origin)).map_or(origin, |same| same[0])
}

/// The rows of one grouping.
fn figures(name: &str, truth: &[usize], found: &[usize]) -> Vec<Row> {
    let (precision, recall) = bcubed(truth, found);
    let f1 = 2.0 * precision * recall / (precision + recall);
    [("precision", precision), ("recall", recall), ("F1", f1)]
        .map(|(figure, value)| Row {
            section: "events",
            name: format!("{name}, BCubed {figure}"),
            value: 100.0 * value,
            unit: "%",
        })
        .into()
}

/// BCubed precision and recall of groups against the truth, both given as the group of each item.
fn bcubed(truth: &[usize], found: &[usize]) -> (f64, f64) {
    let (mut precision, mut recall) = (0.0, 0.0);
    for item in 0..truth.len() {
        let count = |same: &dyn Fn(usize) -> bool| (0..truth.len()).filter(|&o| same(o)).count();
        let true_group = count(&|other| truth[other] == truth[item]);
        let found_group = count(&|other| found[other] == found[item]);
        let both = count(&|other| truth[other] == truth[item] && found[other] == found[item]);
        precision += both as f64 / found_group as f64;
        recall += both as f64 / true_group as f64;
    }
    (precision / truth.len() as f64, recall / truth.len() as f64)
}
