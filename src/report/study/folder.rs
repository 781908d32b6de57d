//! The folder of a study: each file appears when it is complete.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{StudyReport, figures, json, methods};
use crate::error::{Error, Result};
use crate::report::html;
use crate::report::tables::{write_csv, write_dictionary, write_parquet};
use crate::study::table::Table;

/// What was written, by path below the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The files, in the order of writing.
    pub files: Vec<String>,
}

/// Writes all files of a study into a folder, which is made if need be. Files of the same names are replaced,
/// others left alone.
///
/// # Errors
/// [`Error::Io`] names the file that cannot be written.
pub fn write_folder(report: &StudyReport, folder: &Path) -> Result<Written> {
    let mut place = Place { folder, written: Written::default() };
    let tables = report.tables();
    for table in &tables {
        place.file(&format!("tables/{}.csv", table.name), |output| write_csv(table, output))?;
        place.file(&format!("tables/{}.parquet", table.name), |output| {
            write_parquet(table, output)
        })?;
    }
    let tables: Vec<&Table> = tables.iter().collect();
    let figures = figures::figures(report);
    for figure in &figures {
        let name = format!("figures/{}", figure.name);
        place.file(&name, |output| output.write_all(figure.svg.as_bytes()))?;
    }
    place.file("data_dictionary.md", |output| write_dictionary(&tables, output))?;
    place.file("study.json", |output| json::write(report, &tables, output))?;
    let page = html::study::page(report, &figures);
    place.file("report.html", |output| output.write_all(page.as_bytes()))?;
    if let Some(sheet) = &report.sheet {
        place.file("coding/sheet.csv", |output| write_csv(&sheet.sheet, output))?;
        place.file("coding/key.csv", |output| write_csv(&sheet.key, output))?;
    }
    place.file("methods.md", |output| methods::write(report, output))?;
    Ok(place.written)
}

struct Place<'f> {
    folder: &'f Path,
    written: Written,
}

impl Place<'_> {
    fn file(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        let path = self.folder.join(name);
        let parent = path.parent().map_or_else(|| PathBuf::from("."), Path::to_owned);
        let put = || -> io::Result<()> {
            fs::create_dir_all(&parent)?;
            let file = tempfile::Builder::new().prefix(".partial-").tempfile_in(&parent)?;
            let mut output = BufWriter::new(file.as_file());
            write(&mut output)?;
            output.flush()?;
            drop(output);
            readable(file.as_file())?;
            file.persist(&path)?;
            Ok(())
        };
        put().map_err(|error| Error::Io { path: path.clone(), error })?;
        self.written.files.push(name.to_owned());
        Ok(())
    }
}

/// A temporary file is for its owner alone; a result is as readable as any new file.
#[cfg(unix)]
fn readable(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_file: &fs::File) -> io::Result<()> {
    Ok(())
}
