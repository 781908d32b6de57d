//! Where the article stands on the page: head, body and tail, and the headline.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::ParagraphKind;

use super::cues::Fit;
use super::reasons::Reason;
use super::signals::{Script, Shape, Signals};

/// Where a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Before the first paragraph.
    Head,
    /// From the first paragraph to the last.
    Body,
    /// After the last paragraph.
    Tail,
}

/// The parts of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Zones {
    /// The blocks from the first paragraph to the last; all blocks where there is no running text.
    pub(super) body: Range<usize>,
    /// The block that is the headline.
    pub(super) title: Option<usize>,
    /// The writing system of the body.
    pub(super) script: Script,
    /// The block at which readers' comments begin; the number of blocks where there are none.
    pub(super) comments: usize,
    /// Whether the page has running text at all. A poem or a list has none.
    pub(super) has_prose: bool,
}

impl Zones {
    pub(super) fn of(signals: &[Signals]) -> Self {
        let script = main_script(signals);
        let comments = comments_start(signals);
        let body = body(signals, script, comments);
        let has_prose = signals[body.clone()].iter().any(|block| block.is_prose);
        let title = title(signals, &body, script);
        Self {
            body,
            title,
            script,
            comments,
            has_prose,
        }
    }

    pub(super) fn zone(&self, index: usize) -> Zone {
        if index < self.body.start {
            Zone::Head
        } else if index < self.body.end {
            Zone::Body
        } else {
            Zone::Tail
        }
    }
}

/// The script that most words of running text are in; of all text where nothing is running.
fn main_script(signals: &[Signals]) -> Script {
    let count = |script: Script, prose: bool| -> usize {
        signals
            .iter()
            .filter(|block| block.script == script && (block.is_prose || !prose))
            .map(|block| block.words)
            .sum()
    };
    let scripts = [Script::Latin, Script::Cyrillic, Script::Other];
    let any_prose = signals.iter().any(|block| block.is_prose);
    scripts
        .into_iter()
        .rev()
        .max_by_key(|&script| count(script, any_prose))
        .unwrap_or(Script::None)
}

/// The stretch of blocks with the highest sum of scores: paragraphs count for it, furniture and
/// scraps against it.
fn body(signals: &[Signals], script: Script, comments: usize) -> Range<usize> {
    let (mut best, mut best_score) = (0..0, 0);
    let (mut start, mut score) = (0, 0);
    for (index, block) in signals.iter().enumerate() {
        if score <= 0 {
            (start, score) = (index, 0);
        }
        score += if index >= comments {
            -100
        } else {
            worth(block, script)
        };
        if score > best_score {
            (best, best_score) = (start..index + 1, score);
        }
    }
    if best.is_empty() {
        0..signals.len()
    } else {
        best
    }
}

/// What a block says for the body: about its words if it is a paragraph, less than nothing if not.
fn worth(block: &Signals, script: Script) -> i64 {
    const MOST: usize = 80;
    let is_foreign = block.script != script && block.script != Script::None;
    if block.cue.is_some_and(|cue| outweighs_prose(block, cue.fit)) {
        -12
    } else if block.is_prose && !is_foreign {
        block.words.min(MOST) as i64
    } else if is_foreign {
        -8
    } else if block.stop.is_some() && block.shape == Shape::Text {
        block.words as i64
    } else if block.kind == ParagraphKind::ListItem {
        0
    } else {
        -3
    }
}

/// Whether a phrase makes a block furniture even though it reads like a paragraph.
fn outweighs_prose(block: &Signals, fit: Fit) -> bool {
    match fit {
        Fit::Whole | Fit::Composed => true,
        Fit::Start | Fit::End => !block.is_prose,
        Fit::Inside => block.words <= 60,
    }
}

/// The block at which readers' comments begin: a heading for them, below which there are buttons to
/// answer. The number of blocks where there are none.
fn comments_start(signals: &[Signals]) -> usize {
    const LEAST_WORDS_BEFORE: usize = 40;
    let Some(last_reply) = signals.iter().rposition(|block| block.is_reply) else {
        return signals.len();
    };
    let mut words = 0;
    for (index, block) in signals.iter().enumerate().take(last_reply) {
        let is_heading = block.is_whole_cue()
            && !block.is_reply
            && block.cue.is_some_and(|cue| cue.reason == Reason::Comments);
        if is_heading && words >= LEAST_WORDS_BEFORE {
            return index;
        }
        words += if block.is_prose { block.words } else { 0 };
    }
    signals.len()
}

/// The headline: what the layout says is one, else the likeliest line above the body.
fn title(signals: &[Signals], body: &Range<usize>, script: Script) -> Option<usize> {
    let given = signals
        .iter()
        .position(|block| block.kind == ParagraphKind::Title);
    if given.is_some() {
        return given;
    }
    let heading = signals[..body.end]
        .iter()
        .position(|block| block.kind == ParagraphKind::Heading && !block.is_whole_cue());
    if heading.is_some() {
        return heading;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for block in signals {
        *counts.entry(block.key.as_str()).or_default() += 1;
    }
    let last = (body.start + 1).min(signals.len());
    let is_alone = signals.len() == 1;
    (0..last)
        .filter(|_| !is_alone)
        .filter_map(|index| {
            let block = &signals[index];
            let is_repeated = counts
                .get(block.key.as_str())
                .is_some_and(|&count| count > 1);
            Some((index, headline_score(block, is_repeated, script)?))
        })
        // The first of the best.
        .rev()
        .max_by_key(|&(_, score)| score)
        .map(|(index, _)| index)
}

/// How much a line looks like a headline; `None` where it cannot be one.
fn headline_score(block: &Signals, is_repeated: bool, script: Script) -> Option<u32> {
    const LONGEST: usize = 35;
    let is_foreign = block.script != script && block.script != Script::None;
    let is_line = matches!(block.shape, Shape::Text | Shape::Names);
    let reads_as_text = block.is_prose && matches!(block.stop, Some('.' | ':'));
    let impossible = is_foreign
        || !is_line
        || block.words > LONGEST
        || block
            .cue
            .is_some_and(|cue| !matches!(cue.fit, Fit::Inside | Fit::End))
        || block.agency > 0 && block.words <= 6
        || reads_as_text && !is_repeated;
    if impossible {
        return None;
    }
    let mut score = 1;
    score += if block.words >= 4 { 3 } else { 0 };
    score += if block.shape == Shape::Text { 1 } else { 0 };
    score += if is_repeated { 3 } else { 0 };
    score += if block.stop.is_some() { 0 } else { 2 };
    Some(score)
}
