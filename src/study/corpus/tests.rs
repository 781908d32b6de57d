//! Corpora in every form, sound and broken.

use std::fs;

use super::*;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

const TEXT: &str = "Tiltas per upę antradienį uždarytas remontui.";

#[test]
fn every_form_of_table_gives_the_same_articles() {
    let csv =
        format!("id,text,title,date,outlet,country,lang\na1,{TEXT},Tiltas,2013-11-01,LRT,LT,lt\n");
    let tsv = csv.replace(',', "\t");
    let jsonl = format!(
        "{{\"id\":\"a1\",\"text\":\"{TEXT}\",\"title\":\"Tiltas\",\"date\":\"2013-11-01\",\"outlet\":\"LRT\",\
         \"country\":\"LT\",\"lang\":\"lt\",\"tags\":[1]}}\n"
    );
    let json = format!("[{}]", jsonl.trim());
    let files = folder(&[("c.csv", &csv), ("c.tsv", &tsv), ("c.jsonl", &jsonl), ("c.json", &json)]);
    for name in ["c.csv", "c.tsv", "c.jsonl", "c.json"] {
        let corpus = Corpus::read(&files.path().join(name), &CorpusOptions::default()).unwrap();
        let [(meta, document)] = &corpus.articles[..] else { panic!("{name}: {corpus:?}") };
        assert_eq!((meta.id.as_str(), meta.outlet.as_deref()), ("a1", Some("LRT")), "{name}");
        assert_eq!(meta.country.as_deref(), Some("LT"));
        assert_eq!(document.title.as_deref(), Some("Tiltas"));
        assert_eq!(document.published, Some(jiff::civil::date(2013, 11, 1)));
        assert_eq!(document.language.code(), "lt");
        assert!(corpus.skipped.is_empty() && corpus.notes.is_empty(), "{corpus:?}");
    }
}

#[test]
fn columns_of_other_names_are_named() {
    let csv = format!("Inhalt;Medium\n{TEXT};LRT\n");
    let files = folder(&[("c.csv", &csv)]);
    let path = files.path().join("c.csv");
    let error = Corpus::read(&path, &CorpusOptions::default()).unwrap_err();
    assert!(error.to_string().contains("no column with the text"), "{error}");
    assert!(error.hint().contains("Inhalt, Medium"), "{}", error.hint());
    let columns = vec![(Field::Text, "inhalt".to_owned())];
    let corpus = Corpus::read(&path, &CorpusOptions { columns, ..Default::default() }).unwrap();
    assert_eq!(corpus.articles[0].0.outlet.as_deref(), Some("LRT"));
    let columns = vec![(Field::Text, "body".to_owned())];
    let error = Corpus::read(&path, &CorpusOptions { columns, ..Default::default() }).unwrap_err();
    assert!(error.to_string().contains("no column `body` for text"), "{error}");
}

#[test]
fn broken_records_are_told_and_the_others_read() {
    let csv =
        format!("text,outlet,date\n{TEXT},A,1/2/2013\n\"x,B\n{TEXT},C,someday\n,D,\n{TEXT},E,\n");
    let files = folder(&[("c.csv", &csv)]);
    let corpus = Corpus::read(&files.path().join("c.csv"), &CorpusOptions::default()).unwrap();
    let outlets: Vec<&str> =
        corpus.articles.iter().filter_map(|(meta, _)| meta.outlet.as_deref()).collect();
    assert_eq!(outlets, ["A", "C", "E"]);
    let skipped: Vec<String> = corpus.skipped.iter().map(|s| s.error.to_string()).collect();
    assert_eq!(skipped.len(), 2, "{skipped:?}");
    assert!(skipped[0].contains("c.csv:3") && skipped[1].contains("c.csv:5"), "{skipped:?}");
    let notes: Vec<&str> = corpus.notes.iter().map(|note| note.message.as_str()).collect();
    assert!(notes[0].contains("two ways") && notes[1].contains("“someday”"), "{notes:?}");
}

#[test]
fn a_folder_holds_articles_by_outlet_and_copies_stay() {
    let article = format!("Tiltas uždarytas\n\n{TEXT} Apvažiuoti galima per senąjį tiltą.");
    let other = "---\noutlet: Bild\ndate: 2013-11-02\n---\nBrücke zu\n\nDie Brücke ist seit Dienstag gesperrt.";
    let table = format!("text,outlet\n{TEXT},LRT\n");
    let files = folder(&[
        ("delfi/1.txt", &article),
        ("lrytas/1.txt", &article),
        ("x/2.md", other),
        ("more.csv", &table),
    ]);
    let corpus = Corpus::read(files.path(), &CorpusOptions::default()).unwrap();
    let found: Vec<(Option<&str>, Option<&str>)> =
        corpus.articles.iter().map(|(m, _)| (m.outlet.as_deref(), m.group.as_deref())).collect();
    assert_eq!(
        found,
        [
            (Some("LRT"), None),
            (Some("delfi"), Some("delfi")),
            (Some("lrytas"), Some("lrytas")),
            (Some("Bild"), Some("x"))
        ]
    );
    assert!(corpus.skipped.is_empty(), "{:?}", corpus.skipped);
}

#[test]
fn what_is_no_corpus_is_refused() {
    let files =
        folder(&[("c.csv", ""), ("c.xlsx", "x"), ("c.parquet", "no parquet"), ("a.json", "[1")]);
    for (name, told) in [
        ("c.csv", "is empty"),
        ("c.xlsx", "is no corpus"),
        ("c.parquet", "cannot be read as Parquet"),
        ("a.json", "is no JSON array"),
        ("missing.csv", "no such file"),
    ] {
        let error = Corpus::read(&files.path().join(name), &CorpusOptions::default()).unwrap_err();
        assert!(error.to_string().contains(told), "{name}: {error}");
    }
}

#[test]
fn the_host_stands_for_an_outlet_without_a_name() {
    assert_eq!(host("https://www.Delfi.lt/news/1?x#y").as_deref(), Some("delfi.lt"));
    assert_eq!(host("http://user@lrt.lt:8080"), Some("lrt.lt".to_owned()));
    assert_eq!(host("no address"), None);
}
