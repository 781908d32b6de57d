//! `framing`: documents of one story tell of the same act in words that take different stances.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, document_list};
use crate::align::{Article, Comparison, Pair};
use crate::facts::{Agreement, Value};
use crate::finding::{CheckInfo, Finding, Place, Severity, Values};
use crate::wording::frames::{self, Contrast, Framing};
use crate::wording::voice::Voice;

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "framing",
        family: "wording",
        summary: "documents of one story tell of the same act in words that take different stances",
        explanation: "\
The same act is told with another verb or another role: what one calls seized was handed over, regained or liberated
with another; protesters are rioters; one tells that a town was occupied and not by whom. Words and their stances are in
`src/lang/frames.toml`.

Two passages count as being about one act where they are linked, or where they share what it was done to, who did it,
and when; the confidence says how much of that they share. There is one finding for an act and all who tell of it;
further passages are listed with it. It is `major` where two documents of one event take opposed stances, `minor` in
different events or where one of them uses a plain word, `info` where only one says who did it. The message tells words
of somebody quoted from a document's own. Negated passages are left out.

Example: “four islands that were seized by Soviet forces” / “the islands were handed over to the Soviet Union”.

Silence it with `--skip framing`.",
    },
    run,
};

/// Least probability of a link whose frames are compared, and where one side is plain.
const LEAST_LINK_SCORE: f32 = 0.5;
const SURE_LINK: f32 = 0.7;
/// What two passages that are not linked must share.
pub(super) const LEAST_SHARED: i32 = 2;
/// Confidence of passages that share so much, and of each further thing.
const SHARED_CONFIDENCE: f32 = 0.5;
const EACH_SHARED: f32 = 0.1;
const MOST_UNLINKED: f32 = 0.75;
/// Shares of a link's probability.
const LINKED_OPPOSED: f32 = 0.85;
const LINKED_PLAIN: f32 = 0.65;
/// Letters of a name's key that make it telling.
const LEAST_KEY: usize = 3;

/// A frame in a document: its document and its number in the list of that document's frames.
type Told = (usize, usize);

/// Two frames of one act in different stances.
struct Opposition {
    one: Told,
    other: Told,
    contrast: Contrast,
    confidence: f32,
}

fn run(comparison: &Comparison) -> Vec<Finding> {
    let framings: Vec<Vec<Framing>> = comparison
        .articles
        .iter()
        .map(|article| frames::framings(&article.document, &article.sentences))
        .collect();
    let mut oppositions = Vec::new();
    for pair in comparison.pairs.iter().filter(|pair| comparison.same_story(pair.left, pair.right))
    {
        let sides = [&framings[pair.left][..], &framings[pair.right][..]];
        let linked = linked(pair, sides);
        let unlinked = unlinked(comparison, pair, sides);
        let known = |new: &Opposition| {
            linked.iter().any(|old: &Opposition| old.one == new.one || old.other == new.other)
        };
        oppositions.extend(unlinked.into_iter().filter(|new| !known(new)).collect::<Vec<_>>());
        oppositions.extend(linked);
    }
    let mut findings: Vec<Finding> = Vec::new();
    for finding in
        groups(&oppositions).iter().filter_map(|group| finding(comparison, &framings, group))
    {
        // A word such as `evacuated` belongs to several acts; one finding tells of it.
        let told = |one: Option<Place>, other: Option<Place>| {
            matches!((one, other), (Some(one), Some(other))
                if one.document == other.document && one.span.overlaps(other.span))
        };
        let known = |old: &Finding| {
            told(old.left, finding.left) && told(old.right, finding.right)
                || told(old.left, finding.right) && told(old.right, finding.left)
        };
        if !findings.iter().any(known) {
            findings.push(finding);
        }
    }
    findings
}

/// Oppositions in linked passages: where neither side has the other's stance as well.
fn linked(pair: &Pair, [left, right]: [&[Framing]; 2]) -> Vec<Opposition> {
    let mut found = Vec::new();
    for link in pair.links.iter().filter(|link| link.score >= LEAST_LINK_SCORE) {
        let inside = |side: &[Framing], sentences: &[usize]| -> Vec<usize> {
            (0..side.len()).filter(|&at| sentences.contains(&side[at].sentence)).collect()
        };
        let (lefts, rights) = (inside(left, &link.left), inside(right, &link.right));
        for &one in &lefts {
            for &other in &rights {
                let Some(contrast) = contrast(&left[one], &right[other])
                    .or_else(|| agency(&left[one], &right[other]))
                else {
                    continue;
                };
                // Whoever tells of it in both ways does not contradict; nor does one of two acts in a passage.
                let answered = match contrast {
                    Contrast::Agency => lefts.len() + rights.len() > 2,
                    _ => {
                        lefts.iter().any(|&at| agrees(&left[at], &right[other]))
                            || rights.iter().any(|&at| agrees(&left[one], &right[at]))
                    }
                };
                if answered || contrast != Contrast::Opposed && link.score < SURE_LINK {
                    continue;
                }
                let share =
                    if contrast == Contrast::Opposed { LINKED_OPPOSED } else { LINKED_PLAIN };
                found.push(Opposition {
                    one: (pair.left, one),
                    other: (pair.right, other),
                    contrast,
                    confidence: link.score * share,
                });
            }
        }
    }
    found
}

