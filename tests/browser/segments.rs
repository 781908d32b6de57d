//! The page of `check`.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::json;
use tempfile::TempDir;

use crate::chromium::Page;
use crate::{check_access, on_page, set, shown};

/// A folder with the page of a translation in `report.html`.
fn checked(table: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.tsv"), table).unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["check", "--quiet", "--langs", "en,lt", "-o"])
        .arg(folder.path().join("report.html"))
        .arg(folder.path().join("a.tsv"))
        .status()
        .unwrap();
    assert!(status.success());
    folder
}

static TRANSLATION: LazyLock<TempDir> = LazyLock::new(|| {
    checked(
        "id\tsource\ttarget\n\
         a\tTwelve boats left at noon.\tVidurdienį išplaukė trylika valčių.\n\
         b\tThe sea is calm.\tJūra rami.\n\
         c\tIs the harbour open?\tUostas atidarytas\n\
         d\tSave changes before closing the window?\tSave changes before closing the window?\n\
         e\t</script><script>alert(1)</script> The ferry <img src=x onerror=alert(2)>.\tKeltas </main>.\n",
    )
});

fn on_translation(name: &str, fragment: &str, test: impl FnOnce(&mut Page)) {
    let folder = || -> &'static Path { TRANSLATION.path() };
    on_page(name, &folder, fragment, test);
}

#[test]
fn nothing_serious_hinders_access() {
    let name = "segments::nothing_serious_hinders_access";
    on_translation(name, "", |page| check_access(name, page));
}

#[test]
fn segments_are_filtered_and_sorted() {
    on_translation("segments_are_filtered_and_sorted", "", |page| {
        let found = shown(page, ".segment");
        assert!((3..5).contains(&found), "those with findings: {found}");
        set(page, "#view", "value", &json!("everything"));
        assert_eq!(shown(page, ".segment"), 5);
        set(page, "#score", "value", &json!(0));
        assert_eq!(shown(page, ".segment"), 1, "the copy scores nothing");
        page.point_at("#filters [type=reset]", true);
        page.wait_for(&format!(
            "document.querySelectorAll('.segment:not(.filtered)').length === {found}"
        ));

        set(page, "input[name=checks][value=copied]", "checked", &json!(true));
        assert_eq!(shown(page, ".segment"), 1);
        assert_eq!(shown(page, ".told li"), 1);
        page.point_at("#filters [type=reset]", true);
        set(page, "#severity", "value", &json!("critical"));
        assert_eq!(shown(page, ".segment"), 1);
        page.point_at("#filters [type=reset]", true);

        set(page, "#search", "value", &json!("VALČIŲ"));
        assert_eq!(shown(page, ".segment"), 1);
        assert!(page.value("CSS.highlights.get('found').size").as_u64().unwrap() > 0);
        set(page, "#search", "value", &json!(""));

        set(page, "#order", "value", &json!("score"));
        let scores = page.value(
            "[...document.querySelectorAll('.segment:not(.filtered)')].map(s => Number(s.dataset.score))",
        );
        let scores: Vec<f64> =
            scores.as_array().unwrap().iter().map(|s| s.as_f64().unwrap()).collect();
        assert!(scores.is_sorted(), "{scores:?}");
    });
}

#[test]
fn marks_and_keys_lead_to_what_was_found() {
    on_translation("marks_and_keys_lead_to_what_was_found", "", |page| {
        let id = page.value("document.querySelector('mark[data-f]').dataset.f");
        page.point_at("mark[data-f]", true);
        page.wait_for(&format!("document.activeElement.id === {id}"));
        page.press("n");
        page.press("/");
        assert_eq!(page.value("document.activeElement.id"), "search");
        // A segment without findings that is asked for by its address comes back.
        page.value("location.hash = '#s2'");
        page.wait_for("document.activeElement.id === 's2'");
        assert_eq!(shown(page, "#s2"), 1);
    });
}

#[test]
fn the_translation_page_speaks_four_languages_in_light_and_dark() {
    on_translation("the_translation_page_speaks_four_languages_in_light_and_dark", "", |page| {
        for (code, title) in [
            ("de", "Übersetzungsprüfung"),
            ("lt", "Vertimo patikra"),
            ("ru", "Проверка перевода"),
            ("en", "Translation check"),
        ] {
            set(page, "#language", "value", &json!(code));
            let said = page.value(
                "[document.documentElement.lang, document.querySelector('h1').textContent, document.title]",
            );
            assert_eq!(said, json!([code, title, title]));
        }
        let paper = "getComputedStyle(document.body).backgroundColor";
        set(page, "#theme", "value", &json!("light"));
        let light = page.value(paper);
        set(page, "#theme", "value", &json!("dark"));
        assert_ne!(page.value(paper), light);
    });
}

#[test]
fn hostile_segments_do_nothing() {
    on_translation("hostile_segments_do_nothing", "", |page| {
        assert_eq!(page.value("document.querySelectorAll('img').length"), 0);
        assert_eq!(page.value("document.scripts.length"), 2);
        assert_eq!(page.value("document.documentElement.scrollWidth <= innerWidth"), true);
    });
}
