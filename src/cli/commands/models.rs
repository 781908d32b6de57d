//! `parallax models`: which models are there, what they are, whether they are intact, and more of them.

use std::env;
use std::io::{self, Write};
use std::path::Path;

use parallax::embed::hub::{self, PullOptions};
use parallax::embed::manifest::{self, Manifest};
use parallax::report::sanitise::printable;

use crate::cli::args::{ModelFolderArgs, ModelsArgs, ModelsCommand, PullArgs};
use crate::cli::failure::Failure;
use crate::cli::model;
use crate::cli::output::Output;
use crate::cli::progress::BytesBar;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Runs the command.
pub(crate) fn run(args: ModelsArgs, terminal: &Terminal) -> CommandResult {
    match args.command {
        ModelsCommand::List => list(terminal),
        ModelsCommand::Show(args) => show(&args),
        ModelsCommand::Verify(args) => verify(&args, terminal),
        ModelsCommand::Pull(args) => pull(&args, terminal),
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

/// Environment variables that other programs for the hub read too.
const ENDPOINT_VARIABLE: &str = "HF_ENDPOINT";
const TOKEN_VARIABLE: &str = "HF_TOKEN";
const PROXY_VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// Fetches a model, and prints its folder.
fn pull(args: &PullArgs, terminal: &Terminal) -> CommandResult {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let endpoint = args.endpoint.clone().or_else(|| variable(ENDPOINT_VARIABLE));
    let options = PullOptions {
        endpoint: endpoint.unwrap_or_else(|| hub::ENDPOINT.to_owned()),
        revision: args.revision.clone(),
        token: variable(TOKEN_VARIABLE),
        proxy: PROXY_VARIABLES.iter().find_map(|name| variable(name)),
    };
    let models = args.to.clone().or_else(model::user_models).ok_or_else(|| {
        Failure::usage(
            "this system names no folder for a user's data",
            "name a folder with --to DIR",
        )
    })?;
    let pulled = {
        let mut bar = BytesBar::new(terminal);
        hub::pull(&args.name, &models, &options, &mut |done, all| bar.show(done, all))?
    };
    let folder = pulled.directory.display().to_string();
    match pulled.bytes {
        0 => terminal.note("all of it was there already"),
        bytes => terminal.detail(&format!("{bytes} bytes came over the network")),
    }
    let named = if args.to.is_some() { &folder } else { &args.name };
    terminal.note(&format!("use it with --model {named}"));
    Output::Standard.write(|output| writeln!(output, "{}", printable(&folder)))?;
    Ok(Outcome::Done)
}
