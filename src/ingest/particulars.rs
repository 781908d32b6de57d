//! What an input says about its article outside of the text: headline, date, authors, outlet, language, address.

use jiff::civil::Date;
use jiff::fmt::rfc2822;

use crate::lang::Language;

/// What is known about an article from its page, its feed or the row of its table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Particulars {
    pub(super) title: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) authors: Vec<String>,
    pub(super) outlet: Option<String>,
    /// Its language, where a person has said so.
    pub(super) language: Option<Language>,
    /// The language its markup names. Templates often name a wrong one, so the text goes before it.
    pub(super) likely_language: Option<Language>,
    /// Its address on the web.
    pub(super) address: Option<String>,
    /// What makes one doubt that the text is whole, sentences without a stop.
    pub(super) doubts: Vec<String>,
}

impl Particulars {
    /// These, and what `others` know where these know nothing.
    pub(super) fn or(self, others: Self) -> Self {
        Self {
            title: self.title.or(others.title),
            published: self.published.or(others.published),
            authors: if self.authors.is_empty() { others.authors } else { self.authors },
            outlet: self.outlet.or(others.outlet),
            language: self.language.or(others.language),
            likely_language: self.likely_language.or(others.likely_language),
            address: self.address.or(others.address),
            doubts: self.doubts.into_iter().chain(others.doubts).collect(),
        }
    }
}

/// The language of a code such as `lt` or `en-GB`.
pub(super) fn language(code: &str) -> Option<Language> {
    let primary = code.split(['-', '_']).next().unwrap_or(code);
    Language::from_code(&primary.trim().to_lowercase())
}

/// A date as machines write it: ISO 8601, RFC 2822, that of JavaScript, or figures alone. The day is the one
/// written, in whatever zone.
pub(super) fn date(written: &str) -> Option<Date> {
    let written = written.trim();
    let iso = written.get(..10).and_then(|day| day.parse().ok());
    let plausible = |date: &Date| (1700..2200).contains(&date.year());
    iso.or_else(|| rfc2822::parse(written).ok().map(|time| time.date()))
        .or_else(|| compact(written))
        .or_else(|| figures(written))
        .or_else(|| named_month(written))
        .filter(plausible)
}

/// `20240305` or `20240305T2300`.
fn compact(written: &str) -> Option<Date> {
    let digits = written.get(..8).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()))?;
    let rest = &written[8..];
    (rest.is_empty() || rest.starts_with(['T', 't', ' '])).then_some(())?;
    Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?).ok()
}

/// `5.3.2024`, `2024/3/5`, `05/03/2024` with the day first.
fn figures(written: &str) -> Option<Date> {
    let day = written.split([' ', 'T', ',']).next()?;
    let parts: Vec<i16> =
        day.split(['.', '/', '-']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let (year, month, day) = match parts[..] {
        [year, month, day] if year > 31 => (year, month, day),
        [day, month, year] if month <= 12 => (year, month, day),
        [month, day, year] => (year, month, day),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `Fri Apr 28 2023 17:52:31 GMT+0000`, as JavaScript prints dates.
fn named_month(written: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut words = written.split_whitespace().skip(1);
    let month = words.next()?;
    let month = MONTHS.iter().position(|known| *known == month)? + 1;
    let day = words.next()?.parse().ok()?;
    Date::new(words.next()?.parse().ok()?, i8::try_from(month).ok()?, day).ok()
}

/// An address that leads to the web; anything else, such as `javascript:` or `file:`, is none.
pub(super) fn address(written: &str) -> Option<String> {
    let written = written.trim();
    let scheme = written.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_web = scheme.is_some_and(|scheme| scheme == "http" || scheme == "https");
    let is_clean = !written.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"');
    (is_web && is_clean).then(|| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_machines_write_them() {
        let expected = Some(jiff::civil::date(2023, 4, 28));
        for written in [
            "2023-04-28",
            "2023-04-28T23:52:31.847+02:00",
            "Fri, 28 Apr 2023 17:52:31 +0000",
            "Fri Apr 28 2023 17:52:31 GMT+0000 (Coordinated Universal Time)",
            "20230428",
            "28.04.2023 17:52",
            "2023/4/28",
            "28/04/2023",
            "04/28/2023",
        ] {
            assert_eq!(date(written), expected, "{written}");
        }
        for written in ["", "yesterday", "2023", "2023-13-45", "0001-01-01T00:00:00", "1234567890"]
        {
            assert_eq!(date(written), None, "{written}");
        }
    }
}
