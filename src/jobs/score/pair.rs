//! From a line of JSON to two articles, or to what is wrong with the line.

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use crate::align::Article;
use crate::error::InputProblem;
use crate::facts::FactCache;
use crate::ingest::{Given, IngestOptions, read_text};
use crate::jobs::prepare;
use crate::lang::Language;
use crate::{Error, report::sheets::Refused};

/// What a line has to look like.
const SHAPE: &str =
    "give one JSON object a line: {\"id\": …, \"left\": {\"text\": …}, \"right\": {\"text\": …}}";

/// Two articles without vectors, and the id of their pair.
pub(super) struct Pair {
    pub(super) id: Value,
    pub(super) sides: [Article; 2],
}

/// Why a line gives no pair: the reason and what to do.
type Problem = (String, String);

/// One side of a pair as written. Unknown keys are let pass, so that pairs may carry what others need.
#[derive(Deserialize)]
struct Side {
    text: Option<String>,
    title: Option<String>,
    lang: Option<String>,
    date: Option<String>,
}

/// Reads the pair of line `number`.
pub(super) fn read(bytes: &[u8], number: usize, options: &IngestOptions) -> Result<Pair, Refused> {
    let refused = |id, (error, hint): Problem| Refused { id, line: number, error, hint };
    let value: Value = object(bytes).map_err(|problem| refused(None, problem))?;
    let id = id(&value).map_err(|problem| refused(None, problem))?;
    let side = |name| side(&value, name, options);
    match side("left").and_then(|left| Ok([left, side("right")?])) {
        Ok(sides) => Ok(Pair { id, sides }),
        Err(problem) => Err(refused(Some(id), problem)),
    }
}

/// A line that was not kept.
pub(super) fn too_long(number: usize, most: u64) -> Refused {
    let error = format!("is longer than {most} bytes");
    Refused { id: None, line: number, error, hint: "give shorter texts".to_owned() }
}

fn object(bytes: &[u8]) -> Result<Value, Problem> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| ("is not UTF-8".to_owned(), "save the file as UTF-8".to_owned()))?;
    let text = text.trim_start_matches('\u{feff}').trim_end();
    let value: Value = serde_json::from_str(text).map_err(|error| {
        // Each line is a text of its own to the parser, which calls all of them line 1.
        let reason = error.to_string().replace(" at line 1 column ", " at column ");
        (format!("is no JSON: {reason}"), SHAPE.to_owned())
    })?;
    if value.is_object() { Ok(value) } else { Err(shape("is no JSON object")) }
}

fn shape(error: impl Into<String>) -> Problem {
    (error.into(), SHAPE.to_owned())
}

fn id(value: &Value) -> Result<Value, Problem> {
    match value.get("id") {
        Some(id @ (Value::String(_) | Value::Number(_))) => Ok(id.clone()),
        None | Some(Value::Null) => Err(shape("has no `id`")),
        Some(_) => Err(shape("`id` is neither text nor a number")),
    }
}

fn side(value: &Value, name: &str, options: &IngestOptions) -> Result<Article, Problem> {
    let side = match value.get(name) {
        None | Some(Value::Null) => return Err(shape(format!("has no `{name}`"))),
        Some(side) => {
            Side::deserialize(side).map_err(|error| shape(format!("`{name}`: {error}")))?
        }
    };
    let text = side.text.ok_or_else(|| shape(format!("has no `{name}.text`")))?;
    let language = side.lang.map(|code| {
        Language::from_code(&code.to_lowercase()).ok_or_else(|| {
            let hint = "give an ISO 639 code of two or three letters, e.g. `lt`, or none";
            (format!("`{name}.lang`: `{code}` is no language code"), hint.to_owned())
        })
    });
    let published = side.date.filter(|date| !date.trim().is_empty()).map(|written| {
        date(&written).ok_or_else(|| {
            let hint = "give year, month and day, e.g. `2013-11-01`, or no date";
            (format!("`{name}.date`: `{written}` is no date"), hint.to_owned())
        })
    });
    let given = Given {
        title: side.title,
        published: published.transpose()?,
        language: language.transpose()?,
    };
    let document = read_text(name, &text, &given, options).map_err(|error| match error {
        Error::Input { reason, .. } => {
            let hint = match reason {
                InputProblem::NothingLeft => "see what stays with `--no-clean`",
                InputProblem::Empty => "leave the pair out, or give the article's text",
                ref reason => reason.hint(),
            };
            (format!("`{name}.text` {reason}"), hint.to_owned())
        }
        error => (error.to_string(), error.hint()),
    })?;
    Ok(prepare::article(document, &FactCache::default()))
}

