//! What translators round when they convert measures.

use crate::facts::{NumberValue, Unit};

/// Relative slack of a conversion, at least; of the coarser figure, at most; and of one below ten: `half an inch`, `1 cm`.
const LEAST: f64 = 0.003;
const MOST: f64 = 0.08;
const MOST_BELOW_TEN: f64 = 0.25;
/// Relative slack of each of two figures that were converted from a third, at most: of one cut off, and of one rounded.
const MOST_CUT: f64 = 0.03;
const MOST_ROUNDED: f64 = 0.05;
/// Degrees that a temperature may be off.
const DEGREE: f64 = 1.0;

/// How many base units the units are that a measure may have been converted from.
const SOURCES: &[(&str, &[f64])] = &[
    ("m", &[1609.344, 0.9144, 0.3048, 0.0254]),
    ("kg", &[0.453_592_4, 0.028_349_52]),
    ("km/h", &[1.609_344, 1.852]),
    ("m2", &[2_589_988.0, 4046.856, 0.092_903_04]),
    ("l", &[3.785_412, 158.9873, 0.473_176]),
];

/// How many base units the units are that a figure may have been taken from without its unit, and how near it then is.
const MISTAKEN: &[(&str, &[f64])] = &[
    ("m", &[1609.344, 1852.0, 1000.0, 0.9144, 0.3048, 1.0, 0.0254, 0.01]),
    ("kg", &[0.453_592_4, 0.028_349_52, 1.0, 1000.0]),
    ("km/h", &[1.609_344, 1.852, 1.0, 3.6]),
    ("m2", &[2_589_988.0, 4046.856, 0.092_903_04, 1.0, 10_000.0, 1_000_000.0]),
    ("l", &[3.785_412, 158.9873, 0.473_176, 1.0]),
];
const MISTAKEN_NEAR: f64 = 0.02;

/// Whether the figure of one of two measures is the other in a unit that it does not have: `480 miles` for the 480
/// kilometres that 300 miles are.
pub(super) fn has_wrong_unit(left: &NumberValue, right: &NumberValue) -> bool {
    let Unit::Measure(base) = &left.unit else { return false };
    let Some((_, factors)) = MISTAKEN.iter().find(|(known, _)| known == base) else {
        return false;
    };
    let mistaken = |wrong: &NumberValue, right: &NumberValue| {
        let figure = wrong.low / wrong.factor;
        factors
            .iter()
            .filter(|&&factor| factor != wrong.factor)
            .any(|factor| (figure * factor - right.low).abs() <= MISTAKEN_NEAR * right.low.abs())
    };
    left.unit == right.unit && (mistaken(left, right) || mistaken(right, left))
}

/// The slack between a measure and its conversion, both about as large as given, in base units.
pub(super) fn slack(left: &NumberValue, right: &NumberValue, size: f64) -> f64 {
    let is_duration = |number: &NumberValue| matches!(&number.unit, Unit::Measure(base) if base == "s" || base == "month");
    if is_duration(left) {
        // Twelve months are a year, and ten are none.
        return size * LEAST;
    }
    let figure = |number: &NumberValue| ((size - number.offset) / number.factor).abs();
    let small = figure(left).min(figure(right)) < 10.0;
    let most = if small { MOST_BELOW_TEN } else { MOST };
    let rounded = step(left).max(step(right)).min(size * most);
    let degree = if left.offset == right.offset { 0.0 } else { DEGREE };
    rounded.max(size * LEAST).max(degree)
}

/// Whether two values in one unit can both come from one round figure in another: `64 km` and `65 km` from 40 miles.
pub(super) fn share_source(
    left: &NumberValue,
    right: &NumberValue,
    left_value: f64,
    right_value: f64,
) -> bool {
    let Unit::Measure(base) = &left.unit else {
        return false;
    };
    let Some((_, sources)) = SOURCES.iter().find(|(known, _)| known == base) else {
        return false;
    };
    if left.unit != right.unit || sources.contains(&left.factor) || left_value <= 0.0 {
        return false;
    }
    let near = |number: &NumberValue, value: f64, source: f64| {
        let cut = step(number).min(source * MOST_CUT);
        let rounded = (number.step * number.factor / 2.0).min(source * MOST_ROUNDED);
        (value - source).abs() <= cut.max(rounded)
    };
    let middle = (left_value + right_value) / 2.0;
    sources.iter().any(|factor| {
        // Figures of two digits, and of three that end in a five: `85 mph`, `385 miles`.
        let figure = middle / factor;
        let unit = 10f64.powf(figure.log10().floor()) / 20.0;
        let nearest = (figure / unit).round();
        [nearest - 1.0, nearest, nearest + 1.0].into_iter().any(|rounded| {
            let source = rounded * unit * factor;
            near(left, left_value, source) && near(right, right_value, source)
        })
    })
}

/// The worth of the last digit that says something, in base units; of a five as of a round figure.
fn step(number: &NumberValue) -> f64 {
    let figure = (number.high - number.offset) / number.factor / number.step;
    let by_five = (figure / 5.0).fract().abs() < 1e-9;
    number.step * number.factor * if by_five { 5.0 } else { 1.0 }
}
