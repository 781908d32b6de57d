//! The weights of the comparable aligner, `src/align/comparable/comparable.toml`.
//!
//! Translations come from pools of `flores`, in half of which documents hold lines that resemble each other; retellings
//! from `benches/retellings`: of one happening and, more of them as in the world, of other happenings in the same story.
//! A share of the retellings weighs enough to teach what they look like; confidence is then made to agree with the pools,
//! of which it is known for certain what is the same.
//! What the weights do to stories that were not learnt from, `cargo bench --bench quality -- links` tells.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use ndarray::{Axis, s};
use parallax::align::Article;
use parallax::align::background::Background;
use parallax::align::comparable::parameters::{
    PairFeatures, PairWeights, Setting, SpanWeights, weights,
};
use parallax::align::comparable::transitivity::{self, Judged};
use parallax::align::comparable::{Candidate, Side, context, evidence, link_judged, spans};
use parallax::align::logistic::log_odds;
use parallax::align::rarity::FactRarity;
use parallax::align::tone::ToneAxis;
use parallax::embed::Embedder;

use crate::pools::{self, Kind, LineSet, Pool};
use crate::regression::{logistic_regression, matrix};
use crate::retellings::{self, Retelling};

/// What the true pairs of the pools count for in all.
const POOLS: f64 = 2500.0;
/// What the true pairs of all retellings would count for, if each pair counted as one of articles on one happening.
const RETELLINGS: f64 = 300.0;
/// By how much more pairs of articles on other happenings of a story count.
const OTHER_HAPPENINGS: f64 = 1.2;
/// Of so many pairs of articles on different matters one is learnt from.
const FAR_PAIRS: usize = 3;
/// Of so many pools in which texts are cut into sentences otherwise, confidence is made to agree with one.
const SPREAD_ONE_IN: usize = 2;
/// Of so many true pairs of the pools that share a number or a date, one is learnt from as if it contradicted itself.
const CONTRADICTED_ONE_IN: usize = 3;
/// Probabilities of doubtful pairs.
const DOUBTFUL: Range<f32> = 0.1..0.9;
/// How often the pairs are judged with what was fitted, and fitted again.
const ROUNDS: usize = 6;

/// Inputs with a leading 1, whether they are positive, and how much each counts.
#[derive(Default)]
struct Examples {
    inputs: Vec<Vec<f64>>,
    labels: Vec<f64>,
    counts: Vec<f64>,
}

impl Examples {
    fn add(&mut self, inputs: &[f32], positive: bool, count: f64) {
        self.inputs.push(inputs.iter().copied().map(f64::from).collect());
        self.labels.push(f64::from(u8::from(positive)));
        self.counts.push(count);
    }

    /// Divides what every example counts for, so that as many positive ones as there are would count `total` if each
    /// counted 1.
    fn scaled(mut self, total: f64) -> Self {
        let factor = total / self.labels.iter().sum::<f64>().max(1.0);
        self.counts.iter_mut().for_each(|count| *count *= factor);
        self
    }

    fn extend(&mut self, other: Self) {
        self.inputs.extend(other.inputs);
        self.labels.extend(other.labels);
        self.counts.extend(other.counts);
    }

    /// The weights, pulled towards zero in units of each input's deviation. An input that never varies gets none.
    fn fit(&self) -> Vec<f64> {
        let mut x = matrix(&self.inputs);
        let means = x.mean_axis(Axis(0)).expect("there are examples");
        let deviations =
            x.std_axis(Axis(0), 0.0).mapv(|d| if d > 1e-6 { d } else { f64::INFINITY });
        let mut inputs = x.slice_mut(s![.., 1..]);
        inputs -= &means.slice(s![1..]);
        inputs /= &deviations.slice(s![1..]);
        let (labels, counts) = (self.labels.clone().into(), self.counts.clone().into());
        let mut weights = logistic_regression(&x, &labels, &counts);
        for column in 1..weights.len() {
            weights[column] /= deviations[column];
            weights[0] -= weights[column] * means[column];
        }
        weights.to_vec()
    }
}

/// Two articles, their candidates, and which of these are true.
struct Case<'a> {
    left: Rc<Side<'a>>,
    right: Rc<Side<'a>>,
    /// Indices of the articles, where they are retellings.
    places: (usize, usize),
    /// What each of its pairs counts for.
    count: f64,
    candidates: Vec<Candidate>,
    same: Vec<bool>,
}

