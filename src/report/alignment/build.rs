//! From the links of every two versions to an [`Alignment`].

use super::{Alignment, Row, RowLink, Unlinked, Version};
use crate::align::versions::{self, VersionPair, VersionRow};
use crate::report::build::rounded;

/// Most sentences missing between two rows of one moved block.
const GAP: usize = 2;

/// Puts the versions of one text beside each other. Rows that score below `conflicts_below` are conflicts.
pub fn text(versions: Vec<Version>, pairs: Vec<VersionPair>, conflicts_below: f32) -> Alignment {
    let counts: Vec<usize> = versions.iter().map(|version| version.sentences.len()).collect();
    let rows: Vec<Row> = versions::join(&counts, &pairs)
        .into_iter()
        .map(|row| {
            let link = link(&row, &versions, &pairs, conflicts_below);
            Row { cells: row.cells, link }
        })
        .collect();
    let moved = moved_blocks(&rows);
    let unlinked = unlinked(&versions, &rows);
    Alignment { versions, pair_score: None, rows, pairs, moved, unlinked }
}

fn link(
    row: &VersionRow,
    versions: &[Version],
    pairs: &[VersionPair],
    conflicts_below: f32,
) -> RowLink {
    if !row.is_linked() {
        let blank = |(version, cell): (&Version, &Vec<usize>)| {
            cell.iter().all(|&number| version.sentences[number].trim().is_empty())
        };
        let blank = versions.iter().zip(&row.cells).all(blank);
        return if blank { RowLink::Blank } else { RowLink::None };
    }
    let links: Vec<_> = row.links.iter().map(|&(pair, link)| &pairs[pair].links[link]).collect();
    let cost = links.iter().map(|link| link.cost).sum::<f32>() / links.len().max(1) as f32;
    let score = row.score(pairs);
    RowLink::Linked {
        score: rounded(score),
        cost,
        conflict: score < conflicts_below,
        moved: links.iter().any(|link| link.moved),
    }
}

/// Runs of moved rows that go on from each other in every version they share.
fn moved_blocks(rows: &[Row]) -> Vec<Vec<usize>> {
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.is_moved()) {
        let goes_on =
            |block: &Vec<usize>| block.last().is_some_and(|&last| follows(&rows[last], row));
        match blocks.last_mut() {
            Some(block) if goes_on(block) => block.push(index),
            _ => blocks.push(vec![index]),
        }
    }
    blocks
}

/// Whether a row goes on where another ends, in every version that both have.
fn follows(before: &Row, row: &Row) -> bool {
    before.cells.iter().zip(&row.cells).all(|(before, cell)| match (before.last(), cell.first()) {
        (Some(&last), Some(&first)) => first > last && first - last <= GAP + 1,
        _ => true,
    })
}

/// The unlinked sentences of each version, neighbours together; blank lines do not part them.
fn unlinked(versions: &[Version], rows: &[Row]) -> Vec<Unlinked> {
    let mut runs = Vec::new();
    for (number, version) in versions.iter().enumerate() {
        let mut linked = vec![false; version.sentences.len()];
        for row in rows.iter().filter(|row| row.is_linked()) {
            for &sentence in &row.cells[number] {
                linked[sentence] = true;
            }
        }
        let mut run = Vec::new();
        for (sentence, text) in version.sentences.iter().enumerate() {
            if !linked[sentence] && !text.trim().is_empty() {
                run.push(sentence);
            } else if linked[sentence] && !run.is_empty() {
                runs.push(Unlinked { version: number, sentences: std::mem::take(&mut run) });
            }
        }
        if !run.is_empty() {
            runs.push(Unlinked { version: number, sentences: run });
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::versions::VersionLink;
    use crate::lang::Language;

    /// A version whose sentences are given as they are.
    fn version(code: &str, sentences: &[&str]) -> Version {
        Version {
            source: format!("{code}.txt"),
            language: Language::from_code(code).unwrap(),
            sentences: sentences.iter().map(|&text| text.to_owned()).collect(),
            dropped: 0,
        }
    }

    /// A link of neighbours.
    fn link(left: &[usize], right: &[usize], score: f32) -> VersionLink {
        let (left, right) = (left.to_vec(), right.to_vec());
        VersionLink { left, right, score, cost: 1.0 - score, moved: false }
    }

    #[test]
    fn rows_tell_conflicts_moved_blocks_and_what_is_left() {
        let left = version("de", &["a", "", "b", "c", "d", "e", "f"]);
        let right = version("lt", &["b", "c", "a", "x", " ", "y", "f"]);
        let mut links = vec![
            link(&[0], &[2], 0.9),
            link(&[2], &[0], 0.8),
            link(&[3], &[1], 0.9),
            link(&[6], &[6], 0.2),
        ];
        links[1].moved = true;
        links[2].moved = true;
        let text = text(vec![left, right], vec![VersionPair { left: 0, right: 1, links }], 0.5);
        let blank = text.rows.iter().filter(|row| row.link == RowLink::Blank).count();
        assert_eq!((text.links(), blank), (4, 2));
        assert_eq!(text.rows.iter().filter(|row| row.is_conflict()).count(), 1);
        let moved: Vec<&[usize]> =
            text.moved[0].iter().map(|&row| text.rows[row].cells[0].as_slice()).collect();
        assert_eq!((text.moved.len(), moved), (1, vec![&[2][..], &[3][..]]));
        let unlinked = [(0, vec![4, 5]), (1, vec![3, 5])]
            .map(|(version, sentences)| Unlinked { version, sentences });
        assert_eq!(text.unlinked, unlinked);
    }
}
