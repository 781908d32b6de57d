//! Tests of the table: what is kept, what is given up, and what damage does.

use proptest::prelude::*;

use super::*;

const IDENTITY: Hash = [7; 32];
const ENTRY_BYTES: usize = 12;

fn key(number: u32) -> Hash {
    Sha256::digest(number.to_le_bytes()).into()
}

fn entry(number: u32) -> Vec<u8> {
    number.to_le_bytes().into_iter().cycle().take(ENTRY_BYTES).collect()
}

fn open(folder: &Path, most_bytes: u64) -> Table {
    Table::open(&folder.join("table"), &IDENTITY, ENTRY_BYTES, most_bytes).unwrap()
}

fn fill(table: &mut Table, numbers: std::ops::Range<u32>) {
    for number in numbers {
        table.put(&key(number), &entry(number)).unwrap();
    }
}

fn kept(table: &mut Table, numbers: std::ops::Range<u32>) -> usize {
    let right = |number: &u32| match table.get(&key(*number)) {
        Some(found) => {
            assert_eq!(found, entry(*number), "a wrong entry of {number}");
            true
        }
        None => false,
    };
    numbers.filter(right).count()
}

#[test]
fn everything_is_kept_while_there_is_room_and_over_runs() {
    let folder = tempfile::tempdir().unwrap();
    fill(&mut open(folder.path(), u64::MAX), 0..5000);
    let mut again = open(folder.path(), u64::MAX);
    assert_eq!(kept(&mut again, 0..5000), 5000);
    assert_eq!(again.count().unwrap(), Count { entries: 5000, broken: 0 });
    assert_eq!(again.get(&key(5000)), None);
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(names.len(), 1, "the smaller tables are gone");
}

#[test]
fn a_full_table_gives_up_what_was_used_longest_ago() {
    let folder = tempfile::tempdir().unwrap();
    let most = 100_000;
    fill(&mut open(folder.path(), most), 0..600);
    let mut second = open(folder.path(), most);
    let first_kept = kept(&mut second, 0..300);
    drop(second);
    let mut third = open(folder.path(), most);
    fill(&mut third, 1000..1300);
    assert!(third.bytes() <= most, "{}", third.bytes());
    assert_eq!(kept(&mut third, 1000..1300), 300);
    let (used, unused) = (kept(&mut third, 0..300), kept(&mut third, 300..600));
    assert!(used > unused && used * 2 > first_kept, "{used} of {first_kept} used, {unused} unused");
}

#[test]
fn another_kind_of_table_is_started_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table");
    fill(&mut open(folder.path(), u64::MAX), 0..10);
    let mut other = Table::open(&path, &[8; 32], ENTRY_BYTES, u64::MAX).unwrap();
    assert_eq!(kept(&mut other, 0..10), 0);
    let mut longer = Table::open(&path, &[8; 32], ENTRY_BYTES + 1, u64::MAX).unwrap();
    assert!(longer.put(&key(1), &entry(1)).is_err(), "an entry of another length is refused");
}

#[test]
fn two_at_once_never_see_a_wrong_entry() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let path = folder.path();
            scope.spawn(move || {
                let mut table = open(path, 1_000_000);
                for round in 0..400 {
                    let number = (round * 7 + worker) % 500;
                    kept(&mut table, number..number + 1);
                    // Another worker may be making the table larger.
                    let _ = table.put(&key(number), &entry(number));
                }
            });
        }
    });
    let mut table = open(folder.path(), 1_000_000);
    assert!(kept(&mut table, 0..500) > 100);
}

#[test]
fn broken_slots_are_counted_and_emptied() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = open(folder.path(), u64::MAX);
    fill(&mut table, 0..50);
    let path = folder.path().join("table");
    let mut bytes = std::fs::read(&path).unwrap();
    let at = table.layout.offset(table.layout.bucket_of(&key(3))) as usize;
    bytes[at + ENTRY_AT] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(table.count().unwrap(), Count { entries: 49, broken: 1 });
    table.repair().unwrap();
    assert_eq!(table.count().unwrap(), Count { entries: 49, broken: 0 });
    fill(&mut table, 0..50);
    assert_eq!(kept(&mut table, 0..50), 50);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damage_anywhere_never_gives_a_wrong_entry(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let folder = tempfile::tempdir().unwrap();
        fill(&mut open(folder.path(), u64::MAX), 0..100);
        let path = folder.path().join("table");
        let mut bytes = std::fs::read(&path).unwrap();
        for (place, byte) in damage {
            let length = bytes.len();
            bytes[place.index(length)] ^= byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        std::fs::write(&path, bytes).unwrap();
        let mut table = open(folder.path(), u64::MAX);
        kept(&mut table, 0..100);
        fill(&mut table, 0..100);
        prop_assert_eq!(kept(&mut table, 0..100), 100);
    }
}
