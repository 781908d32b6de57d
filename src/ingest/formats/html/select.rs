//! Which pieces of a page are the article: those the extractor kept. The extractor gives HTML of its own; its
//! pieces are found again in the source, so that every kept character has its place there.

use std::collections::HashMap;

use super::pieces::Piece;

/// Share of a piece's text that must be among what the extractor kept between two sure pieces.
const LEAST_SHARED: f64 = 0.6;
/// Shortest piece, in characters without blanks, that is looked for inside others.
const SHORTEST_INSIDE: usize = 12;

/// Bytes times pieces beyond which a gap is not searched: no real page comes near, a hostile one would take hours.
const MOST_COMPARISONS: usize = 1 << 30;

/// What was found of an extraction in its source.
pub(super) struct Selection {
    /// For each piece of the source, whether it belongs to the article.
    pub(super) kept: Vec<bool>,
    /// Share of the extracted text that was found, 0..1.
    pub(super) found: f64,
}

/// Finds the pieces of an extraction in the source.
pub(super) fn select(source: &[Piece], extracted: &[Piece]) -> Selection {
    let anchors = anchors(source, extracted);
    let mut kept = vec![false; source.len()];
    let mut taken = vec![false; extracted.len()];
    for &(here, there) in &anchors {
        kept[here] = true;
        taken[there] = true;
    }
    for gap in gaps(&anchors, source.len(), extracted.len()) {
        match_equal(source, extracted, &gap, &mut kept, &mut taken);
        match_inside(source, extracted, &gap, &mut kept, &mut taken);
    }
    let length = |pieces: &mut dyn Iterator<Item = &Piece>| -> usize {
        pieces.map(|piece| piece.key.len()).sum()
    };
    let total = length(&mut extracted.iter());
    let matched = extracted.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(piece, _)| piece);
    let found = length(&mut matched.into_iter()) as f64 / total.max(1) as f64;
    Selection { kept, found }
}

/// Pieces that occur once on each side, in the same order on both.
fn anchors(source: &[Piece], extracted: &[Piece]) -> Vec<(usize, usize)> {
    let places = unique(source);
    let mut pairs: Vec<(usize, usize)> = unique(extracted)
        .into_iter()
        .filter_map(|(key, there)| Some((*places.get(key)?, there)))
        .collect();
    pairs.sort_unstable_by_key(|&(_, there)| there);
    rising(&pairs)
}

/// Where each piece stands that occurs once.
fn unique(pieces: &[Piece]) -> HashMap<&str, usize> {
    let mut places: HashMap<&str, Option<usize>> = HashMap::new();
    for (index, piece) in pieces.iter().enumerate() {
        places.entry(&piece.key).and_modify(|place| *place = None).or_insert(Some(index));
    }
    places.into_iter().filter_map(|(key, place)| Some((key, place?))).collect()
}

/// The longest run of pairs whose first parts rise too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, pair) in pairs.iter().enumerate() {
        let place = ends.partition_point(|&end| pairs[end].0 < pair.0);
        before.push(place.checked_sub(1).map(|last| ends[last]));
        if place == ends.len() {
            ends.push(index);
        } else {
            ends[place] = index;
        }
    }
    let mut run = Vec::new();
    let mut next = ends.last().copied();
    while let Some(index) = next {
        run.push(pairs[index]);
        next = before[index];
    }
    run.reverse();
    run
}

/// Pieces of both sides between two anchors.
struct Gap {
    source: std::ops::Range<usize>,
    extracted: std::ops::Range<usize>,
    /// Whether an anchor follows, so that the nearest pieces before it are the likeliest.
    from_end: bool,
}

fn gaps(anchors: &[(usize, usize)], sources: usize, extracted: usize) -> Vec<Gap> {
    let mut gaps = Vec::with_capacity(anchors.len() + 1);
    let (mut here, mut there) = (0, 0);
    for &(next_here, next_there) in anchors {
        let from_end = here == 0 && there == 0;
        gaps.push(Gap { source: here..next_here, extracted: there..next_there, from_end });
        (here, there) = (next_here + 1, next_there + 1);
    }
    gaps.push(Gap { source: here..sources, extracted: there..extracted, from_end: false });
    gaps
}

