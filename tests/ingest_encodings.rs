//! Encodings found from bytes: our own texts in `tests/encodings`, and the development sentences
//! where they are there, written in every encoding that can hold them.

use std::fs;
use std::path::Path;

use encoding_rs::{Encoding, ISO_8859_13, KOI8_R, UTF_8, WINDOWS_1251, WINDOWS_1252, WINDOWS_1257};
use parallax::ingest::encoding::decode;

const ONE_BYTE: [&Encoding; 5] = [WINDOWS_1251, WINDOWS_1252, WINDOWS_1257, ISO_8859_13, KOI8_R];

/// The text in every encoding that can hold it, with the encoding's name.
fn written(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf_16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect();
    let mut all = vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("UTF-16LE", utf_16(u16::to_le_bytes)),
        ("UTF-16BE", utf_16(u16::to_be_bytes)),
        (
            "UTF-16LE with mark",
            format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
        (
            "UTF-16BE with mark",
            format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ),
    ];
    for encoding in ONE_BYTE {
        let (bytes, _, unmappable) = encoding.encode(text);
        if !unmappable {
            all.push((encoding.name(), bytes.into_owned()));
        }
    }
    all
}

#[test]
fn own_texts_come_back_from_every_encoding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/encodings");
    let mut tried = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for (name, bytes) in written(&text) {
            assert_eq!(decode(&bytes, None).text, text, "{} in {name}", path.display());
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried}");
}

#[test]
fn development_sentences_come_back_from_every_encoding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    for (file, language) in [
        ("ntrex/de.txt", "de"),
        ("ntrex/lt.txt", "lt"),
        ("ntrex/en.txt", "en"),
        ("ntrex/ru.txt", "ru"),
        ("textberg/dev.fr", "fr"),
    ] {
        let Ok(text) = fs::read_to_string(folder.join(file)) else {
            // Development data that not every checkout has.
            continue;
        };
        let lines: Vec<&str> = text.lines().collect();
        let (mut right, mut wrong) = (0, Vec::new());
        for pair in lines.chunks(2) {
            let text = pair.join("\n");
            for (name, bytes) in written(&text) {
                let decoded = decode(&bytes, None);
                if decoded.text == text {
                    right += 1;
                } else {
                    wrong.push(format!("{name} as {}: {}", decoded.encoding.name(), decoded.text));
                }
            }
        }
        assert!(wrong.len() * 200 <= right, "{language}: {wrong:#?}");
    }
}

#[test]
fn damaged_utf_8_stays_utf_8() {
    let mut bytes = "Žmonės ėjo namo. Сели в поезд.".as_bytes().to_vec();
    bytes.insert(12, 0xff);
    let decoded = decode(&bytes, None);
    assert_eq!(decoded.encoding, UTF_8);
    assert!(
        decoded.broken && decoded.text.contains('\u{fffd}') && decoded.text.ends_with("поезд.")
    );
    let plain = b"The ferry does not run today. \xff\xfePassengers have to take the bus instead, \
                  which leaves from the old market every hour until late in the evening.";
    assert_eq!(decode(plain, None).text.matches('\u{fffd}').count(), 2);
}

#[test]
fn a_forced_encoding_is_obeyed() {
    assert_eq!(decode(b"\xe0\xe1", Some(WINDOWS_1251)).text, "аб");
}
