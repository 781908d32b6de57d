//! Lines that several pages of one run share.

use std::collections::{HashMap, HashSet};

use super::super::page::Page;

/// Longest line looked at, in bytes: furniture is short, and body text that two outlets share is no
/// furniture.
const LONGEST: usize = 200;

/// Short lines that stand on more than one page.
#[derive(Debug, Default)]
pub(crate) struct RepeatedLines(HashSet<String>);

impl RepeatedLines {
    /// Finds the lines that at least two of the pages have. Pages with a long text in common are prints of one article,
    /// whose lines belong to it: they count as one page.
    pub(crate) fn among<'p>(pages: impl Iterator<Item = &'p Page>) -> Self {
        let mut lines_of: Vec<HashSet<&str>> = Vec::new();
        let mut prints: HashMap<&str, usize> = HashMap::new();
        for page in pages {
            let texts = || page.blocks.iter().map(|block| block.text.as_str());
            let long = || texts().filter(|text| text.len() > LONGEST);
            let print = long().find_map(|text| prints.get(text).copied());
            let print = print.unwrap_or(lines_of.len());
            if print == lines_of.len() {
                lines_of.push(HashSet::new());
            }
            for text in long() {
                prints.entry(text).or_insert(print);
            }
            lines_of[print].extend(texts().filter(|text| text.len() <= LONGEST));
        }
        let mut counts: HashMap<String, usize> = HashMap::new();
        for lines in lines_of {
            for line in lines {
                *counts.entry(line.to_owned()).or_default() += 1;
            }
        }
        Self(counts.into_iter().filter(|&(_, count)| count > 1).map(|(line, _)| line).collect())
    }

    /// Whether other pages of the run have this line too.
    pub(super) fn contains(&self, line: &str) -> bool {
        self.0.contains(line)
    }
}
