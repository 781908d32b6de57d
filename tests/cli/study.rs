//! `study`: corpora in every state, and how well coders agree.

use std::fs;

use serde_json::Value;

use crate::program::{Folder, Ran, parallax, parallax_with_input, sample};

/// Krippendorff's worked example in a wide table.
const WIDE: &str = "unit,A,B,C,D\n1,1,1,,1\n2,2,2,3,2\n3,3,3,3,3\n4,3,3,3,3\n5,2,2,2,2\n6,1,2,3,4\n\
    7,4,4,4,4\n8,1,1,2,1\n9,2,2,2,2\n10,NA,5,5,5\n11,,,1,1\n12,,3,,\n";

#[test]
fn alpha_is_told_with_its_interval_and_what_it_allows() {
    let folder = Folder::new();
    let codes = folder.write("codes.csv", WIDE);
    let ran = parallax(["study", "reliability", codes.as_str()]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let text = ran.stdout.replace(&codes, "codes.csv");
    insta::assert_snapshot!("study-reliability", text);
    let json =
        parallax(["study", "reliability", codes.as_str(), "--level", "interval", "-f", "json"]);
    let variable = &json.json()["variables"][0];
    assert!((variable["alpha"].as_f64().unwrap() - 0.8491071428571428).abs() < 1e-12);
    assert_eq!((&variable["units"], &variable["pairable_units"]), (&12.into(), &11.into()));
}

#[test]
fn a_long_table_has_a_level_for_each_variable() {
    let table = "unit,coder,tone,frame\nu1,A,1,war\nu1,B,2,war\nu2,A,3,aid\nu2,B,3,war\n\
        u3,A,2,aid\nu3,B,2,aid\n";
    let arguments = ["study", "reliability", "-", "--level", "tone=ordinal", "-f", "csv"];
    let ran = parallax_with_input(&arguments, table.as_bytes());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!("study-reliability-csv", ran.stdout);
}

#[test]
fn what_cannot_be_computed_says_why() {
    let flat = parallax_with_input(&["study", "reliability", "-"], b"unit,A,B\n1,x,x\n2,x,x\n");
    assert_eq!(flat.code, Some(0));
    assert!(flat.stdout.contains("all codes are the same"), "{}", flat.stdout);
    let names = ["study", "reliability", "-", "--level", "ordinal"];
    let unordered = parallax_with_input(&names, b"unit,A,B\n1,low,high\n2,high,high\n");
    assert!(unordered.stdout.contains("“low” is no number"), "{}", unordered.stdout);
    let ordered = [&names[..], &["--order", "low,high"]].concat();
    let ordered = parallax_with_input(&ordered, b"unit,A,B\n1,low,high\n2,high,high\n");
    assert!(ordered.stdout.contains("α 0.000"), "{}", ordered.stdout);
}

#[test]
fn bad_tables_and_options_are_refused_with_a_hint() {
    let table = "unit,A,B\n1,1,2\n2,1,1\n";
    for (options, input, told) in [
        (&["--level", "metric"][..], table, "there is no level `metric`"),
        (&["--level", "tone=ordinal"], table, "has no variable `tone`"),
        (&["--draws", "3"], table, "3 draws give no interval"),
        (&[], "", "<stdin>: is empty"),
        (&[], "1,2\n2,2\n", "the first row holds codes"),
        (&[], "unit,A\n1,1\n", "has 1 coder"),
    ] {
        let arguments = [&["study", "reliability", "-"], options].concat();
        let ran = parallax_with_input(&arguments, input.as_bytes());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{told}");
        assert!(ran.stderr.contains(told) && ran.stderr.contains("hint"), "{}", ran.stderr);
    }
    let missing = parallax(["study", "reliability", "no-such-file.csv"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.stderr.contains("no-such-file.csv"), "{}", missing.stderr);
}

#[test]
fn hostile_codes_steer_nothing() {
    let table = "unit,A\u{1b}[31m,=cmd\n1,x\u{1b}]0;t\u{7},x\n2,y,x\n";
    for format in ["terminal", "csv"] {
        let ran =
            parallax_with_input(&["study", "reliability", "-", "-f", format], table.as_bytes());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(!ran.stdout.contains('\u{1b}') && !ran.stdout.contains("\n=cmd"), "{}", ran.stdout);
        assert!(!ran.stdout.contains(",=cmd"), "{}", ran.stdout);
    }
}

/// Where it burns.
const PLACES: [&str; 10] = [
    "Klaipeda", "Bremen", "Odessa", "Hull", "Varna", "Gdansk", "Lübeck", "Tallinn", "Aberdeen",
    "Genoa",
];

/// What an outlet writes about the fire in one place; the Courier says nothing about the owner.
pub(crate) fn article(outlet: &str, place: &str, number: usize) -> String {
    let (engines, tonnes) = (number + 3, 100 * (number + 1));
    match outlet {
        "Courier" => format!(
            "Fire has destroyed a harbour warehouse in {place} in the night to Wednesday. {engines} engines of the fire \
             brigade came to the quay of {place}. There were no injuries, said the mayor of {place}."
        ),
        "Herald" => {
            let told = format!(
                "A warehouse in the harbour of {place} burned down on Tuesday night. The fire brigade of {place} sent {engines} \
                 engines to the quay. Nobody was hurt, the mayor of {place} told reporters in the morning. The owner had \
                 stored {tonnes} tonnes of paper without a permit."
            );
            // What is the same in all events has no interval.
            let warning = " An inspector had warned of the danger in writing a year ago.";
            if number.is_multiple_of(3) { told } else { told + warning }
        }
        _ => format!(
            "On Tuesday night fire destroyed a warehouse in {place} harbour. {engines} fire engines drove to the quay in \
             {place}. According to the mayor of {place}, nobody was injured. {tonnes} tonnes of paper had been stored there \
             by the owner, who had no permit. A year ago an inspector had given a written warning of the danger."
        ),
    }
}

/// Ten events, three outlets.
pub(crate) fn corpus() -> String {
    let mut csv = "id,text,title,date,outlet,event\n".to_owned();
    for (number, place) in PLACES.iter().enumerate() {
        for (outlet, day) in [("Courier", 3), ("Herald", 1), ("Mirror", 2)] {
            csv += &format!(
                "{outlet}{number},\"{}\",Fire in {place},2019-03-{:02},{outlet},fire{number}\n",
                article(outlet, place, number),
                number + day
            );
        }
    }
    csv
}

pub(crate) fn study(corpus: &str, folder: &Folder, options: &[&str]) -> Ran {
    let output = folder.name("results");
    parallax([&["study", corpus, "-o", &output], options].concat())
}

pub(crate) fn results(folder: &Folder) -> Value {
    serde_json::from_slice(&fs::read(folder.path("results/study.json")).unwrap()).unwrap()
}

/// The test of a group in a measure.
fn test<'r>(results: &'r Value, measure: &str, group: &str) -> &'r Value {
    let tests = results["tests"].as_array().unwrap();
    tests
        .iter()
        .find(|t| t["measure"] == measure && t["group"] == group && t["subject"].is_null())
        .unwrap_or_else(|| panic!("{measure} {group}: {tests:#?}"))
}

