//! Many tests at once: the false discovery rate (Benjamini & Hochberg 1995, JRSS B 57:289).

/// The q of each p: the least false discovery rate at which the test counts as a discovery.
///
/// qᵢ = min over ranks k ≥ rank(i) of p₍ₖ₎ · m / k.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&one, &other| p[one].total_cmp(&p[other]));
    let mut q = vec![1.0; p.len()];
    let mut least: f64 = 1.0;
    for (rank, &index) in order.iter().enumerate().rev() {
        least = least.min(p[index] * p.len() as f64 / (rank + 1) as f64);
        q[index] = least;
    }
    q
}
