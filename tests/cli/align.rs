//! `align`: versions of a text beside each other, and inputs that make it hard.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::program::{Folder, Ran, command, parallax, parallax_with_input, run, sample};

/// A version of the sample text.
fn keeper(code: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/align/keeper-{code}.txt"));
    path.to_str().unwrap().to_owned()
}

fn align(options: &[&str], inputs: &[&str]) -> Ran {
    parallax(["align"].iter().chain(options).chain(inputs))
}

/// The links of a run as pairs of sentence numbers.
fn links(ran: &Ran) -> Vec<(Vec<u64>, Vec<u64>)> {
    let numbers = |list: &Value| -> Vec<u64> {
        list.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
    };
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let report = ran.json();
    let links = report["links"].as_array().unwrap();
    links.iter().map(|link| (numbers(&link["left"]), numbers(&link["right"]))).collect()
}

/// No sentence is linked twice, and every number exists.
fn assert_sound(ran: &Ran, left: usize, right: usize) {
    let mut seen = [BTreeSet::new(), BTreeSet::new()];
    for (of_left, of_right) in links(ran) {
        assert!(!of_left.is_empty() && !of_right.is_empty());
        for number in of_left {
            assert!((number as usize) < left && seen[0].insert(number), "left {number}");
        }
        for number in of_right {
            assert!((number as usize) < right && seen[1].insert(number), "right {number}");
        }
    }
    for link in ran.json()["links"].as_array().unwrap() {
        let score = link["score"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&score), "{link}");
    }
}

#[test]
fn translations_are_linked_however_they_are_split() {
    let ran = align(&["-f", "json"], &[&keeper("de"), &keeper("lt")]);
    assert_sound(&ran, 16, 15);
    let links = links(&ran);
    for link in [(vec![1], vec![1]), (vec![4, 5], vec![4])] {
        assert!(links.contains(&link), "{link:?} is not in {links:?}");
    }
    assert_eq!(ran.json()["versions"][1]["language"], "lt");
}

#[test]
fn a_moved_paragraph_is_found_and_told() {
    let ran = align(&["-f", "json"], &[&keeper("de"), &keeper("ru")]);
    let links = links(&ran);
    for link in [(vec![8], vec![12]), (vec![9], vec![13]), (vec![15], vec![11])] {
        assert!(links.contains(&link), "{link:?} is not in {links:?}");
    }
    assert!(!ran.json()["moved"].as_array().unwrap().is_empty());
    let terminal = align(&[], &[&keeper("de"), &keeper("ru")]);
    for told in ["moved block", "↕", "in another order", "only in ru: 15"] {
        assert!(terminal.stdout.contains(told), "{told}: {}", terminal.stdout);
    }
}

#[test]
fn several_versions_are_one_table() {
    let versions = ["de", "lt", "en", "ru"].map(keeper);
    let inputs = versions.each_ref().map(String::as_str);
    let ran = align(&["-f", "json"], &inputs);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let report = ran.json();
    let rows = report["rows"].as_array().unwrap();
    let whole = json!([[4, 5], [4], [4], [4]]);
    assert!(rows.iter().any(|row| row["cells"] == whole), "{rows:?}");
    assert_eq!(report["pairs"].as_array().unwrap().len(), 6);
    for version in 0..4 {
        let numbers: Vec<u64> = rows
            .iter()
            .flat_map(|row| row["cells"][version].as_array().unwrap())
            .map(|number| number.as_u64().unwrap())
            .collect();
        let distinct: BTreeSet<u64> = numbers.iter().copied().collect();
        assert_eq!(distinct.len(), numbers.len(), "a sentence is in two rows");
        assert!(numbers.len() >= 14, "{numbers:?}");
    }
    let refused = align(&["-f", "vecalign"], &inputs);
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""));
    assert!(refused.stderr.contains("two versions"), "{}", refused.stderr);
}

