//! The main path of each job.
