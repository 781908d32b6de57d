//! Comparisons made by hand for the tests of the checks: versions of one event, line by line.

use ndarray::Array2;

use crate::align::speech::Speech;
use crate::align::{
    Article, Claim, Comparison, Coverage, Event, Link, Mode, Pair, Scores, SentenceId, Story,
};
use crate::finding::Finding;
use crate::lang::Language;
use crate::text::{Document, Sentence, Span};

/// Versions of one event, each a language and its sentences, a paragraph each. `claims` lists the sentences of the
/// versions that say the same; they are linked.
pub(super) fn versions(texts: &[(&str, &[&str])], claims: &[&[(usize, usize)]]) -> Comparison {
    let articles: Vec<Article> = texts.iter().map(|(code, lines)| article(code, lines)).collect();
    let documents: Vec<usize> = (0..articles.len()).collect();
    let claims: Vec<Claim> = claims.iter().map(|places| claim(places)).collect();
    let mut pairs = Vec::new();
    for left in 0..articles.len() {
        for right in left + 1..articles.len() {
            pairs.push(pair(left, right, &articles, &claims));
        }
    }
    let event =
        Event { story: 0, documents: documents.clone(), representative: 0, dates: Vec::new() };
    let story = Story { documents, representative: 0 };
    Comparison {
        articles,
        pairs,
        claims,
        events: vec![event],
        stories: vec![story],
        speech: Speech::default(),
    }
}

/// What each finding says, without the places.
pub(super) fn messages(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.message.as_str()).collect()
}

fn claim(places: &[(usize, usize)]) -> Claim {
    let sentences: Vec<SentenceId> =
        places.iter().map(|&(document, sentence)| SentenceId { document, sentence }).collect();
    let mut documents: Vec<usize> = sentences.iter().map(|id| id.document).collect();
    documents.dedup();
    Claim { representative: sentences[0], sentences, documents }
}

fn pair(left: usize, right: usize, articles: &[Article], claims: &[Claim]) -> Pair {
    let inside = |claim: &Claim, document: usize| -> Vec<usize> {
        let sentences = claim.sentences.iter().filter(|id| id.document == document);
        sentences.map(|id| id.sentence).collect()
    };
    let link = |claim: &Claim| {
        let (left, right) = (inside(claim, left), inside(claim, right));
        let linked = !left.is_empty() && !right.is_empty();
        linked.then_some(Link { left, right, score: 0.9, mode: Mode::Comparable })
    };
    Pair {
        left,
        right,
        scores: Scores::default(),
        coverage: Coverage::default(),
        links: claims.iter().filter_map(link).collect(),
        closest_right: vec![None; articles[left].sentences.len()],
        closest_left: vec![None; articles[right].sentences.len()],
    }
}

fn article(code: &str, lines: &[&str]) -> Article {
    let language = Language::from_code(code).unwrap();
    let (mut text, mut paragraphs, mut sentences) = (String::new(), Vec::new(), Vec::new());
    for (paragraph, line) in lines.iter().enumerate() {
        if paragraph > 0 {
            text.push_str("\n\n");
        }
        let span = Span::new(text.len(), text.len() + line.len());
        text.push_str(line);
        paragraphs.push(span);
        sentences.push(Sentence { span, paragraph, language });
    }
    let document = Document::plain(text, language, paragraphs);
    Article { vectors: Array2::zeros((lines.len(), 0)), ..Article::new(document, sentences) }
}
