//! Gradient boosting with small regression trees on binned features (Friedman 2001; Ke et al. 2017).

use ndarray::{Array2, ArrayView1, Axis};
use parallax::translation::score::head::Node;

/// Most bins of a feature.
const BINS: usize = 64;

/// How the trees grow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Boosting {
    /// Number of trees.
    pub(crate) trees: usize,
    /// Leaves of each.
    pub(crate) leaves: usize,
    /// Share of each tree's correction that is taken.
    pub(crate) rate: f64,
    /// Least rows in a leaf.
    pub(crate) least: usize,
}

/// Features as numbers of bins.
struct Binned {
    /// Upper ends of each feature's bins but the last.
    thresholds: Vec<Vec<f32>>,
    /// `[features, rows]`.
    bins: Array2<u8>,
}

impl Binned {
    fn new(x: &Array2<f32>) -> Self {
        let mut bins = Array2::zeros((x.ncols(), x.nrows()));
        let mut thresholds = Vec::new();
        for (column, mut row) in x.columns().into_iter().zip(bins.axis_iter_mut(Axis(0))) {
            let ends = ends(column);
            for (bin, value) in row.iter_mut().zip(column) {
                *bin = ends.partition_point(|end| end < value) as u8;
            }
            thresholds.push(ends);
        }
        Self { thresholds, bins }
    }
}

/// Values between bins that hold about the same number of rows each.
fn ends(column: ArrayView1<'_, f32>) -> Vec<f32> {
    let mut sorted = column.to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    let mut ends: Vec<f32> = (1..BINS)
        .map(|part| part * sorted.len() / BINS)
        .filter(|&at| at > 0 && sorted[at] > sorted[at - 1])
        .map(|at| (sorted[at] + sorted[at - 1]) / 2.0)
        .collect();
    // Rare values of a feature that is mostly one value.
    let middle = sorted[sorted.len() / 2];
    let above = sorted.partition_point(|&value| value <= middle);
    if above < sorted.len() {
        ends.push((middle + sorted[above]) / 2.0);
    }
    ends.sort_unstable_by(f32::total_cmp);
    ends.dedup();
    ends
}

/// A leaf while its tree grows.
struct Growing {
    rows: Vec<u32>,
    split: Option<Split>,
}

#[derive(Clone, Copy)]
struct Split {
    gain: f64,
    feature: usize,
    bin: usize,
}

/// A grown tree: leaves and splits by number.
enum Grown {
    Leaf(usize),
    Split(usize, f32, Box<Grown>, Box<Grown>),
}

/// Trees whose sum predicts `y` from the rows of `x`; `names` has a name for each column.
pub(crate) fn boost(x: &Array2<f32>, y: &[f64], names: &[&str], how: Boosting) -> Vec<Node> {
    let binned = Binned::new(x);
    let mut residual = y.to_vec();
    let mut trees = Vec::new();
    for _ in 0..how.trees {
        let (tree, leaves) = grow(&binned, &residual, how);
        let values: Vec<f64> = leaves.iter().map(|rows| how.rate * mean(rows, &residual)).collect();
        for (rows, value) in leaves.iter().zip(&values) {
            rows.iter().for_each(|&row| residual[row as usize] -= value);
        }
        trees.push(node(&tree, &values, names));
    }
    trees
}

fn mean(rows: &[u32], residual: &[f64]) -> f64 {
    rows.iter().map(|&row| residual[row as usize]).sum::<f64>() / rows.len() as f64
}

fn node(tree: &Grown, values: &[f64], names: &[&str]) -> Node {
    match tree {
        Grown::Leaf(number) => Node::Leaf(values[*number] as f32),
        Grown::Split(feature, threshold, low, high) => Node::Split(
            names[*feature].to_owned(),
            *threshold,
            Box::new(node(low, values, names)),
            Box::new(node(high, values, names)),
        ),
    }
}

/// One tree, the leaf with the largest gain split first, and the rows of its leaves.
fn grow(binned: &Binned, residual: &[f64], how: Boosting) -> (Grown, Vec<Vec<u32>>) {
    let all: Vec<u32> = (0..residual.len() as u32).collect();
    let mut leaves = vec![Growing { split: best(binned, residual, &all, how), rows: all }];
    let mut tree = Grown::Leaf(0);
    while leaves.len() < how.leaves {
        let gain = |leaf: &Growing| leaf.split.map_or(0.0, |split| split.gain);
        let widest =
            (0..leaves.len()).max_by(|&a, &b| gain(&leaves[a]).total_cmp(&gain(&leaves[b])));
        let Some((number, split)) = widest.and_then(|at| Some((at, leaves[at].split?))) else {
            break;
        };
        let bins = binned.bins.row(split.feature);
        let rows = std::mem::take(&mut leaves[number].rows);
        let (low, high): (Vec<u32>, Vec<u32>) =
            rows.into_iter().partition(|&row| usize::from(bins[row as usize]) <= split.bin);
        let threshold = binned.thresholds[split.feature][split.bin];
        replace(
            &mut tree,
            number,
            |low, high| Grown::Split(split.feature, threshold, Box::new(low), Box::new(high)),
            leaves.len(),
        );
        leaves[number] = Growing { split: best(binned, residual, &low, how), rows: low };
        leaves.push(Growing { split: best(binned, residual, &high, how), rows: high });
    }
    (tree, leaves.into_iter().map(|leaf| leaf.rows).collect())
}

/// Puts a split with two leaves in the place of leaf `number`; the upper one gets the number `new`.
fn replace(
    tree: &mut Grown,
    number: usize,
    split: impl Fn(Grown, Grown) -> Grown + Copy,
    new: usize,
) {
    match tree {
        Grown::Leaf(own) if *own == number => {
            *tree = split(Grown::Leaf(number), Grown::Leaf(new));
        }
        Grown::Leaf(_) => {}
        Grown::Split(_, _, low, high) => {
            replace(low, number, split, new);
            replace(high, number, split, new);
        }
    }
}

/// The split that lowers the squared error of some rows most.
fn best(binned: &Binned, residual: &[f64], rows: &[u32], how: Boosting) -> Option<Split> {
    let whole: f64 = rows.iter().map(|&row| residual[row as usize]).sum();
    let count = rows.len() as f64;
    let mut best: Option<Split> = None;
    for (feature, bins) in binned.bins.rows().into_iter().enumerate() {
        let mut sums = [(0.0, 0usize); BINS + 1];
        for &row in rows {
            let bin = &mut sums[usize::from(bins[row as usize])];
            bin.0 += residual[row as usize];
            bin.1 += 1;
        }
        let (mut sum, mut below) = (0.0, 0);
        for (bin, &(in_bin, rows_in_bin)) in
            sums.iter().enumerate().take(binned.thresholds[feature].len())
        {
            sum += in_bin;
            below += rows_in_bin;
            if below < how.least || rows.len() - below < how.least {
                continue;
            }
            let above = count - below as f64;
            let gain =
                sum * sum / below as f64 + (whole - sum).powi(2) / above - whole * whole / count;
            if gain > best.map_or(1e-9, |best| best.gain) {
                best = Some(Split { gain, feature, bin });
            }
        }
    }
    best
}
