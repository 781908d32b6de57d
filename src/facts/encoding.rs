//! Facts as bytes, to be kept between runs: fields in order, numbers in little-endian, texts and lists behind their lengths,
//! variants by number.
//!
//! It is read by the program that wrote it, so it holds no names and no versions; bytes that are nothing of the kind give `None`.

use jiff::civil::Date;

use super::{
    AttributionValue, Bound, DateValue, Fact, Modality, NameKind, NameValue, NegationScope,
    NumberValue, Precision, QuoteValue, RelativeDate, ReportColour, SourceKind, TimeValue,
    TitleValue, Unit, Value,
};
use crate::lang::dates::RelativeUnit;
use crate::lang::titles::title;
use crate::text::Span;

/// The facts of each sentence as bytes.
pub(super) fn write(facts: &Vec<Vec<Fact>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    facts.write(&mut bytes);
    bytes
}

/// The facts of each sentence from bytes that [`write`] made.
pub(super) fn read(mut bytes: &[u8]) -> Option<Vec<Vec<Fact>>> {
    let facts = Encoded::read(&mut bytes)?;
    bytes.is_empty().then_some(facts)
}

/// What has a form in bytes.
trait Encoded: Sized {
    fn write(&self, bytes: &mut Vec<u8>);

    /// Takes the value off the beginning of `bytes`.
    fn read(bytes: &mut &[u8]) -> Option<Self>;
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Encoded for $number {
            fn write(&self, bytes: &mut Vec<u8>) {
                bytes.extend(self.to_le_bytes());
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                let (number, rest) = bytes.split_first_chunk()?;
                *bytes = rest;
                Some(Self::from_le_bytes(*number))
            }
        }
    )*};
}

/// Structs by their fields. One that is left out does not compile.
macro_rules! structs {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl Encoded for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($field.write(bytes);)*
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Encoded::read(bytes)?),* })
            }
        }
    )*};
}

/// Enums by their variants, each with the number that stands for it. One that is left out does not compile.
macro_rules! enums {
    ($($name:ident { $($number:literal $variant:ident $(($value:ident))? $({ $($field:ident),* })?),* })*) => {$(
        impl Encoded for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($value))? $({ $($field),* })? => {
                        bytes.push($number);
                        $($value.write(bytes);)?
                        $($($field.write(bytes);)*)?
                    })*
                }
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                Some(match u8::read(bytes)? {
                    $($number => Self::$variant
                        $(({ let $value = Encoded::read(bytes)?; $value }))?
                        $({ $($field: Encoded::read(bytes)?),* })?,)*
                    _ => return None,
                })
            }
        }
    )*};
}

numbers!(u8, i8, i16, i32, u32, f64);

structs! {
    Fact { span, value }
    Span { start, end }
    NumberValue { low, high, unit, approximate, bound, spelled, factor, offset, step }
    DateValue { start, end, precision, year_known }
    TimeValue { start, end, half_known, zone }
    NameValue { name, kind, whole, key }
    TitleValue { title, former, acting, deputy, bearer }
    AttributionValue { source, speaker, colour }
    QuoteValue { speaker, words, complete }
}

enums! {
    Value {
        0 Number(value), 1 Date(value), 2 Relative(value), 3 Time(value), 4 Name(value), 5 Title(value), 6 Negation(value),
        7 Modality(value), 8 Attribution(value), 9 Quote(value)
    }
    Unit { 0 Count, 1 Ordinal, 2 Label, 3 Percent, 4 PercentagePoint, 5 Money(code), 6 Measure(base) }
    Bound { 0 Exact, 1 About, 2 AtLeast, 3 AtMost }
    Precision { 0 Day, 1 Month, 2 Year, 3 Period }
    RelativeDate { 0 Weekday(weekday), 1 Counted { unit, offset } }
    RelativeUnit { 0 Day, 1 Week, 2 Month, 3 Year }
    NameKind { 0 Person, 1 Place, 2 Organisation, 3 Unknown }
    NegationScope { 0 Clause, 1 Word }
    Modality { 0 Possible, 1 Probable, 2 Necessary, 3 Intended }
    SourceKind { 0 Named, 1 Official, 2 Media, 3 Anonymous, 4 Pronoun, 5 Unnamed }
    ReportColour { 0 Neutral, 1 Doubting, 2 Factive }
}

