//! A hash table in one file: buckets of fixed-size slots, like the cache of a processor.
//!
//! Every slot has a checksum over its key, its entry and what the table is for. A slot half written by a crash, by
//! another process at the same moment or by a failing disk does not match and counts as free, so several processes
//! may use a table at once without locks, and nothing has to reach the disk in order. A full bucket gives up the slot that was
//! used longest ago. The file starts small and doubles until it is as large as it may be.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Hash;

const MAGIC: &[u8; 8] = b"PLXTAB01";
const HEADER_BYTES: usize = 64;
/// Where the number of the run stands in the header, after what the header's checksum covers.
const RUN_AT: u64 = 56;
/// Slots of a bucket.
const WAYS: usize = 8;
const CHECKSUM_BYTES: usize = 8;
const STAMP_AT: usize = CHECKSUM_BYTES;
const KEY_AT: usize = STAMP_AT + 4;
const ENTRY_AT: usize = KEY_AT + 32;
/// A new table has two to this power of buckets.
const FIRST_BITS: u32 = 5;
const MOST_BITS: u32 = 24;

/// How the slots of a table lie in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Layout {
    /// Bytes of an entry.
    entry_bytes: usize,
    /// Binary logarithm of the number of buckets.
    bits: u32,
}

impl Layout {
    fn slot_bytes(self) -> usize {
        ENTRY_AT + self.entry_bytes
    }

    fn bucket_bytes(self) -> usize {
        WAYS * self.slot_bytes()
    }

    fn buckets(self) -> u64 {
        1 << self.bits
    }

    fn offset(self, bucket: u64) -> u64 {
        HEADER_BYTES as u64 + bucket * self.bucket_bytes() as u64
    }

    fn file_bytes(self) -> u64 {
        self.offset(self.buckets())
    }

    fn bucket_of(self, key: &Hash) -> u64 {
        u64::from_le_bytes(beginning(key)) & (self.buckets() - 1)
    }
}

/// How many slots of a table are in which state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Slots whose checksum matches.
    pub(super) entries: u64,
    /// Slots whose checksum does not.
    pub(super) broken: u64,
}

/// An open table.
pub(super) struct Table {
    path: PathBuf,
    file: File,
    identity: Hash,
    layout: Layout,
    /// Number of this run: the age of slots is told by the runs since their last use.
    run: u32,
    most_bytes: u64,
}

impl Table {
    /// Opens the table of `identity` for writing; one that is missing, broken or of another kind is started anew.
    pub(super) fn open(
        path: &Path,
        identity: &Hash,
        entry_bytes: usize,
        most_bytes: u64,
    ) -> io::Result<Self> {
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let found = read_header(&mut file)
            .filter(|(layout, found, _)| layout.entry_bytes == entry_bytes && found == identity);
        let (layout, run) = match found {
            Some((layout, _, run)) => (layout, run.saturating_add(1)),
            None => {
                let layout = Layout { entry_bytes, bits: FIRST_BITS };
                start(&mut file, layout, identity)?;
                (layout, 1)
            }
        };
        file.seek(SeekFrom::Start(RUN_AT))?;
        file.write_all(&run.to_le_bytes())?;
        Ok(Self { path: path.to_owned(), file, identity: *identity, layout, run, most_bytes })
    }

    /// Opens whatever table is in a file; `None` if it is none.
    pub(super) fn inspect(path: &Path) -> io::Result<Option<Self>> {
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        Ok(read_header(&mut file).map(|(layout, identity, run)| Self {
            path: path.to_owned(),
            file,
            identity,
            layout,
            run,
            most_bytes: 0,
        }))
    }

    /// The entry of a key; a slot that cannot be read or does not match its checksum has none.
    pub(super) fn get(&mut self, key: &Hash) -> Option<Vec<u8>> {
        let bucket = self.layout.bucket_of(key);
        let slots = self.read_bucket(bucket).ok()?;
        let place =
            self.slots(&slots).position(|slot| key_of(slot) == key && self.is_valid(slot))?;
        let slot = &slots[place * self.layout.slot_bytes()..][..self.layout.slot_bytes()];
        if stamp_of(slot) != self.run {
            // A stamp that cannot be written only makes the slot look older than it is.
            let _ = self.write(bucket, place, STAMP_AT, &self.run.to_le_bytes());
        }
        Some(slot[ENTRY_AT..].to_vec())
    }

