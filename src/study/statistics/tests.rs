//! The statistics against values computed elsewhere: krippendorff 0.9, scipy 1.17, scikit-learn and statsmodels
//! (Python), and Krippendorff's own worked example.

use super::agreement::{Codes, Level, Weights, alpha, alpha_interval, kappa, percent_agreement};
use super::bootstrap::{Bootstrap, NoInterval, accelerated, interval, quantile};
use super::divergence::jensen_shannon;
use super::effect::{cohen_d, cohen_h, log_ratio};
use super::exact::{binomial, fisher, wilson};
use super::keyness::Counts;
use super::multiple::benjamini_hochberg;
use super::random::Stream;
use super::special::{
    chi_squared_above, normal_below, normal_quantile, normal_two_sided, student_two_sided,
};
use super::sums::{Sums, difference_of_ratios, ratio};
use super::within::{Inference, Observation, compare};

/// Asserts that two values agree to nine digits, those near 0 to nine places.
#[track_caller]
fn same(value: f64, expected: f64) {
    let error = (value - expected).abs();
    assert!(error <= 1e-9 * expected.abs().max(1e-3), "{value} is not {expected}");
}

/// Asserts that two values agree to nine digits, however small.
#[track_caller]
fn same_digits(value: f64, expected: f64) {
    assert!((value / expected - 1.0).abs() <= 1e-9, "{value} is not {expected}");
}

fn numbers(rows: &str) -> Vec<Vec<Option<f64>>> {
    rows.split(';')
        .map(|row| row.split(',').map(|code| code.trim().parse().ok()).collect())
        .collect()
}

/// Four coders, twelve units, seven codes missing (Krippendorff 2011, "Computing Krippendorff's
/// Alpha-Reliability").
const WORKED_EXAMPLE: &str = "1,1,,1;2,2,3,2;3,3,3,3;3,3,3,3;2,2,2,2;1,2,3,4;4,4,4,4;1,1,2,1;2,2,2,2;\
    ,5,5,5;,,1,1;,3,,";

/// Five coders, forty units, a quarter of the codes missing.
const MEASUREMENTS: &str = "3.1,,,7.7,2.1;4.6,3.7,6.1,2.1,9.5;,,10.6,7.8,7.0;3.7,3.4,4.0,,;,5.1,8.7,5.7,;\
    2.8,4.2,,,3.3;6.0,6.8,,,3.3;,,3.7,9.1,4.3;3.5,3.9,,,2.1;3.3,3.0,,4.3,14.0;\
    5.1,4.9,6.2,7.1,7.8;,,6.7,,10.0;1.6,,2.5,3.1,8.1;2.7,3.4,1.4,10.3,4.5;2.1,2.3,,8.0,1.7;\
    5.2,4.8,,13.2,2.2;,,,4.9,6.1;2.5,3.4,1.9,5.7,;6.1,7.3,5.3,8.7,3.8;10.1,9.8,,,;\
    1.1,0.7,3.3,10.6,;2.5,,1.3,,;,6.1,4.8,0.7,3.4;4.6,5.2,5.9,,6.9;9.1,8.1,,5.6,5.2;\
    8.1,7.8,10.2,,6.5;4.3,3.9,4.6,8.6,;11.6,11.8,11.7,2.9,5.4;,,,5.9,8.8;8.6,9.6,10.7,,7.1;\
    3.6,3.8,4.4,9.6,6.3;11.1,11.4,11.7,10.3,;6.0,5.1,6.3,3.4,;7.6,7.6,5.7,7.0,;\
    4.9,6.0,3.8,4.7,10.2;5.7,4.4,7.5,15.5,8.1;,9.0,,2.4,;2.3,,2.9,,2.7;9.2,8.6,10.0,,;\
    2.7,3.4,,,5.2";

const LEVELS: [Level; 4] = Level::ALL;

#[test]
fn alpha_is_that_of_the_worked_example() {
    let codes = Codes::of_numbers(&numbers(WORKED_EXAMPLE));
    let expected = [0.743421052631579, 0.8153875037548814, 0.8491071428571428, 0.7974027747116121];
    for (level, expected) in LEVELS.into_iter().zip(expected) {
        same(alpha(&codes, level).value().unwrap(), expected);
    }
    assert_eq!((codes.coders(), codes.pairable()), (4, 11));
}

