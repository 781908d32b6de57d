//! `inspect`, `embed`, `models`, and the configuration file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{Folder, command, parallax, parallax_with_input, run, sample};

const TEXT: &str = "\
New library opens

The city library opened on Tuesday, 5 March 2024. It cost 12 million euros.

More than 400 people came.
";

#[test]
fn inspect_shows_each_stage_as_text() {
    let text = parallax_with_input(&["inspect", "-"], TEXT.as_bytes()).stdout;
    assert_eq!(text, TEXT);
    let sentences = parallax_with_input(&["inspect", "-", "--stage", "sentences"], TEXT.as_bytes());
    assert_eq!(sentences.stdout, TEXT.replace("2024. It", "2024.\nIt"));
    let facts = parallax_with_input(&["inspect", "-", "--stage", "facts"], TEXT.as_bytes()).stdout;
    for part in ["    12 million euros: ", "2024-03-05", "12000000"] {
        assert!(facts.contains(part), "{part}: {facts}");
    }
}

#[test]
fn inspect_gives_documents_as_json() {
    for stage in ["text", "sentences", "facts"] {
        let ran = parallax(["inspect", "--stage", stage, "-f", "json", &sample("talks-lt.md")]);
        let documents = ran.json()["documents"].clone();
        assert_eq!(documents.as_array().unwrap().len(), 1);
        assert_eq!(documents[0]["language"], "lt");
        assert!(documents[0]["sentences"].as_array().unwrap().len() > 5);
        assert_eq!(documents[0]["text"].is_string(), stage == "text");
    }
}

#[test]
fn inspect_tells_what_was_dropped_and_why_unless_quiet() {
    let article = sample("talks-de.txt");
    let loud = parallax(["inspect", &article]);
    assert!(loud.stderr.contains("dropped"), "{}", loud.stderr);
    let quiet = parallax(["inspect", "-q", &article]);
    assert_eq!((quiet.stderr.as_str(), quiet.stdout), ("", loud.stdout));
}

#[test]
fn embed_gives_a_unit_vector_for_each_sentence() {
    let ran = parallax_with_input(&["embed", "-"], TEXT.as_bytes());
    let lines: Vec<serde_json::Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    for line in &lines {
        let vector = line["vector"].as_array().unwrap();
        let square: f64 = vector.iter().map(|x| x.as_f64().unwrap().powi(2)).sum();
        assert!((square - 1.0).abs() < 1e-3, "{square}");
    }
    assert_eq!(lines[3]["text"], "More than 400 people came.");
}

