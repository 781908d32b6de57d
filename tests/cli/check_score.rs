//! `parallax check`: scores, words at risk, and translations ranked against each other.

use serde_json::Value;

use crate::program::{Folder, Ran, parallax};

const SOURCES: [&str; 6] = [
    "The museum in the old harbour, which burned down in 1997, will open again in 12 weeks.",
    "The city council will decide on the new tram line next Thursday.",
    "Heavy rain has flooded several streets near the river.",
    "The ferry to the island runs every two hours in summer.",
    "Scientists have found a new species of beetle in the rainforest.",
    "Her first novel was translated into eleven languages.",
];
const GOOD: [&str; 6] = [
    "Senojo uosto muziejus, sudegęs 1997 metais, vėl atsidarys po 12 savaičių.",
    "Miesto taryba dėl naujos tramvajaus linijos spręs kitą ketvirtadienį.",
    "Smarkus lietus užtvindė kelias gatves prie upės.",
    "Vasarą keltas į salą plaukia kas dvi valandas.",
    "Mokslininkai atogrąžų miške aptiko naują vabalų rūšį.",
    "Pirmasis jos romanas išverstas į vienuolika kalbų.",
];
/// Said otherwise, as well.
const OTHER: [&str; 6] = [
    "Senojo uosto muziejus, 1997 m. sudegęs, vėl bus atidarytas po 12 savaičių.",
    "Kitą ketvirtadienį miesto taryba spręs dėl naujosios tramvajaus linijos.",
    "Dėl smarkaus lietaus užlietos kelios gatvės prie upės.",
    "Keltas į salą vasarą plaukia kas dvi valandas.",
    "Mokslininkai atogrąžų miškuose rado naują vabalų rūšį.",
    "Jos pirmasis romanas buvo išverstas į vienuolika kalbų.",
];
const BAD: [&str; 6] = [
    "Senojo uosto muziejus vėl atsidarys po 72 savaičių.",
    "Miesto taryba pirmadienį šventė naujus metus.",
    "Smarkus lietus upės.",
    "The ferry to the island runs every two hours in summer.",
    "Ūkininkai skundžiasi, kad obuolių derlius prastas.",
    "Pirmasis jos filmas.",
];

fn table(folder: &Folder, name: &str, targets: &[&str]) -> String {
    let rows = SOURCES.iter().zip(targets).map(|(source, target)| format!("{source}\t{target}\n"));
    folder.write(name, format!("source\ttarget\n{}", rows.collect::<String>()))
}

