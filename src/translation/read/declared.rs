//! The encoding that a translator's file says it is in: in the declaration of XML, or in the head of a PO file.

use encoding_rs::Encoding;

/// What a file says of its encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declared {
    /// The name as written.
    pub(super) label: String,
    /// The encoding of that name.
    pub(super) encoding: &'static Encoding,
}

/// The encoding that the beginning of a file declares, if it declares a known one.
pub(super) fn declared(beginning: &str) -> Option<Declared> {
    let label = if let Some(rest) = beginning.trim_start().strip_prefix("<?xml") {
        let declaration = rest.split_once("?>")?.0;
        let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?;
        let value = value.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        value[1..].split_once(quote)?.0
    } else {
        let head = beginning.split_once("\"Content-Type:")?.1;
        let value = head.split_once("charset=")?.1;
        value.split(['\\', '"', ';', ' ', '\n']).next()?
    };
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    Some(Declared { label: label.trim().to_owned(), encoding })
}

/// Whether text may be in the one encoding while its file names the other: UTF-16 is named without its byte order.
pub(super) fn agree(declared: &'static Encoding, found: &'static Encoding) -> bool {
    let wide = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE];
    declared == found || wide.contains(&declared) && wide.contains(&found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_read() {
        for (beginning, expected) in [
            ("<?xml version='1.0' encoding='windows-1257'?><tmx>", Some("windows-1257")),
            ("<?xml version=\"1.0\" encoding = \"UTF-8\"?>", Some("UTF-8")),
            ("<?xml version=\"1.0\"?><a encoding=\"x\"/>", None),
            (
                "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=KOI8-R\\n\"\n",
                Some("KOI8-R"),
            ),
            ("\"Content-Type: text/plain; charset=CHARSET\\n\"", None),
            ("source\ttarget", None),
        ] {
            let found = declared(beginning).map(|declared| declared.label);
            assert_eq!(found.as_deref(), expected, "{beginning}");
        }
    }
}
