//! Studies of corpora in which the truth is known: events made from NTREX, told by outlets of two groups in the four
//! languages, with or without a planted bias of the first group.
//!
//! A hundred corpora of 60 events each are drawn with the bias and a hundred without it. With it each analysis should
//! see its direction, and intervals hold the mean over all draws; without it hardly a corpus should give a finding.

use std::path::Path;

use jiff::civil::Date;
use parallax::embed::{EmbedOptions, Embedder};
use parallax::ingest::{Given, IngestOptions, read_text};
use parallax::jobs::Silent;
use parallax::jobs::study::{StudyOptions, study_corpus};
use parallax::lang::Language;
use parallax::report::study::StudyReport;
use parallax::study::corpus::{Corpus, Meta};
use parallax::study::results::Test;
use parallax::study::sample::GroupBy;

use crate::random::Random;
use crate::{Row, data};

/// Corpora of each kind.
const DRAWS: usize = 100;
/// Events of a corpus.
const EVENTS: usize = 60;
/// Lines that make up an event.
const LINES: usize = 8;
/// Outlets with their groups.
const OUTLETS: [(&str, &str); 4] = [("A1", "A"), ("A2", "A"), ("B1", "B"), ("B2", "B")];
const LANGUAGES: [&str; 4] = ["de", "lt", "en", "ru"];

/// Sentences that speak of conflict, in the order of the languages.
const CONFLICT: [&str; 4] = [
    "Die Gegner drohten einander offen und verließen wütend den Saal.",
    "Priešininkai atvirai grasino vieni kitiems ir įpykę paliko salę.",
    "The opponents threatened each other openly and left the hall in anger.",
    "Противники открыто угрожали друг другу и в гневе покинули зал.",
];
/// The name that headlines may carry, in the order of the languages.
const NAMED: [&str; 4] =
    ["Jonas Petraitis", "Jonas Petraitis", "Jonas Petraitis", "Йонас Петрайтис"];

/// A sentence with one or the other of the names of some islands, in the order of the languages.
const ISLANDS: [[&str; 2]; 4] = [
    ["In den Nördlichen Territorien blieb es ruhig.", "Auf den Südkurilen blieb es ruhig."],
    ["Šiaurinėse teritorijose buvo ramu.", "Pietų Kuriluose buvo ramu."],
    ["It stayed calm in the Northern Territories.", "It stayed calm on the Southern Kurils."],
    ["На Северных территориях было спокойно.", "На Южных Курилах было спокойно."],
];
/// A sentence that an official or somebody without a name says.
const SAID: [[&str; 2]; 4] = [
    [
        "Die Lage ist ernst, sagte ein Sprecher der Regierung.",
        "Die Lage ist ernst, sagte ein Augenzeuge.",
    ],
    ["Padėtis rimta, sakė vyriausybės atstovas.", "Padėtis rimta, sakė liudininkas."],
    [
        "The situation is serious, a government spokesman said.",
        "The situation is serious, an eyewitness said.",
    ],
    [
        "Положение серьёзное, сказал представитель правительства.",
        "Положение серьёзное, сказал очевидец.",
    ],
];
/// A sentence that denies.
const DENIED: [&str; 4] =
    ["Das ist nicht wahr.", "Tai nėra tiesa.", "That is not true.", "Это не соответствует правде."];

/// What group A does otherwise than group B: the sum of the usual probability and these.
struct Bias {
    covers: f64,
    keeps_odd_lines: f64,
    names: f64,
    conflict: f64,
    late: f64,
    calls_islands: f64,
    quotes_officials: f64,
    denies: f64,
}

const PLANTED: Bias = Bias {
    covers: -0.2,
    keeps_odd_lines: -0.3,
    names: 0.4,
    conflict: 0.4,
    late: 0.4,
    calls_islands: 0.4,
    quotes_officials: 0.4,
    denies: 0.4,
};
const NONE: Bias = Bias {
    covers: 0.0,
    keeps_odd_lines: 0.0,
    names: 0.0,
    conflict: 0.0,
    late: 0.0,
    calls_islands: 0.0,
    quotes_officials: 0.0,
    denies: 0.0,
};

/// The measures of the planted bias, with the subject and the sign they should have.
const EXPECTED: [(&str, &str, f64); 9] = [
    ("share of events covered", "", -1.0),
    ("omission rate", "", 1.0),
    ("prominence of a name", "Jonas Petraitis", 1.0),
    ("place on an axis", "conflict", 1.0),
    ("days behind the first report", "", 1.0),
    ("share of a name", "southern-kurils: Northern Territories", 1.0),
    ("divergence of names", "southern-kurils", 1.0),
    ("share of a kind of source", "official", 1.0),
    ("share of sentences", "negation", 1.0),
];