fn segments(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn damage_lowers_the_score_and_shows_where() {
    let folder = Folder::new();
    let (good, bad) = (table(&folder, "good.tsv", &GOOD), table(&folder, "bad.tsv", &BAD));
    let [good, bad] = [good, bad].map(|file| segments(&parallax(["check", &file, "-f", "jsonl"])));
    for (right, wrong) in good.iter().zip(&bad) {
        let [right_score, wrong_score] = [right, wrong].map(|s| s["score"].as_f64().unwrap());
        assert!(right_score > wrong_score, "{right}\n{wrong}");
    }
    assert_eq!(bad[3]["score"], 0.0, "a copy of the source");
    assert!(good[0]["critical"].as_f64().unwrap() < bad[4]["critical"].as_f64().unwrap());
    // Nothing in the translation speaks of scientists and beetles.
    let text: Vec<char> = SOURCES[4].chars().collect();
    let spans = bad[4]["uncovered"].as_array().unwrap();
    assert!(!spans.is_empty(), "{}", bad[4]);
    for span in spans {
        let place = |name: &str| span[name].as_u64().unwrap() as usize;
        let shown: String = text[place("start")..place("end")].iter().collect();
        assert_eq!(span["text"], shown.as_str());
        assert!((0.5..=1.0).contains(&span["score"].as_f64().unwrap()));
        assert_eq!(span["line"], 6);
    }
}

#[test]
fn the_whole_has_a_score_with_its_interval() {
    let folder = Folder::new();
    let file = table(&folder, "good.tsv", &GOOD);
    let report = parallax(["check", &file, "-f", "json"]).json();
    let score = &report["summary"]["score"];
    let [low, high] = [0, 1].map(|end| score["interval"][end].as_f64().unwrap());
    let mean = score["mean"].as_f64().unwrap();
    assert!(0.0 <= low && low < mean && mean < high && high <= 1.0, "{score}");
}

#[test]
fn copies_score_nothing_even_where_no_language_is_named() {
    let folder = Folder::new();
    let file = table(&folder, "copies.tsv", &SOURCES);
    let ran = parallax(["check", &file, "-f", "jsonl"]);
    for segment in segments(&ran) {
        assert_eq!(segment["score"], 0.0, "{segment}");
        assert_eq!(segment["findings"][0]["check"], "copied", "{segment}");
    }
}

#[test]
fn words_at_risk_stand_under_the_text() {
    let folder = Folder::new();
    let file = table(&folder, "bad.tsv", &BAD);
    let ran = parallax(["check", &file]);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let place = |text: &str| lines.iter().position(|line| line.contains(text)).unwrap();
    // Nothing in the source says that the council celebrated; what a finding is about has marks of its own.
    assert!(lines[place("Miesto taryba") + 1].contains("~~~~"), "{}", ran.stdout);
    let at = place("The city council");
    let decided = lines[at].find("decide on the new tram").unwrap();
    assert_eq!(&lines[at + 1][decided..decided + 22], "^".repeat(22), "{}", ran.stdout);
    let start = lines[at].find("Thursday").unwrap();
    assert_eq!(&lines[at + 1][start..start + 8], "^^^^^^^^", "{}", ran.stdout);
}

#[test]
fn translations_are_ranked_and_ties_told() {
    let folder = Folder::new();
    let bad = table(&folder, "bad.tsv", &BAD);
    let good = table(&folder, "good.tsv", &GOOD);
    let other = table(&folder, "other.tsv", &OTHER);
    let ran = parallax(["check", &bad, "--compare", &good, &other, "-f", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let report = ran.json();
    assert_eq!(report["schema"], "parallax.ranking/1");
    let ranking = report["ranking"].as_array().unwrap();
    let ranks: Vec<u64> = ranking.iter().map(|place| place["rank"].as_u64().unwrap()).collect();
    assert_eq!(ranks, [1, 1, 3], "{report}");
    assert_eq!(ranking[2]["file"], bad.as_str());
    assert!(ranking[2]["findings"]["critical"].as_u64().unwrap() > 0);
    let comparisons = report["comparisons"].as_array().unwrap();
    assert_eq!(comparisons.len(), 3);
    for comparison in comparisons {
        let worst = comparison["worse"] == bad.as_str();
        assert_eq!(comparison["significant"], worst, "{comparison}");
    }
    assert_eq!(report["segments"], 6);

    let ran = parallax(["check", &bad, "--compare", &good]);
    assert!(ran.stdout.contains("good.tsv is better than"), "{}", ran.stdout);
}

#[test]
fn rankings_take_lines_and_tell_what_cannot_be_compared() {
    let folder = Folder::new();
    let source = folder.write("en.txt", SOURCES.join("\n"));
    let good = folder.write("a.txt", GOOD.join("\n"));
    let bad = folder.write("b.txt", BAD.join("\n"));
    let ran = parallax(["check", &source, &good, "--lines", "--compare", &bad, "-f", "csv"]);
    let rows: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!((ran.code, rows.len()), (Some(0), 3), "{}", ran.stderr);
    assert!(rows[1].starts_with("1,") && rows[1].contains("a.txt"), "{}", ran.stdout);

    let strange = folder.write("c.tsv", "source\ttarget\nAnother text.\tKitas tekstas.\n");
    let good = table(&folder, "good.tsv", &GOOD);
    let ran = parallax(["check", &good, "--compare", &strange]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("no segment with the same source"), "{}", ran.stderr);
    let ran = parallax(["check", &good, "--compare", &strange, "-f", "sarif"]);
    assert!(ran.stderr.contains("terminal, json, csv"), "{}", ran.stderr);
}

#[test]
fn without_the_model_the_other_checks_still_run() {
    let folder = Folder::new();
    let bad = table(&folder, "bad.tsv", &BAD);
    let ran = parallax(["check", &bad, "--no-model", "-f", "jsonl"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let segments = segments(&ran);
    assert!(segments.iter().all(|segment| segment["score"].is_null()), "{}", ran.stdout);
    assert!(ran.stdout.contains("number-mismatch") && ran.stdout.contains("copied"));
    let ran = parallax(["check", &bad, &bad, "--no-model"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("aligned by the model"), "{}", ran.stderr);
}
