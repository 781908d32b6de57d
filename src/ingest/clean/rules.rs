//! What a block gives away by itself: the rules that find a reason to drop it.

use crate::lang::Language;

use super::super::language;
use super::cues::{Cue, Fit, Phrases};
use super::judge::View;
use super::reasons::Reason;
use super::signals::Shape;
use super::zones::Zone;

/// The rules, each of which may find a reason to drop a block on its own evidence. The first reason
/// found counts.
pub(super) const RULES: &[fn(&View, usize) -> Option<Reason>] = &[
    |view, index| view.repeats_the_title(index),
    |view, index| view.holds_a_phrase(index),
    |view, index| view.is_a_credit(index),
    |view, index| view.has_the_shape(index),
    |view, index| view.repeats_a_line(index),
    |view, index| view.speaks_another_language(index),
];

impl View<'_> {
    pub(super) fn repeats_the_title(&self, index: usize) -> Option<Reason> {
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
        cues.copied().find(|&cue| self.is_furniture(index, cue)).map(|cue| cue.reason)
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
        let alone = matches!(cue.reason, Reason::Advertisement | Reason::Share | Reason::Caption);
        let with_others =
            !matches!(cue.reason, Reason::Navigation | Reason::Metadata | Reason::Byline);
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
        let phrases = Phrases::all();
        if phrases.bracket_at_end(text) == Some(Reason::Caption) || phrases.credit_at_end(text) {
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
        let is_above_text = self.signals.get(index + 1).is_some_and(|next| next.is_prose);
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
        let before = self.first.get(&block.key).is_some_and(|&first| first < index);
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
}

/// A line that starts or ends with a copyright sign and a few names: of a page, or of a picture.
fn copyright(text: &str) -> Option<Reason> {
    const MOST_WORDS_AFTER: usize = 8;
    let sign = text.find('©')?;
    let after = text[sign..].split_whitespace().count();
    let has_year = text[sign..].split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4);
    if has_year || text[sign..].contains(". ") {
        (sign == 0).then_some(Reason::Legal)
    } else {
        (after <= MOST_WORDS_AFTER).then_some(Reason::Caption)
    }
}
