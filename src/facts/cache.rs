//! Facts of documents seen before, kept in a folder.
//!
//! Names depend on the whole document, and dates on the day it was published, so an entry is a document's. It is kept in
//! pieces, since the slots of a table have one length.

use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{Fact, encoding, extract};
use crate::cache::{self, Content, Hash, Store};
use crate::text::{Document, Sentence};

/// Bytes of a piece.
const PIECE_BYTES: usize = 1024;
/// Bytes in front of the first piece that tell how many all pieces hold.
const LENGTH_BYTES: usize = 4;
/// Longest entry that is kept, in bytes; that of a news article has three thousand.
const LONGEST: usize = 4 << 20;
/// Most bytes of the table: some 20 000 news articles.
const MOST_BYTES: u64 = cache::MOST_BYTES / 8;
/// Differs between programs that may find other facts: made from the sources when they are compiled.
const SOURCES: &str = env!("PARALLAX_SOURCES");

/// Finds facts, or knows them from an earlier run. Clones share their store.
///
/// ```
/// use parallax::facts::FactCache;
///
/// // Without a folder all facts are found anew.
/// let cache = FactCache::default();
/// # let document = parallax::ingest::read_text("a", "Der Bau kostete 3,5 Mio. Euro.", &Default::default(), &Default::default())?;
/// let sentences = parallax::segment::sentences(&document);
/// assert_eq!(cache.facts(&document, &sentences), parallax::facts::extract(&document, &sentences));
/// # Ok::<(), parallax::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct FactCache {
    store: Option<Arc<Store>>,
}

impl std::fmt::Debug for FactCache {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("FactCache").field("kept", &self.store.is_some()).finish()
    }
}

impl FactCache {
    /// The facts that are kept in a folder. One that cannot be used keeps none, as
    /// [`Embedder::cache_problem`](crate::embed::Embedder::cache_problem) tells of the same folder.
    pub fn open(folder: &Path) -> Self {
        let store = Store::open(folder, Content::Facts, SOURCES, PIECE_BYTES, MOST_BYTES);
        Self { store: store.ok().map(Arc::new) }
    }

    /// The facts of every sentence of a document, as [`extract`] finds them.
    pub fn facts(&self, document: &Document, sentences: &[Sentence]) -> Vec<Vec<Fact>> {
        let Some(store) = &self.store else { return extract(document, sentences) };
        let key = key(document, sentences);
        let fits = |facts: &Vec<Vec<Fact>>| {
            facts.len() == sentences.len()
                && facts.iter().zip(sentences).all(|(facts, sentence)| {
                    facts.iter().all(|fact| sentence.span.contains(fact.span))
                })
        };
        let kept = get(store, &key).and_then(|bytes| encoding::read(&bytes)).filter(fits);
        kept.unwrap_or_else(|| {
            let facts = extract(document, sentences);
            put(store, &key, &encoding::write(&facts));
            facts
        })
    }
}

/// The hash of all that the facts of a document depend on.
fn key(document: &Document, sentences: &[Sentence]) -> Hash {
    let mut hash = Sha256::new();
    hash.update(format!("{:?}\n", document.published));
    for sentence in sentences {
        let (start, text) = (sentence.span.start, sentence.text(document));
        hash.update(format!("{} {start} {}\n{text}", sentence.language, text.len()));
    }
    hash.finalize().into()
}

/// The hash of one of the pieces of a document.
fn key_of_piece(key: &Hash, piece: usize) -> Hash {
    Sha256::new().chain_update(key).chain_update(piece.to_le_bytes()).finalize().into()
}

/// What is kept under a hash, if all its pieces are.
fn get(store: &Store, key: &Hash) -> Option<Vec<u8>> {
    let mut bytes = store.get(&key_of_piece(key, 0))?;
    let length = u32::from_le_bytes(*bytes.first_chunk::<LENGTH_BYTES>()?) as usize + LENGTH_BYTES;
    for piece in 1..length.div_ceil(PIECE_BYTES) {
        bytes.extend(store.get(&key_of_piece(key, piece))?);
    }
    bytes.truncate(length);
    bytes.drain(..LENGTH_BYTES);
    Some(bytes)
}

