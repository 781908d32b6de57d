//! Decides what becomes of each block of a page.
//!
//! Signs of furniture are weighed by where the block stands. Inside the body only signs that no
//! article text shows are enough; before and after it weaker ones are. In doubt a block stays.

use std::collections::HashMap;

use crate::lang::Language;
use crate::text::ParagraphKind;

use super::super::language;
use super::super::layout::Block;
use super::super::page::Page;
use super::assemble::Fate;
use super::cues::{Cue, Fit, Phrases};
use super::reasons::Reason;
use super::repeated::RepeatedLines;
use super::signals::{Script, Shape, Signals};
use super::zones::{Zone, Zones};

/// A page on the bench.
struct View<'p> {
    blocks: &'p [Block],
    signals: Vec<Signals>,
    zones: Zones,
    repeated: &'p RepeatedLines,
    language: Language,
    /// The first block with each key.
    first: HashMap<String, usize>,
}

/// The rules, each of which may find a reason to drop a block on its own evidence. The first reason
/// found counts.
const RULES: &[fn(&View, usize) -> Option<Reason>] = &[
    |view, index| view.repeats_the_title(index),
    |view, index| view.holds_a_phrase(index),
    |view, index| view.is_a_credit(index),
    |view, index| view.has_the_shape(index),
    |view, index| view.repeats_a_line(index),
    |view, index| view.speaks_another_language(index),
];

/// What becomes of each block of the page; `language` is the language of its running text.
pub(super) fn fates(
    page: &Page,
    signals: Vec<Signals>,
    zones: Zones,
    repeated: &RepeatedLines,
    language: Language,
) -> Vec<Fate> {
    let mut first = HashMap::new();
    for (index, block) in signals.iter().enumerate() {
        if !block.key.is_empty() {
            first.entry(block.key.clone()).or_insert(index);
        }
    }
    let view = View {
        blocks: &page.blocks,
        signals,
        zones,
        repeated,
        language,
        first,
    };
    let mut reasons: Vec<Option<Reason>> = (0..view.blocks.len())
        .map(|index| view.reason(index))
        .collect();
    view.drop_menu_above_the_title(&mut reasons);
    view.drop_what_follows(&mut reasons);
    view.drop_caption_twins(&mut reasons);
    view.drop_captions_between_furniture(&mut reasons);
    view.drop_comments(&mut reasons);
    view.drop_rest_of_the_tail(&mut reasons);
    reasons
        .into_iter()
        .enumerate()
        .map(|(index, reason)| match reason {
            Some(reason) => Fate::Drop(reason),
            None => view.keep(page, index),
        })
        .collect()
}

