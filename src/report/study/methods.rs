//! The methods of a study, ready for the appendix of a paper: what was computed with which settings, versions and
//! hashes, by which formulas, after whom.

use std::io::{self, Write};

use super::StudyReport;
use crate::report::sanitise::markdown;

/// Papers that every study rests on.
const STATISTICS: [&str; 5] = [
    "Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical Society \
     B 57(1), 289-300.",
    "Besag, J. & Clifford, P. (1991). Sequential Monte Carlo p-values. Biometrika 78(2), 301-304.",
    "Broder, A. Z. (1997). On the resemblance and containment of documents. SEQUENCES 1997.",
    "Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical Association 82, 171-185.",
    "Phipson, B. & Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in Genetics \
     and Molecular Biology 9(1), 39.",
];

/// Writes the methods as Markdown.
pub(super) fn write(report: &StudyReport, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "# Methods\n")?;
    corpus(report, output)?;
    statistics(report, output)?;
    writeln!(output, "## Analyses\n")?;
    for analysis in &report.analyses {
        writeln!(
            output,
            "### {}\n\n{}\n\n{}\n",
            analysis.name, analysis.question, analysis.formula
        )?;
    }
    remarks(report, output)?;
    references(report, output)
}

fn corpus(report: &StudyReport, output: &mut dyn Write) -> io::Result<()> {
    let corpus = &report.corpus;
    let tool = &report.tool;
    writeln!(output, "## Corpus and tools\n")?;
    let languages: Vec<String> =
        corpus.languages.iter().map(|(code, count)| format!("{code} {count}")).collect();
    let dates = corpus
        .dates
        .as_ref()
        .map_or(String::new(), |(first, last)| format!(", published {first} to {last}"));
    writeln!(
        output,
        "The corpus ({}) holds {} articles{dates}, {} of them independent versions (copies of a text count as one \
         version: texts are copies where seven in ten of their runs of five words are common to both). By language: {}. Articles were grouped into {} events, {} of which more \
         than one group covers.\n",
        markdown(&corpus.source),
        corpus.articles,
        corpus.versions,
        languages.join(", "),
        corpus.events,
        corpus.shared_events,
    )?;
    writeln!(output, "| {} | articles | versions | outlets |\n|---|---:|---:|---:|", corpus.by)?;
    for group in &corpus.groups {
        writeln!(
            output,
            "| {} | {} | {} | {} |",
            markdown(&group.name),
            group.articles,
            group.versions,
            group.outlets
        )?;
    }
    writeln!(
        output,
        "\nComputed with {} {} (engine {}, model {}, SHA-256 `{}`, {} dimensions). Sentences of all languages are compared in \
         the vector space of the model; two sentences make the same statement where their calibrated probability of \
         saying the same is {} or more, and sentences are joined to a statement while the mean probability between them is at least four fifths of that.\n",
        tool.name,
        tool.version,
        tool.engine,
        tool.model.id,
        tool.model.sha256,
        tool.model.dim,
        report.least_probability
    )
}

fn statistics(report: &StudyReport, output: &mut dyn Write) -> io::Result<()> {
    let settings = &report.settings;
    writeln!(output, "## Statistics\n")?;
    writeln!(
        output,
        "The event is the unit. Unless said otherwise a group is compared with all others within events: D = Σ wₑ (mean of \
         the group in e − mean of the others in e) / Σ wₑ with wₑ = aₑbₑ/(aₑ+bₑ), a and b the numbers of articles of the two \
         sides (copies of one text within a group and event count together as one). Intervals of {:.0} % are \
         bias-corrected and accelerated bootstrap intervals over events ({} draws). p comes from a two-sided permutation test \
         that shuffles the groups among the articles of each event (up to {} shuffles, ended early once 30 were as \
         extreme), or from an exact test where an analysis says so. q is the false discovery rate over all tests of this \
         run, q_analysis over those of one analysis; what is called found has q ≤ {}. d is the difference in standard \
         deviations within events and sides, h is Cohen's h of two shares. Names and axes were tested where they occur in \
         {} events or more, at most {} of a kind. A statistic with fewer than 5 events of both sides has no p, \
         with fewer than 8 no interval. Seed {}.\n",
        settings.inference.bootstrap.level * 100.0,
        settings.inference.bootstrap.replicates,
        settings.inference.shuffles,
        settings.rate,
        settings.least_events,
        settings.most_subjects,
        settings.inference.seed,
    )
}

fn remarks(report: &StudyReport, output: &mut dyn Write) -> io::Result<()> {
    let notes = report.notes.iter().map(|note| note.message.as_str());
    let remarks: Vec<&str> =
        report.findings.notes.iter().map(String::as_str).chain(notes).collect();
    if !remarks.is_empty() || !report.skipped.is_empty() {
        writeln!(output, "## Remarks\n")?;
    }
    for remark in remarks {
        writeln!(output, "- {}", markdown(remark))?;
    }
    for skipped in &report.skipped {
        let (source, error) = (markdown(&skipped.source), markdown(&skipped.error));
        writeln!(output, "- left out: {source}: {error}")?;
    }
    writeln!(output)
}

fn references(report: &StudyReport, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "## References\n")?;
    let own = report.analyses.iter().flat_map(|analysis| analysis.papers.iter().copied());
    let mut papers: Vec<&str> = STATISTICS.into_iter().chain(own).collect();
    papers.sort_unstable();
    papers.dedup();
    for paper in papers {
        writeln!(output, "- {paper}")?;
    }
    Ok(())
}
