//! Two folders: which file of one translates which of the other, each such pair aligned.

use super::read::{self, Numbered, Versions};
use super::{AlignOptions, Linking, alignments, text};
use crate::align::Article;
use crate::align::centre::Centre;
use crate::align::documents::{Alone, Outline, Pairing, pair};
use crate::embed::Embedder;
use crate::error::Result;
use crate::ingest::Input;
use crate::jobs::{Observer, Silent, Stage, prepare};
use crate::report::alignment::{Alignments, ClosestFile, UnpairedFile};
use crate::report::build::rounded;

/// The two folders, if the inputs are just that.
pub(super) fn of(inputs: &[Input]) -> Option<[&Input; 2]> {
    let is_folder = |input: &Input| matches!(input, Input::Path(path) if path.is_dir());
    match inputs {
        [left, right] if is_folder(left) && is_folder(right) => Some([left, right]),
        _ => None,
    }
}

/// Pairs the files of two folders by what they say, and aligns each pair.
///
/// # Errors
/// Those of `open`, of the engine and of the observer.
pub(super) fn align<O>(
    folders: [&Input; 2],
    options: &AlignOptions,
    open: O,
    observer: &mut dyn Observer,
) -> Result<Alignments>
where
    O: FnOnce() -> Result<Embedder> + Send,
{
    let read = || [0, 1].map(|side| read::folder(folders[side], &options.ingest_of(side), options));
    let ([left, right], embedder) = prepare::beside(open, read)?;
    let split = left.articles.len();
    let Versions { mut articles, mut numbered, mut skipped, mut notes } = left;
    articles.extend(right.articles);
    numbered.extend(right.numbered);
    skipped.extend(right.skipped);
    notes.extend(right.notes);

    prepare::embed(&mut articles, &embedder, observer)?;
    observer.progress(Stage::Aligning, 0, 0)?;
    let pairing = pairing(&articles, split, &embedder)?;
    let unpaired = unpaired(&pairing, &articles, split);
    let linking = Linking::new(&articles, options, &embedder)?;

    let mut waiting: Vec<Option<(Article, Numbered)>> =
        articles.into_iter().zip(numbered).map(Some).collect();
    let mut texts = Vec::with_capacity(pairing.pairs.len());
    for (done, pair) in pairing.pairs.iter().enumerate() {
        observer.progress(Stage::Aligning, done, pairing.pairs.len())?;
        // Each document is in one pair at most, so that its vectors can go once it is aligned.
        let taken = [pair.left, split + pair.right].map(|document| waiting[document].take());
        let [Some((left, left_numbers)), Some((right, right_numbers))] = taken else { continue };
        let numbered = vec![left_numbers, right_numbers];
        let mut text = text(&[left, right], numbered, &linking, &mut Silent)?;
        text.pair_score = Some(rounded(pair.score));
        texts.push(text);
    }
    let found = alignments(texts, options, &embedder, &skipped, &notes);
    Ok(Alignments { folders: true, unpaired, ..found })
}

/// Pairs the documents before `split` with those from there on.
fn pairing(articles: &[Article], split: usize, embedder: &Embedder) -> Result<Pairing> {
    let centre = Centre::new(embedder)?;
    let outlines: Vec<Outline> =
        articles.iter().map(|article| Outline::new(article, &centre)).collect();
    let (left, right) = outlines.split_at(split);
    Ok(pair(left, right))
}

/// The files in no pair, those of the left folder first.
fn unpaired(pairing: &Pairing, articles: &[Article], split: usize) -> Vec<UnpairedFile> {
    let source = |document: usize| articles[document].document.source.clone();
    let file = |alone: &Alone, first: usize, first_of_others: usize| UnpairedFile {
        source: source(first + alone.document),
        closest: alone.closest.map(|(other, score)| ClosestFile {
            source: source(first_of_others + other),
            score: rounded(score),
        }),
    };
    let left = pairing.left_alone.iter().map(|alone| file(alone, 0, split));
    left.chain(pairing.right_alone.iter().map(|alone| file(alone, split, 0))).collect()
}
