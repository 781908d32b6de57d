//! `punctuation`: the mark that ends the text, and quotes and brackets without their other half.

use super::{Check, Findings, Pair};
use crate::finding::{CheckInfo, Severity};
use crate::text::Span;
use crate::translation::shielded::QUOTATION_MARKS;

pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "punctuation",
        family: "translation",
        summary: "the last mark was lost or changed, or a quotation mark or bracket has no partner",
        explanation: "\
The source ends with a stop, a question mark, a colon or dots and the translation with no mark, or one of
the two ends with a question mark and the other does not. Marks inside closing quotes and brackets count;
full-width and other scripts' marks count as what they mean.

Quotes and brackets are not compared with the source, since languages quote different things: told are
those without a partner in a translation whose source has none such, unless the quotation may go on in
another segment. Nested Russian quotes that close with
one mark are complete. It is `minor`.

Example: “Are you sure?” / “Sind Sie sicher.”.

Silence it with `--skip punctuation`.",
    },
    category: "linguistic-conventions/punctuation",
    run: punctuation,
};

/// What the last mark of a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Stop,
    Question,
    Exclamation,
    Dots,
    Colon,
    /// A comma or semicolon: the text goes on.
    Middle,
    /// No mark.
    None,
}

impl End {
    fn name(self) -> &'static str {
        match self {
            Self::Stop => "a full stop",
            Self::Question => "a question mark",
            Self::Exclamation => "an exclamation mark",
            Self::Dots => "dots",
            Self::Colon => "a colon",
            Self::Middle => "a comma",
            Self::None => "no mark",
        }
    }
}

/// Brackets that come in pairs.
const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];

fn punctuation(pair: &Pair<'_>, findings: &mut Findings) {
    if pair.is_half() {
        return;
    }
    ending(pair, findings);
    let (source, target) = (&pair.segment.source.text, &pair.segment.target.text);
    for (open, close) in BRACKETS {
        if let Some(at) = lone_bracket(target, open, close)
            && lone_bracket(source, open, close).is_none()
        {
            unpaired(target, at, findings);
        }
    }
    if let Some(at) = lone_quote(target)
        && !goes_on(source, target, at)
    {
        unpaired(target, at, findings);
    }
}

fn unpaired(text: &str, at: usize, findings: &mut Findings) {
    let mark = text[at..].chars().next().unwrap_or(' ');
    let span = Span::new(at, at + mark.len_utf8());
    let message = format!("The translation has {mark} without its other half");
    findings.add((Severity::Minor, 0.7), message, None, Some(span));
}

/// Compares what the last marks say.
fn ending(pair: &Pair<'_>, findings: &mut Findings) {
    let (source, target) = (&pair.segment.source.text, &pair.segment.target.text);
    let ((from, source_span), (into, target_span)) = (end(source), end(target));
    // A word or two may be an abbreviation with its stop.
    let sentence = source.split_whitespace().count() > 2;
    let lost = into == End::None && !matches!(from, End::None | End::Middle);
    let question = (from == End::Question) != (into == End::Question) && from != End::None;
    if !(lost && sentence || question) {
        return;
    }
    findings.add(
        (Severity::Minor, if question { 0.6 } else { 0.7 }),
        format!("The source ends with {}, the translation with {}", from.name(), into.name()),
        Some(source_span),
        Some(target_span),
    );
}

/// The mark a text ends with, and where it is; the last letter where there is none.
fn end(text: &str) -> (End, Span) {
    let wraps =
        |c: char| c.is_whitespace() || "\"'“”„«»‘’‚‹›)]}*_—–-".contains(c) || c == '\u{feff}';
    let bare = text.trim_end_matches(wraps);
    let last = bare.chars().next_back();
    let start = bare.len() - last.map_or(0, char::len_utf8);
    let end = match last {
        Some('.') if bare.ends_with("..") => End::Dots,
        Some('…') => End::Dots,
        Some('.' | '。' | '।' | '．') => End::Stop,
        Some('?' | '？' | '؟' | '⁈' | '⁇') => End::Question,
        // What one language asks loudly another only asks.
        Some('!') if bare.ends_with("?!") => End::Question,
        Some('!' | '！') => End::Exclamation,
        Some(':' | '：') => End::Colon,
        Some(',' | ';' | '，' | '；' | '、') => End::Middle,
        _ => End::None,
    };
    (end, Span::new(start, bare.len()))
}

/// A bracket without a partner: the first that closes nothing, else the last left open. What closes an entry of a list, `a)`, or
/// a smile, `:)`, is none.
fn lone_bracket(text: &str, open: char, close: char) -> Option<usize> {
    let mut waiting = Vec::new();
    for (at, letter) in text.char_indices() {
        if letter == open {
            waiting.push(at);
        } else if letter == close && waiting.pop().is_none() {
            let before = &text[..at];
            let entry = before.chars().count() <= 3 && before.chars().all(char::is_alphanumeric);
            let smile = before.ends_with([':', ';', '-', '=', ')']);
            if !entry && !smile {
                return Some(at);
            }
        }
    }
    // `:(` and `;(` are faces too.
    waiting.into_iter().rev().find(|&at| !text[..at].ends_with([':', ';', '-', '=', '(']))
}

/// A quotation mark without a partner. Marks that point one way are counted by direction; the others, which open
/// in one language and close in another, by parity.
///
/// Speech with a dash before the one who speaks, `„Taip, – sakė jis.`, closes in a later segment, if at all.
fn lone_quote(text: &str) -> Option<usize> {
    unpaired_quote(text).filter(|_| !is_dialogue(text))
}

