//! JSON-LD in pages: finding the article among what is described, and reading its fields.

use serde_json::Value;

/// Types of schema.org that are an article.
const ARTICLES: [&str; 14] = [
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "AdvertiserContentArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "SocialMediaPosting",
    "Report",
    "ScholarlyArticle",
];

/// Reads a block of JSON-LD. Line breaks inside of strings, which many pages have, are forgiven.
pub(super) fn parse(content: &str) -> Option<Value> {
    serde_json::from_str(content).ok().or_else(|| {
        let mended: String =
            content.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(mended.trim().trim_end_matches(';')).ok()
    })
}

/// The first article that is described, with those inside lists and graphs.
pub(super) fn article(blocks: &[Value]) -> Option<Value> {
    blocks.iter().find_map(|block| find(block, 0)).cloned()
}

fn find(value: &Value, depth: usize) -> Option<&Value> {
    const DEEPEST: usize = 8;
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| find(item, depth + 1)),
        Value::Object(fields) => {
            if fields.get("@type").is_some_and(is_article) {
                return Some(value);
            }
            ["@graph", "mainEntity"].iter().find_map(|key| find(fields.get(*key)?, depth + 1))
        }
        _ => None,
    }
}

fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(name) => {
            let name = name.rsplit(['/', ':']).next().unwrap_or(name);
            ARTICLES.contains(&name)
        }
        Value::Array(names) => names.iter().any(is_article),
        _ => false,
    }
}

/// The first of the fields that holds a text.
pub(super) fn text(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| {
        let text = match value.get(*key)? {
            Value::String(text) => text,
            Value::Array(items) => items.first()?.as_str()?,
            Value::Object(fields) => {
                fields.get("@id").or_else(|| fields.get("@value"))?.as_str()?
            }
            _ => return None,
        };
        plain(text)
    })
}

/// The names in the first of the fields that holds any: texts, or what has a `name`.
pub(super) fn names(value: &Value, keys: &[&str]) -> Vec<String> {
    let of = |item: &Value| plain(item.as_str().or_else(|| item.get("name")?.as_str())?);
    keys.iter()
        .filter_map(|key| value.get(*key))
        .map(|found| match found {
            Value::Array(items) => items.iter().filter_map(of).collect::<Vec<_>>(),
            other => of(other).into_iter().collect(),
        })
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// A text without markup and character references; `None` where nothing is left.
fn plain(text: &str) -> Option<String> {
    let text = super::plain_text(text);
    (!text.is_empty()).then_some(text)
}
