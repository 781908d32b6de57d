//! Places of sentences on axes, made comparable: in standard deviations of their language.

use std::collections::BTreeMap;

use crate::lang::Language;
use crate::study::material::PlacedSentence;

/// Sum, sum of squares and number of values.
#[derive(Default, Clone, Copy)]
struct Moments {
    sum: f64,
    squares: f64,
    count: f64,
}

impl Moments {
    fn add(&mut self, value: f32) {
        let value = f64::from(value);
        self.sum += value;
        self.squares += value * value;
        self.count += 1.0;
    }

    /// A value in standard deviations from the mean; 0 where nothing varies.
    fn standardised(&self, value: f32) -> f32 {
        let mean = self.sum / self.count.max(1.0);
        let spread = (self.squares / self.count.max(1.0) - mean * mean).max(0.0).sqrt();
        if spread < 1e-9 { 0.0 } else { ((f64::from(value) - mean) / spread) as f32 }
    }
}

/// Standardises tone and places over all sentences of each language.
pub(super) fn standardise(placed: &mut [Vec<PlacedSentence>], languages: &[Language]) {
    let mut moments: BTreeMap<Language, Vec<Moments>> = BTreeMap::new();
    for (sentences, &language) in placed.iter().zip(languages) {
        for sentence in sentences {
            let own = moments.entry(language).or_default();
            own.resize(sentence.places.len() + 1, Moments::default());
            own[0].add(sentence.tone);
            sentence.places.iter().zip(&mut own[1..]).for_each(|(&place, own)| own.add(place));
        }
    }
    for (sentences, language) in placed.iter_mut().zip(languages) {
        let Some(own) = moments.get(language) else { continue };
        for sentence in sentences {
            sentence.tone = own[0].standardised(sentence.tone);
            for (place, own) in sentence.places.iter_mut().zip(&own[1..]) {
                *place = own.standardised(*place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_mean_0_and_deviation_1() {
        let language = |code| Language::from_code(code).unwrap();
        let sentence =
            |tone: f32| PlacedSentence { sentence: 0, tone, places: vec![tone * 2.0, 1.0] };
        let mut placed =
            vec![vec![sentence(1.0), sentence(3.0)], vec![sentence(10.0)], vec![sentence(20.0)]];
        let languages = ["lt", "de", "de"].map(language);
        standardise(&mut placed, &languages);
        let tones: Vec<f32> = placed.iter().flatten().map(|sentence| sentence.tone).collect();
        assert_eq!(tones, [-1.0, 1.0, -1.0, 1.0]);
        assert_eq!(placed[0][0].places, [-1.0, 0.0]);
    }
}
