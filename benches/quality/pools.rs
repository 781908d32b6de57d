//! Pools for comparable alignment, made from line-aligned sets: the lines of one document in two
//! languages, half of each deleted, shuffled together with lines of other documents. In a spread pool some
//! lines stand as one sentence with the line after them, on one side or the other.

use ndarray::{Array2, Axis, concatenate};
use parallax::align::Article;
use parallax::embed::Embedder;
use parallax::lang::Language;
use parallax::text::{Document, Sentence, Span};

use crate::random::Random;
use crate::{data, vectors};

/// The four languages of the line-aligned sets.
pub(crate) const LANGUAGES: [&str; 4] = ["de", "lt", "en", "ru"];
/// Lines of a made-up document where the set does not say where documents end.
const DOCUMENT_LINES: usize = 12;
/// Lines of a made-up document whose lines resemble each other.
const TOPIC_LINES: usize = 16;
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
    /// For each document the numbers of lines that join its first and second, third and fourth line and so on;
    /// empty until [`LineSet::join_neighbours`].
    pub(crate) joined: Vec<Vec<usize>>,
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
        Self { lines, vectors, documents, joined: Vec::new() }
    }

    /// Adds a line, with its vector, for every two neighbours of a document.
    pub(crate) fn join_neighbours(&mut self, embedder: &Embedder) {
        let first_free = self.lines[0].len();
        let pairs: Vec<Vec<(usize, usize)>> = self
            .documents
            .iter()
            .map(|lines| lines.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
            .collect();
        for (lines, vectors) in self.lines.iter_mut().zip(&mut self.vectors) {
            let joined: Vec<String> = pairs
                .iter()
                .flatten()
                .map(|&(one, other)| format!("{} {}", lines[one], lines[other]))
                .collect();
            let texts: Vec<&str> = joined.iter().map(String::as_str).collect();
            let more = vectors::embed(embedder, &texts);
            *vectors = concatenate![Axis(0), *vectors, more];
            lines.extend(joined);
        }
        let mut next = first_free..;
        self.joined = pairs.iter().map(|pairs| next.by_ref().take(pairs.len()).collect()).collect();
    }

    /// Makes documents of lines that resemble each other, as those of one story do.
    ///
    /// The set's own order is no help where neighbours are about different things: what tells true pairs from
    /// others would look easier than it is.
    #[allow(dead_code)]
    pub(crate) fn group_by_topic(&mut self) {
        let centred = self.vectors.iter().map(|vectors| {
            let mean = vectors.mean_axis(Axis(0)).expect("the set has lines");
            vectors - &mean
        });
        let topics: Array2<f32> = centred.reduce(|sum, more| sum + more).expect("a language");
        let mut free: Vec<usize> = (0..topics.nrows()).collect();
        self.documents.clear();
        while let Some(&seed) = free.first() {
            let nearness = |line: usize| topics.row(seed).dot(&topics.row(line));
            free.sort_by(|&one, &other| nearness(other).total_cmp(&nearness(one)));
            let rest = free.split_off(TOPIC_LINES.min(free.len()));
            self.documents.push(std::mem::replace(&mut free, rest));
            free.sort_unstable();
        }
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
        paragraphs.push(span);
        sentences.push(Sentence { span, paragraph: index, language });
    }
    let document = Document::plain(text, language, paragraphs);
    Article { vectors, ..Article::new(document, sentences) }
}

/// Sentences of the left and of the right article, ascending, that say the same.
pub(crate) type TrueLink = (Vec<usize>, Vec<usize>);

/// Two articles and what says the same in them.
pub(crate) struct Pool {
    /// Lines of one language.
    pub(crate) left: Article,
    /// Lines of another.
    pub(crate) right: Article,
    /// The links, as short as they can be.
    pub(crate) truth: Vec<TrueLink>,
}

