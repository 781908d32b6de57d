//! Inputs that give no document: each is told, kept in `skipped`, and does not stop the others.

use std::fs;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::program::{Folder, Ran, parallax, parallax_with_input, sample};

const ARTICLE: &str = "\
New library opens in the old harbour

The city library opened its new building in the old harbour on Tuesday. More than 400 people came to
the opening, the mayor said. The building cost 12 million euros and took three years to build.
";

/// The error that `skipped` gives for a source.
fn skipped(ran: &Ran, source: &str) -> String {
    let report = ran.json();
    let rows = report["skipped"].as_array().unwrap();
    let row = rows.iter().find(|row| row["source"] == source);
    let row = row.unwrap_or_else(|| panic!("{source} is not in {rows:?}"));
    assert!(!row["hint"].as_str().unwrap().is_empty(), "{row}");
    row["error"].as_str().unwrap().to_owned()
}

fn sources(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let documents = report["documents"].as_array().unwrap();
    documents.iter().map(|document| document["source"].as_str().unwrap().to_owned()).collect()
}

/// Bad contents of files, and words of the error they give.
const BAD_FILES: &[(&str, &[u8], &str)] = &[
    ("empty.txt", b"", "is empty"),
    ("blank.txt", b" \n\t\r\n", "is empty"),
    ("marks.txt", "\u{feff}\u{200b}\u{202e}\n".as_bytes(), "is empty"),
    ("paper.txt", b"%PDF-1.7\n1 0 obj\n", "is damaged (a PDF document"),
    ("letter.txt", b"PK\x03\x04\x14\0", "is not text (a ZIP archive"),
    ("strings.txt", b"<?xml version='1.0'?>\n<xliff/>\n", "is not text (an XML document)"),
    ("page.txt", b"<!DOCTYPE html>\n<nav>Home</nav>\n", "no text after cleaning"),
    ("cut.txt.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b", "is damaged (gzip data"),
    ("bytes.txt", b"\0\x01\x02\x03\xff\0\x07\x08ab\0\x05\x06\0\0\x01", "is not text"),
    ("links.txt", b"Share\nTweet\nFacebook\nPrint\n", "no text after cleaning"),
    ("digits.txt", b"12 31 7\n90\n", "no text after cleaning"),
];

#[test]
fn bad_files_are_told_and_the_others_still_run() {
    let folder = Folder::new();
    let mut arguments: Vec<String> = ["compare", "-f", "json"].map(str::to_owned).to_vec();
    arguments.push(sample("ferry-en.txt"));
    for (name, content, _) in BAD_FILES {
        arguments.push(folder.write(name, content));
    }
    arguments.push(sample("ferry-lt.txt"));

    let ran = parallax(&arguments);

    assert_eq!(ran.code, Some(2));
    assert_eq!(sources(&ran), [sample("ferry-en.txt"), sample("ferry-lt.txt")]);
    for (name, _, expected) in BAD_FILES {
        let source = folder.name(name);
        let error = skipped(&ran, &source);
        assert!(error.contains(expected), "{name}: {error}");
        let line = format!("warning: skipped {source}: {error}");
        assert!(ran.stderr.lines().any(|told| told == line), "{name}: {}", ran.stderr);
    }
}

#[cfg(unix)]
#[test]
fn places_that_are_no_files_are_told() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    fs::create_dir(folder.path("empty")).unwrap();
    folder.write("pictures/bridge.jpg", "no text");
    folder.write("loop/library.txt", ARTICLE);
    symlink(".", folder.path("loop").join("back")).unwrap();
    symlink("itself", folder.path("itself")).unwrap();
    let file = folder.write("file.txt", "The second text has two sentences. This is one of them.");
    let made = std::process::Command::new("mkfifo").arg(folder.path("pipe.txt")).status();
    assert!(made.unwrap().success());

    let cases = [
        (folder.name("missing.txt"), "no such file"),
        (format!("{file}/inside.txt"), "cannot be read (Not a directory"),
        (folder.name("empty"), "without files that can be read"),
        (folder.name("pictures"), "without files that can be read"),
        (folder.name("itself"), "loop"),
        (folder.name("pipe.txt"), "is a pipe, not a file"),
        ("/dev/null".to_owned(), "is a device, not a file"),
    ];
    let named = cases.iter().map(|(path, _)| path.clone());
    let options = ["compare", "-f", "json"].map(str::to_owned);
    let ran = parallax(options.into_iter().chain(named).chain([folder.name("loop"), file]));

    assert_eq!(ran.code, Some(2));
    for (path, expected) in &cases {
        let error = skipped(&ran, path);
        assert!(error.contains(expected), "{path}: {error}");
    }
    assert!(skipped(&ran, &folder.name("loop/back")).contains("loop"));
    assert_eq!(sources(&ran).len(), 2, "{}", ran.stdout);
}

