//! Wording: which of several possible words a text chooses, for a name or for an act, and whether it speaks for
//! itself there.
//!
//! The choices are data (`src/lang/contested.toml`, `src/lang/frames.toml`): expressions in each language, written as
//! [`patterns`] explains.

pub mod contested;
pub mod frames;
pub mod patterns;
pub mod voice;
