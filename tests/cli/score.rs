//! `score`: a score sheet for each pair of documents, and lines that are no pairs.

use std::io::Write;

use serde_json::{Value, json};

use crate::program::{Folder, Ran, command, parallax, parallax_with_input, run, sample};

const SCORES: [&str; 7] =
    ["overall", "narrative", "entities", "geography", "time", "style", "tone"];

/// A sample article as one side of a pair, without its front matter.
fn side(name: &str) -> Value {
    let text = std::fs::read_to_string(sample(name)).unwrap();
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    json!({"text": body.map_or(text.as_str(), |(_, body)| body)})
}

fn pair(id: impl Into<Value>, left: &Value, right: &Value) -> String {
    json!({"id": id.into(), "left": left, "right": right}).to_string() + "\n"
}

fn score(options: &[&str], input: impl AsRef<[u8]>) -> Ran {
    let arguments = [&["score", "--pairs", "-"], options].concat();
    parallax_with_input(&arguments, input.as_ref())
}

/// The answers of a run, a line each.
fn answers(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn overall(answer: &Value) -> f64 {
    answer["scores"]["overall"].as_f64().unwrap()
}

#[test]
fn the_same_event_scores_above_others_in_every_language() {
    let [de, lt, en, ru] =
        ["de.md", "lt.txt", "en.txt", "ru.md"].map(|name| side(&format!("ferry-{name}")));
    let other = side("talks-en.md");
    let input = [
        pair(1, &de, &lt),
        pair("zwei", &lt, &ru),
        pair(3.5, &en, &ru),
        pair(4, &de, &other),
        pair(5, &ru, &other),
        pair(6, &lt, &lt),
    ];
    let ran = score(&[], input.concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let answers = answers(&ran);
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(ids, [&json!(1), &json!("zwei"), &json!(3.5), &json!(4), &json!(5), &json!(6)]);
    for answer in &answers {
        let scores = answer["scores"].as_object().unwrap();
        assert_eq!(scores.len(), SCORES.len(), "{answer}");
        for name in SCORES {
            assert!((0.0..=1.0).contains(&scores[name].as_f64().unwrap()), "{answer}");
        }
        assert!(answer.get("evidence").is_none(), "{answer}");
    }
    let same = answers[..3].iter().map(overall).fold(1.0, f64::min);
    let others = answers[3..5].iter().map(overall).fold(0.0, f64::max);
    assert!(same > 0.5 && others < 0.3, "{same} {others}");
    assert!(SCORES.iter().all(|name| answers[5]["scores"][name] == 1.0), "{}", answers[5]);
}

#[test]
fn bad_lines_are_answered_in_their_place_and_the_others_still_run() {
    let (good, other) = (side("ferry-de.md"), side("ferry-en.txt"));
    let last = pair("last", &good, &other);
    let input = [
        "\u{feff}\n",
        &pair("first", &good, &other),
        "{\"id\": \"broken\", \"left\":\n",
        &json!({"id": 3, "left": good}).to_string(),
        "\n",
        &pair("empty", &json!({"text": " \t"}), &good),
        &pair("kein", &json!({"text": "12 31\n7", "lang": "de"}), &good),
        "[]\n",
        last.trim_end(),
    ];
    let ran = score(&[], input.concat());
    assert_eq!(ran.code, Some(2));
    let answers = answers(&ran);
    assert_eq!(answers.len(), 7, "{}", ran.stdout);
    assert!(overall(&answers[0]) == overall(&answers[6]));
    let refused = [
        (3, Value::Null, "is no JSON: EOF while parsing a value at column"),
        (4, json!(3), "has no `right`"),
        (5, json!("empty"), "`left.text` is empty"),
        (6, json!("kein"), "`left.text` holds no text after cleaning"),
        (7, Value::Null, "is no JSON object"),
    ];
    for (answer, (line, id, error)) in answers[1..6].iter().zip(refused) {
        assert_eq!((&answer["line"], &answer["id"]), (&json!(line), &id), "{answer}");
        let said = answer["error"].as_str().unwrap();
        assert!(said.starts_with(error), "{answer}");
        let told = ran.stderr.lines().find(|l| l.starts_with(&format!("warning: line {line}")));
        assert!(told.is_some_and(|told| told.contains(said)), "{line}: {}", ran.stderr);
    }
    assert_eq!(ran.stderr.matches("hint: ").count(), 5, "{}", ran.stderr);
}

#[test]
fn many_lines_keep_their_order() {
    let texts = ["Der Hafen ist gesperrt.", "Uostas uždarytas.", "The port is closed."];
    let sides = texts.map(|text| json!({"text": text}));
    let input: String = (0..60)
        .map(|id| match id % 7 {
            3 => "{}\n".to_owned(),
            _ => pair(id, &sides[id % 3], &sides[(id + 1) % 3]),
        })
        .collect();
    let ran = score(&["-q"], input);
    let answers = answers(&ran);
    assert_eq!(answers.len(), 60);
    for (number, answer) in answers.iter().enumerate() {
        match number % 7 {
            3 => assert_eq!(answer["line"], number + 1),
            _ => assert_eq!(answer["id"], number),
        }
    }
}

#[test]
fn an_explanation_adds_up_to_the_score() {
    let dated = |name, date| {
        let mut side = side(name);
        side["date"] = json!(date);
        side["title"] = json!("Fähre");
        side
    };
    let (left, right) =
        (dated("ferry-de.md", "2024-03-05"), dated("ferry-ru.md", "2024-03-08T10:00Z"));
    let ran = score(&["--explain"], pair(1, &left, &right));
    let answer = &answers(&ran)[0];
    assert_eq!(answer["left"]["language"], "de");
    assert_eq!(answer["left"]["title"], "Fähre");
    assert_eq!(answer["right"]["published"], "2024-03-08");
    assert_eq!((&answer["days_apart"], &answer["same_text"]), (&json!(3), &json!(false)));
    for name in SCORES.iter().filter(|name| **name != "time") {
        let parts = answer["contributions"][name].as_object().unwrap();
        let sum: f64 = parts.values().map(|part| part.as_f64().unwrap()).sum();
        let score = answer["scores"][name].as_f64().unwrap();
        assert!((1.0 / (1.0 + (-sum).exp()) - score).abs() < 1e-3, "{name}: {answer}");
        for evidence in parts.keys().filter(|key| *key != "intercept") {
            assert!(answer["evidence"][evidence].is_number(), "{evidence}");
        }
    }
}

#[test]
fn publication_dates_count_in_time() {
    let dated = |date| {
        let mut side = side("ferry-en.txt");
        side["date"] = json!(date);
        side
    };
    let (one, same, later) = (dated("2024-03-05"), dated("2024-03-05"), dated("2025-03-05"));
    let ran = score(&[], [pair(1, &one, &same), pair(2, &one, &later)].concat());
    let answers = answers(&ran);
    let time = |answer: &Value| answer["scores"]["time"].as_f64().unwrap();
    assert!(time(&answers[0]) > time(&answers[1]) + 0.5, "{answers:?}");
    assert!(overall(&answers[0]) == overall(&answers[1]));
}

#[test]
fn tables_have_a_row_for_every_line() {
    let (left, right) = (side("ferry-de.md"), side("ferry-en.txt"));
    let input = pair("=1+1,\t\"x\"", &left, &right) + "{}\n";
    let tsv = score(&["-f", "tsv", "-q"], &input);
    let lines: Vec<Vec<&str>> = tsv.stdout.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines[0], [&["id"], &SCORES[..], &["line", "error"]].concat());
    assert!(lines.iter().all(|line| line.len() == lines[0].len()), "{lines:?}");
    assert_eq!((lines[1][0], lines[2][8]), ("=1+1, \"x\"", "2"));
    let csv = score(&["-f", "csv", "-q", "--explain"], &input);
    let lines: Vec<&str> = csv.stdout.split_terminator("\r\n").collect();
    assert!(lines[0].contains(",evidence:article,"), "{}", lines[0]);
    assert!(lines[1].starts_with("\"'=1+1, \"\"x\"\"\",0."), "{}", lines[1]);
    assert_eq!(lines.len(), 3);
}

#[test]
fn json_is_one_object_and_the_ending_chooses_the_format() {
    let folder = Folder::new();
    let (left, right) = (side("ferry-de.md"), side("ferry-en.txt"));
    let pairs =
        folder.write("pairs.jsonl", pair(1, &left, &right) + "{}\n" + &pair(2, &left, &right));
    let output = folder.name("out.json");
    let ran = parallax(["score", "-q", "--pairs", &pairs, "-o", &output]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    let report: Value = serde_json::from_slice(&std::fs::read(&output).unwrap()).unwrap();
    assert_eq!(report["schema"], "parallax.scores/1");
    assert_eq!(report["tool"]["name"], "parallax");
    assert_eq!(report["pairs"].as_array().unwrap().len(), 3);
    let empty = score(&["-f", "json"], "");
    assert_eq!((empty.code, empty.json()["pairs"].as_array().unwrap().len()), (Some(0), 0));
    let ran = parallax(["score", "--pairs", &pairs, "-o", &pairs]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("is one of the inputs"), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = Folder::new();
    for (path, reason) in
        [(folder.name("nothing.jsonl"), "No such file"), (folder.name(""), "is a directory")]
    {
        let ran = parallax(["score", "--pairs", &path]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{path}");
        assert!(ran.stderr.contains(reason) && ran.stderr.contains("hint"), "{}", ran.stderr);
    }
    let ran = parallax(["score", "pairs.jsonl"]);
    assert_eq!(ran.code, Some(2));
}

#[test]
fn hostile_lines_end_in_bounded_time() {
    let deep = "[".repeat(100_000) + "\n";
    let long = format!("{{\"id\":1,\"left\":\"{}\"}}\n", "x".repeat(9 << 20));
    let word = json!({"text": "Taip ".repeat(3_000)});
    let sentences = json!({"text": "Taip. ".repeat(300)});
    let strange = json!({"text": "\u{202e}a\u{0}b\u{fffd}\u{1f1f1}"});
    let mut input = Vec::new();
    for line in [&deep, &long, &pair(3, &word, &strange), &pair(4, &sentences, &word)] {
        input.write_all(line.as_bytes()).unwrap();
    }
    input.write_all(b"\xff\xfe\n").unwrap();
    let ran = score(&["-q"], &input);
    assert_eq!(ran.code, Some(2));
    let answers = answers(&ran);
    assert_eq!(answers.len(), 5);
    assert!(answers[1]["error"].as_str().unwrap().contains("longer than"), "{}", answers[1]);
    assert!(answers[4]["error"].as_str().unwrap().contains("UTF-8"), "{}", answers[4]);
}

#[test]
fn the_configuration_may_ask_for_explanations() {
    let folder = Folder::new();
    let config = folder.write("parallax.toml", "explain = true\nlang = \"en\"\n");
    let (left, right) = (side("ferry-de.md"), side("ferry-en.txt"));
    let mut run_it = command();
    run_it.args(["score", "--pairs", "-", "--config", &config]);
    let ran = run(&mut run_it, pair(1, &left, &right).as_bytes());
    assert_eq!(answers(&ran)[0]["left"]["language"], "en");
}
