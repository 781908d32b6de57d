//! What a page says about its article: JSON-LD (<https://schema.org/NewsArticle>), OpenGraph
//! (<https://ogp.me>) and other `meta` elements, and the markup itself, in this order of trust.

use jiff::civil::Date;
use serde_json::Value;

use super::entities;
use super::linked_data;
use super::tokens::{Tag, Token, Tokens};
use crate::ingest::particulars::{self, Particulars};

/// What was found, before the sources of each field are weighed.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// Title, date, authors, outlet, language and address.
    pub(super) particulars: Particulars,
    /// Headlines the page gives for its article, the likeliest first.
    pub(super) titles: Vec<String>,
    /// What the article is said to be about; often its first paragraph.
    pub(super) descriptions: Vec<String>,
    /// The text of the article as the page repeats it for search engines.
    pub(super) body: Option<String>,
    /// Its length in words, as the page has it.
    pub(super) words: Option<usize>,
    /// Whether the page says that not all can be read for free.
    pub(super) is_cut: bool,
}

/// Names of `meta` elements by what they hold, the best first.
const TITLES: &[&str] = &["og:title", "twitter:title", "dc.title", "citation_title", "title"];
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "last-modified",
];
const AUTHORS: &[&str] =
    &["author", "article:author", "dc.creator", "parsely-author", "citation_author"];
const OUTLETS: &[&str] = &["og:site_name", "publisher", "application-name", "dc.publisher"];
const LANGUAGES: &[&str] = &["og:locale", "language", "content-language", "dc.language"];
const DESCRIPTIONS: &[&str] = &["description", "og:description", "twitter:description"];

/// Reads what a page says about its article.
pub(super) fn read(source: &str) -> Metadata {
    let mut page = Gathered::of(source);
    let article = linked_data::article(&page.linked_data);
    let mut metadata = Metadata::default();
    if let Some(article) = &article {
        metadata.titles.extend(linked_data::text(article, &["headline", "name"]));
        metadata.descriptions.extend(linked_data::text(article, &["description"]));
        metadata.body = linked_data::text(article, &["articleBody", "text"]);
        metadata.words = article.get("wordCount").and_then(count);
        metadata.is_cut = article.get("isAccessibleForFree").is_some_and(is_false);
    }
    metadata.titles.extend(page.metas(TITLES).map(str::to_owned));
    metadata.titles.extend(page.title.take());
    metadata.descriptions.extend(page.metas(DESCRIPTIONS).map(str::to_owned));
    let free = ["locked", "metered", "premium", "paid"];
    let tier = page.metas(&["article:content_tier"]).next();
    metadata.is_cut |= tier.is_some_and(|tier| free.contains(&tier));
    metadata.particulars = particulars(&page, article.as_ref());
    metadata
}

fn particulars(page: &Gathered, article: Option<&Value>) -> Particulars {
    let linked = |keys: &[&str]| article.and_then(|article| linked_data::text(article, keys));
    let published = linked(&["datePublished", "dateCreated"])
        .and_then(|date| particulars::date(&date))
        .or_else(|| page.metas(DATES).find_map(particulars::date))
        .or_else(|| page.times.iter().find_map(|time| particulars::date(time)))
        .or_else(|| page.metas(TITLES).find_map(date_behind));
    let outlet = article
        .and_then(|article| linked_data::names(article, &["publisher", "sourceOrganization"]).pop())
        .or_else(|| page.metas(OUTLETS).next().map(str::to_owned));
    let mut authors =
        article.map_or_else(Vec::new, |a| linked_data::names(a, &["author", "creator"]));
    if authors.is_empty() {
        authors = page.metas(AUTHORS).map(str::to_owned).collect();
    }
    authors.retain(|author| !author.contains("://") && Some(author) != outlet.as_ref());
    authors.dedup();
    let language = page
        .language
        .as_deref()
        .or_else(|| page.metas(LANGUAGES).next())
        .and_then(particulars::language);
    let address = page
        .canonical
        .clone()
        .or_else(|| page.metas(&["og:url"]).next().map(str::to_owned))
        .or_else(|| linked(&["url", "mainEntityOfPage"]));
    Particulars {
        published,
        outlet,
        authors,
        likely_language: language,
        address: address.and_then(|address| particulars::address(&address)),
        ..Particulars::default()
    }
}

/// A number, written as one or as a text.
fn count(value: &Value) -> Option<usize> {
    let number = value.as_u64().and_then(|number| usize::try_from(number).ok());
    number.or_else(|| value.as_str()?.trim().parse().ok())
}

fn is_false(value: &Value) -> bool {
    value == &Value::Bool(false)
        || value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("false"))
}

