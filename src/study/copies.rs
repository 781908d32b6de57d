//! Copies: articles that are the same text, word for word or nearly, such as agency reports that several outlets
//! print. They count as so many articles but as one version of what happened.
//!
//! A text is the set of its runs of five words (Broder 1997, "On the resemblance and containment of documents"). Of
//! these the smallest hashes are kept; texts that share some of them are compared, and are copies where seven in ten
//! runs are common to both. A text that was cut down further is a version of its own: somebody chose what to leave out.

use std::collections::{BTreeMap, HashMap};

use unicode_segmentation::UnicodeSegmentation;

/// Words of a run.
const RUN: usize = 5;
/// Hashes kept of a text.
const KEPT: usize = 192;
/// Hashes by which texts find each other.
const KEYS: usize = 24;
/// Least share of runs that are common to both.
const LEAST_RESEMBLANCE: f64 = 0.7;
/// Most texts that a hash leads to; one that leads to more is a formula, no copy.
const MOST_PER_KEY: usize = 64;

/// A text by its runs of words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runs {
    /// The smallest hashes, ascending.
    smallest: Vec<u64>,
    /// How many different runs there are.
    count: usize,
    /// Hash of all words in their order.
    whole: u64,
}

impl Runs {
    /// The runs of a text.
    pub fn new(text: &str) -> Self {
        let words: Vec<u64> =
            text.unicode_words().map(|word| hash(word.to_lowercase().as_bytes(), 0)).collect();
        let mut hashes: Vec<u64> = words.windows(RUN.min(words.len()).max(1)).map(mixed).collect();
        let whole = mixed(&words);
        hashes.sort_unstable();
        hashes.dedup();
        let count = hashes.len();
        hashes.truncate(KEPT);
        Self { smallest: hashes, count, whole }
    }

    /// Whether two texts are copies of each other.
    fn is_copy_of(&self, other: &Self) -> bool {
        self.whole == other.whole || self.resemblance(other) >= LEAST_RESEMBLANCE
    }

    /// Share of runs common to both, from the smallest hashes of both together.
    fn resemblance(&self, other: &Self) -> f64 {
        let (mut one, mut two) =
            (self.smallest.iter().peekable(), other.smallest.iter().peekable());
        let (mut common, mut seen) = (0, 0);
        while seen < KEPT {
            match (one.peek(), two.peek()) {
                (Some(a), Some(b)) if a == b => {
                    common += 1;
                    one.next();
                    two.next();
                }
                (Some(a), Some(b)) if a < b => {
                    one.next();
                }
                (Some(_), Some(_)) => {
                    two.next();
                }
                // What is left of one list is only known where the other was kept whole.
                (Some(_), None) if other.count <= KEPT => {
                    one.next();
                }
                (None, Some(_)) if self.count <= KEPT => {
                    two.next();
                }
                _ => break,
            }
            seen += 1;
        }
        f64::from(common) / f64::from(u32::try_from(seen.max(1)).unwrap_or(u32::MAX))
    }
}

fn mixed(words: &[u64]) -> u64 {
    words.iter().fold(words.len() as u64, |sum, word| hash(&word.to_le_bytes(), sum))
}

/// A hash that is the same on every machine (FNV-1a with a final mix).
fn hash(bytes: &[u8], start: u64) -> u64 {
    let folded = bytes.iter().fold(0xcbf2_9ce4_8422_2325 ^ start, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (folded ^ (folded >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

/// The version that each text is of: the number of the first text that it copies, or its own.
pub fn versions(texts: &[Runs]) -> Vec<usize> {
    let mut version: Vec<usize> = (0..texts.len()).collect();
    let mut exact: HashMap<u64, usize> = HashMap::new();
    let mut by_key: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, text) in texts.iter().enumerate() {
        if text.count == 0 {
            continue;
        }
        if let Some(&first) = exact.get(&text.whole) {
            version[index] = root(&version, first);
            continue;
        }
        exact.insert(text.whole, index);
        let mut candidates: BTreeMap<usize, usize> = BTreeMap::new();
        for key in text.smallest.iter().take(KEYS) {
            let known = by_key.entry(*key).or_default();
            known.iter().for_each(|&other| *candidates.entry(other).or_default() += 1);
            if known.len() < MOST_PER_KEY {
                known.push(index);
            }
        }
        for other in candidates.into_keys() {
            if texts[other].is_copy_of(text) {
                let (one, two) = (root(&version, other), root(&version, index));
                version[one.max(two)] = one.min(two);
            }
        }
    }
    (0..texts.len()).map(|index| root(&version, index)).collect()
}

fn root(version: &[usize], mut index: usize) -> usize {
    while version[index] != index {
        index = version[index];
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(first: usize, count: usize) -> String {
        (first..first + count).map(|n| format!("žodis{n} ")).collect()
    }

    #[test]
    fn reprints_are_one_version_and_what_was_cut_or_retold_is_not() {
        let agency = words(0, 300);
        let cut = words(0, 120);
        let framed = format!("{} {agency} {}", words(900, 20), words(950, 10));
        let retold = format!("{} {}", words(0, 40), words(2000, 200));
        let texts: Vec<Runs> = [&agency, &words(5000, 200), &framed, &cut, &retold, &agency]
            .map(|t| Runs::new(t))
            .into();
        assert_eq!(versions(&texts), [0, 1, 0, 3, 4, 0]);
    }

    #[test]
    fn five_hundred_times_the_same_is_one_version() {
        let texts = vec![Runs::new(&words(0, 50)); 500];
        assert!(versions(&texts).iter().all(|&version| version == 0));
    }

    #[test]
    fn empty_and_short_texts_are_their_own() {
        let texts: Vec<Runs> = ["", "", "Taip.", "Ne.", "Taip."].map(Runs::new).into();
        assert_eq!(versions(&texts), [0, 1, 2, 3, 2]);
    }
}
