//! From bytes to text: which encoding the bytes are in, and decoding them.
//!
//! A byte order mark decides first, then the shape of UTF-16 and UTF-8. What is left are encodings
//! of one byte per letter; these are told apart by how often each letter occurs in the languages
//! with rules of their own, and by `chardetng` where the text is in none of them.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::letter_model;

/// A text with the encoding it was found to be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Its encoding.
    pub encoding: &'static Encoding,
    /// Whether bytes that are wrong in this encoding were replaced by U+FFFD.
    pub broken: bool,
}

/// Decodes bytes, in `forced` where it is given, else in the encoding the bytes speak for.
///
/// ```
/// use parallax::ingest::encoding::decode;
///
/// let decoded = decode(b"Vyriausyb\xeb vakar svarst\xeb kit\xf8 met\xf8 biud\xfeet\xe0.", None);
/// assert_eq!(decoded.encoding.name(), "windows-1257");
/// assert_eq!(decoded.text, "Vyriausybė vakar svarstė kitų metų biudžetą.");
/// ```
pub fn decode(bytes: &[u8], forced: Option<&'static Encoding>) -> Decoded {
    decode_declared(bytes, forced, None)
}

/// The same; `declared` is the encoding that the bytes, or what held them, say they are in. It is believed where the
/// bytes do not speak against it.
pub(super) fn decode_declared(
    bytes: &[u8],
    forced: Option<&'static Encoding>,
    declared: Option<&'static Encoding>,
) -> Decoded {
    let marked = Encoding::for_bom(bytes);
    let encoding = forced
        .or(marked.map(|(encoding, _)| encoding))
        .or_else(|| utf_16_shape(bytes))
        .or_else(|| declared.filter(|encoding| is_possible(bytes, encoding)))
        .unwrap_or_else(|| eight_bit(bytes));
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    Decoded { text: text.into_owned(), encoding, broken }
}

/// Whether bytes can be in the encoding they are declared to be in.
fn is_possible(bytes: &[u8], declared: &'static Encoding) -> bool {
    let (sequences, wrong) = count_utf_8(bytes);
    let is_utf_8 = wrong == 0 && sequences > 0;
    if is_utf_8 || declared == UTF_8 {
        return declared == UTF_8 && wrong <= sequences;
    }
    !declared.decode_without_bom_handling(bytes).1 && letter_model::is_plausible(bytes, declared)
}

/// UTF-16 without a byte order mark: one byte of each pair is the number of a Unicode page, and
/// European text stays within three of them. No text in another encoding has such bytes.
fn utf_16_shape(bytes: &[u8]) -> Option<&'static Encoding> {
    const SAMPLE: usize = 4096;
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let pairs = sample.len() / 2;
    if pairs == 0 {
        return None;
    }
    // Basic Latin, Latin Extended, Cyrillic.
    let is_page = |byte: &&u8| matches!(byte, 0 | 1 | 4);
    let even = sample.iter().step_by(2).filter(is_page).count();
    let odd = sample.iter().skip(1).step_by(2).filter(is_page).count();
    let (mostly, hardly) = (pairs * 4 / 5, pairs * 2 / 5);
    if odd > mostly && even <= hardly {
        Some(UTF_16LE)
    } else if even > mostly && odd <= hardly {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-8 or an encoding of one byte per letter.
fn eight_bit(bytes: &[u8]) -> &'static Encoding {
    let (sequences, wrong) = count_utf_8(bytes);
    // Letters of a one-byte encoding hardly ever form a UTF-8 sequence by chance, so a text with
    // more sequences than wrong bytes is UTF-8 that was damaged.
    if wrong == 0 || sequences > wrong {
        return UTF_8;
    }
    if let Some(encoding) = letter_model::best_encoding(bytes) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if letter_model::is_plausible(bytes, guess) { guess } else { UTF_8 }
}

/// Counts the well-formed sequences of several bytes, and the bytes that belong to none.
fn count_utf_8(bytes: &[u8]) -> (usize, usize) {
    let (mut sequences, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += chunk.invalid().len();
    }
    (sequences, wrong)
}
