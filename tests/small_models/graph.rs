//! An encoder as an ONNX graph, with the operators that exports from torch have.

use super::{EPSILON, Family, HEADS, HIDDEN, LAYERS, PADDING, Tensors};

/// Numbers of types in the format.
const FLOAT: u64 = 1;
const INT64: u64 = 7;
/// Versions of the format and of the operators.
const FORMAT: u64 = 8;
const OPERATORS: u64 = 17;
/// What is added to the score of a token of padding.
const MASKED: f32 = -1e9;

/// A message of the format: fields with a number each.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn variable(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn number(mut self, field: u64, number: u64) -> Self {
        self.variable(field << 3);
        self.variable(number);
        self
    }

    fn float(mut self, field: u64, number: f32) -> Self {
        self.variable(field << 3 | 5);
        self.0.extend(number.to_le_bytes());
        self
    }

    fn bytes(mut self, field: u64, bytes: impl AsRef<[u8]>) -> Self {
        self.variable(field << 3 | 2);
        self.variable(bytes.as_ref().len() as u64);
        self.0.extend(bytes.as_ref());
        self
    }

    fn message(self, field: u64, message: Self) -> Self {
        self.bytes(field, message.0)
    }
}

/// An attribute of an operator.
enum Attribute {
    Integer(&'static str, i64),
    Integers(&'static str, &'static [i64]),
    Float(&'static str, f32),
}

impl Attribute {
    fn message(&self) -> Message {
        match *self {
            Self::Integer(name, number) => {
                Message::default().bytes(1, name).number(3, number as u64).number(20, 2)
            }
            Self::Integers(name, numbers) => {
                let start = Message::default().bytes(1, name);
                let all = numbers.iter().fold(start, |all, &number| all.number(8, number as u64));
                all.number(20, 7)
            }
            Self::Float(name, number) => {
                Message::default().bytes(1, name).float(2, number).number(20, 1)
            }
        }
    }
}

/// A graph that is being put together; values are told by their names.
#[derive(Default)]
struct Graph {
    message: Message,
    values: usize,
}

impl Graph {
    fn add(&mut self, field: u64, message: Message) {
        self.message = std::mem::take(&mut self.message).message(field, message);
    }

    fn constant(&mut self, name: &str, kind: u64, shape: &[usize], data: Vec<u8>) -> String {
        let sizes = shape.iter().fold(Message::default(), |all, &size| all.number(1, size as u64));
        self.add(5, sizes.number(2, kind).bytes(8, name).bytes(9, data));
        name.to_owned()
    }

    fn new_name(&mut self) -> String {
        self.values += 1;
        format!("value.{}", self.values)
    }

    fn integers(&mut self, numbers: &[i64], shape: &[usize]) -> String {
        let name = self.new_name();
        let data = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.constant(&name, INT64, shape, data)
    }

    fn floats<'n>(
        &mut self,
        name: &str,
        shape: &[usize],
        numbers: impl Iterator<Item = &'n f32>,
    ) -> String {
        let data = numbers.flat_map(|number| number.to_le_bytes()).collect();
        self.constant(name, FLOAT, shape, data)
    }

    fn float(&mut self, number: f32) -> String {
        let name = self.new_name();
        self.floats(&name, &[], [number].iter())
    }

    /// Adds an operator and gives the name of its result.
    fn node(&mut self, operator: &str, inputs: &[&str], attributes: &[Attribute]) -> String {
        let output = self.new_name();
        self.node_to(&output, operator, inputs, attributes)
    }

    fn node_to(
        &mut self,
        output: &str,
        operator: &str,
        inputs: &[&str],
        attributes: &[Attribute],
    ) -> String {
        let node = inputs.iter().fold(Message::default(), |node, input| node.bytes(1, input));
        let node = node.bytes(2, output).bytes(3, output).bytes(4, operator);
        let node = attributes.iter().fold(node, |node, one| node.message(5, one.message()));
        self.add(1, node);
        output.to_owned()
    }

    fn add_value(&mut self, field: u64, name: &str, kind: u64, sizes: &[&str]) {
        let dimensions = sizes.iter().fold(Message::default(), |all, size| {
            all.message(1, Message::default().bytes(2, size))
        });
        let tensor = Message::default().number(1, kind).message(2, dimensions);
        let described = Message::default().bytes(1, name);
        self.add(field, described.message(2, Message::default().message(1, tensor)));
    }
}

/// The parts of an encoder in a graph.
struct Encoder<'t> {
    graph: Graph,
    tensors: &'t Tensors,
}

