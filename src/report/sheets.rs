//! Score sheets of pairs of documents, and their writers: JSON lines, JSON, TSV and CSV. Each answer is
//! written as soon as it is there, so that any number of them takes the same memory.

use std::io::{self, Write};

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::sanitise::{csv, printable};
use super::{Tool, json};
use crate::align::scores::ScoreSheet;
use crate::align::scores::evidence;
use crate::align::scores::weights::weights;
use crate::align::{Article, Coverage, Scores};
use crate::lang::Language;

/// Name and version of the JSON form.
pub const SCHEMA: &str = "parallax.scores/1";

/// What is said to one pair.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// Its scores.
    Scored(Box<Scored>),
    /// Why it has none.
    Refused(Refused),
}

/// The scores of a pair.
#[derive(Debug, Clone, Serialize)]
pub struct Scored {
    /// The pair's id as given.
    pub id: serde_json::Value,
    /// How alike the documents are.
    pub scores: Scores,
    /// Where the scores come from, if asked for.
    #[serde(flatten)]
    pub explanation: Option<Explanation>,
}

/// A line of the input that gave no scores.
#[derive(Debug, Clone, Serialize)]
pub struct Refused {
    /// The pair's id, where it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<serde_json::Value>,
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub error: String,
    /// What to do about it.
    pub hint: String,
}

/// Where scores come from. A score is the logistic function of the sum of its contributions, unless the texts
/// are the same; publication dates count in `time` besides.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// How the left document was read.
    pub left: Side,
    /// How the right document was read.
    pub right: Side,
    /// Whether the texts are the same letter by letter: then every score is 1, but for `time`.
    pub same_text: bool,
    /// Days between the publication dates, where both are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_apart: Option<u32>,
    /// How much the documents share.
    pub coverage: Coverage,
    /// The evidence by name.
    pub evidence: Named<f32>,
    /// For each score what the evidence adds to it, in log-odds.
    pub contributions: Named<Named<f32>>,
}

/// How a document was read.
#[derive(Debug, Clone, Serialize)]
pub struct Side {
    /// Its language.
    pub language: Language,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// How many sentences it has.
    pub sentences: usize,
    /// How many stretches cleaning took out.
    pub dropped: usize,
}

/// Values by name, in their order.
#[derive(Debug, Clone)]
pub struct Named<V>(pub Vec<(String, V)>);

impl<V: Serialize> Serialize for Named<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Explanation {
    /// The explanation of a score sheet.
    pub fn new([left, right]: [&Article; 2], sheet: &ScoreSheet) -> Self {
        let contributions = weights().named().map(|(score, weights)| {
            let intercept = ("intercept".to_owned(), rounded(weights.intercept));
            let parts = weights.contributions(&sheet.evidence);
            let parts = parts.map(|(name, part)| (name.to_owned(), rounded(part)));
            (score.to_owned(), Named(std::iter::once(intercept).chain(parts).collect()))
        });
        let evidence =
            sheet.evidence.named().map(|(name, value)| (name.to_owned(), rounded(value)));
        Self {
            left: Side::new(left),
            right: Side::new(right),
            same_text: sheet.same_text,
            days_apart: sheet.days_apart,
            coverage: sheet.coverage,
            evidence: Named(evidence.collect()),
            contributions: Named(contributions.into()),
        }
    }
}

/// To four places, which is more than anybody reads; no negative zero.
fn rounded(value: f32) -> f32 {
    (value * 1e4).round() / 1e4 + 0.0
}

impl Side {
    fn new(article: &Article) -> Self {
        Self {
            language: article.document.language,
            title: article.document.title.clone(),
            published: article.document.published,
            sentences: article.sentences.len(),
            dropped: article.document.dropped.len(),
        }
    }
}

