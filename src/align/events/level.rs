//! How near a document is to news at large: what its likeness to another document is measured against.

use ndarray::{Array1, ArrayView1};

/// Documents that stand for all that were seen.
const SAMPLE: usize = 512;
/// The level that a document has among news on all sorts of subjects; the same on two collections, with a standard
/// deviation of .04.
const USUAL: f32 = 0.28;
/// Weight of the usual level, in documents: a handful of reports on one event is no picture of the news.
const USUAL_WEIGHT: f32 = 64.0;
/// Highest level: many reports on one event are no news at large.
const HIGHEST: f32 = 0.55;

/// Documents that stand for the news at large: a sample of the documents seen so far in which each has the same
/// chance to be (Vitter 1985, algorithm R).
#[derive(Debug, Clone)]
pub(super) struct Newsroom {
    /// The documents of the sample with their topics.
    sample: Vec<(usize, Array1<f32>)>,
    /// State of the random numbers, which are the same in every run.
    random: u64,
}

impl Default for Newsroom {
    fn default() -> Self {
        Self { sample: Vec::new(), random: 0x9E37_79B9_7F4A_7C15 }
    }
}

impl Newsroom {
    /// Shows it a document; documents come in the order of their numbers.
    pub(super) fn see(&mut self, document: usize, topic: &Array1<f32>) {
        if self.sample.len() < SAMPLE {
            self.sample.push((document, topic.clone()));
            return;
        }
        let place = (self.random() % (document as u64 + 1)) as usize;
        if let Some(slot) = self.sample.get_mut(place) {
            *slot = (document, topic.clone());
        }
    }

    /// Mean cosine of a document with the nearer half of the news, without itself: -1 to [`HIGHEST`].
    pub(super) fn level(&self, document: usize, topic: ArrayView1<'_, f32>) -> f32 {
        let others = self.sample.iter().filter(|(other, _)| *other != document);
        let mut cosines: Vec<f32> = others.map(|(_, other)| topic.dot(other)).collect();
        cosines.sort_unstable_by(f32::total_cmp);
        let nearer = &cosines[cosines.len() / 2..];
        let mean = nearer.iter().sum::<f32>() / nearer.len().max(1) as f32;
        let count = cosines.len() as f32;
        ((count * mean + USUAL_WEIGHT * USUAL) / (count + USUAL_WEIGHT)).min(HIGHEST)
    }

    /// The next number of a xorshift generator (Marsaglia 2003).
    fn random(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_is_that_of_the_nearer_half_and_at_first_the_usual_one() {
        let mut news = Newsroom::default();
        let topic = Array1::from_vec(vec![1.0, 0.0]);
        assert_eq!(news.level(0, topic.view()), USUAL);
        for document in 0..SAMPLE {
            let away = if document % 2 == 0 { vec![0.5, 0.75_f32.sqrt()] } else { vec![-1.0, 0.0] };
            news.see(document, &Array1::from_vec(away));
        }
        let level = news.level(SAMPLE, topic.view());
        assert!((0.45..0.5).contains(&level), "{level}");
    }

    #[test]
    fn few_documents_are_no_picture_of_the_news_and_many_are_a_sample() {
        let mut news = Newsroom::default();
        let topic = Array1::from_vec(vec![1.0, 0.0]);
        (0..8).for_each(|document| news.see(document, &topic));
        assert!(news.level(0, topic.view()) < 0.4);
        (8..5000).for_each(|document| news.see(document, &topic));
        assert_eq!(news.level(0, topic.view()), HIGHEST);
        assert_eq!(news.sample.len(), SAMPLE);
    }
}
