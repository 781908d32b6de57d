//! The page of `study`.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::json;
use tempfile::TempDir;

use crate::chromium::Page;
use crate::{on_page, set, shown};

/// A folder with the page of a small study in `report.html`.
static STUDY: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let mut csv = "text,title,outlet,event\n".to_owned();
    for (event, place) in
        ["Hull", "Varna", "Genoa", "Bremen", "Odessa", "Gdansk", "Tallinn", "Lübeck", "Turku"]
            .iter()
            .enumerate()
    {
        let fire =
            format!("Fire destroyed a warehouse in the harbour of {place} on Tuesday night.");
        let hurt = format!("Nobody was hurt, the mayor of {place} told reporters.");
        csv += &format!("\"{fire} {hurt}\",Fire in {place},Herald,e{event}\n");
        csv += &format!("{fire},A warehouse burns in {place},Courier,e{event}\n");
    }
    fs::write(folder.path().join("corpus.csv"), csv).unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args([
            "study",
            "--quiet",
            "--by",
            "outlet",
            "--permutations",
            "199",
            "--draws",
            "199",
            "-o",
        ])
        .arg(folder.path())
        .arg(folder.path().join("corpus.csv"))
        .status()
        .unwrap();
    assert!(status.success());
    folder
});

fn on_study(name: &str, fragment: &str, test: impl FnOnce(&mut Page)) {
    let folder = || -> &'static Path { STUDY.path() };
    on_page(name, &folder, fragment, test);
}

#[test]
fn numbers_open_their_sentences() {
    on_study("numbers_open_their_sentences", "", |page| {
        page.point_at(".comparisons td a", true);
        page.wait_for("document.querySelector('.behind details[open].current') !== null");
        page.press("n");
        page.wait_for("document.querySelectorAll('.behind details[open]').length === 2");
    });
}

#[test]
fn comparisons_sort_and_are_filtered() {
    on_study("comparisons_sort_and_are_filtered", "", |page| {
        let all = shown(page, ".comparisons tbody tr");
        assert!(all > 8, "{all}");
        set(page, "input[name=analyses][value=coverage]", "checked", &json!(true));
        assert_eq!(shown(page, ".analysis"), 1);
        page.point_at("#coverage th[data-sort=numbers] button", true);
        assert_eq!(
            page.value("document.querySelector('#coverage th[aria-sort]').ariaSort"),
            "descending"
        );
        page.point_at("#filters [type=reset]", true);
        set(page, "#search", "value", &json!("OMISSION"));
        assert_eq!(shown(page, ".comparisons tbody tr"), 1);
    });
}

#[test]
fn figures_tell_their_numbers() {
    on_study("figures_tell_their_numbers", "", |page| {
        page.point_at(".plate circle", false);
        page.wait_for("!document.querySelector('#tip').hidden");
        let told = page.value("document.querySelector('#tip').textContent");
        assert!(told.as_str().unwrap().contains('['), "{told}");
    });
}