/// Equal pieces within a gap, in order.
fn match_equal(
    source: &[Piece],
    extracted: &[Piece],
    gap: &Gap,
    kept: &mut [bool],
    taken: &mut [bool],
) {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for here in gap.source.clone() {
        places.entry(&source[here].key).or_default().push(here);
    }
    let mut bound = if gap.from_end { gap.source.end } else { gap.source.start };
    let order: Vec<usize> = if gap.from_end {
        gap.extracted.clone().rev().collect()
    } else {
        gap.extracted.clone().collect()
    };
    for there in order {
        let Some(found) = places.get(extracted[there].key.as_str()) else { continue };
        let split = found.partition_point(|&here| here < bound);
        let here = if gap.from_end {
            split.checked_sub(1).map(|last| found[last])
        } else {
            found.get(split).copied()
        };
        if let Some(here) = here {
            kept[here] = true;
            taken[there] = true;
            bound = if gap.from_end { here } else { here + 1 };
        }
    }
}

/// Pieces that the extractor cut, joined or trimmed: those whose text is part of what is left.
fn match_inside(
    source: &[Piece],
    extracted: &[Piece],
    gap: &Gap,
    kept: &mut [bool],
    taken: &mut [bool],
) {
    let left: Vec<usize> = gap.extracted.clone().filter(|&there| !taken[there]).collect();
    let text: String = left.iter().map(|&there| extracted[there].key.as_str()).collect();
    if left.is_empty() || text.len().saturating_mul(gap.source.len()) > MOST_COMPARISONS {
        return;
    }
    for here in gap.source.clone() {
        if kept[here] {
            continue;
        }
        let key = &source[here].key;
        let inside = key.len() >= SHORTEST_INSIDE && text.contains(key.as_str());
        let holds: usize = left
            .iter()
            .map(|&there| &extracted[there].key)
            .filter(|part| part.len() >= SHORTEST_INSIDE && key.contains(part.as_str()))
            .map(String::len)
            .sum();
        kept[here] = inside || holds as f64 >= LEAST_SHARED * key.len() as f64;
        if kept[here] {
            for &there in &left {
                let part = &extracted[there].key;
                taken[there] |= key.contains(part.as_str()) || part.contains(key.as_str());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces;
    use super::*;

    fn kept(source: &str, extracted: &str) -> Vec<String> {
        let source = pieces::of(source);
        let selection = select(&source, &pieces::of(extracted));
        source
            .iter()
            .zip(selection.kept)
            .filter(|(_, kept)| *kept)
            .map(|(piece, _)| piece.text())
            .collect()
    }

    #[test]
    fn the_occurrence_next_to_the_article_is_taken() {
        let source =
            "<p>Tiltas</p><p>Meniu</p><p>Tiltas</p><p>Senasis tiltas uždarytas.</p><p>Tiltas</p>";
        let extracted = "<h2>Tiltas</h2><p>Senasis tiltas uždarytas.</p>";
        assert_eq!(kept(source, extracted), ["Tiltas", "Senasis tiltas uždarytas."]);
        assert_eq!(
            select(&pieces::of(source), &pieces::of(extracted)).kept,
            [false, false, true, true, false]
        );
    }

    #[test]
    fn pieces_that_were_joined_or_trimmed_are_found() {
        let source =
            "<p>Menu</p><p>The first paragraph of it.</p><p>The second one, here. <a>Share</a></p>";
        let joined = "<p>The first paragraph of it. The second one, here.</p>";
        assert_eq!(kept(source, joined)[0], "The first paragraph of it.");
        let trimmed = "<p>The first paragraph of it.</p><p>The second one, here.</p>";
        assert_eq!(kept(source, trimmed)[1], "The second one, here. Share");
    }
}
