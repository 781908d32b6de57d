//! Several versions of a text in one table: the links of every two versions joined into rows.
//!
//! Every two versions are linked by themselves, so no version is the pivot that all others hang on: what
//! only two late versions share is found too, and three links bear each other out. Joining whatever is
//! linked would let one wrong link melt two rows into one, so links are taken the surest first, and a link
//! that would join rows is asked for support: it is dropped where the other links of the sentences
//! concerned hold the rows apart more strongly than they draw them together.

use std::collections::BTreeSet;

/// Most sentences of one version in a row.
const MOST_SENTENCES: usize = 12;

/// Sentences of one version that say what sentences of another say.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionLink {
    /// Sentence numbers on the left, ascending, at least one.
    pub left: Vec<usize>,
    /// Sentence numbers on the right, ascending, at least one.
    pub right: Vec<usize>,
    /// Probability that both sides say the same, 0..1.
    pub score: f32,
    /// What the aligner paid for the link; 0 is nothing.
    pub cost: f32,
    /// Whether it stands in another order than its surroundings.
    pub moved: bool,
}

/// The links of two versions. No sentence is in two of them.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionPair {
    /// Number of the left version.
    pub left: usize,
    /// Number of the right version, greater than `left`.
    pub right: usize,
    /// The links.
    pub links: Vec<VersionLink>,
}

/// A row of the table: what the versions say at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionRow {
    /// For each version its sentence numbers, ascending; empty where it says nothing.
    pub cells: Vec<Vec<usize>>,
    /// The links that the row was made of, as numbers of a pair and of a link in it.
    pub links: Vec<(usize, usize)>,
}

impl VersionRow {
    /// Whether at least two versions have a part in the row.
    pub fn is_linked(&self) -> bool {
        self.cells.iter().filter(|cell| !cell.is_empty()).count() > 1
    }

    /// How sure the row is, 0..1: the mean over every two of its versions of the score of their links, 0
    /// where these two are not linked.
    pub fn score(&self, pairs: &[VersionPair]) -> f32 {
        let present = self.cells.iter().filter(|cell| !cell.is_empty()).count();
        let possible = present * present.saturating_sub(1) / 2;
        let mut sums = vec![(0.0, 0.0); pairs.len()];
        for &(pair, link) in &self.links {
            sums[pair].0 += pairs[pair].links[link].score;
            sums[pair].1 += 1.0;
        }
        let total: f32 = sums.iter().filter(|sum| sum.1 > 0.0).map(|sum| sum.0 / sum.1).sum();
        total / possible.max(1) as f32
    }
}

/// Joins the links of every two versions into rows. Each sentence is in exactly one row.
///
/// `counts` holds the number of sentences of each version. Rows stand in the order of the first version; a
/// row without it stands where its first version goes on. Time and memory are linear in the number of
/// sentences and links, but for sorting the links by score.
///
/// # Panics
/// If a link names a version or sentence that does not exist.
///
/// ```
/// use parallax::align::versions::{VersionLink, VersionPair, join};
///
/// let link = |left: &[usize], right: &[usize]| VersionLink {
///     left: left.to_vec(),
///     right: right.to_vec(),
///     score: 0.9,
///     cost: 0.1,
///     moved: false,
/// };
/// let links = vec![link(&[0], &[0, 1])];
/// let rows = join(&[2, 2], &[VersionPair { left: 0, right: 1, links }]);
/// assert_eq!(rows[0].cells, [vec![0], vec![0, 1]]);
/// assert_eq!(rows[1].cells, [vec![1], vec![]]);
/// ```
pub fn join(counts: &[usize], pairs: &[VersionPair]) -> Vec<VersionRow> {
    let mut joiner = Joiner::new(counts, pairs);
    let mut order: Vec<(usize, usize)> = pairs
        .iter()
        .enumerate()
        .flat_map(|(pair, links)| (0..links.links.len()).map(move |link| (pair, link)))
        .collect();
    // A stable sort: among equals the first links go first.
    order.sort_by(|&one, &other| joiner.link(other).score.total_cmp(&joiner.link(one).score));
    for id in order {
        joiner.take(id);
    }
    joiner.rows()
}

/// A sentence of a version: number of the version, number in it.
type Place = (usize, usize);

/// Groups of sentences that grow link by link.
struct Joiner<'p> {
    counts: Vec<usize>,
    pairs: &'p [VersionPair],
    /// Number of the pair of two versions, `[left][right]` and `[right][left]`.
    pair_of: Vec<Vec<Option<usize>>>,
    /// Number of the link of each sentence: by pair, on the left and on the right.
    link_of: Vec<[Vec<Option<usize>>; 2]>,
    /// Number of the group of each sentence, by version.
    group_of: Vec<Vec<usize>>,
    groups: Vec<Group>,
}

#[derive(Default)]
struct Group {
    members: Vec<Place>,
    links: Vec<(usize, usize)>,
}

