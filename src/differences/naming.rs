//! `naming`: documents of one story call a contested place or event by different names.

use std::collections::{BTreeMap, BTreeSet};

use super::naming_candidates::candidates;
use super::{Check, document_list};
use crate::align::Comparison;
use crate::finding::{CheckInfo, Finding, Place, Severity, Values};
use crate::wording::contested::{self, Mention, Referent};
use crate::wording::voice::Voice;

/// The check.
pub(super) const CHECK: Check = Check {
    info: CheckInfo {
        id: "naming",
        family: "wording",
        summary: "documents of one story call a contested place or event by different names",
        explanation: "\
Some places and events have several names, each of which is the name of one side: the Falkland Islands are the Malvinas
in Argentina. There is one finding for each such place or event in a story. It says which document calls it what in
its own voice, and lists every place where one of the names stands. A name that a document gives to others (`which
Japan calls …`), quotes, or puts in quotation marks of its own, is told apart from one that it uses itself.

It is `major` where two documents of one event each use the name of another side for something in dispute, `minor`
where they tell of different events, where one of them takes both names or none as its own, or where the names are a
new and an old one, or two spellings (Kyiv and Kiev). Which names belong together is in `src/lang/contested.toml`. A name
that only one document has is no finding, nor is a language's usual word for a place.

Names that are not in that file are `info` where the links speak for them: two linked documents have one name here and
another there, more than once, and neither has the other's.

Example: “around the Falkland Islands” / “контуры Мальвинских островов”.

Silence it with `--skip naming`.",
    },
    run,
};

/// Most further places listed with a finding.
const MOST_EVIDENCE: usize = 200;

fn run(comparison: &Comparison) -> Vec<Finding> {
    let mentions: Vec<Vec<Mention>> = comparison
        .articles
        .iter()
        .map(|article| contested::mentions(&article.document, &article.sentences))
        .collect();
    let mut findings = Vec::new();
    for story in comparison.stories.iter().filter(|story| story.documents.len() > 1) {
        let mut usages: BTreeMap<usize, Vec<Usage<'_>>> = BTreeMap::new();
        for &document in &story.documents {
            for mention in &mentions[document] {
                let usages = usages.entry(mention.referent).or_default();
                match usages.last_mut() {
                    Some(last) if last.document == document => last.mentions.push(mention),
                    _ => usages.push(Usage { document, mentions: vec![mention] }),
                }
            }
        }
        for (referent, usages) in usages {
            let referent = &contested::referents()[referent];
            findings.extend(finding(comparison, referent, &usages));
        }
    }
    let known = |new: &Finding| {
        let is_mention = |place: Place| {
            mentions[place.document].iter().any(|mention| mention.span.overlaps(place.span))
        };
        [new.left, new.right].into_iter().flatten().any(is_mention)
    };
    findings.extend(candidates(comparison, CHECK.info.id).into_iter().filter(|new| !known(new)));
    findings
}

/// What one document calls a referent.
struct Usage<'m> {
    document: usize,
    mentions: Vec<&'m Mention>,
}

/// How two documents differ in their names, the weightiest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Contrast {
    /// One takes a side's name as its own, the other does not.
    OneSided,
    /// Each takes a name of its own.
    Opposed,
}

impl Usage<'_> {
    /// The names of sides that the document takes as its own.
    fn own(&self, referent: &Referent) -> BTreeSet<usize> {
        let own = self.mentions.iter().filter(|mention| mention.voice == Voice::Own);
        own.map(|mention| mention.name).filter(|&name| referent.names[name].of.is_some()).collect()
    }

    fn contrast(&self, other: &Self, referent: &Referent) -> Option<Contrast> {
        let (own, others) = (self.own(referent), other.own(referent));
        let (more, less) = (own.difference(&others).count(), others.difference(&own).count());
        match (more, less) {
            (0, 0) => None,
            (0, _) | (_, 0) => Some(Contrast::OneSided),
            _ => Some(Contrast::Opposed),
        }
    }
}

