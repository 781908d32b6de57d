//! `length`: a translation much longer or shorter than translations of such a source are.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Check, Findings, Pair, whole};
use crate::finding::{CheckInfo, Severity};
use crate::lang::Language;

pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "length",
        family: "translation",
        summary: "a translation is far longer or shorter than translations between the two languages are",
        explanation: "\
Letters and signs of both sides are counted, blanks left out. How much longer or shorter a translation is depends on the
two languages, and scatters more in short texts: both were fitted to professional translations. A text is
reported where fewer than one in a thousand is as far from the middle (`length-percent`). Text between two
languages that were not fitted is measured more loosely. It is `minor`, and `major` where the text is beyond
anything seen.

Example: a paragraph of 400 letters whose translation has 90.

Silence it with `--skip length`, or set `length-percent` in the configuration.",
    },
    category: "design/length",
    run: length,
};

/// What is known of lengths, read from `length.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lengths {
    /// What holds between languages that were not fitted.
    other: Spread,
    pairs: Vec<PairSpread>,
    tail: Vec<Quantile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairSpread {
    source: Language,
    target: Language,
    spread: Spread,
}

/// How the logarithm of the ratio of lengths is spread.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spread {
    /// Its middle.
    middle: f64,
    /// Its deviation in long texts.
    deviation: f64,
    /// What is added in a text of one letter, falling with the root of the length.
    short: f64,
}

/// How many deviations are exceeded by what percentage of good translations, on one side.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quantile {
    percent: f32,
    deviations: f64,
}

static LENGTHS: LazyLock<Option<Lengths>> =
    LazyLock::new(|| toml::from_str(include_str!("length.toml")).ok());

/// How many deviations a translation is longer (shorter: negative) than usual, for its length.
pub(crate) fn deviations(source: (&str, Language), target: (&str, Language)) -> Option<f64> {
    let lengths = LENGTHS.as_ref()?;
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count() as f64;
    let (one, other) = (count(source.0), count(target.0));
    if one == 0.0 || other == 0.0 {
        return None;
    }
    let pair = lengths.pairs.iter().find(|row| row.source == source.1 && row.target == target.1);
    let spread = pair.map_or(lengths.other, |row| row.spread);
    let deviation = (spread.deviation.powi(2) + spread.short.powi(2) / (one * other).sqrt()).sqrt();
    Some(((other / one).ln() - spread.middle) / deviation)
}

/// The deviations that a percentage of good translations exceeds, between two that are known by their logarithms.
fn threshold(percent: f32) -> f64 {
    let tail = LENGTHS.as_ref().map_or(&[][..], |lengths| &lengths.tail);
    let known = tail.windows(2).find(|two| two[0].percent <= percent && percent <= two[1].percent);
    match (known, tail.first(), tail.last()) {
        (Some([low, high]), ..) => {
            let place = f64::from((percent / low.percent).ln() / (high.percent / low.percent).ln());
            low.deviations + place * (high.deviations - low.deviations)
        }
        (_, Some(first), _) if percent < first.percent => first.deviations,
        (_, _, Some(last)) => last.deviations,
        _ => f64::INFINITY,
    }
}

fn length(pair: &Pair<'_>, findings: &mut Findings) {
    let (source, target) = (&pair.segment.source, &pair.segment.target);
    if pair.is_half() {
        return;
    }
    let found = deviations((&source.text, source.language), (&target.text, target.language));
    let Some(found) =
        found.filter(|found| found.abs() > threshold(pair.settings.thresholds.length_percent))
    else {
        return;
    };
    let extreme = found.abs() > 1.5 * threshold(0.0);
    let severity = if extreme { Severity::Major } else { Severity::Minor };
    let than = if found > 0.0 { "longer" } else { "shorter" };
    findings.add(
        (severity, if extreme { 0.9 } else { 0.6 }),
        format!("The translation is much {than} than the source lets expect"),
        Some(whole(&source.text)),
        Some(whole(&target.text)),
    );
}
