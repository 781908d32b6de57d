//! Weights of the comparable aligner, read from `comparable.toml`, and the evidence that they weigh.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::align::logistic::{log_odds, logistic};

/// All weights of the comparable aligner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Does a pair of sentences say the same?
    pub pair: PairWeights,
    /// Do two neighbours together say what one sentence of the other side says?
    pub span: SpanWeights,
    /// How sure a judged pair is.
    pub certainty: CertaintyWeights,
    /// What further versions add.
    pub transitivity: TransitivityWeights,
    /// What being chosen adds.
    pub choice: ChoiceWeights,
}

/// Evidence that two sentences say the same.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PairFeatures {
    /// Cosine after each document's mean is taken out, -1..1.
    pub centred: f32,
    /// How far `centred` lies above that of the best rival of either sentence, the smaller of both sides, -2..2.
    pub lead: f32,
    /// Cosine after the background of either language is taken out, -1..1.
    pub cosine: f32,
    /// Natural logarithm of the ratio of their lengths, 0 or more.
    pub length: f32,
    /// Share of their names that both have, 0..1, rare ones counting more.
    pub names: f32,
    /// Share of their numbers that both have, 0..1.
    pub numbers: f32,
    /// Share of their dates that both have, 0..1.
    pub dates: f32,
    /// Share of their numbers and dates that the other sentence gives another value, 0..1.
    pub contradicted: f32,
    /// 1 where both have facts but none in common, else 0.
    pub unshared: f32,
}

/// What is known of two documents before any of their sentences is judged.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Setting {
    /// 1 where both are written in one language, else 0.
    pub same_language: f32,
    /// How far apart they appeared: 1 from a week on, 0 where they appeared at once or a day is unknown.
    pub apart: f32,
    /// 1 where they are known to have appeared within a day, else 0.
    pub same_day: f32,
    /// Cosine of their means after the background of either language is taken out.
    pub topic: f32,
    /// Mean of [`PairFeatures::cosine`] over the closest pairs of sentences that are each other's nearest.
    pub closest: f32,
}

/// What the other pairs of two documents look like: whether one translates the other closely, tells of the same in
/// its own words, or tells of something else in the same matter.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Context {
    /// What is known of the documents.
    pub setting: Setting,
    /// Mean of [`PairFeatures::centred`] over the other likely pairs.
    pub centred: f32,
    /// Mean of [`PairFeatures::length`] over the other likely pairs.
    pub length: f32,
    /// Share of the shorter document's sentences that have a counterpart.
    pub density: f32,
    /// Probability of the likeliest pair of a sentence beside the one and a sentence beside the other.
    pub beside: f32,
}

/// How many weights a pair has.
const PAIR_WEIGHTS: usize = 28;

/// Weights of [`PairFeatures`] and [`Context`], in the order of [`PairWeights::NAMES`]; the sum goes through
/// [`logistic`].
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "BTreeMap<String, f32>")]
pub struct PairWeights([f32; PAIR_WEIGHTS]);

impl Default for PairWeights {
    fn default() -> Self {
        Self([0.0; PAIR_WEIGHTS])
    }
}

impl TryFrom<BTreeMap<String, f32>> for PairWeights {
    type Error = String;

    fn try_from(named: BTreeMap<String, f32>) -> Result<Self, String> {
        if let Some(unknown) = named.keys().find(|name| !Self::NAMES.contains(&name.as_str())) {
            return Err(format!("there is no weight `{unknown}`"));
        }
        let mut weights = Self::default();
        for (place, name) in weights.0.iter_mut().zip(Self::NAMES) {
            *place = *named.get(name).ok_or_else(|| format!("the weight `{name}` is missing"))?;
        }
        Ok(weights)
    }
}

