//! Tests of versions beside each other.

use super::*;

fn link(left: &[usize], right: &[usize], score: f32) -> VersionLink {
    VersionLink {
        left: left.to_vec(),
        right: right.to_vec(),
        score,
        cost: 1.0 - score,
        moved: false,
    }
}

fn pair(left: usize, right: usize, links: Vec<VersionLink>) -> VersionPair {
    VersionPair { left, right, links }
}

/// The cells of rows as text such as `0 1|2|-`.
fn shown(rows: &[VersionRow]) -> Vec<String> {
    let cell = |cell: &Vec<usize>| match cell.as_slice() {
        [] => "-".to_owned(),
        numbers => numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    };
    rows.iter().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn two_versions_give_their_links_and_what_is_left() {
    let links = vec![link(&[0], &[1], 0.9), link(&[1, 2], &[2], 0.8)];
    let rows = join(&[4, 5], &[pair(0, 1, links)]);
    assert_eq!(shown(&rows), ["-|0", "0|1", "1 2|2", "-|3", "-|4", "3|-"]);
}

#[test]
fn different_splitting_meets_in_one_row() {
    let rows = join(
        &[2, 1, 2],
        &[
            pair(0, 1, vec![link(&[0, 1], &[0], 0.9)]),
            pair(0, 2, vec![link(&[0], &[0], 0.99), link(&[1], &[1], 0.98)]),
            pair(1, 2, vec![link(&[0], &[0, 1], 0.9)]),
        ],
    );
    assert_eq!(shown(&rows), ["0 1|0|0 1"]);
}

#[test]
fn what_only_later_versions_share_is_one_row() {
    let rows = join(
        &[1, 2, 2],
        &[
            pair(0, 1, vec![link(&[0], &[0], 0.9)]),
            pair(0, 2, vec![link(&[0], &[0], 0.9)]),
            pair(1, 2, vec![link(&[0], &[0], 0.9), link(&[1], &[1], 0.7)]),
        ],
    );
    assert_eq!(shown(&rows), ["0|0|0", "-|1|1"]);
}

#[test]
fn one_wrong_link_does_not_melt_two_rows() {
    let pairs = [
        pair(0, 1, vec![link(&[0], &[1], 0.6)]),
        pair(0, 2, vec![link(&[0], &[0], 0.9), link(&[1], &[1], 0.9)]),
        pair(1, 2, vec![link(&[0], &[0], 0.9), link(&[1], &[1], 0.9)]),
    ];
    let rows = join(&[2, 2, 2], &pairs);
    assert_eq!(shown(&rows), ["0|0|0", "1|1|1"]);
    // Two of three pairs bear the row out.
    assert!((rows[0].score(&pairs) - 0.6).abs() < 1e-6);
}

#[test]
fn a_missing_link_is_filled_in_by_the_other_versions() {
    let rows = join(
        &[1, 1, 1],
        &[
            pair(0, 1, vec![link(&[0], &[0], 0.9)]),
            pair(0, 2, vec![]),
            pair(1, 2, vec![link(&[0], &[0], 0.9)]),
        ],
    );
    assert_eq!(shown(&rows), ["0|0|0"]);
}

#[test]
fn moved_rows_stand_where_the_first_version_has_them() {
    let links = vec![link(&[0], &[1], 0.9), link(&[1], &[0], 0.9)];
    assert_eq!(shown(&join(&[2, 3], &[pair(0, 1, links)])), ["0|1", "-|2", "1|0"]);
}

#[test]
fn every_sentence_is_in_one_row_whatever_is_linked() {
    // Each pair of versions is shifted by one against the others: no reading fits all.
    let shifted = |count: usize| (0..count - 1).map(|i| link(&[i], &[i + 1], 0.8)).collect();
    let pairs = [pair(0, 1, shifted(40)), pair(1, 2, shifted(40)), pair(0, 2, shifted(40))];
    let rows = join(&[40, 40, 40], &pairs);
    for version in 0..3 {
        let mut numbers: Vec<usize> =
            rows.iter().flat_map(|row| row.cells[version].clone()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (0..40).collect::<Vec<_>>());
    }
    assert!(rows.iter().all(|row| row.cells.iter().all(|c| c.len() <= MOST_SENTENCES)));
}

#[test]
fn no_versions_and_empty_ones_give_no_rows() {
    assert!(join(&[], &[]).is_empty());
    assert!(join(&[0, 0], &[pair(0, 1, vec![])]).is_empty());
    assert_eq!(shown(&join(&[0, 2], &[pair(0, 1, vec![])])), ["-|0", "-|1"]);
}
