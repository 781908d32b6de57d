//! Lines as they are printed on a page: which of them make a paragraph.
//!
//! Type is proportional, so that full lines hold more letters or fewer, and nothing but the lines is known. What must
//! not happen is that a sentence falls apart: it would be missing in one text and half of it be told in another.

/// The length that a full line has: that of the line which one in ten is longer than.
const FULL_LINES: usize = 9;
/// Shortest lines, in characters, that tell how long full ones are.
const LEAST_LENGTH: usize = 20;
/// Share of a full line, in per cent, from which on a line may be one.
const LIKELY_FULL: usize = 75;
/// Share from which on a line surely is one.
const SURELY_FULL: usize = 96;

/// The lines of a page, a paragraph each, with words that were divided at the end of a line made whole.
pub(super) fn paragraphs(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let full = full_length(&lines);
    let mut joined = String::with_capacity(text.len());
    let mut before = "";
    for line in lines {
        if before.is_empty() || line.is_empty() || !continues(before, line, full) {
            joined.push('\n');
        } else if is_divided(&joined, line) {
            joined.pop();
        } else {
            joined.push(' ');
        }
        joined.push_str(line);
        before = line;
    }
    joined.push('\n');
    joined
}

/// Length of a full line, in characters.
fn full_length(lines: &[&str]) -> usize {
    let lengths = lines.iter().map(|line| line.chars().count());
    let mut lengths: Vec<usize> = lengths.filter(|&length| length >= LEAST_LENGTH).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * FULL_LINES / 10).copied().unwrap_or(usize::MAX)
}

/// Whether `next` goes on with the paragraph of `line`.
fn continues(line: &str, next: &str, full: usize) -> bool {
    if opens_item(next) {
        return false;
    }
    let length = line.chars().count();
    let ends = line
        .trim_end_matches(['"', '”', '“', '»', '«', ')', '’'])
        .ends_with(['.', '!', '?', ':', '…']);
    let runs_on = next.starts_with(|letter: char| letter.is_lowercase());
    let likely_full = length.saturating_mul(100) >= full.saturating_mul(LIKELY_FULL);
    if !ends && runs_on {
        return length >= LEAST_LENGTH || likely_full;
    }
    let first_word = next.split(' ').next().unwrap_or(next).chars().count();
    let no_room = (length + 1 + first_word).saturating_mul(100) > full.saturating_mul(SURELY_FULL);
    if ends { no_room } else { likely_full && no_room }
}

/// Whether a line opens an item of a list, or direct speech.
fn opens_item(line: &str) -> bool {
    let number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_numbered = number.len() < line.len() && number.starts_with([')', '.']);
    let is_marked = line.starts_with(['•', '‣', '▪', '●', '◦', '■', '*', '–', '—']);
    is_marked || (is_numbered && number[1..].starts_with(' '))
}

/// Whether a word goes on behind its hyphen: `Brü-` above `cke`, but not `Nord-` above `Süd-Straße`.
fn is_divided(text: &str, next: &str) -> bool {
    let letter_before = text.chars().rev().nth(1).is_some_and(char::is_alphabetic);
    text.ends_with('-') && letter_before && next.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        paragraphs(text).lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn sentences_stay_whole_in_lines_of_uneven_length() {
        let page = "Ties Nida ant seklumos užplaukė tanklaivis\nOna Petraitė\n\
                    Antradienio naktį ties Nida ant seklumos užplaukė tanklaivis „Aldona“. Vienuolika jūreivių sraigtasparniu iškėlė\n\
                    pakrančių apsauga. Laive tebėra apie 3,5 mln. litrų dyzelino.\n\
                    Laivo savininkė Rygos bendrovė „Baltic Lines“ teigia, kad sugedo vairas. Niekas nenukentėjo. Ketvirtadienį\n\
                    narai apžiūrės korpusą, o ryte laukiama vilkiko iš Klaipėdos.\nStorm closes harbour\n";
        let found = found(page);
        assert_eq!(found.len(), 5, "{found:#?}");
        assert!(found[2].contains("iškėlė pakrančių") && found[2].ends_with("dyzelino."));
        assert!(found[3].contains("Ketvirtadienį narai"));
    }

    #[test]
    fn headlines_lists_and_short_lines_stay_apart() {
        let page = "The harbour\nOpening hours\nFrom Monday to Saturday the harbour office is open for everybody who\n\
                    Visits the town, as the mayor told the council.\n– Who pays?\n1. Fees\n2) Tolls\n1998 was better\n";
        let found = found(page);
        assert_eq!(found.len(), 7, "{found:#?}");
        assert!(found[2].contains("everybody who Visits"));
    }

    #[test]
    fn divided_words_are_joined_and_other_hyphens_stay() {
        let page = "Seit gestern ist die alte Eisenbahnbrü-\ncke über den Fluss gesperrt, wie es heißt.\n\
                    Autos fahren nun über die neue Nord-\nSüd-Straße, sagte der Bürgermeister uns.\n";
        let found = found(page);
        assert!(found[0].contains("Eisenbahnbrücke über"), "{found:#?}");
        assert!(found.iter().any(|line| line.contains("Nord- Süd-Straße")), "{found:#?}");
    }
}
