//! The encoder's weights, laid out for the kernels.

use super::kernels::{COLUMNS, GROUP, LANES, LINES, Line};
use super::onnx::Graph;

/// An encoder of the BERT family with 8-bit weights and activations.
pub(super) struct Encoder {
    /// Number of known tokens.
    pub(super) vocabulary: usize,
    /// Where the word vectors lie in the file: `vocabulary` rows of `hidden` bytes.
    pub(super) words: usize,
    /// What each word vector is multiplied with.
    pub(super) word_scales: Vec<f32>,
    /// Vectors of the positions, `hidden` numbers each.
    pub(super) positions: Vec<f32>,
    /// After words and positions are added.
    pub(super) norm: Norm,
    /// What words and positions go through.
    pub(super) stack: Stack,
}

/// Layers, one upon the other.
pub(super) struct Stack {
    /// Length of a token's vector.
    pub(super) hidden: usize,
    /// Heads of the attention.
    pub(super) heads: usize,
    /// Added to variances.
    pub(super) epsilon: f32,
    /// Layers, the lowest first.
    pub(super) layers: Vec<Layer>,
}

/// One layer: attention, then two products with an activation between them.
pub(super) struct Layer {
    /// How the state enters the attention.
    pub(super) attention_input: Step,
    /// Query, key and value, head by head.
    pub(super) attention: Product,
    /// How the attention's result enters the next product.
    pub(super) context: Step,
    pub(super) attention_output: Product,
    pub(super) attention_norm: Norm,
    /// How the state enters the feed-forward part.
    pub(super) intermediate_input: Step,
    pub(super) intermediate: Product,
    /// How the activations enter the last product.
    pub(super) output_input: Step,
    pub(super) output: Product,
    pub(super) output_norm: Norm,
}

/// Scale and shift of a layer normalisation.
pub(super) struct Norm {
    pub(super) scale: Vec<f32>,
    pub(super) shift: Vec<f32>,
}

/// How numbers become bytes: `round(x * factor) + zero`.
pub(super) struct Step {
    /// One for each channel, the common scale in it.
    pub(super) factors: Vec<f32>,
    /// The byte that stands for 0.
    pub(super) zero: u8,
}

/// A product with a matrix of signed bytes: `y = (bytes - zero) · weights * scale + bias`.
pub(super) struct Product {
    /// Length of a row that goes in.
    pub(super) depth: usize,
    /// Length of a row that comes out.
    pub(super) columns: usize,
    /// Panels of 48 columns: for each group of four inputs, the weights of each column.
    lines: Vec<Line>,
    /// Where the sums start: what the byte for 0 adds, taken off.
    starts: Vec<[i32; COLUMNS]>,
    scales: Vec<[f32; COLUMNS]>,
    biases: Vec<[f32; COLUMNS]>,
}

/// Weights of 48 columns and what belongs to them.
#[derive(Clone, Copy)]
pub(super) struct Panel<'a> {
    /// Number of the first column.
    pub(super) first: usize,
    /// Columns that there are; the others are 0.
    pub(super) width: usize,
    pub(super) lines: &'a [Line],
    pub(super) start: &'a [i32; COLUMNS],
    pub(super) scale: &'a [f32; COLUMNS],
    pub(super) bias: &'a [f32; COLUMNS],
}

impl Product {
    fn new(depth: usize, columns: usize) -> Self {
        let panels = columns.div_ceil(COLUMNS);
        Self {
            depth,
            columns,
            lines: vec![Line([0; 64]); panels * depth / GROUP * LINES],
            starts: vec![[0; COLUMNS]; panels],
            scales: vec![[0.0; COLUMNS]; panels],
            biases: vec![[0.0; COLUMNS]; panels],
        }
    }

