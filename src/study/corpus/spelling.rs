//! Names spelled in several ways: `The Guardian`, `the guardian` and `THE GUARDIAN` are one outlet.

use std::collections::BTreeMap;

use any_ascii::any_ascii;

/// Endings of hosts that a name may have or not.
const HOST_ENDINGS: [&str; 8] = ["com", "org", "net", "de", "lt", "ru", "uk", "eu"];

/// Gives all spellings of a name the commonest one. Returns what was done, and which names may be the same.
pub(super) fn unify<'v>(
    what: &str,
    values: impl Iterator<Item = &'v mut Option<String>>,
) -> Vec<String> {
    let mut values: Vec<&mut String> = values.filter_map(Option::as_mut).collect();
    let mut spellings: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for value in &mut values {
        **value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        *spellings.entry(folded(value)).or_default().entry((**value).clone()).or_default() += 1;
    }
    let commonest: BTreeMap<&String, &String> = spellings
        .iter()
        .filter_map(|(fold, names)| Some((fold, names.iter().max_by_key(|(_, count)| **count)?.0)))
        .collect();
    for value in values {
        if let Some(name) = commonest.get(&folded(value)) {
            value.clone_from(name);
        }
    }
    let mut notes = Vec::new();
    for (fold, names) in spellings.iter().filter(|(_, names)| names.len() > 1) {
        let all: Vec<String> = names.keys().map(|name| format!("“{name}”")).collect();
        let kept = commonest.get(fold).map_or("", |name| name);
        notes.push(format!("{what}s {} are taken for one, “{kept}”", all.join(" and ")));
    }
    notes.extend(look_alikes(what, &commonest));
    notes
}

/// Names that differ by an article or the ending of a host alone: told, not joined.
fn look_alikes(what: &str, names: &BTreeMap<&String, &String>) -> Vec<String> {
    let mut cores: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in names.values() {
        cores.entry(core(name)).or_default().push(name);
    }
    let alike = cores.into_values().filter(|names| names.len() > 1);
    alike
        .map(|names| {
            let all: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
            format!(
                "{what}s {} look like one and count as {}; give them one name if they are",
                all.join(" and "),
                names.len()
            )
        })
        .collect()
}

/// A name without case, accents, blanks and signs.
fn folded(name: &str) -> String {
    let plain: String =
        any_ascii(name).to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    // A name that is all signs stays itself.
    if plain.is_empty() { name.to_owned() } else { plain }
}

fn core(name: &str) -> String {
    let lower = any_ascii(name).to_lowercase();
    let mut words: Vec<&str> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() > 1 && matches!(words[0], "the" | "www") {
        words.remove(0);
    }
    if words.len() > 1 && words.last().is_some_and(|last| HOST_ENDINGS.contains(last)) {
        words.pop();
    }
    words.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unified(names: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut values: Vec<Option<String>> = names.iter().map(|n| Some((*n).to_owned())).collect();
        let notes = unify("outlet", values.iter_mut());
        (values.into_iter().flatten().collect(), notes)
    }

    #[test]
    fn spellings_of_one_name_are_joined_and_told() {
        let (names, notes) = unified(&["LRT", "Lrt ", "LRT", "Žinios", "Zinios", "Žinios"]);
        assert_eq!(names, ["LRT", "LRT", "LRT", "Žinios", "Žinios", "Žinios"]);
        assert_eq!(notes.len(), 2, "{notes:?}");
    }

    #[test]
    fn names_that_look_alike_are_told_and_kept() {
        let (names, notes) = unified(&["Delfi", "delfi.lt", "The Post", "Post"]);
        assert_eq!(names, ["Delfi", "delfi.lt", "The Post", "Post"]);
        assert_eq!(notes.len(), 2, "{notes:?}");
        assert!(notes[0].contains("look like one"), "{notes:?}");
    }
}