#[cfg(unix)]
#[test]
fn links_between_folders_are_followed_once() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder.write("30/library.txt", ARTICLE);
    // Each folder holds two links to the next: a million million ways lead to the last one.
    for number in (0..30).rev() {
        let directory = folder.path(&number.to_string());
        fs::create_dir(&directory).unwrap();
        for name in ["one", "other"] {
            symlink(format!("../{}", number + 1), directory.join(name)).unwrap();
        }
    }
    let ran = parallax(["compare", "-f", "json", &folder.name("0")]);
    assert_eq!(sources(&ran).len(), 1);
    assert!(ran.json()["skipped"].as_array().unwrap().len() <= 40, "{}", ran.stderr);
}

#[test]
fn a_line_of_a_hundred_megabytes_is_refused() {
    let folder = Folder::new();
    let line = "Das Wasser steigt weiter. ".repeat(4_000_000);
    let path = folder.write("line.txt", line);
    let ran = parallax(["compare", "-f", "json", &path, &sample("ferry-de.md")]);
    assert_eq!(ran.code, Some(2));
    assert!(skipped(&ran, &path).contains("is too large (99 MiB, the limit is 64 MiB)"));
    assert_eq!(sources(&ran), [sample("ferry-de.md")]);
}

#[test]
fn long_lines_below_the_limit_are_read() {
    let cases = [
        "Vanduo kyla toliau. ".repeat(5_000),
        "a".repeat(1_000_000),
        format!("Das ist ein Satz mit einem Wort: {}.", "ж".repeat(300_000)),
        format!("A {}word with marks above its letters.", "e\u{301}\u{302}".repeat(100_000)),
        format!("{} A sentence after quotation marks.", "„«\"(".repeat(50_000)),
        format!("In {}2013 the bridge was closed.", "Jan. ".repeat(5_000)),
        format!("It cost {} euros in the end.", "1 234 ".repeat(30_000)),
        format!("{}deeply quoted words.", "> ".repeat(100_000)),
        format!("{}linked words.", "[".repeat(200_000)),
    ];
    for text in &cases {
        let folder = Folder::new();
        let path = folder.write("line.md", text);
        let ran = parallax(["inspect", "--stage", "facts", &path]);
        let start: String = text.chars().take(40).collect();
        assert!(matches!(ran.code, Some(0 | 2)), "{start}: {:?} {}", ran.code, ran.stderr);
    }
}

