//! Embeddings: engines, models and what is common to them.
