//! Character references of HTML (`&amp;`, `&#8211;`) and the characters they stand for.

use std::borrow::Cow;

use web_atoms::NAMED_ENTITIES;

/// Bytes of the longest reference looked for.
const LONGEST: usize = 40;

/// The text with its references resolved.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if text.contains('&') {
        Cow::Owned(characters(text).map(|(character, _)| character).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The characters of a text, each with the byte at which it, or the reference to it, starts.
pub(super) fn characters(text: &str) -> impl Iterator<Item = (char, usize)> + '_ {
    let mut position = 0;
    let mut second = None;
    std::iter::from_fn(move || {
        if let Some(waiting) = second.take() {
            return Some(waiting);
        }
        let rest = &text[position..];
        let start = position;
        if let Some((first, next, length)) = rest.strip_prefix('&').and_then(reference) {
            position += 1 + length;
            second = next.map(|character| (character, start));
            return Some((first, start));
        }
        let character = rest.chars().next()?;
        position += character.len_utf8();
        Some((character, start))
    })
}

/// The one or two characters of the reference behind an `&`, and its length without the `&`.
fn reference(after: &str) -> Option<(char, Option<char>, usize)> {
    if let Some(number) = after.strip_prefix('#') {
        return numeric(number).map(|(character, length)| (character, None, length + 1));
    }
    let letters = after.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let with_semicolon = after[letters..].starts_with(';').then_some(letters + 1);
    // A reference without a semicolon may end before the letters do: `&ampfoo`.
    let lengths = with_semicolon.into_iter().chain((2..=letters).rev());
    lengths.into_iter().find_map(|length| {
        let &(first, second) = NAMED_ENTITIES.get(&after[..length])?;
        let first = char::from_u32(first).filter(|&character| character != '\0')?;
        Some((first, char::from_u32(second).filter(|&character| character != '\0'), length))
    })
}

/// The character of `8211;` or `x2013;`, and how long that is.
fn numeric(number: &str) -> Option<(char, usize)> {
    let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => (hexadecimal, 16, 1),
        None => (number, 10, 0),
    };
    let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let value = u32::from_str_radix(digits.get(..length.min(8))?, radix).ok()?;
    let semicolon = usize::from(digits[length..].starts_with(';'));
    let character = match value {
        // What browsers read as windows-1252, because so many pages mean it.
        0x80..=0x9f => windows_1252(value),
        _ => char::from_u32(value).filter(|&c| c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    (length > 0).then_some((character, prefix + length + semicolon))
}

fn windows_1252(value: u32) -> char {
    let byte = [u8::try_from(value).unwrap_or(b' ')];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
    text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_as_browsers_do() {
        for (written, read) in [
            ("Ir tada&hellip; &bdquo;taip&ldquo;", "Ir tada… „taip“"),
            ("R&D &amp; B&ampC &unknown; &", "R&D & B&C &unknown; &"),
            ("&#8211;&#x2013;&#x2013&#150;", "––––"),
            ("&#0;&#99999999;&#x110000;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&scaron;&Zcaron;&NotEqualTilde;", "šŽ≂\u{338}"),
        ] {
            assert_eq!(decode(written), read, "{written}");
        }
    }

    #[test]
    fn characters_stand_where_their_reference_starts() {
        let found: Vec<_> = characters("ä&amp;b").collect();
        assert_eq!(found, [('ä', 0), ('&', 2), ('b', 7)]);
    }
}