#[test]
fn alpha_of_many_values_with_many_missing() {
    let codes = Codes::of_numbers(&numbers(MEASUREMENTS));
    let expected =
        [-0.005417956656346812, 0.3125869900077456, 0.2692277817573874, 0.28635738806183575];
    for (level, expected) in LEVELS.into_iter().zip(expected) {
        same(alpha(&codes, level).value().unwrap(), expected);
    }
}

#[test]
fn alpha_tells_why_there_is_none() {
    let alone = Codes::of_numbers(&numbers("1,;,2"));
    assert_eq!(alpha(&alone, Level::Nominal).reason(), Some("no unit was coded by two coders"));
    let flat = Codes::of_numbers(&numbers("1,1;1,1"));
    for level in LEVELS {
        assert_eq!(alpha(&flat, level).reason(), Some("all codes are the same"));
    }
}

#[test]
fn the_interval_of_alpha_holds_it() {
    let codes = Codes::of_numbers(&numbers(MEASUREMENTS));
    let mut stream = Stream::new(1, "alpha");
    let found = alpha_interval(&codes, Level::Interval, 1000, 0.95, &mut stream).unwrap();
    assert!(found.low < 0.27 && found.high > 0.27 && found.high - found.low < 0.5, "{found:?}");
    let again = alpha_interval(&codes, Level::Interval, 1000, 0.95, &mut Stream::new(1, "alpha"));
    assert_eq!(again, Some(found));
}

#[test]
fn kappa_with_and_without_weights() {
    let one = [1, 2, 3, 1, 2, 2, 3, 3, 1, 1, 2, 3, 3, 2, 1, 4, 4, 2, 1, 3];
    let other = [1, 2, 2, 1, 2, 3, 3, 3, 1, 2, 2, 3, 4, 2, 1, 4, 3, 2, 2, 3];
    let units: Vec<Vec<Option<f64>>> = one
        .iter()
        .zip(other)
        .map(|(&one, other)| vec![Some(f64::from(one)), Some(f64::from(other))])
        .collect();
    let codes = Codes::of_numbers(&units);
    for (weights, expected) in [
        (Weights::Equal, 0.5833333333333334),
        (Weights::Linear, 0.7115384615384616),
        (Weights::Quadratic, 0.8314606741573034),
    ] {
        let found = kappa(&codes, 0, 1, weights).unwrap();
        same(found.kappa.unwrap(), expected);
        assert_eq!((found.units, found.agreement), (20, 0.7));
    }
    same(percent_agreement(&codes).unwrap(), 0.7);
    assert_eq!(kappa(&Codes::of_numbers(&numbers("1,;,1")), 0, 1, Weights::Equal), None);
}

#[test]
fn distribution_functions() {
    for (x, expected) in [
        (-8.0, 6.22096057427174e-16),
        (-3.3, 0.00048342414238377744),
        (-0.2, 0.42074029056089696),
        (0.0, 0.5),
        (2.5, 0.9937903346742238),
        (6.0, 0.9999999990134123),
    ] {
        same_digits(normal_below(x), expected);
    }
    same_digits(normal_two_sided(-3.3), 2.0 * 0.00048342414238377744);
    for (p, expected) in [
        (1e-12, -7.034483825301131),
        (1e-5, -4.264890793922825),
        (0.025, -1.9599639845400545),
        (0.3, -0.5244005127080409),
        (0.5, 0.0),
        (0.9, 1.2815515655446004),
        (0.999999, 4.753424308817087),
    ] {
        same(normal_quantile(p), expected);
    }
    for (x, freedom, expected) in [
        (0.5, 1.0, 0.47950012218695337),
        (3.84, 1.0, 0.05004352124870519),
        (30.0, 1.0, 4.3204630578274955e-08),
        (0.5, 4.0, 0.9735009788392561),
        (9.3, 4.0, 0.054023050907570806),
        (60.0, 7.0, 1.5095553022989154e-10),
        (200.0, 150.0, 0.003973185970821635),
    ] {
        same_digits(chi_squared_above(x, freedom), expected);
    }
    for (t, freedom, expected) in [
        (0.3, 3.0, 0.783763292039919),
        (2.1, 9.0, 0.06511828241215196),
        (5.0, 12.0, 0.0003093112112838888),
        (1.96, 200.0, 0.051384840845813295),
        (12.0, 4.0, 0.000276428548502973),
    ] {
        same_digits(student_two_sided(t, freedom), expected);
    }
}

