//! `markup`: tags that were lost, added, broken or put in the wrong order.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{Check, Findings, Pair};
use crate::finding::{CheckInfo, Severity};
use crate::text::Span;
use crate::translation::{Side, TagKind};

pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "markup",
        family: "translation",
        summary: "a tag is missing, added, or closed in the wrong order",
        explanation: "\
Inline tags of the file format (XLIFF, TMX) are compared by their ids, tags written in the text (`<b>`,
`</a>`, `<br/>`) by their names. The translation must have those of the source, as often, in any order that
nests. It is `major`, with `--profile software` `critical`.

Example: “Press <b>Start</b>” / “Spauskite <b>Pradėti”.

Silence it with `--skip markup`.",
    },
    category: "design/markup",
    run: markup,
};

/// A tag and where it stands in the text; a tag of the file format has no width.
struct Mark {
    span: Span,
    kind: TagKind,
    name: String,
}

impl Mark {
    fn shown(&self) -> String {
        match self.kind {
            TagKind::Open => format!("<{}>", self.name),
            TagKind::Close => format!("</{}>", self.name),
            TagKind::Alone => format!("<{}/>", self.name),
        }
    }
}

static TAG: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"<(/?)([A-Za-z][\w:-]*)((?:\s+[^<>]*)?)(/?)>"#).ok());

/// Elements that have no end.
const VOID: [&str; 6] = ["br", "img", "hr", "wbr", "input", "meta"];

fn markup(pair: &Pair<'_>, findings: &mut Findings) {
    if pair.is_half() {
        return;
    }
    let (source, target) = (&pair.segment.source, &pair.segment.target);
    for read in [tags_of_file, tags_in_text] {
        compare(&read(source), &read(target), findings);
    }
}

fn tags_of_file(side: &Side) -> Vec<Mark> {
    let mark = |tag: &crate::translation::Tag| Mark {
        span: Span::new(tag.at, tag.at),
        kind: tag.kind,
        name: tag.id.clone(),
    };
    side.tags.iter().map(mark).collect()
}

fn tags_in_text(side: &Side) -> Vec<Mark> {
    let Some(tag) = TAG.as_ref().filter(|_| side.text.contains('<')) else { return Vec::new() };
    let marks = tag.captures_iter(&side.text).filter_map(|found| {
        let all = found.get(0)?;
        let part = |group: usize| found.get(group).map_or("", |part| part.as_str());
        let name = part(2).to_lowercase();
        let alone = !part(4).is_empty() || part(3).ends_with('/') || VOID.contains(&name.as_str());
        let kind = match (part(1), alone) {
            (_, true) => TagKind::Alone,
            ("/", _) => TagKind::Close,
            _ => TagKind::Open,
        };
        Some(Mark { span: Span::new(all.start(), all.end()), kind, name })
    });
    marks.collect()
}

fn counts(marks: &[Mark]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for mark in marks {
        *counts.entry(mark.shown()).or_default() += 1;
    }
    counts
}

fn compare(source: &[Mark], target: &[Mark], findings: &mut Findings) {
    let (wanted, there) = (counts(source), counts(target));
    let mut complete = true;
    let span = |marks: &[Mark], shown: &str| {
        marks.iter().rev().find(|mark| mark.shown() == shown).map(|mark| mark.span)
    };
    for (shown, count) in &wanted {
        if there.get(shown).unwrap_or(&0) < count {
            complete = false;
            let message = format!("The translation lacks the tag {shown}");
            findings.add((Severity::Major, 0.95), message, span(source, shown), None);
        }
    }
    for (shown, count) in &there {
        if wanted.get(shown).unwrap_or(&0) < count {
            complete = false;
            let message = format!("The source has no tag {shown} for this one");
            findings.add((Severity::Major, 0.95), message, None, span(target, shown));
        }
    }
    if complete
        && is_nested(source).is_ok()
        && let Err(mark) = is_nested(target)
    {
        let message = format!("The tag {} closes what is not open", mark.shown());
        findings.add((Severity::Major, 0.95), message, None, Some(mark.span));
    }
}

/// Whether tags close in the order in which they open; else the one that does not.
fn is_nested(marks: &[Mark]) -> Result<(), &Mark> {
    let mut open = Vec::new();
    for mark in marks {
        match mark.kind {
            TagKind::Open => open.push(&mark.name),
            TagKind::Close if open.pop() != Some(&mark.name) => return Err(mark),
            TagKind::Close | TagKind::Alone => {}
        }
    }
    Ok(())
}
