//! A value that another thread makes while this one goes on.

use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;

/// Starts at once, is waited for at first use, then kept.
pub(super) struct Background<T> {
    worker: Mutex<Option<JoinHandle<T>>>,
    value: OnceLock<Option<T>>,
}

impl<T: Send + 'static> Background<T> {
    /// Runs `make` on a thread of its own.
    pub(super) fn start(make: impl FnOnce() -> T + Send + 'static) -> Self {
        Self { worker: Mutex::new(Some(std::thread::spawn(make))), value: OnceLock::new() }
    }

    /// The value; `None` if its thread died.
    pub(super) fn get(&self) -> Option<&T> {
        let join = || {
            let worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner).take();
            worker.and_then(|worker| worker.join().ok())
        };
        self.value.get_or_init(join).as_ref()
    }
}