#[test]
fn exact_tests() {
    for (successes, trials, share, expected) in [
        (7, 10, 0.4, 0.10111928319999999),
        (0, 12, 0.2, 0.141274976256),
        (3, 50, 0.15, 0.07610710711749102),
        (30, 40, 0.5, 0.0022214337732293643),
        (5, 5, 0.9, 1.0),
    ] {
        same(binomial(successes, trials, share), expected);
    }
    for ([a, b, c, d], expected) in [
        ([8, 2, 1, 5], 0.034965034965034975),
        ([10, 15, 20, 3], 0.0010308068679044402),
        ([0, 7, 9, 4], 0.004721362229102168),
        ([120, 80, 300, 410], 9.53947763433647e-06),
    ] {
        same_digits(fisher(a, b, c, d), expected);
    }
    assert_eq!(binomial(0, 0, 0.5), 1.0);
    for (successes, trials, low, high) in [
        (45, 50, 0.7863976856252034, 0.9565242350681095),
        (0, 10, 0.0, 0.27753279986288926),
        (300, 1000, 0.2724068424770048, 0.3291238609172172),
    ] {
        let found = wilson(successes, trials, 0.95).unwrap();
        same(found.low, low);
        same(found.high, high);
    }
    assert_eq!(wilson(0, 0, 0.95), None);
}

#[test]
fn false_discovery_rates() {
    let p = [
        0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269,
        0.275, 0.34, 0.341, 0.384, 0.569, 0.594, 0.696, 0.762, 0.94, 0.942, 0.975, 0.986,
    ];
    let q = benjamini_hochberg(&p);
    for (place, expected) in [
        (0, 0.025),
        (1, 0.1),
        (2, 0.21),
        (5, 0.25),
        (6, 0.26428571428571423),
        (16, 0.5647058823529412),
        (24, 0.986),
    ] {
        same(q[place], expected);
    }
    let mut turned = p.to_vec();
    turned.reverse();
    let mut q_turned = benjamini_hochberg(&turned);
    q_turned.reverse();
    assert_eq!(q, q_turned);
    assert!(benjamini_hochberg(&[]).is_empty());
}

#[test]
fn divergence_in_bits() {
    same(
        jensen_shannon(&[10.0, 5.0, 0.0, 1.0], &[2.0, 7.0, 3.0, 4.0]).unwrap(),
        0.2759895433115345,
    );
    assert_eq!(jensen_shannon(&[3.0, 0.0], &[0.0, 5.0]), Some(1.0));
    assert_eq!(jensen_shannon(&[0.0], &[1.0]), None);
}

#[test]
fn keyness_measures() {
    for (counts, chi_squared, raw) in [
        ([30.0, 1000.0, 12.0, 1500.0], 16.27440201738412, 17.27842306049218),
        ([2.0, 800.0, 25.0, 700.0], -21.459181941615753, -26.782368451771394),
        ([15.0, 500.0, 0.0, 600.0], 16.086584741423447, 23.902807952587924),
    ] {
        let [word, all, other_word, other_all] = counts;
        let counts = Counts { word, all, other_word, other_all };
        same(counts.chi_squared(), chi_squared);
        let n = all + other_all;
        let williams = 1.0
            + (n / (word + other_word) + n / (n - word - other_word) - 1.0)
                * (n / all + n / other_all - 1.0)
                / (6.0 * n);
        same(counts.likelihood_ratio(), raw / williams);
    }
    let counts = Counts { word: 30.0, all: 1000.0, other_word: 12.0, other_all: 1500.0 };
    same(counts.mutual_information().unwrap(), (30.0_f64 / 16.8).ln());
    let (delta, z) = counts.log_odds(4.2, 250.0);
    same(delta, (34.2_f64 / 1215.8).ln() - (16.2_f64 / 1733.8).ln());
    same(z, delta / (1.0_f64 / 34.2 + 1.0 / 16.2).sqrt());
}

#[test]
fn effect_sizes() {
    same(cohen_h(0.5, 0.25), std::f64::consts::FRAC_PI_6);
    same(cohen_d(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]).unwrap(), -2.0 / 2.5_f64.sqrt());
    assert_eq!(cohen_d(&[1.0, 1.0], &[1.0, 1.0]), None);
    assert_eq!((log_ratio(8.0, 2.0), log_ratio(0.0, 1.0)), (Some(2.0), None));
}

