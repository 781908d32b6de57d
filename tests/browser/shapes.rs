//! The page on paper and on a phone.

use serde_json::json;

use crate::on_samples;

#[test]
fn paper_has_the_heads_of_tables_and_no_controls() {
    on_samples("paper_has_the_heads_of_tables_and_no_controls", "", |page| {
        page.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        // Buttons are not painted in heads that are repeated on the next page.
        let shown = page.value(
            "[...document.querySelectorAll('thead th button')].map(b => getComputedStyle(b).display)",
        );
        let shown = shown.as_array().unwrap();
        assert!(
            !shown.is_empty() && shown.iter().all(|display| display == "contents"),
            "{shown:?}"
        );
        let controls = "[...document.querySelectorAll('.filters, .controls')].every(e => !e.getClientRects().length)";
        assert_eq!(page.value(controls), true);
        let printed = page.call("Page.printToPDF", json!({ "preferCSSPageSize": true }));
        assert!(printed["data"].as_str().unwrap().len() > 10_000);
    });
}

#[test]
fn a_phone_shows_whole_captions_and_what_a_row_is_about() {
    on_samples("a_phone_shows_whole_captions_and_what_a_row_is_about", "", |page| {
        page.call(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true }),
        );
        page.wait_for("innerWidth === 390");
        assert_eq!(page.value("document.documentElement.scrollWidth"), 390);
        let cut = "[...document.querySelectorAll('caption')].filter(c => c.getClientRects().length \
                   && c.getBoundingClientRect().right > innerWidth).map(c => c.textContent)";
        assert_eq!(page.value(cut), json!([]));
        let scrolled = "(() => { const box = document.querySelector('.matrix').closest('.scroll'); \
                        box.scrollLeft = 1000; \
                        return document.querySelector('.matrix tbody th').getBoundingClientRect().left >= 0; })()";
        assert_eq!(page.value(scrolled), true);
    });
}
