//! Pools for comparable alignment, made from line-aligned sets: the lines of one document in two
//! languages, half of each deleted, shuffled together with lines of other documents.

use ndarray::{Array2, Axis};
use parallax::align::Article;
use parallax::embed::Embedder;
use parallax::lang::Language;
use parallax::text::{Document, Origin, Paragraph, ParagraphKind, PositionMap, Sentence, Span};

use crate::random::Random;
use crate::{data, vectors};

/// The four languages of the line-aligned sets.
pub(crate) const LANGUAGES: [&str; 4] = ["de", "lt", "en", "ru"];
/// Lines of a made-up document where the set does not say where documents end.
const DOCUMENT_LINES: usize = 12;
/// Shortest document that is used.
const SHORTEST: usize = 6;

/// A line-aligned set: the same lines in each language, with their vectors.
pub(crate) struct LineSet {
    /// Lines by language, in step with [`LANGUAGES`].
    pub(crate) lines: Vec<Vec<String>>,
    /// Vectors by language.
    pub(crate) vectors: Vec<Array2<f32>>,
    /// Line numbers of each document.
    pub(crate) documents: Vec<Vec<usize>>,
}

impl LineSet {
    /// Reads `folder/<prefix><language>.txt` and embeds every line.
    pub(crate) fn load(folder: &str, prefix: &str, embedder: &Embedder) -> Self {
        let read = |name: String| -> Vec<String> {
            let path = data().join(folder).join(name);
            let text = std::fs::read_to_string(&path).expect("a development set is readable");
            text.lines().map(str::to_owned).collect()
        };
        let lines: Vec<Vec<String>> =
            LANGUAGES.iter().map(|language| read(format!("{prefix}{language}.txt"))).collect();
        let vectors = lines
            .iter()
            .map(|lines| {
                let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
                vectors::embed(embedder, &texts)
            })
            .collect();
        let names = data().join(folder).join("docs.txt");
        let documents = match std::fs::read_to_string(names) {
            Ok(names) => by_name(&names),
            Err(_) => {
                let all: Vec<usize> = (0..lines[0].len()).collect();
                all.chunks(DOCUMENT_LINES).map(<[usize]>::to_vec).collect()
            }
        };
        Self { lines, vectors, documents }
    }

    /// An article whose sentences are the given lines.
    pub(crate) fn article(&self, language: usize, lines: &[usize]) -> Article {
        let texts: Vec<&str> = lines.iter().map(|&i| self.lines[language][i].as_str()).collect();
        let vectors = self.vectors[language].select(Axis(0), lines);
        article(&texts, vectors, LANGUAGES[language])
    }
}

/// Line numbers of each document, from a list of the document's name of each line.
fn by_name(names: &str) -> Vec<Vec<usize>> {
    let names: Vec<&str> = names.lines().collect();
    let mut documents: Vec<Vec<usize>> = Vec::new();
    for (line, name) in names.iter().enumerate() {
        match documents.last_mut() {
            Some(last) if names[last[0]] == *name => last.push(line),
            _ => documents.push(vec![line]),
        }
    }
    documents
}

/// An article with one sentence for each text.
pub(crate) fn article(texts: &[&str], vectors: Array2<f32>, language: &str) -> Article {
    let mut text = String::new();
    let mut paragraphs = Vec::new();
    let mut sentences = Vec::new();
    let language = Language::from_code(language).expect("a known code");
    for (index, line) in texts.iter().enumerate() {
        if index > 0 {
            text.push_str("\n\n");
        }
        let span = Span::new(text.len(), text.len() + line.len());
        text.push_str(line);
        paragraphs.push(Paragraph { span, kind: ParagraphKind::Body });
        sentences.push(Sentence { span, paragraph: index, language });
    }
    let document = Document {
        source: "pool".to_owned(),
        title: None,
        outlet: None,
        published: None,
        origin: Origin::default(),
        language,
        language_confidence: 1.0,
        source_length: text.chars().count(),
        text,
        positions: PositionMap::default(),
        paragraphs,
        dropped: Vec::new(),
    };
    Article { vectors, ..Article::new(document, sentences) }
}

/// Two articles and the pairs of sentences that say the same.
pub(crate) struct Pool {
    /// Lines of one language.
    pub(crate) left: Article,
    /// Lines of another.
    pub(crate) right: Article,
    /// True pairs of sentence numbers.
    pub(crate) truth: Vec<(usize, usize)>,
}

/// One pool for each document in one direction; the seed makes them the same in every run.
pub(crate) fn pools(set: &LineSet, left: usize, right: usize, seed: u64) -> Vec<Pool> {
    let documents: Vec<&Vec<usize>> =
        set.documents.iter().filter(|lines| lines.len() >= SHORTEST).collect();
    let mut random = Random(seed ^ ((left as u64) << 32) ^ ((right as u64) << 40) ^ 0x9E37_79B9);
    let mut pools = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let other = |step: usize| documents[(index + step) % documents.len()];
        let mut left_lines = random.keep(document, 0.5);
        left_lines.extend(random.keep(other(7), 0.25));
        let mut right_lines = random.keep(document, 0.5);
        right_lines.extend(random.keep(other(11), 0.25));
        random.shuffle(&mut left_lines);
        random.shuffle(&mut right_lines);
        if left_lines.len() < 3 || right_lines.len() < 3 {
            continue;
        }
        let truth = left_lines
            .iter()
            .enumerate()
            .filter_map(|(l, line)| Some((l, right_lines.iter().position(|other| other == line)?)))
            .collect();
        pools.push(Pool {
            left: set.article(left, &left_lines),
            right: set.article(right, &right_lines),
            truth,
        });
    }
    pools
}
