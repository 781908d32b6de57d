//! The page of `compare`: one file that loads nothing, in which texts of strangers stay text.

use std::collections::HashSet;
use std::fs;
use std::sync::LazyLock;

use roxmltree::{Document, Node, ParsingOptions};
use sha2::{Digest, Sha256};

use crate::program::{Folder, parallax, sample, samples};

static PAGE: LazyLock<String> = LazyLock::new(|| page(&samples()));

fn page(inputs: &[String]) -> String {
    let ran = parallax(["compare", "-f", "html"].map(str::to_owned).iter().chain(inputs));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.stdout
}

/// The content of the only element with this tag, e.g. `style`, as it stands.
fn content<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let (_, rest) = page.rsplit_once(start).unwrap_or_else(|| panic!("no {start}"));
    rest.split_once(end).unwrap_or_else(|| panic!("no {end}")).0
}

/// The page without style and script, which are no XML.
fn markup(page: &str) -> String {
    let style = content(page, "<style>", "</style>");
    let script = content(page, "<script>", "</script>");
    page.replace(style, "").replace(script, "")
}

/// Calls `look` with the parsed page.
pub(crate) fn parsed(page: &str, look: impl FnOnce(&Document<'_>)) {
    let markup = markup(page);
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&markup, options);
    look(&document.unwrap_or_else(|error| panic!("the page is not well formed: {error}")));
}

fn elements<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Node<'d, 'd>> {
    document.root_element().descendants().filter(Node::is_element)
}

/// What the page may hold: nothing that loads, runs or leads out of it.
pub(crate) fn assert_closed(page: &str) {
    parsed(page, |document| {
        for element in elements(document) {
            let tag = element.tag_name().name();
            let forbidden = ["img", "iframe", "object", "embed", "link", "base", "image", "use"];
            assert!(!forbidden.contains(&tag), "{tag}");
            for attribute in element.attributes() {
                let (name, value) = (attribute.name(), attribute.value());
                assert!(
                    !name.starts_with("on") && name != "style" && name != "src",
                    "{tag} {name}"
                );
                assert!(name != "href" || value.starts_with('#'), "{tag} {value}");
            }
        }
        let scripts = elements(document).filter(|e| e.has_tag_name("script")).count();
        assert_eq!(scripts, 2, "the labels and the program");
    });
}

#[test]
fn the_page_loads_nothing_and_leads_nowhere() {
    assert!(PAGE.starts_with("<!DOCTYPE html>\n<html lang=\"en\" data-title=\"title\">"));
    assert_closed(&PAGE);
}

#[test]
fn ids_are_unique_and_links_lead_to_them() {
    parsed(&PAGE, |document| {
        let mut ids = HashSet::new();
        for id in elements(document).filter_map(|element| element.attribute("id")) {
            assert!(ids.insert(id), "{id} twice");
        }
        for element in elements(document) {
            if let Some(target) = element.attribute("href") {
                assert!(ids.contains(&target[1..]), "{target}");
            }
            for name in element.attribute("aria-labelledby").unwrap_or_default().split(' ') {
                assert!(name.is_empty() || ids.contains(name), "{name}");
            }
        }
    });
}

