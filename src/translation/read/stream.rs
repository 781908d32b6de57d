//! The text of a file as a stream: decoded piece by piece, with the place of every character.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, Encoding};

use super::declared::{Declared, agree, declared};
use crate::ingest::encoding::decode;
use crate::translation::Location;

/// Bytes from which the encoding is found.
const SAMPLE: usize = 256 << 10;
/// Bytes of the text in which a file says what it is.
const HEAD: usize = 4096;
/// Bytes decoded at a time.
const CHUNK: usize = 64 << 10;

/// A file's text, of which a bounded part is in memory.
pub(super) struct TextStream {
    input: Box<dyn Read + Send>,
    decoder: Decoder,
    misdeclared: Option<(Declared, &'static Encoding)>,
    /// Bytes read and not decoded yet.
    raw: Vec<u8>,
    decoded: String,
    /// How much of `decoded` was taken.
    taken: usize,
    ended: bool,
    location: Location,
    /// Bytes taken since the last call of [`mark`](Self::mark), and how many there may be.
    since_mark: usize,
    most: usize,
}

/// A line of a stream.
pub(super) struct Line {
    /// Its text, without the line break; the beginning of it where it is too long.
    pub(super) text: String,
    /// Where it begins.
    pub(super) location: Location,
    /// Whether it is longer than asked for.
    pub(super) too_long: bool,
}

impl TextStream {
    /// Starts to read. The encoding is found from the beginning of the file; what the file says of itself counts where
    /// that beginning fits any.
    pub(super) fn open(mut input: Box<dyn Read + Send>) -> io::Result<Self> {
        let mut raw = Vec::new();
        input.by_ref().take(SAMPLE as u64).read_to_end(&mut raw)?;
        // A line is never cut inside a character.
        let whole_lines =
            raw.iter().rposition(|&byte| byte == b'\n').map_or(raw.len(), |at| at + 1);
        let sample = if raw.len() < SAMPLE { &raw[..] } else { &raw[..whole_lines] };
        let decoded = decode(sample, None);
        let head = &decoded.text[..decoded.text.floor_char_boundary(HEAD)];
        let says = declared(head);
        let (encoding, misdeclared) = match says {
            Some(says) if sample.is_ascii() && says.encoding.is_ascii_compatible() => {
                (says.encoding, None)
            }
            Some(says) if !agree(says.encoding, decoded.encoding) => (decoded.encoding, Some(says)),
            _ => (decoded.encoding, None),
        };
        let first = Location { line: 1, column: 1 };
        Ok(Self {
            input,
            misdeclared: misdeclared.map(|says| (says, encoding)),
            decoder: encoding.new_decoder_with_bom_removal(),
            raw,
            decoded: String::new(),
            taken: 0,
            ended: false,
            location: first,
            since_mark: 0,
            most: usize::MAX,
        })
    }

    /// The encoding that the file says it is in, where it is in another one, and the name of that.
    pub(super) fn misdeclared(&self) -> Option<(&str, &'static str)> {
        self.misdeclared.as_ref().map(|(says, found)| (says.label.as_str(), found.name()))
    }

    /// Where the next character stands.
    pub(super) fn location(&self) -> Location {
        self.location
    }

    /// Counts what is taken from here on; more than `most` bytes before the next mark are an error.
    pub(super) fn mark(&mut self, most: usize) {
        self.since_mark = 0;
        self.most = most;
    }

    /// The beginning of the text, at most `most` characters; nothing is taken.
    pub(super) fn beginning(&mut self, most: usize) -> io::Result<String> {
        self.fill()?;
        Ok(self.decoded[self.taken..].chars().take(most).collect())
    }

    /// The next line, or nothing at the end. Of a line longer than `most` bytes the rest is passed over.
    pub(super) fn line(&mut self, most: usize) -> io::Result<Option<Line>> {
        let mut line = Line { text: String::new(), location: self.location, too_long: false };
        let mut any = false;
        loop {
            self.fill()?;
            let rest = &self.decoded[self.taken..];
            if rest.is_empty() {
                break;
            }
            any = true;
            let end = rest.find('\n');
            let piece = &rest[..end.unwrap_or(rest.len())];
            if line.text.len() + piece.len() > most {
                line.too_long = true;
                let kept = piece.floor_char_boundary(most.saturating_sub(line.text.len()));
                line.text.push_str(&piece[..kept]);
            } else {
                line.text.push_str(piece);
            }
            let taken = piece.len() + usize::from(end.is_some());
            self.consume(taken);
            if end.is_some() {
                break;
            }
        }
        if line.text.ends_with('\r') {
            line.text.pop();
        }
        Ok(any.then_some(line))
    }