/// Writes answers one by one.
pub trait Writer {
    /// What stands before the first answer.
    ///
    /// # Errors
    /// What the output says when it cannot be written; so for the other two.
    fn begin(&mut self, _tool: &Tool, _output: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// One answer.
    ///
    /// # Errors
    /// As [`begin`](Self::begin).
    fn answer(&mut self, answer: &Answer, output: &mut dyn Write) -> io::Result<()>;

    /// What stands after the last answer.
    ///
    /// # Errors
    /// As [`begin`](Self::begin).
    fn end(&mut self, _output: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A format of score sheets: a row of [`FORMATS`].
pub struct Format {
    /// The name given to `--format`.
    pub name: &'static str,
    /// File endings that select it.
    pub endings: &'static [&'static str],
    /// One line for the help.
    pub summary: &'static str,
    /// A writer; the flag says whether there are explanations.
    pub writer: fn(bool) -> Box<dyn Writer>,
}

/// The formats of score sheets. Adding one is a writer and a row here.
pub const FORMATS: &[Format] = &[
    Format {
        name: "jsonl",
        endings: &["jsonl", "ndjson"],
        summary: "a JSON object on a line for each pair",
        writer: |_| Box::new(JsonLines),
    },
    Format {
        name: "json",
        endings: &["json"],
        summary: "one JSON object with all pairs, schema parallax.scores/1",
        writer: |_| Box::new(Json { any: false }),
    },
    Format {
        name: "tsv",
        endings: &["tsv", "tab"],
        summary: "tab-separated, a row for each pair",
        writer: |explained| Box::new(Table { explained, form: Form::Tabs }),
    },
    Format {
        name: "csv",
        endings: &["csv"],
        summary: "comma-separated, for spreadsheets",
        writer: |explained| Box::new(Table { explained, form: Form::Commas }),
    },
];

struct JsonLines;

impl Writer for JsonLines {
    fn answer(&mut self, answer: &Answer, output: &mut dyn Write) -> io::Result<()> {
        json::write_line(answer, output)
    }
}

/// One object; a line for each pair.
struct Json {
    /// Whether an answer was written.
    any: bool,
}

impl Writer for Json {
    fn begin(&mut self, tool: &Tool, output: &mut dyn Write) -> io::Result<()> {
        write!(output, "{{\"schema\":\"{SCHEMA}\",\n\"tool\":")?;
        json::write_line(tool, output)?;
        output.write_all(b",\"pairs\":[\n")
    }

    fn answer(&mut self, answer: &Answer, output: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.any, true) {
            output.write_all(b",")?;
        }
        json::write_line(answer, output)
    }

    fn end(&mut self, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(b"]}\n")
    }
}

/// How the cells of a table stand on a line.
#[derive(Clone, Copy)]
enum Form {
    Tabs,
    Commas,
}

/// A header and a row for each pair: id, scores, evidence where asked for, line and error of a refused one.
struct Table {
    explained: bool,
    form: Form,
}

impl Table {
    fn line(&self, cells: &[String], output: &mut dyn Write) -> io::Result<()> {
        match self.form {
            Form::Tabs => {
                let cells: Vec<String> = cells.iter().map(|cell| printable(cell)).collect();
                writeln!(output, "{}", cells.join("\t"))
            }
            Form::Commas => write!(output, "{}\r\n", cells.join(",")),
        }
    }

    /// Text of strangers as a cell.
    fn text(&self, text: &str) -> String {
        match self.form {
            Form::Tabs => text.to_owned(),
            Form::Commas => csv(text),
        }
    }

    fn id(&self, id: &serde_json::Value) -> String {
        self.text(&id.as_str().map_or_else(|| id.to_string(), str::to_owned))
    }
}

impl Writer for Table {
    fn begin(&mut self, _tool: &Tool, output: &mut dyn Write) -> io::Result<()> {
        let mut cells = vec!["id".to_owned()];
        cells.extend(weights().named().map(|(score, _)| score.to_owned()));
        if self.explained {
            cells.extend(evidence::names().iter().map(|name| format!("evidence:{name}")));
        }
        cells.extend(["line", "error"].map(str::to_owned));
        self.line(&cells, output)
    }

    fn answer(&mut self, answer: &Answer, output: &mut dyn Write) -> io::Result<()> {
        let of_evidence = if self.explained { evidence::names().len() } else { 0 };
        let cells = match answer {
            Answer::Scored(scored) => {
                let mut cells = vec![self.id(&scored.id)];
                cells.extend(scored.scores.values().map(|score| score.to_string()));
                let evidence = scored.explanation.iter().flat_map(|e| &e.evidence.0);
                cells.extend(evidence.map(|(_, value)| value.to_string()));
                cells.extend([String::new(), String::new()]);
                cells
            }
            Answer::Refused(refused) => {
                let mut cells = vec![refused.id.as_ref().map_or(String::new(), |id| self.id(id))];
                cells.resize(1 + weights().named().len() + of_evidence, String::new());
                cells.extend([refused.line.to_string(), self.text(&refused.error)]);
                cells
            }
        };
        self.line(&cells, output)
    }
}