/// Means of 200 draws from twelve numbers, and what scipy makes of them.
const REPLICATES: [f64; 200] = [
    4.516667, 4.333333, 5.125, 4.591667, 5.125, 5.408333, 4.641667, 4.95, 5.058333, 5.916667,
    4.808333, 5.283333, 5.408333, 3.558333, 4.5, 5.883333, 5.283333, 4.55, 5.0, 3.741667, 6.675,
    5.533333, 4.45, 3.675, 4.95, 5.216667, 4.433333, 4.316667, 4.675, 6.408333, 4.608333, 3.858333,
    6.291667, 6.158333, 5.55, 6.383333, 3.541667, 5.575, 5.633333, 4.85, 4.766667, 6.125, 3.691667,
    5.825, 5.375, 5.275, 3.85, 4.4, 5.941667, 3.866667, 4.716667, 4.825, 3.466667, 3.541667,
    4.541667, 5.325, 4.941667, 4.441667, 4.5, 2.941667, 4.425, 4.283333, 5.133333, 5.216667,
    6.091667, 4.3, 5.525, 3.416667, 5.15, 5.775, 6.025, 6.225, 6.041667, 7.25, 4.225, 4.266667,
    6.1, 3.475, 4.125, 4.6, 6.116667, 4.716667, 3.4, 5.041667, 6.7, 5.808333, 5.016667, 6.683333,
    6.45, 4.725, 4.783333, 5.5, 4.758333, 3.725, 5.291667, 5.483333, 4.866667, 5.241667, 4.45,
    5.291667, 4.016667, 4.358333, 5.85, 3.408333, 5.225, 5.216667, 4.933333, 5.391667, 7.575,
    4.591667, 3.783333, 4.941667, 5.091667, 4.491667, 5.45, 6.625, 4.275, 6.058333, 6.216667,
    5.041667, 3.616667, 4.983333, 5.808333, 3.966667, 4.6, 4.108333, 6.925, 4.341667, 6.066667,
    5.05, 3.975, 3.875, 4.15, 4.475, 5.308333, 5.366667, 4.733333, 4.341667, 4.55, 3.975, 5.375,
    4.45, 5.358333, 4.475, 5.85, 6.825, 4.725, 3.383333, 6.066667, 4.041667, 4.858333, 4.125,
    4.633333, 3.25, 3.808333, 4.075, 3.666667, 5.3, 5.216667, 5.741667, 4.166667, 4.416667,
    6.216667, 5.058333, 5.225, 4.558333, 7.016667, 3.616667, 4.225, 5.708333, 5.325, 6.191667,
    4.783333, 4.283333, 4.441667, 5.075, 4.383333, 4.2, 3.866667, 4.6, 5.858333, 4.95, 5.733333,
    5.983333, 5.408333, 4.691667, 6.841667, 5.5, 5.683333, 7.291667, 4.325, 6.258333, 4.858333,
    5.166667, 4.916667, 5.733333, 5.2, 4.608333, 5.1, 4.875,
];
const DRAWN_FROM: [f64; 12] = [3.1, 4.7, 2.2, 9.8, 1.4, 5.5, 3.3, 7.9, 2.8, 4.1, 12.4, 1.9];

#[test]
fn accelerated_intervals_of_given_replicates() {
    let sum: f64 = DRAWN_FROM.iter().sum();
    let left_out: Vec<f64> = DRAWN_FROM.iter().map(|value| (sum - value) / 11.0).collect();
    let found = accelerated(sum / 12.0, &mut REPLICATES.to_vec(), &left_out, 0.95).unwrap();
    same(found.low, 3.4726889724631897);
    same(found.high, 6.982474462216086);
    same(quantile(&[1.0, 2.0, 4.0], 0.75), 3.0);
}

#[test]
fn intervals_tell_why_there_are_none() {
    let mean = |sums: &[f64]| ratio(sums[0], sums[1]);
    let find = |rows: Vec<Vec<f64>>| {
        interval(&Sums::of_rows(2, rows), &mean, Bootstrap::default(), &mut Stream::new(1, "i"))
    };
    assert_eq!(find(vec![vec![1.0, 1.0]; 3]), Err(NoInterval::TooFewUnits));
    assert_eq!(find(vec![vec![1.0, 1.0]; 30]), Err(NoInterval::NoVariation));
    assert_eq!(find(vec![vec![1.0, 0.0]; 30]), Err(NoInterval::NoValue));
}

