//! `parallax check`: translations from files of several kinds, what is found, and how it is told.

use std::path::Path;

use serde_json::Value;

use crate::program::{Folder, Ran, parallax, parallax_with_input};

fn harbour() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/translation/harbour.tsv");
    path.to_str().unwrap().to_owned()
}

/// The lines of a JSONL answer.
fn lines(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The checks that found something in a segment.
fn checks(segment: &Value) -> Vec<&str> {
    let findings = segment["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["check"].as_str().unwrap()).collect()
}

#[test]
fn a_table_is_checked_row_by_row() {
    let ran = parallax(["check", &harbour(), "-f", "jsonl"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let segments = lines(&ran);
    let found: Vec<Vec<&str>> = segments.iter().map(checks).collect();
    let expected: [&[&str]; 5] = [&[], &["number-mismatch"], &["copied"], &[], &["punctuation"]];
    assert_eq!(found, expected);
    assert_eq!(segments[2]["score"], 0.0);
    assert!(segments[0]["score"].as_f64().unwrap() > 0.3);

    let finding = &segments[1]["findings"][0];
    assert_eq!(finding["severity"], "major");
    assert_eq!(finding["category"], "accuracy/mistranslation");
    let target = &finding["target"];
    assert_eq!(target["text"], "4,5 mln. eurų");
    let text: Vec<char> = segments[1]["target"].as_str().unwrap().chars().collect();
    let place = |name: &str| target[name].as_u64().unwrap() as usize;
    assert_eq!(text[place("start")..place("end")].iter().collect::<String>(), "4,5 mln. eurų");
    assert_eq!((place("line"), place("column")), (3, 63));
}

#[test]
fn every_format_tells_the_same_findings() {
    let said = "The source says “3.5 million euros”, the translation “4,5 mln. eurų”";
    for format in ["terminal", "jsonl", "json", "csv", "sarif", "junit", "github"] {
        let ran = parallax(["check", &harbour(), "-f", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{format}");
        assert!(ran.stdout.contains("number-mismatch"), "{format}: {}", ran.stdout);
        assert!(ran.stdout.contains(said), "{format}: {}", ran.stdout);
        assert!(!ran.stdout.contains("date-mismatch\",\"cat"), "{format} tells what is ignored");
    }
}

#[test]
fn sarif_has_rules_results_and_regions() {
    let log = parallax(["check", &harbour(), "-f", "sarif"]).json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(result["message"]["text"].is_string());
        let location = &result["locations"][0]["physicalLocation"];
        assert!(location["artifactLocation"]["uri"].as_str().unwrap().starts_with("file:///"));
        let region = &location["region"];
        let at = |name: &str| region[name].as_u64().unwrap();
        assert!((at("startLine"), at("startColumn")) < (at("endLine"), at("endColumn")));
    }
    assert_eq!(run["columnKind"], "unicodeCodePoints");
}

#[test]
fn junit_is_xml_with_right_counts() {
    let ran = parallax(["check", &harbour(), "-f", "junit"]);
    let document = roxmltree::Document::parse(&ran.stdout).unwrap();
    let suite = document.descendants().find(|node| node.has_tag_name("testsuite")).unwrap();
    let cases = suite.children().filter(|node| node.has_tag_name("testcase")).count();
    let failures = suite.descendants().filter(|node| node.has_tag_name("failure")).count();
    assert_eq!(suite.attribute("tests"), Some(cases.to_string().as_str()));
    assert_eq!(suite.attribute("failures"), Some(failures.to_string().as_str()));
    assert_eq!(failures, 3);
}

#[test]
fn fail_on_and_min_severity_decide_the_exit_code_and_the_list() {
    let harbour = harbour();
    assert_eq!(parallax(["check", &harbour, "--fail-on", "critical"]).code, Some(1));
    let ran = parallax(["check", &harbour, "--only", "punctuation", "--fail-on", "major"]);
    assert_eq!(ran.code, Some(0));
    let ran = parallax(["check", &harbour, "--min-severity", "critical", "-f", "jsonl"]);
    let found: Vec<Value> = lines(&ran);
    assert_eq!(found.iter().flat_map(checks).collect::<Vec<_>>(), ["copied"]);
    assert_eq!(parallax(["check", &harbour, "--only", "number"]).code, Some(2));
}

#[test]
fn a_baseline_silences_findings_until_their_text_changes() {
    let folder = Folder::new();
    let table = folder.write("a.tsv", std::fs::read(harbour()).unwrap());
    let baseline = folder.name("accepted.json");
    let run = |more: &[&str]| {
        let mut arguments = vec!["check", &table, "--baseline", &baseline, "--fail-on", "info"];
        arguments.extend(more);
        parallax(arguments)
    };
    let missing = run(&[]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.stderr.contains("--update-baseline"), "{}", missing.stderr);
    assert_eq!(run(&["--update-baseline"]).code, Some(0));
    let accepted = run(&[]);
    assert_eq!(accepted.code, Some(0));
    assert!(accepted.stdout.contains("3 accepted in the baseline"), "{}", accepted.stdout);
    let changed = std::fs::read_to_string(harbour()).unwrap().replace("4,5", "5,5");
    folder.write("a.tsv", changed);
    let ran = run(&["-f", "jsonl"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(lines(&ran).iter().flat_map(checks).collect::<Vec<_>>(), ["number-mismatch"]);
}

#[test]
fn csv_fields_may_be_quoted_and_run_over_lines() {
    let text = "id;target;source\nx;\"Vasara,\nsako „jie“ \"\"taip\"\".\";Summer\ny;Žiema;Winter\n";
    let ran =
        parallax_with_input(&["check", "-", "-f", "jsonl", "--langs", "en,lt"], text.as_bytes());
    let segments = lines(&ran);
    assert_eq!(segments[0]["target"], "Vasara,\nsako „jie“ \"taip\".");
    assert_eq!((&segments[1]["id"], &segments[1]["source"]), (&"y".into(), &"Winter".into()));
}

#[test]
fn lines_of_two_files_belong_together() {
    let folder = Folder::new();
    let source = folder.write("en.txt", "Twelve boats left.\n\nThe sea is calm.\n");
    let target =
        folder.write("de.txt", "Dreizehn Boote liefen aus.\n\nDie See ist ruhig.\nEnde.\n");
    let ran = parallax(["check", &source, &target, "--lines", "-f", "jsonl"]);
    let segments = lines(&ran);
    let ids: Vec<&str> = segments.iter().map(|segment| segment["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1", "3"]);
    assert_eq!(checks(&segments[0]), ["number-mismatch"]);
    assert_eq!(ran.code, Some(2));
    for part in ["has 4 lines", "has 3", "--lines"] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
}

#[test]
fn two_documents_are_aligned_first() {
    let folder = Folder::new();
    let source = folder.write(
        "en.txt",
        "The old mill burned down on Friday.\n\nThe fire brigade came with 40 men.\n\nNo one had lived there \
         since the war.\n\nThe owner wants to rebuild it next year.\n",
    );
    let target = folder.write(
        "lt.txt",
        "Penktadienį sudegė senasis malūnas.\n\nUgniagesių atvyko 50.\n\nSavininkas nori jį atstatyti kitais \
         metais.\n",
    );
    let ran = parallax(["check", &source, &target, "-f", "jsonl"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let segments = lines(&ran);
    let found: Vec<&str> = segments.iter().flat_map(checks).collect();
    assert!(found.contains(&"number-mismatch") && found.contains(&"omission"), "{}", ran.stdout);
    let omitted = segments.iter().find(|segment| checks(segment) == ["omission"]).unwrap();
    assert_eq!(omitted["findings"][0]["source"]["line"], 5);
}

#[test]
fn bad_tables_are_told_and_the_rest_is_checked() {
    let folder = Folder::new();
    let table = folder.write(
        "bad.tsv",
        "id\tsource\ttarget\na\tTwelve boats left.\nb\tThe sea is calm.\t\na\tTwo boats.\tZwei Boote.\n",
    );
    let ran = parallax(["check", &table, "-f", "jsonl", "--langs", "en,de"]);
    assert_eq!(ran.code, Some(2));
    for part in ["bad.tsv:2:1", "row 1 has 2 of 3 columns", "the id `a` was used before"] {
        // The first row gave no segment, so its id counts only once.
        let told = ran.stderr.contains(part);
        assert_eq!(told, !part.contains("used before"), "{part}: {}", ran.stderr);
    }
    let segments = lines(&ran);
    assert_eq!(checks(&segments[0]), ["untranslated"]);
    assert_eq!(segments.len(), 2);

    let no_head = folder.write("head.tsv", "Haus\tnamas\n");
    let ran = parallax(["check", &no_head]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("`source` and `target`"), "{}", ran.stderr);

    let open = folder.write("open.csv", "source,target\n\"a,b\nOne boat.,Ein Boot.\n");
    let ran = parallax(["check", &open, "-f", "jsonl"]);
    assert!(
        ran.stderr.contains("open.csv:2:1") && ran.stderr.contains("never closed"),
        "{}",
        ran.stderr
    );
    assert_eq!(lines(&ran)[0]["source"], "One boat.");

    let doubled = folder.write("ids.tsv", "id\tsource\ttarget\na\tOne.\tEins.\na\tTwo.\tZwei.\n");
    let ran = parallax(["check", &doubled]);
    assert_eq!(ran.code, Some(0), "all was checked");
    assert!(ran.stderr.contains("the id `a` was used before"), "{}", ran.stderr);
}

#[test]
fn a_segment_of_many_megabytes_is_refused_and_the_next_one_checked() {
    let mut table = b"source\ttarget\n".to_vec();
    table.extend(b"word ".repeat(10 << 20));
    table.extend(b"\tWort\nOne boat.\tEin Boot.\n");
    let folder = Folder::new();
    let table = folder.write("long.tsv", table);
    let ran = parallax(["check", &table, "-f", "jsonl"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("long.tsv:2:1"), "{}", ran.stderr);
    assert_eq!(lines(&ran).len(), 1);
}

#[test]
fn languages_and_profiles_are_verified() {
    let harbour = harbour();
    for (arguments, part) in [
        (["--langs", "en"], "two sides"),
        (["--langs", "en,x"], "`x` is no language code"),
        (["--profile", "lax"], "software"),
        (["--update-baseline", "-q"], "--baseline"),
    ] {
        let ran = parallax(["check", &harbour, arguments[0], arguments[1]]);
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.stderr.contains(part), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn a_quote_that_says_something_else_is_told() {
    let table = "source\ttarget\n\
        The minister said: \"We will rebuild the bridge in 3 years.\"\tDer Minister sagte: „Wir werden die Brücke in 5 Jahren wieder aufbauen.“\n\
        The minister said: \"We will rebuild the bridge in 3 years.\"\tDer Minister sagte: „Wir werden die Brücke in drei Jahren wieder aufbauen.“\n";
    let folder = Folder::new();
    let path = folder.write("quotes.tsv", table);
    let ran = parallax(["check", &path, "--langs", "en,de", "-f", "jsonl"]);
    let segments = lines(&ran);
    assert_eq!(checks(&segments[0]), ["number-mismatch", "quote-changed"], "{}", ran.stdout);
    assert!(!checks(&segments[1]).contains(&"quote-changed"), "{}", ran.stdout);
}
