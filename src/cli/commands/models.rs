//! `parallax models`: which models are there, what they are, whether they are intact.

use std::io::{self, Write};
use std::path::Path;

use parallax::embed::manifest::{self, Manifest};
use parallax::report::sanitise::printable;

use crate::cli::args::{ModelFolderArgs, ModelsArgs, ModelsCommand};
use crate::cli::model;
use crate::cli::output::Output;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Runs the command.
pub(crate) fn run(args: ModelsArgs, terminal: &Terminal) -> CommandResult {
    match args.command {
        ModelsCommand::List => list(terminal),
        ModelsCommand::Show(args) => show(&args),
        ModelsCommand::Verify(args) => verify(&args, terminal),
    }
}

/// One line for each model in the folders that are searched.
fn list(terminal: &Terminal) -> CommandResult {
    let mut lines = Vec::new();
    for root in model::model_roots() {
        for (directory, manifest) in manifest::list(&root)? {
            match manifest {
                Ok(manifest) => lines.push(list_line(&directory, &manifest)),
                Err(error) => terminal.warning(&error.to_string(), &error.hint()),
            }
        }
    }
    if lines.is_empty() {
        terminal.note("no model found; name a folder with --model DIR");
    }
    Output::Standard.write(|output| {
        lines.iter().try_for_each(|line| writeln!(output, "{}", printable(line)))
    })?;
    Ok(Outcome::Done)
}

fn list_line(directory: &Path, manifest: &Manifest) -> String {
    format!(
        "{}  {} dimensions  {}  {}",
        manifest.id,
        manifest.dim,
        manifest.languages.join(" "),
        directory.display()
    )
}

/// What a model is, where it comes from and under which licence.
fn show(args: &ModelFolderArgs) -> CommandResult {
    let directory = model::folder(args)?;
    let manifest = Manifest::read(&directory)?;
    Output::Standard.write(|output| describe(&directory, &manifest, output))?;
    Ok(Outcome::Done)
}

fn describe(directory: &Path, manifest: &Manifest, output: &mut dyn Write) -> io::Result<()> {
    let rows = [
        ("id", manifest.id.clone()),
        ("folder", directory.display().to_string()),
        ("description", manifest.description.clone()),
        ("dimensions", manifest.dim.to_string()),
        ("prefix", format!("{:?}", manifest.prefix)),
        ("most tokens", manifest.max_tokens.to_string()),
        ("languages", manifest.languages.join(" ")),
        ("licence", manifest.licence.clone()),
        ("provenance", manifest.provenance.clone()),
        ("content", manifest.content_hash()),
    ];
    for (name, value) in rows {
        writeln!(output, "{name:12} {}", printable(&value))?;
    }
    for file in &manifest.files {
        let name = printable(&file.name);
        writeln!(output, "{:12} {name}  {} bytes  sha256 {}", "file", file.size, file.sha256)?;
    }
    Ok(())
}

/// Compares every file with the manifest; a broken one is named and makes the command fail.
fn verify(args: &ModelFolderArgs, terminal: &Terminal) -> CommandResult {
    let directory = model::folder(args)?;
    let checks = Manifest::read(&directory)?.verify(&directory);
    let mut broken = 0;
    for check in &checks {
        if let Err(error) = &check.result {
            broken += 1;
            terminal.warning(&error.to_string(), &error.hint());
        }
    }
    Output::Standard.write(|output| {
        checks.iter().try_for_each(|check| {
            let state = if check.result.is_ok() { "ok" } else { "broken" };
            writeln!(output, "{state:7} {}", check.path.display())
        })
    })?;
    Ok(if broken == 0 { Outcome::Done } else { Outcome::Incomplete })
}