    /// Keeps an entry.
    ///
    /// # Errors
    /// One of another length than the table's, and those of the file.
    pub(super) fn put(&mut self, key: &Hash, entry: &[u8]) -> io::Result<()> {
        if entry.len() != self.layout.entry_bytes {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "an entry of another length"));
        }
        let slot = self.new_slot(key, entry);
        loop {
            let bucket = self.layout.bucket_of(key);
            let slots = self.read_bucket(bucket)?;
            let same = self.slots(&slots).position(|slot| key_of(slot) == key);
            let free = || self.slots(&slots).position(|slot| !self.is_valid(slot));
            if let Some(place) = same.or_else(free) {
                return self.write(bucket, place, 0, &slot);
            }
            if !self.grow()? {
                let oldest =
                    self.slots(&slots).map(stamp_of).enumerate().min_by_key(|&(_, stamp)| stamp);
                return self.write(bucket, oldest.map_or(0, |(place, _)| place), 0, &slot);
            }
        }
    }

    /// Counts the slots in use.
    pub(super) fn count(&mut self) -> io::Result<Count> {
        let mut count = Count::default();
        for bucket in 0..self.layout.buckets() {
            let slots = self.read_bucket(bucket)?;
            for slot in self.slots(&slots).filter(|slot| !is_empty(slot)) {
                *if self.is_valid(slot) { &mut count.entries } else { &mut count.broken } += 1;
            }
        }
        Ok(count)
    }

    /// Empties the slots that do not match their checksums.
    pub(super) fn repair(&mut self) -> io::Result<()> {
        let empty = vec![0; self.layout.slot_bytes()];
        for bucket in 0..self.layout.buckets() {
            let slots = self.read_bucket(bucket)?;
            let broken = |slot: &[u8]| !is_empty(slot) && !self.is_valid(slot);
            let places: Vec<usize> = self
                .slots(&slots)
                .enumerate()
                .filter(|(_, slot)| broken(slot))
                .map(|(place, _)| place)
                .collect();
            for place in places {
                self.write(bucket, place, 0, &empty)?;
            }
        }
        Ok(())
    }

    /// Whether this run is the first.
    pub(super) fn is_new(&self) -> bool {
        self.run == 1
    }

    /// Bytes of an entry.
    pub(super) fn entry_bytes(&self) -> usize {
        self.layout.entry_bytes
    }

    /// Bytes of the file.
    pub(super) fn bytes(&self) -> u64 {
        self.layout.file_bytes()
    }

    /// Moves everything into a table with twice the buckets; `false` if that would be too large, or another process is
    /// just doing it.
    fn grow(&mut self) -> io::Result<bool> {
        let larger = Layout { bits: self.layout.bits + 1, ..self.layout };
        if larger.bits > MOST_BITS || larger.file_bytes() > self.most_bytes {
            return Ok(false);
        }
        let path = self.path.with_extension(super::GROWING);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)?;
        if file.try_lock().is_err() {
            return Ok(false);
        }
        start(&mut file, larger, &self.identity)?;
        file.seek(SeekFrom::Start(RUN_AT))?;
        file.write_all(&self.run.to_le_bytes())?;
        for bucket in 0..self.layout.buckets() {
            let slots = self.read_bucket(bucket)?;
            // The new bit of the hash sends each slot to one of two buckets, so none can overflow.
            for target in [bucket, bucket + self.layout.buckets()] {
                let here =
                    |slot: &&[u8]| self.is_valid(slot) && larger.bucket_of(key_of(slot)) == target;
                let moved: Vec<u8> = self.slots(&slots).filter(here).flatten().copied().collect();
                if !moved.is_empty() {
                    file.seek(SeekFrom::Start(larger.offset(target)))?;
                    file.write_all(&moved)?;
                }
            }
        }
        std::fs::rename(&path, &self.path)?;
        file.unlock()?;
        (self.file, self.layout) = (file, larger);
        Ok(true)
    }

    fn slots<'s>(&self, bucket: &'s [u8]) -> std::slice::ChunksExact<'s, u8> {
        bucket.chunks_exact(self.layout.slot_bytes())
    }

    fn new_slot(&self, key: &Hash, entry: &[u8]) -> Vec<u8> {
        let mut slot = vec![0; KEY_AT];
        slot[STAMP_AT..].copy_from_slice(&self.run.to_le_bytes());
        slot.extend(key);
        slot.extend(entry);
        let checksum = checksum(&self.identity, &slot[KEY_AT..]);
        slot[..CHECKSUM_BYTES].copy_from_slice(&checksum);
        slot
    }

    fn is_valid(&self, slot: &[u8]) -> bool {
        !is_empty(slot) && slot[..CHECKSUM_BYTES] == checksum(&self.identity, &slot[KEY_AT..])
    }

    fn read_bucket(&self, bucket: u64) -> io::Result<Vec<u8>> {
        let mut slots = vec![0; self.layout.bucket_bytes()];
        let mut file = &self.file;
        file.seek(SeekFrom::Start(self.layout.offset(bucket)))?;
        file.read_exact(&mut slots)?;
        Ok(slots)
    }

    fn write(&self, bucket: u64, place: usize, from: usize, bytes: &[u8]) -> io::Result<()> {
        let at = place * self.layout.slot_bytes() + from;
        let mut file = &self.file;
        file.seek(SeekFrom::Start(self.layout.offset(bucket) + at as u64))?;
        file.write_all(bytes)
    }
}