/// Oppositions in passages that share what, who and when, though they are not linked.
fn unlinked(
    comparison: &Comparison,
    pair: &Pair,
    [left, right]: [&[Framing]; 2],
) -> Vec<Opposition> {
    let articles = [&comparison.articles[pair.left], &comparison.articles[pair.right]];
    let share = |one: usize, other: usize| shared(articles, &left[one], &right[other]);
    let mut found = Vec::new();
    for one in 0..left.len() {
        for other in 0..right.len() {
            if contrast(&left[one], &right[other]) != Some(Contrast::Opposed) {
                continue;
            }
            let common = share(one, other);
            // Whoever tells of it in both ways, or of another act that fits better, does not contradict.
            let answered = (0..right.len())
                .any(|at| agrees(&left[one], &right[at]) && share(one, at) >= common)
                || (0..left.len())
                    .any(|at| agrees(&left[at], &right[other]) && share(at, other) >= common);
            if common < LEAST_SHARED || answered {
                continue;
            }
            let more = (common - LEAST_SHARED) as f32 * EACH_SHARED;
            found.push(Opposition {
                one: (pair.left, one),
                other: (pair.right, other),
                contrast: Contrast::Opposed,
                confidence: (SHARED_CONFIDENCE + more).min(MOST_UNLINKED),
            });
        }
    }
    found
}

fn contrast(one: &Framing, other: &Framing) -> Option<Contrast> {
    let frames = &frames::acts()[one.act].frames;
    (one.act == other.act)
        .then(|| frames[one.frame].stance.contrast(&frames[other.frame].stance))
        .flatten()
}

/// Whether only one of two frames of an act says who did it.
fn agency(one: &Framing, other: &Framing) -> Option<Contrast> {
    let names_actor = |framing: &Framing| !framing.agentless && !framing.actors.is_empty();
    let differs = one.agentless && names_actor(other) || other.agentless && names_actor(one);
    (one.act == other.act && frames::acts()[one.act].agency && differs).then_some(Contrast::Agency)
}

/// Whether two frames tell of one act in one way.
fn agrees(one: &Framing, other: &Framing) -> bool {
    one.act == other.act && contrast(one, other).is_none()
}

/// How much two passages share of what was done to what, by whom, when.
pub(super) fn shared(articles: [&Article; 2], one: &Framing, other: &Framing) -> i32 {
    let apart = !one.objects.is_empty()
        && !other.objects.is_empty()
        && one.objects.is_disjoint(&other.objects);
    let objects = i32::from(!one.objects.is_disjoint(&other.objects)) - i32::from(apart);
    let actors = one.actors.intersection(&other.actors).count().min(2) as i32;
    let values = |article: &Article, sentence: usize| -> Vec<Value> {
        article.facts[sentence].iter().map(|fact| fact.value.clone()).collect()
    };
    let (left, right) = (values(articles[0], one.sentence), values(articles[1], other.sentence));
    let same = |wanted: &dyn Fn(&Value) -> bool| {
        left.iter().filter(|value| wanted(value)).any(|value| {
            right.iter().filter(|value| wanted(value)).any(|other| is_same(value, other))
        })
    };
    let dates = i32::from(same(&|value| matches!(value, Value::Date(_) | Value::Time(_))));
    let names = i32::from(same(&|value| matches!(value, Value::Name(_))));
    objects + actors + dates + names
}

fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Name(one), Value::Name(other)) => {
            one.key == other.key && one.key.chars().count() >= LEAST_KEY
        }
        (Value::Date(_), Value::Date(_)) | (Value::Time(_), Value::Time(_)) => {
            matches!(one.compare(other), Agreement::Same | Agreement::Compatible(_))
        }
        _ => false,
    }
}

/// Oppositions that have a frame in common, together.
fn groups(oppositions: &[Opposition]) -> Vec<Vec<&Opposition>> {
    let mut groups: Vec<Vec<&Opposition>> = Vec::new();
    for new in oppositions {
        let touches = |group: &[&Opposition]| {
            group.iter().any(|old| {
                old.one == new.one
                    || old.other == new.other
                    || old.one == new.other
                    || old.other == new.one
            })
        };
        let (touched, rest): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group: &Vec<&Opposition>| touches(group));
        groups = rest;
        let mut joined: Vec<&Opposition> = touched.into_iter().flatten().collect();
        joined.push(new);
        groups.push(joined);
    }
    groups
}

