//! Where results go: files appear whole or not at all, closed pipes are fine, exit codes tell.

use std::fs;
use std::process::Stdio;

use crate::program::{Folder, command, parallax, sample};

fn pair() -> [String; 2] {
    [sample("ferry-en.txt"), sample("ferry-de.md")]
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let [left, right] = pair();
    for format in ["terminal", "json", "markdown"] {
        let mut child = command()
            .args(["compare", "-f", format, &left, &right])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{format}: {stderr}");
        assert_eq!(stderr, "", "{format}");
    }
}

#[test]
fn the_ending_of_the_output_selects_the_format() {
    let folder = Folder::new();
    let [left, right] = pair();
    for (name, start) in [("r.json", "{"), ("r.md", "# Comparison"), ("r.txt", "parallax  2")] {
        let ran = parallax(["compare", &left, &right, "-o", &folder.name(name)]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
        assert!(fs::read_to_string(folder.path(name)).unwrap().starts_with(start), "{name}");
    }
    assert_eq!(folder.names(), ["r.json", "r.md", "r.txt"]);
}

#[test]
fn an_ending_that_promises_what_is_not_written_is_refused() {
    let folder = Folder::new();
    let [left, right] = pair();
    for name in ["r.pdf", "r.DOCX"] {
        let ran = parallax(["compare", &left, &right, "-o", &folder.name(name)]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains("printed to PDF"), "{}", ran.stderr);
    }
    assert!(folder.names().is_empty());
}

#[test]
fn a_failed_run_leaves_the_old_results_and_nothing_else() {
    let folder = Folder::new();
    let old = folder.write("report.json", "old");
    let [left, right] = pair();
    let ran = parallax(["compare", &left, &right, "-o", &old, "--model", &folder.name("none")]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(folder.names(), ["report.json"]);
    assert_eq!(fs::read_to_string(&old).unwrap(), "old");

    let ran = parallax(["compare", &left, &right, "-o", &old]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(folder.names(), ["report.json"]);
    assert!(fs::read_to_string(&old).unwrap().starts_with('{'));
}

#[test]
fn an_output_that_cannot_be_written_is_told_before_the_work() {
    let folder = Folder::new();
    let [left, _] = pair();
    for place in [folder.name("none/report.json"), folder.name("")] {
        let ran = parallax(["compare", &left, "-o", &place]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.starts_with("error: cannot write: "), "{}", ran.stderr);
        assert_eq!(ran.stderr.matches("os error").count(), 1, "{}", ran.stderr);
    }
}

#[test]
fn an_input_is_not_overwritten() {
    let folder = Folder::new();
    let path = folder.write("article.txt", "The bridge is open again. It had been closed.");
    for task in ["compare", "inspect", "embed"] {
        let ran = parallax([task, &path, "-o", &path]);
        assert_eq!(ran.code, Some(2), "{task}");
        assert!(ran.stderr.contains("is one of the inputs"), "{}", ran.stderr);
    }
    assert!(fs::read_to_string(&path).unwrap().starts_with("The bridge"));
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_stays_a_link() {
    let folder = Folder::new();
    let target = folder.write("target.md", "old");
    std::os::unix::fs::symlink(&target, folder.path("link.md")).unwrap();
    let [left, right] = pair();
    assert_eq!(parallax(["compare", &left, &right, "-o", &folder.name("link.md")]).code, Some(0));
    assert!(folder.path("link.md").is_symlink());
    assert!(fs::read_to_string(target).unwrap().starts_with("# Comparison"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let [left, right] = pair();
    let ran = parallax(["compare", &left, &right, "-o", "/dev/full"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("/dev/full"), "{}", ran.stderr);
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = command();
    let status =
        command.args(["compare", &left, &right]).stdout(full).stderr(Stdio::null()).status();
    let status = status.unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn exit_codes_tell_of_findings_and_failures() {
    let [left, right] = pair();
    let report = parallax(["compare", "-f", "json", &left, &right]).json();
    let findings = report["findings"].as_array().unwrap();
    let severities = ["info", "minor", "major", "critical"];
    let rank = |name: &str| severities.iter().position(|&severity| severity == name);
    let worst = findings.iter().filter_map(|f| rank(f["severity"].as_str().unwrap())).max();
    let worst = worst.expect("the two articles differ");
    for (index, severity) in severities.iter().enumerate() {
        let ran = parallax(["compare", &left, &right, "--fail-on", severity]);
        assert_eq!(ran.code, Some(i32::from(index <= worst)), "{severity}");
    }
    let missing = "/nowhere/article.txt";
    let ran = parallax(["compare", &left, &right, missing, "--fail-on", "info"]);
    assert_eq!(ran.code, Some(2), "an unreadable input outweighs findings");
    let none = ["--fail-on", "info", "--only", "date-mismatch", "--min-severity", "critical"];
    assert_eq!(parallax(["compare", &left].iter().chain(&none)).code, Some(0));
}
