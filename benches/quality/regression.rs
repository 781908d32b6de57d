//! Logistic regression for the benches that fit and cross-validate weights.

use ndarray::{Array1, Array2};

/// Pull of the weights towards zero.
const RIDGE: f64 = 1.0;

/// Rows of equal length as a matrix.
pub(crate) fn matrix(rows: &[Vec<f64>]) -> Array2<f64> {
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(row, column)| rows[row][column])
}

/// Weights of a logistic regression by Newton's method; the intercept, column 0, is not pulled.
pub(crate) fn logistic_regression(
    x: &Array2<f64>,
    y: &Array1<f64>,
    counts: &Array1<f64>,
) -> Array1<f64> {
    let mut weights = Array1::zeros(x.ncols());
    for _ in 0..50 {
        let p = x.dot(&weights).mapv(|sum: f64| 1.0 / (1.0 + (-sum).exp()));
        let mut gradient = x.t().dot(&((y - &p) * counts));
        let curvature = p.mapv(|p| (p * (1.0 - p)).max(1e-9)) * counts;
        let mut hessian = x.t().dot(&(x * &curvature.insert_axis(ndarray::Axis(1))));
        for i in 1..weights.len() {
            gradient[i] -= RIDGE * weights[i];
            hessian[[i, i]] += RIDGE;
        }
        let step = solve(hessian, gradient);
        weights += &step;
        if step.iter().all(|change: &f64| change.abs() < 1e-6) {
            break;
        }
    }
    weights
}

/// Solves `a · w = b` by Gaussian elimination with pivoting.
fn solve(mut a: Array2<f64>, mut b: Array1<f64>) -> Array1<f64> {
    let n = b.len();
    for column in 0..n {
        let pivot = (column..n)
            .max_by(|&i, &j| a[[i, column]].abs().total_cmp(&a[[j, column]].abs()))
            .unwrap_or(column);
        for k in 0..n {
            a.swap([column, k], [pivot, k]);
        }
        b.swap(column, pivot);
        for row in column + 1..n {
            let factor = a[[row, column]] / a[[column, column]];
            for k in column..n {
                a[[row, k]] -= factor * a[[column, k]];
            }
            b[row] -= factor * b[column];
        }
    }
    let mut w = Array1::zeros(n);
    for row in (0..n).rev() {
        let rest: f64 = (row + 1..n).map(|k| a[[row, k]] * w[k]).sum();
        w[row] = (b[row] - rest) / a[[row, row]];
    }
    w
}
