//! JSON: the report as it is, indented, one trailing newline; and the way every JSON of this crate is
//! written.

use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use super::sanitise::steers;
use super::{Layout, Report};

/// Writes the report as JSON.
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write(report: &Report, _layout: &Layout, output: &mut dyn io::Write) -> io::Result<()> {
    write_indented(report, output)
}

/// Writes a value as indented JSON with a newline at its end.
///
/// Characters that steer a terminal, which JSON allows in strings, are written as `\u` escapes: no
/// name is lost, and none does harm.
///
/// ```
/// let mut output = Vec::new();
/// parallax::report::json::write_indented(&["a\u{9b}b\u{202e}"], &mut output)?;
/// assert_eq!(output, b"[\n  \"a\\u009bb\\u202e\"\n]\n");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write_indented(value: &impl Serialize, output: &mut dyn io::Write) -> io::Result<()> {
    let formatter = Escaping(PrettyFormatter::new());
    value.serialize(&mut Serializer::with_formatter(&mut *output, formatter))?;
    output.write_all(b"\n")
}

/// Writes a value as JSON on one line, in the manner of [`write_indented`].
///
/// # Errors
/// What the output says when it cannot be written.
pub fn write_line(value: &impl Serialize, output: &mut dyn io::Write) -> io::Result<()> {
    let formatter = Escaping(CompactFormatter);
    value.serialize(&mut Serializer::with_formatter(&mut *output, formatter))?;
    output.write_all(b"\n")
}

/// A formatter that escapes more characters than JSON demands.
struct Escaping<F>(F);

/// Hands calls on to the formatter inside.
macro_rules! inner {
    ($($name:ident($($flag:ident)?)),+ $(,)?) => {$(
        fn $name<W: ?Sized + io::Write>(&mut self, writer: &mut W $(, $flag: bool)?) -> io::Result<()> {
            self.0.$name(writer $(, $flag)?)
        }
    )+};
}

impl<F: Formatter> Formatter for Escaping<F> {
    inner!(
        begin_array(),
        end_array(),
        begin_array_value(first),
        end_array_value(),
        begin_object(),
        end_object(),
        begin_object_key(first),
        begin_object_value(),
        end_object_value(),
    );

    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((start, character)) = rest.char_indices().find(|&(_, c)| steers(c)) {
            writer.write_all(&rest.as_bytes()[..start])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[start + character.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}
