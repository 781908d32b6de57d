//! Tables of results: typed columns that say what they hold, so that a saved table needs no cleaning and its
//! description can be written beside it.

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name, which is the name of its file.
    pub name: &'static str,
    /// What a row is, as a sentence.
    pub description: &'static str,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; each has a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name: small letters and underscores.
    pub name: &'static str,
    /// What its cells are.
    pub kind: Kind,
    /// What they mean.
    pub description: &'static str,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
    /// True or false.
    Flag,
}

impl Kind {
    /// The kind in one word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Flag => "logical",
        }
    }
}

/// A cell; one that could not be computed is blank.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// True or false.
    Flag(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        i64::try_from(number).map_or(Self::Blank, Self::Integer)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<f64> for Cell {
    /// What is no finite number is blank.
    fn from(number: f64) -> Self {
        // A negative zero would print as one.
        if number.is_finite() { Self::Real(number + 0.0) } else { Self::Blank }
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<C: Into<Cell>> From<Option<C>> for Cell {
    fn from(cell: Option<C>) -> Self {
        cell.map_or(Self::Blank, Into::into)
    }
}

impl Table {
    /// A table without rows.
    pub fn new(name: &'static str, description: &'static str, columns: &[Column]) -> Self {
        Self { name, description, columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row with a cell for every column.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len(), "{}", self.name);
        self.rows.push(row);
    }
}

/// A column of text.
pub const fn text(name: &'static str, description: &'static str) -> Column {
    Column { name, kind: Kind::Text, description }
}

/// A column of whole numbers.
pub const fn integer(name: &'static str, description: &'static str) -> Column {
    Column { name, kind: Kind::Integer, description }
}

/// A column of numbers.
pub const fn real(name: &'static str, description: &'static str) -> Column {
    Column { name, kind: Kind::Real, description }
}

/// A column of truth values.
pub const fn flag(name: &'static str, description: &'static str) -> Column {
    Column { name, kind: Kind::Flag, description }
}
