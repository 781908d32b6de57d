//! The pages of `compare`, `check` and `study` in a real browser. Skipped by name where there is no Chromium.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what is skipped is named")]

mod chromium;
mod segments;
mod shapes;
mod study;

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::time::Instant;

use serde_json::{Value, json};
use tempfile::TempDir;

use chromium::Page;

/// The page of the sample articles.
static SAMPLES: LazyLock<TempDir> = LazyLock::new(|| {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let mut names: Vec<String> = fs::read_dir(&samples)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .filter(|path| path.contains("/ferry-") || path.contains("/talks-"))
        .collect();
    names.sort();
    report(&names)
});

/// A folder with the page of these articles in `report.html`.
fn report(inputs: &[String]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(["compare", "--quiet", "-o"])
        .arg(folder.path().join("report.html"))
        .args(inputs)
        .status()
        .unwrap();
    assert!(status.success());
    folder
}

/// Runs a test on a page, or says that it cannot.
fn on_page(
    name: &str,
    folder: &dyn Fn() -> &'static Path,
    fragment: &str,
    test: impl FnOnce(&mut Page),
) {
    let Some(program) = chromium::program() else {
        println!("skipped {name}: no Chromium");
        return;
    };
    let mut page = Page::open(&program, &folder().join("report.html"), fragment);
    test(&mut page);
    assert!(page.complaints.is_empty(), "{:?}", page.complaints);
}

fn on_samples(name: &str, fragment: &str, test: impl FnOnce(&mut Page)) {
    on_page(name, &|| SAMPLES.path(), fragment, test);
}

/// Numbers of elements that a selector finds and that are shown.
const SHOWN: &str =
    "selector => [...document.querySelectorAll(selector)].filter(e => e.getClientRects().length)";

fn shown(page: &mut Page, selector: &str) -> u64 {
    page.value(&format!("({SHOWN})({}).length", json!(selector))).as_u64().unwrap()
}

/// The columns whose passages are highlighted.
fn lit_columns(page: &mut Page) -> Vec<Value> {
    let columns = page.value(
        "[...new Set([...document.querySelectorAll('.passage.lit')].map(p => p.id.split('.')[0]))].sort()",
    );
    columns.as_array().unwrap().clone()
}

/// The selector of a passage whose statement all four documents of its event make.
fn told_by_all(page: &mut Page) -> String {
    let id = page.value("document.querySelector('.synopsis tr.all .passage').id");
    format!("[id=\"{}\"]", id.as_str().unwrap())
}

#[test]
fn linked_passages_light_up_together() {
    on_samples("linked_passages_light_up_together", "", |page| {
        let passage = told_by_all(page);
        assert!(lit_columns(page).is_empty());
        page.point_at(&passage, false);
        assert_eq!(lit_columns(page).len(), 4, "on hover");
        page.point_at("footer", false);
        assert!(lit_columns(page).is_empty());

        page.point_at(&passage, true);
        page.point_at("footer", false);
        assert_eq!(lit_columns(page).len(), 4, "held by a click");
        page.press("Escape");
        assert!(lit_columns(page).is_empty(), "let go by Esc");

        // The click has given it the focus already.
        page.value("document.activeElement.blur()");
        page.value(&format!("document.querySelector({}).focus()", json!(passage)));
        assert_eq!(lit_columns(page).len(), 4, "on focus");
        let before = page.value("document.activeElement.closest('td').cellIndex");
        page.press("ArrowRight");
        let after = page.value("document.activeElement.closest('td').cellIndex");
        assert_ne!(before, after, "an arrow key leads to the linked passage");
        assert_eq!(lit_columns(page).len(), 4);
    });
}

/// Sets a control and tells the page.
fn set(page: &mut Page, selector: &str, property: &str, value: &Value) {
    page.value(&format!(
        "(() => {{ const e = document.querySelector({}); e[{}] = {value}; \
         e.dispatchEvent(new Event('input', {{ bubbles: true }})); \
         e.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()",
        json!(selector),
        json!(property)
    ));
    page.value("new Promise(done => setTimeout(done, 200))");
}

