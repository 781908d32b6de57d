//! Why a stretch of a page was dropped: the one table of reasons.

/// Why a stretch of a page was taken out of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// An advertisement, its mark or its teaser.
    Advertisement,
    /// Buttons and links to share the page.
    Share,
    /// Log in, register, account.
    Login,
    /// A cookie or privacy notice.
    Cookies,
    /// Newsletter, subscription, donation.
    Subscription,
    /// Comments and the form to write one.
    Comments,
    /// A pointer to other articles.
    Related,
    /// The caption or credit of a picture.
    Caption,
    /// Author, desk or agency alone on a line.
    Byline,
    /// Dates, tags, numbers and labels about the page.
    Metadata,
    /// Controls and data of an audio or video player.
    Player,
    /// Copyright and imprint.
    Legal,
    /// A form or message of the site.
    Form,
    /// Menus and headings of the site.
    Navigation,
    /// An address of a page or of a person.
    Link,
    /// A count of views, comments or the like.
    Counter,
    /// The headline again.
    RepeatedTitle,
    /// A line that stands on the page, or on other pages, more than once.
    RepeatedLine,
    /// A short line in another language than the text.
    OtherLanguage,
    /// A scrap after the end of the text.
    TrailingFragment,
    /// Not of the article, by the structure of its page.
    Outside,
}

/// A row of the table of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReasonInfo {
    /// The reason.
    pub reason: Reason,
    /// Its kebab-case id, as in [`crate::text::Dropped::reason`].
    pub id: &'static str,
    /// One line for a reader.
    pub explanation: &'static str,
}

/// Every reason with its explanation.
pub const REASONS: &[ReasonInfo] = &[
    row(Reason::Advertisement, "advertisement", "an advertisement, its mark or its teaser"),
    row(Reason::Share, "share", "buttons and links to share or follow"),
    row(Reason::Login, "login", "logging in and registering"),
    row(Reason::Cookies, "cookies", "a notice about cookies or privacy"),
    row(Reason::Subscription, "subscription", "a newsletter, a subscription, a call for support"),
    row(Reason::Comments, "comments", "comments, or the form to write one"),
    row(Reason::Related, "related", "a pointer to other articles"),
    row(Reason::Caption, "caption", "the caption or the credit of a picture"),
    row(Reason::Byline, "byline", "an author, a desk or an agency alone on a line"),
    row(Reason::Metadata, "metadata", "a date, tag, number or label about the page"),
    row(Reason::Player, "player", "controls or data of an audio or video player"),
    row(Reason::Legal, "legal", "copyright and imprint"),
    row(Reason::Form, "form", "a form or a message of the site"),
    row(Reason::Navigation, "navigation", "menus and headings of the site"),
    row(Reason::Link, "link", "a web or e-mail address alone on a line"),
    row(Reason::Counter, "counter", "a number alone on a line"),
    row(Reason::RepeatedTitle, "repeated-title", "the headline again"),
    row(
        Reason::RepeatedLine,
        "repeated-line",
        "a line that stands on this page, or on others, before",
    ),
    row(Reason::OtherLanguage, "other-language", "a short line in another language than the text"),
    row(Reason::TrailingFragment, "trailing-fragment", "a scrap after the end of the text"),
    row(Reason::Outside, "outside", "not of the article, by the structure of its page"),
];

const fn row(reason: Reason, id: &'static str, explanation: &'static str) -> ReasonInfo {
    ReasonInfo { reason, id, explanation }
}

impl Reason {
    /// The kebab-case id.
    pub fn id(self) -> &'static str {
        REASONS.iter().find(|row| row.reason == self).map_or("unknown", |row| row.id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_reason_has_a_row_of_its_own() {
        assert_eq!(Reason::Outside as usize + 1, REASONS.len());
        let ids: HashSet<_> = REASONS.iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), REASONS.len());
        assert!(REASONS.iter().all(|row| row.reason.id() == row.id));
    }
}