impl Pool {
    /// Whether two sentences say the same, in whole or in part.
    #[allow(dead_code)]
    pub(crate) fn same(&self, left: usize, right: usize) -> bool {
        self.truth.iter().any(|link| link.0.contains(&left) && link.1.contains(&right))
    }
}

/// What pools are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A line is a sentence.
    Single,
    /// Half of the lines go in twos, which a side tells in one sentence or in two.
    Spread,
}

/// Lines that a pool keeps or drops together: one, or two neighbours and the line that joins them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unit {
    first: usize,
    rest: Option<Rest>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rest {
    second: usize,
    joined: usize,
}

/// One side of a pool: the lines that stand as sentences, and where each unit stands among them.
#[derive(Default)]
struct Side {
    lines: Vec<usize>,
    places: Vec<(Unit, Vec<usize>)>,
}

impl Side {
    fn new(units: &[Unit], random: &mut Random) -> Self {
        let mut side = Self::default();
        for &unit in units {
            let start = side.lines.len();
            match unit.rest {
                None => side.lines.push(unit.first),
                Some(rest) if random.share() < 0.5 => side.lines.push(rest.joined),
                Some(rest) => side.lines.extend([unit.first, rest.second]),
            }
            side.places.push((unit, (start..side.lines.len()).collect()));
        }
        side
    }
}

/// The links between two sides: sentence by sentence where both tell a unit alike.
fn true_links(left: &Side, right: &Side) -> Vec<TrueLink> {
    let mut links = Vec::new();
    for (unit, here) in &left.places {
        let Some((_, there)) = right.places.iter().find(|(other, _)| other == unit) else {
            continue;
        };
        if here.len() == there.len() {
            links.extend(here.iter().zip(there).map(|(&l, &r)| (vec![l], vec![r])));
        } else {
            links.push((here.clone(), there.clone()));
        }
    }
    links
}

/// One pool for each document in one direction; the seed makes them the same in every run.
pub(crate) fn pools(set: &LineSet, left: usize, right: usize, kind: Kind, seed: u64) -> Vec<Pool> {
    let mut random = Random(seed ^ ((left as u64) << 32) ^ ((right as u64) << 40) ^ 0x9E37_79B9);
    let documents: Vec<Vec<Unit>> = (0..set.documents.len())
        .filter(|&document| set.documents[document].len() >= SHORTEST)
        .map(|document| units(set, document, kind, &mut random))
        .collect();
    let mut pools = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let other = |step: usize| &documents[(index + step) % documents.len()];
        let mut left_units = random.keep(document, 0.5);
        left_units.extend(random.keep(other(7), 0.25));
        let mut right_units = random.keep(document, 0.5);
        right_units.extend(random.keep(other(11), 0.25));
        random.shuffle(&mut left_units);
        random.shuffle(&mut right_units);
        if left_units.len() < 3 || right_units.len() < 3 {
            continue;
        }
        let left_side = Side::new(&left_units, &mut random);
        let right_side = Side::new(&right_units, &mut random);
        pools.push(Pool {
            truth: true_links(&left_side, &right_side),
            left: set.article(left, &left_side.lines),
            right: set.article(right, &right_side.lines),
        });
    }
    pools
}

/// The units of a document; of the two neighbours that a set joins, half stay apart.
fn units(set: &LineSet, document: usize, kind: Kind, random: &mut Random) -> Vec<Unit> {
    let single = |first: usize| Unit { first, rest: None };
    let lines = &set.documents[document];
    if kind == Kind::Single {
        return lines.iter().copied().map(single).collect();
    }
    let joined = &set.joined[document];
    let mut units = Vec::new();
    for (pair, &joined) in lines.chunks_exact(2).zip(joined) {
        if random.share() < 0.5 {
            units.push(Unit { first: pair[0], rest: Some(Rest { second: pair[1], joined }) });
        } else {
            units.extend([single(pair[0]), single(pair[1])]);
        }
    }
    units.extend(lines.chunks_exact(2).remainder().iter().copied().map(single));
    units
}
