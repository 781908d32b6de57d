//! Checks between versions of an event.