impl View<'_> {
    fn reason(&self, index: usize) -> Option<Reason> {
        if self.zones.title == Some(index) {
            return None;
        }
        let is_heading = self.signals[index].kind == ParagraphKind::Heading;
        if is_heading && self.zone(index) == Zone::Body {
            return self.repeats_the_title(index);
        }
        RULES.iter().find_map(|rule| rule(self, index))
    }

    /// A page without running text is body from end to end.
    fn zone(&self, index: usize) -> Zone {
        if self.zones.has_prose {
            self.zones.zone(index)
        } else {
            Zone::Body
        }
    }

    /// The zone for signs that stand around a headline: authors, dates, desks. They also stand below
    /// a first paragraph that sums the article up.
    fn zone_of_head_matter(&self, index: usize) -> Zone {
        const MOST_WORDS_ABOVE: usize = 60;
        let zone = self.zone(index);
        let start = self.zones.body.start;
        if zone != Zone::Body || !self.zones.has_prose {
            return zone;
        }
        let above = self.signals[start..index].iter().take(MOST_WORDS_ABOVE);
        let words: usize = above.map(Signals::sentence_words).sum();
        if words <= MOST_WORDS_ABOVE {
            Zone::Head
        } else {
            zone
        }
    }

    fn is_foreign_script(&self, index: usize) -> bool {
        let script = self.signals[index].script;
        script != self.zones.script && script != Script::None
    }

    /// A line that is not running text and has no stop.
    fn is_scrap(&self, index: usize) -> bool {
        let block = &self.signals[index];
        !block.is_prose && (block.stop.is_none() || block.shape != Shape::Text)
    }

    // ------------------------------------------------------------------ rules

    fn repeats_the_title(&self, index: usize) -> Option<Reason> {
        const MORE_WORDS: usize = 6;
        const LEAST: usize = 12;
        let title = &self.signals[self.zones.title?];
        let block = &self.signals[index];
        if title.key.len() < LEAST || block.key.is_empty() {
            return None;
        }
        let title_words = title.key.split(' ').count();
        let block_words = block.key.split(' ').count();
        let around = self.zone(index) != Zone::Body
            && title_words >= 3
            && block_words <= title_words + MORE_WORDS
            && block.key.contains(&title.key);
        // The headline cut off: "Old bridge stays closed for …".
        let cut_off = self.zone(index) != Zone::Body
            && block_words >= 4
            && title.key.starts_with(&block.key)
            && self.is_scrap(index);
        (block.key == title.key || around || cut_off).then_some(Reason::RepeatedTitle)
    }

    fn holds_a_phrase(&self, index: usize) -> Option<Reason> {
        let block = &self.signals[index];
        let cues = block.cues.iter();
        cues.copied()
            .find(|&cue| self.is_furniture(index, cue))
            .map(|cue| cue.reason)
    }

    fn is_furniture(&self, index: usize, cue: Cue) -> bool {
        let block = &self.signals[index];
        let zone = match cue.reason {
            Reason::Byline | Reason::Metadata => self.zone_of_head_matter(index),
            _ => self.zone(index),
        };
        match (cue.fit, zone) {
            (Fit::Whole, Zone::Body) => self.is_whole_in_body(index, cue),
            (Fit::Whole, _) => block.whole_cue().is_some(),
            (Fit::Composed, Zone::Body) => {
                matches!(cue.reason, Reason::Share | Reason::Advertisement)
                    && block.stop.is_none()
                    && cue.words <= 12
            }
            (Fit::Composed, _) => block.stop.is_none(),
            (Fit::Start, zone) => self.is_start(index, cue, zone),
            (Fit::End, zone) => self.is_end(index, cue, zone),
            (Fit::Inside, Zone::Body) => block.words <= 40,
            (Fit::Inside, _) => block.words <= 120,
        }
    }

    /// Inside the body a single word may be a subheading or an answer in an interview.
    fn is_whole_in_body(&self, index: usize, cue: Cue) -> bool {
        let block = &self.signals[index];
        let alone = matches!(
            cue.reason,
            Reason::Advertisement | Reason::Share | Reason::Caption
        );
        let with_others = !matches!(
            cue.reason,
            Reason::Navigation | Reason::Metadata | Reason::Byline
        );
        block.stop != Some('.')
            && block.stop != Some('?')
            && (alone || with_others && cue.words > 1)
            || cue.reason == Reason::Related && block.stop == Some(':')
    }

    fn is_start(&self, index: usize, cue: Cue, zone: Zone) -> bool {
        const MOST_WORDS: usize = 40;
        let block = &self.signals[index];
        if block.words > MOST_WORDS {
            return false;
        }
        let is_text = block.is_prose || block.stop.is_some();
        match cue.reason {
            Reason::Byline => {
                (cue.is_marked || self.rest_is_names(index, cue)) && block.words <= 14 && !is_text
            }
            Reason::Related if is_text => cue.is_marked || cue.words > 2,
            Reason::Caption => {
                let says_so = cue.is_marked || cue.words > 1;
                says_so
                    && !(block.is_prose
                        && (block.words > 25 || zone == Zone::Body && !cue.is_marked))
            }
            Reason::Metadata => {
                zone != Zone::Body && !block.is_prose && (cue.is_marked || cue.words > 1)
            }
            _ if zone == Zone::Body => (cue.is_marked || cue.words > 1) && !is_text,
            _ => (cue.is_marked || cue.words > 1) && !(is_text && cue.words < 3 && !cue.is_marked),
        }
    }

    fn is_end(&self, index: usize, cue: Cue, zone: Zone) -> bool {
        let block = &self.signals[index];
        match cue.reason {
            Reason::Caption => block.words <= 40 && (cue.is_marked || block.stop.is_none()),
            Reason::Byline => zone != Zone::Body && block.words <= 8 && block.stop.is_none(),
            Reason::Legal | Reason::Cookies | Reason::Subscription | Reason::Form => {
                zone != Zone::Body || !block.is_prose
            }
            _ => zone != Zone::Body && block.words <= 8 && block.stop.is_none(),
        }
    }

    /// Whether every word after the phrase is a name, as in "By Jane Roe and John Doe".
    fn rest_is_names(&self, index: usize, cue: Cue) -> bool {
        let rest = &self.blocks[index].text[cue.end..];
        let mut words = rest.split_whitespace().peekable();
        words.peek().is_some()
            && words.all(|word| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                word.is_empty()
                    || word.starts_with(char::is_uppercase)
                    || Phrases::all().is_function_word(&word.to_lowercase())
            })
    }

    /// A line that ends with the name of an agency behind a slash, a bar or a bracket.
    fn is_a_credit(&self, index: usize) -> Option<Reason> {
        const MOST_WORDS: usize = 40;
        let block = &self.signals[index];
        let text = &self.blocks[index].text;
        if block.words > MOST_WORDS {
            return None;
        }
        if let Some(reason) = copyright(text) {
            return Some(reason);
        }
        if Phrases::all().bracket_at_end(text) == Some(Reason::Caption) {
            return Some(Reason::Caption);
        }
        if block.agency == 0 {
            return None;
        }
        if block.words <= block.agency + 1 && self.zone_of_head_matter(index) != Zone::Body {
            return Some(Reason::Byline);
        }
        let mark = text.rfind('(').or_else(|| text.rfind(['/', '|', '•']))?;
        let before = text[..mark].trim_end();
        let ends_text = before.ends_with(['.', '!', '?', '"', '“', '”', '»']);
        let after = text[mark..].split(' ').count();
        (!ends_text && after <= block.agency + 3 && block.stop.is_none()).then_some(Reason::Caption)
    }

    fn has_the_shape(&self, index: usize) -> Option<Reason> {
        let shape = self.signals[index].shape;
        let outside = self.zone(index) != Zone::Body;
        match shape {
            Shape::Symbols => Some(Reason::Navigation),
            Shape::Number if outside => Some(Reason::Counter),
            Shape::DateTime if outside => Some(Reason::Metadata),
            Shape::DateTime if self.is_date_below_the_lead(index) => Some(Reason::Metadata),
            Shape::Label if outside && !self.introduces_text(index) => Some(Reason::Metadata),
            Shape::Link if outside || self.signals[index].words <= 2 => Some(Reason::Link),
            Shape::Breadcrumb if outside => Some(Reason::Navigation),
            Shape::Names if self.is_between_title_and_body(index) => Some(Reason::Caption),
            _ => None,
        }
    }

    /// A date with digits for most of it, near the headline.
    fn is_date_below_the_lead(&self, index: usize) -> bool {
        let text = &self.blocks[index].text;
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        letters <= digits * 2 && self.zone_of_head_matter(index) == Zone::Head
    }

    /// Whether a label below the headline stands directly above running text.
    fn introduces_text(&self, index: usize) -> bool {
        let is_above_text = self
            .signals
            .get(index + 1)
            .is_some_and(|next| next.is_prose);
        is_above_text && self.is_between_title_and_body(index)
    }

    fn is_between_title_and_body(&self, index: usize) -> bool {
        self.zone(index) == Zone::Head && self.zones.title.is_some_and(|title| title < index)
    }

    /// A line that stood on this page before, or stands on other pages too.
    fn repeats_a_line(&self, index: usize) -> Option<Reason> {
        const LEAST_WORDS: usize = 3;
        let block = &self.signals[index];
        let outside = self.zone(index) != Zone::Body;
        let before = self
            .first
            .get(&block.key)
            .is_some_and(|&first| first < index);
        let is_short = block.words < LEAST_WORDS;
        let again = before && !is_short && (block.is_prose || outside && self.is_scrap(index));
        let elsewhere =
            outside && self.is_scrap(index) && self.repeated.contains(&self.blocks[index].text);
        (again || elsewhere).then_some(Reason::RepeatedLine)
    }

    /// A short line in another script, or clearly in another language, outside the body.
    fn speaks_another_language(&self, index: usize) -> Option<Reason> {
        const SHORT: usize = 12;
        const LEAST_WORDS: usize = 4;
        const SURE: f32 = 0.9;
        let block = &self.signals[index];
        if self.zone(index) == Zone::Body || block.is_prose && block.words > SHORT {
            return None;
        }
        if self.is_foreign_script(index) {
            return Some(Reason::OtherLanguage);
        }
        if block.words < LEAST_WORDS || !self.is_scrap(index) || self.language == Language::UNKNOWN
        {
            return None;
        }
        let found = language::detect(&self.blocks[index].text);
        (found.language != self.language && found.confidence > SURE)
            .then_some(Reason::OtherLanguage)
    }

    // ------------------------------------------------------------------ what other blocks tell

    /// Scraps and short calls above the headline are the menu, where the headline is longer than they
    /// are.
    fn drop_menu_above_the_title(&self, reasons: &mut [Option<Reason>]) {
        const SHORT: usize = 3;
        const MUCH: usize = 5;
        let Some(title) = self.zones.title else {
            return;
        };
        if self.signals[title].words <= SHORT || !self.zones.has_prose {
            return;
        }
        // A long menu above: then longer lines there are headlines of other articles.
        let furniture = reasons[..title]
            .iter()
            .filter(|reason| reason.is_some())
            .count();
        let longest = if furniture >= MUCH { usize::MAX } else { SHORT };
        for (index, reason) in reasons.iter_mut().enumerate().take(title) {
            let block = &self.signals[index];
            let is_call = block.stop == Some('!') && block.words <= 2 * SHORT
                || furniture >= MUCH && block.words <= SHORT;
            if reason.is_none() && (self.is_scrap(index) && block.words <= longest || is_call) {
                *reason = Some(Reason::Navigation);
            }
        }
    }

    /// What stands below the mark of an advertisement, or below "Read also".
    fn drop_what_follows(&self, reasons: &mut [Option<Reason>]) {
        for index in 0..reasons.len() {
            let opens = matches!(
                reasons[index],
                Some(Reason::Advertisement | Reason::Related)
            ) && self.signals[index].whole_cue().is_some();
            if opens {
                self.drop_teasers(index, reasons);
            }
        }
    }

    fn drop_teasers(&self, opener: usize, reasons: &mut [Option<Reason>]) {
        const TEASER: usize = 4;
        const LONGEST: usize = 40;
        let reason = reasons[opener];
        for index in opener + 1..reasons.len() {
            let block = &self.signals[index];
            let is_near = !self.blocks[index].after_gap || index == opener + 1;
            let zone = self.zone(index);
            if reasons[index].is_some() || !is_near || self.zones.title == Some(index) {
                break;
            }
            let is_teaser = match zone {
                Zone::Tail => {
                    block.words <= LONGEST && !(block.is_prose && self.blocks[index].after_gap)
                }
                _ => self.is_scrap(index) && block.words >= TEASER,
            };
            let is_heading = block.kind == ParagraphKind::Heading;
            if !is_teaser || is_heading || block.kind == ParagraphKind::Title {
                break;
            }
            reasons[index] = reason;
        }
    }

    /// A line beside a caption that says the same without the credit.
    fn drop_caption_twins(&self, reasons: &mut [Option<Reason>]) {
        const LEAST: usize = 8;
        for index in 0..reasons.len() {
            if reasons[index] != Some(Reason::Caption) {
                continue;
            }
            let caption = &self.signals[index].key;
            let neighbours = [index.checked_sub(1), Some(index + 1)];
            for twin in neighbours.into_iter().flatten() {
                let is_twin = self.signals.get(twin).is_some_and(|block| {
                    block.key.len() >= LEAST
                        && caption.starts_with(&block.key)
                        && self.zones.title != Some(twin)
                });
                if is_twin && reasons[twin].is_none() {
                    reasons[twin] = Some(Reason::Caption);
                }
            }
        }
    }

    /// A scrap above the body, directly between the credit of a picture and more furniture.
    fn drop_captions_between_furniture(&self, reasons: &mut [Option<Reason>]) {
        for index in 1..self.zones.body.start.min(reasons.len()) {
            let is_between = reasons[index - 1] == Some(Reason::Caption)
                && reasons.get(index + 1).is_some_and(Option::is_some)
                && !self.blocks[index].after_gap;
            let is_free = reasons[index].is_none() && self.zones.title != Some(index);
            if is_between && is_free && self.is_scrap(index) {
                reasons[index] = Some(Reason::Caption);
            }
        }
    }

    /// Readers' comments: all from their heading on, where buttons to answer prove what they are.
    fn drop_comments(&self, reasons: &mut [Option<Reason>]) {
        let start = self.zones.comments.max(self.zones.body.end);
        for reason in reasons.iter_mut().skip(start) {
            *reason = reason.or(Some(Reason::Comments));
        }
    }

    /// Scraps below the first furniture after the body, and short sentences below more of it.
    fn drop_rest_of_the_tail(&self, reasons: &mut [Option<Reason>]) {
        const LONGEST: usize = 20;
        const SHORT: usize = 10;
        const MUCH: usize = 3;
        if !self.zones.has_prose {
            return;
        }
        let mut furniture = 0;
        for index in self.zones.body.end..reasons.len() {
            let block = &self.signals[index];
            let is_scrap = self.is_scrap(index) && block.words <= LONGEST;
            let is_fragment = is_scrap && (block.key.len() <= 2 || self.is_function_words(block));
            let is_message = block.words <= SHORT && furniture >= MUCH;
            if reasons[index].is_none() && (is_scrap && furniture > 0 || is_fragment || is_message)
            {
                reasons[index] = Some(Reason::TrailingFragment);
            }
            if reasons[index].is_some() {
                furniture += 1;
            } else {
                furniture = furniture.min(1);
            }
        }
    }

    fn is_function_words(&self, block: &Signals) -> bool {
        !block.key.is_empty()
            && block.words <= 2
            && block
                .key
                .split(' ')
                .all(|word| Phrases::all().is_function_word(word))
    }

    // ------------------------------------------------------------------ what stays

    fn keep(&self, page: &Page, index: usize) -> Fate {
        let block = &self.blocks[index];
        let kind = if self.zones.title == Some(index) {
            ParagraphKind::Title
        } else {
            self.kind(index)
        };
        let glued = block.lines.last().and_then(|line| {
            let text = line.of(&page.mapped.text);
            let (start, reason) = Phrases::all().glued_tail(text)?;
            Some((text.len() - start, reason))
        });
        match glued {
            Some((tail, reason)) if kind == ParagraphKind::Body => Fate::Cut { kind, tail, reason },
            _ => Fate::Keep(kind),
        }
    }

    /// A short line without a stop between paragraphs is a heading.
    fn kind(&self, index: usize) -> ParagraphKind {
        const LONGEST: usize = 12;
        let block = &self.signals[index];
        let is_next_prose = self
            .signals
            .get(index + 1)
            .is_some_and(|next| next.is_prose);
        let is_heading = block.kind == ParagraphKind::Body
            && self.zones.has_prose
            && self.is_scrap(index)
            && block.words <= LONGEST
            && is_next_prose
            && self.zones.body.contains(&index);
        if is_heading {
            ParagraphKind::Heading
        } else {
            match block.kind {
                ParagraphKind::Title => ParagraphKind::Heading,
                kind => kind,
            }
        }
    }
}

/// A line that starts or ends with a copyright sign and a few names: of a page, or of a picture.
fn copyright(text: &str) -> Option<Reason> {
    const MOST_WORDS_AFTER: usize = 8;
    let sign = text.find('©')?;
    let after = text[sign..].split_whitespace().count();
    let has_year = text[sign..]
        .split(|c: char| !c.is_ascii_digit())
        .any(|n| n.len() == 4);
    if has_year || text[sign..].contains(". ") {
        (sign == 0).then_some(Reason::Legal)
    } else {
        (after <= MOST_WORDS_AFTER).then_some(Reason::Caption)
    }
}
