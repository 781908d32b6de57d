//! Shapes of beads: how many sentences of each side go together.

use super::ParallelOptions;

/// Most sentences on one side of a bead that the tables hold.
pub(super) const MOST: usize = 8;
/// Most sentences on one side of a bead that changed places with its neighbour.
const MOST_CROSSED: usize = 2;

/// How many sentences a bead has on each side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) left: usize,
    pub(super) right: usize,
    /// Two beads that changed places instead of one: how many sentences on the left and on the right belong to the one
    /// that comes first on the left, and last on the right.
    crossed: Option<(usize, usize)>,
}

/// One of two beads that changed places, or a bead by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) shape: Shape,
    /// How many sentences before the end of the whole it ends on the left.
    pub(super) before_left: usize,
    /// How many sentences before the end of the whole it ends on the right.
    pub(super) before_right: usize,
}

impl Part {
    /// The node where it ends if the whole ends at node (`i`, `j`).
    pub(super) fn end(self, (i, j): (usize, usize)) -> Option<(usize, usize)> {
        i.checked_sub(self.before_left).zip(j.checked_sub(self.before_right))
    }
}

impl Shape {
    /// A bead of so many sentences on the left and on the right.
    pub(super) fn plain(left: usize, right: usize) -> Self {
        Self { left, right, crossed: None }
    }

    /// Two beads that changed places, in the order of the left text.
    fn crossed(first: Self, second: Self) -> Self {
        Self {
            left: first.left + second.left,
            right: first.right + second.right,
            crossed: Some((first.left, first.right)),
        }
    }

    /// Whether it is two beads that changed places.
    pub(super) fn is_crossed(self) -> bool {
        self.crossed.is_some()
    }

    /// The beads it consists of, in the order of the left text: itself, or two that changed places.
    pub(super) fn parts(self) -> Vec<Part> {
        let Some((left, right)) = self.crossed else {
            return vec![Part { shape: self, before_left: 0, before_right: 0 }];
        };
        let first = Self::plain(left, right);
        let second = Self::plain(self.left - left, self.right - right);
        vec![
            Part { shape: first, before_left: second.left, before_right: 0 },
            Part { shape: second, before_left: 0, before_right: first.right },
        ]
    }

    /// Sentences beyond the first on either side of a plain bead.
    pub(super) fn extra(self) -> usize {
        self.left + self.right - 2
    }

    /// Where a plain bead stands in a [`Grid`].
    pub(super) fn place(self) -> usize {
        grid_place(self.left, self.right)
    }
}

/// A value for each plain bead that ends at a node.
pub(super) type Grid = [f32; MOST * MOST];

/// Where a bead of so many sentences stands in a [`Grid`].
pub(super) fn grid_place(left: usize, right: usize) -> usize {
    (left - 1) * MOST + right - 1
}

/// The shapes of beads that a search may use, plain ones first.
pub(super) fn shapes(options: &ParallelOptions) -> Vec<Shape> {
    let side = if options.one_to_one { 1 } else { options.most_on_one_side.clamp(1, MOST) };
    let mut shapes = plain(side, options.most_in_all);
    let crossed = side.min(MOST_CROSSED);
    let parts = plain(crossed, crossed + 1);
    for &first in &parts {
        shapes.extend(parts.iter().map(|&second| Shape::crossed(first, second)));
    }
    shapes
}

fn plain(side: usize, in_all: usize) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for left in 1..=side {
        for right in 1..=side {
            if left + right <= in_all.max(2) {
                shapes.push(Shape::plain(left, right));
            }
        }
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossed_beads_are_cut_in_the_order_of_the_left_text() {
        let shape = Shape::crossed(Shape::plain(1, 2), Shape::plain(2, 1));
        assert_eq!((shape.left, shape.right), (3, 3));
        let ends: Vec<_> = shape.parts().into_iter().map(|part| part.end((10, 20))).collect();
        assert_eq!(ends, [Some((8, 20)), Some((10, 18))]);
    }

    #[test]
    fn one_to_one_leaves_two_shapes() {
        let options = ParallelOptions { one_to_one: true, ..ParallelOptions::default() };
        let shapes = shapes(&options);
        assert_eq!(shapes.len(), 2);
        assert!(shapes[1].is_crossed());
    }
}
