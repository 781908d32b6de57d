//! Agreement of two coders: the share of units coded alike (Holsti's coefficient for two coders of the same
//! units) and Cohen's kappa (Cohen 1960; weighted: 1968), κ = 1 − Σ w pₒ / Σ w pₑ over the pairs of codes, w = 0
//! for the same code.

use super::Codes;

/// How much a disagreement weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Each the same.
    Equal,
    /// By the distance in the order of codes.
    Linear,
    /// By its square.
    Quadratic,
}

impl Weights {
    fn weight(self, one: usize, other: usize) -> f64 {
        let distance = one.abs_diff(other) as f64;
        match self {
            Self::Equal => f64::from(u8::from(one != other)),
            Self::Linear => distance,
            Self::Quadratic => distance * distance,
        }
    }
}

/// Kappa of two coders with what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kappa {
    /// Units that both coded.
    pub units: usize,
    /// Share of them coded alike.
    pub agreement: f64,
    /// Kappa; `None` where both gave one code to everything.
    pub kappa: Option<f64>,
}

/// Kappa of coders `one` and `other`; `None` where no unit was coded by both.
pub fn kappa(codes: &Codes, one: usize, other: usize, weights: Weights) -> Option<Kappa> {
    let code = |unit: &Vec<Option<usize>>, coder: usize| unit.get(coder).copied().flatten();
    let pairs: Vec<(usize, usize)> = codes
        .units
        .iter()
        .filter_map(|unit| Some((code(unit, one)?, code(unit, other)?)))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let units = pairs.len();
    let mut marginals = vec![(0.0, 0.0); codes.values.len()];
    let (mut alike, mut observed) = (0, 0.0);
    for &(c, k) in &pairs {
        marginals[c].0 += 1.0;
        marginals[k].1 += 1.0;
        alike += usize::from(c == k);
        observed += weights.weight(c, k);
    }
    let mut expected = 0.0;
    for (c, (count, _)) in marginals.iter().enumerate() {
        for (k, (_, count_other)) in marginals.iter().enumerate() {
            expected += weights.weight(c, k) * count * count_other / units as f64;
        }
    }
    let kappa = (expected > 0.0).then(|| 1.0 - observed / expected);
    Some(Kappa { units, agreement: alike as f64 / units as f64, kappa })
}

/// Share of pairs of codes within units that are the same, over all coders; `None` without pairs.
pub fn percent_agreement(codes: &Codes) -> Option<f64> {
    let (mut alike, mut pairs) = (0_usize, 0_usize);
    for unit in &codes.units {
        let own: Vec<usize> = unit.iter().flatten().copied().collect();
        for (index, one) in own.iter().enumerate() {
            for other in &own[index + 1..] {
                pairs += 1;
                alike += usize::from(one == other);
            }
        }
    }
    (pairs > 0).then(|| alike as f64 / pairs as f64)
}
