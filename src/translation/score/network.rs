//! The network that scores a translation by its words and named features.
//!
//! Each word of one side is set beside what answers it on the other: the mean of the other side's words by how near they
//! are (a soft alignment). A layer looks at the word, its product with the answer and their difference, and at how near
//! the nearest word is; what it sees is taken together by how much the words tell, and once more by where the network
//! looks (attention pooling: Yang et al. 2016). The same is seen of the sentences' product and difference, as in models
//! of sentence pairs (Conneau et al. 2017; Ranasinghe et al. 2020). An inner layer puts all of it together with the named
//! features and gives two sums: how good the translation is, and how likely an error changes the meaning badly.
//!
//! Several such members, trained from other beginnings, are averaged. `models/score.py` trains them and writes the file.

use std::path::Path;
use std::sync::LazyLock;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis, concatenate, s};

use super::features::{Encoded, names};
use crate::embed::tensors::Tensors;

/// Deviations from the mean beyond which a named feature counts no more.
const REACH: f32 = 4.0;
/// What a layer is told of a word beside vectors: how near the nearest word is, and how much it tells.
const OF_WORD: usize = 2;

/// A network for the vectors of one model.
pub(super) struct Network {
    model: String,
    dim: usize,
    /// Of the named features.
    mean: Array1<f32>,
    deviation: Array1<f32>,
    members: Vec<Member>,
}

/// One of the networks that are averaged; `[inputs, outputs]`.
struct Member {
    /// How sharply the soft alignment prefers the nearest word.
    sharpness: f32,
    words: Dense,
    /// Where the network looks, from what the layer sees of a word.
    attention: Array1<f32>,
    sentences: Dense,
    inner: Dense,
    outer: Dense,
    /// Straight from the named features to the sums.
    named: Array2<f32>,
}

/// A layer of a network.
pub(super) struct Dense {
    weights: Array2<f32>,
    bias: Array1<f32>,
}

impl Dense {
    /// The layer of this name in a file.
    pub(super) fn read(file: &Tensors, name: &str) -> Option<Self> {
        let weights = file.matrix(&format!("{name}.weights")).ok()?;
        let bias = file.vector(&format!("{name}.bias")).ok()?;
        Some(Self { weights, bias })
    }

    /// How many numbers it takes.
    pub(super) fn inputs(&self) -> usize {
        self.weights.nrows()
    }

    /// Whether it takes and gives so many numbers.
    pub(super) fn fits(&self, inputs: usize, outputs: usize) -> bool {
        self.weights.dim() == (inputs, outputs) && self.bias.len() == outputs
    }

    /// `x · weights + bias`.
    pub(super) fn apply(&self, x: &Array1<f32>) -> Array1<f32> {
        x.dot(&self.weights) + &self.bias
    }

    /// `max(0, x · weights + bias)`, row by row.
    fn active(&self, x: &Array2<f32>) -> Array2<f32> {
        let mut out = x.dot(&self.weights);
        out += &self.bias;
        out.mapv_inplace(|value| value.max(0.0));
        out
    }
}

static SHIPPED: LazyLock<Option<Network>> =
    LazyLock::new(|| Network::read(include_bytes!("network.safetensors")));

/// The network that comes along.
pub(super) fn shipped() -> Option<&'static Network> {
    SHIPPED.as_ref()
}

impl Network {
    /// Takes a file's content; `None` if something is missing or does not fit.
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let file = Tensors::included(Path::new("network.safetensors"), bytes).ok()?;
        let numbers = (0..).take_while(|number| file.has(&format!("{number}.sharpness")));
        let members: Vec<Member> =
            numbers.map(|number| Member::read(&file, number)).collect::<Option<_>>()?;
        let dim = members.first()?.sentences.weights.nrows() / 2;
        let network = Self {
            model: file.note("model")?,
            dim,
            mean: file.vector("mean").ok()?,
            deviation: file.vector("deviation").ok()?,
            members,
        };
        let named = names().len();
        let fits = network.mean.len() == named
            && network.deviation.len() == named
            && network.members.iter().all(|member| member.fits(dim, named));
        fits.then_some(network)
    }

    /// Whether it was trained on a model's vectors.
    pub(super) fn is_for(&self, model: &str, dim: usize) -> bool {
        self.model == model && self.dim == dim
    }

    /// How good and how bad a segment is with these named features and cosines of words, `[source words, target words]`;
    /// both sides must have words.
    pub(super) fn sums(
        &self,
        named: &[f32],
        sides: [Encoded<'_>; 2],
        similarities: &Array2<f32>,
    ) -> Array1<f32> {
        let mut named = Array1::from(named.to_vec());
        named -= &self.mean;
        named /= &self.deviation;
        named.mapv_inplace(|value| value.clamp(-REACH, REACH));
        let mut sums = Array1::zeros(2);
        for member in &self.members {
            sums += &member.sums(&named, sides, similarities);
        }
        sums / self.members.len() as f32
    }
}

impl Member {
    /// A member of the file, by its number.
    fn read(file: &Tensors, number: usize) -> Option<Self> {
        let matrix = |name: &str| file.matrix(&format!("{number}.{name}")).ok();
        let vector = |name: &str| file.vector(&format!("{number}.{name}")).ok();
        let dense = |name: &str| Dense::read(file, &format!("{number}.{name}"));
        Some(Self {
            sharpness: *vector("sharpness")?.first()?,
            words: dense("words")?,
            attention: vector("attention")?,
            sentences: dense("sentences")?,
            inner: dense("inner")?,
            outer: dense("outer")?,
            named: matrix("named")?,
        })
    }

