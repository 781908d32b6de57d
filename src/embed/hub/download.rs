//! One file: fetched from where an earlier run stopped, and compared with its hash.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use sha1::Sha1;
use sha2::{Digest, Sha256};
use ureq::http::StatusCode;

use super::client::Client;
use super::listing::{Hash, RemoteFile};
use crate::error::HubProblem;
use crate::{Error, Result};

/// Ending of a file that is not all there.
const PART: &str = "part";
/// Connections in a row that bring nothing before it is given up, and the pause after the first of them.
const ATTEMPTS: u32 = 4;
const PAUSE: Duration = Duration::from_millis(250);
const BUFFER: usize = 1 << 17;

/// Fetches a file; gives the bytes that came over the network. `progress` hears the bytes that are there.
pub(super) fn file(
    client: &Client,
    address: &str,
    remote: &RemoteFile,
    path: &Path,
    progress: &mut dyn FnMut(u64),
) -> Result<u64> {
    if matches(path, remote).unwrap_or(false) {
        progress(remote.size);
        return Ok(0);
    }
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{PART}"));
    let part = PathBuf::from(part);
    let written = |error| Error::Io { path: part.clone(), error };
    fs::create_dir_all(path.parent().unwrap_or(path)).map_err(written)?;
    let mut bytes = 0;
    let started = fs::metadata(&part).is_ok_and(|there| there.len() > 0);
    // What an earlier run has left may be of another revision; then it is fetched once more, from its beginning.
    for begun in [started, false] {
        bytes += fetch(client, address, remote, &part, progress)?;
        if matches(&part, remote).map_err(written)? {
            fs::rename(&part, path).map_err(written)?;
            return Ok(bytes);
        }
        fs::remove_file(&part).map_err(written)?;
        if !begun {
            break;
        }
    }
    Err(Error::Hub { address: address.to_owned(), problem: HubProblem::WrongHash })
}

/// Fetches what is missing of a file, however often the connection breaks, as long as each brings something.
fn fetch(
    client: &Client,
    address: &str,
    remote: &RemoteFile,
    part: &Path,
    progress: &mut dyn FnMut(u64),
) -> Result<u64> {
    let (mut bytes, mut failures) = (0, 0);
    loop {
        let there = fs::metadata(part).map_or(0, |there| there.len());
        if there >= remote.size && part.exists() {
            return Ok(bytes);
        }
        let problem = match connect(client, address, remote, part, there, progress) {
            Ok(came) if there + came >= remote.size => return Ok(bytes + came),
            Ok(came) => {
                bytes += came;
                if came > 0 {
                    failures = 0;
                }
                let problem = HubProblem::Unreachable("the connection broke off".to_owned());
                Error::Hub { address: address.to_owned(), problem }
            }
            Err(error @ Error::Hub { problem: HubProblem::Unreachable(_), .. }) => error,
            Err(error) => return Err(error),
        };
        failures += 1;
        if failures == ATTEMPTS {
            return Err(problem);
        }
        thread::sleep(PAUSE * (1 << failures));
    }
}

/// Reads one answer to its end or to where it breaks off; gives the bytes that came.
fn connect(
    client: &Client,
    address: &str,
    remote: &RemoteFile,
    part: &Path,
    start: u64,
    progress: &mut dyn FnMut(u64),
) -> Result<u64> {
    let mut response = client.get(address, start)?;
    let goes_on = response.status() == StatusCode::PARTIAL_CONTENT;
    let written = |error| Error::Io { path: part.to_owned(), error };
    let mut options = OpenOptions::new();
    // A server that knows no parts begins anew.
    options.create(true).write(true).append(goes_on).truncate(!goes_on);
    let mut file = options.open(part).map_err(written)?;
    let mut there = if goes_on { start } else { 0 };
    let mut reader = response.body_mut().as_reader();
    let mut buffer = vec![0; BUFFER];
    let mut came = 0;
    loop {
        let count = match reader.read(&mut buffer) {
            Ok(0) | Err(_) => return Ok(came),
            Ok(count) => count,
        };
        (there, came) = (there + count as u64, came + count as u64);
        if there > remote.size {
            return Err(Error::Hub { address: address.to_owned(), problem: HubProblem::WrongHash });
        }
        file.write_all(&buffer[..count]).map_err(written)?;
        progress(there);
    }
}

/// Whether a file is what the hub says.
fn matches(path: &Path, remote: &RemoteFile) -> io::Result<bool> {
    let file = File::open(path)?;
    if file.metadata()?.len() != remote.size {
        return Ok(false);
    }
    let found = match &remote.hash {
        Hash::Sha256(_) => digest(Sha256::new(), file)?,
        Hash::GitSha1(_) => {
            digest(Sha1::new().chain_update(format!("blob {}\0", remote.size)), file)?
        }
    };
    let (Hash::Sha256(expected) | Hash::GitSha1(expected)) = &remote.hash;
    Ok(found.eq_ignore_ascii_case(expected))
}

fn digest(mut hasher: impl Digest, mut file: File) -> io::Result<String> {
    let mut buffer = vec![0; BUFFER];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            count => hasher.update(&buffer[..count]),
        }
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