    /// Decodes more where all was taken.
    fn fill(&mut self) -> io::Result<()> {
        while self.taken == self.decoded.len() && !self.ended {
            self.decoded.clear();
            self.taken = 0;
            if self.raw.is_empty() {
                self.input.by_ref().take(CHUNK as u64).read_to_end(&mut self.raw)?;
            }
            let last = self.raw.is_empty();
            let room = self.decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(CHUNK * 3);
            self.decoded.reserve(room);
            let (_, read, _) = self.decoder.decode_to_string(&self.raw, &mut self.decoded, last);
            self.raw.drain(..read);
            self.ended = last;
        }
        Ok(())
    }
}

impl Read for TextStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for TextStream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since_mark > self.most {
            return Err(io::Error::other(TOO_LONG));
        }
        self.fill()?;
        Ok(&self.decoded.as_bytes()[self.taken..])
    }

    fn consume(&mut self, amount: usize) {
        let end = (self.taken + amount).min(self.decoded.len());
        self.location = self.location.behind(&self.decoded.as_bytes()[self.taken..end]);
        self.taken = end;
        self.since_mark += amount;
    }
}

/// What reading says where a stretch is longer than allowed.
pub(super) const TOO_LONG: &str = "is longer than a segment can be";

impl Location {
    /// The place behind some text that begins here, given in UTF-8 and perhaps cut inside a character.
    pub(super) fn behind(mut self, text: &[u8]) -> Self {
        for &byte in text {
            if byte == b'\n' {
                self = Location { line: self.line + 1, column: 1 };
            } else if byte & 0xC0 != 0x80 {
                self.column += 1;
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(bytes: &'static [u8]) -> TextStream {
        TextStream::open(Box::new(bytes)).unwrap()
    }

    #[test]
    fn lines_have_their_places() {
        let mut lines = stream("pirmà\r\n\nтретья".as_bytes());
        let mut next = || lines.line(100).unwrap().map(|line| (line.text, line.location.line));
        assert_eq!(next(), Some(("pirmà".to_owned(), 1)));
        assert_eq!(next(), Some((String::new(), 2)));
        assert_eq!(next(), Some(("третья".to_owned(), 3)));
        assert_eq!(next(), None);
    }

    #[test]
    fn a_long_line_is_cut_and_the_next_one_whole() {
        let mut lines = stream("ąąąąą\nb".as_bytes());
        let line = lines.line(5).unwrap().unwrap();
        assert_eq!((line.text.as_str(), line.too_long), ("ąą", true));
        assert_eq!(lines.line(5).unwrap().unwrap().text, "b");
    }

    #[test]
    fn the_encoding_is_found() {
        let mut stream = stream(b"Vyriausyb\xeb vakar svarst\xeb kit\xf8 met\xf8 biud\xfeet\xe0.");
        assert_eq!(stream.beginning(11).unwrap(), "Vyriausybė ");
        assert_eq!(stream.misdeclared(), None);
    }

    #[test]
    fn what_a_file_says_of_its_encoding_counts_where_its_beginning_does_not_tell() {
        let head = "<?xml version=\"1.0\" encoding=\"windows-1257\"?>\n";
        let mut late = (head.to_owned() + &"plain\n".repeat(SAMPLE / 6)).into_bytes();
        late.extend(b"Vyriausyb\xeb");
        let mut stream = TextStream::open(Box::new(std::io::Cursor::new(late))).unwrap();
        let mut last = String::new();
        while let Some(line) = stream.line(100).unwrap() {
            last = line.text;
        }
        assert_eq!(last, "Vyriausybė");
        let wrong = format!("{head}Žąsys ėda žolę prie upės.");
        let stream = TextStream::open(Box::new(std::io::Cursor::new(wrong.into_bytes()))).unwrap();
        assert_eq!(stream.misdeclared(), Some(("windows-1257", "UTF-8")));
    }
}
