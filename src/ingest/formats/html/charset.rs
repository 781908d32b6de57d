//! The encoding a page says it is in.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::tokens::{Token, Tokens};

/// Bytes at the start of a page in which the declaration stands. The standard says 1024; real pages have more in
/// front of it.
const HEAD: usize = 8192;

/// The encoding declared by a `meta` element or an XML declaration.
pub(in crate::ingest) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(HEAD).map(|&byte| char::from(byte)).collect();
    let label = xml_declaration(&head).or_else(|| meta(&head))?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A page whose declaration can be read byte by byte is not in UTF-16, whatever it says.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn xml_declaration(head: &str) -> Option<String> {
    let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_owned)
}

fn meta(head: &str) -> Option<String> {
    Tokens::of(head).find_map(|token| {
        let Token::Open { tag, .. } = token else { return None };
        if !tag.name.eq_ignore_ascii_case("meta") {
            return None;
        }
        if let Some(label) = tag.attribute("charset").filter(|label| !label.is_empty()) {
            return Some(label.into_owned());
        }
        let kind = tag.attribute("http-equiv")?;
        let content = tag.attribute("content")?;
        kind.eq_ignore_ascii_case("content-type").then(|| charset_of(&content)).flatten()
    })
}

/// The `charset` of a content type.
pub(in crate::ingest) fn charset_of(content_type: &str) -> Option<String> {
    let lower = content_type.to_ascii_lowercase();
    let value = lower.split_once("charset")?.1.trim_start().strip_prefix('=')?.trim();
    let value = value.trim_matches(['"', '\'']);
    value.split([';', ' ', '"', '\'']).next().filter(|v| !v.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found_wherever_pages_put_them() {
        for (page, name) in [
            ("<!doctype html><meta charset=windows-1257>", "windows-1257"),
            ("<META http-equiv='Content-Type' content='text/html; charset=koi8-r'>", "KOI8-R"),
            ("<?xml version='1.0' encoding='iso-8859-13'?><html>", "ISO-8859-13"),
            ("<meta charset='utf-16'>", "UTF-8"),
        ] {
            assert_eq!(declared(page.as_bytes()).map(Encoding::name), Some(name), "{page}");
        }
        assert_eq!(declared(b"<meta charset=nonsense><p>"), None);
    }
}
