//! `parallax check --glossary`: terms in tables and TBX, broken rows among them, inflected and compounded.

use serde_json::Value;

use crate::program::{Folder, Ran, parallax};

const TABLE: &str = "source\ttarget\n\
     The harbour is closed.\tUosto nebėra.\n\
     The harbour master is ill.\tPrieplaukos viršininkas serga.\n\
     The ferry is late.\tPlaustas vėluoja.\n";

fn segments(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Messages of `terminology` in each segment.
fn misuses(ran: &Ran) -> Vec<Vec<String>> {
    let of = |segment: &Value| {
        let findings = segment["findings"].as_array().unwrap();
        let found = findings.iter().filter(|finding| finding["check"] == "terminology");
        found.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect()
    };
    segments(ran).iter().map(of).collect()
}

fn run(folder: &Folder, glossary: &str) -> Ran {
    let table = folder.write("a.tsv", TABLE);
    parallax([
        "check",
        &table,
        "--glossary",
        glossary,
        "--langs",
        "en,lt",
        "--only",
        "terminology",
        "-f",
        "jsonl",
    ])
}

#[test]
fn a_broken_row_is_told_and_the_other_terms_are_used() {
    let folder = Folder::new();
    for (name, content, place) in [
        (
            "terms.csv",
            "en;lt;forbidden\nharbour;uostas|prieplauka;\nbroken;;\nferry;keltas;plaustas\n",
            ":3:1",
        ),
        (
            "terms.tsv",
            "source\ttarget\tforbidden\nharbour\tuostas|prieplauka\t\n\tx\t\nferry\tkeltas\tplaustas\n",
            ":3:1",
        ),
        (
            "open.csv",
            "source,target,forbidden\nharbour,uostas|prieplauka,\n\"open,x\nferry,keltas,plaustas\n",
            ":3:1",
        ),
    ] {
        let glossary = folder.write(name, content);
        let ran = run(&folder, &glossary);
        assert_eq!(ran.code, Some(2), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(&format!("{name}{place}")), "{name}: {}", ran.stderr);
        let found = misuses(&ran);
        assert_eq!(found[0], [] as [String; 0], "{name}: `uosto` is a form of `uostas`");
        assert_eq!(found[1], [] as [String; 0], "{name}: `prieplaukos` of `prieplauka`");
        assert!(found[2][0].contains("must not stand for “ferry”"), "{name}: {found:?}");
    }
}

const TBX: &str = r#"<?xml version="1.0"?>
<tbx type="TBX-Basic" xml:lang="en"><text><body>
<conceptEntry id="1"><langSec xml:lang="en"><termSec><term>ferry</term></termSec></langSec>
<langSec xml:lang="lt"><termSec><term>keltas</term></termSec>
<termSec><term>plaustas</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec></conceptEntry>
<conceptEntry id="2"><langSec xml:lang="en"><termSec><term>harbour</term></termSec></langSec>
<langSec xml:lang="lt"><termSec><term>uostas</term></termSec></langSec></conceptEntry>
</body></text></tbx>"#;

#[test]
fn tbx_is_read_and_a_broken_end_leaves_the_terms_before_it() {
    let folder = Folder::new();
    let ran = run(&folder, &folder.write("terms.tbx", TBX));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let whole = misuses(&ran);
    assert_eq!(whole[0], [] as [String; 0]);
    assert!(whole[1][0].contains("“harbour” is “uostas”"), "{whole:?}");
    assert!(whole[2][0].contains("must not stand for"), "{whole:?}");

    let cut = &TBX[..TBX.find("arbour</term>").unwrap()];
    let ran = run(&folder, &folder.write("cut.tbx", cut));
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("cut.tbx:6:"), "{}", ran.stderr);
    assert!(misuses(&ran)[2][0].contains("must not stand for"), "{}", ran.stdout);
}

#[test]
fn terms_are_found_in_german_compounds_and_no_substring_passes() {
    let folder = Folder::new();
    let table = folder.write(
        "a.tsv",
        "source\ttarget\nThe harbour master came.\tDer Hafenmeister kam.\nThe harbour burned.\tDer Port brannte.\n\
         The site is old.\tDie Website ist alt.\n",
    );
    let glossary = folder.write("g.csv", "source,target\nharbour,Hafen\nsite,Ort\n");
    let ran = parallax([
        "check",
        &table,
        "--glossary",
        &glossary,
        "--langs",
        "en,de",
        "--only",
        "terminology",
        "-f",
        "jsonl",
    ]);
    let counts: Vec<usize> = misuses(&ran).iter().map(Vec::len).collect();
    assert_eq!(counts, [0, 1, 1], "{}", ran.stdout);
}
