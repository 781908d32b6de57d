//! Tables that their readers may sort by a column.

use super::super::markup::{Attributes, Html};

/// What a column holds, which decides how it is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Column<'r> {
    /// Words: sorted by the rules of the page's language.
    Words(&'static str),
    /// Numbers: sorted by value, set to the right.
    Numbers(&'static str),
    /// Signs, under a name that is no label: not sorted.
    Signs(&'r str),
}

/// Writes a table with these columns, each named by a label. `rows` writes the `tr` elements of its body.
///
/// A cell sorts by its attribute `data-v` where it has one, else by its text.
pub(in super::super) fn write(
    html: &mut Html,
    attributes: Attributes<'_>,
    caption: &'static str,
    columns: &[Column<'_>],
    rows: impl FnOnce(&mut Html),
) {
    html.element("table", attributes, |html| {
        html.label("caption", &[], caption);
        html.element("thead", &[], |html| {
            html.element("tr", &[], |html| {
                for &column in columns {
                    heading(html, column);
                }
            });
        });
        html.element("tbody", &[], rows);
    });
}

fn heading(html: &mut Html, column: Column<'_>) {
    match column {
        Column::Words(label) => {
            html.label("th", &[("scope", "col"), ("data-sort", "words")], label)
        }
        Column::Numbers(label) => {
            html.label(
                "th",
                &[("scope", "col"), ("data-sort", "numbers"), ("class", "number")],
                label,
            );
        }
        Column::Signs(name) => {
            html.leaf("th", &[("scope", "col"), ("class", "sign"), ("data-d", name)], name);
        }
    }
}
