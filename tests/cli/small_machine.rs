//! Machines with little: one thread, one gigabyte of memory. They take longer, and say the same.

use std::process::Command;

use crate::program::{command, parallax, run, samples};

fn arguments(more: &[&str]) -> Vec<String> {
    let arguments =
        ["compare", "-f", "json"].iter().chain(more).map(|&argument| argument.to_owned());
    arguments.chain(samples()).collect()
}

#[test]
fn one_thread_gives_the_same_report() {
    let one = parallax(arguments(&["--threads", "1"]));
    let many = parallax(arguments(&["--threads", "4"]));
    assert_eq!((one.code, many.code), (Some(0), Some(0)), "{}{}", one.stderr, many.stderr);
    assert_eq!(one.stdout, many.stdout);
}

#[cfg(unix)]
#[test]
fn a_gigabyte_of_address_space_is_enough() {
    let program = command().get_program().to_owned();
    let limited = |kibibytes: &str, arguments: Vec<String>| {
        let script = format!("ulimit -v {kibibytes} && exec \"$0\" \"$@\"");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).arg(&program).args(arguments).env("PARALLAX_CACHE", "off");
        run(&mut shell, b"")
    };
    for engine in ["int8", "rten"] {
        let ran = limited("1048576", arguments(&["--engine", engine]));
        assert_eq!(ran.code, Some(0), "{engine}: {}", ran.stderr);
        assert_eq!(ran.stdout, parallax(arguments(&["--engine", engine])).stdout, "{engine}");
    }
}