#[test]
fn embed_keeps_every_line() {
    let lines = "Erste Zeile.\n\n   \nOne. Two.\r\nshare\n12\nPaskutinė eilutė";
    let ran = parallax_with_input(&["embed", "--lines", "-"], lines.as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let texts: Vec<serde_json::Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let texts: Vec<&str> = texts.iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert_eq!(texts.len(), 7, "{texts:?}");
    assert_eq!((texts[0], texts[3], texts[6]), ("Erste Zeile.", "One. Two.", "Paskutinė eilutė"));
}

#[test]
fn embed_writes_arrays_and_tables() {
    let folder = Folder::new();
    let input = folder.write("text.txt", TEXT);
    for (name, magic) in [("v.npy", b"\x93NUMPY".as_slice()), ("v.parquet", b"PAR1")] {
        let ran = parallax(["embed", &input, "-o", &folder.name(name)]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(fs::read(folder.path(name)).unwrap().starts_with(magic), "{name}");
    }
    let npy = fs::read(folder.path("v.npy")).unwrap();
    let header = String::from_utf8_lossy(&npy[..120]).into_owned();
    assert!(header.contains("'<f4'") && header.contains("(4, "), "{header}");
}

#[test]
fn embed_without_text_gives_nothing() {
    let ran = parallax_with_input(&["embed", "-"], b"");
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
    let ran = parallax_with_input(&["embed", "--lines", "-"], b"");
    assert!(ran.code.is_some() && ran.stdout.is_empty(), "{ran:?}");
}

/// The folder of the default model.
fn model() -> PathBuf {
    let shown = parallax(["models", "show"]).stdout;
    let folder = shown.lines().find_map(|line| line.strip_prefix("folder")).unwrap();
    PathBuf::from(folder.trim())
}

#[test]
fn the_default_model_is_listed_shown_and_intact() {
    let shown = parallax(["models", "show"]);
    assert_eq!(shown.code, Some(0), "{}", shown.stderr);
    for row in ["id", "licence", "provenance", "dimensions", "sha256"] {
        assert!(shown.stdout.contains(row), "{row}: {}", shown.stdout);
    }
    let verified = parallax(["models", "verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
    assert!(verified.stdout.lines().all(|line| line.starts_with("ok")), "{}", verified.stdout);
    assert_eq!(parallax(["models", "list"]).code, Some(0));
}

/// A copy of the model; `change` says what becomes of its manifest.
fn broken_copy(folder: &Folder, change: impl Fn(String) -> String) {
    for entry in fs::read_dir(model()).unwrap() {
        let path = entry.unwrap().path();
        let target = folder.path(path.file_name().unwrap().to_str().unwrap());
        if path.file_name().unwrap() == "manifest.json" {
            fs::write(target, change(fs::read_to_string(&path).unwrap())).unwrap();
        } else if path.is_file() {
            fs::copy(path, target).unwrap();
        }
    }
}

#[test]
fn a_broken_file_of_a_model_is_named() {
    let folder = Folder::new();
    broken_copy(&folder, |manifest| manifest);
    let tokenizer = folder.path("tokenizer.json");
    let mut bytes = fs::read(&tokenizer).unwrap();
    bytes.truncate(bytes.len() / 2);
    fs::write(&tokenizer, bytes).unwrap();
    let folder = folder.name("");
    let verified = parallax(["models", "verify", "--model", &folder]);
    assert_eq!(verified.code, Some(2));
    assert!(verified.stderr.contains("tokenizer.json"), "{}", verified.stderr);
    assert_eq!(verified.stdout.matches("broken ").count(), 1, "{}", verified.stdout);
    let compared = parallax(["compare", "--model", &folder, &sample("ferry-en.txt")]);
    assert_eq!(compared.code, Some(2));
    assert!(compared.stderr.contains("tokenizer.json"), "{}", compared.stderr);
}

#[test]
fn a_broken_manifest_is_named() {
    let changes: [fn(String) -> String; 3] = [
        |text| text[..20].to_owned(),
        |text| text.replace("\"schema\"", "\"scheme\""),
        |_| "[]".into(),
    ];
    for change in changes {
        let folder = Folder::new();
        fs::write(folder.path("manifest.json"), change(manifest())).unwrap();
        for task in [["models", "show"], ["models", "verify"], ["embed", file!()]] {
            let ran = parallax(task.iter().copied().chain(["--model", &folder.name("")]));
            assert_eq!(ran.code, Some(2), "{}", ran.stderr);
            assert!(ran.stderr.contains("manifest.json"), "{task:?}: {}", ran.stderr);
        }
    }
}

fn manifest() -> String {
    fs::read_to_string(model().join("manifest.json")).unwrap()
}

#[test]
fn the_environment_names_a_model_and_the_command_line_goes_before_it() {
    let none = Folder::new();
    let show = |arguments: &[&str]| {
        run(command().env("PARALLAX_MODEL", none.path("none")).args(arguments), b"")
    };
    assert_eq!(show(&["models", "show"]).code, Some(2));
    let model = model();
    assert_eq!(show(&["models", "show", "--model", model.to_str().unwrap()]).code, Some(0));
}

#[test]
fn the_configuration_fills_in_what_the_command_line_leaves_open() {
    let folder = Folder::new();
    let config =
        folder.write("parallax.toml", "format = \"json\"\nskip = [\"omission\"]\nlang = \"lt\"\n");
    let articles = [sample("ferry-lt.txt"), sample("ferry-en.txt")];
    let with = |more: &[&str]| {
        let options = ["compare", "--config", &config].into_iter().chain(more.iter().copied());
        parallax(options.chain(articles.iter().map(String::as_str)))
    };
    let report = with(&[]).json();
    assert_eq!(report["options"]["lang"], "lt");
    assert!(report["findings"].as_array().unwrap().iter().all(|f| f["check"] != "omission"));
    assert!(with(&["-f", "markdown"]).stdout.starts_with("# Comparison"));
    assert_eq!(with(&["--lang", "en"]).json()["options"]["lang"], "en");
}

#[test]
fn the_configuration_says_how_to_talk_and_where_to_write() {
    let folder = Folder::new();
    let report = folder.name("from-config.md");
    let article = sample("ferry-en.txt");
    let config = |content: &str| folder.write("parallax.toml", content);
    let with = |config: &str, more: &[&str]| {
        let options = ["compare", "--config", config, &article].into_iter();
        parallax(options.chain(more.iter().copied()))
    };
    let ran = with(&config(&format!("output = {report:?}\nverbose = true\n")), &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    assert!(ran.stderr.contains("embedding took"), "{}", ran.stderr);
    assert!(fs::read_to_string(&report).unwrap().starts_with("# Comparison"));
    let ran = with(&config(&format!("output = {report:?}\n")), &["-o", "-", "-f", "json"]);
    assert_eq!(ran.json()["documents"].as_array().unwrap().len(), 1);
    let coloured = with(&config("color = \"always\"\n"), &[]);
    assert!(coloured.stdout.contains('\u{1b}'));
    let plain = with(&config("color = \"always\"\n"), &["--color", "never"]);
    assert!(!plain.stdout.contains('\u{1b}'));
}

#[test]
fn mistakes_in_the_configuration_are_named() {
    let folder = Folder::new();
    for (content, named) in [
        ("min-severty = \"minor\"\n", "min-severty"),
        ("min-severity = \"huge\"\n", "huge"),
        ("threads = \"many\"\n", "threads"),
        ("[[[\n", "parallax.toml"),
    ] {
        let config = folder.write("parallax.toml", content);
        let ran = parallax(["compare", "--config", &config, &sample("ferry-en.txt")]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains(named), "{named}: {}", ran.stderr);
    }
    assert!(!Path::new(&folder.name("none.toml")).exists());
    let ran = parallax(["compare", "--config", &folder.name("none.toml"), "a.txt"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("none.toml"), "{}", ran.stderr);
}

#[test]
fn wrong_values_of_options_are_named() {
    for (option, value) in [
        ("--threads", "0"),
        ("--threads", "1000000"),
        ("--threads", "many"),
        ("--lang", "klingon"),
        ("--engine", "steam"),
        ("--format", "yaml"),
        ("--color", "pink"),
        ("--fail-on", "anything"),
        ("--nothing", "x"),
    ] {
        let ran = parallax(["compare", option, value, &sample("ferry-en.txt")]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{option} {value}");
        assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains(option), "{}", ran.stderr);
    }
}
