//! The distance between two sequences, with costs of the caller's.

/// Weighted edit distance with neighbours exchanged as one edit (Damerau 1964; restricted).
pub(super) fn edits<T: PartialEq>(
    left: &[T],
    right: &[T],
    gap: impl Fn(&T) -> f64,
    swap: impl Fn(&T, &T) -> f64,
) -> f64 {
    let mut first = vec![0.0];
    first.extend(right.iter().scan(0.0, |sum, item| {
        *sum += gap(item);
        Some(*sum)
    }));
    // Three rows take turns, since words are compared by the million and allocating a row takes longer than filling it.
    let empty = vec![0.0; right.len() + 1];
    let mut rows = [empty.clone(), first, empty];
    for (l, one) in left.iter().enumerate() {
        let [before, row, next] = &mut rows;
        next[0] = row[0] + gap(one);
        for (r, other) in right.iter().enumerate() {
            let kept = row[r] + if one == other { 0.0 } else { swap(one, other) };
            let mut least = kept.min(row[r + 1] + gap(one)).min(next[r] + gap(other));
            if l > 0 && r > 0 && *one == right[r - 1] && left[l - 1] == *other {
                least = least.min(before[r - 1] + 1.0);
            }
            next[r + 1] = least;
        }
        rows.rotate_left(1);
    }
    rows[1][right.len()]
}
