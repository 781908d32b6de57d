//! `title-mismatch`: two versions give a person titles that nobody bears at a time.

use super::Check;
use super::linked_facts::{consolidate, opposed};
use crate::align::{Article, Comparison, Link, Mode, Pair};
use crate::facts::{
    Closeness, Fact, NameValue, TitleValue, Value, is_one_person, title_conflicts, titles_and_roles,
};
use crate::finding::{CheckInfo, Finding, Place, Severity};
use crate::lang::Language;
use crate::text::Span;

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "title-mismatch",
        family: "facts",
        summary: "two versions give a person titles that exclude each other",
        explanation: "\
Two documents of one story name the same person with titles that nobody bears at a time: a president in the one
is a prime minister in the other. Titles are compared by what they mean in German, English, Lithuanian
and Russian: `prime minister`, `Ministerpräsident`, `ministras pirmininkas` and `премьер-министр` are one. A more
general word is no contradiction (`minister` and `foreign minister`), nor are titles that go together (a general
may be a president), a former title, or a document that gives the person both titles. In a translation a title
without a name must be the same one too. It is `major`.

Example: “Prime Minister Abe” / “Japanese President Shinzo Abe”.

Silence it with `--skip title-mismatch`.",
    },
    run,
};

/// How sure it is that two documents mean one person by one name and that one of them is wrong: in one event, and in
/// two of one story, where the title can have changed.
const IN_EVENT: f32 = 0.9;
const IN_STORY: f32 = 0.6;

/// A title with the sentence it stands in.
struct Titled<'a> {
    sentence: usize,
    fact: &'a Fact,
    value: &'a TitleValue,
    bearer: &'a NameValue,
    language: Language,
}

fn run(comparison: &Comparison) -> Vec<Finding> {
    let mut found = Vec::new();
    for pair in &comparison.pairs {
        let translated = pair.links.iter().filter(|link| link.mode == Mode::Parallel);
        let before = found.len();
        found.extend(translated.flat_map(|link| in_translation(comparison, pair, link)));
        if found.len() == before && comparison.same_story(pair.left, pair.right) {
            found.extend(of_persons(comparison, pair));
        }
    }
    consolidate(found)
}

/// Titles of a passage and its translation that contradict each other.
fn in_translation(comparison: &Comparison, pair: &Pair, link: &Link) -> Vec<Finding> {
    let (left, right) = (&comparison.articles[pair.left], &comparison.articles[pair.right]);
    let facts = |article: &Article, sentences: &[usize]| -> Vec<(usize, Fact)> {
        let of = |&at: &usize| roles(article, at).into_iter().map(move |fact| (at, fact));
        sentences.iter().flat_map(of).collect()
    };
    let (left_facts, right_facts) = (facts(left, &link.left), facts(right, &link.right));
    let bare =
        |facts: &[(usize, Fact)]| facts.iter().map(|(_, fact)| fact.clone()).collect::<Vec<_>>();
    let language = |article: &Article, sentences: &[usize]| {
        sentences.first().map_or(Language::UNKNOWN, |&at| article.sentences[at].language)
    };
    let conflicts = title_conflicts(
        (&bare(&left_facts), language(left, &link.left)),
        (&bare(&right_facts), language(right, &link.right)),
        Closeness::Parallel,
    );
    let place = |(sentence, fact): &(usize, Fact)| (*sentence, fact.span);
    conflicts
        .into_iter()
        .map(|conflict| {
            let sides = (place(&left_facts[conflict.left]), place(&right_facts[conflict.right]));
            finding(comparison, pair, sides, conflict.confidence * link.score)
        })
        .collect()
}

/// All titles and roles of a sentence, whoever bears them.
fn roles(article: &Article, sentence: usize) -> Vec<Fact> {
    let start = article.sentences[sentence].span.start;
    let facts: Vec<Fact> = article.facts[sentence]
        .iter()
        .map(|fact| Fact {
            span: Span::new(fact.span.start - start, fact.span.end - start),
            value: fact.value.clone(),
        })
        .collect();
    let language = article.sentences[sentence].language;
    titles_and_roles(article.sentence_text(sentence), language, &facts)
        .into_iter()
        .map(|fact| Fact { span: fact.span.shifted(start), value: fact.value })
        .collect()
}

/// Titles that two documents give one person and that contradict each other, a finding a person.
fn of_persons(comparison: &Comparison, pair: &Pair) -> Vec<Finding> {
    let [left, right] = [pair.left, pair.right].map(|side| titled(&comparison.articles[side]));
    let sure = if comparison.same_event(pair.left, pair.right) { IN_EVENT } else { IN_STORY };
    let mut found: Vec<(&Titled<'_>, Finding)> = Vec::new();
    for one in &left {
        let contradicted = right.iter().find(|other| {
            meet(one, other)
                && one.value.excludes(other.value)
                && !agrees(one, &right)
                && !agrees(other, &left)
        });
        let told = |known: &&Titled<'_>| meet(known, one);
        if let Some(other) = contradicted
            && !found.iter().any(|(known, _)| told(known))
        {
            let sides = ((one.sentence, one.fact.span), (other.sentence, other.fact.span));
            found.push((one, finding(comparison, pair, sides, sure)));
        }
    }
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// The titles of an article that are borne now, with who bears them.
fn titled(article: &Article) -> Vec<Titled<'_>> {
    let mut titled = Vec::new();
    for (sentence, facts) in article.facts.iter().enumerate() {
        for fact in facts {
            if let Value::Title(value) = &fact.value
                && let Some(bearer) = &value.bearer
                && !value.former
            {
                let language = article.sentences[sentence].language;
                titled.push(Titled { sentence, fact, value, bearer, language });
            }
        }
    }
    titled
}

fn meet(one: &Titled<'_>, other: &Titled<'_>) -> bool {
    is_one_person(one.bearer, one.language, other.bearer, other.language)
}

/// Whether one of the titles that the other document gives a person goes with a title.
fn agrees(one: &Titled<'_>, others: &[Titled<'_>]) -> bool {
    others.iter().any(|other| meet(one, other) && !one.value.excludes(other.value))
}

fn finding(
    comparison: &Comparison,
    pair: &Pair,
    sides: ((usize, Span), (usize, Span)),
    confidence: f32,
) -> Finding {
    let value = |document: usize, (sentence, span): (usize, Span)| {
        let article = &comparison.articles[document];
        let says = span.of(&article.document.text);
        let bearer = article.facts[sentence].iter().find_map(|fact| match &fact.value {
            Value::Title(value) if fact.span == span => value.bearer.as_ref(),
            _ => None,
        });
        bearer.map_or_else(|| says.to_owned(), |bearer| format!("{says} {}", bearer.name))
    };
    let side = |document: usize, (sentence, span): (usize, Span)| {
        (Place { document, sentence: Some(sentence), span }, value(document, (sentence, span)))
    };
    let sides = [side(pair.left, sides.0), side(pair.right, sides.1)];
    opposed(CHECK.info.id, Severity::Major, confidence, sides)
}