#[test]
fn who_leaves_out_what_is_found_with_everything_a_paper_needs() {
    let folder = Folder::new();
    let path = folder.write("corpus.csv", corpus());
    let ran = study(&path, &folder, &["--by", "outlet", "--permutations", "999"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.contains("30 articles (30 independent), 10 events"), "{}", ran.stdout);

    let results = results(&folder);
    assert_eq!(results["schema"], "parallax.study/1");
    assert_eq!(results["corpus"]["groups"].as_array().unwrap().len(), 3);
    let omission = test(&results, "omission rate", "Courier");
    assert!(omission["difference"].as_f64().unwrap() > 0.15, "{omission}");
    assert!(omission["p"].as_f64().unwrap() < 0.02, "{omission}");
    assert!(omission["low"].as_f64() < omission["high"].as_f64(), "{omission}");
    assert!(test(&results, "omission rate", "Herald")["difference"].as_f64().unwrap() < 0.0);
    let lag = test(&results, "days behind the first report", "Courier");
    assert_eq!(lag["group_value"], 2.0);
    // Whoever covers everything differs from nobody, and that is said.
    let rate = test(&results, "share of events covered", "Courier");
    assert_eq!((&rate["group_value"], &rate["difference"]), (&1.0.into(), &0.0.into()));

    for file in ["tests", "articles", "events", "selection", "claims", "claim_sentences", "timing"]
    {
        let csv = fs::read_to_string(folder.path(&format!("results/tables/{file}.csv"))).unwrap();
        let columns = csv.lines().next().unwrap().split(',').count();
        assert!(columns > 4 && csv.lines().count() > 1, "{file}: {csv}");
        let parquet = fs::read(folder.path(&format!("results/tables/{file}.parquet"))).unwrap();
        assert!(parquet.starts_with(b"PAR1"), "{file}");
    }
    let figure =
        fs::read_to_string(folder.path("results/figures/coverage_omission_rate.svg")).unwrap();
    assert!(roxmltree::Document::parse(&figure).is_ok() && figure.contains("Courier"), "{figure}");
    for file in ["coverage_matrix", "timeline"] {
        let svg = fs::read_to_string(folder.path(&format!("results/figures/{file}.svg"))).unwrap();
        assert!(roxmltree::Document::parse(&svg).is_ok(), "{svg}");
    }
    let dictionary = fs::read_to_string(folder.path("results/data_dictionary.md")).unwrap();
    assert!(dictionary.contains("## `claims`") && dictionary.contains("| `q` | real |"));
    let methods = fs::read_to_string(folder.path("results/methods.md")).unwrap();
    for part in
        ["Seed 1.", "up to 999 shuffles", "Benjamini", "SHA-256 `", "| Courier | 10 | 10 | 1 |"]
    {
        assert!(methods.contains(part), "{part}: {methods}");
    }
}

#[test]
fn a_second_run_says_the_same() {
    let folder = Folder::new();
    let path = folder.write("corpus.csv", corpus());
    let options = ["--by", "outlet", "--only", "coverage,timing", "--permutations", "99"];
    study(&path, &folder, &options);
    let first = fs::read(folder.path("results/study.json")).unwrap();
    study(&path, &folder, &options);
    assert_eq!(fs::read(folder.path("results/study.json")).unwrap(), first);
    study(&path, &folder, &[&options[..], &["--seed", "2"]].concat());
    assert_ne!(fs::read(folder.path("results/study.json")).unwrap(), first);
}

#[test]
fn records_that_cannot_be_read_are_told_and_the_others_studied() {
    let folder = Folder::new();
    let text = article("Herald", "Hull", 1);
    let csv = format!(
        "text,outlet,date\n\"{text}\",A,01/02/2019\n\"broken,B\n\"{text} x\",C,31.12.2019\n,D,\n\"{text} y\",E,5 May 2019\n"
    );
    let path = folder.write("corpus.csv", csv);
    let ran = study(&path, &folder, &["--by", "outlet", "--permutations", "99"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    for part in ["corpus.csv:3", "corpus.csv:5", "can be read in two ways", "--date-order"] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    assert_eq!(results(&folder)["skipped"].as_array().unwrap().len(), 2);
}

#[test]
fn a_folder_of_articles_is_a_corpus() {
    let folder = Folder::new();
    for name in ["ferry-de.md", "ferry-en.txt", "ferry-lt.txt", "ferry-ru.md"] {
        let outlet = &name[6..8];
        folder.write(&format!("news/{outlet}/{name}"), fs::read(sample(name)).unwrap());
    }
    let ran = study(&folder.name("news"), &folder, &["--by", "language", "--permutations", "99"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let results = results(&folder);
    assert_eq!(results["corpus"]["events"], 1);
    assert_eq!(results["corpus"]["groups"].as_array().unwrap().len(), 4);
    let claims = fs::read_to_string(folder.path("results/tables/claims.csv")).unwrap();
    assert!(claims.lines().count() > 4 * 4, "{claims}");
}

#[test]
fn what_makes_no_study_is_refused_with_a_hint() {
    let folder = Folder::new();
    let path = folder.write("news/corpus.csv", corpus());
    let news = folder.name("news");
    let inside = folder.name("news/results");
    for (arguments, told) in [
        (vec!["study"], "a study needs a corpus"),
        (vec!["study", &path, "--by", "outlet"], "a study needs a corpus"),
        (vec!["study", "missing.csv", "--by", "outlet", "-o", "x"], "no such file"),
        (vec!["study", &news, "--by", "outlet", "-o", &inside], "lies in the corpus"),
        (vec!["study", &path, "--by", "party", "-o", "x"], "no column `party`"),
        (vec!["study", &path, "--by", "outlet", "-o", "x", "--only", "mood"], "no analysis `mood`"),
        (vec!["study", &path, "--by", "outlet", "-o", "x", "--column", "mood=x"], "names no field"),
        (
            vec!["study", &path, "--by", "outlet", "-o", "x", "--draws", "1"],
            "cannot compute with 1",
        ),
    ] {
        let mut command = crate::program::command();
        command.current_dir(folder.path(".")).args(&arguments);
        let ran = crate::program::run(&mut command, b"");
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.stdout);
        assert!(ran.stderr.contains(told) && ran.stderr.contains("hint"), "{told}: {}", ran.stderr);
    }
}

#[test]
fn hostile_texts_get_through_to_no_table() {
    let folder = Folder::new();
    let csv = "text,title,outlet\n\"The harbour of Hull burned.\",\"=HYPERLINK(\"\"x\"\")\",\"<b>A\u{1b}[31m\"\n\"x y z\",@cmd,-B\n";
    let path = folder.write("corpus.csv", csv);
    let ran = study(&path, &folder, &["--by", "outlet", "--permutations", "99"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(!ran.stdout.contains('\u{1b}'), "{}", ran.stdout);
    let articles = fs::read_to_string(folder.path("results/tables/articles.csv")).unwrap();
    assert!(!articles.contains('\u{1b}') && articles.contains("'=HYPERLINK"), "{articles}");
    assert!(articles.contains("'@cmd") && articles.contains("'-B"), "{articles}");
    let methods = fs::read_to_string(folder.path("results/methods.md")).unwrap();
    assert!(!methods.contains("<b>") && !methods.contains('\u{1b}'), "{methods}");
}

#[test]
fn planted_omissions_tell_the_error() {
    let folder = Folder::new();
    let path = folder.write("corpus.csv", corpus());
    let options = ["--by", "outlet", "--only", "coverage", "--permutations", "99", "--validate"];
    let ran = study(&path, &folder, &options);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let csv = fs::read_to_string(folder.path("results/tables/validation.csv")).unwrap();
    let rate = |change: &str| {
        let row = csv.lines().find(|line| line.starts_with(&format!("{change},,"))).unwrap();
        let cell = |column: usize| row.split(',').nth(column).unwrap().parse::<f64>().unwrap();
        assert!(cell(2) >= 10.0 && cell(5) < cell(4), "{csv}");
        cell(4)
    };
    assert!(rate("omission") > 0.6 && rate("word of speaking") > 0.8, "{csv}");
    assert!(ran.stdout.contains("noticed"), "{}", ran.stdout);
}