#[test]
fn filters_filter() {
    on_samples("filters_filter", "", |page| {
        let all = shown(page, ".finding");
        set(page, "#severity", "value", &json!("major"));
        let major = shown(page, ".finding");
        assert!(0 < major && major < all, "{major} of {all}");
        let graver = ".finding:is([data-severity=major], [data-severity=critical])";
        assert_eq!(major, shown(page, graver));

        set(page, "input[value=\"number-mismatch\"]", "checked", &json!(true));
        assert_eq!(shown(page, ".finding"), shown(page, ".finding[data-check=number-mismatch]"));
        set(page, "#confidence", "value", &json!("90"));
        let sure = shown(page, ".finding");
        assert!(0 < sure && sure < major, "{sure} of {major}");

        page.point_at("#filters [type=reset]", true);
        page.wait_for(&format!("({SHOWN})('.finding').length === {all}"));

        set(page, "input[name=documents][value=d2]", "checked", &json!(true));
        set(page, "input[name=documents][value=d3]", "checked", &json!(true));
        assert_eq!(shown(page, ".synopsis thead [data-d]"), 2, "columns of the articles chosen");
        assert_eq!(shown(page, ".matrix [data-d=d0]"), 0);
        page.point_at("#filters [type=reset]", true);
        page.wait_for(&format!("({SHOWN})('.finding').length === {all}"));

        set(page, "input[name=languages][value=lt]", "checked", &json!(true));
        assert_eq!(shown(page, ".synopsis thead [data-d]"), 2, "the Lithuanian columns");
        set(page, "input[name=languages][value=lt]", "checked", &json!(false));

        let rows = shown(page, ".synopsis tbody tr");
        set(page, "#search", "value", &json!("KLAIPĖDA"));
        let found = shown(page, ".synopsis tbody tr:not(.headlines)");
        assert!(0 < found && found < rows, "{found} of {rows}");
        assert!(page.value("CSS.highlights.get('found').size").as_u64().unwrap() > 0);
        set(page, "#search", "value", &json!(""));

        set(page, "#view", "value", &json!("all"));
        let shared = shown(page, ".synopsis tbody tr:not(.headlines)");
        assert_eq!(shared, shown(page, ".synopsis tr.all"));
    });
}

#[test]
fn a_deep_link_leads_to_its_finding() {
    on_samples("a_deep_link_leads_to_its_finding", "#f12", |page| {
        page.wait_for("document.querySelector('.finding.current')?.id === 'f12'");
        let in_view = "(() => { const b = document.getElementById('f12').getBoundingClientRect(); \
                       return b.top >= 0 && b.top < innerHeight; })()";
        page.wait_for(in_view);
        // A finding that is filtered out comes back.
        set(page, "#search", "value", &json!("no such words anywhere"));
        assert_eq!(shown(page, ".finding"), 0);
        page.value("location.hash = '#f3'");
        page.wait_for("document.querySelector('.finding.current')?.id === 'f3'");
        assert_eq!(shown(page, "#f3"), 1);
        // So does a passage.
        page.value("location.hash = '#d2.s4'");
        page.wait_for("document.activeElement.id === 'd2.s4'");
    });
}

#[test]
fn keys_lead_through_the_page() {
    on_samples("keys_lead_through_the_page", "", |page| {
        page.press("n");
        assert_eq!(page.value("document.activeElement.id"), "f0");
        page.press("n");
        assert_eq!(page.value("[document.activeElement.id, location.hash]"), json!(["f1", "#f1"]));
        page.press("p");
        assert_eq!(page.value("document.activeElement.id"), "f0");
        page.press("/");
        assert_eq!(page.value("document.activeElement.id"), "search");
        page.press("n");
        assert_eq!(page.value("document.activeElement.value"), "n", "typing is typing");
    });
}

#[test]
fn tables_sort_and_figures_tell_their_numbers() {
    on_samples("tables_sort_and_figures_tell_their_numbers", "", |page| {
        let numbers = "[...document.querySelectorAll('.sources tbody tr')].map(r => Number(r.cells[5].textContent))";
        page.point_at(".sources th:nth-child(6) button", true);
        let sorted = page.value(numbers);
        let sorted: Vec<u64> =
            sorted.as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
        assert!(sorted.is_sorted_by(|a, b| a >= b), "{sorted:?}");

        page.point_at(".likeness td[data-pair]", false);
        let lines = page.value("document.querySelectorAll('#tip:not([hidden]) div').length");
        assert_eq!(lines, 11, "seven scores, coverage both ways, links, and the pair");
        page.point_at(".likeness td[data-pair]", true);
        assert_eq!(shown(page, ".synopsis thead [data-d]"), 2);
    });
}

