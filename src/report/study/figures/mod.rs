//! Figures of a study as SVG, as a journal prints them: black on white, readable in grey, text as text.

mod axes;
mod canvas;
mod differences;
mod events;
mod shares;
mod timeline;

use self::canvas::Canvas;

use super::StudyReport;

/// A figure.
pub struct Figure {
    /// Name of its file.
    pub name: String,
    /// The analysis it belongs to; none where it shows the corpus.
    pub analysis: Option<&'static str>,
    /// What it shows.
    pub title: String,
    /// The SVG.
    pub svg: String,
}

impl Figure {
    fn new(name: &str, analysis: Option<&'static str>, title: &str, canvas: Canvas) -> Self {
        let (name, title) = (format!("{name}.svg"), title.to_owned());
        Self { name, analysis, title, svg: canvas.finish() }
    }
}

/// The figures that a study has the data for.
pub(super) fn figures(report: &StudyReport) -> Vec<Figure> {
    let mut figures = differences::figures(report);
    figures.extend(events::figure(report));
    figures.extend(timeline::figure(report));
    figures.extend(shares::figures(report));
    figures.extend(axes::figure(report));
    figures
}