impl Encoder<'_> {
    fn weight(&mut self, name: &str) -> String {
        let tensor = &self.tensors[name];
        self.graph.floats(name, tensor.shape(), tensor.iter())
    }

    fn vector(&mut self, name: &str) -> String {
        let tensor = &self.tensors[name];
        self.graph.floats(name, &[tensor.len()], tensor.iter())
    }

    fn dense(&mut self, state: &str, name: &str) -> String {
        let tensor = self.tensors[&format!("{name}.weight")].t().to_owned();
        let weight =
            self.graph.floats(&format!("{name}.transposed"), tensor.shape(), tensor.iter());
        let bias = self.vector(&format!("{name}.bias"));
        let product = self.graph.node("MatMul", &[state, &weight], &[]);
        self.graph.node("Add", &[&product, &bias], &[])
    }

    fn norm(&mut self, state: &str, name: &str, output: &str) -> String {
        let weight = self.vector(&format!("{name}.weight"));
        let bias = self.vector(&format!("{name}.bias"));
        let attributes = [Attribute::Integer("axis", -1), Attribute::Float("epsilon", EPSILON)];
        self.graph.node_to(output, "LayerNormalization", &[state, &weight, &bias], &attributes)
    }

    /// The positions of tokens: counted from 0, or past those of padding from the number after it.
    fn positions(&mut self, family: Family) -> String {
        let graph = &mut self.graph;
        if family == Family::Bert {
            let (zero, one) = (graph.integers(&[0], &[]), graph.integers(&[1], &[]));
            let shape = graph.node("Shape", &["input_ids"], &[]);
            let length = graph.node("Gather", &[&shape, &one], &[Attribute::Integer("axis", 0)]);
            return graph.node("Range", &[&zero, &length, &one], &[]);
        }
        let padding = graph.integers(&[PADDING as i64], &[]);
        let axis = graph.integers(&[1], &[]);
        let equal = graph.node("Equal", &["input_ids", &padding], &[]);
        let text = graph.node("Not", &[&equal], &[]);
        let text = graph.node("Cast", &[&text], &[Attribute::Integer("to", INT64 as i64)]);
        let count = graph.node("CumSum", &[&text, &axis], &[]);
        let count = graph.node("Mul", &[&count, &text], &[]);
        graph.node("Add", &[&count, &padding], &[])
    }

    fn embeddings(&mut self, family: Family) -> String {
        let words = self.weight("embeddings.word_embeddings.weight");
        let places = self.weight("embeddings.position_embeddings.weight");
        let kinds = self.weight("embeddings.token_type_embeddings.weight");
        let positions = self.positions(family);
        let words = self.graph.node("Gather", &[&words, "input_ids"], &[]);
        let places = self.graph.node("Gather", &[&places, &positions], &[]);
        let kinds = if family == Family::Bert {
            self.graph.node("Gather", &[&kinds, "token_type_ids"], &[])
        } else {
            let first = self.graph.integers(&[0], &[]);
            self.graph.node("Gather", &[&kinds, &first], &[])
        };
        let sum = self.graph.node("Add", &[&words, &places], &[]);
        let sum = self.graph.node("Add", &[&sum, &kinds], &[]);
        self.norm(&sum, "embeddings.LayerNorm", "layer.0")
    }

    /// What is added to scores, `[texts, 1, 1, tokens]`.
    fn mask(&mut self) -> String {
        let graph = &mut self.graph;
        let axes = graph.integers(&[1, 2], &[2]);
        let (one, masked) = (graph.float(1.0), graph.float(MASKED));
        let mask =
            graph.node("Cast", &["attention_mask"], &[Attribute::Integer("to", FLOAT as i64)]);
        let mask = graph.node("Unsqueeze", &[&mask, &axes], &[]);
        let padding = graph.node("Sub", &[&one, &mask], &[]);
        graph.node("Mul", &[&padding, &masked], &[])
    }

    fn attention(&mut self, state: &str, layer: &str, mask: &str) -> String {
        let width = HIDDEN / HEADS;
        let split = self.graph.integers(&[0, 0, HEADS as i64, width as i64], &[4]);
        let join = self.graph.integers(&[0, 0, HIDDEN as i64], &[3]);
        let scale = self.graph.float((width as f32).sqrt());
        let mut heads = |part: &str, order: &'static [i64]| {
            let states = self.dense(state, &format!("{layer}.attention.self.{part}"));
            let states = self.graph.node("Reshape", &[&states, &split], &[]);
            self.graph.node("Transpose", &[&states], &[Attribute::Integers("perm", order)])
        };
        let query = heads("query", &[0, 2, 1, 3]);
        let key = heads("key", &[0, 2, 3, 1]);
        let value = heads("value", &[0, 2, 1, 3]);
        let graph = &mut self.graph;
        let scores = graph.node("MatMul", &[&query, &key], &[]);
        let scores = graph.node("Div", &[&scores, &scale], &[]);
        let scores = graph.node("Add", &[&scores, mask], &[]);
        let shares = graph.node("Softmax", &[&scores], &[Attribute::Integer("axis", -1)]);
        let context = graph.node("MatMul", &[&shares, &value], &[]);
        let order = [Attribute::Integers("perm", &[0, 2, 1, 3])];
        let context = graph.node("Transpose", &[&context], &order);
        graph.node("Reshape", &[&context, &join], &[])
    }

    /// x Φ(x).
    fn activation(&mut self, state: &str) -> String {
        let graph = &mut self.graph;
        let (root, one, half) = (graph.float(2.0_f32.sqrt()), graph.float(1.0), graph.float(0.5));
        let scaled = graph.node("Div", &[state, &root], &[]);
        let error = graph.node("Erf", &[&scaled], &[]);
        let share = graph.node("Add", &[&error, &one], &[]);
        let product = graph.node("Mul", &[state, &share], &[]);
        graph.node("Mul", &[&product, &half], &[])
    }

    fn layer(&mut self, state: &str, number: usize, mask: &str) -> String {
        let layer = format!("encoder.layer.{number}");
        let context = self.attention(state, &layer, mask);
        let attended = self.dense(&context, &format!("{layer}.attention.output.dense"));
        let sum = self.graph.node("Add", &[&attended, state], &[]);
        let output = self.graph.new_name();
        let state = self.norm(&sum, &format!("{layer}.attention.output.LayerNorm"), &output);
        let inner = self.dense(&state, &format!("{layer}.intermediate.dense"));
        let inner = self.activation(&inner);
        let outer = self.dense(&inner, &format!("{layer}.output.dense"));
        let sum = self.graph.node("Add", &[&outer, &state], &[]);
        let last = number + 1 == LAYERS;
        let output =
            if last { "last_hidden_state".into() } else { format!("layer.{}", number + 1) };
        self.norm(&sum, &format!("{layer}.output.LayerNorm"), &output)
    }
}

/// The graph of an encoder; the states of inner layers are called `layer.1` and so on.
pub(crate) fn onnx(family: Family, tensors: &Tensors) -> Vec<u8> {
    let mut encoder = Encoder { graph: Graph::default(), tensors };
    let mask = encoder.mask();
    let mut state = encoder.embeddings(family);
    for number in 0..LAYERS {
        state = encoder.layer(&state, number, &mask);
    }
    let mut graph = encoder.graph;
    let inputs: &[&str] = match family {
        Family::Bert => &["input_ids", "attention_mask", "token_type_ids"],
        Family::XlmRoberta => &["input_ids", "attention_mask"],
    };
    for name in inputs {
        graph.add_value(11, name, INT64, &["texts", "tokens"]);
    }
    graph.add_value(12, &state, FLOAT, &["texts", "tokens", "hidden"]);
    let graph = graph.message.bytes(2, "encoder");
    let operators = Message::default().bytes(1, "").number(2, OPERATORS);
    Message::default().number(1, FORMAT).message(7, graph).message(8, operators).0
}