    /// Whether all sizes belong together.
    fn fits(&self, dim: usize, named: usize) -> bool {
        let seen = self.attention.len();
        let layers = [
            (&self.words, 3 * dim + OF_WORD, seen),
            (&self.sentences, 2 * dim, seen),
            (&self.inner, 5 * seen + named, self.outer.inputs()),
            (&self.outer, self.inner.bias.len(), 2),
        ];
        self.named.dim() == (named, 2)
            && layers.iter().all(|(layer, inputs, outputs)| layer.fits(*inputs, *outputs))
    }

    /// How good and how bad.
    fn sums(
        &self,
        named: &Array1<f32>,
        [source, target]: [Encoded<'_>; 2],
        similarities: &Array2<f32>,
    ) -> Array1<f32> {
        let (left, right) = (&source.vectors.sentence, &target.vectors.sentence);
        let sentences =
            concatenate![Axis(0), left * right, (left - right).mapv(f32::abs)].insert_axis(Axis(0));
        let told = [
            self.told(source, target, similarities.view()),
            self.told(target, source, similarities.t()),
        ];
        // One product for both sides: laying out the weights for it costs as much as the product.
        let rows = self.words.active(&concatenate![Axis(0), told[0], told[1]]);
        let (of_source, of_target) = rows.view().split_at(Axis(0), told[0].nrows());
        let of_source = self.pooled(source, of_source);
        let of_target = self.pooled(target, of_target);
        let seen = self.sentences.active(&sentences).remove_axis(Axis(0));
        let all = concatenate![Axis(0), of_source, of_target, seen, named.view()];
        let inner = self.inner.active(&all.insert_axis(Axis(0))).remove_axis(Axis(0));
        self.outer.apply(&inner) + named.dot(&self.named)
    }

    /// What the network is told of the words of a side, a row a word, `similarities` being its cosines with the `other` side's.
    fn told(
        &self,
        side: Encoded<'_>,
        other: Encoded<'_>,
        similarities: ArrayView2<'_, f32>,
    ) -> Array2<f32> {
        let (words, dim) = side.words.vectors.dim();
        let nearest = similarities.map_axis(Axis(1), |row| row.fold(f32::MIN, |a, &b| a.max(b)));
        let answers = softmax(&similarities * self.sharpness).dot(&other.words.vectors);
        let mut told = Array2::zeros((words, 3 * dim + OF_WORD));
        told.slice_mut(s![.., ..dim]).assign(&(&side.words.vectors * &answers));
        let apart = (&side.words.vectors - &answers).mapv(f32::abs);
        told.slice_mut(s![.., dim..2 * dim]).assign(&apart);
        told.slice_mut(s![.., 2 * dim..3 * dim]).assign(&side.words.vectors);
        told.column_mut(3 * dim).assign(&nearest);
        told.column_mut(3 * dim + 1).assign(&side.words.weights.mapv(f32::ln_1p));
        told
    }

    /// The mean of what is seen of the words of a side, by what they tell, and then by where the network looks.
    fn pooled(&self, side: Encoded<'_>, seen: ArrayView2<'_, f32>) -> Array1<f32> {
        let weights = &side.words.weights / side.words.weights.sum();
        concatenate![Axis(0), weights.dot(&seen), looked_at(seen, self.attention.view())]
    }
}

/// The mean of rows by where a network looks (attention pooling).
pub(super) fn looked_at(rows: ArrayView2<'_, f32>, attention: ArrayView1<'_, f32>) -> Array1<f32> {
    softmax(rows.dot(&attention).insert_axis(Axis(0))).remove_axis(Axis(0)).dot(&rows)
}

/// Each row as shares that sum to 1.
fn softmax(mut rows: Array2<f32>) -> Array2<f32> {
    for mut row in rows.axis_iter_mut(Axis(0)) {
        let largest = row.iter().copied().fold(f32::MIN, f32::max);
        row.mapv_inplace(|value| (value - largest).exp());
        let sum = row.sum();
        row /= sum;
    }
    rows
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn the_file_is_sound() {
        assert!(shipped().is_some());
    }

    #[test]
    fn a_file_cut_short_or_of_other_sizes_is_refused() {
        let bytes = include_bytes!("network.safetensors");
        assert!(Network::read(&bytes[..bytes.len() - 2]).is_none());
        let network = shipped().unwrap();
        let member = &network.members[0];
        assert!(member.fits(network.dim, names().len()));
        assert!(!member.fits(network.dim + 1, names().len()));
        assert!(!member.fits(network.dim, names().len() + 1));
    }

    #[test]
    fn shares_sum_to_one_and_prefer_the_nearest() {
        let shares = softmax(array![[18.0, 2.0], [5.0, 5.0]]);
        assert!(shares[[0, 0]] > 0.999);
        assert_eq!(shares.row(1), array![0.5, 0.5]);
    }

    #[test]
    fn rows_that_a_network_looks_at_decide() {
        let tokens = array![[1.0, 0.0], [3.0, 1.0]];
        assert_eq!(looked_at(tokens.view(), array![0.0, 0.0].view()), array![2.0, 0.5]);
        let looked = looked_at(tokens.view(), array![0.0, 50.0].view());
        assert!((looked[0] - 3.0).abs() < 1e-6 && (looked[1] - 1.0).abs() < 1e-6, "{looked}");
    }
}
