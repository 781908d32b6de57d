//! Files whose lines are texts of their own, read as they are: decoded, not cleaned.

use super::sources::{self, skipped};
use super::{IngestOptions, Input, Skipped, encoding};
use crate::error::InputProblem;

/// The lines of an input, blank ones included, so that line `i` of the input is item `i`.
///
/// # Errors
/// A [`Skipped`] that names the input and why it could not be read. A directory is refused.
pub fn read_lines(input: &Input, options: &IngestOptions) -> Result<Vec<String>, Skipped> {
    if let Input::Path(path) = input
        && path.is_dir()
    {
        let reason = InputProblem::Unreadable("is a directory".to_owned());
        return Err(skipped(path.display().to_string(), reason));
    }
    let mut lines = Vec::new();
    for source in sources::read(std::slice::from_ref(input), options) {
        let text = encoding::decode(&source?.bytes, options.encoding).text;
        lines.extend(text.lines().map(|line| line.trim_start_matches('\u{feff}').to_owned()));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_an_item_blank_or_not() {
        let bytes = "viens\r\n\nтри".as_bytes().to_vec();
        let input = Input::Bytes { name: "x".to_owned(), bytes };
        assert_eq!(read_lines(&input, &IngestOptions::default()).unwrap(), ["viens", "", "три"]);
    }
}
