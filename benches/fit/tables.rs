//! Features of pairs as tables, kept in files under `target/`, so that a second fit does not encode again.

use std::fs;
use std::path::{Path, PathBuf};

use ndarray::Array2;
use parallax::translation::score::features::{names, parts};
use parallax::translation::score::{Pair, Scorer};
use sha2::{Digest, Sha256};

/// Pairs that are encoded before the next part is begun.
const AT_ONCE: usize = 1000;

/// Features of pairs, a row each.
pub(crate) struct Table {
    /// Named features, then the interaction.
    pub(crate) rows: Array2<f32>,
    /// The number of the pair of each row: pairs that are no translation have none.
    pub(crate) kept: Vec<usize>,
}

/// The table of some pairs, from its file or else from the encoder. Pairs and names of features tell the
/// file; empty the folder where features are computed otherwise.
pub(crate) fn table(scorer: &Scorer, name: &str, pairs: &[Pair]) -> Table {
    let path = folder().join(format!("{name}-{}", key(pairs)));
    if let Some(table) = read(&path) {
        return table;
    }
    let (mut cells, mut kept, mut width) = (Vec::new(), Vec::new(), 0);
    for (part, pairs) in pairs.chunks(AT_ONCE).enumerate() {
        let features = scorer.features(pairs).expect("the engine runs");
        for (row, features) in features.iter().enumerate() {
            let Some(features) = features else { continue };
            kept.push(part * AT_ONCE + row);
            width = features.values.len() + features.interaction.len();
            cells.extend(features.values.iter().chain(&features.interaction).copied());
        }
    }
    let rows = Array2::from_shape_vec((kept.len(), width), cells).expect("rows of one width");
    let table = Table { rows, kept };
    write(&path, &table);
    table
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-features");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

fn key(pairs: &[Pair]) -> String {
    let mut hasher = Sha256::new();
    for name in names().iter().chain(parts()) {
        hasher.update(format!("{name}\n"));
    }
    for pair in pairs {
        let languages = [pair.source_language, pair.target_language].map(|one| one.to_string());
        hasher.update(format!("{}\0{}\0{}\n", pair.source, pair.target, languages.join("-")));
    }
    hasher.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// A file holds width, number of rows and pair numbers as `u32`, then the cells, little endian.
fn read(path: &Path) -> Option<Table> {
    let bytes = fs::read(path).ok()?;
    let word =
        |at: usize| Some(u32::from_le_bytes(bytes.get(4 * at..4 * at + 4)?.try_into().ok()?));
    let (width, count) = (word(0)? as usize, word(1)? as usize);
    let kept =
        (0..count).map(|row| word(2 + row).map(|pair| pair as usize)).collect::<Option<_>>()?;
    let cells = bytes.get(4 * (2 + count)..)?.chunks_exact(4);
    let cells = cells.map(|v| f32::from_le_bytes([v[0], v[1], v[2], v[3]])).collect();
    Some(Table { rows: Array2::from_shape_vec((count, width), cells).ok()?, kept })
}

fn write(path: &Path, table: &Table) {
    let head = [table.rows.ncols(), table.rows.nrows()];
    let words = head.iter().chain(&table.kept).map(|&number| number as u32);
    let mut bytes: Vec<u8> = words.flat_map(u32::to_le_bytes).collect();
    bytes.extend(table.rows.iter().flat_map(|cell| cell.to_le_bytes()));
    fs::write(path, bytes).expect("the target folder can be written");
}