/// Empties a file and gives it the size and header of a table.
fn start(file: &mut File, layout: Layout, identity: &Hash) -> io::Result<()> {
    let mut header = MAGIC.to_vec();
    header.extend((layout.entry_bytes as u32).to_le_bytes());
    header.extend(layout.bits.to_le_bytes());
    header.extend(identity);
    let sum = checksum(identity, &header);
    header.extend(sum);
    file.set_len(0)?;
    file.set_len(layout.file_bytes())?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&header)
}

/// Layout, identity and run of a file with a sound header and the size that goes with it.
fn read_header(file: &mut File) -> Option<(Layout, Hash, u32)> {
    let mut header = [0; HEADER_BYTES];
    file.seek(SeekFrom::Start(0)).ok()?;
    file.read_exact(&mut header).ok()?;
    let number = |at: usize| {
        u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    let identity: Hash = header[16..48].try_into().ok()?;
    let layout = Layout { entry_bytes: number(8) as usize, bits: number(12) };
    let sound = header.starts_with(MAGIC)
        && header[48..56] == checksum(&identity, &header[..48])
        && layout.bits <= MOST_BITS
        && file.metadata().ok()?.len() == layout.file_bytes();
    sound.then(|| (layout, identity, number(RUN_AT as usize)))
}

fn checksum(identity: &Hash, content: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let digest: Hash = Sha256::new().chain_update(identity).chain_update(content).finalize().into();
    beginning(&digest)
}

fn beginning(hash: &Hash) -> [u8; 8] {
    *hash.first_chunk().unwrap_or(&[0; 8])
}

fn is_empty(slot: &[u8]) -> bool {
    slot[..CHECKSUM_BYTES].iter().chain(&slot[KEY_AT..ENTRY_AT]).all(|&byte| byte == 0)
}

fn key_of(slot: &[u8]) -> &Hash {
    // A slot is never shorter than its key.
    slot[KEY_AT..].first_chunk().unwrap_or(&[0; 32])
}

fn stamp_of(slot: &[u8]) -> u32 {
    u32::from_le_bytes([slot[STAMP_AT], slot[STAMP_AT + 1], slot[STAMP_AT + 2], slot[STAMP_AT + 3]])
}

#[cfg(test)]
mod tests;