impl PairWeights {
    /// Names of the weights: fields of [`PairFeatures`], of [`Context`] (its means are `usual_…`) and of [`Setting`],
    /// then products. In documents whose likely pairs are near translations, a cosine and a lead count for more than
    /// elsewhere, and neither counts in proportion. Reports of other weeks on one matter are near to each other all over,
    /// with the same names: there it takes a greater likeness, and a shared name says less.
    pub const NAMES: [&'static str; PAIR_WEIGHTS] = [
        "intercept",
        "centred",
        "lead",
        "cosine",
        "length",
        "names",
        "numbers",
        "dates",
        "contradicted",
        "unshared",
        "usual_centred",
        "usual_length",
        "density",
        "beside",
        "same_language",
        "apart",
        "same_day",
        "topic",
        "closest",
        "usual_centred_cosine",
        "usual_centred_lead",
        "cosine_squared",
        "lead_squared",
        "apart_cosine",
        "apart_lead",
        "apart_names",
        "apart_numbers",
        "apart_dates",
    ];

    /// Weights from a list in the order of [`PairWeights::NAMES`].
    pub fn from_values(values: [f32; PAIR_WEIGHTS]) -> Self {
        Self(values)
    }

    /// The weights as a list, in the order of [`PairWeights::NAMES`].
    pub fn values(&self) -> &[f32; PAIR_WEIGHTS] {
        &self.0
    }

    /// What the weights are multiplied with, in the order of [`PairWeights::NAMES`].
    pub fn inputs(features: &PairFeatures, context: &Context) -> [f32; PAIR_WEIGHTS] {
        let setting = &context.setting;
        [
            1.0,
            features.centred,
            features.lead,
            features.cosine,
            features.length,
            features.names,
            features.numbers,
            features.dates,
            features.contradicted,
            features.unshared,
            context.centred,
            context.length,
            context.density,
            context.beside,
            setting.same_language,
            setting.apart,
            setting.same_day,
            setting.topic,
            setting.closest,
            context.centred * features.cosine,
            context.centred * features.lead,
            features.cosine * features.cosine,
            features.lead * features.lead,
            setting.apart * features.cosine,
            setting.apart * features.lead,
            setting.apart * features.names,
            setting.apart * features.numbers,
            setting.apart * features.dates,
        ]
    }

    /// Probability that two sentences say the same, 0..1.
    pub fn probability(&self, features: &PairFeatures, context: &Context) -> f32 {
        logistic(dot(&self.0, &Self::inputs(features, context)))
    }
}

/// Evidence that two neighbours together say what one sentence of the other side says.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SpanFeatures {
    /// Probability of the likelier of the two on its own, 0..1.
    pub likeliest: f32,
    /// Centred cosine of both together, -1..1.
    pub centred: f32,
    /// By how much both together are nearer than the likelier one on its own.
    pub gain: f32,
    /// Centred cosine of the less likely one on its own, -1..1.
    pub added: f32,
    /// Natural logarithm of the ratio of lengths, 0 or more.
    pub length: f32,
    /// By how much the lengths come nearer than with the likelier one on its own.
    pub length_gain: f32,
    /// Share of the facts of the less likely one and of the other side that both have, 0..1.
    pub facts: f32,
}

/// Weights of [`SpanFeatures`]; the sum goes through [`logistic`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpanWeights {
    /// Added to the sum.
    pub intercept: f32,
    /// Weight of [`SpanFeatures::likeliest`].
    pub likeliest: f32,
    /// Weight of [`SpanFeatures::centred`].
    pub centred: f32,
    /// Weight of [`SpanFeatures::gain`].
    pub gain: f32,
    /// Weight of [`SpanFeatures::added`].
    pub added: f32,
    /// Weight of [`SpanFeatures::length`].
    pub length: f32,
    /// Weight of [`SpanFeatures::length_gain`].
    pub length_gain: f32,
    /// Weight of [`SpanFeatures::facts`].
    pub facts: f32,
}

impl SpanWeights {
    /// Names of the weights in the order of [`SpanWeights::inputs`].
    pub const NAMES: [&'static str; 8] =
        ["intercept", "likeliest", "centred", "gain", "added", "length", "length_gain", "facts"];

    /// What the weights are multiplied with, in the order of [`SpanWeights::NAMES`].
    pub fn inputs(features: &SpanFeatures) -> [f32; 8] {
        [
            1.0,
            features.likeliest,
            features.centred,
            features.gain,
            features.added,
            features.length,
            features.length_gain,
            features.facts,
        ]
    }

    /// Probability that both neighbours belong to the link, 0..1.
    pub fn probability(&self, features: &SpanFeatures) -> f32 {
        let weights = [
            self.intercept,
            self.likeliest,
            self.centred,
            self.gain,
            self.added,
            self.length,
            self.length_gain,
            self.facts,
        ];
        logistic(dot(&weights, &Self::inputs(features)))
    }
}

/// How far the odds of a judged pair are to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertaintyWeights {
    /// What the log odds of a pair are multiplied with.
    pub slope: f32,
}

