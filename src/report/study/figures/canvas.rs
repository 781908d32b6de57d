//! What figures are drawn with.

use std::fmt::Write;

use crate::report::sanitise::xml;

/// Width of a figure: two columns of a journal, in points.
pub(super) const WIDTH: f64 = 480.0;
/// Size of text, in points.
const TEXT: f64 = 9.0;
/// Mean width of a letter, as a share of its size; Cyrillic ones are the widest.
const LETTER: f64 = 0.58;

/// Ink that is not black: what is found, what is not, rules.
pub(super) const FOUND: &str = "#1b4f8f";
pub(super) const OPEN: &str = "#8a8a8a";
pub(super) const RULE: &str = "#cccccc";

/// Where a text stands in relation to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A drawing.
pub(super) struct Canvas {
    height: f64,
    title: String,
    content: String,
}

// Writing to a string cannot fail, so results of `write!` are dropped here.
impl Canvas {
    /// An empty drawing; `title` is what it shows, for those who cannot see it.
    pub(super) fn new(height: f64, title: &str) -> Self {
        Self { height, title: title.to_owned(), content: String::new() }
    }

    /// Text at a point, cut to `room` points.
    pub(super) fn text(&mut self, x: f64, y: f64, anchor: Anchor, room: f64, text: &str) {
        let most = (room / (TEXT * LETTER)).max(3.0) as usize;
        let shown = if text.chars().count() > most {
            text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
        } else {
            text.to_owned()
        };
        let anchor = anchor.name();
        let _ = writeln!(
            self.content,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>",
            xml(&shown)
        );
    }

    /// A line.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), ink: &str, width: f64) {
        let _ = writeln!(
            self.content,
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{ink}\" stroke-width=\"{width}\"/>",
            from.0, from.1, to.0, to.1
        );
    }

    /// A dot, filled or as a ring, with what it says on hover, and the name of the test it stands for.
    pub(super) fn dot(
        &mut self,
        (x, y): (f64, f64),
        (ink, filled): (&str, bool),
        says: &str,
        test: &str,
    ) {
        let fill = if filled { ink } else { "#ffffff" };
        let _ = writeln!(
            self.content,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{fill}\" stroke=\"{ink}\" data-t=\"{}\">\
             <title>{}</title></circle>",
            xml(test),
            xml(says)
        );
    }

    /// A figure of a series: circle, square, triangle or diamond, filled or not, with what it says on hover.
    pub(super) fn mark(&mut self, (x, y): (f64, f64), series: usize, ink: &str, says: &str) {
        let r = 3.6;
        let path = match series % 4 {
            0 => format!(
                "M{:.1} {y:.1}a{r} {r} 0 1 0 {:.1} 0a{r} {r} 0 1 0 {:.1} 0z",
                x - r,
                2.0 * r,
                -2.0 * r
            ),
            1 => {
                format!("M{:.1} {:.1}h{:.1}v{:.1}h{:.1}z", x - r, y - r, 2.0 * r, 2.0 * r, -2.0 * r)
            }
            2 => format!("M{x:.1} {:.1}l{r} {:.1}h{:.1}z", y - r, 2.0 * r, -2.0 * r),
            _ => format!("M{x:.1} {:.1}l{r} {r}l-{r} {r}l-{r} -{r}z", y - r),
        };
        let fill = if (series / 4).is_multiple_of(2) { ink } else { "#ffffff" };
        let _ = writeln!(
            self.content,
            "<path d=\"{path}\" fill=\"{fill}\" stroke=\"{ink}\"><title>{}</title></path>",
            xml(says)
        );
    }

    /// A rectangle with a thin frame, with what it says on hover.
    pub(super) fn framed(
        &mut self,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        ink: &str,
        says: &str,
    ) {
        let _ = writeln!(
            self.content,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{ink}\" \
             stroke=\"#444444\" stroke-width=\"0.4\"><title>{}</title></rect>",
            xml(says)
        );
    }

    /// A rectangle, with what it says on hover.
    pub(super) fn rectangle(
        &mut self,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        (ink, opacity): (&str, f64),
        says: &str,
    ) {
        let _ = writeln!(
            self.content,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{ink}\" \
             fill-opacity=\"{opacity:.2}\"><title>{}</title></rect>",
            xml(says)
        );
    }

    /// The drawing as SVG.
    pub(super) fn finish(self) -> String {
        let Self { height, title, content } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}pt\" \
             height=\"{height:.0}pt\" role=\"img\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"{TEXT}\">\n\
             <title>{}</title>\n<rect class=\"ground\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{content}</svg>\n",
            xml(&title)
        )
    }
}

/// A scale of numbers on a stretch of the figure.
pub(super) struct Scale {
    low: f64,
    high: f64,
    left: f64,
    right: f64,
}

impl Scale {
    /// A scale that holds all values and 0.
    pub(super) fn of(values: impl Iterator<Item = f64>, left: f64, right: f64) -> Self {
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for value in values.filter(|value| value.is_finite()) {
            low = low.min(value);
            high = high.max(value);
        }
        if high - low < 1e-9 {
            (low, high) = (-1.0, 1.0);
        }
        let margin = 0.04 * (high - low);
        Self { low: low - margin, high: high + margin, left, right }
    }

    /// Where a value lies.
    pub(super) fn at(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        self.left + share * (self.right - self.left)
    }

    /// Round numbers on the scale.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let rough = (self.high - self.low) / 5.0;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * power)
            .find(|step| *step >= rough)
            .unwrap_or(rough);
        let first = (self.low / step).ceil() as i64;
        let last = (self.high / step).floor() as i64;
        (first..=last).map(|tick| tick as f64 * step).collect()
    }
}

/// A tick as text, without a trail of digits.
pub(super) fn tick(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    rounded.to_string().replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_on_the_scale() {
        let scale = Scale::of([-0.13, 0.42].into_iter(), 100.0, 300.0);
        let ticks: Vec<String> = scale.ticks().into_iter().map(tick).collect();
        assert_eq!(ticks, ["0", "0.2", "0.4"]);
        assert!(scale.at(-0.13) > 100.0 && scale.at(0.42) < 300.0);
        assert_eq!(Scale::of([0.0].into_iter(), 0.0, 10.0).at(0.0), 5.0);
    }

    #[test]
    fn texts_of_strangers_are_text() {
        let mut canvas = Canvas::new(20.0, "<script>");
        canvas.text(0.0, 0.0, Anchor::Start, 400.0, "</svg><script>x</script>\u{202e}");
        let svg = canvas.finish();
        assert!(!svg.contains("<script>") && svg.matches("</svg>").count() == 1, "{svg}");
        assert!(roxmltree::Document::parse(&svg).is_ok());
    }
}
