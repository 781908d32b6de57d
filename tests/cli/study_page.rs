//! The page of a study: one file that loads nothing, whose numbers lead to sentences, in which texts of strangers stay text.

use std::collections::HashSet;
use std::fs;

use crate::html::{assert_closed, parsed};
use crate::program::Folder;
use crate::study::{corpus, study};

fn page(csv: &str, options: &[&str]) -> String {
    let folder = Folder::new();
    let path = folder.write("corpus.csv", csv);
    let ran =
        study(&path, &folder, &[&["--permutations", "199", "--draws", "199"], options].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    fs::read_to_string(folder.path("results/report.html")).unwrap()
}

#[test]
fn every_number_leads_to_sentences() {
    let page = page(&corpus(), &["--by", "outlet"]);
    assert_closed(&page);
    parsed(&page, |document| {
        let ids: HashSet<&str> =
            document.descendants().filter_map(|node| node.attribute("id")).collect();
        let rows = document.descendants().filter(|node| node.attribute("data-analysis").is_some());
        assert!(rows.count() > 12);
        let links: Vec<&str> = document
            .descendants()
            .filter_map(|node| node.attribute("href"))
            .map(|link| link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads away")))
            .collect();
        assert!(links.len() > 20, "{links:?}");
        links.iter().for_each(|link| assert!(ids.contains(link), "{link}"));
        let behind = document
            .descendants()
            .filter(|node| node.has_tag_name("details") && node.attribute("data-test").is_some());
        for test in behind {
            let quotes = test.descendants().filter(|node| node.has_tag_name("blockquote"));
            assert!(quotes.count() > 0, "{:?}", test.attribute("id"));
        }
        let plates = document.descendants().filter(|n| n.attribute("class") == Some("plate"));
        assert!(plates.count() >= 5);
    });
    // What one outlet never tells stands behind its omission rate.
    let (_, omissions) = page.split_once("omission rate · Courier").unwrap();
    let (omissions, _) = omissions.split_once("</details>").unwrap();
    assert!(
        omissions.contains("without a permit") || omissions.contains("no permit"),
        "{omissions}"
    );
}

#[test]
fn hostile_texts_stay_text() {
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    let csv = corpus()
        .replace("Herald", &hostile.replace('"', ""))
        .replace("Fire in Hull", "</svg><svg onload=alert(3)>\u{202e}Hull");
    let page = page(&csv, &["--by", "outlet"]);
    assert_closed(&page);
    for forbidden in ["<script>alert", "<img", "<svg onload", "\u{202e}"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)"), "it is shown");
}

#[test]
fn a_study_that_compares_nothing_has_a_page() {
    let page = page("text,outlet\nThe harbour of Hull burned.,A\n", &["--by", "outlet"]);
    assert_closed(&page);
    assert!(page.contains("Nothing could be compared."), "{page}");
}