/// A date, or the date of a point in time such as `2013-11-01T08:30:00Z`.
fn date(written: &str) -> Option<Date> {
    let day = written.trim().split(['T', 't', ' ']).next()?;
    day.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Die Brücke bleibt bis zum Frühjahr gesperrt, sagte der Bürgermeister.";

    fn refused(line: &str) -> Refused {
        read(line.as_bytes(), 7, &IngestOptions::default()).err().unwrap()
    }

    #[test]
    fn what_is_given_reaches_the_articles() {
        let left = format!(
            r#"{{"text":"{TEXT}","title":"Brücke","lang":"DE","date":"2019-01-22T08:00Z"}}"#
        );
        let line = format!(
            "\u{feff}{{\"id\":3,\"left\":{left},\"right\":{{\"text\":\"{TEXT}\"}},\"gold\":1}}"
        );
        let pair = read(line.as_bytes(), 1, &IngestOptions::default()).ok().unwrap();
        assert_eq!(pair.id, 3);
        let document = &pair.sides[0].document;
        assert_eq!(document.title.as_deref(), Some("Brücke"));
        assert_eq!(document.published, Some(Date::constant(2019, 1, 22)));
        assert_eq!(pair.sides[1].document.title, None);
    }

    #[test]
    fn each_fault_is_told_with_the_id_where_there_is_one() {
        let side = format!("{{\"text\":\"{TEXT}\"}}");
        let cases = [
            ("{\"id\":1".to_owned(), false, "is no JSON: EOF while parsing an object at column"),
            ("[1]".to_owned(), false, "is no JSON object"),
            (format!("{{\"left\":{side},\"right\":{side}}}"), false, "has no `id`"),
            (format!("{{\"id\":{{}},\"left\":{side},\"right\":{side}}}"), false, "`id` is neither"),
            (format!("{{\"id\":1,\"left\":{side}}}"), true, "has no `right`"),
            (format!("{{\"id\":1,\"left\":{side},\"right\":[]}}"), true, "`right`: "),
            (format!("{{\"id\":1,\"left\":{side},\"right\":{{}}}}"), true, "has no `right.text`"),
            (
                format!("{{\"id\":1,\"left\":{{\"text\":\" \"}},\"right\":{side}}}"),
                true,
                "`left.text` is empty",
            ),
            (
                format!(
                    "{{\"id\":1,\"left\":{{\"text\":\"{TEXT}\",\"lang\":\"deutsch\"}},\"right\":{side}}}"
                ),
                true,
                "`left.lang`: `deutsch` is no language code",
            ),
            (
                format!(
                    "{{\"id\":1,\"left\":{{\"text\":\"{TEXT}\",\"date\":\"gestern\"}},\"right\":{side}}}"
                ),
                true,
                "`left.date`: `gestern` is no date",
            ),
        ];
        for (line, has_id, reason) in cases {
            let refused = refused(&line);
            assert!(refused.error.starts_with(reason), "{line}: {}", refused.error);
            assert_eq!((refused.id.is_some(), refused.line), (has_id, 7), "{line}");
            assert!(!refused.hint.is_empty());
        }
        assert_eq!(
            read(b"{\"id\":\"\xff\"}", 1, &IngestOptions::default()).err().unwrap().error,
            "is not UTF-8"
        );
    }
}
