//! The date facts of a sentence: its date expressions with the days they mean.

use jiff::civil::Date;

use super::{Fact, Value};
use crate::calendar::Expression;

/// The facts of the expressions that have a meaning on their own or with the publication date.
pub(super) fn facts(
    expressions: &[Expression],
    published: Option<Date>,
) -> impl Iterator<Item = Fact> + '_ {
    expressions.iter().filter_map(move |expression| {
        Some(Fact {
            span: expression.span,
            value: Value::Date(expression.form.resolve(published)?),
        })
    })
}
