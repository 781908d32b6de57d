//! What the encoder is asked about segments beside their vectors: the same texts without a clause, without a negation, with
//! another name.

use rayon::prelude::*;

use super::Reader;
use crate::align::contrary::{Contrary, Question};
use crate::align::disagreement::Disagreement;
use crate::align::exchange::{Exchange, exchanges};
use crate::align::{Article, Pair};
use crate::error::Result;
use crate::facts::Closeness;
use crate::ingest::language::detect_expecting;
use crate::translation::Segment;
use crate::translation::clauses::{self, Clause, Uncovered};
use crate::translation::score::Reading;

/// Segments of which something is asked.
pub(super) struct Asked<'a> {
    pub(super) segments: &'a [Segment],
    /// Sources and targets, a segment a sentence, with their vectors.
    pub(super) sides: &'a [Article; 2],
    pub(super) readings: &'a [Option<Reading>],
    pub(super) reader: &'a Reader<'a>,
}

impl Asked<'_> {
    /// For each segment the clause without which its side comes closest to the other one.
    pub(super) fn uncovered(&self) -> Result<Vec<Option<Uncovered>>> {
        let unknown = [Vec::new(), Vec::new()];
        let candidates: Vec<Vec<Clause>> = (self.segments.par_iter().zip(self.readings))
            .map(|(segment, reading)| match reading {
                Some(reading) if reading.vectors.is_none() => Vec::new(),
                Some(reading) => clauses::candidates(segment, &reading.words),
                None => clauses::candidates(segment, &unknown),
            })
            .collect();
        let texts: Vec<&str> =
            candidates.iter().flatten().map(|clause| clause.rest.as_str()).collect();
        let vectors = self.reader.embed(&texts)?;
        let mut rests = vectors.rows().into_iter();
        let mut best = Vec::with_capacity(self.segments.len());
        for (index, clauses) in candidates.into_iter().enumerate() {
            let [source, target] = [0, 1].map(|side: usize| self.sides[side].vectors.row(index));
            let whole = source.dot(&target);
            let gains = clauses.into_iter().zip(&mut rests).map(|(clause, rest)| {
                let other = if clause.in_source { target } else { source };
                Uncovered { gain: rest.dot(&other) - whole, clause }
            });
            best.push(gains.max_by(|one, other| one.gain.total_cmp(&other.gain)));
        }
        Ok(best)
    }

    /// For each segment the negation that one side has and the other has not, as far as the encoder can tell.
    pub(super) fn contraries(&self) -> Result<Vec<Option<Contrary>>> {
        let ask = |(index, segment): (usize, &Segment)| {
            let reading = self.readings[index].as_ref();
            let disagreement = reading.and_then(|reading| reading.disagreement.as_ref());
            if self.seen(index) { question(segment, disagreement) } else { None }
        };
        let questions: Vec<Option<Question>> =
            self.segments.par_iter().enumerate().map(ask).collect();
        let asked = questions.iter().flatten().flat_map(|question| &question.affirmed);
        let texts: Vec<&str> = asked.map(|(_, text)| text.as_str()).collect();
        let vectors = self.reader.embed(&texts)?;
        let mut affirmed = vectors.rows().into_iter();
        let answers = questions.into_iter().enumerate().map(|(index, question)| {
            let question = question?;
            let sides = [0, 1].map(|side: usize| self.sides[side].vectors.row(index));
            let affirmed: Vec<_> = affirmed.by_ref().take(question.affirmed.len()).collect();
            question.answer(sides, &affirmed)
        });
        Ok(answers.collect())
    }

    /// The names of both sides that may stand in each other's place, with what the encoder makes of them where it saw the
    /// segment.
    pub(super) fn exchanges(&self, pair: &Pair) -> Result<Vec<Exchange>> {
        let [source, target] = self.sides;
        let mut found = exchanges([source, target], pair);
        if !self.reader.sees() {
            return Ok(found.into_iter().map(|(exchange, _)| exchange).collect());
        }
        found.retain(|(exchange, _)| self.seen(exchange.sentences[0].sentence));
        let questions = found.iter().filter_map(|(_, question)| question.as_ref());
        let changed = questions.flat_map(|question| &question.changed);
        let texts: Vec<&str> = changed.map(String::as_str).collect();
        let vectors = self.reader.embed(&texts)?;
        let mut changed = vectors.rows().into_iter();
        let answered = found.into_iter().map(|(exchange, question)| {
            let Some(question) = question else { return exchange };
            let segment = exchange.sentences[0].sentence;
            let as_is = [0, 1].map(|side: usize| self.sides[side].vectors.row(segment));
            let (Some(left), Some(right)) = (changed.next(), changed.next()) else {
                return exchange;
            };
            Exchange { confidence: question.answer(as_is, [left, right]), ..exchange }
        });
        Ok(answered.collect())
    }

    /// Whether the encoder saw a segment: not where it is no translation.
    fn seen(&self, segment: usize) -> bool {
        self.readings[segment].as_ref().is_none_or(|reading| reading.vectors.is_some())
    }
}

/// What to ask about the negations of a segment. One that is not in the language of the translation says nothing.
fn question(segment: &Segment, disagreement: Option<&Disagreement>) -> Option<Question> {
    let (source, target) = (&segment.source, &segment.target);
    let sides = ((source.text.as_str(), source.language), (target.text.as_str(), target.language));
    let question = Question::about(sides.0, sides.1, Closeness::Parallel, disagreement)?;
    let found = detect_expecting(&target.text, target.language).language;
    (found == target.language && source.language != target.language).then_some(question)
}