impl Default for CertaintyWeights {
    /// They are believed as they are.
    fn default() -> Self {
        Self { slope: 1.0 }
    }
}

impl CertaintyWeights {
    /// The probability to go by, 0..1.
    pub fn probability(&self, judged: f32) -> f32 {
        logistic(self.slope * log_odds(judged))
    }
}

/// What further versions of an event add.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransitivityWeights {
    /// Log odds added where another version links both sentences for certain.
    pub weight: f32,
}

/// What it says of a pair that no likelier one claimed its sentences.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceWeights {
    /// Added to the log odds of what is chosen as a link, once they are multiplied.
    pub shift: f32,
    /// What these log odds are multiplied with.
    pub slope: f32,
}

impl Default for ChoiceWeights {
    /// Being chosen says nothing.
    fn default() -> Self {
        Self { shift: 0.0, slope: 1.0 }
    }
}

impl ChoiceWeights {
    /// How likely it is that what has this probability is right once it is chosen, 0..1.
    pub fn confidence(&self, probability: f32) -> f32 {
        logistic(self.shift + self.slope * log_odds(probability))
    }

    /// The probability of what was chosen with this confidence.
    pub fn probability(&self, confidence: f32) -> f32 {
        logistic((log_odds(confidence) - self.shift) / self.slope)
    }
}

fn dot(weights: &[f32], inputs: &[f32]) -> f32 {
    weights.iter().zip(inputs).map(|(weight, input)| weight * input).sum()
}

static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| toml::from_str(include_str!("comparable.toml")).unwrap_or_default());

/// The weights that come with the program.
pub fn weights() -> &'static Weights {
    &WEIGHTS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed() -> Weights {
        toml::from_str(include_str!("comparable.toml")).unwrap()
    }

    #[test]
    fn the_file_parses_and_evidence_raises_probability() {
        let setting = Setting { topic: 0.6, closest: 0.6, ..Setting::default() };
        let context = Context { setting, centred: 0.55, length: 0.2, density: 0.5, beside: 0.0 };
        let weak = PairFeatures { centred: 0.2, lead: -0.2, ..PairFeatures::default() };
        let strong = PairFeatures { centred: 0.8, lead: 0.4, cosine: 0.8, numbers: 0.3, ..weak };
        assert!(parsed().pair.probability(&weak, &context) < 0.1);
        assert!(parsed().pair.probability(&strong, &context) > 0.9);
    }

    #[test]
    fn reports_of_other_weeks_need_more_evidence() {
        let features = PairFeatures { centred: 0.6, lead: 0.1, cosine: 0.6, ..Default::default() };
        let setting = |apart, same_day| Setting {
            apart,
            same_day,
            topic: 0.6,
            closest: 0.6,
            ..Default::default()
        };
        let context =
            |setting| Context { setting, centred: 0.55, length: 0.2, density: 0.3, beside: 0.0 };
        let later = parsed().pair.probability(&features, &context(setting(1.0, 0.0)));
        let at_once = parsed().pair.probability(&features, &context(setting(0.0, 1.0)));
        assert!(later < at_once);
    }

    #[test]
    fn a_weight_too_few_or_unknown_is_an_error() {
        let named = |names: &[&str]| -> BTreeMap<String, f32> {
            names.iter().map(|name| ((*name).to_owned(), 1.0)).collect()
        };
        let all = named(&PairWeights::NAMES);
        assert!(PairWeights::try_from(all.clone()).is_ok());
        assert!(PairWeights::try_from(named(&["intercept"])).is_err());
        let mut more = all;
        more.insert("other".to_owned(), 1.0);
        assert!(PairWeights::try_from(more).is_err());
    }
}