#[test]
fn broken_bytes_are_replaced_and_noted() {
    let folder = Folder::new();
    let mut bytes = "Die Brücke wurde am Montag für den Verkehr gesperrt. ".as_bytes().to_vec();
    bytes.extend(b"Die Reparatur \xff\xfe dauert zwei Wochen. ");
    bytes.extend("Das teilte die Stadt Köln am Dienstag mit.".as_bytes());
    let path = folder.write("broken.txt", bytes);
    let ran = parallax(["compare", "-f", "json", &path]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let report = ran.json();
    assert_eq!(report["notes"][0]["source"], path.as_str());
    assert!(ran.stderr.contains("UTF-8") && ran.stderr.contains(&path), "{}", ran.stderr);
    assert!(ran.stdout.contains("Reparatur \u{fffd}"), "{}", ran.stdout);
}

#[test]
fn too_many_documents_are_refused_with_a_way_out() {
    let folder = Folder::new();
    let record = |number: usize| {
        let text = format!("Keltas numeris {number} vakar išplaukė iš uosto ir grįžo vakare.");
        serde_json::json!({ "text": text }).to_string()
    };
    let records: Vec<String> = (0..1001).map(record).collect();
    let ran = parallax(["compare".to_owned(), folder.write("many.jsonl", records.join("\n"))]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("1001 documents are too many"), "{}", ran.stderr);
    assert!(ran.stderr.contains("parallax study"), "{}", ran.stderr);
}

#[test]
fn one_document_alone_is_no_failure() {
    let ran = parallax(["compare", "-f", "json", &sample("ferry-ru.md")]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.stderr.contains("only one document"), "{}", ran.stderr);
    let report = ran.json();
    for (list, length) in [("documents", 1), ("pairs", 0), ("claims", 0), ("events", 1)] {
        assert_eq!(report[list].as_array().unwrap().len(), length, "{list}");
    }
    for format in ["terminal", "markdown"] {
        let ran = parallax(["compare", "-f", format, &sample("ferry-ru.md")]);
        assert_eq!(ran.code, Some(0));
        assert!(!ran.stdout.contains("How to read"), "there is nothing to read: {}", ran.stdout);
    }
}

#[test]
fn nothing_but_bad_inputs_is_a_failure_with_a_report() {
    for format in ["terminal", "json", "markdown"] {
        let ran = parallax(["compare", "-f", format, "/nowhere/article.txt"]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stdout.contains("/nowhere/article"), "{format}: {}", ran.stdout);
        assert!(ran.stderr.contains("no document is left"), "{}", ran.stderr);
        assert!(!ran.stdout.contains("How to read"), "{}", ran.stdout);
    }
}

#[test]
fn a_second_copy_is_skipped_without_failure() {
    let folder = Folder::new();
    let (first, second) = (folder.write("a.txt", ARTICLE), folder.write("b.txt", ARTICLE));
    let ran = parallax(["compare", "-f", "json", &first, &second, &first]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(skipped(&ran, &second), format!("has the same content as {first}"));
    assert_eq!(sources(&ran), [first]);
}

#[test]
fn languages_without_rules_pass_through() {
    let folder = Folder::new();
    let texts = [
        (
            "pl.txt",
            "Nowa biblioteka została otwarta we wtorek w starym porcie. Budowa kosztowała \
                    12 milionów euro, powiedział burmistrz. Przyszło ponad 400 osób.",
        ),
        (
            "ja.txt",
            "新しい図書館が火曜日に古い港で開館した。建設費は1200万ユーロだったと市長は述べた。",
        ),
        (
            "ar.txt",
            "افتتحت المكتبة الجديدة يوم الثلاثاء في الميناء القديم. وقال العمدة إن البناء كلف 12 مليون يورو.",
        ),
        ("none.txt", "Qzxw vbnm plkj hgfd. Rtyu wqas zxcv bnml kjhg. Poiu ytre wqml."),
    ];
    let mut arguments = vec!["compare".to_owned(), "-f".to_owned(), "json".to_owned()];
    arguments.push(folder.write("en.txt", ARTICLE));
    arguments.extend(texts.iter().map(|(name, text)| folder.write(name, text)));
    let ran = parallax(&arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let report = ran.json();
    assert_eq!(report["documents"][0]["language"], "en");
    for (index, (name, _)) in texts.iter().enumerate() {
        let language = report["documents"][index + 1]["language"].as_str().unwrap();
        assert!(!["de", "en", "lt", "ru"].contains(&language), "{name} is taken for {language}");
    }
}

#[test]
fn standard_input_is_read_once() {
    let twice = parallax_with_input(&["compare", "-", "-"], ARTICLE.as_bytes());
    assert_eq!(twice.code, Some(2));
    assert!(twice.stderr.contains("standard input was given twice"), "{}", twice.stderr);

    let article = sample("ferry-en.txt");
    let once = parallax_with_input(&["compare", "-f", "json", "-", &article], ARTICLE.as_bytes());
    assert_eq!(once.code, Some(0), "{}", once.stderr);
    assert_eq!(sources(&once), ["<stdin>".to_owned(), article]);

    let nothing = parallax_with_input(&["compare", "-f", "json", "-"], b"");
    assert_eq!(nothing.code, Some(2));
    assert_eq!(skipped(&nothing, "<stdin>"), "is empty");
}

#[test]
fn a_file_that_changes_is_read_whole_or_not_at_all() {
    let folder = Folder::new();
    let path = folder.write("growing.txt", ARTICLE.repeat(40_000));
    let done = AtomicBool::new(false);
    let ran = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
            while !done.load(Ordering::Relaxed) {
                file.write_all(b"x").unwrap();
            }
        });
        let ran = parallax(["compare", "-f", "json", &path, &sample("ferry-en.txt")]);
        done.store(true, Ordering::Relaxed);
        ran
    });
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert_eq!(skipped(&ran, &path), "changed while it was read");
}
