//! The page of `check`: one file that loads nothing, in which texts of strangers stay text.

use std::collections::HashSet;

use roxmltree::Document;

use crate::html::{assert_closed, parsed};
use crate::program::{Folder, parallax};

fn page(table: &str) -> String {
    let folder = Folder::new();
    let file = folder.write("a.tsv", table);
    let ran = parallax(["check", &file, "-f", "html", "--langs", "en,lt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.stdout
}

const TABLE: &str = "id\tsource\ttarget\n\
     a\tTwelve boats left at noon.\tVidurdienį išplaukė trylika valčių.\n\
     b\tThe sea is calm.\tJūra rami.\n\
     c\tThe old mill burned down on Friday, although the brigade came with forty men.\tPenktadienį sudegė malūnas\n";

#[test]
fn every_segment_is_shown_with_its_findings_and_marks() {
    let page = page(TABLE);
    assert_closed(&page);
    parsed(&page, |document| {
        let with_class = |class: &str| {
            let has = |node: &roxmltree::Node<'_, '_>| {
                node.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class))
            };
            document.descendants().filter(has).count()
        };
        assert_eq!(with_class("segment"), 3);
        assert!(with_class("risk") > 0, "words at risk are marked");
        let notes: Vec<_> =
            document.descendants().filter(|node| node.attribute("data-check").is_some()).collect();
        let checks: HashSet<&str> =
            notes.iter().filter_map(|node| node.attribute("data-check")).collect();
        assert!(checks.is_superset(&HashSet::from(["number-mismatch", "punctuation"])));
        assert_marks_lead_to_notes(document);
    });
}

/// Every mark names findings that are on the page, and ids are unique.
fn assert_marks_lead_to_notes(document: &Document<'_>) {
    let mut ids = HashSet::new();
    for id in document.descendants().filter_map(|node| node.attribute("id")) {
        assert!(ids.insert(id), "{id} twice");
    }
    let marks = document.descendants().filter_map(|node| node.attribute("data-f"));
    for id in marks.flat_map(|ids| ids.split(' ')) {
        assert!(ids.contains(id), "{id}");
    }
}

#[test]
fn hostile_segments_stay_text() {
    let hostile = "id\tsource\ttarget\n\
         \"><img src=x onerror=alert(1)>\tThe <script>alert(1)</script> 12 boats.\t</script><svg onload=alert(2)> 13 valčių \u{202e}abc.\n";
    let page = page(hostile);
    assert_closed(&page);
    assert!(!page.contains("<img") && !page.contains("<svg onload"));
    assert!(!page.contains('\u{202e}'));
}

#[test]
fn the_format_follows_from_the_ending() {
    let folder = Folder::new();
    let file = folder.write("a.tsv", TABLE);
    let out = folder.name("out.html");
    let ran = parallax(["check", &file, "-o", &out]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    assert!(std::fs::read_to_string(out).unwrap().starts_with("<!DOCTYPE html>"));
}