impl Case<'_> {
    fn judge(&mut self, weights: &PairWeights) {
        let shorter = self.left.len().min(self.right.len());
        context::judge(&mut self.candidates, shorter, weights);
    }

    fn add_to(&self, examples: &mut Examples) {
        self.add_with(examples, |_, features| features);
    }

    /// The same, with every so many true pairs that share a number or a date as if they contradicted each other there:
    /// translations never do, and versions that do are what links are for.
    fn add_contradicted_to(&self, examples: &mut Examples) {
        let mut stating = 0;
        self.add_with(examples, |same, mut features| {
            let shared = features.numbers + features.dates;
            if same && shared > 0.0 {
                stating += 1;
                if stating % CONTRADICTED_ONE_IN == 0 {
                    features.contradicted += shared;
                    (features.numbers, features.dates) = (0.0, 0.0);
                    features.unshared = f32::from(u8::from(features.names == 0.0));
                }
            }
            features
        });
    }

    /// Adds every pair with what is made of its evidence.
    fn add_with(
        &self,
        examples: &mut Examples,
        mut made: impl FnMut(bool, PairFeatures) -> PairFeatures,
    ) {
        for (candidate, &same) in self.candidates.iter().zip(&self.same) {
            let features = made(same, candidate.features);
            examples.add(&PairWeights::inputs(&features, &candidate.context), same, self.count);
        }
    }
}

/// Fits and prints.
pub(crate) fn run(embedder: &Embedder) {
    let tone = ToneAxis::new(embedder).expect("the engine runs");
    let background = Background::new(embedder.space(), &tone);
    let mut set = LineSet::load("flores", "dev.", embedder);
    set.group_by_topic();
    set.join_neighbours(embedder);
    let mut single = all_pools(&set, Kind::Single);
    let mut plain = LineSet::load("flores", "dev.", embedder);
    plain.join_neighbours(embedder);
    let mut spread = all_pools(&set, Kind::Spread);
    single.extend(all_pools(&plain, Kind::Single));
    spread.extend(all_pools(&plain, Kind::Spread));
    let retellings = retellings::load("benches/retellings", embedder);
    let mut single = pool_cases(&single, &background);
    let mut spread = pool_cases(&spread, &background);
    let mut retold = retelling_cases(&retellings, &background);
    let mut undated = without_days(&retold);

    let mut pair = fit_pairs(&mut single, &mut retold, &mut undated);
    let transitivity = fit_transitivity(&retold);
    let pools = single.iter_mut().chain(spread.iter_mut().step_by(SPREAD_ONE_IN));
    calibrate(&mut pair, pools, &retold);
    spread.iter_mut().for_each(|case| case.judge(&pair));
    retold.iter_mut().for_each(|case| case.judge(&pair));
    print_weights("pair", &PairWeights::NAMES, &as_list(&pair));
    let mut spans = Examples::default();
    for case in single.iter().chain(&spread).chain(&retold) {
        add_spans(case, &mut spans);
    }
    print_weights("span", &SpanWeights::NAMES, &spans.fit());
    print_weights("transitivity", &["weight"], &[transitivity]);
    let pools = single.iter().chain(spread.iter().step_by(SPREAD_ONE_IN)).chain(&retold);
    print_weights("choice", &["shift", "slope"], &fit_choice(pools));
}

fn as_list(weights: &PairWeights) -> Vec<f64> {
    weights.values().iter().copied().map(f64::from).collect()
}

fn print_weights(section: &str, names: &[&str], weights: &[f64]) {
    println!("\n[{section}]");
    for (name, weight) in names.iter().zip(weights) {
        println!("{name} = {weight:.3}");
    }
}

/// The pools of every direction.
fn all_pools(set: &LineSet, kind: Kind) -> Vec<Vec<Pool>> {
    let count = pools::LANGUAGES.len();
    let directions = (0..count).flat_map(|left| (0..count).map(move |right| (left, right)));
    directions
        .filter(|(left, right)| left != right)
        .map(|(left, right)| pools::pools(set, left, right, kind, 2))
        .collect()
}

