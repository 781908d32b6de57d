//! The loop with coders: a sheet of pairs, codes, the tool as one more coder, and a threshold fitted to them.

use std::fs;

use crate::program::{Folder, parallax};
use crate::study::{corpus, study};

/// The rows of a small table without line breaks in its cells.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The middle of the probabilities with which the tool takes pairs for the same: coders who agree with half of them.
fn middle(folder: &Folder) -> f64 {
    let key = fs::read_to_string(folder.path("results/coding/key.csv")).unwrap();
    let all = rows(&key).into_iter().map(|row| row[1].parse::<f64>().unwrap());
    let mut taken: Vec<f64> = all.filter(|&probability| probability >= 0.5).collect();
    taken.sort_by(f64::total_cmp);
    taken[taken.len() / 2]
}

/// A sheet of a study, filled in: a pair is the same where the tool is at least this sure.
fn coded(folder: &Folder, coder: &str, border: f64) -> String {
    let sheet = fs::read_to_string(folder.path("results/coding/sheet.csv")).unwrap();
    let key = fs::read_to_string(folder.path("results/coding/key.csv")).unwrap();
    let mut codes = "unit,coder,same\n".to_owned();
    for (row, key) in rows(&sheet).iter().zip(rows(&key)) {
        assert_eq!(row[0], key[0]);
        let same = u8::from(key[1].parse::<f64>().unwrap() >= border);
        codes += &format!("{},{coder},{same}\n", row[0]);
    }
    folder.write(&format!("{coder}.csv"), codes)
}

#[test]
fn a_sheet_goes_out_and_its_codes_set_the_threshold() {
    let folder = Folder::new();
    let path = folder.write("corpus.csv", corpus());
    let options = ["--by", "outlet", "--only", "coverage", "--permutations", "99", "--draws", "99"];
    let ran = study(&path, &folder, &[&options[..], &["--sheet", "60", "--blind"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let sheet = fs::read_to_string(folder.path("results/coding/sheet.csv")).unwrap();
    assert!(sheet.starts_with("unit,question,left_language,left_passage,"), "{sheet}");
    assert!(sheet.lines().count() > 40, "{sheet}");
    for outlet in ["Courier", "Herald", "Mirror"] {
        assert!(!sheet.contains(outlet), "a blind sheet names no outlet: {sheet}");
    }

    let border = middle(&folder);
    let (ona, jonas) = (coded(&folder, "Ona", border), coded(&folder, "Jonas", border));
    let key = folder.name("results/coding/key.csv");
    let thresholds = folder.name("thresholds.toml");
    let with_key = ["--key", &key, "--fit", &thresholds, "--draws", "200"];
    let arguments = [&["study", "reliability", &ona, &jonas], &with_key[..]].concat();
    let ran = parallax(&arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("same, with parallax"), "{}", ran.stdout);
    assert!(ran.stdout.contains("α 1.000"), "both coders agree: {}", ran.stdout);
    let json = parallax([&arguments[..], &["-f", "json"]].concat()).json();
    let of = |number: usize| json["variables"][number]["alpha"].as_f64().unwrap();
    assert!(of(0) > of(1) && of(1) > 0.0, "{json}");
    let fit = |which: &str, what: &str| json["threshold"][which][what].as_f64().unwrap();
    let best = fit("best", "threshold");
    assert!(best >= 0.5 && fit("best", "f1") >= fit("current", "f1"), "{json}");
    assert!(fit("current", "recall") == 1.0 && fit("current", "precision") < 0.9, "{json}");

    let claims = || {
        let csv = fs::read_to_string(folder.path("results/tables/claim_sentences.csv")).unwrap();
        csv.lines().count()
    };
    let before = claims();
    let ran = study(&path, &folder, &[&options[..], &["--thresholds", &thresholds]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(claims() <= before);
    let methods = fs::read_to_string(folder.path("results/methods.md")).unwrap();
    assert!(methods.contains(&format!("is {best} or more")), "{methods}");
}

#[test]
fn a_sheet_has_no_formula_and_hostile_cells_stay_cells() {
    let folder = Folder::new();
    let csv =
        corpus().replace("Nobody was hurt", "=HYPERLINK(1)").replace("There were no", "@SUM(no");
    let path = folder.write("corpus.csv", csv);
    let options = ["--by", "outlet", "--only", "timing", "--sheet", "200"];
    let ran = study(&path, &folder, &options);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let sheet = fs::read_to_string(folder.path("results/coding/sheet.csv")).unwrap();
    assert!(sheet.contains("=HYPERLINK"), "{sheet}");
    for row in rows(&sheet) {
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
    }
}

#[test]
fn what_does_not_fit_is_refused_with_a_hint() {
    let folder = Folder::new();
    let codes = folder.write("codes.csv", "unit,coder,same\nu1,Ona,1\nu2,Ona,0\n");
    let other = folder.write("other.csv", "unit,coder,tone\nu1,Ona,1\nu1,Jonas,0\n");
    let key = folder.write("key.csv", "unit,probability,weight\nu1,0.9,1\nu2,0.1,3\n");
    let broken = folder.write("broken.csv", "unit,probability,weight\nu1,high,1\n");
    let thresholds = folder.write("thresholds.toml", "least_probability = 1.5\n");
    let corpus = folder.write("corpus.csv", corpus());
    let out = folder.name("out");
    for (arguments, told) in [
        (vec!["study", "reliability", &codes], "has 1 coder"),
        (vec!["study", "reliability", &codes, "--key", &broken], "without its numbers"),
        (vec!["study", "reliability", &codes, "--key", &codes], "no column `probability`"),
        (vec!["study", "reliability", &other, "--key", &key], "has no codes `same`"),
        (vec!["study", "reliability", &codes, "--key", &key, "--fit", &out], "pairs were coded 1"),
        (
            vec!["study", &corpus, "--by", "outlet", "-o", &out, "--thresholds", &thresholds],
            "least_probability is 1.5",
        ),
    ] {
        let ran = parallax(&arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.stdout);
        assert!(ran.stderr.contains(told) && ran.stderr.contains("hint"), "{told}: {}", ran.stderr);
    }
    // One coder and the tool are two coders.
    let ran = parallax(["study", "reliability", &codes, "--key", &key]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("same, with parallax"), "{}", ran.stdout);
}
