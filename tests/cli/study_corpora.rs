//! Corpora that are large, broken or in a bad state: interrupted runs go on, bad records are told, what cannot be computed
//! says why.

use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use parallax::cache::{self, Content};

use crate::program::{Folder, command, run};
use crate::study::{article, corpus, results, study};

/// What follows from a corpus: a part of the output or of the remarks, and whether records were left out.
struct Case {
    name: &'static str,
    csv: String,
    told: &'static [&'static str],
    code: i32,
}

fn cases() -> Vec<Case> {
    let (text, other) = (article("Herald", "Hull", 1), article("Mirror", "Genoa", 7));
    let german = "Das Feuer brach nach Angaben der Behörden kurz nach Mitternacht in einer Lagerhalle aus. Die \
         Feuerwehr rückte mit zehn Löschzügen an und brachte die Flammen erst am Morgen unter Kontrolle. Nach ersten \
         Erkenntnissen wurde niemand verletzt, der Schaden geht in die Millionen.";
    let case = |name, csv, told, code| Case { name, csv, told, code };
    vec![
        case(
            "missing dates",
            format!("text,outlet,date\n\"{text}\",A,\n\"{other}\",B,2019-03-01\n"),
            &["1 of 2 articles have no date"],
            0,
        ),
        case(
            "one group only",
            format!("text,outlet\n\"{text}\",A\n\"{other}\",A\n"),
            &["all articles are of one outlet"],
            0,
        ),
        case(
            "three articles",
            format!("text,outlet\n\"{text}\",A\n\"{other}\",B\n\"{text} More follows.\",C\n"),
            &["only 1 event is covered by more than one outlet"],
            0,
        ),
        case(
            "the same text 500 times",
            (0..500).fold("text,outlet\n".to_owned(), |csv, n| {
                csv + &format!("\"{text}\",O{}\n", n % 5)
            }),
            &["500 articles (1 independent)"],
            0,
        ),
        case(
            "mixed languages in one article",
            format!("text,outlet\n\"{text}\n\n{german}\",A\n\"{other}\",B\n"),
            &["1 article is written in several languages"],
            0,
        ),
        case(
            "broken quotes",
            format!("text,outlet\n\"{text}\",A\n\"no end,B\n\"{other}\",C\n"),
            &["corpus.csv:3"],
            2,
        ),
        case(
            "dates in four conventions",
            format!(
                "text,outlet,date\n\"{text}\",A,2019-03-04\n\"{other}\",B,4 March 2019\n\"{text} More.\",C,04.03.2019\n\
                 \"{other} More.\",D,2019 m. kovo 4 d.\n"
            ),
            &[],
            0,
        ),
        case(
            "a date that can be read in two ways",
            format!("text,outlet,date\n\"{text}\",A,01/02/2019\n\"{other}\",B,03/02/2019\n"),
            &["can be read in two ways", "--date-order"],
            0,
        ),
        case(
            "outlets spelled two ways",
            format!("text,outlet\n\"{text}\",The Post\n\"{other}\",the post\n\"{text} x\",Post\n"),
            &["taken for one", "look like one"],
            0,
        ),
        case("no outlets", format!("text,outlet\n\"{text}\",\n"), &["no article has outlet"], 0),
    ]
}

#[test]
fn corpora_in_a_bad_state_are_studied_as_far_as_they_go() {
    for Case { name, csv, told, code } in cases() {
        let folder = Folder::new();
        let path = folder.write("corpus.csv", csv);
        let ran =
            study(&path, &folder, &["--by", "outlet", "--permutations", "99", "--draws", "99"]);
        assert_eq!(ran.code, Some(code), "{name}: {}", ran.stderr);
        let all =
            (ran.stdout.clone() + &ran.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
        for told in told {
            assert!(all.contains(told), "{name}, {told}: {all}");
        }
        for test in results(&folder)["tests"].as_array().unwrap() {
            assert!(!test["p"].is_null() || !test["reason"].is_null(), "{name}: {test}");
        }
        if name.starts_with("dates in four") {
            let csv = fs::read_to_string(folder.path("results/tables/articles.csv")).unwrap();
            assert_eq!(csv.matches("2019-03-04").count(), 4, "{csv}");
        }
    }
}

/// A corpus of some length.
fn long_corpus() -> String {
    let mut csv = "text,outlet,event\n".to_owned();
    for line in corpus().lines().skip(1) {
        let fields: Vec<&str> = line.split('"').collect();
        let (outlet, text) =
            (fields[0].split(|c: char| c.is_ascii_digit()).next().unwrap(), fields[1]);
        for copy in 0..6 {
            csv += &format!("\"{text} It was fire number {copy} of the year.\",{outlet},e{copy}\n");
        }
    }
    csv
}

#[test]
fn an_interrupted_run_goes_on_where_it_stopped() {
    let folder = Folder::new();
    let path = folder.write("corpus.csv", long_corpus());
    let arguments = |cache: &str, output: &str| {
        let mut command = command();
        command.args(["study", &path, "--by", "outlet", "--only", "coverage,naming"]);
        command.args(["--permutations", "99", "--draws", "99", "--cache", cache, "-o", output]);
        command
    };
    let (cache_folder, other) = (folder.name("cache"), folder.name("other"));
    fs::create_dir(&cache_folder).unwrap();
    let mut child = arguments(&cache_folder, &folder.name("first"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let kept = || {
        let tables = cache::inspect(folder.path("cache").as_path()).unwrap_or_default();
        let vectors = tables.iter().filter(|table| table.content == Content::Vectors);
        vectors.map(|table| table.entries).sum::<u64>()
    };
    let start = Instant::now();
    while kept() < 100 && start.elapsed() < Duration::from_secs(300) {
        sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let after_kill = kept();
    assert!(after_kill >= 100, "{after_kill}");

    let ran = run(&mut arguments(&cache_folder, &folder.name("second")), b"");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(kept() > after_kill, "the rest was computed");
    let ran = run(&mut arguments(&other, &folder.name("whole")), b"");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let study = |name: &str| fs::read(folder.path(&format!("{name}/study.json"))).unwrap();
    assert_eq!(study("second"), study("whole"));
}
