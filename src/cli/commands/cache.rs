//! `parallax cache`: where vectors and facts are kept, how many, and whether they are intact.

use std::path::{Path, PathBuf};

use parallax::cache::{self, Content, MOST_BYTES, TableInfo};

use crate::cli::args::{CacheArgs, CacheCommand, CacheFolderArgs};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::terminal::Terminal;
use crate::cli::{CommandResult, Outcome};

/// Runs the command.
pub(crate) fn run(args: CacheArgs, terminal: &Terminal) -> CommandResult {
    match args.command {
        CacheCommand::Stat(args) => {
            let folder = folder(&args)?;
            show(&folder, &cache::inspect(&folder)?)
        }
        CacheCommand::Verify(args) => verify(&folder(&args)?, terminal),
        CacheCommand::Clear(args) => {
            let folder = folder(&args)?;
            let removed = cache::clear(&folder)?;
            terminal.note(&format!("{}: {removed} files removed", folder.display()));
            Ok(Outcome::Done)
        }
    }
}

fn folder(args: &CacheFolderArgs) -> Result<PathBuf, Failure> {
    crate::cli::cache::folder(args).ok_or_else(|| {
        Failure::usage("the cache is off", "name its folder with --cache DIR or PARALLAX_CACHE")
    })
}

/// The folder, its size, and a line for each table.
fn show(folder: &Path, tables: &[TableInfo]) -> CommandResult {
    let bytes: u64 = tables.iter().map(|table| table.bytes).sum();
    Output::Standard.write(|output| {
        writeln!(output, "folder   {}", folder.display())?;
        writeln!(
            output,
            "size     {} MB of at most {} MB",
            megabytes(bytes),
            megabytes(MOST_BYTES)
        )?;
        tables.iter().try_for_each(|table| {
            let name = table.path.file_name().unwrap_or_default().to_string_lossy();
            let (content, size) = (table.content.name(), size(table));
            let TableInfo { entries, broken, .. } = table;
            writeln!(output, "{content:<8} {entries} of {size}, {broken} broken  {name}")
        })
    })?;
    Ok(Outcome::Done)
}

/// How large an entry of a table is.
fn size(table: &TableInfo) -> String {
    match table.content {
        Content::Vectors => format!("{} numbers", table.entry_bytes / size_of::<f32>()),
        Content::Facts => format!("{} bytes", table.entry_bytes),
    }
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

/// Removes what is broken and tells how much it was.
fn verify(folder: &Path, terminal: &Terminal) -> CommandResult {
    let tables = cache::verify(folder)?;
    for table in &tables {
        let what = match (table.entry_bytes, table.broken) {
            (0, _) => "is no table and was removed".to_owned(),
            (_, 0) => continue,
            (_, broken) => format!("{broken} broken {} were removed", table.content.name()),
        };
        let hint = "they will be computed again when they are needed";
        terminal.warning(&format!("{}: {what}", table.path.display()), hint);
    }
    show(folder, &cache::inspect(folder)?)
}
