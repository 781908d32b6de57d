//! Words that may be in another language: in a short quotation, in brackets, in an address or a placeholder.

use crate::calendar::token::{Kind, Token};

/// Longest quotation or remark in brackets, in words, that may be in another language.
const LONGEST_QUOTATION: usize = 8;

/// Marks that open or close a quotation, whichever way they point in a language.
pub(super) const QUOTATION_MARKS: [char; 7] = ['"', '“', '”', '„', '‟', '«', '»'];

/// Quotation marks that open, each with those that close what it opened.
const QUOTES: [(char, &str); 8] = [
    ('„', "“”\""),
    ('“', "”“\""),
    ('"', "\"”“"),
    ('«', "»"),
    ('»', "«"),
    ('‚', "‘’'"),
    ('‘', "’"),
    ('`', "`'"),
];
const BRACKETS: [(char, &str); 4] = [('(', ")"), ('[', "]"), ('{', "}"), ('<', ">")];
/// Signs of addresses, paths and placeholders.
const JOINING: &str = "@/_#\\=&~%$|+";

/// For each token whether it is shielded.
pub(super) fn shielded(tokens: &[Token]) -> Vec<bool> {
    let mut shielded = vec![false; tokens.len()];
    enclosed(tokens, &QUOTES, &mut shielded);
    enclosed(tokens, &BRACKETS, &mut shielded);
    let mut start = 0;
    for chain in tokens.chunk_by(|_, next| next.glued) {
        if is_address(chain) {
            shielded[start..start + chain.len()].fill(true);
        }
        start += chain.len();
    }
    shielded
}

/// Whether tokens without a blank between them are an address, a path or a placeholder.
fn is_address(chain: &[Token]) -> bool {
    let joins = |token: &Token| token.lower.chars().all(|sign| JOINING.contains(sign));
    let stops = |three: &[Token]| {
        (three[1].is(".") || three[1].is(":"))
            && three[0].kind != Kind::Sign
            && three[2].kind == Kind::Word
    };
    chain.iter().any(|token| token.kind == Kind::Sign && joins(token))
        || chain.windows(3).any(stops)
}

/// Shields what stands between short pairs of signs.
fn enclosed(tokens: &[Token], pairs: &[(char, &'static str)], shielded: &mut [bool]) {
    let mut open: Option<(usize, &str)> = None;
    for (at, token) in tokens.iter().enumerate() {
        let Some(sign) = token.lower.chars().next().filter(|_| token.kind == Kind::Sign) else {
            continue;
        };
        match open {
            Some((start, closing)) if closing.contains(sign) => {
                let inside = &tokens[start..at];
                let words = inside.iter().filter(|token| token.kind == Kind::Word).count();
                if words <= LONGEST_QUOTATION {
                    shielded[start..at].fill(true);
                }
                open = None;
            }
            Some(_) => {}
            None => {
                let pair = pairs.iter().find(|(opening, _)| *opening == sign);
                open = pair.map(|&(_, closing)| (at, closing));
            }
        }
    }
}
