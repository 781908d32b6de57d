//! `align`: versions of a text set beside each other, from inputs to [`Alignments`].

mod folders;
mod read;
mod windows;

use std::cell::RefCell;
use std::collections::BTreeSet;

use self::read::{Numbered, Versions};
use self::windows::Windows;
use super::{Observer, Stage, prepare};
use crate::align::background::Background;
use crate::align::comparable::{self, Linked};
use crate::align::parallel::{self, Bead, ParallelOptions, Side};
use crate::align::rarity::FactRarity;
use crate::align::tone::ToneAxis;
use crate::align::versions::{VersionLink, VersionPair};
use crate::align::{Article, Link, Mode};
use crate::embed::Embedder;
use crate::error::Result;
use crate::facts::FactCache;
use crate::ingest::{IngestOptions, Input, Note, Skipped};
use crate::lang::Language;
use crate::report::alignment::{self, Alignment, AlignmentOptions, Alignments, Version};
use crate::report::{Tool, build};

/// Score below which a link is a conflict: more likely wrong than right.
pub const CONFLICT: f32 = 0.5;
/// Least probability of a link of one sentence with one in comparable mode.
const LEAST_PROBABILITY: f32 = 0.5;

/// What shapes an alignment.
#[derive(Debug, Clone)]
pub struct AlignOptions {
    /// How inputs are read.
    pub ingest: IngestOptions,
    /// Where facts are kept.
    pub facts: FactCache,
    /// The language of each input, where they are given one by one; in force before that of `ingest`.
    pub languages: Vec<Language>,
    /// Whether each line of the inputs is a sentence. Otherwise they are documents: cleaned and cut.
    pub lines: bool,
    /// How sentences are linked.
    pub mode: Mode,
    /// Limits of parallel mode; `one_to_one` holds for both modes.
    pub limits: ParallelOptions,
    /// Least score of a link, 0..1.
    pub min_score: f32,
    /// Links below this score are conflicts, 0..1.
    pub conflicts_below: f32,
}

impl Default for AlignOptions {
    fn default() -> Self {
        Self {
            ingest: IngestOptions::default(),
            facts: FactCache::default(),
            languages: Vec::new(),
            lines: false,
            mode: Mode::Parallel,
            limits: ParallelOptions::default(),
            min_score: 0.0,
            conflicts_below: CONFLICT,
        }
    }
}

impl AlignOptions {
    /// How input `index` is read.
    fn ingest_of(&self, index: usize) -> IngestOptions {
        let language = self.languages.get(index).copied().or(self.ingest.language);
        IngestOptions { language, ..self.ingest.clone() }
    }

    fn effective(&self) -> AlignmentOptions {
        AlignmentOptions {
            mode: self.mode,
            lines: self.lines,
            one_to_one: self.limits.one_to_one,
            min_score: self.min_score,
            conflicts_below: self.conflicts_below,
        }
    }
}

/// Sets the inputs beside each other as versions of one text; of two folders, each file beside the one that
/// translates it.
///
/// `open` gives the embedder; it runs while the inputs are read. An input that cannot be read is no error:
/// it is in [`Alignments::skipped`]. Where fewer than two are left there is no text.
///
/// # Errors
/// Those of `open`, of the engine and of the observer.
pub fn align<O>(
    inputs: &[Input],
    options: &AlignOptions,
    open: O,
    observer: &mut dyn Observer,
) -> Result<Alignments>
where
    O: FnOnce() -> Result<Embedder> + Send,
{
    observer.progress(Stage::Reading, 0, inputs.len())?;
    if let Some(folders) = folders::of(inputs) {
        return folders::align(folders, options, open, observer);
    }
    let ingest: Vec<IngestOptions> = (0..inputs.len()).map(|i| options.ingest_of(i)).collect();
    let (read, embedder) = prepare::beside(open, || read::versions(inputs, &ingest, options))?;
    let Versions { mut articles, numbered, skipped, notes } = read;
    let mut texts = Vec::new();
    if articles.len() > 1 {
        prepare::embed(&mut articles, &embedder, observer)?;
        let linking = Linking::new(&articles, options, &embedder)?;
        texts.push(text(&articles, numbered, &linking, observer)?);
    }
    Ok(alignments(texts, options, &embedder, &skipped, &notes))
}

fn alignments(
    texts: Vec<Alignment>,
    options: &AlignOptions,
    embedder: &Embedder,
    skipped: &[Skipped],
    notes: &[Note],
) -> Alignments {
    Alignments {
        tool: Tool::new(embedder),
        options: options.effective(),
        texts,
        folders: false,
        unpaired: Vec::new(),
        skipped: skipped.iter().map(build::skipped_entry).collect(),
        notes: notes.iter().map(build::note).collect(),
    }
}

/// What links are made with.
struct Linking<'r> {
    options: &'r AlignOptions,
    embedder: &'r Embedder,
    /// In comparable mode, what links are measured against.
    reference: Option<(Background, FactRarity)>,
}

