//! Figures drawn as tables and simple shapes, with their numbers at hand: a matrix of shades, a strip of
//! sentences, dots on a line of time. Whoever cannot see them reads the same in their texts.

use super::super::markup::Html;

/// Steps of shade that an eye tells apart.
const SHADES: f32 = 10.0;

/// The class that shades a share (0..1).
pub(in super::super) fn shade(share: f32) -> String {
    format!("shade-{}", (share.clamp(0.0, 1.0) * SHADES).round())
}

/// A share as a number without a decimal mark, which each language writes its own way.
pub(in super::super) fn hundredths(share: f32) -> String {
    (share * 100.0).round().to_string()
}

/// A piece of a strip.
pub(in super::super) struct Piece<'r> {
    /// Id of what it stands for.
    pub(in super::super) id: &'r str,
    /// Class that colours it.
    pub(in super::super) class: &'static str,
    /// Whether it is marked.
    pub(in super::super) marked: bool,
}

/// A strip of equal pieces, one for each sentence of a text, told in words by the label `name` and the text
/// `told`.
pub(in super::super) fn strip(html: &mut Html, name: &str, pieces: &[Piece<'_>]) {
    let attributes = [("class", "strip"), ("role", "img"), ("aria-label", name)];
    html.element("svg", &attributes, |html| {
        let width = 100.0 / pieces.len().max(1) as f32;
        for (index, piece) in pieces.iter().enumerate() {
            let left = format!("{:.2}%", index as f32 * width);
            let wide = format!("{width:.2}%");
            html.element(
                "rect",
                &[
                    ("class", piece.class),
                    ("data-s", piece.id),
                    ("x", &left),
                    ("width", &wide),
                    ("y", "0"),
                    ("height", "10"),
                ],
                |_| {},
            );
            if piece.marked {
                let attributes = [
                    ("class", "tick"),
                    ("x", &*left),
                    ("width", &wide),
                    ("y", "12"),
                    ("height", "3"),
                ];
                html.element("rect", &attributes, |_| {});
            }
        }
    });
}

/// Dots on a line of time; each holds its place (0..1) and how many things it stands for.
pub(in super::super) fn dots(html: &mut Html, dots: &[(f32, usize)]) {
    html.element("svg", &[("class", "dots"), ("aria-hidden", "true")], |html| {
        html.element(
            "line",
            &[("x1", "4%"), ("x2", "96%"), ("y1", "50%"), ("y2", "50%"), ("class", "axis")],
            |_| {},
        );
        let place = |share: f32| format!("{:.2}%", 4.0 + 92.0 * share.clamp(0.0, 1.0));
        if let (Some(first), Some(last)) = (dots.first(), dots.last()) {
            let (start, end) = (place(first.0), place(last.0));
            html.element(
                "line",
                &[("x1", &start), ("x2", &end), ("y1", "50%"), ("y2", "50%"), ("class", "span")],
                |_| {},
            );
        }
        for &(share, number) in dots {
            // The area grows with the number.
            let radius = format!("{:.1}", 3.5 * (number as f32).sqrt().min(3.0));
            let attributes = [("cx", &*place(share)), ("cy", "50%"), ("r", &radius)];
            html.element("circle", &attributes, |_| {});
        }
    });
}