fn finding(
    comparison: &Comparison,
    framings: &[Vec<Framing>],
    group: &[&Opposition],
) -> Option<Finding> {
    let sharpest = group.iter().max_by(|one, other| {
        (one.contrast.cmp(&other.contrast)).then(one.confidence.total_cmp(&other.confidence))
    })?;
    let told: BTreeSet<Told> = group.iter().flat_map(|one| [one.one, one.other]).collect();
    let framing = |told: Told| &framings[told.0][told.1];
    let stance = |told: Told| &frames::acts()[framing(told).act].frames[framing(told).frame].stance;
    let alike =
        |told_one: Told| told.iter().filter(|&&other| stance(other) == stance(told_one)).count();
    // The odd one out goes first.
    let (left, right) = match alike(sharpest.other) < alike(sharpest.one) {
        true => (sharpest.other, sharpest.one),
        false => (sharpest.one, sharpest.other),
    };
    let text =
        |told: Told| framing(told).span.of(&comparison.articles[told.0].document.text).to_owned();
    let place = |told: Told| Place {
        document: told.0,
        sentence: Some(framing(told).sentence),
        span: framing(told).span,
    };
    let same_event = group.iter().any(|one| {
        one.contrast == sharpest.contrast && comparison.same_event(one.one.0, one.other.0)
    });
    Some(Finding {
        check: CHECK.info.id,
        severity: match (sharpest.contrast, same_event) {
            (Contrast::Opposed, true) => Severity::Major,
            (Contrast::Opposed, false) | (Contrast::Plain, true) => Severity::Minor,
            (Contrast::Plain, false) | (Contrast::Agency, _) => Severity::Info,
        },
        confidence: sharpest.confidence,
        message: match sharpest.contrast {
            Contrast::Agency => agency_message(framings, left, right),
            _ => message(framings, &told, left),
        },
        left: Some(place(left)),
        right: Some(place(right)),
        values: Some(Values { left: text(left), right: text(right) }),
        evidence: told
            .iter()
            .filter(|&&one| one != left && one != right)
            .map(|&one| place(one))
            .collect(),
    })
}

/// Who says who did it, and who does not.
fn agency_message(framings: &[Vec<Framing>], left: Told, right: Told) -> String {
    let framing = |told: Told| &framings[told.0][told.1];
    let (silent, naming) = if framing(left).agentless { (left, right) } else { (right, left) };
    let about = &frames::acts()[framing(left).act].about;
    format!("On {about}: d{} says who did it, d{} does not", naming.0, silent.0)
}

/// Who tells of the act in which way, the way of `first` first.
fn message(framings: &[Vec<Framing>], told: &BTreeSet<Told>, first: Told) -> String {
    let framing = |told: Told| &framings[told.0][told.1];
    let act = &frames::acts()[framing(first).act];
    let mut ways: BTreeMap<usize, (BTreeSet<usize>, bool)> = BTreeMap::new();
    for &one in told {
        let way = ways.entry(framing(one).frame).or_insert((BTreeSet::new(), true));
        way.0.insert(one.0);
        way.1 &= framing(one).voice == Voice::Quoted;
    }
    let clause = |(frame, (documents, quoted)): (usize, (BTreeSet<usize>, bool))| {
        let documents: Vec<usize> = documents.into_iter().collect();
        let verb = match (quoted, documents.len()) {
            (true, 1) => "quotes",
            (true, _) => "quote",
            (false, 1) => "says",
            (false, _) => "say",
        };
        format!("{} {verb} “{}”", document_list(&documents), act.frames[frame].name)
    };
    let leading = ways.remove(&framing(first).frame).map(|way| (framing(first).frame, way));
    let clauses: Vec<String> = leading.into_iter().chain(ways).map(clause).collect();
    format!("On {}: {}", act.about, clauses.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::differences::made::{messages, versions};

    #[test]
    fn opposed_words_for_a_linked_act_are_told_once() {
        let comparison = versions(
            &[
                ("en", &["Soldiers seized the port."]),
                ("lt", &["Kareiviai užėmė uostą."]),
                ("ru", &["Солдаты освободили порт."]),
            ],
            &[&[(0, 0), (1, 0), (2, 0)]],
        );
        let findings = run(&comparison);
        let expected = "On how a place or thing changed hands: d2 says “regained, liberated”, d0 and d1 say “taken by force”";
        assert_eq!(messages(&findings), [expected]);
        assert_eq!((findings[0].severity, findings[0].evidence.len()), (Severity::Major, 1));
    }

    #[test]
    fn what_is_shared_stands_in_for_a_link() {
        let seized = ("de", &["Sowjetische Truppen besetzten 1945 die Inseln."][..]);
        let given = ("en", &["The islands were handed over to the Soviet Union in 1945."][..]);
        assert_eq!(run(&versions(&[seized, given], &[])).len(), 1);
        let elsewhere = ("en", &["The ferry was handed over to the owner on Monday."][..]);
        assert_eq!(run(&versions(&[seized, elsewhere], &[])), []);
        let denied =
            ("en", &["The islands were never handed over to the Soviet Union in 1945."][..]);
        assert_eq!(run(&versions(&[seized, denied], &[])), []);
    }

    #[test]
    fn who_did_it_may_be_left_out() {
        let comparison = versions(
            &[("en", &["Russia occupied the town in May."]), ("de", &["Die Stadt wurde besetzt."])],
            &[&[(0, 0), (1, 0)]],
        );
        let findings = run(&comparison);
        let expected = "On how a place or thing changed hands: d0 says who did it, d1 does not";
        assert_eq!(messages(&findings), [expected]);
        assert_eq!(findings[0].severity, Severity::Info);
    }
}
