//! Date expressions in running text, in every language with rules.
