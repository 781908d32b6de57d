//! The publication date a document gives.
