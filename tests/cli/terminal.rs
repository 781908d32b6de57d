//! The report on a terminal: its width and its colours.

use unicode_width::UnicodeWidthStr;

use crate::program::{Ran, command, run, samples};

fn compare(environment: &[(&str, &str)], options: &[&str]) -> Ran {
    let mut command = command();
    command.arg("compare").args(samples()).args(options).envs(environment.iter().copied());
    run(&mut command, b"")
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [48, 60, 80, 200] {
        for options in [[].as_slice(), &["--all"]] {
            let ran = compare(&[("COLUMNS", &width.to_string())], options);
            assert_eq!(ran.code, Some(0), "{}", ran.stderr);
            for line in ran.stdout.lines() {
                assert!(line.width() <= width, "{width} columns, {}: {line}", line.width());
            }
        }
    }
}

#[test]
fn colours_appear_only_where_they_are_wanted() {
    let escape = '\u{1b}';
    assert!(!compare(&[], &[]).stdout.contains(escape));
    assert!(!compare(&[], &["--color", "never"]).stdout.contains(escape));
    assert!(!compare(&[("NO_COLOR", "1")], &[]).stdout.contains(escape));
    let coloured = compare(&[], &["--color", "always"]).stdout;
    assert!(coloured.contains(escape));
    for format in ["json", "markdown"] {
        let ran = compare(&[], &["--color", "always", "-f", format]);
        assert!(!ran.stdout.contains(escape), "{format}");
    }
}

#[test]
fn colours_change_nothing_but_colours() {
    let plain = compare(&[], &[]).stdout;
    let coloured = compare(&[], &["--color", "always"]).stdout;
    let mut text = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        text.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    text.push_str(rest);
    let trimmed: Vec<&str> = text.lines().map(str::trim_end).collect();
    assert_eq!(trimmed, plain.lines().collect::<Vec<_>>());
}

#[test]
fn nothing_but_the_report_is_told_of_good_inputs() {
    assert_eq!(compare(&[], &[]).stderr, "");
    let verbose = compare(&[], &["-v"]).stderr;
    for stage in ["reading", "embedding", "aligning", "checking"] {
        assert!(verbose.contains(stage), "{stage}: {verbose}");
    }
}