#[test]
fn articles_on_one_event_are_linked_across() {
    let options = ["--mode", "comparable", "-f", "json"];
    for more in [&[][..], &["--one-to-one"]] {
        let options: Vec<&str> = options.iter().chain(more).copied().collect();
        let ran = align(&options, &[&sample("ferry-de.md"), &sample("ferry-en.txt")]);
        assert_sound(&ran, 100, 100);
        assert!(links(&ran).len() >= 5, "{}", ran.stdout);
        let single = |link: &(Vec<u64>, Vec<u64>)| link.0.len() == 1 && link.1.len() == 1;
        assert!(more.is_empty() || links(&ran).iter().all(single));
    }
}

const LEFT: &str = "Der Hafen ist wieder offen.\n\nAm Montag lief das erste Schiff ein.\n   \n\
                    Der Bürgermeister winkte den Matrosen zu.\n";
const RIGHT: &str = "The harbour is open again.\nOn Monday the first ship came in.\n\n\n\n\
                     The mayor waved to the sailors.";

#[test]
fn blank_lines_keep_their_number_and_are_never_linked() {
    let folder = Folder::new();
    let inputs = [folder.write("left.de", LEFT), folder.write("right.en", RIGHT)];
    let inputs = inputs.each_ref().map(String::as_str);
    let expected = [(vec![0], vec![0]), (vec![2], vec![1]), (vec![4], vec![5])];
    for more in [&[][..], &["--one-to-one"]] {
        let options: Vec<&str> = ["--lines", "-f", "json"].iter().chain(more).copied().collect();
        assert_eq!(links(&align(&options, &inputs)), expected);
    }
    let vecalign = align(&["--lines", "-f", "vecalign"], &inputs).stdout;
    let sides: Vec<&str> = vecalign.lines().map(|line| line.rsplit_once(':').unwrap().0).collect();
    let mut expected = vec!["[0]:[0]", "[1]:[]", "[2]:[1]", "[3]:[]", "[4]:[5]"];
    expected.extend(["[]:[2]", "[]:[3]", "[]:[4]"]);
    assert_eq!(sides.iter().collect::<BTreeSet<_>>(), expected.iter().collect::<BTreeSet<_>>());
    assert_eq!(sides.len(), expected.len());
}

#[test]
fn one_input_may_come_from_a_pipe() {
    let folder = Folder::new();
    let right = folder.write("right.en", RIGHT);
    let arguments = ["align", "--lines", "-f", "json", "-", &right];
    assert_eq!(links(&parallax_with_input(&arguments, LEFT.as_bytes())).len(), 3);
    let twice = parallax_with_input(&["align", "--lines", "-", "-"], LEFT.as_bytes());
    assert_eq!(twice.code, Some(2));
}

#[test]
fn an_empty_side_leaves_everything_unlinked() {
    let folder = Folder::new();
    let full = folder.write("full.txt", LEFT);
    for content in ["", "\n\n \n"] {
        let empty = folder.write("empty.txt", content);
        let ran = align(&["--lines", "-f", "json"], &[&full, &empty]);
        assert!(links(&ran).is_empty());
        assert_eq!(ran.json()["unlinked"], json!([{"version": 0, "sentences": [0, 2, 4]}]));
        let both = align(&["--lines"], &[&empty, &empty]);
        assert_eq!(both.code, Some(0), "{}", both.stderr);
        // An empty document is no version of anything.
        let document = align(&[], &[&full, &empty]);
        assert_eq!((document.code, document.stdout.as_str()), (Some(2), ""));
        assert!(document.stderr.contains("is empty"), "{}", document.stderr);
        assert!(document.stderr.contains("nothing to align"), "{}", document.stderr);
    }
}

#[test]
fn a_text_is_linked_with_itself() {
    let ran = align(&["-f", "json"], &[&keeper("lt"), &keeper("lt")]);
    let expected: Vec<(Vec<u64>, Vec<u64>)> = (0..15).map(|i| (vec![i], vec![i])).collect();
    assert_eq!(links(&ran), expected);
}