/// A quotation mark without a partner, whoever speaks.
fn unpaired_quote(text: &str) -> Option<usize> {
    if let Some(at) = lone_guillemet(text) {
        return Some(at);
    }
    let others: Vec<usize> = text
        .match_indices(['"', '“', '”', '„', '‟'])
        .map(|(at, _)| at)
        .filter(|&at| !is_inch(text, at))
        .collect();
    let lone = (others.len() % 2 == 1).then(|| others.last().copied()).flatten();
    lone.filter(|_| !closes_two(text, &others))
}

/// A guillemet without a partner. Some languages quote »so«, others «so»: the first opens. What opens twice may close at
/// once, `«Завод «Луч»`.
fn lone_guillemet(text: &str) -> Option<usize> {
    let mut marks = text.match_indices(['«', '»']).peekable();
    let opening = marks.peek()?.1;
    let (mut open, mut may_close) = (Vec::new(), 0);
    for (at, mark) in marks {
        if mark == opening {
            open.push(at);
        } else if open.is_empty() {
            if may_close == 0 {
                return Some(at);
            }
            may_close -= 1;
        } else {
            may_close = open.len() - 1;
            open.clear();
        }
    }
    open.last().copied()
}

/// Whether a quotation mark without a partner, at `at` of the target, may have it in another segment: the source has a lone
/// one too, or has none at all and tells by a dash who speaks, or the mark opens or closes the whole segment.
fn goes_on(source: &str, target: &str, at: usize) -> bool {
    if source.contains(QUOTATION_MARKS) {
        return unpaired_quote(source).is_some();
    }
    let (before, behind) = (target[..at].trim(), &target[at..]);
    before.is_empty() || behind.trim_end().chars().count() == 1 || is_dialogue(source)
}

/// Whether a dash sets off speech, as in Lithuanian and Russian: at the beginning, or behind a mark before the one who
/// speaks.
fn is_dialogue(text: &str) -> bool {
    let dash = ['–', '—', '-', '⎯'];
    let opens = text.trim_start().starts_with(dash);
    let ends_speech = |before: &str| before.trim_end().ends_with([',', '.', '!', '?', '…']);
    opens
        || text.match_indices(dash).any(|(at, mark)| {
            text[at + mark.len()..].starts_with(' ')
                && text[..at].ends_with(' ')
                && ends_speech(&text[..at])
        })
}

/// Whether the last mark may close an inner and an outer quotation at once: two opened in a row before it.
fn closes_two(text: &str, marks: &[usize]) -> bool {
    let opens = |at: &usize| text[*at..].starts_with('„');
    let nested = marks.windows(2).any(|two| opens(&two[0]) && opens(&two[1]));
    nested && marks.last().is_some_and(|last| !opens(last))
}

/// Whether a straight mark stands for inches or seconds: right behind a digit and with no straight mark to
/// open it.
fn is_inch(text: &str, at: usize) -> bool {
    let before = &text[..at];
    text[at..].starts_with('"')
        && before.ends_with(|c: char| c.is_ascii_digit())
        && before.matches('"').count().is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_mark_is_found_behind_quotes_and_brackets() {
        for (text, expected) in [
            ("Er ging.", End::Stop),
            ("„Gehst du?“", End::Question),
            ("(Jis nuėjo.)", End::Stop),
            ("Ну что ж…", End::Dots),
            ("— Иду, — сказал он. —", End::Stop),
            ("Überschrift", End::None),
        ] {
            assert_eq!(end(text).0, expected, "{text}");
        }
    }

    #[test]
    fn quotes_without_a_partner_are_found() {
        for text in [
            "„Taip",
            "He said \"no.",
            "»Nein",
            "Он сказал: «да.",
            "«Луч» и «Заря",
            "„Žalgiris – geriausia komanda.",
        ] {
            assert!(lone_quote(text).is_some(), "{text}");
        }
        for text in [
            "„Taip, – sakė jis.",
            "„Ir „Twp“ su „Pwp.“",
            "„Taip“",
            "a 5\" screen",
            "ООО «Завод «Луч»",
            "««Луч» и завод» и «Заря»",
            "“A” and “B”",
            "»Nein«",
        ] {
            assert_eq!(lone_quote(text), None, "{text}");
        }
    }

    #[test]
    fn a_quotation_may_go_on_in_other_segments() {
        for (source, target) in [
            ("– Ketinome kariauti.", "\"We were going to war."),
            ("Aš bėgu, – pasakė jis.", "I'm running,\" he said."),
            ("Ją atgauti – mūsų pareiga.“", "To recover it is a duty.\""),
            ("Die Menschen sagen, es sei hoch.", "«Люди говорят, что высоко."),
        ] {
            let at = lone_quote(target).unwrap();
            assert!(goes_on(source, target, at), "{target}");
        }
        for (source, target) in [
            ("„Taip“, – sakė jis.", "\"Yes, he said."),
            ("Sie fragte nach dem Spiel.", "She asked about the \"game."),
        ] {
            let at = lone_quote(target).unwrap();
            assert!(!goes_on(source, target, at), "{target}");
        }
    }

    #[test]
    fn faces_and_list_entries_are_no_brackets() {
        for text in ["a) pirmas", "gut :)", "schlecht :(", "(a (b) c)"] {
            assert_eq!(lone_bracket(text, '(', ')'), None, "{text}");
        }
        assert_eq!(lone_bracket("eins) zwei", '(', ')'), Some(4));
        assert_eq!(lone_bracket("eins (zwei", '(', ')'), Some(5));
    }
}
