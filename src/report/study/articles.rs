//! The tables of articles and events.

use crate::study::sample::Sample;
use crate::study::table::{Column, Table, integer, real, text};

const ARTICLES: [Column; 11] = [
    text("article", "Name of the article: its id in the corpus, else its line or file"),
    text("title", "Its headline"),
    text("outlet", "The outlet"),
    text("group", "The group it is compared as; blank where that is not known"),
    text("language", "Code of its language (ISO 639)"),
    text("date", "Day of publication (ISO 8601)"),
    text("event", "Name of its event"),
    text("copy_of", "The first article with the same text, where there is one"),
    real("weight", "1, or the share that a copy counts within its group and event"),
    integer("words", "Number of words"),
    integer("sentences", "Number of sentences"),
];

/// The articles.
pub(super) fn articles(sample: &Sample) -> Table {
    let mut table = Table::new("articles", "A row is an article of the corpus.", &ARTICLES);
    for (index, article) in sample.articles.iter().enumerate() {
        let copy = (article.version != index).then(|| sample.articles[article.version].id.as_str());
        table.push(vec![
            article.id.as_str().into(),
            article.title.as_deref().into(),
            article.source.map(|source| sample.sources[source].name.as_str()).into(),
            article.group.map(|group| sample.groups[group].as_str()).into(),
            article.language.to_string().into(),
            article.published.map(|day| day.to_string()).into(),
            sample.events[article.event].id.as_str().into(),
            copy.into(),
            article.weight.into(),
            article.words.into(),
            article.sentences.into(),
        ]);
    }
    table
}

const EVENTS: [Column; 7] = [
    text("event", "Name of the event"),
    text("label", "A headline on it"),
    text("first_date", "Day of its first article (ISO 8601)"),
    integer("articles", "Articles on it"),
    integer("versions", "Independent versions among them; copies count once"),
    integer("groups", "Groups that cover it"),
    integer("outlets", "Outlets that cover it"),
];

/// The events.
pub(super) fn events(sample: &Sample) -> Table {
    let mut table = Table::new("events", "A row is an event.", &EVENTS);
    for event in &sample.events {
        let count = |value: &dyn Fn(usize) -> Option<usize>| {
            let mut values: Vec<usize> = event.articles.iter().filter_map(|&a| value(a)).collect();
            values.sort_unstable();
            values.dedup();
            values.len()
        };
        table.push(vec![
            event.id.as_str().into(),
            event.label.as_str().into(),
            event.first.map(|day| day.to_string()).into(),
            event.articles.len().into(),
            count(&|article| Some(sample.articles[article].version)).into(),
            count(&|article| sample.articles[article].group).into(),
            count(&|article| sample.articles[article].source).into(),
        ]);
    }
    table
}