/// The pools, and the left side of each with the right side of an unrelated one.
fn pool_cases<'a>(pools: &'a [Vec<Pool>], background: &Background) -> Vec<Case<'a>> {
    let mut cases = Vec::new();
    for direction in pools {
        let side = |article| Rc::new(Side::new(article, background));
        let sides: Vec<_> =
            direction.iter().map(|pool| (side(&pool.left), side(&pool.right))).collect();
        for (index, pool) in direction.iter().enumerate() {
            let unrelated = (index + direction.len() / 2) % direction.len();
            for (other, related) in [(index, true), (unrelated, false)] {
                let (left, right) = (Rc::clone(&sides[index].0), Rc::clone(&sides[other].1));
                let rarity = FactRarity::new(&[left.article.clone(), right.article.clone()]);
                let candidates = evidence::candidates(&left, &right, &rarity);
                let same = |c: &Candidate| related && pool.same(c.left, c.right);
                let same = candidates.iter().map(same).collect();
                cases.push(Case { left, right, places: (0, 0), count: 1.0, candidates, same });
            }
        }
    }
    cases
}

/// Every two retellings of one story, and some of different ones, which have nothing in common.
fn retelling_cases<'a>(retellings: &'a [Retelling], background: &Background) -> Vec<Case<'a>> {
    let articles: Vec<Article> = retellings.iter().map(|one| one.article.clone()).collect();
    let rarity = FactRarity::new(&articles);
    let side = |one: &'a Retelling| Rc::new(Side::new(&one.article, background));
    let sides: Vec<Rc<Side<'a>>> = retellings.iter().map(side).collect();
    let mut cases = Vec::new();
    for (left, one) in retellings.iter().enumerate() {
        for (right, other) in retellings.iter().enumerate().skip(left + 1) {
            if one.event != other.event && (left + right) % FAR_PAIRS != 0 {
                continue;
            }
            let candidates = evidence::candidates(&sides[left], &sides[right], &rarity);
            let same = candidates.iter().map(|c| one.same(c.left, other, c.right)).collect();
            let other_happening = one.event == other.event && !one.at_once(other);
            let count = if other_happening { OTHER_HAPPENINGS } else { 1.0 };
            let places = (left, right);
            let (left, right) = (Rc::clone(&sides[left]), Rc::clone(&sides[right]));
            cases.push(Case { left, right, places, count, candidates, same });
        }
    }
    cases
}

/// The cases whose days are known, as if they were not.
fn without_days<'a>(cases: &[Case<'a>]) -> Vec<Case<'a>> {
    let has_days = |case: &&Case| {
        let published = |side: &Side<'_>| side.article.document.published;
        published(&case.left).is_some() && published(&case.right).is_some()
    };
    let without = |case: &Case<'a>| {
        let mut candidates = case.candidates.clone();
        for candidate in &mut candidates {
            let setting = candidate.context.setting;
            candidate.context.setting = Setting { apart: 0.0, same_day: 0.0, ..setting };
        }
        let (left, right) = (Rc::clone(&case.left), Rc::clone(&case.right));
        Case { left, right, candidates, same: case.same.clone(), ..*case }
    };
    cases.iter().filter(has_days).map(without).collect()
}

