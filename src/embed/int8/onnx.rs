//! Reads constants and a few attributes out of an ONNX file without copying them.
//!
//! ONNX is a Protocol Buffers format; only the fields that are needed are looked at (numbers in `onnx.proto3`).

use std::collections::HashMap;

/// What a file says, by name.
#[derive(Debug, Default)]
pub(super) struct Graph<'a> {
    constants: HashMap<&'a str, Tensor<'a>>,
    /// Nodes in the order of the file.
    pub(super) nodes: Vec<Node<'a>>,
}

/// A constant of the graph.
#[derive(Debug, Default, Clone)]
pub(super) struct Tensor<'a> {
    shape: Vec<usize>,
    kind: u64,
    bytes: &'a [u8],
}

/// An operator of the graph.
#[derive(Debug, Default)]
pub(super) struct Node<'a> {
    /// Its kind, e.g. `Attention`.
    pub(super) operator: &'a str,
    /// Name of its first result.
    pub(super) output: &'a str,
    attributes: Vec<(&'a str, Number)>,
}

/// An attribute that is a number.
#[derive(Debug, Default, Clone, Copy)]
struct Number {
    float: f32,
    integer: u64,
}

/// Types of tensors (`TensorProto.DataType`).
const FLOAT: u64 = 1;
const UINT8: u64 = 2;
const INT8: u64 = 3;

impl<'a> Graph<'a> {
    /// Reads a model file.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub(super) fn read(file: &'a [u8]) -> Result<Self, String> {
        let mut graph = Self::default();
        let mut found = false;
        for field in Fields(file) {
            if let (7, Value::Bytes(bytes)) = field? {
                found = true;
                graph.read_graph(bytes)?;
            }
        }
        if found { Ok(graph) } else { Err("it holds no graph".to_owned()) }
    }

    fn read_graph(&mut self, bytes: &'a [u8]) -> Result<(), String> {
        for field in Fields(bytes) {
            match field? {
                (1, Value::Bytes(bytes)) => self.nodes.push(Node::read(bytes)?),
                (5, Value::Bytes(bytes)) => {
                    let (name, tensor) = Tensor::read(bytes)?;
                    self.constants.insert(name, tensor);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether there is a constant of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.constants.contains_key(name)
    }

    /// The finite numbers of a constant.
    ///
    /// # Errors
    /// If there is none of that name, type and number of elements, or a number is infinite or none.
    pub(super) fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, String> {
        let bytes = self.bytes(name, FLOAT, count, 4)?;
        let numbers: Vec<f32> = bytes
            .chunks_exact(4)
            .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
            .collect();
        match numbers.iter().all(|number| number.is_finite()) {
            true => Ok(numbers),
            false => Err(format!("{name:?} holds values that are no numbers")),
        }
    }

    /// One finite number.
    ///
    /// # Errors
    /// As [`floats`](Self::floats).
    pub(super) fn float(&self, name: &str) -> Result<f32, String> {
        Ok(self.floats(name, 1)?[0])
    }

    /// One byte.
    ///
    /// # Errors
    /// If there is no such constant.
    pub(super) fn byte(&self, name: &str) -> Result<u8, String> {
        Ok(self.bytes(name, UINT8, 1, 1)?[0])
    }

    /// Signed bytes of a matrix with so many rows and columns.
    ///
    /// # Errors
    /// If there is no such constant.
    pub(super) fn integers(
        &self,
        name: &str,
        rows: usize,
        columns: usize,
    ) -> Result<&'a [u8], String> {
        let shape = self.shape(name)?;
        if shape != [rows, columns] {
            return Err(format!("{name:?} has the shape {shape:?}, not [{rows}, {columns}]"));
        }
        self.bytes(name, INT8, rows * columns, 1)
    }

    /// The shape of a constant.
    ///
    /// # Errors
    /// If there is none of that name.
    pub(super) fn shape(&self, name: &str) -> Result<&[usize], String> {
        Ok(&self.tensor(name)?.shape)
    }

    fn tensor(&self, name: &str) -> Result<&Tensor<'a>, String> {
        self.constants.get(name).ok_or_else(|| format!("it has no constant {name:?}"))
    }

    fn bytes(&self, name: &str, kind: u64, count: usize, size: usize) -> Result<&'a [u8], String> {
        let tensor = self.tensor(name)?;
        let expected = tensor.shape.iter().product::<usize>() == count
            && tensor.kind == kind
            && Some(tensor.bytes.len()) == count.checked_mul(size);
        match expected {
            true => Ok(tensor.bytes),
            false => Err(format!(
                "{name:?} is of type {} with the shape {:?} and {} bytes, which do not fit the other constants",
                tensor.kind,
                tensor.shape,
                tensor.bytes.len()
            )),
        }
    }
}

impl<'a> Tensor<'a> {
    fn read(bytes: &'a [u8]) -> Result<(&'a str, Self), String> {
        let (mut name, mut tensor) = ("", Self::default());
        for field in Fields(bytes) {
            match field? {
                (1, Value::Number(size)) => tensor.shape.push(dimension(size)?),
                (1, Value::Bytes(packed)) => {
                    let mut rest = packed;
                    while !rest.is_empty() {
                        tensor.shape.push(dimension(variable(&mut rest)?)?);
                    }
                }
                (2, Value::Number(kind)) => tensor.kind = kind,
                (8, Value::Bytes(bytes)) => name = text(bytes)?,
                (9, Value::Bytes(bytes)) => tensor.bytes = bytes,
                _ => {}
            }
        }
        Ok((name, tensor))
    }
}

