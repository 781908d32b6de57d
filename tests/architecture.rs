//! The modules form a stack: a file uses only modules below its own. This test reads the sources.

// A source that cannot be read fails the test, as it should.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// The stack of the library, the top first.
const STACK: [&str; 17] = [
    "jobs",
    "report",
    "differences",
    "translation",
    "study",
    "align",
    "wording",
    "facts",
    "segment",
    "ingest",
    "embed",
    "calendar",
    "cache",
    "finding",
    "text",
    "lang",
    "error",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The module a file belongs to: the first part of its path.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap();
    let first = inside.iter().next().unwrap().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that code (no comment) of a file names after `crate::`.
fn used_modules(text: &str) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        for after in code.split("crate::").skip(1) {
            let group = after.strip_prefix('{').map(|rest| rest.split('}').next().unwrap_or(rest));
            let names: Vec<&str> = match group {
                Some(group) => group.split(',').collect(),
                None => vec![after],
            };
            for name in names {
                let name: String = name
                    .trim()
                    .chars()
                    .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                    .collect();
                used.push((number + 1, name));
            }
        }
    }
    used
}

fn level(module: &str) -> Option<usize> {
    STACK.iter().position(|&known| known == module)
}

#[test]
fn a_module_uses_only_modules_below_it() {
    let mut wrong = Vec::new();
    for path in sources(&root()) {
        let module = module_of(&path);
        let Some(own) = level(&module) else { continue };
        for (line, used) in used_modules(&fs::read_to_string(&path).unwrap()) {
            if level(&used).is_some_and(|other| other < own) {
                wrong.push(format!("{}:{line}: {module} uses {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_of_the_library_has_a_place_in_the_stack() {
    let library = fs::read_to_string(root().join("lib.rs")).unwrap();
    for line in library.lines() {
        if let Some(module) = line.strip_prefix("pub mod ") {
            let module = module.trim_end_matches(';');
            assert!(level(module).is_some(), "{module} is not in STACK");
        }
    }
}

#[test]
fn the_library_has_no_side_doors() {
    let doors =
        ["println!", "eprintln!", "process::exit", "SystemTime::now", "Instant::now", "env::var"];
    for path in sources(&root()) {
        let module = module_of(&path);
        if level(&module).is_none() {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            for door in doors {
                let place = format!("{}:{}", path.display(), number + 1);
                assert!(!code.contains(door), "{place}: the library uses {door}");
            }
        }
    }
}

#[test]
fn code_names_no_language() {
    for path in sources(&root()) {
        let module = module_of(&path);
        if module == "lang" || level(&module).is_none() {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        for (number, line) in code.lines().enumerate() {
            let line = line.split("//").next().unwrap_or("");
            for code in ["\"de\"", "\"lt\"", "\"en\"", "\"ru\""] {
                let asks = line.contains("==") || line.contains("=>") || line.contains("matches!");
                let place = format!("{}:{}", path.display(), number + 1);
                assert!(!(asks && line.contains(code)), "{place}: {code} belongs into src/lang");
            }
        }
    }
}

#[test]
fn files_open_by_saying_what_lives_there() {
    for path in sources(&root()) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} has no opening line", path.display());
    }
}

#[test]
fn the_reader_sees_what_a_file_uses() {
    let text = "use crate::{error::Error, text};\n// crate::jobs\nlet x = crate::lang::profiles();";
    let used: Vec<String> = used_modules(text).into_iter().map(|(_, name)| name).collect();
    assert_eq!(used, ["error", "text", "lang"]);
}
