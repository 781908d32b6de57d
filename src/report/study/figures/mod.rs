//! Figures of a study as SVG, as a journal prints them: black on white, readable in grey, text as text.

mod canvas;
mod differences;
mod events;
mod timeline;

use super::StudyReport;

/// A figure: the name of its file, and its content.
pub(super) struct Figure {
    /// Name of the file.
    pub(super) name: String,
    /// The SVG.
    pub(super) svg: String,
}

/// The figures that a study has the data for.
pub(super) fn figures(report: &StudyReport) -> Vec<Figure> {
    let mut figures = differences::figures(report);
    figures.extend(events::figure(report));
    figures.extend(timeline::figure(report));
    figures
}
