//! Places: the countries that two documents name.

use std::collections::BTreeSet;

use crate::align::Article;
use crate::facts::{Fact, Value, places};
use crate::text::Sentence;

/// Countries that both name, by themselves or by their capitals (Dice), 0..1; 0 where neither names any. The country that the
/// press in a language is at home in is left out: nearly every article names it.
pub(super) fn shared_countries(left: &Article, right: &Article) -> f32 {
    let (left, right) = (countries(left), countries(right));
    let both = left.intersection(&right).count() as f32;
    2.0 * both / (left.len() + right.len()).max(1) as f32
}

fn countries(article: &Article) -> BTreeSet<&'static str> {
    let of_sentence = |(sentence, facts): (&Sentence, &Vec<Fact>)| -> Vec<&'static str> {
        let names = facts.iter().filter_map(|fact| match &fact.value {
            Value::Name(name) => Some(&name.name),
            _ => None,
        });
        let home = sentence.language.profile().map_or("", |profile| &profile.names.home);
        let country = |name: &String| places::country(name, sentence.language);
        names.filter_map(country).filter(|code| *code != home).collect()
    };
    article.sentences.iter().zip(&article.facts).flat_map(of_sentence).collect()
}
