//! The main path of each job: a table of contents of the pipeline.

pub mod align;
pub mod check;
pub mod compare;
pub mod prepare;
pub mod score;
pub mod study;

use crate::align::Article;
use crate::error::Result;
use crate::ingest::{Note, Skipped};

/// What a job is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading, cleaning and cutting the inputs.
    Reading,
    /// Computing sentence vectors; counted in sentences.
    Embedding,
    /// Linking sentences and grouping documents; counted in pairs of documents, each judged and then linked.
    Aligning,
    /// Running the checks; counted in checks, or in segments of a translation.
    Checking,
    /// Scoring pairs of documents; counted in lines of the input.
    Scoring,
    /// Comparing groups of a corpus.
    Studying,
}

impl Stage {
    /// The stage in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Embedding => "embedding",
            Self::Aligning => "aligning",
            Self::Checking => "checking",
            Self::Scoring => "scoring",
            Self::Studying => "studying",
        }
    }
}

/// Hears how far a job is, and may end it. The library prints nothing itself.
///
/// Called from any thread of the job, never by two at a time.
pub trait Observer: Send {
    /// `done` of `total` units of a stage are through; `total` is 0 where it is not known.
    ///
    /// Called between stages, and between the batches of those that take long.
    ///
    /// # Errors
    /// The job ends with whatever error this answers, such as [`crate::Error::Stopped`].
    fn progress(&mut self, stage: Stage, done: usize, total: usize) -> Result<()>;
}

/// An observer that does not listen.
#[derive(Debug, Default)]
pub struct Silent;

impl Observer for Silent {
    fn progress(&mut self, _stage: Stage, _done: usize, _total: usize) -> Result<()> {
        Ok(())
    }
}

/// Inputs made ready for alignment, and those that could not be.
#[derive(Debug)]
pub struct Prepared {
    /// Articles with sentences, facts and vectors.
    pub articles: Vec<Article>,
    /// Inputs that gave no article.
    pub skipped: Vec<Skipped>,
    /// Remarks on inputs that were read.
    pub notes: Vec<Note>,
}
