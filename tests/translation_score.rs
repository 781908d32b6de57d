//! The score of translations on the default model, with sentences of our own.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::LazyLock;

use parallax::embed::{EmbedOptions, Embedder};
use parallax::lang::Language;
use parallax::translation::score::{Gate, Pair, Scorer, SegmentScore};

static EMBEDDER: LazyLock<Embedder> = LazyLock::new(|| {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe");
    Embedder::open(&model, &EmbedOptions::default()).unwrap()
});

fn pair<'a>(codes: &str, source: &'a str, target: &'a str) -> Pair<'a> {
    let (from, into) = codes.split_once('-').unwrap();
    let language = |code| Language::from_code(code).unwrap();
    Pair { source, target, source_language: language(from), target_language: language(into) }
}

fn scores(pairs: &[Pair]) -> Vec<SegmentScore> {
    Scorer::new(&EMBEDDER).unwrap().score(pairs).unwrap()
}

const ENGLISH: &str = "The museum in the old harbour, which burned down in 1997, will open again in 12 weeks, the mayor said.";

/// By direction: a source, its translation, and damaged ones.
const DAMAGED: [(&str, &str, &str, &[&str]); 4] = [
    (
        "en-de",
        ENGLISH,
        "Das Museum im alten Hafen, das 1997 abbrannte, wird in 12 Wochen wieder öffnen, sagte der Bürgermeister.",
        &[
            "Das Museum im alten Hafen wird in 12 Wochen wieder öffnen, sagte der Bürgermeister.",
            "Das Museum im alten Hafen, das 1997 abbrannte, wird in 72 Wochen wieder öffnen, sagte der Bürgermeister.",
            "Die Apfelernte fiel in diesem Jahr wegen der späten Fröste schlecht aus, klagen die Bauern.",
        ],
    ),
    (
        "en-lt",
        ENGLISH,
        "Senojo uosto muziejus, sudegęs 1997 metais, vėl atsidarys po 12 savaičių, sakė meras.",
        &[
            "Senojo uosto muziejus vėl atsidarys po 12 savaičių, sakė meras.",
            "Senojo uosto muziejus, sudegęs 1991 metais, vėl atsidarys po 12 savaičių, sakė meras.",
            "Ūkininkai skundžiasi, kad dėl vėlyvų šalnų šiemet obuolių derlius prastas.",
        ],
    ),
    (
        "lt-ru",
        "Senojo uosto muziejus, sudegęs 1997 metais, vėl atsidarys po 12 savaičių, sakė meras.",
        "Музей старого порта, сгоревший в 1997 году, вновь откроется через 12 недель, сказал мэр.",
        &[
            "Музей старого порта вновь откроется через 12 недель, сказал мэр.",
            "Музей старого порта, сгоревший в 1997 году, вновь откроется через 15 недель, сказал мэр.",
            "Фермеры жалуются, что из-за поздних заморозков урожай яблок в этом году плохой.",
        ],
    ),
    (
        "ru-en",
        "Музей старого порта, сгоревший в 1997 году, вновь откроется через 12 недель, сказал мэр.",
        ENGLISH,
        &[
            "The museum in the old harbour will open again in 12 weeks, the mayor said.",
            "The museum in the old harbour, which burned down in 1987, will open again in 12 weeks, the mayor said.",
            "Farmers complain that the apple harvest is poor this year because of late frosts.",
        ],
    ),
];

#[test]
fn damage_costs() {
    for (codes, source, right, damaged) in DAMAGED {
        let mut pairs = vec![pair(codes, source, right)];
        pairs.extend(damaged.iter().map(|wrong| pair(codes, source, wrong)));
        let found = scores(&pairs);
        assert!(found[0].score > 0.5, "{codes}: {}", found[0].score);
        for (score, wrong) in found[1..].iter().zip(damaged) {
            let (right, wrong_score) = (found[0].score, score.score);
            assert!(
                wrong_score < right,
                "{codes}: {wrong_score} for {wrong:?}, {right} for the right one"
            );
        }
    }
}

#[test]
fn what_is_no_translation_scores_nothing() {
    let found = scores(&[
        pair("en-lt", ENGLISH, ENGLISH),
        pair("en-lt", ENGLISH, ""),
        pair("en-lt", ENGLISH, DAMAGED[0].2),
        pair("en-lt", ENGLISH, DAMAGED[1].2),
    ]);
    let gates: Vec<Option<Gate>> = found.iter().map(|score| score.gate).collect();
    assert_eq!(gates, [Some(Gate::Copied), Some(Gate::Empty), Some(Gate::WrongLanguage), None]);
    assert!(found[..3].iter().all(|score| score.score == 0.0));
}

#[test]
fn what_was_left_out_is_shown() {
    let target = DAMAGED[0].3[0];
    let found = scores(&[pair("en-de", ENGLISH, target)]);
    let shown: Vec<&str> = found[0].uncovered.iter().map(|risk| risk.span.of(ENGLISH)).collect();
    assert!(shown.iter().any(|text| text.contains("burned")), "{shown:?}");
    assert!(found[0].unsupported.iter().all(|risk| risk.span.of(target) != "Museum"));
}

#[test]
fn any_text_will_do() {
    let long = "Žodis ir dar vienas. ".repeat(40_000);
    let marks = "\u{0}\u{301}\u{202e}🙂🙂 ── \"\"\"";
    let cases = ["", " ", marks, &long, "ẞ", "12", "a"];
    let pairs: Vec<Pair> = (cases.iter())
        .flat_map(|source| cases.iter().map(move |target| pair("lt-en", source, target)))
        .collect();
    for (score, pair) in scores(&pairs).iter().zip(&pairs) {
        assert!((0.0..=1.0).contains(&score.score) && score.critical.is_finite());
        for (risks, text) in [(&score.uncovered, pair.source), (&score.unsupported, pair.target)] {
            assert!(risks.iter().all(|risk| text.get(risk.span.start..risk.span.end).is_some()));
        }
    }
}

#[test]
fn a_score_does_not_depend_on_its_neighbours() {
    let (codes, source, right, damaged) = DAMAGED[1];
    let alone = scores(&[pair(codes, source, right)]);
    let among = scores(&[pair(codes, source, damaged[2]), pair(codes, source, right)]);
    assert!((alone[0].score - among[1].score).abs() < 1e-3);
}