/// A size; the largest number stands in for sizes that no memory holds.
fn dimension(size: u64) -> Result<usize, String> {
    usize::try_from(size)
        .ok()
        .filter(|&size| size < 1 << 31)
        .ok_or_else(|| format!("a constant has the size {size}"))
}

impl<'a> Node<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, String> {
        let mut node = Self::default();
        for field in Fields(bytes) {
            match field? {
                (2, Value::Bytes(bytes)) if node.output.is_empty() => node.output = text(bytes)?,
                (4, Value::Bytes(bytes)) => node.operator = text(bytes)?,
                (5, Value::Bytes(bytes)) => node.attributes.push(attribute(bytes)?),
                _ => {}
            }
        }
        Ok(node)
    }

    /// An attribute that is a whole number.
    pub(super) fn integer(&self, name: &str) -> Option<usize> {
        usize::try_from(self.attribute(name)?.integer).ok()
    }

    /// An attribute that is a floating-point number.
    pub(super) fn float(&self, name: &str) -> Option<f32> {
        Some(self.attribute(name)?.float)
    }

    fn attribute(&self, name: &str) -> Option<Number> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, number)| *number)
    }
}

fn attribute(bytes: &[u8]) -> Result<(&str, Number), String> {
    let (mut name, mut number) = ("", Number::default());
    for field in Fields(bytes) {
        match field? {
            (1, Value::Bytes(bytes)) => name = text(bytes)?,
            (2, Value::Float(float)) => number.float = float,
            (3, Value::Number(integer)) => number.integer = integer,
            _ => {}
        }
    }
    Ok((name, number))
}

fn text(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|_| "a name is no text".to_owned())
}

/// A field's value as it stands in the file.
enum Value<'a> {
    Number(u64),
    Float(f32),
    Bytes(&'a [u8]),
    Other,
}

/// Goes over the fields of a message.
struct Fields<'a>(&'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Result<(u64, Value<'a>), String> {
        let key = variable(&mut self.0)?;
        let value = match key & 7 {
            0 => Value::Number(variable(&mut self.0)?),
            1 => {
                self.take(8)?;
                Value::Other
            }
            2 => {
                let length = variable(&mut self.0)?;
                Value::Bytes(self.take(usize::try_from(length).unwrap_or(usize::MAX))?)
            }
            5 => {
                let four = self.take(4)?;
                Value::Float(f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
            }
            kind => return Err(format!("a field has the unknown type {kind}")),
        };
        Ok((key >> 3, value))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], String> {
        let (taken, rest) =
            self.0.split_at_checked(length).ok_or("it ends in the middle of a field")?;
        self.0 = rest;
        Ok(taken)
    }
}

/// A number of variable length: seven bits a byte, the lowest first.
fn variable(bytes: &mut &[u8]) -> Result<u64, String> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or("it ends in the middle of a number")?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err("a number has no end".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A field of bytes.
    fn bytes_field(number: u8, bytes: &[u8]) -> Vec<u8> {
        [&[number << 3 | 2, bytes.len() as u8], bytes].concat()
    }

    /// A model with the constant `x`: the numbers 1.5 and -2.
    fn model() -> Vec<u8> {
        let numbers = [1.5_f32.to_le_bytes(), (-2.0_f32).to_le_bytes()].concat();
        let tensor =
            [vec![1 << 3, 2, 2 << 3, 1], bytes_field(8, b"x"), bytes_field(9, &numbers)].concat();
        let heads = [bytes_field(1, b"heads"), vec![3 << 3, 0x8c, 0x01]].concat();
        let node =
            [bytes_field(2, b"y"), bytes_field(4, b"Attention"), bytes_field(5, &heads)].concat();
        bytes_field(7, &[bytes_field(1, &node), bytes_field(5, &tensor)].concat())
    }

    #[test]
    fn constants_and_attributes_are_found() {
        let model = model();
        let graph = Graph::read(&model).unwrap();
        assert_eq!(graph.floats("x", 2).unwrap(), [1.5, -2.0]);
        let node = &graph.nodes[0];
        assert_eq!(
            (node.operator, node.output, node.integer("heads")),
            ("Attention", "y", Some(140))
        );
        assert!(graph.floats("x", 3).is_err() && graph.floats("z", 2).is_err());
        assert!(graph.byte("x").is_err(), "a wrong type");
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        let mut model = model();
        let place = model.windows(4).position(|four| four == 1.5_f32.to_le_bytes()).unwrap();
        model[place..place + 4].copy_from_slice(&f32::NAN.to_le_bytes());
        let reason = Graph::read(&model).unwrap().floats("x", 2).unwrap_err();
        assert!(reason.contains("\"x\""), "{reason}");
    }

    #[test]
    fn a_file_cut_anywhere_is_an_error_or_lacks_the_constant() {
        let model = model();
        for length in 0..model.len() {
            let read = Graph::read(&model[..length]);
            assert!(read.is_err_and(|reason| !reason.is_empty()), "{length}");
        }
    }
}
