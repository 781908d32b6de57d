//! `parallax check` on files that are broken, hostile or far too large: told with their place, and the rest checked.

use serde_json::Value;

use crate::program::{Folder, Ran, parallax};

fn run(folder: &Folder, name: &str, content: impl AsRef<[u8]>) -> (Vec<Value>, Ran) {
    let file = folder.write(name, content);
    let ran = parallax(["check", &file, "-f", "jsonl", "--no-model"]);
    let segments = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (segments, ran)
}

fn tmx(units: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n{units}</body></tmx>"
    )
}

fn unit(source: &str, target: &str) -> String {
    format!(
        "<tu><tuv xml:lang=\"en\"><seg>{source}</seg></tuv><tuv xml:lang=\"lt\"><seg>{target}</seg></tuv></tu>\n"
    )
}

#[test]
fn a_segment_of_fifty_megabytes_in_xml_is_refused_and_the_next_one_checked() {
    let long = "žodis ".repeat(8 << 20);
    let units = unit("One boat.", "Viena valtis.")
        + &unit("Words.", &long)
        + &unit("Twelve boats.", "13 valčių.");
    let folder = Folder::new();
    let (segments, ran) = run(&folder, "long.tmx", tmx(&units));
    assert_eq!((ran.code, segments.len()), (Some(2), 2), "{}", ran.stderr);
    assert!(ran.stderr.contains("long.tmx:4:"), "{}", ran.stderr);
    assert_eq!(segments[1]["findings"][0]["check"], "number-mismatch");
}

#[test]
fn entities_are_expanded_in_no_format() {
    let bomb = "<!DOCTYPE tmx [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>";
    let outside = "<!DOCTYPE tmx [<!ENTITY file SYSTEM \"file:///etc/passwd\">]>";
    let folder = Folder::new();
    for declaration in [bomb, outside] {
        let text =
            tmx(&unit("One &c; &file;", "Viena")).replace("<tmx ", &format!("{declaration}<tmx "));
        for name in ["a.tmx", "a.xlf"] {
            let text = if name == "a.xlf" {
                format!(
                    "{declaration}<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"lt\"/></xliff>"
                )
            } else {
                text.clone()
            };
            let (segments, ran) = run(&folder, name, &text);
            assert_eq!((ran.code, segments.len()), (Some(2), 0), "{name}: {}", ran.stderr);
            assert!(ran.stderr.contains("declares entities"), "{name}: {}", ran.stderr);
            assert!(!ran.stderr.contains("root:") && !ran.stdout.contains("root:"));
        }
    }
}

#[test]
fn broken_xml_is_told_with_line_and_column_and_what_came_before_is_checked() {
    let folder = Folder::new();
    let units = unit("One boat.", "Viena valtis.")
        + "<tu><tuv xml:lang=\"en\"><seg>Two <b></seg></tuv></tu>\n";
    let (segments, ran) = run(&folder, "a.tmx", tmx(&units));
    assert_eq!((ran.code, segments.len()), (Some(2), 1), "{}", ran.stderr);
    assert!(ran.stderr.contains("a.tmx:4:36: closes `seg` where `b` is open"), "{}", ran.stderr);
}

#[test]
fn a_missing_target_is_a_finding_and_no_failure() {
    let folder = Folder::new();
    let text = "<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"lt\"><body>\
         <trans-unit id=\"1\"><source>One boat.</source></trans-unit>\
         <trans-unit id=\"2\"><source>Two boats.</source><target/></trans-unit></body></file></xliff>";
    let (segments, ran) = run(&folder, "a.xlf", text);
    assert_eq!((ran.code, segments.len()), (Some(0), 2), "{}", ran.stderr);
    for segment in segments {
        assert_eq!(segment["findings"][0]["check"], "untranslated", "{segment}");
    }
}

#[test]
fn a_legacy_encoding_is_read_by_what_the_head_says() {
    let folder = Folder::new();
    let head = "<?xml version=\"1.0\" encoding=\"windows-1257\"?>\n<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n";
    let mut file = head.as_bytes().to_vec();
    for _ in 0..4000 {
        file.extend(unit("One boat leaves the pier.", "Laivas palieka prieplauka.").as_bytes());
    }
    // Behind the part from which an encoding is found.
    let last = unit("The goose eats grass.", "TARGET");
    let (before, after) = last.split_once("TARGET").unwrap();
    file.extend(before.as_bytes());
    file.extend(b"\xde\xe0sis \xebda \xfeol\xe6.");
    file.extend(after.as_bytes());
    file.extend(b"</body></tmx>");
    let (segments, ran) = run(&folder, "a.tmx", &file);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(segments.last().unwrap()["target"], "Žąsis ėda žolę.");
}
