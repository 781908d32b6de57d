//! Ridge regression with out-of-fold predictions, by the normal equations of each fold.

use ndarray::{Array1, Array2, Axis};

/// Parts that the rows are cut into for predictions on unseen rows.
pub(crate) const FOLDS: usize = 5;

/// What a regression finds.
pub(crate) struct Fitted {
    /// Weight of each column.
    pub(crate) weights: Array1<f64>,
    /// Is added.
    pub(crate) intercept: f64,
    /// Prediction of each row by the weights of the other folds.
    pub(crate) unseen: Vec<f64>,
}

/// Rows that are differences and should come out at `target`, each counting as much as `weight` rows.
pub(crate) struct Differences {
    pub(crate) rows: Array2<f32>,
    pub(crate) target: f32,
    pub(crate) weight: f32,
}

/// The fold of a row.
pub(crate) fn fold(row: usize) -> usize {
    // A multiplicative hash, so that neighbours part.
    (row.wrapping_mul(2_654_435_761) >> 7) % FOLDS
}

/// Weights by ridge regression on columns of deviation 1, pulled towards zero by `pull`.
pub(crate) fn fit(x: &Array2<f32>, y: &[f64], pull: f64, more: &[Differences]) -> Fitted {
    let means = x.mean_axis(Axis(0)).expect("there are rows");
    let scales = x.std_axis(Axis(0), 0.0).mapv(|scale| scale.max(1e-9));
    let middle = y.iter().sum::<f64>() / y.len() as f64;
    let folds: Vec<(Array2<f32>, Array2<f64>, Array1<f64>)> = (0..FOLDS)
        .map(|number| {
            let rows: Vec<usize> = (0..y.len()).filter(|&row| fold(row) == number).collect();
            let part = (x.select(Axis(0), &rows) - &means) / &scales;
            let aims: Array1<f32> = rows.iter().map(|&row| (y[row] - middle) as f32).collect();
            let products = part.t().dot(&part).mapv(f64::from);
            let targets = part.t().dot(&aims).mapv(f64::from);
            (part, products, targets)
        })
        .collect();
    let mut products: Array2<f64> = Array2::from_diag_elem(x.ncols(), pull);
    let mut targets: Array1<f64> = Array1::zeros(x.ncols());
    for differences in more {
        let rows = &differences.rows / &scales;
        let aim = rows.sum_axis(Axis(0)) * differences.target;
        products.scaled_add(f64::from(differences.weight), &rows.t().dot(&rows).mapv(f64::from));
        targets.scaled_add(f64::from(differences.weight), &aim.mapv(f64::from));
    }
    for (_, of_fold, aim) in &folds {
        products += of_fold;
        targets += aim;
    }
    let mut unseen = vec![0.0; y.len()];
    for (number, (part, of_fold, aim)) in folds.iter().enumerate() {
        let weights = solve(&products - of_fold, &targets - aim).mapv(|weight| weight as f32);
        let rows = (0..y.len()).filter(|&row| fold(row) == number);
        rows.zip(part.dot(&weights))
            .for_each(|(row, value)| unseen[row] = f64::from(value) + middle);
    }
    let weights = solve(products, targets) / scales.mapv(f64::from);
    let intercept = middle - weights.dot(&means.mapv(f64::from));
    Fitted { weights, intercept, unseen }
}

/// Solves `a · w = b` for a symmetric positive definite `a`, by Cholesky's decomposition.
fn solve(mut a: Array2<f64>, mut b: Array1<f64>) -> Array1<f64> {
    let n = b.len();
    for row in 0..n {
        for column in 0..=row {
            let (left, right) = (a.row(row), a.row(column));
            let before = ndarray::s![..column];
            let rest = a[[row, column]] - left.slice(before).dot(&right.slice(before));
            a[[row, column]] =
                if row == column { rest.max(1e-12).sqrt() } else { rest / a[[column, column]] };
        }
    }
    for row in 0..n {
        let before = ndarray::s![..row];
        b[row] = (b[row] - a.row(row).slice(before).dot(&b.slice(before))) / a[[row, row]];
    }
    for row in (0..n).rev() {
        let after = ndarray::s![row + 1..];
        let done = a.column(row).slice(after).dot(&b.slice(after));
        b[row] = (b[row] - done) / a[[row, row]];
    }
    b
}