    /// The panels, from the first column on.
    #[inline(always)]
    pub(super) fn panels(&self) -> impl Iterator<Item = Panel<'_>> {
        let lines = self.lines.chunks_exact(self.depth / GROUP * LINES);
        let rest = self.starts.iter().zip(&self.scales).zip(&self.biases);
        lines.zip(rest).enumerate().map(|(number, (lines, ((start, scale), bias)))| {
            let first = number * COLUMNS;
            let width = (self.columns - first).min(COLUMNS);
            Panel { first, width, lines, start, scale, bias }
        })
    }

    /// Puts columns `from..from + count` of a matrix with `width` columns to the columns from `to` on, a multiple of 16.
    fn put(&mut self, part: &Part, from: usize, count: usize, to: usize, zero: u8) {
        for first in (0..count).step_by(LANES) {
            let width = (count - first).min(LANES);
            let (panel, column) = ((to + first) / COLUMNS, (to + first) % COLUMNS);
            let lines = &mut self.lines[panel * self.depth / GROUP * LINES..];
            let lines = lines.iter_mut().skip(column / LANES).step_by(LINES);
            let mut sums = [0; LANES];
            for (line, rows) in lines.zip(part.weights.chunks_exact(GROUP * part.width)) {
                for (input, row) in rows.chunks_exact(part.width).enumerate() {
                    let weights = &row[from + first..][..width];
                    for ((&weight, sum), place) in weights.iter().zip(&mut sums).zip(0..LANES) {
                        line.0[place * GROUP + input] = weight.cast_signed();
                        *sum += i32::from(weight.cast_signed());
                    }
                }
            }
            for (place, &sum) in sums.iter().enumerate().take(width) {
                let source = from + first + place;
                self.starts[panel][column + place] = -sum * i32::from(zero);
                self.scales[panel][column + place] = part.scales[source];
                self.biases[panel][column + place] = part.biases[source];
            }
        }
    }
}

/// A matrix as it stands in the file.
struct Part<'a> {
    weights: &'a [u8],
    width: usize,
    scales: Vec<f32>,
    biases: Vec<f32>,
}

/// Reads the constants of one layer or all.
struct Reader<'a> {
    graph: &'a Graph<'a>,
    hidden: usize,
    heads: usize,
}

impl Encoder {
    /// Takes the weights out of a graph as `models/build.py` writes it; `file` is where the graph was read from.
    ///
    /// # Errors
    /// What is missing or does not fit.
    pub(super) fn read(graph: &Graph, file: &[u8]) -> Result<Self, String> {
        let [vocabulary, hidden] = *graph.shape("word_vectors")? else {
            return Err("its word vectors are no matrix".to_owned());
        };
        let positions = graph.shape("positions")?.first().copied().unwrap_or(0);
        let stack = Stack::read(graph, hidden)?;
        let words = graph.integers("word_vectors", vocabulary, hidden)?;
        let reader = Reader { graph, hidden, heads: stack.heads };
        Ok(Self {
            vocabulary,
            words: words.as_ptr().addr() - file.as_ptr().addr(),
            word_scales: graph.floats("word_scales", vocabulary)?,
            positions: graph.floats("positions", positions * hidden)?,
            norm: reader.norm("embedding_norm")?,
            stack,
        })
    }
}

impl Stack {
    /// Takes all layers out of a graph as `models/build.py` writes it, over vectors of `hidden` numbers.
    ///
    /// # Errors
    /// What is missing or does not fit.
    pub(super) fn read(graph: &Graph, hidden: usize) -> Result<Self, String> {
        let attention = graph.nodes.iter().find(|node| node.operator == "Attention");
        let heads = attention.and_then(|node| node.integer("q_num_heads")).unwrap_or(0);
        let norm = graph.nodes.iter().find(|node| node.operator == "LayerNormalization");
        let epsilon = norm.and_then(|node| node.float("epsilon")).unwrap_or(f32::NAN);
        let layers = (0..).take_while(|number| graph.has(&format!("layer.{number}.query.weight")));
        let layers: Vec<usize> = layers.collect();
        let heads_fit = heads > 0 && hidden.is_multiple_of(heads * LANES);
        if !heads_fit || layers.is_empty() || !(0.0..1.0).contains(&epsilon) {
            return Err(format!(
                "{} layers with {heads} heads over vectors of {hidden} are nothing for this engine",
                layers.len()
            ));
        }
        let reader = Reader { graph, hidden, heads };
        let read = |number: usize| reader.layer(number);
        let layers = std::thread::scope(|scope| {
            let halves = layers.chunks(layers.len().div_ceil(2));
            let workers: Vec<_> = halves
                .map(|half| scope.spawn(move || half.iter().map(|&layer| read(layer)).collect()))
                .collect();
            let join = |worker: std::thread::ScopedJoinHandle<_>| {
                worker.join().unwrap_or_else(|_| Err("a thread died while reading it".to_owned()))
            };
            workers.into_iter().map(join).collect::<Result<Vec<Vec<Layer>>, String>>()
        })?;
        Ok(Self { hidden, heads, epsilon, layers: layers.into_iter().flatten().collect() })
    }
}