/// Inputs that are hard on an aligner: each gives a result, in bounded time.
#[test]
fn degenerate_inputs_give_a_result() {
    let folder = Folder::new();
    let numbered = |count: usize| -> String {
        (0..count).map(|i| format!("Das Schiff Nummer {i} lief am Morgen ein.\n")).collect()
    };
    let line = |word: &str| format!("{}\n", format!("{word} ").repeat(10_000));
    let cases = [
        ("equal", "Es regnet heute.\n".repeat(300), "It is raining today.\n".repeat(250)),
        ("longer", numbered(3), numbered(300)),
        ("unknown", "Qzxw vbnm plkj.\nRtyu wqas zxcv.\n".to_owned(), "ⲁⲛⲟⲕ ⲡⲉ.\n".to_owned()),
        ("signs", "…\n---\n12\n".to_owned(), "!\n\u{fffd}\n".to_owned()),
        ("words", line("Schiff"), "The ship came in.\nIt left.\n".to_owned()),
    ];
    for (name, left, right) in &cases {
        let inputs = [folder.write("left", left), folder.write("right", right)];
        for mode in ["parallel", "comparable"] {
            let options = ["--lines", "-f", "json", "--mode", mode];
            let ran = align(&options, &inputs.each_ref().map(String::as_str));
            assert_eq!(ran.code, Some(0), "{name}, {mode}: {}", ran.stderr);
            assert_sound(&ran, left.lines().count(), right.lines().count());
        }
    }
}

