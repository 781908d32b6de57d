//! TMX 1.4, the exchange format of translation memories: a unit for each row that at least two versions
//! share, with a variant for each version. Sentences without a link are no translation and are left out.
//!
//! <https://www.gala-global.org/tmx-14b>; the order of elements and the attributes follow its DTD. There is no
//! `DOCTYPE`, because many readers would try to load the DTD beside the file.

use std::io::{self, Write};

use super::{Alignment, Alignments, Row};
use crate::lang::Language;
use crate::report::Layout;
use crate::report::sanitise::xml;

/// What `srclang` says where units have different source languages.
const ANY_LANGUAGE: &str = "*all*";

/// Writes a translation memory.
pub(super) fn write(
    alignments: &Alignments,
    _layout: &Layout,
    output: &mut dyn Write,
) -> io::Result<()> {
    let main = source_language(alignments);
    writeln!(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">")?;
    writeln!(
        output,
        "  <header creationtool=\"{}\" creationtoolversion=\"{}\" segtype=\"sentence\" \
         o-tmf=\"{}\" adminlang=\"en\" srclang=\"{}\" datatype=\"plaintext\"/>\n  <body>",
        xml(alignments.tool.name),
        xml(alignments.tool.version),
        xml(alignments.tool.name),
        main.as_ref().map_or(ANY_LANGUAGE, Language::code),
    )?;
    let mut number = 0;
    for text in &alignments.texts {
        for row in text.rows.iter().filter(|row| row.is_linked()) {
            unit(text, row, number, main, output)?;
            number += 1;
        }
    }
    writeln!(output, "  </body>\n</tmx>")
}

/// The language of the first version, if it is the same in all texts.
fn source_language(alignments: &Alignments) -> Option<Language> {
    let mut languages = alignments.texts.iter().map(|text| text.versions[0].language);
    let first = languages.next()?;
    languages.all(|language| language == first).then_some(first)
}

fn unit(
    text: &Alignment,
    row: &Row,
    number: usize,
    main: Option<Language>,
    output: &mut dyn Write,
) -> io::Result<()> {
    let present: Vec<usize> =
        (0..row.cells.len()).filter(|&version| !row.cells[version].is_empty()).collect();
    let source = present.first().map(|&version| text.versions[version].language);
    let srclang = match source {
        Some(language) if main != source => format!(" srclang=\"{language}\""),
        _ => String::new(),
    };
    writeln!(output, "    <tu tuid=\"{number}\"{srclang}>")?;
    if let Some(score) = row.score() {
        writeln!(output, "      <prop type=\"x-score\">{score}</prop>")?;
    }
    for version in present {
        let (cell, entry) = (&row.cells[version], &text.versions[version]);
        let numbers: Vec<String> = cell.iter().map(ToString::to_string).collect();
        writeln!(output, "      <tuv xml:lang=\"{}\">", entry.language)?;
        writeln!(output, "        <prop type=\"x-source\">{}</prop>", xml(&entry.source))?;
        writeln!(output, "        <prop type=\"x-sentences\">{}</prop>", numbers.join(" "))?;
        writeln!(output, "        <seg>{}</seg>", xml(&text.text(version, cell)))?;
        writeln!(output, "      </tuv>")?;
    }
    writeln!(output, "    </tu>")
}
