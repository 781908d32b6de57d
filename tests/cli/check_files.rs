//! `parallax check` on the files of translators: what is read from them, and what is wrong with them.

use serde_json::Value;

use crate::program::{Folder, Ran, parallax};

/// Checks a file; its segments, and how the run ended.
fn check(name: &str, content: &str) -> (Vec<Value>, Ran) {
    let folder = Folder::new();
    let file = folder.write(name, content);
    let ran = parallax(["check", &file, "-f", "jsonl"]);
    (ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), ran)
}

/// Source and target of each segment.
fn texts(segments: &[Value]) -> Vec<(&str, &str)> {
    segments
        .iter()
        .map(|segment| (segment["source"].as_str().unwrap(), segment["target"].as_str().unwrap()))
        .collect()
}

/// The checks that found something in a segment.
fn found(segment: &Value) -> Vec<String> {
    let findings = segment["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["check"].as_str().unwrap().to_owned()).collect()
}

const XLIFF_1: &str = r#"<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
 <file source-language="en-GB" target-language="lt" original="a.html" datatype="html">
  <body>
   <trans-unit id="t1" approved="yes">
    <source>Press <g id="1">Start</g> &amp; wait <x id="2"/>12 minutes.</source>
    <target>Spauskite <g id="1">Pradėti</g> &amp; palaukite <x id="2"/>13 minučių.</target>
    <alt-trans><target>Kitas</target></alt-trans>
   </trans-unit>
   <trans-unit id="t2">
    <source>The <ph id="1">&lt;b&gt;</ph>harbour is open.</source>
    <target state="needs-review-translation">Uostas atidarytas.</target>
    <note>parallax: ignore markup</note>
   </trans-unit>
   <trans-unit id="t3"><source>The gate is shut.</source></trans-unit>
   <trans-unit id="t4" translate="no"><source>void main</source></trans-unit>
  </body>
 </file>
</xliff>
"#;

#[test]
fn xliff_1_is_read_with_inline_tags_states_and_notes() {
    let (segments, ran) = check("a.xlf", XLIFF_1);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(
        texts(&segments),
        [
            ("Press Start & wait 12 minutes.", "Spauskite Pradėti & palaukite 13 minučių."),
            ("The harbour is open.", "Uostas atidarytas."),
            ("The gate is shut.", ""),
        ]
    );
    assert_eq!(segments[0]["id"], "t1");
    assert_eq!(found(&segments[0]), ["number-mismatch"]);
    let target = &segments[0]["findings"][0]["target"];
    // The figure stands behind an entity and two tags, in the file as in the text.
    assert_eq!((&target["line"], &target["column"]), (&Value::from(7), &Value::from(72)));
    assert_eq!(found(&segments[1]), [] as [&str; 0]);
    assert_eq!(found(&segments[2]), ["untranslated"]);
}

#[test]
fn sdlxliff_is_read_segment_by_segment() {
    let (segments, ran) = check(
        "a.sdlxliff",
        r#"<xliff version="1.2" xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"><file source-language="de-DE" target-language="en-US"><body>
<trans-unit id="u"><source>Eins. Zwei.</source>
<seg-source><mrk mtype="seg" mid="7">Zwölf Boote.</mrk> <mrk mtype="seg" mid="8">Die See ist ruhig.</mrk></seg-source>
<target><mrk mtype="seg" mid="7">Thirteen boats.</mrk> <mrk mtype="seg" mid="8">The sea is calm.</mrk></target>
<sdl:seg-defs><sdl:seg id="7" conf="Draft"/><sdl:seg id="8" locked="true"/></sdl:seg-defs></trans-unit></body></file></xliff>"#,
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(
        texts(&segments),
        [("Zwölf Boote.", "Thirteen boats."), ("Die See ist ruhig.", "The sea is calm.")]
    );
    assert_eq!(
        (&segments[0]["id"], found(&segments[0])),
        (&"u.7".into(), vec!["number-mismatch".to_owned()])
    );
}

#[test]
fn xliff_2_is_read() {
    let (segments, ran) = check(
        "a.xlf",
        r#"<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="de">
<file id="f"><unit id="u1"><segment id="s1" state="final"><source>Open <pc id="1">all</pc> <ph id="2"/>.</source>
<target>Öffnen Sie <pc id="1">alle</pc> .</target></segment>
<ignorable><source> </source></ignorable>
<segment id="s2"><source>Twelve boats.</source><target>Zwölf Boote.</target></segment></unit></file></xliff>"#,
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(texts(&segments)[1], ("Twelve boats.", "Zwölf Boote."));
    assert_eq!(
        (&segments[0]["id"], found(&segments[0])),
        (&"u1.s1".into(), vec!["markup".to_owned()])
    );
}

#[test]
fn tmx_is_read_with_several_languages() {
    let (segments, ran) = check(
        "a.tmx",
        r#"<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en" segtype="sentence"/><body>
<tu tuid="1"><tuv xml:lang="de"><seg>Zwölf <bpt i="1">&lt;b&gt;</bpt>Boote<ept i="1">&lt;/b&gt;</ept></seg></tuv>
<tuv xml:lang="EN-us"><seg>Twelve <bpt i="1">&lt;b&gt;</bpt>boats<ept i="1">&lt;/b&gt;</ept></seg></tuv>
<tuv xml:lang="lt"><seg>Trylika valčių</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Alone</seg></tuv></tu>
</body></tmx>"#,
    );
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("a.tmx:6:1: unit 2 has 1 of two languages"), "{}", ran.stderr);
    assert_eq!(
        texts(&segments),
        [("Twelve boats", "Zwölf Boote"), ("Twelve boats", "Trylika valčių")]
    );
    assert_eq!(segments[1]["id"], "1.lt");
    assert_eq!(found(&segments[0]), [] as [&str; 0]);
    assert!(found(&segments[1]).contains(&"number-mismatch".to_owned()));
}

#[test]
fn po_is_read_with_contexts_plural_forms_and_flags() {
    let (segments, ran) = check(
        "lt.po",
        r#"msgid ""
msgstr ""
"Language: lt\n"
"Content-Type: text/plain; charset=ISO-8859-1\n"

#: src/a.c:12
msgctxt "menu"
msgid "Close the \"%s\" gate\n"
msgstr ""
"Uždaryti „%s“ vartus ir "
"\"%d\"\n"

msgid "%d boat left."
msgid_plural "%d boats left."
msgstr[0] "Išplaukė %d laivas."
msgstr[1] "Išplaukė %d laivai."
msgstr[2] "Išplaukė laivų."

#, fuzzy, no-c-format
msgid "100%s sure?"
msgstr "Tikrai?"

# parallax: ignore
msgid "Save the file now?"
msgstr "Save the file now?"

#~ msgid "old"
#~ msgstr "senas"
"#,
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("says that it is in ISO-8859-1 and is in UTF-8"), "{}", ran.stderr);
    let texts = texts(&segments);
    assert_eq!(texts[0].1, "Uždaryti „%s“ vartus ir \"%d\"\n");
    assert_eq!(texts[2], ("%d boats left.", "Išplaukė %d laivai."));
    assert_eq!(segments.len(), 6);
    assert_eq!(found(&segments[0]), ["placeholder"]);
    let target = &segments[0]["findings"][0]["target"];
    assert_eq!(
        (&target["text"], &target["line"], &target["column"]),
        (&"%d".into(), &11.into(), &4.into())
    );
    assert_eq!(segments[1]["id"], "2[0]");
    for segment in &segments[1..3] {
        assert_eq!(found(segment), [] as [&str; 0], "{segment}");
    }
    assert_eq!(found(&segments[5]), [] as [&str; 0]);
}

#[test]
fn broken_xml_is_told_with_its_place_and_what_came_before_is_checked() {
    let cut = XLIFF_1.replace("</g> &amp; palaukite", " &amp; palaukite");
    let (_, ran) = check("a.xlf", &cut);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("a.xlf:7:"), "{}", ran.stderr);
    assert!(ran.stderr.contains("closes `target` where `g` is open"), "{}", ran.stderr);

    let end = XLIFF_1.find("<trans-unit id=\"t3\"").unwrap();
    let (segments, ran) = check("a.xlf", &XLIFF_1[..end]);
    assert_eq!((ran.code, segments.len()), (Some(2), 2));
    assert!(ran.stderr.contains("in the middle of an element"), "{}", ran.stderr);
}

#[test]
fn entities_are_not_expanded() {
    let bomb = format!(
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n{}",
        XLIFF_1.replace("<?xml version=\"1.0\"?>\n", "")
    );
    let (segments, ran) = check("a.xlf", &bomb);
    assert_eq!((ran.code, segments.len()), (Some(2), 0));
    assert!(ran.stderr.contains("declares entities"), "{}", ran.stderr);
    let (_, ran) = check("a.xlf", &XLIFF_1.replace("&amp; wait", "&b; wait"));
    assert!(ran.stderr.contains("`&b;`") && ran.stderr.contains(":6:"), "{}", ran.stderr);
}

#[test]
fn the_encoding_in_the_head_may_be_wrong() {
    let wrong = XLIFF_1.replace("version=\"1.0\"?", "version=\"1.0\" encoding=\"windows-1252\"?");
    let (segments, ran) = check("a.xlf", &wrong);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("note") && ran.stderr.contains("windows-1252"), "{}", ran.stderr);
    assert_eq!(segments[1]["target"], "Uostas atidarytas.");
    assert!(segments[0]["target"].as_str().unwrap().contains("Pradėti"));
}

#[test]
fn a_broken_entry_of_a_po_file_is_told_and_the_rest_checked() {
    let (segments, ran) = check(
        "lt.po",
        "msgid \"One boat.\nmsgstr \"Viena valtis.\"\n\nmsgid \"The sea is calm.\"\nmsgstr \"Jūra rami.\"\n",
    );
    assert_eq!((ran.code, segments.len()), (Some(2), 1));
    assert!(ran.stderr.contains("lt.po:1:1"), "{}", ran.stderr);
}

#[test]
fn what_is_no_translation_file_is_told() {
    let (_, ran) = check("a.xml", "<html><body>text</body></html>");
    assert_eq!(ran.code, Some(2));
    for part in ["no format known here", "XLIFF", "SOURCE and TARGET"] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
}