/// Keeps bytes under a hash, until a piece cannot be written.
fn put(store: &Store, key: &Hash, bytes: &[u8]) {
    let Some(length) = u32::try_from(bytes.len()).ok().filter(|_| bytes.len() <= LONGEST) else {
        return;
    };
    let whole = [&length.to_le_bytes(), bytes].concat();
    for (number, piece) in whole.chunks(PIECE_BYTES).enumerate() {
        let mut entry = piece.to_vec();
        entry.resize(PIECE_BYTES, 0);
        if store.put(&key_of_piece(key, number), &entry).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Given, IngestOptions, read_text};
    use crate::segment;

    /// A document of as many sentences, each with a number and a name.
    fn read(sentences: usize, first: usize) -> (Document, Vec<Sentence>) {
        let text: String = (first..first + sentences)
            .map(|number| format!("Am Dienstag sagte Anna Berg, es seien {number} Boote. "))
            .collect();
        let options = IngestOptions { clean: false, ..IngestOptions::default() };
        let document = read_text("boats", &text, &Given::default(), &options).unwrap();
        let sentences = segment::sentences(&document);
        (document, sentences)
    }

    /// The entries of the folder's table.
    fn entries(folder: &Path) -> u64 {
        cache::inspect(folder).unwrap().iter().map(|table| table.entries).sum()
    }

    #[test]
    fn facts_are_the_same_the_second_time_and_nothing_new_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        for (sentences, pieces) in [(1, 1), (100, 10)] {
            let before = entries(folder.path());
            let (document, sentences) = read(sentences, 17);
            let found = extract(&document, &sentences);
            assert_eq!(FactCache::open(folder.path()).facts(&document, &sentences), found);
            let kept = entries(folder.path());
            assert!(kept >= before + pieces, "{before} and then {kept}");
            assert_eq!(FactCache::open(folder.path()).facts(&document, &sentences), found);
            assert_eq!(entries(folder.path()), kept);
        }
    }

    #[test]
    fn what_is_kept_is_used_and_what_it_depends_on_tells_entries_apart() {
        let folder = tempfile::tempdir().unwrap();
        let cache = FactCache::open(folder.path());
        let (document, sentences) = read(3, 17);
        let planted = extract(&read(3, 18).0, &read(3, 18).1);
        put(cache.store.as_ref().unwrap(), &key(&document, &sentences), &encoding::write(&planted));
        assert_eq!(cache.facts(&document, &sentences), planted);
        let mut dated = document.clone();
        dated.published = jiff::civil::Date::new(2024, 3, 5).ok();
        assert_eq!(cache.facts(&dated, &sentences), extract(&dated, &sentences));
        let mut foreign = sentences.clone();
        foreign[0].language = crate::lang::Language::from_code("en").unwrap();
        assert_eq!(cache.facts(&document, &foreign), extract(&document, &foreign));
    }

    #[test]
    fn a_lost_piece_or_a_wrong_one_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let cache = FactCache::open(folder.path());
        let (document, sentences) = read(100, 17);
        let found = cache.facts(&document, &sentences);
        let store = cache.store.as_ref().unwrap();
        let key = key(&document, &sentences);
        for piece in [0, 1] {
            store.put(&key_of_piece(&key, piece), &[0xee; PIECE_BYTES]).unwrap();
            assert_eq!(cache.facts(&document, &sentences), found);
        }
        // Facts of fewer sentences, and such that stand elsewhere.
        for wrong in [&found[1..], &[&found[50..], &found[..50]].concat()] {
            put(store, &key, &encoding::write(&wrong.to_vec()));
            assert_eq!(cache.facts(&document, &sentences), found);
        }
    }
}