/// The finding about the names of one referent in a story, where documents differ.
fn finding(comparison: &Comparison, referent: &Referent, usages: &[Usage<'_>]) -> Option<Finding> {
    let mut sharpest: Option<((bool, Contrast), usize, usize)> = None;
    for (at, one) in usages.iter().enumerate() {
        for (other_at, other) in usages.iter().enumerate().skip(at + 1) {
            let Some(contrast) = one.contrast(other, referent) else { continue };
            let key = (comparison.same_event(one.document, other.document), contrast);
            if sharpest.is_none_or(|(best, ..)| (key.1, key.0) > (best.1, best.0)) {
                sharpest = Some((key, at, other_at));
            }
        }
    }
    let ((same_event, contrast), one, other) = sharpest?;
    // Of spellings and of old and new names only one that stands against another says something.
    if !referent.dispute && contrast == Contrast::OneSided {
        return None;
    }
    let (left, right) = odd_first(referent, usages, one, other);
    let [left, right] = [(left, right), (right, left)].map(|(at, other)| {
        let mention = shown(comparison, &usages[at], &usages[other], referent);
        mention.map(|mention| (usages[at].document, mention))
    });
    let (left, right) = (left?, right?);
    let place = |(document, mention): (usize, &Mention)| Place {
        document,
        sentence: Some(mention.sentence),
        span: mention.span,
    };
    let text = |(document, mention): (usize, &Mention)| {
        mention.span.of(&comparison.articles[document].document.text).to_owned()
    };
    let mentions = usages
        .iter()
        .flat_map(|usage| usage.mentions.iter().map(|&mention| (usage.document, mention)));
    Some(Finding {
        check: CHECK.info.id,
        severity: severity(referent, same_event, contrast),
        confidence: confidence(contrast),
        message: message(referent, usages),
        left: Some(place(left)),
        right: Some(place(right)),
        values: Some(Values { left: text(left), right: text(right) }),
        evidence: mentions
            .filter(|&mention| mention != left && mention != right)
            .take(MOST_EVIDENCE)
            .map(place)
            .collect(),
    })
}

fn severity(referent: &Referent, same_event: bool, contrast: Contrast) -> Severity {
    match (referent.dispute, same_event, contrast) {
        (true, true, Contrast::Opposed) => Severity::Major,
        (true, _, _) | (false, true, _) => Severity::Minor,
        (false, false, _) => Severity::Info,
    }
}

fn confidence(contrast: Contrast) -> f32 {
    match contrast {
        Contrast::Opposed => 0.95,
        Contrast::OneSided => 0.85,
    }
}

/// The two usages with the one first that fewer documents share, so that a reader meets the odd one out first.
fn odd_first(
    referent: &Referent,
    usages: &[Usage<'_>],
    one: usize,
    other: usize,
) -> (usize, usize) {
    let sharing = |at: usize| {
        let own = usages[at].own(referent);
        usages.iter().filter(|usage| usage.own(referent) == own).count()
    };
    if sharing(other) < sharing(one) { (other, one) } else { (one, other) }
}

/// The mention that shows best how a document differs from another: a name of its own that the other does not have,
/// rather in running text than in a headline.
fn shown<'m>(
    comparison: &Comparison,
    usage: &Usage<'m>,
    other: &Usage<'_>,
    referent: &Referent,
) -> Option<&'m Mention> {
    let others = other.own(referent);
    let article = &comparison.articles[usage.document];
    usage.mentions.iter().copied().min_by_key(|mention| {
        let own = mention.voice == Voice::Own && referent.names[mention.name].of.is_some();
        let shared = others.contains(&mention.name);
        (shared, !own, !article.is_body(mention.sentence), mention.span)
    })
}