/// Weights that agree with the contexts they bring about.
fn fit_pairs<'a>(
    pools: &mut [Case<'a>],
    retold: &mut [Case<'a>],
    undated: &mut [Case<'a>],
) -> PairWeights {
    for case in pools.iter_mut().chain(retold.iter_mut()).chain(undated.iter_mut()) {
        case.judge(&PairWeights::default());
    }
    let mut weights = PairWeights::default();
    for _ in 0..ROUNDS {
        let (mut examples, mut retellings) = (Examples::default(), Examples::default());
        pools.iter().for_each(|case| case.add_contradicted_to(&mut examples));
        retold.iter().chain(&*undated).for_each(|case| case.add_to(&mut retellings));
        examples = examples.scaled(POOLS);
        examples.extend(retellings.scaled(RETELLINGS));
        let fitted: Vec<f32> = examples.fit().into_iter().map(|weight| weight as f32).collect();
        weights = PairWeights::from_values(fitted.try_into().expect("a weight for each input"));
        for case in pools.iter_mut().chain(retold.iter_mut()).chain(undated.iter_mut()) {
            case.judge(&weights);
        }
    }
    weights
}

/// The candidates of retellings as the library knows them.
fn judged(cases: &[Case]) -> Vec<Judged> {
    let judged = |case: &Case| {
        let (left, right) = case.places;
        Judged { left, right, candidates: case.candidates.clone() }
    };
    cases.iter().map(judged).collect()
}

/// Makes the probabilities of doubtful pairs of the pools agree with what is right; the many that are far from doubtful
/// would else decide. Likely pairs are nearer in pools than in retellings: what is added grows with that, and is nothing
/// where they are as near as in retellings. Contexts follow the probabilities, so it takes a few rounds.
fn calibrate<'a: 'c, 'c>(
    weights: &mut PairWeights,
    pools: impl Iterator<Item = &'c mut Case<'a>>,
    retold: &[Case<'a>],
) {
    let contexts = retold.iter().flat_map(|case| &case.candidates);
    let usual: Vec<f32> = contexts.map(|pair| pair.context.centred).collect();
    let usual = usual.iter().sum::<f32>() / usual.len().max(1) as f32;
    let column = PairWeights::NAMES.iter().position(|&name| name == "usual_centred");
    let column = column.expect("a weight of that name");
    let mut pools: Vec<&mut Case> = pools.collect();
    for _ in 0..ROUNDS {
        let pairs = pools.iter().flat_map(|case| case.candidates.iter().zip(&case.same));
        let doubtful = pairs.filter(|(pair, _)| DOUBTFUL.contains(&pair.probability));
        let by = fit_raise(
            doubtful.map(|(pair, &same)| (pair.probability, pair.context.centred - usual, same)),
        ) as f32;
        let mut values = *weights.values();
        values[column] += by;
        values[0] -= by * usual;
        *weights = PairWeights::from_values(values);
        pools.iter_mut().for_each(|case| case.judge(weights));
    }
}

/// The log odds that support adds.
fn fit_transitivity(retold: &[Case]) -> f64 {
    let support = transitivity::support(&judged(retold));
    let pairs = retold
        .iter()
        .zip(&support)
        .flat_map(|(case, support)| case.candidates.iter().zip(&case.same).zip(support));
    fit_raise(pairs.map(|((pair, &same), &support)| (pair.probability, support, same)))
}

/// What being chosen makes of the log odds of doubtful links: shift and slope, with the other weights of the program.
fn fit_choice<'a: 'c, 'c>(cases: impl Iterator<Item = &'c Case<'a>>) -> Vec<f64> {
    let mut links = Examples::default();
    for case in cases {
        let rarity = FactRarity::new(&[case.left.article.clone(), case.right.article.clone()]);
        let pairs = case.candidates.iter().map(|pair| (pair.left, pair.right));
        let same: HashMap<(usize, usize), bool> = pairs.zip(case.same.iter().copied()).collect();
        let is_same = |left: usize, right: usize| same.get(&(left, right)) == Some(&true);
        let linked = link_judged(&case.left, &case.right, case.candidates.clone(), &rarity);
        for link in linked.links {
            let right = link.left.iter().all(|&l| link.right.iter().all(|&r| is_same(l, r)));
            let probability = weights().choice.probability(link.score);
            if DOUBTFUL.contains(&probability) {
                links.add(&[1.0, log_odds(probability)], right, case.count);
            }
        }
    }
    links.fit()
}

/// The likeliest log odds that a unit of support adds to probabilities, by Newton's method in one dimension. An
/// example is a probability, its support, and whether it was right.
fn fit_raise(examples: impl Iterator<Item = (f32, f32, bool)>) -> f64 {
    let examples: Vec<(f32, f32, bool)> = examples.collect();
    let mut weight = 0.0;
    for _ in 0..50 {
        let (mut slope, mut curvature) = (0.0, 1e-6);
        for &(probability, support, right) in &examples {
            let raised = transitivity::raised(probability, weight as f32 * support);
            let (p, support) = (f64::from(raised), f64::from(support));
            slope += (f64::from(u8::from(right)) - p) * support;
            curvature += p * (1.0 - p) * support * support;
        }
        weight += slope / curvature;
    }
    weight
}

/// Spans of a case; true ones are those of which both sentences are.
fn add_spans(case: &Case, examples: &mut Examples) {
    let articles = [case.left.article.clone(), case.right.article.clone()];
    let rarity = FactRarity::new(&articles);
    let same: BTreeSet<(usize, usize)> = case
        .candidates
        .iter()
        .zip(&case.same)
        .filter(|(_, same)| **same)
        .map(|(candidate, _)| (candidate.left, candidate.right))
        .collect();
    for span in spans::spans(&case.left, &case.right, &case.candidates, &rarity) {
        let pairs = span.left.iter().flat_map(|&l| span.right.iter().map(move |&r| (l, r)));
        let whole = pairs.into_iter().all(|pair| same.contains(&pair));
        examples.add(&SpanWeights::inputs(&span.features), whole, 1.0);
    }
}