#[test]
fn the_page_speaks_four_languages_in_light_and_dark() {
    on_samples("the_page_speaks_four_languages_in_light_and_dark", "", |page| {
        for (code, title) in
            [("de", "Synopse"), ("lt", "Sinopsė"), ("ru", "Синопсис"), ("en", "Synopsis")]
        {
            set(page, "#language", "value", &json!(code));
            let said = page.value("[document.documentElement.lang, document.querySelector('h1').textContent, document.title]");
            assert_eq!(said, json!([code, title, title]));
            // A statement is shown as an article in the reader's language makes it, if one does.
            let own = format!(
                "[...document.querySelectorAll('.matrix tbody tr')].map(row => [row.querySelector('th a').lang === '{code}', \
                 !!document.querySelector(`.synopsis .passage[data-c=\"${{row.dataset.c}}\"][lang={code}]`)])"
            );
            let headline = page.value(&format!(
                "(() => {{ const copy = document.querySelector('#e0 .headline .passage[lang={code}]').cloneNode(true); \
                 copy.querySelector('.verse').remove(); return copy.textContent.trim(); }})()"
            ));
            let name = page.value("document.querySelector('.events th a bdi').textContent");
            assert_eq!(name, headline, "{code}");
            for row in page.value(&own).as_array().unwrap() {
                assert_eq!(row[0], row[1], "{code}");
            }
        }
        let paper = "getComputedStyle(document.body).backgroundColor";
        set(page, "#theme", "value", &json!("light"));
        let light = page.value(paper);
        set(page, "#theme", "value", &json!("dark"));
        assert_ne!(page.value(paper), light);
    });
}

#[test]
fn hostile_texts_do_nothing() {
    static HOSTILE: LazyLock<TempDir> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let inputs: Vec<String> = [12, 15]
            .iter()
            .map(|number| {
                let path = folder.path().join(format!("{number}\"><img src=x onerror=alert(1)>.txt"));
                let text = format!(
                    "The bridge </script><script>alert(2)</script>\n\nThe mayor opened the {number} \
                     bridges <svg onload=alert(3)> on Monday. {} \"' onfocus=alert(4) autofocus x=\n",
                    "w".repeat(10_000)
                );
                // Not every system has names with such signs.
                fs::write(&path, &text).map_or_else(
                    |_| {
                        let plain = folder.path().join(format!("{number}.txt"));
                        fs::write(&plain, &text).unwrap();
                        plain.to_str().unwrap().to_owned()
                    },
                    |()| path.to_str().unwrap().to_owned(),
                )
            })
            .collect();
        report(&inputs)
    });
    on_page("hostile_texts_do_nothing", &|| HOSTILE.path(), "", |page| {
        assert_eq!(
            page.value("document.querySelectorAll('img, svg[onload], [onfocus]').length"),
            0
        );
        assert_eq!(page.value("document.scripts.length"), 2);
        let width = page.value("document.documentElement.scrollWidth <= innerWidth");
        assert_eq!(width, true, "a word of 10 000 letters is broken");
        // A script that gets into the page all the same is refused.
        let refused = page.value(
            "(() => { const s = document.createElement('script'); \
             try { s.textContent = 'window.owned = 1'; document.body.append(s); } catch {} \
             return window.owned === undefined; })()",
        );
        assert_eq!(refused, true);
        page.complaints.clear();
    });
}

/// Finds what seriously hinders access to a page, in light and dark, where the checker is there.
fn check_access(name: &str, page: &mut Page) {
    let Some(axe) = env::var_os("AXE_CORE") else {
        println!("skipped {name}: AXE_CORE names no axe.min.js");
        return;
    };
    let axe = fs::read_to_string(axe).unwrap();
    page.value(&format!("(() => {{ {axe} }})()"));
    for theme in ["light", "dark"] {
        set(page, "#theme", "value", &json!(theme));
        let found = page.value(
            "axe.run().then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact)) \
             .map(v => [v.id, v.nodes.map(n => n.html)]))",
        );
        assert_eq!(found, json!([]), "{theme}");
    }
}

#[test]
fn nothing_serious_hinders_access() {
    let name = "nothing_serious_hinders_access";
    on_samples(name, "", |page| check_access(name, page));
}

#[test]
fn fifty_articles_answer() {
    static FIFTY: LazyLock<TempDir> = LazyLock::new(|| {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
        let names = ["ferry-de.md", "ferry-ru.md", "talks-en.md", "talks-lt.md"];
        let folder = tempfile::tempdir().unwrap();
        let inputs: Vec<String> = (0..50)
            .map(|number| {
                let text = fs::read_to_string(samples.join(names[number % 4])).unwrap();
                let path = folder.path().join(format!("{number}.md"));
                fs::write(&path, format!("{text}\n\nEdition {number}.\n")).unwrap();
                path.to_str().unwrap().to_owned()
            })
            .collect();
        report(&inputs)
    });
    on_page("fifty_articles_answer", &|| FIFTY.path(), "", |page| {
        let ready =
            page.value("Math.round(performance.getEntriesByType('navigation')[0].loadEventEnd)");
        let start = Instant::now();
        set(page, "#search", "value", &json!("Klaipėda"));
        println!("50 articles: loaded in {ready} ms, searched in {:?}", start.elapsed());
        assert_eq!(shown(page, ".sources tbody tr"), 50);
    });
}
