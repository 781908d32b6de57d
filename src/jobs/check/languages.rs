//! Which languages a translation is in, where neither the user nor the file says.

use std::collections::HashMap;

use crate::ingest::language::{Detection, detect};
use crate::lang::Language;
use crate::translation::{Segment, Side};

/// Characters of text that a guess looks at.
const SAMPLE: usize = 20_000;

/// The languages of the sides, guessed from the first segments that have text.
#[derive(Default)]
pub(super) struct Guess {
    source: Option<Language>,
    target: Option<Language>,
}

impl Guess {
    /// Gives the sides without a language that of the rest of the file.
    pub(super) fn fill(&mut self, segments: &mut [Segment]) {
        let source = self.source.or_else(|| guess(segments, |segment| &segment.source));
        let target = self.target.or_else(|| guess(segments, |segment| &segment.target));
        // Where most of the translation is the source again, its own language cannot be told.
        let target = target.filter(|_| source != target || !mostly_copies(segments));
        (self.source, self.target) = (source, target);
        for segment in segments {
            for (side, known) in [(&mut segment.source, source), (&mut segment.target, target)] {
                if side.language == Language::UNKNOWN {
                    side.language = known.unwrap_or(Language::UNKNOWN);
                }
            }
        }
    }
}

/// Whether most of the segments with text on both sides say the same on both.
fn mostly_copies(segments: &[Segment]) -> bool {
    let texts =
        segments.iter().map(|segment| (segment.source.text.trim(), segment.target.text.trim()));
    let full: Vec<_> =
        texts.filter(|(source, target)| !source.is_empty() && !target.is_empty()).collect();
    2 * full.iter().filter(|(source, target)| source == target).count() > full.len()
}

/// The language of most of the text on one side; nothing where no side is open or no text speaks for any.
///
/// Each segment votes with its letters: a file of which half was left untranslated would as one text be taken
/// for either.
fn guess(segments: &[Segment], side: fn(&Segment) -> &Side) -> Option<Language> {
    let open = segments.iter().map(side).filter(|side| side.language == Language::UNKNOWN);
    let mut votes: HashMap<Language, f64> = HashMap::new();
    let mut looked_at = 0;
    for side in open {
        if looked_at > SAMPLE {
            break;
        }
        looked_at += side.text.len();
        let Detection { language, confidence } = detect(&side.text);
        if language != Language::UNKNOWN {
            *votes.entry(language).or_default() += f64::from(confidence) * side.text.len() as f64;
        }
    }
    votes.into_iter().max_by(|one, other| one.1.total_cmp(&other.1)).map(|vote| vote.0)
}
