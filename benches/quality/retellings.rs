//! The stories of `benches/retellings`: other words, another order, another choice, and for some several happenings
//! weeks or years apart.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use parallax::align::Article;
use parallax::embed::Embedder;

use crate::{pools, vectors};

/// Hours within which articles on one happening appear.
const HOURS_OF_A_HAPPENING: i64 = 72;

/// One outlet's article.
pub(crate) struct Retelling {
    /// Name of the story it is part of.
    pub(crate) event: String,
    /// Its sentences; the first is the headline.
    pub(crate) article: Article,
    /// Keys of the statements that each sentence makes.
    keys: Vec<BTreeSet<String>>,
}

impl Retelling {
    /// Whether two articles tell of one happening: they appeared within days of each other, or the event has no days.
    pub(crate) fn at_once(&self, other: &Self) -> bool {
        let days = self.article.document.published.zip(other.article.document.published);
        let apart = days.map_or(0, |(one, other)| one.duration_until(other).as_hours().abs());
        self.event == other.event && apart <= HOURS_OF_A_HAPPENING
    }

    /// Whether a sentence says, in whole or in part, what one of another article says.
    #[allow(dead_code)]
    pub(crate) fn same(&self, sentence: usize, other: &Self, other_sentence: usize) -> bool {
        self.event == other.event && !self.keys[sentence].is_disjoint(&other.keys[other_sentence])
    }

    /// The statements that two articles both make.
    pub(crate) fn shared(&self, other: &Self) -> BTreeSet<&str> {
        if self.event != other.event {
            return BTreeSet::new();
        }
        let theirs: BTreeSet<&str> = other.keys.iter().flatten().map(String::as_str).collect();
        let ours = self.keys.iter().flatten().map(String::as_str);
        ours.filter(|key| theirs.contains(key)).collect()
    }

    /// The statements of some sentences.
    pub(crate) fn keys(&self, sentences: &[usize]) -> BTreeSet<&str> {
        sentences.iter().flat_map(|&index| &self.keys[index]).map(String::as_str).collect()
    }
}

/// The articles of a folder of this package, by event, then in the order of the file.
pub(crate) fn load(folder: &str, embedder: &Embedder) -> Vec<Retelling> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|path| {
            let event = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let text = fs::read_to_string(path).expect("the file is text");
            let articles = text.split("# ").filter(|part| !part.trim().is_empty());
            articles.map(|part| read(part, &event, embedder)).collect::<Vec<_>>()
        })
        .collect()
}

/// An article from its language and date and its lines of keys and sentences.
fn read(part: &str, event: &str, embedder: &Embedder) -> Retelling {
    let (head, lines) = part.split_once('\n').expect("a head, then lines");
    let (language, day) = head.split_once(' ').unwrap_or((head, ""));
    let rows: Vec<(&str, &str)> =
        lines.lines().map(|line| line.split_once('\t').expect("keys and a sentence")).collect();
    let texts: Vec<&str> = rows.iter().map(|row| row.1).collect();
    let mut article = pools::article(&texts, vectors::embed(embedder, &texts), language.trim());
    article.document.published = day.trim().parse().ok();
    let keys = |row: &(&str, &str)| -> BTreeSet<String> {
        row.0.split(',').filter(|key| *key != "-").map(str::to_owned).collect()
    };
    Retelling { event: event.to_owned(), article, keys: rows.iter().map(keys).collect() }
}