impl<'r> Linking<'r> {
    fn new(
        articles: &[Article],
        options: &'r AlignOptions,
        embedder: &'r Embedder,
    ) -> Result<Self> {
        let reference = match options.mode {
            Mode::Parallel => None,
            Mode::Comparable => {
                let tone = ToneAxis::new(embedder)?;
                let background = Background::new(embedder.space(), &tone);
                Some((background, FactRarity::new(articles)))
            }
        };
        Ok(Self { options, embedder, reference })
    }
}

/// One text in several versions: links of every two, joined.
fn text(
    articles: &[Article],
    numbered: Vec<Numbered>,
    linking: &Linking<'_>,
    observer: &mut dyn Observer,
) -> Result<Alignment> {
    let Linking { options, embedder, reference } = linking;
    let windows = Windows::new(embedder, articles.len() > 2);
    let mut pairs = Vec::new();
    for left in 0..articles.len() {
        for right in left + 1..articles.len() {
            let sides = [&articles[left], &articles[right]];
            let mut links = match reference {
                None => parallel_links(sides, options, &windows, observer)?,
                Some(reference) => {
                    observer.progress(Stage::Aligning, 0, 0)?;
                    comparable_links(sides, options, reference)
                }
            };
            links.retain(|link| link.score >= options.min_score);
            for link in &mut links {
                renumber(&mut link.left, &numbered[left]);
                renumber(&mut link.right, &numbered[right]);
            }
            pairs.push(VersionPair { left, right, links });
        }
    }
    let version = |(article, numbered): (&Article, Numbered)| Version {
        source: article.document.source.clone(),
        language: article.document.language,
        sentences: numbered.sentences,
        dropped: article.document.dropped.len(),
    };
    let versions = articles.iter().zip(numbered).map(version).collect();
    Ok(alignment::text(versions, pairs, options.conflicts_below))
}

/// From positions in the article to the numbers of the user.
fn renumber(sentences: &mut [usize], numbered: &Numbered) {
    for sentence in sentences {
        *sentence = numbered.numbers[*sentence];
    }
}

/// The links of two translations.
fn parallel_links(
    sides: [&Article; 2],
    options: &AlignOptions,
    windows: &Windows<'_>,
    observer: &mut dyn Observer,
) -> Result<Vec<VersionLink>> {
    let linked = beads(sides, options, windows, observer)?.into_iter().filter(Bead::is_link);
    let link = |bead: Bead| VersionLink {
        left: bead.left.collect(),
        right: bead.right.collect(),
        score: bead.confidence,
        cost: bead.cost,
        moved: bead.moved,
    };
    Ok(linked.map(link).collect())
}

/// How a text and its translation go together: every sentence of both is in one bead.
///
/// # Errors
/// Those of the engine and of the observer.
pub(super) fn parallel_beads(
    sides: [&Article; 2],
    options: &AlignOptions,
    embedder: &Embedder,
    observer: &mut dyn Observer,
) -> Result<Vec<Bead>> {
    beads(sides, options, &Windows::new(embedder, false), observer)
}

fn beads(
    sides: [&Article; 2],
    options: &AlignOptions,
    windows: &Windows<'_>,
    observer: &mut dyn Observer,
) -> Result<Vec<Bead>> {
    let [left, right] = sides.map(|article| -> Vec<&str> {
        (0..article.sentences.len()).map(|i| article.sentence_text(i)).collect()
    });
    // Both closures tell the observer, never at the same time.
    let observer = RefCell::new(observer);
    let tell = |stage, done, total| observer.borrow_mut().progress(stage, done, total);
    let found = parallel::align(
        &Side { texts: &left, vectors: sides[0].vectors.view() },
        &Side { texts: &right, vectors: sides[1].vectors.view() },
        &options.limits,
        &|texts| windows.embed(texts, &mut |done| tell(Stage::Embedding, done, texts.len())),
        &mut |done, total| tell(Stage::Aligning, done, total),
    )?;
    Ok(found.beads)
}

/// The links of two texts about the same.
fn comparable_links(
    [left, right]: [&Article; 2],
    options: &AlignOptions,
    (background, rarity): &(Background, FactRarity),
) -> Vec<VersionLink> {
    let linked = comparable::link(left, right, background, rarity);
    let links = if options.limits.one_to_one { one_to_one(&linked) } else { linked.links };
    let link = |link: Link| VersionLink {
        left: link.left,
        right: link.right,
        score: link.score,
        cost: 1.0 - link.score,
        moved: false,
    };
    links.into_iter().map(link).collect()
}

/// The likeliest pairs of sentences, each sentence in one at most.
fn one_to_one(linked: &Linked) -> Vec<Link> {
    let mut taken = [BTreeSet::new(), BTreeSet::new()];
    let mut links = Vec::new();
    for candidate in linked.candidates.iter().filter(|c| c.probability >= LEAST_PROBABILITY) {
        if !taken[0].contains(&candidate.left) && !taken[1].contains(&candidate.right) {
            taken[0].insert(candidate.left);
            taken[1].insert(candidate.right);
            links.push(Link {
                left: vec![candidate.left],
                right: vec![candidate.right],
                score: candidate.probability,
                mode: Mode::Comparable,
            });
        }
    }
    links
}