impl<'p> Joiner<'p> {
    fn new(counts: &[usize], pairs: &'p [VersionPair]) -> Self {
        let mut pair_of = vec![vec![None; counts.len()]; counts.len()];
        let mut link_of = Vec::with_capacity(pairs.len());
        for (number, pair) in pairs.iter().enumerate() {
            pair_of[pair.left][pair.right] = Some(number);
            pair_of[pair.right][pair.left] = Some(number);
            let mut sides = [vec![None; counts[pair.left]], vec![None; counts[pair.right]]];
            for (link, sentences) in pair.links.iter().enumerate() {
                for (side, numbers) in sides.iter_mut().zip([&sentences.left, &sentences.right]) {
                    for &sentence in numbers {
                        side[sentence] = Some(link);
                    }
                }
            }
            link_of.push(sides);
        }
        let places: Vec<Place> = (0..counts.len())
            .flat_map(|version| (0..counts[version]).map(move |sentence| (version, sentence)))
            .collect();
        let mut group_of: Vec<Vec<usize>> =
            counts.iter().map(|&count| Vec::with_capacity(count)).collect();
        let mut groups = Vec::with_capacity(places.len());
        for place in places {
            group_of[place.0].push(groups.len());
            groups.push(Group { members: vec![place], links: Vec::new() });
        }
        Self { counts: counts.to_vec(), pairs, pair_of, link_of, group_of, groups }
    }

    fn link(&self, (pair, link): (usize, usize)) -> &'p VersionLink {
        &self.pairs[pair].links[link]
    }

    /// The sentences of both sides of a link.
    fn places(&self, id: (usize, usize)) -> Vec<Place> {
        let (pair, link) = (&self.pairs[id.0], self.link(id));
        let left = link.left.iter().map(|&sentence| (pair.left, sentence));
        left.chain(link.right.iter().map(|&sentence| (pair.right, sentence))).collect()
    }

    fn group(&self, place: Place) -> usize {
        self.group_of[place.0][place.1]
    }

    /// Joins the groups that a link touches, if that is borne out.
    fn take(&mut self, id: (usize, usize)) {
        let touched: BTreeSet<usize> =
            self.places(id).into_iter().map(|place| self.group(place)).collect();
        let touched: Vec<usize> = touched.into_iter().collect();
        if touched.len() > 1 && !(self.fits(&touched) && self.support(&touched) >= 0.0) {
            return;
        }
        let Some((&first, others)) = touched.split_first() else { return };
        for &other in others {
            let absorbed = std::mem::take(&mut self.groups[other]);
            for &(version, sentence) in &absorbed.members {
                self.group_of[version][sentence] = first;
            }
            self.groups[first].members.extend(absorbed.members);
            self.groups[first].links.extend(absorbed.links);
        }
        self.groups[first].links.push(id);
    }

    /// Whether the groups together stay small enough for a row.
    fn fits(&self, touched: &[usize]) -> bool {
        let mut sizes = vec![0; self.counts.len()];
        for &group in touched {
            for place in &self.groups[group].members {
                sizes[place.0] += 1;
            }
        }
        sizes.iter().all(|&size| size <= MOST_SENTENCES)
    }

    /// How much more strongly the links of the groups' sentences draw them together than apart.
    ///
    /// A sentence speaks wherever another of the groups has sentences of a version that it is linked with:
    /// for the join if its link reaches them, against it if the link leads elsewhere.
    fn support(&self, touched: &[usize]) -> f32 {
        let versions: Vec<BTreeSet<usize>> = touched
            .iter()
            .map(|&group| self.groups[group].members.iter().map(|place| place.0).collect())
            .collect();
        let mut support = 0.0;
        for (index, &group) in touched.iter().enumerate() {
            for &place in &self.groups[group].members {
                for version in (0..self.counts.len()).filter(|&version| version != place.0) {
                    let elsewhere = versions
                        .iter()
                        .enumerate()
                        .any(|(other, present)| other != index && present.contains(&version));
                    if elsewhere {
                        support += self.voice(place, version, group, touched);
                    }
                }
            }
        }
        support
    }

    /// What the link of one sentence with one version says to joining its group with the others.
    fn voice(&self, place: Place, version: usize, own: usize, touched: &[usize]) -> f32 {
        let Some(pair) = self.pair_of[place.0][version] else { return 0.0 };
        let side = usize::from(self.pairs[pair].right == place.0);
        let Some(link) = self.link_of[pair][side][place.1] else { return 0.0 };
        let link = &self.pairs[pair].links[link];
        let partners = if side == 0 { &link.right } else { &link.left };
        let reaches = partners.iter().any(|&sentence| {
            let group = self.group((version, sentence));
            group != own && touched.contains(&group)
        });
        if reaches { link.score } else { -link.score }
    }

    /// The groups as rows, in order.
    fn rows(self) -> Vec<VersionRow> {
        let order = self.order();
        let mut groups = self.groups;
        let row = |group: usize| {
            let Group { members, links } = std::mem::take(&mut groups[group]);
            let mut cells = vec![Vec::new(); self.counts.len()];
            for (version, sentence) in members {
                cells[version].push(sentence);
            }
            cells.iter_mut().for_each(|cell| cell.sort_unstable());
            VersionRow { cells, links }
        };
        order.into_iter().map(row).collect()
    }

    /// The groups in the order of the first version; one without it follows the group of the sentence
    /// before it in its first version.
    fn order(&self) -> Vec<usize> {
        let end = self.groups.len();
        // A chain of groups; the last entry points at the first group.
        let mut next = vec![end; end + 1];
        let mut placed = vec![false; end];
        for groups in &self.group_of {
            let mut before = end;
            for &group in groups {
                if !placed[group] {
                    placed[group] = true;
                    next[group] = next[before];
                    next[before] = group;
                }
                before = group;
            }
        }
        let mut order = Vec::new();
        let mut group = next[end];
        while group != end {
            order.push(group);
            group = next[group];
        }
        order
    }
}

#[cfg(test)]
mod tests;