/// Who calls it what: documents that do alike in one clause.
fn message(referent: &Referent, usages: &[Usage<'_>]) -> String {
    let mut groups: Vec<(Habit, Vec<usize>)> = Vec::new();
    for usage in usages {
        let habit = Habit::of(usage);
        match groups.iter_mut().find(|(other, _)| *other == habit) {
            Some((_, documents)) => documents.push(usage.document),
            None => groups.push((habit, vec![usage.document])),
        }
    }
    let clauses: Vec<String> =
        groups.iter().map(|(habit, documents)| habit.clause(referent, documents)).collect();
    format!("For {}: {}", referent.about, clauses.join("; "))
}

/// The names of a document by whose words they are.
#[derive(PartialEq, Eq)]
struct Habit {
    own: BTreeSet<usize>,
    /// Names in quotations and quotation marks that it does not use itself.
    quoted: BTreeSet<usize>,
    /// Names said to be those of others that it does not use itself.
    reported: BTreeSet<usize>,
}

impl Habit {
    fn of(usage: &Usage<'_>) -> Self {
        let names = |wanted: &[Voice]| -> BTreeSet<usize> {
            let mentions = usage.mentions.iter().filter(|mention| wanted.contains(&mention.voice));
            mentions.map(|mention| mention.name).collect()
        };
        let own = names(&[Voice::Own]);
        let reported: BTreeSet<usize> =
            names(&[Voice::Reported]).difference(&own).copied().collect();
        let quoted = names(&[Voice::Quoted, Voice::Distanced]);
        let quoted =
            quoted.difference(&own).filter(|name| !reported.contains(name)).copied().collect();
        Self { own, quoted, reported }
    }

    fn clause(&self, referent: &Referent, documents: &[usize]) -> String {
        let names = |names: &BTreeSet<usize>| -> String {
            let names: Vec<String> = names
                .iter()
                .map(|&name| &referent.names[name])
                .map(|name| match &name.of {
                    Some(side) => format!("{} (name of: {side})", name.name),
                    None => name.name.clone(),
                })
                .collect();
            names.join(" and ")
        };
        let s = if documents.len() == 1 { "s" } else { "" };
        let mut parts = Vec::new();
        if !self.own.is_empty() {
            parts.push(format!("say{s} {}", names(&self.own)));
        }
        if !self.reported.is_empty() {
            parts.push(format!("report{s} {} as what others say", names(&self.reported)));
        }
        if !self.quoted.is_empty() {
            parts.push(format!(
                "ha{} {} in quotation marks",
                if s.is_empty() { "ve" } else { "s" },
                names(&self.quoted)
            ));
        }
        format!("{} {}", document_list(documents), parts.join(" and "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::differences::made::versions;

    #[test]
    fn rival_names_are_one_finding_with_all_places() {
        let comparison = versions(
            &[
                ("de", &["Auf den Falklandinseln stürmt es.", "Die Falklandinseln sind groß."]),
                ("lt", &["Folklanduose, kuriuos Argentina vadina Malvinais, audra."]),
                ("ru", &["На Мальвинских островах буря."]),
            ],
            &[],
        );
        let findings = run(&comparison);
        assert_eq!(findings.len(), 1);
        let finding = &findings[0];
        assert_eq!(finding.severity, Severity::Major);
        let document = |place: Option<Place>| place.map(|place| place.document);
        assert_eq!((document(finding.left), document(finding.right)), (Some(0), Some(2)));
        assert_eq!(finding.evidence.len(), 3);
        assert!(finding.message.contains("d2 says Malvinas"), "{}", finding.message);
        assert!(finding.message.contains("d0 says Falkland Islands"), "{}", finding.message);
    }

    #[test]
    fn one_name_in_all_languages_is_none() {
        let comparison = versions(
            &[
                ("de", &["In Kiew schneit es."]),
                ("lt", &["Kijeve sninga."]),
                ("ru", &["В Киеве идёт снег."]),
            ],
            &[],
        );
        assert_eq!(run(&comparison), []);
    }

    #[test]
    fn who_only_reports_both_names_differs_less() {
        let comparison = versions(
            &[
                (
                    "en",
                    &[
                        "The islands, known in Japan as the Northern Territories and in Russia as the Southern Kurils, are cold.",
                    ],
                ),
                ("de", &["Die Südkurilen sind kalt."]),
            ],
            &[],
        );
        let findings = run(&comparison);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].severity, Severity::Minor);
    }
}
