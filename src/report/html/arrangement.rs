//! The rows of a synopsis: what the versions say alike stands in one row, what each says alone stands between,
//! as near as may be to its own order.

use std::collections::HashMap;

use super::outline::{Outline, makers_within, told_sentences};
use crate::report::{DocumentEntry, SentenceEntry};

/// A row of a synopsis.
pub(super) struct Row<'r> {
    /// Id of the claim that the sentences of the row make; none where each stands alone.
    pub(super) claim: Option<&'r str>,
    /// The sentences of each document, in its order.
    pub(super) cells: Vec<Vec<&'r SentenceEntry>>,
}

/// Sets the documents beside each other.
///
/// The document that shares most leads, and its order is that of the rows. Each of the others is walked
/// through from its start: a sentence of a claim goes to the claim's row, one that stands alone behind the
/// sentence before it. Claims that only few make get a row there as well. Time and memory grow with the
/// number of sentences.
pub(super) fn arrange<'r>(outline: &Outline<'r>, documents: &[&'r DocumentEntry]) -> Vec<Row<'r>> {
    let ids: Vec<String> = documents.iter().map(|document| document.id.clone()).collect();
    let claim_of = |sentence: &SentenceEntry| {
        outline.claim_of(&sentence.id).filter(|claim| makers_within(claim, &ids) > 1)
    };
    let shared = |&column: &usize| {
        told_sentences(documents[column]).filter(|s| claim_of(s).is_some()).count()
    };
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_cached_key(|column| std::cmp::Reverse(shared(column)));

    let mut rows = Rows::new(documents.len());
    for column in order {
        let mut cursor = START;
        for sentence in told_sentences(documents[column]) {
            cursor = match claim_of(sentence) {
                Some(claim) => rows.place_shared(&claim.id, column, sentence, cursor),
                None => rows.place_alone(column, sentence, cursor),
            };
        }
    }
    rows.in_order()
}

/// The place before the first row.
const START: usize = 0;

/// Rows in a chain, so that one can be put between two others at once.
struct Rows<'r> {
    rows: Vec<Row<'r>>,
    next: Vec<Option<usize>>,
    of_claim: HashMap<&'r str, usize>,
    columns: usize,
}

impl<'r> Rows<'r> {
    fn new(columns: usize) -> Self {
        let start = Row { claim: None, cells: Vec::new() };
        Self { rows: vec![start], next: vec![None], of_claim: HashMap::new(), columns }
    }

    /// Puts a sentence into the row of its claim. Gives the row behind which the document goes on.
    fn place_shared(
        &mut self,
        claim: &'r str,
        column: usize,
        sentence: &'r SentenceEntry,
        cursor: usize,
    ) -> usize {
        let row = match self.of_claim.get(claim) {
            Some(&row) => row,
            None => {
                let row = self.insert_after(cursor, Some(claim));
                self.of_claim.insert(claim, row);
                row
            }
        };
        let cell = &mut self.rows[row].cells[column];
        // A document that comes back to a claim goes on where it was.
        let returns = !cell.is_empty();
        cell.push(sentence);
        if returns { cursor } else { row }
    }

    /// Puts a sentence that nobody else says behind the row `cursor`.
    fn place_alone(&mut self, column: usize, sentence: &'r SentenceEntry, cursor: usize) -> usize {
        let is_alone = |row: usize| row != START && self.rows[row].claim.is_none();
        let row = if is_alone(cursor) {
            cursor
        } else {
            let free = |&row: &usize| is_alone(row) && self.rows[row].cells[column].is_empty();
            match self.next[cursor].filter(free) {
                Some(row) => row,
                None => self.insert_after(cursor, None),
            }
        };
        self.rows[row].cells[column].push(sentence);
        row
    }

    fn insert_after(&mut self, place: usize, claim: Option<&'r str>) -> usize {
        let row = self.rows.len();
        self.rows.push(Row { claim, cells: vec![Vec::new(); self.columns] });
        let follower = self.next[place].replace(row);
        self.next.push(follower);
        row
    }

    fn in_order(mut self) -> Vec<Row<'r>> {
        let mut ordered = Vec::with_capacity(self.rows.len());
        let mut place = self.next[START];
        while let Some(row) = place {
            let empty = Row { claim: None, cells: Vec::new() };
            ordered.push(std::mem::replace(&mut self.rows[row], empty));
            place = self.next[row];
        }
        ordered
    }
}
