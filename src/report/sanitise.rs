//! Text of strangers made harmless before it is shown.

/// Text without anything that could steer a terminal: control characters become blanks, bidirectional
/// overrides and other invisible format characters go.
///
/// ```
/// assert_eq!(parallax::report::sanitise::printable("red\u{1b}[31m\nline"), "red [31m line");
/// ```
pub fn printable(text: &str) -> String {
    text.chars()
        .filter(|&character| !is_invisible(character))
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect()
}

/// Whether the character could change how a terminal shows what stands around it.
pub(super) fn steers(character: char) -> bool {
    character.is_control() || is_invisible(character)
}

/// Characters that have no shape but change how others are shown.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Text that Markdown shows as it stands: its special characters escaped, HTML and table bars too.
///
/// ```
/// use parallax::report::sanitise::markdown;
/// assert_eq!(markdown("<b>|*x*"), "&lt;b>\\|\\*x\\*");
/// ```
pub fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in printable(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Text as a cell of a CSV file (RFC 4180), on one line, in quotes where it needs them.
///
/// A spreadsheet takes a cell that starts with `=`, `+`, `-` or `@` for a formula, some also one that starts with
/// the wide forms of these signs, or with blanks before them. Such a text gets a `'` in front, as OWASP advises
/// against formula injection.
///
/// ```
/// use parallax::report::sanitise::csv;
/// assert_eq!(csv("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
/// assert_eq!(csv("- Taip."), "'- Taip.");
/// assert_eq!(csv("\t\r=1+1"), "'  =1+1");
/// assert_eq!(csv("Gut, sagte sie."), "\"Gut, sagte sie.\"");
/// ```
pub fn csv(text: &str) -> String {
    let cell = printable(text);
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let guard = if cell.trim_start().starts_with(formula) { "'" } else { "" };
    if cell.contains(['"', ',']) {
        return format!("\"{guard}{}\"", cell.replace('"', "\"\""));
    }
    format!("{guard}{cell}")
}

/// Text as the content of an HTML element or of an attribute in quotes: markup escaped, and nothing left that
/// could steer what stands around it.
///
/// ```
/// use parallax::report::sanitise::html;
/// assert_eq!(html("<b title='x'>\u{202e}&\n\"y\""), "&lt;b title=&#39;x&#39;&gt;&amp; &quot;y&quot;");
/// ```
pub fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in printable(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Text as the content of an XML 1.0 element or attribute: markup escaped, characters that XML cannot hold
/// taken out. Line breaks and tabs become blanks; what else steers a terminal is written as a reference, so
/// that it is kept and does no harm.
///
/// ```
/// use parallax::report::sanitise::xml;
/// assert_eq!(xml("a < b\u{1b}[1m &\u{202e}\n\"c\""), "a &lt; b[1m &amp;&#x202e; &quot;c&quot;");
/// ```
pub fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ if steers(character) => {
                escaped.push_str(&format!("&#x{:x};", u32::from(character)));
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_gets_through() {
        let hostile = "a\u{1b}]0;x\u{7}b\u{9b}31mc\u{202e}d\u{200b}e\r\n\u{85}";
        assert_eq!(printable(hostile), "a ]0;x b 31mcde   ");
    }
}
