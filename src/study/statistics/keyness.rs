//! How distinctive a word is for one of two bodies of text in one language.
//!
//! The measures of quanteda's `textstat_keyness` (chi-squared, G², pointwise mutual information), signed like
//! there, and the log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, "Fightin'
//! Words", Political Analysis 16:372).

/// A word's count and the count of all words, in the group and in the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counts {
    /// The word in the group.
    pub word: f64,
    /// All words of the group.
    pub all: f64,
    /// The word in the rest.
    pub other_word: f64,
    /// All words of the rest.
    pub other_all: f64,
}

impl Counts {
    /// The table a, b, c, d: the word in group and rest, other words in group and rest.
    fn table(&self) -> [f64; 4] {
        [self.word, self.other_word, self.all - self.word, self.other_all - self.other_word]
    }

    /// Expected count of the word in the group, if it were spread evenly.
    fn expected(&self) -> f64 {
        let [a, b, c, d] = self.table();
        (a + b) * (a + c) / (a + b + c + d)
    }

    /// 1 where the word is commoner in the group than expected, else -1.
    fn sign(&self) -> f64 {
        if self.word > self.expected() { 1.0 } else { -1.0 }
    }

    /// Signed chi-squared with Yates's correction.
    pub fn chi_squared(&self) -> f64 {
        let [a, b, c, d] = self.table();
        let n = a + b + c + d;
        let cross = (a * d - b * c).abs();
        let corrected = (cross - n / 2.0).max(0.0);
        let marginals = (a + b) * (c + d) * (a + c) * (b + d);
        if marginals <= 0.0 { 0.0 } else { self.sign() * n * corrected * corrected / marginals }
    }

    /// Signed likelihood ratio G² with Williams's correction.
    pub fn likelihood_ratio(&self) -> f64 {
        let [a, b, c, d] = self.table();
        let n = a + b + c + d;
        let cells = [
            (a, (a + b) * (a + c) / n),
            (b, (a + b) * (b + d) / n),
            (c, (a + c) * (c + d) / n),
            (d, (b + d) * (c + d) / n),
        ];
        let part = |(observed, expected): (f64, f64)| {
            if observed > 0.0 { observed * (observed / expected).ln() } else { 0.0 }
        };
        let raw = 2.0 * cells.into_iter().map(part).sum::<f64>();
        let williams =
            1.0 + (n / (a + b) + n / (c + d) - 1.0) * (n / (a + c) + n / (b + d) - 1.0) / (6.0 * n);
        if williams.is_finite() { self.sign() * raw / williams } else { 0.0 }
    }

    /// Pointwise mutual information of word and group, natural logarithm; `None` where the word is not in it.
    pub fn mutual_information(&self) -> Option<f64> {
        (self.word > 0.0).then(|| (self.word / self.expected()).ln())
    }

    /// Log-odds with an informative Dirichlet prior: δ and its z.
    ///
    /// δ = ln((y₁+a) / (n₁+a₀−y₁−a)) − ln((y₂+a) / (n₂+a₀−y₂−a)), variance 1/(y₁+a) + 1/(y₂+a); `prior` is a, the
    /// count of the word in a background of `prior_all` words, a₀.
    pub fn log_odds(&self, prior: f64, prior_all: f64) -> (f64, f64) {
        let odds = |word: f64, all: f64| ((word + prior) / (all + prior_all - word - prior)).ln();
        let delta = odds(self.word, self.all) - odds(self.other_word, self.other_all);
        let variance = 1.0 / (self.word + prior) + 1.0 / (self.other_word + prior);
        (delta, delta / variance.sqrt())
    }
}
