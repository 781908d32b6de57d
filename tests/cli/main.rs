//! The `parallax` command as its users meet it: what it prints, what it writes, how it ends.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod align;
mod bad_input;
mod cache;
mod check;
mod check_bad_input;
mod check_files;
mod check_glossary;
mod check_names;
mod check_page;
mod check_score;
mod commands;
mod help;
mod hostile;
mod html;
mod hub;
mod output;
mod program;
mod readme;
mod report_json;
mod sarif;
mod score;
mod serve;
mod small_machine;
#[path = "../small_models/mod.rs"]
mod small_models;
mod study;
mod study_coding;
mod study_corpora;
mod study_page;
mod terminal;
