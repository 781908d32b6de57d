//! Layers of the kind that encoders consist of, over token vectors that are there already.

use std::path::Path;

use ndarray::Array2;

use super::forward::Onward;
use super::weights::Stack;
use super::{Kind, NAME, Scratches, failed, map, onnx};
use crate::{Error, Result};

/// Layers in 8-bit integers, one upon the other, without a limit on the number of tokens.
pub(in super::super) struct Layers {
    stack: Stack,
    kind: Kind,
    scratches: Scratches,
}

impl Layers {
    /// Reads layers over vectors of `hidden` numbers out of an ONNX file of `models/pairs.py`.
    ///
    /// # Errors
    /// [`Error::Model`] if the file holds none.
    pub(in super::super) fn open(path: &Path, hidden: usize) -> Result<Self> {
        Self::open_as(path, hidden, Kind::best())
    }

    fn open_as(path: &Path, hidden: usize, kind: Kind) -> Result<Self> {
        let broken = |reason: String| Error::Model {
            path: path.to_owned(),
            reason: format!("holds no layers that the engine {NAME:?} can run ({reason})"),
        };
        let file = map(path).map_err(|error| broken(format!("it cannot be read: {error}")))?;
        let graph = onnx::Graph::read(&file).map_err(broken)?;
        let stack = Stack::read(&graph, hidden).map_err(broken)?;
        Ok(Self { stack, kind, scratches: Scratches::default() })
    }

    /// What the layers make of the tokens of some texts, which stand one after another: `[tokens, hidden]`.
    ///
    /// # Errors
    /// [`Error::Engine`] if the vectors have another length, or are not as many as the texts have tokens.
    pub(in super::super) fn run(
        &self,
        states: Array2<f32>,
        lengths: &[usize],
    ) -> Result<Array2<f32>> {
        let (tokens, hidden) = states.dim();
        if hidden != self.stack.hidden || tokens != lengths.iter().sum::<usize>() {
            return Err(failed(format!(
                "{tokens} vectors of {hidden} numbers do not fit texts of {lengths:?} tokens"
            )));
        }
        let mut state: Vec<f32> = states.into_iter().collect();
        let mut scratch = self.scratches.take();
        let (stack, scratch_of) = (&self.stack, &mut scratch);
        self.kind.run(Onward { stack, state: &mut state, lengths, scratch: scratch_of });
        self.scratches.put(scratch);
        Array2::from_shape_vec((tokens, hidden), state)
            .map_err(|error| failed(format!("the vectors have no shape ({error})")))
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use ndarray::{Axis, concatenate, s};
    use rten::{ModelOptions, ValueView};

    use super::*;
    use crate::embed::{EmbedOptions, Embedder};

    fn directory() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe")
    }

    /// The tokens of a sentence and of its translation, one after another, and how many each has.
    fn pair() -> (Array2<f32>, [usize; 2]) {
        let embedder = Embedder::open(&directory(), &EmbedOptions::default()).unwrap();
        let texts = ["Die Fähre fährt ab Montag wieder.", "Nuo pirmadienio keltas vėl plaukia."];
        let vectors = embedder.embed_tokens(&texts, 8).unwrap();
        let [source, target] = [0, 1].map(|text: usize| vectors[text].states.view());
        (concatenate![Axis(0), source, target], [source.nrows(), target.nrows()])
    }

    #[test]
    fn every_processor_computes_what_the_graph_says() {
        let (states, _) = pair();
        let path = directory().join("joint.onnx");
        let model = ModelOptions::with_all_ops().load_file(&path).unwrap();
        let node = |name| model.node_id(name).unwrap();
        let (tokens, hidden) = states.dim();
        let lengths = [tokens as i32];
        let inputs = vec![
            (
                node("states"),
                ValueView::from_shape([1, tokens, hidden], states.as_slice().unwrap())
                    .unwrap()
                    .into(),
            ),
            (node("lengths"), ValueView::from_shape([1], &lengths[..]).unwrap().into()),
        ];
        let [expected] = model.run_n(inputs, [node("last_hidden_state")], None).unwrap();
        let (_, expected) = expected.into_shape_vec::<f32, 3>().unwrap();
        for kind in Kind::all() {
            let layers = Layers::open_as(&path, hidden, kind).unwrap();
            let found = layers.run(states.clone(), &[tokens]).unwrap();
            for (found, expected) in found.rows().into_iter().zip(expected.chunks(hidden)) {
                let expected = ndarray::ArrayView1::from(expected);
                let norms = (found.dot(&found) * expected.dot(&expected)).sqrt();
                let cosine = found.dot(&expected) / norms;
                assert!(cosine > 0.98, "{kind:?}: {cosine}");
            }
        }
    }

    #[test]
    fn a_text_is_read_with_what_stands_beside_it() {
        let (states, [source, target]) = pair();
        let layers = Layers::open(&directory().join("joint.onnx"), states.ncols()).unwrap();
        let together = layers.run(states.clone(), &[source + target]).unwrap();
        let apart = layers.run(states.clone(), &[source, target]).unwrap();
        let alone = layers.run(states.slice(s![..source, ..]).to_owned(), &[source]).unwrap();
        assert_eq!(apart.slice(s![..source, ..]), alone);
        assert_ne!(apart, together);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let (states, [source, target]) = pair();
        let path = directory().join("joint.onnx");
        let layers = Layers::open(&path, states.ncols()).unwrap();
        for (states, lengths) in [
            (states.slice(s![.., ..96]).to_owned(), vec![source + target]),
            (states.clone(), vec![source]),
        ] {
            let error = layers.run(states, &lengths).unwrap_err().to_string();
            assert!(error.contains("do not fit"), "{error}");
        }
        let folder = tempfile::tempdir().unwrap();
        let other = folder.path().join("other.onnx");
        std::fs::write(&other, b"no graph").unwrap();
        for (path, hidden) in [(&path, 100), (&other, 384)] {
            let error = Layers::open(path, hidden).err().unwrap().to_string();
            assert!(error.contains("onnx"), "{error}");
        }
    }
}
