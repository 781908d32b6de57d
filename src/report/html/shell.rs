//! The page around any content: head, content security policy, style and script. Nothing is loaded from
//! anywhere, and nothing runs but the script below, by its hash.

use sha2::{Digest, Sha256};

use super::labels;
use super::markup::Html;

/// The style, in the order in which rules override each other.
const STYLE: &[&str] = &[
    include_str!("assets/base.css"),
    include_str!("assets/parts.css"),
    include_str!("assets/synopsis.css"),
    include_str!("assets/segments.css"),
    include_str!("assets/study.css"),
    include_str!("assets/narrow.css"),
    include_str!("assets/print.css"),
];

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The versions of events beside each other.
    Synopsis,
    /// A checked translation.
    Translation,
    /// A study of a corpus.
    Study,
}

impl Kind {
    /// The label that is its title.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Synopsis => "title",
            Self::Translation => "translation-check",
            Self::Study => "study-title",
        }
    }

    /// The script: one program, in files by what they do.
    fn script(self) -> &'static [&'static str] {
        match self {
            Self::Synopsis => &[
                include_str!("assets/page.js"),
                include_str!("assets/tables.js"),
                include_str!("assets/tip.js"),
                include_str!("assets/figures.js"),
                include_str!("assets/links.js"),
                include_str!("assets/filterbar.js"),
                include_str!("assets/filters.js"),
                include_str!("assets/statements.js"),
                include_str!("assets/keys.js"),
            ],
            Self::Translation => &[
                include_str!("assets/page.js"),
                include_str!("assets/filterbar.js"),
                include_str!("assets/segments.js"),
            ],
            Self::Study => &[
                include_str!("assets/page.js"),
                include_str!("assets/tables.js"),
                include_str!("assets/tip.js"),
                include_str!("assets/filterbar.js"),
                include_str!("assets/study.js"),
            ],
        }
    }
}

/// The whole page with this content of its body.
pub(super) fn page(kind: Kind, body: &str) -> String {
    let style = STYLE.concat();
    // A function around all keeps names off the page.
    let script = format!("(() => {{\n\"use strict\";\n{}}})();\n", kind.script().concat());
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'",
        base64(&Sha256::digest(&script)),
        base64(&Sha256::digest(&style))
    );
    let mut html = Html::default();
    html.own("<!DOCTYPE html>\n");
    let title = kind.title();
    html.element("html", &[("lang", labels::FIRST_LANGUAGE), ("data-title", title)], |html| {
        html.element("head", &[], |html| {
            html.void("meta", &[("charset", "utf-8")]);
            html.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
            html.void(
                "meta",
                &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")],
            );
            html.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
            html.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
            html.leaf("title", &[], labels::english(title));
            html.element("style", &[], |html| html.own(&style));
        });
        html.own("\n");
        html.element("body", &[], |html| {
            html.link_around(&[("class", "skip")], "content", |html| {
                html.label("span", &[], "skip")
            });
            html.own(body);
            html.element("script", &[("type", "application/json"), ("id", "labels")], |html| {
                html.own(&labels::json());
            });
            html.element("script", &[], |html| html.own(&script));
        });
    });
    html.own("\n");
    html.finish()
}

/// The choice of language and of light or dark. Hidden until the script runs.
pub(super) fn controls(html: &mut Html) {
    html.element("div", &[("class", "controls"), ("id", "controls"), ("hidden", "")], |html| {
        html.element("label", &[], |html| {
            html.label("span", &[("class", "unseen")], "choose-language");
            html.element("select", &[("id", "language")], |html| {
                for (code, name) in labels::languages() {
                    html.leaf("option", &[("value", code), ("lang", code)], name);
                }
            });
        });
        html.element("label", &[], |html| {
            html.label("span", &[("class", "unseen")], "choose-theme");
            html.element("select", &[("id", "theme")], |html| {
                html.label("option", &[("value", "")], "theme-auto");
                html.label("option", &[("value", "light")], "theme-light");
                html.label("option", &[("value", "dark")], "theme-dark");
            });
        });
        html.label("button", &[("type", "button"), ("class", "quiet"), ("id", "print")], "print");
    });
}

/// Base64 with padding (RFC 4648), the form of hashes in a content security policy.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let value = (bits >> (18 - 6 * digit)) & 63;
            let filled = digit <= group.len();
            encoded.push(if filled { char::from(DIGITS[value as usize]) } else { '=' });
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_as_in_its_standard() {
        let cases: [(&[u8], &str); 4] =
            [(b"", ""), (b"f", "Zg=="), (b"fo", "Zm8="), (b"foobar", "Zm9vYmFy")];
        for (bytes, expected) in cases {
            assert_eq!(base64(bytes), expected);
        }
    }

    #[test]
    fn the_script_cannot_end_early_nor_build_markup_from_text() {
        let scripts = [Kind::Synopsis, Kind::Translation, Kind::Study].map(Kind::script);
        for source in scripts.into_iter().flatten() {
            for forbidden in
                ["</script", "<!--", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval("]
            {
                assert!(!source.contains(forbidden), "{forbidden}");
            }
        }
        assert!(STYLE.iter().all(|source| !source.contains("</style") && !source.contains("url(")));
    }
}