impl Reader<'_> {
    fn layer(&self, number: usize) -> Result<Layer, String> {
        let name = |part: &str| format!("layer.{number}.{part}");
        let hidden = self.hidden;
        let inner = self.graph.shape(&name("intermediate.weight"))?.last().copied().unwrap_or(0);
        if !inner.is_multiple_of(GROUP) || inner == 0 {
            return Err(format!("layer {number} has {inner} inner channels"));
        }
        let attention_input = self.step(&name("attention_input"), hidden)?;
        let context = self.step(&name("context"), hidden)?;
        let intermediate_input = self.step(&name("intermediate_input"), hidden)?;
        let output_input = self.step(&name("output_input"), inner)?;
        Ok(Layer {
            attention: self.attention(&name(""), attention_input.zero)?,
            attention_output: self.product(&name("attention_output"), hidden, hidden, &context)?,
            attention_norm: self.norm(&name("attention_norm"))?,
            intermediate: self.product(
                &name("intermediate"),
                hidden,
                inner,
                &intermediate_input,
            )?,
            output: self.product(&name("output"), inner, hidden, &output_input)?,
            output_norm: self.norm(&name("output_norm"))?,
            attention_input,
            context,
            intermediate_input,
            output_input,
        })
    }

    /// Query, key and value of each head side by side. The query's scale takes in what the attention divides by, and
    /// that its softmax takes powers of two.
    fn attention(&self, prefix: &str, zero: u8) -> Result<Product, String> {
        let width = self.hidden / self.heads;
        let stride = (3 * width).next_multiple_of(COLUMNS);
        let mut product = Product::new(self.hidden, stride * self.heads);
        for (place, name) in ["query", "key", "value"].into_iter().enumerate() {
            let mut part = self.part(&format!("{prefix}{name}"), self.hidden, self.hidden)?;
            if place == 0 {
                let factor = std::f32::consts::LOG2_E / (width as f32).sqrt();
                part.scales.iter_mut().chain(&mut part.biases).for_each(|number| *number *= factor);
            }
            for head in 0..self.heads {
                product.put(&part, head * width, width, head * stride + place * width, zero);
            }
        }
        Ok(product)
    }

    fn product(
        &self,
        name: &str,
        depth: usize,
        columns: usize,
        step: &Step,
    ) -> Result<Product, String> {
        let part = self.part(name, depth, columns)?;
        let mut product = Product::new(depth, columns);
        product.put(&part, 0, columns, 0, step.zero);
        Ok(product)
    }

    fn part(&self, name: &str, depth: usize, columns: usize) -> Result<Part<'_>, String> {
        let bias = format!("{name}.bias");
        Ok(Part {
            weights: self.graph.integers(&format!("{name}.weight"), depth, columns)?,
            width: columns,
            scales: self.graph.floats(&format!("{name}.scale"), columns)?,
            biases: match self.graph.has(&bias) {
                true => self.graph.floats(&bias, columns)?,
                false => vec![0.0; columns],
            },
        })
    }

    fn norm(&self, name: &str) -> Result<Norm, String> {
        Ok(Norm {
            scale: self.graph.floats(&format!("{name}.scale"), self.hidden)?,
            shift: self.graph.floats(&format!("{name}.shift"), self.hidden)?,
        })
    }

    fn step(&self, name: &str, channels: usize) -> Result<Step, String> {
        let scale = self.graph.float(&format!("{name}.scale"))?;
        if scale <= f32::MIN_POSITIVE {
            return Err(format!("{name:?} has the scale {scale}"));
        }
        let factor = format!("{name}.factor");
        let mut factors = match self.graph.has(&factor) {
            true => self.graph.floats(&factor, channels)?,
            false => vec![1.0; channels],
        };
        factors.iter_mut().for_each(|factor| *factor /= scale);
        Ok(Step { factors, zero: self.graph.byte(&format!("{name}.zero_point"))? })
    }
}
