//! Passages of text with the stretches marked that findings are about, alone or in pairs.

use std::ops::Range;

use super::super::markup::Html;
use super::severity;
use crate::finding::Severity;

/// A stretch of a text that a finding is about.
#[derive(Debug, Clone)]
pub(in super::super) struct Mark<'r> {
    /// Where it stands, in bytes of the text.
    pub(in super::super) range: Range<usize>,
    /// Id of the finding; empty where there is none.
    pub(in super::super) finding: &'r str,
    /// How much the finding matters; `None` for a stretch that is only at risk.
    pub(in super::super) severity: Option<Severity>,
}

/// Where `part` stands in `text`: of all places the one nearest to the scalar value `near`.
///
/// ```text
/// locate("17 hurt, 17 freed", "17", 8) is 9..11
/// ```
pub(in super::super) fn locate(text: &str, part: &str, near: usize) -> Option<Range<usize>> {
    let near = text.char_indices().nth(near).map_or(text.len(), |(byte, _)| byte);
    let starts = text.match_indices(part).map(|(start, _)| start);
    let start = starts.min_by_key(|start| start.abs_diff(near))?;
    (!part.is_empty()).then_some(start..start + part.len())
}

/// Writes a text with its marks. Marks may overlap: each stretch between two borders names all findings that
/// it belongs to and is coloured as the weightiest.
pub(in super::super) fn marked(html: &mut Html, text: &str, marks: &[Mark<'_>]) {
    let mut borders: Vec<usize> =
        marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]).collect();
    borders.extend([0, text.len()]);
    borders.sort_unstable();
    borders.dedup();
    for stretch in borders.windows(2) {
        let (start, end) = (stretch[0], stretch[1]);
        let Some(piece) = text.get(start..end) else { continue };
        let over = || marks.iter().filter(|m| m.range.start <= start && end <= m.range.end);
        let Some(weightiest) = over().map(|mark| mark.severity).max() else {
            html.text(piece);
            continue;
        };
        let Some(weightiest) = weightiest else {
            html.leaf("mark", &[("class", "risk")], piece);
            continue;
        };
        let found = over().map(|mark| mark.finding).filter(|finding| !finding.is_empty());
        let mut findings: Vec<&str> = found.collect();
        findings.dedup();
        let class = severity::class(weightiest);
        html.leaf("mark", &[("class", &class), ("data-f", &findings.join(" "))], piece);
    }
}

/// A side of a pair of passages.
pub(in super::super) struct PairSide<'r> {
    /// What to call it, e.g. an id.
    pub(in super::super) name: String,
    /// Id of the element that holds the passage in its context, where there is one.
    pub(in super::super) context: Option<&'r str>,
    /// Language code of the text.
    pub(in super::super) language: String,
    /// The text.
    pub(in super::super) text: &'r str,
    /// What is marked in it.
    pub(in super::super) marks: Vec<Mark<'r>>,
}

/// Two passages beside each other, or one alone.
pub(in super::super) fn pair(html: &mut Html, sides: &[PairSide<'_>]) {
    html.element("div", &[("class", "pair")], |html| {
        for side in sides {
            html.element("blockquote", &[("lang", &side.language), ("dir", "auto")], |html| {
                match side.context {
                    Some(id) => html.link(&[("class", "source")], id, &side.name),
                    None => html.leaf("span", &[("class", "source")], &side.name),
                }
                html.text(" ");
                if side.text.trim().is_empty() {
                    html.label("span", &[("class", "empty")], "no-text");
                }
                marked(html, side.text, &side.marks);
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(range: Range<usize>, finding: &str, severity: Severity) -> Mark<'_> {
        Mark { range, finding, severity: Some(severity) }
    }

    #[test]
    fn the_nearest_of_several_places_is_found() {
        let text = "Žuvo 17, dar 17 sužeista";
        assert_eq!(locate(text, "17", 5), Some(6..8));
        assert_eq!(locate(text, "17", 13), Some(14..16));
        assert_eq!(locate(text, "17", 900), Some(14..16));
        assert_eq!(locate(text, "18", 5), None);
        assert_eq!(locate(text, "", 5), None);
    }

    #[test]
    fn marks_may_overlap() {
        let mut html = Html::default();
        let marks = [mark(0..5, "f1", Severity::Info), mark(3..8, "f2", Severity::Major)];
        marked(&mut html, "abcdefghij", &marks);
        assert_eq!(
            html.finish(),
            "<mark class=\"severity info\" data-f=\"f1\">abc</mark>\
             <mark class=\"severity major\" data-f=\"f1 f2\">de</mark>\
             <mark class=\"severity major\" data-f=\"f2\">fgh</mark>ij"
        );
        let mut html = Html::default();
        let risk = Mark { range: 1..4, finding: "", severity: None };
        marked(&mut html, "abcdef", &[risk, mark(2..3, "f1", Severity::Info)]);
        assert_eq!(
            html.finish(),
            "a<mark class=\"risk\">b</mark><mark class=\"severity info\" data-f=\"f1\">c</mark>\
             <mark class=\"risk\">d</mark>ef"
        );
    }
}
