//! The commands, one file each.

pub(super) mod align;
pub(super) mod cache;
pub(super) mod check;
mod check_ranking;
pub(super) mod compare;
pub(super) mod embed;
pub(super) mod explain;
pub(super) mod generate;
pub(super) mod inspect;
pub(super) mod models;
pub(super) mod score;
pub(super) mod serve;
mod shared;
pub(super) mod study;
