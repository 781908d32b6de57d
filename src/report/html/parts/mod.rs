//! Parts that pages are built from; none knows what the page is about.

pub(super) mod figures;
pub(super) mod filters;
pub(super) mod passages;
pub(super) mod severity;
pub(super) mod table;
