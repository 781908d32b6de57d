//! Grouping of made-up documents.

use super::*;

/// A document on a matter with a date; `turn` sets it apart from others on the same matter.
fn document(matter: usize, turn: f32, day: Option<i8>) -> Sketch {
    let mut topic = Array1::zeros(16);
    topic[matter] = (1.0 - turn * turn).sqrt();
    topic[15] = turn;
    let published = day.and_then(|day| Date::new(2021, 3, day).ok());
    Sketch::of_parts(topic, published)
}

fn grouped(portions: Vec<Vec<Sketch>>) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut grouping = Grouping::default();
    portions.into_iter().for_each(|portion| grouping.add(portion));
    let (events, stories) = grouping.groups();
    (events.into_iter().map(|event| event.documents).collect(), stories)
}

#[test]
fn documents_on_one_matter_are_one_event_within_days_and_one_story_beyond() {
    let documents = vec![
        document(0, 0.1, Some(1)),
        document(1, 0.0, Some(2)),
        document(0, 0.2, Some(4)),
        document(0, 0.0, Some(20)),
        document(1, 0.1, None),
    ];
    let (events, stories) = grouped(vec![documents]);
    assert_eq!(events, [vec![0, 2], vec![1, 4], vec![3]]);
    assert_eq!(stories, [vec![0, 2, 3], vec![1, 4]]);
}

#[test]
fn a_chain_of_days_is_no_event() {
    let documents = (0..4).map(|step| document(0, 0.0, Some(1 + 3 * step))).collect();
    let (events, stories) = grouped(vec![documents]);
    assert_eq!(events.len(), 2, "{events:?}");
    assert_eq!(stories.len(), 1);
}

#[test]
fn later_documents_leave_old_events_as_they_are_or_join_them() {
    let all: Vec<Sketch> = (0..60)
        .map(|index| document(index % 7, 0.05 * (index % 5) as f32, Some(1 + (index % 9) as i8)))
        .collect();
    let mut portions: Vec<Vec<Sketch>> = vec![Vec::new()];
    let mut before: Vec<Vec<usize>> = Vec::new();
    for portion in all.chunks(11) {
        portions.push(portion.to_vec());
        let (events, _) = grouped(portions.clone());
        for old in &before {
            let holds = |event: &&Vec<usize>| old.iter().all(|document| event.contains(document));
            assert!(events.iter().any(|event| holds(&event)), "{old:?} was split");
        }
        let documents: usize = events.iter().map(Vec::len).sum();
        assert_eq!(documents, portions.iter().map(Vec::len).sum::<usize>());
        before = events;
    }
    let stranger = vec![document(9, 0.0, Some(3))];
    portions.push(stranger);
    before.push(vec![60]);
    assert_eq!(grouped(portions).0, before);
}

#[test]
fn nothing_known_is_alike_to_nothing() {
    let empty = || Sketch::of_parts(Array1::zeros(0), None);
    let (events, stories) = grouped(vec![vec![empty(), empty()]]);
    assert_eq!((events.len(), stories.len()), (2, 2));
    assert_eq!(grouped(Vec::new()), (Vec::new(), Vec::new()));
}

#[test]
fn equal_documents_are_one_event_however_many() {
    let (events, _) = grouped(vec![vec![document(0, 0.0, None); 3000]]);
    assert_eq!(events.len(), 1);
}
