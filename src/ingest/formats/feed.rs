//! RSS (0.9x, 1.0, 2.0) and Atom feeds: every item is an input of its own.
//!
//! <https://www.rssboard.org/rss-specification>, <https://www.rfc-editor.org/rfc/rfc4287>

use quick_xml::Reader as Xml;
use quick_xml::events::{BytesStart, Event};

use super::html::{self, after_prolog};
use crate::error::InputProblem;
use crate::ingest::particulars::{self, Particulars};
use crate::ingest::sources::{Source, skipped};
use crate::ingest::{IngestOptions, Skipped, encoding};

/// The elements feeds begin with.
const ROOTS: [&[u8]; 3] = [b"<rss", b"<feed", b"<rdf:RDF"];

/// Whether the bytes begin as a feed does.
pub(super) fn recognises(beginning: &[u8]) -> bool {
    let body = after_prolog(beginning);
    ROOTS.iter().any(|root| {
        let next = body.get(root.len());
        body.starts_with(root) && next.is_some_and(|c| c.is_ascii_whitespace() || *c == b'>')
    })
}

/// The items of a feed.
pub(super) fn items(source: Source, options: &IngestOptions) -> Vec<Result<Source, Skipped>> {
    let declared = source.declared.or_else(|| html::declared(&source.bytes));
    let text = encoding::decode_declared(&source.bytes, options.encoding, declared).text;
    let mut feed = Feed::default();
    let problem = feed.read(&text).err();
    let mut items: Vec<Result<Source, Skipped>> = std::mem::take(&mut feed.items)
        .into_iter()
        .enumerate()
        .map(|(index, item)| Ok(item.into_source(&source, index, &feed.about)))
        .collect();
    match problem {
        Some(reason) => {
            let problem = InputProblem::Damaged { kind: "a feed", reason };
            items.push(Err(skipped(source.name, problem)));
        }
        None if items.is_empty() => {
            items.push(Err(skipped(source.name, InputProblem::HoldsNone("items"))));
        }
        None => {}
    }
    items
}

#[derive(Default)]
struct Feed {
    about: Particulars,
    items: Vec<Item>,
    /// The item being read.
    open: Option<Item>,
    is_in_author: bool,
}

#[derive(Default)]
struct Item {
    about: Particulars,
    content: Option<String>,
    summary: Option<String>,
    updated: Option<jiff::civil::Date>,
}

impl Item {
    fn into_source(self, feed: &Source, index: usize, about: &Particulars) -> Source {
        let mut own = self.about;
        own.published = own.published.or(self.updated);
        let of_feed = Particulars {
            outlet: about.title.clone(),
            authors: about.authors.clone(),
            likely_language: about.likely_language,
            ..Particulars::default()
        };
        // The longer of the two: some feeds repeat the headline as content, and tell the text as summary.
        let content = self.content.unwrap_or_default();
        let summary = self.summary.unwrap_or_default();
        let text = if summary.len() > content.len() { summary } else { content };
        Source {
            reader: Some(super::SNIPPET),
            about: own.or(of_feed).or(feed.about.clone()),
            declared: Some(encoding_rs::UTF_8),
            ..Source::new(format!("{} item {}", feed.name, index + 1), text.into_bytes())
        }
    }
}

impl Feed {
    fn read(&mut self, text: &str) -> Result<(), String> {
        let mut xml = Xml::from_str(text);
        xml.config_mut().check_end_names = false;
        loop {
            match xml.read_event().map_err(|error| error.to_string())? {
                Event::Start(start) => self.start(&start, &mut xml)?,
                Event::Empty(start) => self.link(&start),
                Event::End(end) => match end.name().as_ref() {
                    "item" | "entry" => self.items.extend(self.open.take()),
                    "author" => self.is_in_author = false,
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// The item being read, or the feed.
    fn current(&mut self) -> &mut Particulars {
        match &mut self.open {
            Some(item) => &mut item.about,
            None => &mut self.about,
        }
    }

    fn start(&mut self, start: &BytesStart<'_>, xml: &mut Xml<&[u8]>) -> Result<(), String> {
        let name = start.name();
        match name.as_ref() {
            "item" | "entry" => self.open = Some(Item::default()),
            // The author of RSS is a text, that of Atom holds a name.
            "author" => self.is_in_author = true,
            "image" | "textInput" | "source" => {
                xml.read_to_end(name).map_err(|error| error.to_string())?;
            }
            "link" if start.attributes().flatten().next().is_some() => self.link(start),
            known if FIELDS.contains(&known) => {
                let raw = xml.read_text(name).map_err(|error| error.to_string())?;
                self.field(known, &raw);
            }
            _ => {}
        }
        Ok(())
    }

    fn field(&mut self, name: &str, raw: &str) {
        let markup = content(raw);
        let plain = html::plain_text(&markup);
        if plain.is_empty() {
            return;
        }
        match name {
            "title" => self.current().title = Some(plain),
            "link" => self.current().address = particulars::address(&plain),
            "language" | "dc:language" => {
                self.current().likely_language = particulars::language(&plain);
            }
            "pubDate" | "published" | "dc:date" | "issued" => {
                self.current().published = particulars::date(&plain);
            }
            "dc:creator" => self.current().authors.push(plain),
            "name" if self.is_in_author => self.current().authors.push(plain),
            _ => self.text(name, markup, &plain),
        }
    }

    /// A field that items alone have.
    fn text(&mut self, name: &str, markup: String, plain: &str) {
        let Some(item) = &mut self.open else { return };
        match name {
            "description" | "summary" => item.summary = Some(markup),
            "content:encoded" | "content" => item.content = Some(markup),
            "updated" | "modified" => item.updated = particulars::date(plain),
            _ => {}
        }
    }

    /// The address in a link of Atom; one to the article itself goes before others.
    fn link(&mut self, start: &BytesStart<'_>) {
        if start.name().as_ref() != "link" {
            return;
        }
        let attribute = |name: &str| {
            let found = start.try_get_attribute(name).ok().flatten()?;
            Some(html::plain_text(&found.value))
        };
        if attribute("rel").is_none_or(|relation| relation == "alternate") {
            let address = attribute("href").and_then(|address| particulars::address(&address));
            let current = self.current();
            current.address = address.or(current.address.take());
        }
    }
}

/// Elements whose text is read.
const FIELDS: [&str; 16] = [
    "title",
    "link",
    "language",
    "dc:language",
    "pubDate",
    "published",
    "issued",
    "dc:date",
    "dc:creator",
    "name",
    "description",
    "summary",
    "content",
    "content:encoded",
    "updated",
    "modified",
];

/// The content of an element: what is escaped or in CDATA is markup, elements inside stay as they are.
fn content(raw: &str) -> String {
    let mut content = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once("<![CDATA[") {
        content.push_str(&html::unescaped(before));
        let (literal, behind) = after.split_once("]]>").unwrap_or((after, ""));
        content.push_str(literal);
        rest = behind;
    }
    content.push_str(&html::unescaped(rest));
    content
}
