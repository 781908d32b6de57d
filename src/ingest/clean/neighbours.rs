//! What the blocks around it tell about a block: menus, teasers, twins of captions, comments, the tail.

use crate::text::ParagraphKind;

use super::cues::Phrases;
use super::judge::View;
use super::reasons::Reason;
use super::signals::Signals;
use super::zones::Zone;

impl View<'_> {
    /// Scraps and short calls above the headline are the menu, where the headline is longer than they
    /// are.
    pub(super) fn drop_menu_above_the_title(&self, reasons: &mut [Option<Reason>]) {
        const SHORT: usize = 3;
        const MUCH: usize = 5;
        let Some(title) = self.zones.title else {
            return;
        };
        if self.signals[title].words <= SHORT || !self.zones.has_prose {
            return;
        }
        // A long menu above: then longer lines there are headlines of other articles.
        let furniture = reasons[..title].iter().filter(|reason| reason.is_some()).count();
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
    pub(super) fn drop_what_follows(&self, reasons: &mut [Option<Reason>]) {
        for index in 0..reasons.len() {
            let opens = matches!(reasons[index], Some(Reason::Advertisement | Reason::Related))
                && self.signals[index].whole_cue().is_some();
            if opens {
                self.drop_teasers(index, reasons);
            }
        }
    }

    pub(super) fn drop_teasers(&self, opener: usize, reasons: &mut [Option<Reason>]) {
        const TEASER: usize = 4;
        const LONGEST: usize = 40;
        const OFFER: usize = 16;
        let reason = reasons[opener];
        for (index, given) in reasons.iter_mut().enumerate().skip(opener + 1) {
            let block = &self.signals[index];
            let is_near = !self.blocks[index].after_gap || index == opener + 1;
            let zone = self.zone(index);
            if given.is_some() || !is_near || self.zones.title == Some(index) {
                break;
            }
            // Right below the mark of an advertisement only one calls out.
            let is_offer = reason == Some(Reason::Advertisement)
                && index == opener + 1
                && block.stop == Some('!')
                && block.words <= OFFER;
            let is_listed = match zone {
                Zone::Tail => {
                    block.words <= LONGEST && !(block.is_prose && self.blocks[index].after_gap)
                }
                _ => self.is_scrap(index) && block.words >= TEASER,
            };
            let is_teaser = is_offer || is_listed;
            let is_heading = block.kind == ParagraphKind::Heading;
            if !is_teaser || is_heading || block.kind == ParagraphKind::Title {
                break;
            }
            *given = reason;
        }
    }

    /// A line beside a caption that says the same without the credit.
    pub(super) fn drop_caption_twins(&self, reasons: &mut [Option<Reason>]) {
        const LEAST: usize = 8;
        let is_caption = |&index: &usize| reasons[index] == Some(Reason::Caption);
        let captions: Vec<usize> = (0..reasons.len()).filter(is_caption).collect();
        for index in captions {
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
    pub(super) fn drop_captions_between_furniture(&self, reasons: &mut [Option<Reason>]) {
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
    pub(super) fn drop_comments(&self, reasons: &mut [Option<Reason>]) {
        let start = self.zones.comments.max(self.zones.body.end);
        for reason in reasons.iter_mut().skip(start) {
            *reason = reason.or(Some(Reason::Comments));
        }
    }

    /// Scraps below the first furniture after the body, and short sentences below more of it.
    pub(super) fn drop_rest_of_the_tail(&self, reasons: &mut [Option<Reason>]) {
        const LONGEST: usize = 20;
        const SHORT: usize = 10;
        const MUCH: usize = 3;
        if !self.zones.has_prose {
            return;
        }
        let mut furniture = 0;
        for (index, reason) in reasons.iter_mut().enumerate().skip(self.zones.body.end) {
            let block = &self.signals[index];
            let is_scrap = self.is_scrap(index) && block.words <= LONGEST;
            let is_fragment = is_scrap && (block.key.len() <= 2 || self.is_function_words(block));
            let is_message = block.words <= SHORT && furniture >= MUCH;
            if reason.is_none() && (is_scrap && furniture > 0 || is_fragment || is_message) {
                *reason = Some(Reason::TrailingFragment);
            }
            if reason.is_some() {
                furniture += 1;
            } else {
                furniture = furniture.min(1);
            }
        }
    }

    fn is_function_words(&self, block: &Signals) -> bool {
        !block.key.is_empty()
            && block.words <= 2
            && block.key.split(' ').all(|word| Phrases::all().is_function_word(word))
    }
}
