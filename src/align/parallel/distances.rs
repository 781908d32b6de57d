//! Distances of all beads of a band, and the costs that follow from them.

use ndarray::ArrayView1;
use rayon::prelude::*;

use super::band::Band;
use super::cost::{Costs, Grids, Products};
use super::search::Table;
use super::shapes::{Grid, MOST, Shape};

/// Distances of the plain beads that end at each node of a band.
pub(super) struct Distances<'b> {
    pub(super) band: &'b Band,
    products: &'b Products,
    most: usize,
    shapes: Vec<Shape>,
    values: Vec<f32>,
}

impl<'b> Distances<'b> {
    /// The distances of a band, from encoded vectors where both sides are encoded, else from estimated ones; and how much
    /// larger exact distances are than estimated ones on average, if there are any.
    pub(super) fn new(
        costs: &Costs<'_>,
        products: &'b Products,
        band: &'b Band,
    ) -> (Self, Option<f32>) {
        let shapes: Vec<Shape> =
            costs.shapes.iter().copied().filter(|shape| !shape.is_crossed()).collect();
        let rows: Vec<(Vec<f32>, f32, usize)> = (0..band.height())
            .into_par_iter()
            .map(|i| row(costs, products, &shapes, band, i))
            .collect();
        let mut values = Vec::with_capacity(band.nodes() * shapes.len());
        let (mut difference, mut count) = (0.0, 0);
        for (row, row_difference, row_count) in rows {
            values.extend(row);
            difference += row_difference;
            count += row_count;
        }
        let bias = (count > 0).then(|| costs.estimated + difference / count as f32);
        (Self { band, products, most: costs.most, shapes, values }, bias)
    }

    /// Distances of the beads that end at a node; infinite outside the band.
    pub(super) fn grid(&self, i: usize, j: usize) -> Grid {
        let mut grid = [f32::INFINITY; MOST * MOST];
        if let Some(node) = self.band.index(i, j) {
            let values = &self.values[node * self.shapes.len()..];
            for (shape, &value) in self.shapes.iter().zip(values) {
                grid[shape.place()] = value;
            }
        }
        grid
    }

    /// What the costs of a node's beads rest on.
    pub(super) fn grids(&self, i: usize, j: usize) -> Grids {
        let before = |left: usize, right: usize| {
            let node = i.checked_sub(left).zip(j.checked_sub(right));
            node.map_or([f32::INFINITY; MOST * MOST], |(i, j)| self.grid(i, j))
        };
        Grids {
            here: self.grid(i, j),
            left: before(1, 0),
            right: before(0, 1),
            shared: self.products.shared(i, j, self.most),
        }
    }

    /// The costs of all beads of the band.
    pub(super) fn table(&self, costs: &Costs<'_>) -> Table<'b> {
        let shapes = costs.shapes.len();
        let rows: Vec<Vec<f32>> = (0..self.band.height())
            .into_par_iter()
            .map(|i| {
                let columns = self.band.row(i);
                let mut row = vec![0.0; columns.len() * shapes];
                for (j, node) in columns.zip(row.chunks_mut(shapes)) {
                    costs.of_node((i, j), &self.grids(i, j), node);
                }
                row
            })
            .collect();
        let mut table = Table { band: self.band, shapes, values: rows.concat() };
        price_crossed(&mut table, costs);
        table
    }
}

/// Distances of the beads that end in a row of the band, the sum of the differences between exact and estimated ones, and
/// their number.
fn row(
    costs: &Costs<'_>,
    products: &Products,
    shapes: &[Shape],
    band: &Band,
    i: usize,
) -> (Vec<f32>, f32, usize) {
    // Each run of the left that ends here is looked up once.
    let left: Vec<Option<ArrayView1<'_, f32>>> =
        (1..=costs.most.min(i)).map(|size| costs.left.exact(i - 1, size)).collect();
    let mut values = Vec::with_capacity(band.row(i).len() * shapes.len());
    let (mut difference, mut count) = (0.0, 0);
    for j in band.row(i) {
        let grid = costs.estimated_distances(products, i, j);
        for &shape in shapes {
            let mut value = grid[shape.place()];
            if shape.extra() > 0
                && shape.left <= i
                && shape.right <= j
                && left[shape.left - 1].is_some()
                && let Some(exact) = costs.exact(i, j, shape)
            {
                difference += exact - value;
                count += 1;
                value = exact;
            }
            values.push(value);
        }
    }
    (values, difference, count)
}

/// Prices beads that changed places by what the table says of each.
fn price_crossed(table: &mut Table<'_>, costs: &Costs<'_>) {
    let of_shape = |shape: Shape| costs.shapes.iter().position(|&other| other == shape);
    for (index, &shape) in costs.shapes.iter().enumerate().filter(|(_, shape)| shape.is_crossed()) {
        let parts: Vec<_> =
            shape.parts().into_iter().map(|part| (part, of_shape(part.shape))).collect();
        for i in shape.left..table.band.height() {
            for j in table.band.row(i) {
                let own = parts.iter().map(|&(part, index)| {
                    let place = part.end((i, j)).and_then(|(i, j)| table.place(i, j));
                    place
                        .zip(index)
                        .map_or(f32::INFINITY, |(place, index)| table.values[place + index])
                });
                let cost = own.sum::<f32>() - costs.weights.crossed;
                if let Some(here) = table.place(i, j) {
                    table.values[here + index] = cost;
                }
            }
        }
    }
}
