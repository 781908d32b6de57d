//! A value that is made when it is first needed, or beforehand on another thread.

use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;

/// Made once, then kept.
pub(super) struct Deferred<T> {
    state: Mutex<State<T>>,
    value: OnceLock<Option<T>>,
}

enum State<T> {
    Waiting(Box<dyn FnOnce() -> T + Send>),
    Running(JoinHandle<T>),
    Made,
}

impl<T: Send + 'static> Deferred<T> {
    /// Nothing runs yet.
    pub(super) fn new(make: impl FnOnce() -> T + Send + 'static) -> Self {
        Self { state: Mutex::new(State::Waiting(Box::new(make))), value: OnceLock::new() }
    }

    /// Starts making the value on a thread of its own, if nothing has started yet.
    pub(super) fn start(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = match std::mem::replace(&mut *state, State::Made) {
            State::Waiting(make) => State::Running(std::thread::spawn(make)),
            started => started,
        };
    }

    /// The value, waiting for it if need be; `None` if its thread died.
    pub(super) fn get(&self) -> Option<&T> {
        let make = || {
            self.start();
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            match std::mem::replace(&mut *state, State::Made) {
                State::Running(worker) => worker.join().ok(),
                State::Waiting(_) | State::Made => None,
            }
        };
        self.value.get_or_init(make).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn the_value_is_made_once_and_only_when_needed() {
        let made = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&made);
        let value = Deferred::new(move || counter.fetch_add(1, Ordering::SeqCst) + 40);
        assert_eq!(made.load(Ordering::SeqCst), 0);
        value.start();
        value.start();
        assert_eq!((value.get(), value.get()), (Some(&40), Some(&40)));
        assert_eq!(made.load(Ordering::SeqCst), 1);
    }
}
