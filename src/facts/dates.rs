//! The date facts of a sentence: its date expressions with the days they mean, and its times of day.

use jiff::civil::Date;

use super::{Fact, Value};
use crate::calendar::{Expression, Form};

/// The facts of the expressions: dates where they have one on their own or with the publication date.
pub(super) fn facts(
    expressions: &[Expression],
    published: Option<Date>,
) -> impl Iterator<Item = Fact> + '_ {
    expressions.iter().filter_map(move |expression| {
        let form = expression.form;
        let value = if let Form::Clock(time) = form {
            Value::Time(time)
        } else if let Some(date) = form.resolve(published) {
            Value::Date(date)
        } else {
            Value::Relative(form.relative()?)
        };
        Some(Fact { span: expression.span, value })
    })
}
