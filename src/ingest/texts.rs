//! Texts that a program hands over, with what it knows about them.

use jiff::civil::Date;

use super::front_matter::FrontMatter;
use super::page::Page;
use super::particulars::Particulars;
use super::{IngestOptions, clean, sources};
use crate::error::{Error, Result};
use crate::lang::Language;
use crate::text::{Document, Span};

/// What is known about a text from elsewhere; it goes before what the text says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Its language; found out where it is `None` here and in the options.
    pub language: Option<Language>,
}

/// Reads and cleans one text. `name` is what errors call it.
///
/// # Errors
/// [`Error::Input`] if there is no text, or nothing is left of it after cleaning.
///
/// ```
/// use parallax::ingest::{Given, IngestOptions, read_text};
///
/// let given = Given { title: Some("Tiltas uždarytas".into()), ..Given::default() };
/// let text = "Tiltas per upę antradienį uždarytas remontui.";
/// let document = read_text("left", text, &given, &IngestOptions::default())?;
/// assert_eq!(document.title, given.title);
/// assert!(document.text.ends_with(text));
/// # Ok::<(), parallax::Error>(())
/// ```
pub fn read_text(
    name: &str,
    text: &str,
    given: &Given,
    options: &IngestOptions,
) -> Result<Document> {
    let title = one_line(given.title.as_deref().unwrap_or_default());
    let (first, rest) = first_line(text);
    let content = match title.as_str() {
        "" => text.to_owned(),
        title if one_line(first) == title => format!("{title}\n\n{rest}"),
        title => format!("{title}\n\n{text}"),
    };
    let source = sources::read_bytes(name, content.as_bytes(), options).map_err(|s| s.error)?;
    let head = |normalised: &str| {
        let title = (!title.is_empty()).then(|| title_span(normalised));
        FrontMatter {
            title,
            about: Particulars {
                published: given.published,
                language: given.language.or(options.language),
                ..Particulars::default()
            },
            end: title.map_or(0, |span| span.end),
        }
    };
    let page = Page::of_plain_text(source, options, head).map_err(|skipped| skipped.error)?;
    let repeated = clean::RepeatedLines::among(std::iter::once(&page));
    let options = IngestOptions { language: None, ..options.clone() };
    clean::document(&page, &repeated, &options)
        .map_err(|reason| Error::Input { source_name: name.to_owned(), reason })
}

/// Text with each run of white space as one blank.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first line that is not blank, and what follows it.
fn first_line(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once('\n').unwrap_or((text, ""))
}

/// Where the first line of the normalised text stands.
fn title_span(normalised: &str) -> Span {
    let start = normalised.len() - normalised.trim_start().len();
    let end = normalised[start..].find('\n').map_or(normalised.len(), |length| start + length);
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::ParagraphKind;

    fn read(text: &str, given: &Given) -> Document {
        read_text("left", text, given, &IngestOptions::default()).unwrap()
    }

    #[test]
    fn a_title_that_opens_the_text_is_not_doubled() {
        let given = Given { title: Some("Мост  закрыт".into()), ..Given::default() };
        for text in ["Мост закрыт\nДвижение восстановят в мае.", "Движение восстановят в мае."]
        {
            let document = read(text, &given);
            assert_eq!(document.title.as_deref(), Some("Мост закрыт"));
            assert_eq!(document.text.matches("Мост").count(), 1);
            assert_eq!(document.paragraphs[0].kind, ParagraphKind::Title);
        }
    }

    #[test]
    fn what_is_given_goes_before_what_is_found() {
        let published = Some(Date::constant(2019, 1, 22));
        let given = Given { published, language: Language::from_code("lt"), ..Given::default() };
        let document = read("Berlin, 3. Mai 2013. Die Brücke ist seit gestern gesperrt.", &given);
        assert_eq!((document.published, document.language), (published, given.language.unwrap()));
    }

    #[test]
    fn no_text_is_an_error_that_names_it() {
        let given = Given::default();
        let error = read_text("line 3, left", " \n", &given, &IngestOptions::default());
        assert_eq!(error.unwrap_err().to_string(), "line 3, left: is empty");
    }
}
