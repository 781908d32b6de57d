//! Links, claims and events: which sentences say the same, and which documents tell of the same.

pub mod margin;