pub(crate) fn run(_embedder: &Embedder) -> Vec<Row> {
    let folder = tempfile::tempdir().expect("a folder for the cache");
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/multilingual-e5-small-europe");
    let cache = Some(folder.path().to_owned());
    let options = EmbedOptions { cache, cache_bytes: Some(4 << 30), ..EmbedOptions::default() };
    let embedder = Embedder::open(&model, &options).expect("the default model opens");
    let lines: Vec<Vec<String>> = LANGUAGES.iter().map(|language| read_lines(language)).collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut study = |bias: &Bias| {
        let corpus = corpus(&lines, bias, &mut random);
        let mut options = StudyOptions::new(GroupBy::Group, folder.path().to_owned());
        options.skip = vec!["words".to_owned()];
        options.settings.inference.shuffles = 1999;
        study_corpus(corpus, "made", &options, &embedder, &mut Silent).expect("a study runs")
    };
    let biased: Vec<StudyReport> = (0..DRAWS).map(|_| study(&PLANTED)).collect();
    let fair: Vec<StudyReport> = (0..DRAWS).map(|_| study(&NONE)).collect();
    rows(&biased, &fair)
}

fn read_lines(language: &str) -> Vec<String> {
    let path = data().join("ntrex").join(format!("{language}.txt"));
    let text = std::fs::read_to_string(path).expect("a development set is readable");
    text.lines().map(str::to_owned).collect()
}

/// A corpus of events, each drawn from all blocks of lines, so that corpora are independent of each other.
fn corpus(lines: &[Vec<String>], bias: &Bias, random: &mut Random) -> Corpus {
    let mut corpus = Corpus::default();
    let blocks = lines[0].len() / LINES;
    for event in 0..EVENTS {
        let block = (random.next() % blocks as u64) as usize * LINES;
        for (outlet, group) in OUTLETS {
            let more = |usual: f64, bias: f64| if group == "A" { usual + bias } else { usual };
            if random.share() >= more(0.95, bias.covers) {
                continue;
            }
            let language = (random.next() % 4) as usize;
            let mut body: Vec<&str> = Vec::new();
            for line in 0..LINES {
                let kept = if line % 2 == 1 { more(0.8, bias.keeps_odd_lines) } else { 0.8 };
                if random.share() < kept {
                    body.push(&lines[language][block + line]);
                }
            }
            if random.share() < more(0.2, bias.conflict) {
                body.push(CONFLICT[language]);
            }
            if random.share() < 0.8 {
                let other = random.share() >= more(0.3, bias.calls_islands);
                body.push(ISLANDS[language][usize::from(other)]);
            }
            if random.share() < 0.9 {
                let other = random.share() >= more(0.3, bias.quotes_officials);
                body.push(SAID[language][usize::from(other)]);
            }
            if random.share() < more(0.2, bias.denies) {
                body.push(DENIED[language]);
            }
            let name = if random.share() < more(0.3, bias.names) { NAMED[language] } else { "" };
            let opening: Vec<&str> = lines[language][block].split_whitespace().take(4).collect();
            let late = i8::from(random.share() < more(0.3, bias.late));
            let day = Date::new(2020, 1, 1 + late).expect("a day");
            let given = Given {
                title: Some(format!("{name}: {}", opening.join(" "))),
                published: Some(day),
                language: Language::from_code(LANGUAGES[language]),
            };
            let name = format!("{outlet}-{event}");
            let options = IngestOptions { clean: false, ..IngestOptions::default() };
            let Ok(document) = read_text(&name, &body.join("\n\n"), &given, &options) else {
                continue;
            };
            let meta = Meta {
                id: name,
                outlet: Some(outlet.to_owned()),
                group: Some(group.to_owned()),
                event: Some(format!("e{event}")),
                ..Meta::default()
            };
            corpus.articles.push((meta, document));
        }
    }
    corpus
}

/// The test of a measure, group A seen against group B.
fn found(report: &StudyReport, measure: &str, subject: &str) -> Option<(f64, f64, f64)> {
    let is_it = |test: &&Test| test.measure == measure && test.subject == subject;
    let test = report.findings.tests.iter().find(is_it)?;
    // A divergence is the same from both sides.
    let turned = test.group != "A" && !measure.starts_with("divergence");
    let sign = if turned { -1.0 } else { 1.0 };
    let interval = test.interval?;
    let (one, other) = (sign * interval.low, sign * interval.high);
    Some((sign * test.difference?, one.min(other), one.max(other)))
}

fn rows(biased: &[StudyReport], fair: &[StudyReport]) -> Vec<Row> {
    let row = |name: String, value: f64| Row { section: "study", name, value, unit: "%" };
    let mut rows = Vec::new();
    for (measure, subject, sign) in EXPECTED {
        let name = if subject.is_empty() { measure } else { subject };
        let all: Vec<(f64, f64, f64)> =
            biased.iter().filter_map(|report| found(report, measure, subject)).collect();
        let right = all.iter().filter(|(difference, _, _)| difference * sign > 0.0).count();
        rows.push(row(format!("{name}, sign right"), 100.0 * right as f64 / DRAWS as f64));
        let truth = all.iter().map(|(difference, _, _)| difference).sum::<f64>() / all.len() as f64;
        let held = all.iter().filter(|(_, low, high)| *low <= truth && truth <= *high).count();
        let share = 100.0 * held as f64 / all.len().max(1) as f64;
        rows.push(row(format!("{name}, intervals that hold the mean"), share));
    }
    let clean = |report: &&StudyReport| report.discoveries().is_empty();
    let clean = fair.iter().filter(clean).count();
    rows.push(row(
        "nothing planted, nothing found".to_owned(),
        100.0 * clean as f64 / DRAWS as f64,
    ));
    rows
}
