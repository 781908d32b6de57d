//! A folder as a corpus: its articles, one a file, and the tables that lie in it. What stands in the front matter of
//! a file is known about it; the folder it lies in is its group, and its outlet where it names none.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{Corpus, CorpusOptions, Meta, table_reader};
use crate::error::{Error, InputProblem, Result};
use crate::ingest::{self, Ingested, Input, Skipped};
use crate::text::Document;

/// Reads all articles of a folder.
pub(super) fn read(folder: &Path, options: &CorpusOptions) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    let mut tables: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|error| Error::Io { path: folder.to_owned(), error })?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_file() && table_reader(path).is_some())
        .collect();
    tables.sort();
    for path in &tables {
        let Some(reader) = table_reader(path) else { continue };
        // One table of several that cannot be read does not stop the others.
        if let Err(error) = corpus.add_table(path, reader, options) {
            corpus.skipped.push(Skipped { source: path.display().to_string(), error });
        }
    }
    let Ingested { documents, skipped, notes } =
        ingest::read_all(&[Input::Path(folder.to_owned())], &options.ingest);
    corpus.notes.extend(notes);
    let by_name: HashMap<&str, &Document> =
        documents.iter().map(|document| (document.source.as_str(), document)).collect();
    let mut articles = Vec::new();
    for skipped in skipped {
        match copied(&skipped, &by_name) {
            Some(document) => articles.push(document),
            None if tables.is_empty() || !is_empty_folder(&skipped) => corpus.skipped.push(skipped),
            None => {}
        }
    }
    articles.extend(documents);
    articles.sort_by(|one, other| one.source.cmp(&other.source));
    for document in articles {
        corpus.articles.push((meta(folder, &document), document));
    }
    Ok(corpus)
}

/// An article that another outlet printed too is one of its own here.
fn copied(skipped: &Skipped, by_name: &HashMap<&str, &Document>) -> Option<Document> {
    let Error::Input { reason: InputProblem::Duplicate(first), .. } = &skipped.error else {
        return None;
    };
    let mut document = (*by_name.get(first.as_str())?).clone();
    document.source.clone_from(&skipped.source);
    Some(document)
}

fn is_empty_folder(skipped: &Skipped) -> bool {
    matches!(skipped.error, Error::Input { reason: InputProblem::EmptyDirectory, .. })
}

fn meta(folder: &Path, document: &Document) -> Meta {
    let path = Path::new(&document.source);
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let mut parts = inside.iter().map(|part| part.to_string_lossy().into_owned());
    let first = parts.next();
    // A file at the top lies in no folder.
    let group = parts.next().and(first);
    Meta {
        id: inside.to_string_lossy().into_owned(),
        outlet: document.outlet.clone().or_else(|| group.clone()),
        group,
        ..Meta::default()
    }
}
