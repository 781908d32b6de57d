//! The encoder as its formulas say, without any library for networks.

use ndarray::{Array1, Array2, ArrayView1, Axis, s};

use super::{EPSILON, HEADS, HIDDEN, LAYERS, Tensors};

/// The state after each layer, `[tokens, hidden]`.
pub(crate) fn written_out(
    tensors: &Tensors,
    ids: &[i32],
    first_position: usize,
) -> Vec<Array2<f32>> {
    let mut state = embedded(tensors, ids, first_position);
    let mut states = Vec::new();
    for layer in 0..LAYERS {
        let layer = format!("encoder.layer.{layer}");
        let attended = product(
            tensors,
            &attention(tensors, &state, &layer),
            &format!("{layer}.attention.output.dense"),
        );
        state = norm(tensors, &(attended + &state), &format!("{layer}.attention.output.LayerNorm"));
        let inner = product(tensors, &state, &format!("{layer}.intermediate.dense"));
        let inner = inner.mapv(|x| x * share_below(x));
        let output = product(tensors, &inner, &format!("{layer}.output.dense")) + &state;
        state = norm(tensors, &output, &format!("{layer}.output.LayerNorm"));
        states.push(state.clone());
    }
    states
}

/// A dense layer with the hyperbolic tangent.
pub(crate) fn dense(layer: &Tensors, vector: ArrayView1<f32>) -> Array1<f32> {
    (layer["linear.weight"].dot(&vector) + layer["linear.bias"].row(0)).mapv(f32::tanh)
}

fn embedded(tensors: &Tensors, ids: &[i32], first_position: usize) -> Array2<f32> {
    let mut state = Array2::zeros((ids.len(), HIDDEN));
    for (place, (mut row, &id)) in state.rows_mut().into_iter().zip(ids).enumerate() {
        let of = |name: &str, number: usize| {
            tensors[&format!("embeddings.{name}_embeddings.weight")].row(number).to_owned()
        };
        let position = of("position", first_position + place);
        row.assign(&(of("word", id as usize) + position + of("token_type", 0)));
    }
    norm(tensors, &state, "embeddings.LayerNorm")
}

fn norm(tensors: &Tensors, state: &Array2<f32>, name: &str) -> Array2<f32> {
    let (scale, shift) = (&tensors[&format!("{name}.weight")], &tensors[&format!("{name}.bias")]);
    let mean = state.mean_axis(Axis(1)).unwrap().insert_axis(Axis(1));
    let centred = state - &mean;
    let variance = centred.mapv(|x| x * x).mean_axis(Axis(1)).unwrap();
    centred / variance.mapv(|x| (x + EPSILON).sqrt()).insert_axis(Axis(1)) * scale + shift
}

fn product(tensors: &Tensors, state: &Array2<f32>, name: &str) -> Array2<f32> {
    state.dot(&tensors[&format!("{name}.weight")].t()) + &tensors[&format!("{name}.bias")]
}

fn attention(tensors: &Tensors, state: &Array2<f32>, layer: &str) -> Array2<f32> {
    let [query, key, value] = ["query", "key", "value"]
        .map(|part| product(tensors, state, &format!("{layer}.attention.self.{part}")));
    let mut context = Array2::zeros(state.raw_dim());
    let width = HIDDEN / HEADS;
    for head in 0..HEADS {
        let columns = s![.., head * width..(head + 1) * width];
        let mut scores = query.slice(columns).dot(&key.slice(columns).t()) / (width as f32).sqrt();
        for mut row in scores.rows_mut() {
            row.mapv_inplace(f32::exp);
            let sum = row.sum();
            row /= sum;
        }
        context.slice_mut(columns).assign(&scores.dot(&value.slice(columns)));
    }
    context
}

/// The share of the normal distribution below x, by the series of its integral.
fn share_below(x: f32) -> f32 {
    let x = f64::from(x);
    let (mut term, mut sum) = (x, x);
    for step in 1..200 {
        term *= x * x / f64::from(2 * step + 1);
        sum += term;
    }
    (0.5 + sum * (-x * x / 2.0).exp() / std::f64::consts::TAU.sqrt()) as f32
}