/// A difference of rates between two groups in events of different sizes: how often intervals hold it.
#[test]
fn nineteen_intervals_in_twenty_hold_the_truth() {
    let mut stream = Stream::new(3, "coverage");
    let runs = 400;
    let mut held = 0;
    for run in 0..runs {
        let mut units = Sums::new(4);
        for _ in 0..60 {
            // What happens in an event is common to its articles.
            let tilt = 0.2 * (stream.unit() - 0.5);
            let mut row = [0.0; 4];
            for _ in 0..2 + stream.below(6) {
                row[0] += f64::from(u8::from(stream.unit() < 0.5 + tilt));
                row[1] += 1.0;
                row[2] += f64::from(u8::from(stream.unit() < 0.3 + tilt));
                row[3] += 1.0;
            }
            units.push(&row);
        }
        let options = Bootstrap { replicates: 600, level: 0.95 };
        let mut draws = Stream::new(4, &run.to_string());
        let found = interval(&units, &difference_of_ratios, options, &mut draws).unwrap();
        held += usize::from(found.low <= 0.2 && 0.2 <= found.high);
    }
    let share = held as f64 / f64::from(runs);
    assert!((0.92..=0.98).contains(&share), "{share}");
}

/// Events that differ a lot, of six articles each, of which every third is of the group.
fn events(count: usize, shift: f64, stream: &mut Stream) -> Vec<Vec<Observation>> {
    let event = |_| {
        let level = 10.0 * stream.unit();
        let article = |n: usize| {
            let in_group = n.is_multiple_of(3);
            let value = level + stream.unit() + if in_group { shift } else { 0.0 };
            Observation { in_group, value, weight: 1.0 }
        };
        (0..6).map(article).collect()
    };
    (0..count).map(event).collect()
}

/// Under the null every p is as likely as another: Kolmogorov-Smirnov against the uniform distribution.
#[test]
fn p_is_uniform_where_nothing_differs() {
    let mut stream = Stream::new(5, "null");
    let runs = 400;
    let bootstrap = Bootstrap { replicates: 20, level: 0.95 };
    let inference = Inference { seed: 6, shuffles: 499, bootstrap };
    let mut found: Vec<f64> = (0..runs)
        .map(|run| {
            let events = events(12, 0.0, &mut stream);
            compare(&events, &inference, &run.to_string()).p.unwrap()
        })
        .collect();
    found.sort_by(f64::total_cmp);
    let distance = found
        .iter()
        .enumerate()
        .map(|(rank, p)| (p - (rank as f64 + 0.5) / f64::from(runs)).abs())
        .fold(0.0, f64::max);
    // The 1 % point of the Kolmogorov-Smirnov distribution.
    assert!(distance < 1.63 / f64::from(runs).sqrt(), "{distance}");
}

#[test]
fn a_planted_difference_is_found_with_its_size() {
    let mut stream = Stream::new(7, "planted");
    let events = events(60, 0.5, &mut stream);
    let found = compare(&events, &Inference::default(), "planted");
    assert_eq!((found.events, found.group_count, found.others_count), (60, 120, 240));
    same(found.p.unwrap(), 0.000_02);
    let interval = found.interval.unwrap();
    // Twice its half: an interval of 95 % misses the truth once in twenty draws.
    let half = (interval.high - interval.low) / 2.0;
    assert!(half < 0.1 && (found.difference.unwrap() - 0.5).abs() < 2.0 * half, "{found:?}");
    // Uniform noise has a standard deviation of 0.289.
    assert!((found.standardised.unwrap() - 0.5 * 12.0_f64.sqrt()).abs() < 0.3, "{found:?}");
    let again = compare(&events, &Inference::default(), "planted");
    assert_eq!(again, found);
}

#[test]
fn copies_count_together_as_one() {
    let one = |in_group, value, weight| Observation { in_group, value, weight };
    let single = vec![vec![one(true, 1.0, 1.0), one(false, 0.0, 1.0), one(false, 4.0, 1.0)]; 6];
    let copied = vec![
        vec![
            one(true, 1.0, 0.5),
            one(true, 1.0, 0.5),
            one(false, 0.0, 1.0),
            one(false, 4.0, 1.0)
        ];
        6
    ];
    let [single, copied] = [single, copied].map(|e| compare(&e, &Inference::default(), "x"));
    assert_eq!(single.difference, Some(-1.0));
    assert_eq!(single.difference, copied.difference);
}

#[test]
fn a_comparison_tells_why_figures_are_missing() {
    let mut stream = Stream::new(8, "few");
    let few = compare(&events(4, 1.0, &mut stream), &Inference::default(), "few");
    assert!(few.difference.is_some() && few.p.is_none() && few.interval.is_none());
    assert_eq!(few.reason, Some("fewer than 5 events with articles of both sides"));
    let nothing = compare(&[], &Inference::default(), "none");
    assert_eq!((nothing.difference, nothing.group_mean), (None, None));
}