#[test]
fn the_policy_allows_the_script_and_style_of_the_page_only() {
    let encoded = |text: &str| {
        // As a browser computes it: SHA-256 of the element's text, in base64.
        let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let bits: String = Sha256::digest(text).iter().map(|byte| format!("{byte:08b}")).collect();
        let mut encoded = String::new();
        for group in bits.as_bytes().chunks(6) {
            let group = format!("{:0<6}", std::str::from_utf8(group).unwrap());
            encoded.push(char::from(digits[usize::from_str_radix(&group, 2).unwrap()]));
        }
        format!("'sha256-{encoded}='")
    };
    let script = encoded(content(&PAGE, "<script>", "</script>"));
    let style = encoded(content(&PAGE, "<style>", "</style>"));
    parsed(&PAGE, |document| {
        let policy = elements(document)
            .find(|element| element.attribute("http-equiv") == Some("Content-Security-Policy"))
            .and_then(|element| element.attribute("content"))
            .unwrap();
        let rules: Vec<&str> = policy.split("; ").collect();
        for rule in ["default-src 'none'", "base-uri 'none'", "form-action 'none'"] {
            assert!(rules.contains(&rule), "{policy}");
        }
        assert!(rules.contains(&format!("script-src {script}").as_str()), "{policy}");
        assert!(rules.contains(&format!("style-src {style}").as_str()), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    });
}

#[test]
fn the_page_shows_all_that_the_report_holds() {
    let ran = parallax(["compare", "-f", "json"].map(str::to_owned).iter().chain(&samples()));
    let report = ran.json();
    let list = |value: &serde_json::Value, field: &str| value[field].as_array().unwrap().clone();
    parsed(&PAGE, |document| {
        let ids: HashSet<&str> = elements(document).filter_map(|e| e.attribute("id")).collect();
        let is_shown = |entry: &serde_json::Value| ids.contains(entry["id"].as_str().unwrap());
        for field in ["documents", "claims", "events", "stories", "findings"] {
            assert!(list(&report, field).iter().all(is_shown), "{field}");
        }
        for document in list(&report, "documents") {
            assert!(list(&document, "sentences").iter().all(is_shown), "{document}");
        }
        // Every finding that sets two values against each other marks both where they stand.
        let marked: HashSet<&str> = elements(document)
            .filter(|element| element.has_tag_name("mark"))
            .flat_map(|element| element.attribute("data-f").unwrap().split(' '))
            .collect();
        for finding in list(&report, "findings") {
            let id = finding["id"].as_str().unwrap();
            assert!(finding["values"].is_null() || marked.contains(id), "{id}");
        }
    });
}

#[test]
fn hostile_texts_stay_text() {
    let folder = Folder::new();
    let hostile = |number: u32| {
        format!(
            "</title><script>alert(1)</script> \"onmouseover=\"alert(2) bridge\n\n\
             The mayor opened the {number} bridges on Monday. </span></td></table>\
             <img src=x onerror=alert(3)><a href=\"javascript:alert(4)\">more</a> &lt;b&gt; \
             <!-- </style></script> --> It cost {number} million euros, \u{202e}said the city\u{202c}.\n\n\
             {} was the name of the ship that could not pass below it for 12 years.\n",
            "x".repeat(10_000)
        )
    };
    let name = "a\"><script>alert(5)</script>.txt";
    let inputs = [folder.write(name, hostile(12)), folder.write("other.txt", hostile(15))];
    let page = page(&inputs);
    assert_closed(&page);
    assert!(!page.chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')));
    parsed(&page, |document| {
        let text: String = document.root_element().descendants().filter_map(|n| n.text()).collect();
        for part in ["<img src=x onerror=alert(3)>", "&lt;b&gt;", "</style></script>", name] {
            assert!(text.contains(part), "{part} is lost");
        }
    });
}

#[test]
fn twenty_articles_stay_below_two_megabytes() {
    let folder = Folder::new();
    let inputs: Vec<String> = (0..20)
        .map(|number| {
            let text = fs::read_to_string(&samples()[number % 8]).unwrap();
            folder.write(&format!("{number}.md"), format!("{text}\n\nEdition {number}.\n"))
        })
        .collect();
    let size = page(&inputs).len();
    assert!(size < 2_000_000, "{size} bytes");
}

#[test]
fn a_page_of_one_article_or_none_is_a_page() {
    let folder = Folder::new();
    assert_closed(&page(&[sample("ferry-en.txt")]));
    let ran = parallax(["compare", "-f", "html", &folder.write("empty.txt", "")]);
    assert_eq!(ran.code, Some(2));
    assert_closed(&ran.stdout);
    assert!(ran.stdout.contains("empty.txt"));
}

#[cfg(unix)]
#[test]
fn open_hands_the_page_to_the_browser() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let seen = folder.name("seen");
    let browser = folder.write("bin/xdg-open", format!("#!/bin/sh\nprintf %s \"$1\" > {seen}\n"));
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let open = |arguments: &[&str]| {
        let path = format!("{}:/usr/bin:/bin", folder.name("bin"));
        let mut command = crate::program::command();
        command.args(["compare", &sample("ferry-en.txt"), &sample("ferry-de.md"), "--open"]);
        command.args(arguments).env("PATH", path).env("TMPDIR", folder.name(""));
        crate::program::run(&mut command, b"")
    };
    let report = folder.name("report.html");
    let ran = open(&["-o", &report]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    assert!(ran.stderr.contains(&report), "{}", ran.stderr);
    if cfg!(target_os = "linux") {
        // The browser is not waited for.
        let told = (0..200).find_map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(50));
            fs::read_to_string(&seen).ok().filter(|path| !path.is_empty())
        });
        assert_eq!(told.as_deref(), Some(report.as_str()));
    }
    // Without a name it goes into a file of its own, and a second run into another.
    let ran = open(&[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let (_, path) = ran.stderr.trim().rsplit_once(" in ").unwrap();
    assert!(fs::read_to_string(path).unwrap().starts_with("<!DOCTYPE html>"), "{path}");

    for wrong in [["-f", "json"], ["-o", "-"]] {
        let ran = open(&wrong);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains("--open"), "{}", ran.stderr);
    }
}

#[test]
fn findings_as_csv_hold_no_formula() {
    let folder = Folder::new();
    let text = |number: u32| {
        format!(
            "=cmd|'/C calc'!A0 the bridge\n\n=HYPERLINK(\"http://x\") cost {number} million euros \
             on Monday, said the mayor. @SUM(1+1) people came to the bridge. -2 degrees were \
             measured in the morning by the river.\n"
        )
    };
    let inputs = [folder.write("=a.txt", text(12)), folder.write("b.txt", text(15))];
    let ran = parallax(["compare", "-f", "csv"].map(str::to_owned).iter().chain(&inputs));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let mut lines = ran.stdout.split_terminator("\r\n");
    assert!(lines.next().unwrap().starts_with("id,check,severity,confidence,message,"));
    assert!(lines.clone().count() > 0, "{}", ran.stdout);
    for line in lines {
        for start in [",=", ",+", ",-", ",@", ",\"=", ",\"+", ",\"-", ",\"@"] {
            assert!(!line.contains(start), "{line}");
        }
    }
}
