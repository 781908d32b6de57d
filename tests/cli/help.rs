//! Help, manual pages, completions and explanations: they are made from tables and tell what exists.

use crate::program::parallax;

const COMMANDS: [&str; 13] = [
    "compare",
    "align",
    "check",
    "score",
    "study",
    "inspect",
    "embed",
    "serve",
    "models",
    "cache",
    "explain",
    "completions",
    "man",
];

#[test]
fn help_is_as_reviewed() {
    insta::assert_snapshot!("help", parallax(["--help"]).stdout);
    for task in COMMANDS {
        let ran = parallax([task, "--help"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{task}");
        insta::assert_snapshot!(format!("help-{task}"), ran.stdout);
    }
    for task in ["list", "show", "verify", "pull"] {
        let ran = parallax(["models", task, "--help"]);
        insta::assert_snapshot!(format!("help-models-{task}"), ran.stdout);
    }
    let ran = parallax(["study", "reliability", "--help"]);
    insta::assert_snapshot!("help-study-reliability", ran.stdout);
    for task in ["stat", "clear", "verify"] {
        let ran = parallax(["cache", task, "--help"]);
        insta::assert_snapshot!(format!("help-cache-{task}"), ran.stdout);
    }
}

#[test]
fn no_arguments_show_help_and_fail() {
    let ran = parallax::<&str>([]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("Usage: parallax"), "{}", ran.stderr);
}

#[test]
fn the_version_is_that_of_the_package() {
    let version = format!("parallax {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(parallax(["--version"]).stdout, version);
}

#[test]
fn every_check_is_listed_and_explained() {
    let list = parallax(["explain"]);
    assert_eq!(list.code, Some(0));
    assert!(list.stdout.lines().count() >= 6, "{}", list.stdout);
    for line in list.stdout.lines() {
        let id = line.split(' ').next().unwrap();
        let ran = parallax(["explain", id]);
        assert_eq!(ran.code, Some(0), "{id}");
        assert!(ran.stdout.starts_with(id), "{}", ran.stdout);
        for part in ["--skip", "Example"] {
            assert!(ran.stdout.contains(part), "{id} has no {part}: {}", ran.stdout);
        }
    }
}

#[test]
fn an_unknown_check_is_told_with_those_there_are() {
    for arguments in [
        vec!["explain", "ommission"],
        vec!["compare", "--only", "ommission", "a.txt"],
        vec!["compare", "--skip", "ommission", "a.txt"],
    ] {
        let ran = parallax(&arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains("`ommission`"), "{}", ran.stderr);
        assert!(ran.stderr.contains("number-mismatch"), "{}", ran.stderr);
    }
}

#[test]
fn completions_know_the_commands_in_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = parallax(["completions", shell]);
        assert_eq!(ran.code, Some(0), "{shell}");
        for word in COMMANDS {
            assert!(ran.stdout.contains(word), "{shell}: {word}");
        }
    }
    let bash = parallax(["completions", "bash"]).stdout;
    assert!(bash.contains("markdown") && bash.contains("parquet"), "formats are not completed");
    assert_eq!(parallax(["completions", "cmd"]).code, Some(2));
}

#[test]
fn manual_pages_exist_for_the_program_and_each_command() {
    let program = parallax(["man"]).stdout;
    assert!(program.contains(".TH parallax 1"), "{program}");
    for task in COMMANDS {
        let ran = parallax(["man", task]);
        assert_eq!(ran.code, Some(0));
        assert!(ran.stdout.contains(&format!("parallax {task}")), "{}", ran.stdout);
        assert!(program.contains(task), "{task}");
    }
    assert_eq!(parallax(["man", "nothing"]).code, Some(2));
}
