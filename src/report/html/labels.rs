//! The words of the page in each language, read from `labels.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The language of the page until its reader chooses another, and of the messages of findings.
pub(super) const FIRST_LANGUAGE: &str = "en";

/// A label's words by language code.
type Words = BTreeMap<String, String>;

static LABELS: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| toml::from_str(include_str!("labels.toml")).unwrap_or_default());

/// The words of a label in [`FIRST_LANGUAGE`]; the key itself where there are none.
pub(super) fn english(key: &'static str) -> &'static str {
    find(key).map_or(key, |(_, words)| words)
}

/// The key and the words of a label that may not exist, e.g. that of a check made by others.
pub(super) fn find(key: &str) -> Option<(&'static str, &'static str)> {
    let (key, words) = LABELS.get_key_value(key)?;
    words.get(FIRST_LANGUAGE).map(|words| (key.as_str(), words.as_str()))
}

/// The codes and names of the languages that the page speaks.
pub(super) fn languages() -> Vec<(&'static str, &'static str)> {
    let names = LABELS.get("language-name");
    names.into_iter().flatten().map(|(code, name)| (code.as_str(), name.as_str())).collect()
}

/// All labels as JSON, `{"key": {"de": "…", …}, …}`, harmless inside a `script` element.
pub(super) fn json() -> String {
    // Strings without special keys always serialise.
    serde_json::to_string(&*LABELS).unwrap_or_default().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_words_in_every_language() {
        let codes: Vec<&str> = crate::lang::profiles().iter().map(|p| p.language.code()).collect();
        let labels: BTreeMap<String, Words> =
            toml::from_str(include_str!("labels.toml")).unwrap_or_else(|error| panic!("{error}"));
        for (key, words) in labels {
            assert_eq!(words.len(), codes.len(), "{key}");
            for code in &codes {
                assert!(words.get(*code).is_some_and(|w| !w.is_empty()), "{key} in {code}");
            }
        }
    }

    #[test]
    fn no_label_is_left_that_nothing_shows() {
        let mut sources = String::new();
        let mut folders = vec![std::path::PathBuf::from("src/report/html")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "rs" || e == "js") {
                    sources.push_str(&std::fs::read_to_string(path).unwrap());
                }
            }
        }
        for key in LABELS.keys() {
            let made = ["check-", "severity-", "reason-", "language-", "analysis-"]
                .iter()
                .any(|p| key.starts_with(p));
            assert!(made || sources.contains(&format!("\"{key}\"")), "{key} is never shown");
        }
    }
}
