//! `parallax check`: names that a translation puts in the place of others, and names that it rightly has in another form.

use serde_json::Value;

use crate::program::{Folder, parallax};

/// A source, a translation that names the same, and one that names something else.
type Case = (&'static str, &'static str, &'static str);

const GERMAN_LITHUANIAN: [Case; 5] = [
    (
        "Der Bürgermeister von Klaipėda, Arvydas Vaitkus, eröffnete die Brücke am Montag.",
        "Klaipėdos meras Arvydas Vaitkus pirmadienį atidarė tiltą.",
        "Klaipėdos meras Arvydas Kazlauskas pirmadienį atidarė tiltą.",
    ),
    (
        "Die Fähre fährt von Kiel nach Klaipėda.",
        "Keltas plaukia iš Kylio į Klaipėdą.",
        "Keltas plaukia iš Kylio į Rygą.",
    ),
    (
        "Pahlin sagte, sie werde im Herbst nach Alaska zurückkehren.",
        "Palin sakė, kad rudenį grįš į Aliaską.",
        "Waltonas sakė, kad rudenį grįš į Aliaską.",
    ),
    (
        "Der Sturm zog über den Ärmelkanal nach Dänemark.",
        "Audra per Lamanšą nuslinko į Daniją.",
        "Audra per Lamanšą nuslinko į Portugaliją.",
    ),
    (
        "Papst Franziskus besuchte am Sonntag die Insel.",
        "Popiežius Pranciškus sekmadienį aplankė salą.",
        "Popiežius Benediktas sekmadienį aplankė salą.",
    ),
];
const ENGLISH_RUSSIAN: [Case; 3] = [
    (
        "The Rangers lost to Celtic in Glasgow on Sunday.",
        "В воскресенье «Рейнджерс» проиграли «Селтику» в Глазго.",
        "В воскресенье «Рейнджерс» проиграли «Селтику» в Ливерпуле.",
    ),
    (
        "Residents of Seoul protested against the new runway.",
        "Жители Сеула протестовали против новой взлётной полосы.",
        "Жители Пхеньяна протестовали против новой взлётной полосы.",
    ),
    (
        "The freighter from Odesa was damaged in the Black Sea.",
        "Грузовое судно из Одессы получило повреждения в Чёрном море.",
        "Грузовое судно из Стамбула получило повреждения в Чёрном море.",
    ),
];
const LITHUANIAN_ENGLISH: [Case; 2] = [
    (
        "Kinija griežtai sukritikavo Vašingtono sprendimą.",
        "Beijing sharply criticised the decision from Washington.",
        "Beijing sharply criticised the decision from Canberra.",
    ),
    (
        "Režisierė Ona Matulytė filmą kūrė Nidoje.",
        "The director Ona Matulytė made the film in Nida.",
        "The director Ona Petkutė made the film in Nida.",
    ),
];

/// How many names of each segment are told to stand in the place of others.
fn told(languages: &str, segments: &[(&str, &str)]) -> Vec<usize> {
    let folder = Folder::new();
    let rows = segments.iter().map(|(source, target)| format!("{source}\t{target}\n"));
    let file = folder.write("a.tsv", format!("source\ttarget\n{}", rows.collect::<String>()));
    let ran = parallax(
        ["check", &file, "--langs", languages, "-f", "jsonl", "--only", "name-mismatch"]
            .map(str::to_owned),
    );
    let count = |line: &str| {
        let segment: Value = serde_json::from_str(line).unwrap();
        segment["findings"].as_array().unwrap().len()
    };
    ran.stdout.lines().map(count).collect()
}

#[test]
fn names_of_something_else_are_told_and_other_forms_of_a_name_are_not() {
    for (languages, cases) in [
        ("de,lt", &GERMAN_LITHUANIAN[..]),
        ("en,ru", &ENGLISH_RUSSIAN[..]),
        ("lt,en", &LITHUANIAN_ENGLISH[..]),
    ] {
        let right: Vec<_> = cases.iter().map(|case| (case.0, case.1)).collect();
        assert_eq!(told(languages, &right), vec![0; cases.len()], "{languages}");
        let wrong: Vec<_> = cases.iter().map(|case| (case.0, case.2)).collect();
        assert_eq!(told(languages, &wrong), vec![1; cases.len()], "{languages}");
    }
}
