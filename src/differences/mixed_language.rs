//! `mixed-language`: a document has passages in another language than its own.

use super::Check;
use crate::align::Comparison;
use crate::finding::{CheckInfo, Finding, Place, Severity};
use crate::text::Span;

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "mixed-language",
        family: "input",
        summary: "a document has passages in another language than its own",
        explanation: "\
One or more sentences in a row are clearly in another language than the document. That may be a quote,
a translation left unfinished, or page furniture that cleaning kept. Passages of which the document
consists for the most part are never reported; names and single foreign words are not either.

A single sentence is `info`, a longer passage `minor`.

Example: a Lithuanian report that ends with two paragraphs in Russian.

Silence it with `--skip mixed-language`.",
    },
    run,
};

fn run(comparison: &Comparison) -> Vec<Finding> {
    let documents = 0..comparison.articles.len();
    documents.flat_map(|document| passages(comparison, document)).collect()
}

/// One finding for each run of sentences in one other language.
fn passages(comparison: &Comparison, document: usize) -> Vec<Finding> {
    let article = &comparison.articles[document];
    let own = article.document.language;
    let groups = article.sentences.chunk_by(|one, other| one.language == other.language);
    let mut findings = Vec::new();
    let mut first = 0;
    for group in groups {
        let language = group[0].language;
        if language != own {
            let span = Span::new(group[0].span.start, group[group.len() - 1].span.end);
            let length = group.len();
            let what =
                if length == 1 { "A sentence".to_owned() } else { format!("{length} sentences") };
            let verb = if length == 1 { "is" } else { "are" };
            findings.push(Finding {
                check: CHECK.info.id,
                severity: if length == 1 { Severity::Info } else { Severity::Minor },
                confidence: if length == 1 { 0.8 } else { 0.95 },
                message: format!(
                    "{what} of d{document} {verb} in `{language}`, the rest in `{own}`"
                ),
                left: Some(Place { document, sentence: (length == 1).then_some(first), span }),
                right: None,
                values: None,
                evidence: Vec::new(),
            });
        }
        first += group.len();
    }
    findings
}
