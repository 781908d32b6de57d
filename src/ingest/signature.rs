//! Tells bytes that are no plain text, and says what they are.

/// First bytes of common formats that people take for text files, and what they are called.
/// <https://en.wikipedia.org/wiki/List_of_file_signatures>
const SIGNATURES: [(&[u8], &str); 17] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, perhaps DOCX, ODT or EPUB"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"(\xb5/\xfd", "Zstandard data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"<?xml", "an XML document"),
];

/// Bytes looked at for control characters.
const SAMPLE: usize = 64 * 1024;

/// What the bytes are, if they carry the signature of a format that is no text.
pub(super) fn of(bytes: &[u8]) -> Option<&'static str> {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let found = SIGNATURES.iter().find(|(signature, _)| body.starts_with(signature));
    found.map(|&(_, name)| name)
}

/// Whether decoded text is full of control characters or broken bytes, as binary data is.
///
/// A few are allowed: real text carries stray form feeds, escape sequences and broken bytes.
pub(super) fn looks_binary(decoded: &str) -> bool {
    let mut sample_end = decoded.len().min(SAMPLE);
    while !decoded.is_char_boundary(sample_end) {
        sample_end -= 1;
    }
    let (mut characters, mut controls, mut broken) = (0usize, 0usize, 0usize);
    for character in decoded[..sample_end].chars() {
        characters += 1;
        controls += usize::from(character.is_control() && !character.is_whitespace());
        broken += usize::from(character == char::REPLACEMENT_CHARACTER);
    }
    (controls > 4 && controls * 50 > characters) || broken * 4 > characters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_named_and_text_is_not() {
        assert_eq!(of(b"%PDF-1.7\n"), Some("a PDF document"));
        assert_eq!(of(b"\n<?xml version='1.0'?>"), Some("an XML document"));
        assert_eq!(of("Paprastas tekstas".as_bytes()), None);
        assert_eq!(of(b"<htm"), None);
    }

    #[test]
    fn few_control_characters_are_forgiven() {
        assert!(!looks_binary(&format!("{}\u{1b}[0m", "Text. ".repeat(50))));
        assert!(!looks_binary("One \u{fffd} broken byte in a line of plain text."));
        assert!(looks_binary("\0\0\u{1}\u{2}ab\0\0\u{7}"));
    }
}
