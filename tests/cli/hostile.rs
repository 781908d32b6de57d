//! Texts and names that try to steer the terminal, the Markdown or the page that shows a report.

use crate::program::{Folder, Ran, parallax, sample};

const HOSTILE: &str = "\
\u{1b}]0;owned\u{7}Mayor \u{1b}[31mopens\u{1b}[0m the <script>alert(1)</script> bridge

The mayor opened the new bridge on Monday, \u{202e}said the city\u{202c}. The bridge cost | 12 million \
euros. \u{9b}2J See [this page](javascript:alert(2)) and <img src=x onerror=alert(3)> for more. \
The ```old``` bridge had been closed for three years.\u{85} # The **ferry** stopped on the same day.
";

/// Characters that no report for people may hold.
fn steers(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}')
}

fn assert_harmless(ran: &Ran) {
    for text in [&ran.stdout, &ran.stderr] {
        let found = text.chars().find(|&character| steers(character));
        assert_eq!(found, None, "{text}");
    }
}

#[test]
fn hostile_texts_are_shown_harmless() {
    let folder = Folder::new();
    let path = folder.write("hostile.txt", HOSTILE);
    let other = folder.write("other.txt", HOSTILE.replace("12 million", "15 million"));
    for arguments in [
        ["compare", "-f", "terminal"],
        ["compare", "-f", "markdown"],
        ["inspect", "--stage", "text"],
        ["inspect", "--stage", "sentences"],
        ["inspect", "--stage", "facts"],
    ] {
        let ran = parallax(arguments.iter().copied().chain([path.as_str(), other.as_str()]));
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(ran.stdout.contains("bridge"), "{}", ran.stdout);
        assert_harmless(&ran);
    }
}

#[test]
fn markdown_shows_markup_of_the_inputs_as_text() {
    let folder = Folder::new();
    let path = folder.write("hostile.txt", HOSTILE);
    let other = folder.write("other.txt", HOSTILE.replace("12 million", "15 million"));
    let ran = parallax(["compare", "-f", "markdown", "--all", &path, &other]);
    for markup in ["<script", "<img", "[this page](", "```", "**ferry", "cost | 12"] {
        assert!(!ran.stdout.contains(markup), "{markup}: {}", ran.stdout);
    }
}

#[test]
fn json_keeps_hostile_texts_whole_and_escaped() {
    let folder = Folder::new();
    let path = folder.write("hostile.txt", HOSTILE);
    let ran = parallax(["compare", "-f", "json", &path]);
    assert_harmless(&ran);
    assert_eq!(ran.json()["documents"].as_array().unwrap().len(), 1);
}

#[cfg(unix)]
#[test]
fn hostile_file_names_are_shown_harmless() {
    let folder = Folder::new();
    let name = "a\u{1b}[31m\n\u{202e}<b>|x`.txt";
    let path = folder.write(name, HOSTILE);
    let bad = folder.write(&format!("empty{name}"), "");
    for format in ["terminal", "markdown", "json"] {
        let ran = parallax(["compare", "-f", format, &path, &bad, &sample("ferry-en.txt")]);
        assert_eq!(ran.code, Some(2));
        assert_harmless(&ran);
        assert!(format != "markdown" || !ran.stdout.contains("<b>|"), "{}", ran.stdout);
    }
    let ran = parallax(["compare", &folder.name("missing\u{1b}[2J.txt"), "-o", "/no\u{1b}c/x"]);
    assert_eq!(ran.code, Some(2));
    assert_harmless(&ran);
}

#[cfg(unix)]
#[test]
fn file_names_that_are_no_text_are_read() {
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new();
    let path = folder.path("x").with_file_name(OsStr::from_bytes(b"caf\xe9.txt"));
    std::fs::write(&path, HOSTILE).unwrap();
    let ran = parallax([OsString::from("compare"), "-f".into(), "json".into(), path.into()]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}
