//! Corpus studies: what groups of outlets cover, leave out, name and frame, with tests, intervals and effect
//! sizes that take the event as the unit.
//!
//! | part | holds |
//! |---|---|
//! | [`analyses`] | selection, coverage, prominence, framing, tone, words, timing: a file each |
//! | [`axes`] | axes of framing in the vector space |
//! | [`results`] | tested comparisons and tables |
//! | [`material`] | what was found in the articles, before groups are compared |
//! | [`statistics`] | tests, intervals, effect sizes, agreement of coders |
//! | [`reliability`] | how reliable codings are |
//! | [`corpus`] | articles with what is known about them |
//! | [`copies`] | articles that are the same text |
//! | [`sample`] | articles with group, event and version |
//! | [`codings`] | tables of codes that people gave |
//! | [`sheet`] | coding sheets |
//! | [`tuning`] | the tool as one more coder, and thresholds fitted to codes |
//! | [`delimited`] | CSV and TSV |
//! | [`table`] | tables of results |

pub mod analyses;
pub mod axes;
pub mod codings;
pub mod copies;
pub mod corpus;
pub mod delimited;
pub mod material;
pub mod reliability;
pub mod results;
pub mod sample;
pub mod sheet;
pub mod statistics;
pub mod table;
pub mod tuning;
