//! What the README shows is what the program prints.

use std::path::Path;

use crate::program::{command, run, samples};

/// The blocks of plain text in the README.
fn blocks() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let blocks = readme.split("```text\n").skip(1);
    blocks.map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

/// What the program prints, run in the repository.
fn printed(arguments: &[String]) -> String {
    let mut command = command();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    run(&mut command, b"").stdout
}

/// A command that ends by itself.
fn is_command(line: &str) -> bool {
    line.starts_with("$ parallax ") && !line.starts_with("$ parallax serve")
}

#[test]
fn examples_are_what_the_program_prints() {
    let mut compared = 0;
    for block in blocks() {
        let mut lines = block.lines().peekable();
        let printed = if block.starts_with("Stories and events") {
            printed(&["compare".to_owned()].into_iter().chain(samples()).collect::<Vec<_>>())
        } else if let Some(line) = lines.next_if(|line| is_command(line)) {
            let arguments = line["$ parallax ".len()..].split(' ').map(str::to_owned);
            printed(&arguments.collect::<Vec<_>>())
        } else {
            continue;
        };
        let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
        for line in lines.filter(|line| *line != "…") {
            assert!(printed.contains(&line), "the README shows what is not printed: {line}");
        }
        compared += 1;
    }
    assert_eq!(compared, 3, "blocks of the README with output");
}