impl Encoded for bool {
    fn write(&self, bytes: &mut Vec<u8>) {
        u8::from(*self).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        match u8::read(bytes)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

/// Places in a text and lengths; texts are shorter than 4 GB.
impl Encoded for usize {
    fn write(&self, bytes: &mut Vec<u8>) {
        u32::try_from(*self).unwrap_or(u32::MAX).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        u32::read(bytes)?.try_into().ok()
    }
}

impl Encoded for String {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.len().write(bytes);
        bytes.extend(self.as_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let length = usize::read(bytes)?;
        let (text, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        String::from_utf8(text.to_vec()).ok()
    }
}

impl<T: Encoded> Encoded for Option<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.is_some().write(bytes);
        if let Some(value) = self {
            value.write(bytes);
        }
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some(if bool::read(bytes)? { Some(T::read(bytes)?) } else { None })
    }
}

impl<T: Encoded> Encoded for Vec<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.len().write(bytes);
        self.iter().for_each(|value| value.write(bytes));
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        // Room is not made ahead: a length that is wrong would ask for gigabytes.
        (0..usize::read(bytes)?).map(|_| T::read(bytes)).collect()
    }
}

impl Encoded for Date {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.year().write(bytes);
        self.month().write(bytes);
        self.day().write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Self::new(i16::read(bytes)?, i8::read(bytes)?, i8::read(bytes)?).ok()
    }
}

/// The id of a title.
impl Encoded for &'static str {
    fn write(&self, bytes: &mut Vec<u8>) {
        (*self).to_owned().write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        title(&String::read(bytes)?).map(|title| title.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::facts::of_text;
    use crate::lang::Language;

    const TEXTS: [(&str, &str); 4] = [
        (
            "en",
            "On Thursday the former prime minister Anna Berg reportedly said: “We may not pay 3.5 million euros, or 5.2 percent, by 6 pm.” At least 12 km of the second road, opened in the 1990s, will close next week.",
        ),
        (
            "de",
            "Im vergangenen Monat lehnte es Ministerpräsident Otto Kern laut Behörden ab, mehr als 40 Grad zu messen; am 3. Mai 2019 „kam er nicht“.",
        ),
        (
            "lt",
            "Šeštadienį laikinasis užsienio reikalų ministras Jonas Petraitis Vilniuje pareiškė, kad galbūt nesumokės pusantro mln. eurų 2,5 proc. punkto.",
        ),
        (
            "ru",
            "Как сообщил неназванный источник, 5 мая 2020 года в Москве Ивана Петрова, вероятно, не было: «Он отказался».",
        ),
    ];

    fn facts() -> Vec<Vec<Fact>> {
        let published = Date::new(2024, 3, 5).ok();
        let of = |(code, text): (&str, &str)| {
            of_text(text, Language::from_code(code).unwrap(), published)
        };
        TEXTS.map(of).to_vec()
    }

    #[test]
    fn facts_come_back_as_they_were() {
        let mut facts = facts();
        facts.push(Vec::new());
        // Without its day of publication a text has dates that only count from it.
        facts.push(of_text(TEXTS[0].1, Language::from_code("en").unwrap(), None));
        let mut kinds: Vec<u8> = facts
            .iter()
            .flatten()
            .map(|fact| {
                let mut bytes = Vec::new();
                fact.value.write(&mut bytes);
                bytes[0]
            })
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds, (0..10).collect::<Vec<u8>>(), "the texts should hold every kind of fact");
        assert_eq!(read(&write(&facts)), Some(facts));
    }

    #[test]
    fn bytes_cut_short_are_no_facts() {
        let bytes = write(&facts());
        for length in 0..bytes.len() {
            assert_eq!(read(&bytes[..length]), None);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(facts) = read(&bytes) {
                prop_assert_eq!(write(&facts), bytes);
            }
        }

        #[test]
        fn changed_bytes_do_no_harm(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut bytes = write(&facts());
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = read(&bytes);
        }
    }
}
