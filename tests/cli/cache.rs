//! The cache of vectors and facts: it changes how long a run takes, and nothing else.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use crate::program::{Folder, Ran, command, parallax, run, samples};

/// Runs `compare` on the sample articles with a cache.
fn compare(cache: &str) -> Ran {
    let ran = parallax(
        ["compare", "-f", "json", "--cache", cache].into_iter().map(str::to_owned).chain(samples()),
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran
}

/// The tables in a folder: first that of facts, then that of vectors.
fn tables(folder: &Folder) -> Vec<PathBuf> {
    let mut names = folder.names();
    names.retain(|name| ["facts-", "vectors-"].iter().any(|content| name.starts_with(content)));
    names.sort();
    names.iter().map(|name| folder.path(name)).collect()
}

#[test]
fn a_run_from_the_cache_gives_the_same_report() {
    let folder = Folder::new();
    let without = compare("off");
    assert_eq!(compare(&folder.name("")).stdout, without.stdout);
    assert_eq!(tables(&folder).len(), 2);
    assert_eq!(compare(&folder.name("")).stdout, without.stdout);
}

#[test]
fn a_run_from_the_cache_needs_no_weights() {
    let (folder, model) = (Folder::new(), Folder::new());
    let shown = parallax(["models", "show"]).stdout;
    let original =
        shown.lines().find_map(|line| line.strip_prefix("folder")).unwrap().trim().to_owned();
    for entry in fs::read_dir(original).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, model.path(path.file_name().unwrap().to_str().unwrap())).unwrap();
    }
    let embed = |text: &str| {
        let options =
            ["embed", "--lines", "-", "--cache", &folder.name(""), "--model", &model.name("")]
                .map(str::to_owned);
        run(command().args(options), text.as_bytes())
    };
    let first = embed("Der Fluss ist zugefroren.");
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    let weights = model.path("model.onnx");
    let mut bytes = fs::read(&weights).unwrap();
    bytes[1_000_000] ^= 1;
    fs::write(&weights, bytes).unwrap();
    assert_eq!(embed("Der Fluss ist zugefroren.").stdout, first.stdout);
    let other = embed("Upė užšalo.");
    assert_eq!((other.code, other.stdout.as_str()), (Some(2), ""));
    assert!(other.stderr.contains("model.onnx"), "{}", other.stderr);
}

#[test]
fn damage_is_found_removed_and_never_believed() {
    let folder = Folder::new();
    let intact = compare(&folder.name(""));
    for (table, content) in tables(&folder).iter().zip(["facts", "vectors"]) {
        let mut bytes = fs::read(table).unwrap();
        for place in (200..bytes.len()).step_by(997) {
            bytes[place] ^= 0x40;
        }
        fs::write(table, &bytes).unwrap();
        let verified = parallax(["cache", "verify", "--cache", &folder.name("")]);
        assert_eq!(verified.code, Some(0), "{}", verified.stderr);
        let told = format!("broken {content} were removed");
        assert!(verified.stderr.contains(&told), "{}", verified.stderr);
        assert!(verified.stdout.contains(" 0 broken"), "{}", verified.stdout);
        fs::write(table, &bytes).unwrap();
        assert_eq!(compare(&folder.name("")).stdout, intact.stdout);
        fs::write(table, b"no table at all").unwrap();
        assert_eq!(compare(&folder.name("")).stdout, intact.stdout);
    }
}

#[test]
fn stat_tells_what_is_there_and_clear_removes_only_that() {
    let folder = Folder::new();
    let other = folder.write("vectors.txt", "mine");
    compare(&folder.name(""));
    let shown = parallax(["cache", "stat", "--cache", &folder.name("")]);
    assert!(shown.stdout.contains("of 384 numbers, 0 broken"), "{}", shown.stdout);
    assert!(shown.stdout.contains("of 1024 bytes, 0 broken"), "{}", shown.stdout);
    assert_eq!(parallax(["cache", "clear", "--cache", &folder.name("")]).code, Some(0));
    assert_eq!(tables(&folder), Vec::<PathBuf>::new());
    assert_eq!(fs::read_to_string(other).unwrap(), "mine");
    let empty = parallax(["cache", "stat", "--cache", &folder.name("none")]);
    assert_eq!(empty.code, Some(0), "{}", empty.stderr);
}

#[test]
fn a_cache_that_cannot_be_used_is_told_only_to_those_who_ask() {
    let folder = Folder::new();
    let file = folder.write("file", "no folder");
    let embed = |option: &str| {
        run(command().args(["embed", "--lines", "-", "--cache", &file, option]), b"Viens.\n")
    };
    let (quiet, verbose) = (embed("-q"), embed("-v"));
    assert_eq!((quiet.code, quiet.stderr.as_str()), (Some(0), ""));
    assert!(verbose.stderr.contains("no cache"), "{}", verbose.stderr);
    assert_eq!(quiet.stdout, verbose.stdout);
}

#[test]
fn a_cache_that_is_off_cannot_be_looked_at() {
    for task in ["stat", "clear", "verify"] {
        let ran = parallax(["cache", task]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains("--cache"), "{}", ran.stderr);
    }
}

#[test]
fn runs_at_once_share_a_cache() {
    let folder = Folder::new();
    let name = folder.name("");
    let reports: Vec<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..3).map(|_| scope.spawn(|| compare(&name).stdout)).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert!(reports.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_run_that_is_killed_leaves_a_cache_to_go_on_with() {
    let folder = Folder::new();
    let lines: String =
        (0..600).map(|i| format!("The ferry {i} waited for the storm to end.\n")).collect();
    let input = folder.write("lines.txt", &lines);
    let cache = folder.name("cache");
    let embed = |cache: &str| {
        let mut command = command();
        command.args(["embed", "--lines", &input, "--cache", cache]);
        command
    };
    // Killed at several moments of writing, none of which is an orderly end.
    for milliseconds in [100, 200, 400] {
        let mut child = embed(&cache).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let after = run(&mut embed(&cache), b"");
    assert_eq!(after.code, Some(0), "{}", after.stderr);
    assert!(after.stdout == run(&mut embed("off"), b"").stdout);
    let stat = parallax(["cache", "stat", "--cache", &cache]);
    assert!(stat.stdout.contains(" 600 of 384 numbers"), "{}", stat.stdout);
}
