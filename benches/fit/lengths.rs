//! Lengths of translations (`src/translation/checks/length.toml`): the middle and the spread of the logarithm of their
//! ratio for every two languages, by maximum likelihood on a grid, and how far out the tails reach.

use crate::data;

const LANGUAGES: [&str; 4] = ["de", "en", "lt", "ru"];
/// Percentages of translations beyond the tails, on either side.
const TAILS: [f64; 6] = [0.01, 0.1, 0.5, 1.0, 2.5, 5.0];

/// Prints the table.
pub(crate) fn run() {
    let lines = |code: &str| -> Vec<f64> {
        let text = std::fs::read_to_string(data().join(format!("flores/dev.{code}.txt")));
        let text = text.expect("flores is there");
        let letters =
            |line: &str| line.chars().filter(|c| !c.is_whitespace()).count().max(1) as f64;
        text.lines().map(letters).collect()
    };
    let sides: Vec<(&str, Vec<f64>)> = LANGUAGES.map(|code| (code, lines(code))).into();
    let mut deviations = Vec::new();
    println!("pairs = [");
    for (source, sources) in &sides {
        for (target, targets) in sides.iter().filter(|side| side.0 != *source) {
            // The logarithm of the ratio, and the length of both sides.
            let pairs: Vec<(f64, f64)> = (sources.iter().zip(targets))
                .map(|(one, other)| ((other / one).ln(), (one * other).sqrt()))
                .collect();
            let (middle, deviation, short) = fit(&pairs);
            println!(
                "    {{ source = \"{source}\", target = \"{target}\", spread = {{ middle = {middle:.3}, \
                 deviation = {deviation:.2}, short = {short:.2} }} }},"
            );
            deviations.extend(pairs.iter().map(|(ratio, length)| {
                ((ratio - middle) / spread(deviation, short, *length)).abs()
            }));
        }
    }
    println!("]\ntail = [");
    deviations.sort_by(|one, other| other.total_cmp(one));
    for percent in TAILS {
        let beyond = (2.0 * percent / 100.0 * deviations.len() as f64) as usize;
        println!("    {{ percent = {percent}, deviations = {:.2} }},", deviations[beyond]);
    }
    println!("]");
}

fn spread(deviation: f64, short: f64, length: f64) -> f64 {
    (deviation * deviation + short * short / length).sqrt()
}

/// The median of the ratios, and the two parts of their spread.
fn fit(pairs: &[(f64, f64)]) -> (f64, f64, f64) {
    let mut ratios: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
    ratios.sort_by(f64::total_cmp);
    let middle = ratios[ratios.len() / 2];
    let likelihood = |(deviation, short): (f64, f64)| -> f64 {
        let of_pair = |(ratio, length): &(f64, f64)| {
            let spread = spread(deviation, short, *length);
            -spread.ln() - 0.5 * ((ratio - middle) / spread).powi(2)
        };
        pairs.iter().map(of_pair).sum()
    };
    let grid =
        (1..20).flat_map(|one| (0..50).map(move |other| (one as f64 * 0.01, other as f64 * 0.05)));
    let best = grid.max_by(|one, other| likelihood(*one).total_cmp(&likelihood(*other)));
    let (deviation, short) = best.expect("the grid is not empty");
    (middle, deviation, short)
}
