//! How far work on several threads is, told to whoever waits for it, who may end it.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::Result;

/// Hears that `done` of `total` parts are through; an error that it answers ends the work.
pub type Tell<'t> = dyn FnMut(usize, usize) -> Result<()> + Send + 't;

/// The pulse of some work in parts, which all its threads share.
pub struct Pulse<'t> {
    tell: Mutex<&'t mut Tell<'t>>,
    done: AtomicUsize,
    total: usize,
}

impl<'t> Pulse<'t> {
    /// The pulse of work in `total` parts.
    pub fn new(total: usize, tell: &'t mut Tell<'t>) -> Self {
        Self { tell: Mutex::new(tell), done: AtomicUsize::new(0), total }
    }

    /// Does a part, unless the work has ended.
    ///
    /// # Errors
    /// What ends the work.
    pub fn part<T>(&self, work: impl FnOnce() -> T) -> Result<T> {
        self.beat()?;
        let done = work();
        self.done.fetch_add(1, Ordering::SeqCst);
        self.beat()?;
        Ok(done)
    }

    fn beat(&self) -> Result<()> {
        let mut tell = self.tell.lock().unwrap_or_else(PoisonError::into_inner);
        // Read while the lock is held, so that nobody hears of less than before.
        tell(self.done.load(Ordering::SeqCst), self.total)
    }
}

impl fmt::Debug for Pulse<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pulse")
            .field("done", &self.done)
            .field("total", &self.total)
            .finish()
    }
}

/// What to tell to where nobody listens.
pub fn unheard(_done: usize, _total: usize) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;
    use crate::error::Error;

    #[test]
    fn all_parts_are_told_and_never_fewer_than_before() {
        let mut told: Vec<usize> = Vec::new();
        let mut tell = |done: usize, total: usize| {
            told.push(done);
            assert_eq!(total, 40);
            Ok(())
        };
        let pulse = Pulse::new(40, &mut tell);
        (0..40).into_par_iter().try_for_each(|_| pulse.part(|| ())).unwrap();
        assert!(told.is_sorted(), "{told:?}");
        assert_eq!(told.last(), Some(&40));
    }

    #[test]
    fn what_is_answered_ends_the_work() {
        let mut tell = |done: usize, _: usize| if done < 3 { Ok(()) } else { Err(Error::Stopped) };
        let pulse = Pulse::new(1000, &mut tell);
        let mut parts = 0;
        let ended = (0..1000).try_for_each(|_| pulse.part(|| parts += 1));
        assert!(matches!(ended, Err(Error::Stopped)));
        assert_eq!(parts, 3);
    }
}
