//! The lines of an input one by one, none of them kept beyond a limit.

use std::io::{self, BufRead, Read};

/// A line of the input.
pub(super) enum Line {
    /// Its bytes, the line break included.
    Read(Vec<u8>),
    /// It is longer than the limit; its bytes were read over.
    TooLong,
}

/// The next line, at most `most` bytes of it in memory; `None` at the end.
pub(super) fn next(input: &mut dyn BufRead, most: u64) -> io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    input.take(most.saturating_add(1)).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.len() as u64 > most && bytes.last() != Some(&b'\n') {
        input.skip_until(b'\n')?;
        return Ok(Some(Line::TooLong));
    }
    Ok(Some(Line::Read(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_too_long_is_read_over() {
        let mut input: &[u8] = b"one\nfar too long\n\nlast";
        let mut seen = Vec::new();
        while let Some(line) = next(&mut input, 5).unwrap() {
            seen.push(match line {
                Line::Read(bytes) => String::from_utf8(bytes).unwrap(),
                Line::TooLong => "…".to_owned(),
            });
        }
        assert_eq!(seen, ["one\n", "…", "\n", "last"]);
    }
}
