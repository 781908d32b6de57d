//! How far two distributions over labels are apart (Lin 1991, "Divergence measures based on the Shannon entropy").

/// Jensen-Shannon divergence in bits, 0 (the same) to 1 (no label in common), of two lists of counts:
/// H(½p + ½q) − ½H(p) − ½H(q). `None` where a side has no count.
pub fn jensen_shannon(one: &[f64], other: &[f64]) -> Option<f64> {
    let (total, other_total) = (one.iter().sum::<f64>(), other.iter().sum::<f64>());
    if total <= 0.0 || other_total <= 0.0 {
        return None;
    }
    let part = |share: f64, middle: f64| {
        if share > 0.0 { share * (share / middle).log2() } else { 0.0 }
    };
    let sum: f64 = one
        .iter()
        .zip(other)
        .map(|(one, other)| {
            let (p, q) = (one / total, other / other_total);
            let middle = (p + q) / 2.0;
            (part(p, middle) + part(q, middle)) / 2.0
        })
        .sum();
    Some(sum.clamp(0.0, 1.0))
}