/// The elements that tell about the page, as they come.
#[derive(Debug, Default)]
struct Gathered {
    /// Name, in small letters, and content of each `meta`.
    metas: Vec<(String, String)>,
    title: Option<String>,
    canonical: Option<String>,
    language: Option<String>,
    times: Vec<String>,
    linked_data: Vec<Value>,
}

/// Most elements of a kind that are looked at.
const MOST: usize = 1000;

impl Gathered {
    fn of(source: &str) -> Self {
        let mut gathered = Self::default();
        for token in Tokens::of(source) {
            match token {
                Token::Open { tag, .. } => gathered.open(&tag),
                Token::Raw { tag, start, end } => gathered.raw(&tag, &source[start..end]),
                Token::Close { .. } | Token::Text { .. } => {}
            }
        }
        gathered
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let name = tag.name.to_ascii_lowercase();
        match name.as_str() {
            "html" => self.language = self.language.take().or(owned(tag, "lang")),
            "meta" if self.metas.len() < MOST => {
                let name = ["property", "name", "itemprop", "http-equiv"]
                    .iter()
                    .find_map(|name| tag.attribute(name));
                if let (Some(name), Some(content)) = (name, owned(tag, "content")) {
                    self.metas.push((name.to_lowercase(), content));
                }
            }
            "link" => {
                let relation = tag.attribute("rel");
                if relation.is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
                    self.canonical = self.canonical.take().or(owned(tag, "href"));
                }
            }
            _ => {}
        }
        let is_date =
            tag.attribute("itemprop").is_some_and(|of| of.eq_ignore_ascii_case("datePublished"));
        if (name == "time" || is_date) && self.times.len() < MOST {
            self.times.extend(owned(tag, "datetime").or_else(|| owned(tag, "content")));
        }
    }

    fn raw(&mut self, tag: &Tag<'_>, content: &str) {
        if tag.name.eq_ignore_ascii_case("title") {
            let title = entities::decode(content);
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            self.title = self.title.take().or(Some(title).filter(|title| !title.is_empty()));
        } else if tag.name.eq_ignore_ascii_case("script") && self.linked_data.len() < MOST {
            let kind = tag.attribute("type");
            if kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/ld+json"))
            {
                self.linked_data.extend(linked_data::parse(content));
            }
        }
    }

    /// What the `meta` elements of these names hold, in the order of the names.
    fn metas<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        names.iter().flat_map(|name| {
            self.metas
                .iter()
                .filter(move |(known, _)| known == name)
                .map(|(_, content)| content.as_str())
        })
    }
}

/// An attribute that holds something.
fn owned(tag: &Tag<'_>, name: &str) -> Option<String> {
    tag.attribute(name).filter(|value| !value.is_empty()).map(std::borrow::Cow::into_owned)
}

/// The date behind a headline, as in `Tiltas uždarytas | Rytas | 05.03.2024`.
fn date_behind(title: &str) -> Option<Date> {
    particulars::date(title.rsplit(['|', '–', '—']).next().filter(|last| *last != title)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Language;

    #[test]
    fn linked_data_goes_before_meta_elements() {
        let page = r#"<html lang="lt-LT"><head><title>Tiltas – Rytas</title>
            <meta property="og:title" content="Tiltas"><meta property="og:site_name" content="rytas.example">
            <meta property="article:published_time" content="2024-03-06T01:00:00Z">
            <link rel="canonical" href="https://rytas.example/tiltas">
            <script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":["NewsArticle"],
              "headline":"Tiltas uždarytas","datePublished":"2024-03-05T23:00:00+02:00","wordCount":"120",
              "author":[{"name":"Ona Jonaitė"},"BNS"],"publisher":{"name":"Rytas"}}]}</script></head>"#;
        let found = read(page);
        assert_eq!(found.titles, ["Tiltas uždarytas", "Tiltas", "Tiltas – Rytas"]);
        let of = found.particulars;
        assert_eq!(of.published, Some(jiff::civil::date(2024, 3, 5)));
        assert_eq!(of.authors, ["Ona Jonaitė", "BNS"]);
        assert_eq!(of.outlet.as_deref(), Some("Rytas"));
        assert_eq!(of.likely_language, Language::from_code("lt"));
        assert_eq!(of.address.as_deref(), Some("https://rytas.example/tiltas"));
        assert_eq!(found.words, Some(120));
    }

    #[test]
    fn addresses_that_are_no_web_addresses_are_left_out() {
        for address in ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "/tiltas"]
        {
            let page = format!("<link rel=canonical href='{address}'>");
            assert_eq!(read(&page).particulars.address, None, "{address}");
        }
    }
}
