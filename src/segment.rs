//! Sentences: where one ends and the next begins, by the rules of the language files.
