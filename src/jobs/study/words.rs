//! Words of articles, counted by stem within their language.

use std::collections::{BTreeMap, HashMap};

use unicode_segmentation::UnicodeSegmentation;

use crate::align::Article;
use crate::lang::Language;
use crate::lang::stems::Stems;
use crate::study::material::Word;

/// Fewest letters of a word.
const LEAST_LETTERS: usize = 2;

/// Words of all articles.
pub(super) struct Words {
    /// Of each article, ascending: numbers of words with counts.
    pub(super) by_article: Vec<Vec<(u32, u32)>>,
    pub(super) vocabulary: Vec<Word>,
}

/// Counts the words of all articles.
pub(super) fn words(articles: &[Article]) -> Words {
    let mut counting = Counting::default();
    let by_article = articles.iter().map(|article| counting.article(article)).collect();
    let vocabulary = counting
        .forms
        .iter()
        .map(|(language, forms)| {
            let commonest =
                forms.iter().max_by(|one, other| one.1.cmp(other.1).then(other.0.cmp(one.0)));
            let form = commonest.map_or_else(String::new, |(form, _)| form.clone());
            Word { form, language: *language }
        })
        .collect();
    Words { by_article, vocabulary }
}

#[derive(Default)]
struct Counting {
    stems: HashMap<Language, Stems>,
    /// The number of each form of a language.
    numbers: HashMap<(Language, String), u32>,
    by_stem: HashMap<(Language, String), u32>,
    forms: Vec<(Language, BTreeMap<String, u32>)>,
}

impl Counting {
    fn article(&mut self, article: &Article) -> Vec<(u32, u32)> {
        let language = article.document.language;
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        // A sentence in another language has words of that language, which are not compared here.
        let own = article.sentences.iter().filter(|sentence| sentence.language == language);
        for sentence in own {
            for word in sentence.text(&article.document).unicode_words() {
                let letters = word.chars().filter(|character| character.is_alphabetic()).count();
                if letters >= LEAST_LETTERS {
                    let number = self.number(language, word);
                    *counts.entry(number).or_default() += 1;
                }
            }
        }
        counts.into_iter().collect()
    }

    fn number(&mut self, language: Language, word: &str) -> u32 {
        let form = word.to_lowercase();
        let key = (language, form);
        let number = match self.numbers.get(&key) {
            Some(&number) => number,
            None => {
                let stems = self.stems.entry(language).or_insert_with(|| Stems::of(language));
                let stem = stems.stem(&key.1);
                let forms = &mut self.forms;
                let number = *self.by_stem.entry((language, stem)).or_insert_with(|| {
                    forms.push((language, BTreeMap::new()));
                    u32::try_from(forms.len() - 1).unwrap_or(u32::MAX)
                });
                self.numbers.insert(key.clone(), number);
                number
            }
        };
        if let Some((_, forms)) = self.forms.get_mut(number as usize) {
            *forms.entry(key.1).or_default() += 1;
        }
        number
    }
}