#[test]
fn thresholds_take_links_out_and_mark_conflicts() {
    let inputs = [keeper("de"), keeper("en")];
    let inputs = inputs.each_ref().map(String::as_str);
    let all = align(&["-f", "json", "--conflicts-below", "1"], &inputs);
    let scores: Vec<f64> = all.json()["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(|link| link["score"].as_f64().unwrap())
        .collect();
    let conflicts = all.json()["conflicts"].as_array().unwrap().len();
    // Scores are written with three places, so that 0.9996 counts as a conflict and reads 1.
    let below = scores.iter().filter(|&&score| score < 1.0).count();
    assert!((below..=scores.len()).contains(&conflicts) && below > 0, "{conflicts} of {below}");
    let middle = (scores.iter().sum::<f64>() / scores.len() as f64).to_string();
    let some = align(&["-f", "json", "--min-score", &middle], &inputs);
    let kept = links(&some).len();
    assert!(kept <= scores.len() && kept + 1 >= scores.iter().filter(|&&s| s >= 0.999).count());
    let least: f64 = middle.parse().unwrap();
    for link in some.json()["links"].as_array().unwrap() {
        assert!(link["score"].as_f64().unwrap() >= least - 0.001, "{link}");
    }
}

#[test]
fn wrong_arguments_are_named() {
    let (left, right) = (keeper("de"), keeper("en"));
    for options in [
        ["--min-score", "2"],
        ["--min-score", "x"],
        ["--conflicts-below", "1.5"],
        ["--max-side", "0"],
        ["--max-size", "1"],
        ["--mode", "auto"],
        ["--langs", "de"],
        ["--langs", "de,klingon"],
        ["--lang", "klingon"],
        ["--format", "yaml"],
    ] {
        let ran = align(&options, &[&left, &right]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{options:?}");
        assert!(ran.stderr.contains(options[0]), "{}", ran.stderr);
    }
    let both = align(&["--mode", "comparable", "--max-side", "3"], &[&left, &right]);
    assert_eq!(both.code, Some(2));
    assert_eq!(align(&[], &[&left]).code, Some(2));
    let many = vec![left.as_str(); 51];
    assert!(align(&[], &many).stderr.contains("51 inputs"));
}

#[test]
fn languages_may_be_given_one_by_one() {
    let ran = align(&["-f", "json", "--langs", "nl,lv"], &[&keeper("de"), &keeper("lt")]);
    let report = ran.json();
    let languages = [0, 1].map(|version| report["versions"][version]["language"].clone());
    assert_eq!(languages, ["nl", "lv"]);
}

#[test]
fn an_unreadable_version_is_told_and_the_others_are_aligned() {
    let inputs = [&keeper("de"), "/nowhere/keeper.txt", &keeper("en")];
    let ran = align(&["-f", "json"], &inputs);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("skipped /nowhere/keeper.txt"), "{}", ran.stderr);
    let report = ran.json();
    assert_eq!(report["versions"].as_array().unwrap().len(), 2);
    assert_eq!(report["skipped"][0]["source"], "/nowhere/keeper.txt");

    let two = align(&["-f", "json"], &inputs[..2]);
    assert_eq!((two.code, two.stdout.as_str()), (Some(2), ""));
    assert!(two.stderr.contains("nothing to align"), "{}", two.stderr);
}

#[test]
fn the_ending_of_the_output_selects_the_format() {
    let folder = Folder::new();
    for (name, start) in [
        ("a.tmx", "<?xml"),
        ("a.tsv", "source\ttarget\t"),
        ("a.csv", "source,target,"),
        ("a.json", "{"),
        ("a.jsonl", "{\"left\":[0]"),
        ("a.vecalign", "[0]:[0]:"),
        ("a.md", "# Alignment"),
        ("a.txt", "parallax  2"),
    ] {
        let ran = align(&["-o", &folder.name(name)], &[&keeper("de"), &keeper("en")]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
        let text = std::fs::read_to_string(folder.path(name)).unwrap();
        assert!(text.starts_with(start), "{name}: {text}");
    }
    let path = folder.write("left.txt", LEFT);
    let ran = align(&["--lines", "-o", &path], &[&path, &path]);
    assert!(ran.stderr.contains("is one of the inputs"), "{}", ran.stderr);
}

#[test]
fn the_table_fits_the_terminal() {
    let versions = ["de", "lt", "ru"].map(keeper);
    for width in [48, 80, 120] {
        for count in [2, 3] {
            let mut command = command();
            command.arg("align").args(&versions[..count]).env("COLUMNS", width.to_string());
            let ran = run(&mut command, b"");
            assert_eq!(ran.code, Some(0), "{}", ran.stderr);
            for line in ran.stdout.lines() {
                assert!(line.width() <= width, "{width} columns, {}: {line}", line.width());
            }
        }
    }
    let mut coloured = command();
    coloured.args(["align", "--color", "always", &versions[0], &versions[1]]);
    assert!(run(&mut coloured, b"").stdout.contains('\u{1b}'));
    let json = align(&["--color", "always", "-f", "json"], &[&versions[0], &versions[1]]);
    assert!(!json.stdout.contains('\u{1b}'));
}

#[test]
fn hostile_lines_and_names_do_no_harm() {
    let folder = Folder::new();
    let text = "\u{1b}]0;owned\u{7}The \u{1b}[31mbridge\u{1b}[0m is \u{202e}open\u{202c}.\n\
                =HYPERLINK(\"http://x\") <script>alert(1)</script> \u{9b}2J\n\0\u{b}\u{fffe}\n";
    let left = folder.write("a\u{1b}[31m<b>\u{202e}.txt", text);
    let right = folder.write("b.txt", text);
    for format in ["terminal", "json", "jsonl", "tsv", "csv", "tmx", "vecalign", "markdown"] {
        let ran = align(&["--lines", "-f", format], &[&left, &right]);
        assert_eq!(ran.code, Some(0), "{format}: {}", ran.stderr);
        for text in [&ran.stdout, &ran.stderr] {
            let steers = |c: char| {
                (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
                    || matches!(c, '\u{202a}'..='\u{202e}')
            };
            assert_eq!(text.chars().find(|&c| steers(c)), None, "{format}: {text}");
        }
    }
}

/// A folder of the sample texts.
fn folder(code: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/align/folders").join(code);
    path.to_str().unwrap().to_owned()
}

/// The last part of a path.
fn file_name(source: &Value) -> String {
    Path::new(source.as_str().unwrap()).file_name().unwrap().to_str().unwrap().to_owned()
}

/// The pairs of files in a report on two folders.
fn file_pairs(report: &Value) -> Vec<(String, String)> {
    let source = |text: &Value, version: usize| file_name(&text["versions"][version]["source"]);
    let texts = report["texts"].as_array().unwrap();
    texts.iter().map(|text| (source(text, 0), source(text, 1))).collect()
}

/// The files without a counterpart.
fn unpaired(report: &Value) -> Vec<String> {
    let files = report["unpaired"].as_array().unwrap();
    files.iter().map(|file| file_name(&file["source"])).collect()
}

#[test]
fn files_of_two_folders_are_paired_by_what_they_say() {
    let (german, lithuanian) = (folder("de"), folder("lt"));
    for mode in ["parallel", "comparable"] {
        let ran = align(&["-f", "json", "--mode", mode], &[&german, &lithuanian]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let report = ran.json();
        let expected = [("bienen.txt", "stogas.txt"), ("zug.txt", "traukinys.txt")];
        let pairs = file_pairs(&report);
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(l, r)| (l.as_str(), r.as_str())).collect();
        assert_eq!(pairs, expected);
        assert_eq!(unpaired(&report), ["werkstatt.txt", "duona.txt", "muziejus.txt"]);
        for text in report["texts"].as_array().unwrap() {
            assert!(text["pair_score"].as_f64().unwrap() > 0.9, "{}", text["pair_score"]);
            assert_eq!(text["doubtful"], json!(false));
            assert!(text["links"].as_array().unwrap().len() >= 5, "{text}");
        }
    }
    let terminal = align(&[], &[&german, &lithuanian]).stdout;
    for told in ["2 folders · 2 pairs · 3 files without a counterpart", "Pairs", "zug.txt"] {
        assert!(terminal.contains(told), "{told}: {terminal}");
    }
}

#[test]
fn lines_of_two_folders_are_paired_too() {
    let (one, other) = (Folder::new(), Folder::new());
    one.write("a.txt", "Es regnet heute.\n".repeat(3));
    let first = one.write("b.txt", LEFT);
    let second = other.write("a.txt", RIGHT);
    other.write("empty.txt", "\n\n");
    let folders = [&first, &second]
        .map(|file| Path::new(file).parent().unwrap().to_str().unwrap().to_owned());
    let inputs = folders.each_ref().map(String::as_str);
    let options = ["--lines", "-f", "json", "--langs", "de,en"];
    let report = align(&options, &inputs).json();
    assert_eq!(file_pairs(&report), [("b.txt".to_owned(), "a.txt".to_owned())]);
    assert_eq!(report["texts"][0]["links"].as_array().unwrap().len(), 3);
    assert_eq!(unpaired(&report), ["a.txt", "empty.txt"]);
}

#[test]
fn folders_that_share_nothing_are_told_apart() {
    let (one, other) = (Folder::new(), Folder::new());
    let path = |file: &str| Path::new(file).parent().unwrap().to_str().unwrap().to_owned();
    let text = |name: &str| std::fs::read_to_string(folder(name)).unwrap();
    let left = path(&one.write("a.txt", text("de/werkstatt.txt")));
    let right = path(&other.write("b.txt", text("lt/duona.txt")));
    let ran = align(&["-f", "json"], &[&left, &right]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("no file of one folder"), "{}", ran.stderr);
    assert_eq!(unpaired(&ran.json()), ["a.txt", "b.txt"]);

    let empty = Folder::new();
    let nothing = path(&empty.name("x"));
    let ran = align(&["-f", "json"], &[&left, &nothing]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert_eq!(ran.json()["skipped"].as_array().unwrap().len(), 1);

    for (format, inputs) in [("vecalign", vec![&left, &right]), ("json", vec![&left; 3])] {
        let inputs: Vec<&str> = inputs.into_iter().map(String::as_str).collect();
        let ran = align(&["-f", format], &inputs);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
    }
    let mixed = align(&["-f", "json"], &[&left, &keeper("de")]);
    assert!(mixed.stderr.contains("a directory"), "{}", mixed.stderr);
}
