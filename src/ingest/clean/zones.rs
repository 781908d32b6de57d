//! Where the article stands on the page: head, body and tail, and the headline.

use std::collections::{HashMap, HashSet};
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
        let has_prose = has_prose(signals);
        let title = title(signals, &body, script, has_prose);
        Self { body, title, script, comments, has_prose }
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
    scripts.into_iter().rev().max_by_key(|&script| count(script, any_prose)).unwrap_or(Script::None)
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
        score += if index >= comments { -100 } else { worth(block, script) };
        if score > best_score {
            (best, best_score) = (start..index + 1, score);
        }
    }
    if best.is_empty() { 0..signals.len() } else { best }
}

/// Whether there is running text: a long paragraph, or sentences in most of the lines. The verses of
/// a poem end with a stop only now and then.
fn has_prose(signals: &[Signals]) -> bool {
    const LONG: usize = 10;
    let sentences: usize = signals.iter().map(Signals::sentence_words).sum();
    let all: usize =
        signals.iter().filter(|block| block.shape == Shape::Text).map(|block| block.words).sum();
    let has_long = signals.iter().any(|block| block.is_prose && block.words >= LONG);
    has_long || sentences * 2 > all
}

/// What a block says for the body: about its words if it is text, less than nothing if not.
fn worth(block: &Signals, script: Script) -> i64 {
    const MOST: usize = 80;
    let is_foreign = block.script != script && block.script != Script::None;
    let words = block.sentence_words();
    if is_furniture(block) {
        -4
    } else if is_foreign {
        -8
    } else if words > 0 {
        words.min(MOST) as i64
    } else if block.kind == ParagraphKind::ListItem {
        0
    } else {
        -3
    }
}

/// Whether phrases make a block furniture, even though it may read like a paragraph.
fn is_furniture(block: &Signals) -> bool {
    block.whole_cue().is_some()
        || block.cues.iter().any(|cue| match cue.fit {
            Fit::Whole | Fit::Composed => false,
            Fit::Start | Fit::End => !block.is_prose,
            Fit::Inside => block.words <= 60,
        })
}

/// The block at which readers' comments begin: a heading for them, below which there are buttons to
/// answer. The number of blocks where there are none.
fn comments_start(signals: &[Signals]) -> usize {
    const LEAST_WORDS_BEFORE: usize = 25;
    let Some(last_reply) = signals.iter().rposition(|block| block.is_reply) else {
        return signals.len();
    };
    let mut words = 0;
    for (index, block) in signals.iter().enumerate().take(last_reply) {
        let is_heading = !block.is_reply
            && block.stop.is_none()
            && block.cues.iter().any(|cue| {
                cue.reason == Reason::Comments && matches!(cue.fit, Fit::Whole | Fit::Start)
            });
        if is_heading && words >= LEAST_WORDS_BEFORE {
            return index;
        }
        words += block.sentence_words();
    }
    signals.len()
}

/// Most blocks from the headline down to the first paragraph. What stands higher is the menu.
const FARTHEST_TITLE: usize = 20;

/// The headline: what the layout says is one, else the likeliest line above the body.
fn title(
    signals: &[Signals],
    body: &Range<usize>,
    script: Script,
    has_prose: bool,
) -> Option<usize> {
    let of_kind = |kind| {
        signals[..body.end]
            .iter()
            .position(|block| block.kind == kind && block.whole_cue().is_none())
    };
    let given = of_kind(ParagraphKind::Title).or_else(|| of_kind(ParagraphKind::Heading));
    if given.is_some() {
        return given;
    }
    if signals.len() == 1 {
        return None;
    }
    let context = TitleContext::new(signals, body, script);
    let last = if has_prose { body.start + 1 } else { 1 };
    let first = last.saturating_sub(FARTHEST_TITLE);
    let (best, _) = (first..last.min(signals.len()))
        .filter_map(|index| Some((index, context.score(&signals[index])?)))
        // The first of the best.
        .rev()
        .max_by_key(|&(_, score)| score)?;
    // Of a headline that also stands in the menu, the one nearest to the text.
    let key = &signals[best].key;
    (best..last).rev().find(|&index| signals[index].key == *key)
}

/// What a headline is held against.
struct TitleContext<'s> {
    /// How often each line stands on the page.
    counts: HashMap<&'s str, usize>,
    /// Beginnings of the words of the body.
    stems: HashSet<String>,
    script: Script,
}

impl<'s> TitleContext<'s> {
    fn new(signals: &'s [Signals], body: &Range<usize>, script: Script) -> Self {
        const PARAGRAPHS: usize = 30;
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for block in signals {
            *counts.entry(block.key.as_str()).or_default() += 1;
        }
        let paragraphs = signals[body.clone()].iter().filter(|block| block.is_prose);
        let stems = paragraphs.take(PARAGRAPHS).flat_map(|block| stems(&block.key)).collect();
        Self { counts, stems, script }
    }

    /// How much a line looks like the headline; `None` where it cannot be one.
    fn score(&self, block: &Signals) -> Option<usize> {
        const LONGEST: usize = 35;
        const MOST_SHARED: usize = 2;
        let is_repeated = self.counts.get(block.key.as_str()).is_some_and(|&n| n > 1);
        let is_foreign = block.script != self.script && block.script != Script::None;
        let reads_as_text = block.is_prose && matches!(block.stop, Some('.' | ':'));
        let is_furniture =
            block.cues.iter().any(|cue| matches!(cue.fit, Fit::Whole | Fit::Composed));
        let impossible = is_foreign
            || !matches!(block.shape, Shape::Text | Shape::Names)
            || block.words > LONGEST
            || is_furniture
            || block.runs_on
            || block.agency > 0 && block.words <= 6
            || reads_as_text && !is_repeated;
        if impossible {
            return None;
        }
        let shared = stems(&block.key).filter(|stem| self.stems.contains(stem)).count();
        let mut score = 1 + shared.min(MOST_SHARED);
        score += if block.words >= 4 { 3 } else { 0 };
        score += if block.shape == Shape::Text { 1 } else { 0 };
        score += if is_repeated { 3 } else { 0 };
        score += if block.stop.is_some() { 0 } else { 2 };
        if block.cues.iter().any(|cue| cue.fit == Fit::Start) {
            score = score.saturating_sub(4);
        }
        Some(score)
    }
}

/// The beginnings of the longer words of a line: inflected forms of a word mostly share them.
fn stems(key: &str) -> impl Iterator<Item = String> + '_ {
    const LENGTH: usize = 5;
    key.split(' ').filter_map(|word| {
        let stem: String = word.chars().take(LENGTH).collect();
        (stem.chars().count() == LENGTH).then_some(stem)
    })
}
