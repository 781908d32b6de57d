//! The library's error type. Every variant names the thing that failed and why; [`Error::hint`]
//! says what to do next.

use std::path::PathBuf;

use thiserror::Error;

/// Shorthand for results of this library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything that can go wrong in the library.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// An input could not be turned into a document.
    #[error("{source_name}: {reason}")]
    Input {
        /// The input as the user named it.
        source_name: String,
        /// What is wrong with it.
        reason: InputProblem,
    },
    /// A file could not be read or written.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        #[source]
        error: std::io::Error,
    },
    /// A table of codes or a corpus cannot be read as such.
    #[error("{source_name}: {reason}")]
    Table {
        /// The file as the user named it.
        source_name: String,
        /// What is wrong with it.
        reason: String,
        /// What to do about it.
        hint: String,
    },
    /// The model cannot be used: a file of it is missing, broken or of an unknown kind.
    #[error("model file {}: {reason}", path.display())]
    Model {
        /// The offending file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The engine failed while computing.
    #[error("engine {engine}: {reason}")]
    Engine {
        /// The engine's name.
        engine: &'static str,
        /// What it said.
        reason: String,
    },
    /// More documents than are set against each other.
    #[error(
        "{count} documents are too many to set every one against every other (the limit is {most})"
    )]
    TooMany {
        /// Documents found.
        count: usize,
        /// Documents allowed.
        most: usize,
    },
    /// Whoever asked for a job does not want it any more.
    #[error("stopped before the end")]
    Stopped,
    /// A model could not be fetched.
    #[error("{address}: {problem}")]
    Hub {
        /// What was asked for.
        address: String,
        /// What went wrong.
        problem: HubProblem,
    },
    /// An option has a value that makes no sense.
    #[error("option {option}: {reason}")]
    Option {
        /// The option's name.
        option: &'static str,
        /// Why the value is refused.
        reason: String,
    },
}

/// Why a model could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HubProblem {
    /// There is no connection, or it broke off again and again.
    #[error("cannot be reached ({0})")]
    Unreachable(String),
    /// The hub knows no such model, revision or file.
    #[error("is not known to the hub")]
    Missing,
    /// The hub gives it to some users alone, or does not know it.
    #[error("is not given to everyone, or not known to the hub")]
    Refused,
    /// The hub answers with this status.
    #[error("the hub answers with status {0}")]
    Answer(u16),
    /// The hub's list of files makes no sense.
    #[error("the answer is no list of files ({0})")]
    Nonsense(String),
    /// A file has another content than the hub says.
    #[error("what came has another hash than the hub gives for it")]
    WrongHash,
    /// The model has nothing that an engine runs.
    #[error("no engine of this build can run it: {0}")]
    Unusable(String),
    /// Another run is fetching the same model.
    #[error("another run is fetching this model")]
    Busy,
}

impl HubProblem {
    /// What the user can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => {
                "run it again when there is a network, and it goes on where it stopped; the model that comes along needs \
                 none, and a folder with the model's files from elsewhere can be given with --model DIR"
            }
            Self::Missing => {
                "check the name, as in `intfloat/multilingual-e5-base`, and --revision"
            }
            Self::Refused => {
                "check the name; for a model that asks for consent, give it on the model's page and set HF_TOKEN"
            }
            Self::Answer(_) => "try again later",
            Self::Nonsense(_) => "check --endpoint or HF_ENDPOINT",
            Self::WrongHash => {
                "try again; if it stays so, the hub or something on the way to it is broken"
            }
            Self::Unusable(_) => {
                "choose a model with `onnx/model.onnx`, or build with --features rust-bert for float weights"
            }
            Self::Busy => "wait for it to end",
        }
    }
}

/// Why an input gave no document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum InputProblem {
    /// There is no such file.
    #[error("no such file or directory")]
    Missing,
    /// The file exists but cannot be read.
    #[error("cannot be read ({0})")]
    Unreadable(String),
    /// The file has no bytes, or white space alone.
    #[error("is empty")]
    Empty,
    /// The bytes are no text.
    #[error("is not text ({0})")]
    Binary(String),
    /// The file is larger than the limit, in bytes.
    #[error("is too large ({}, the limit is {})", readable(*size), readable(*limit))]
    TooLarge {
        /// Size found.
        size: u64,
        /// Size allowed.
        limit: u64,
    },
    /// Packed data that hold more than is read.
    #[error("unpacks to more than {}", readable(*limit))]
    Bomb {
        /// Bytes allowed.
        limit: u64,
    },
    /// Packed data inside of packed data, again and again.
    #[error("is packed too often")]
    PackedTooDeep,
    /// The bytes break off or contradict their format.
    #[error("is damaged ({kind}: {reason})")]
    Damaged {
        /// What it claims to be.
        kind: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A line of a table or of JSONL that is none.
    #[error("cannot be understood ({0})")]
    BadRow(String),
    /// A document that opens with a password alone.
    #[error("is encrypted")]
    Encrypted,
    /// A PDF document whose pages are pictures.
    #[error("is a PDF document without text")]
    NoTextLayer,
    /// What should hold texts holds none.
    #[error("holds no {0}")]
    HoldsNone(&'static str),
    /// A table none of whose columns is known to hold texts; its columns.
    #[error("has no column of texts (its columns: {0})")]
    NoTextColumn(String),
    /// Cleaning left no sentence.
    #[error("holds no text after cleaning")]
    NothingLeft,
    /// The file's size or time changed while it was read.
    #[error("changed while it was read")]
    Changed,
    /// The same content was already read under another name.
    #[error("has the same content as {0}")]
    Duplicate(String),
    /// A pipe, a socket or a device: reading it might never end.
    #[error("is {0}, not a file")]
    NotAFile(&'static str),
    /// A directory without any file that can be read.
    #[error("is a directory without files that can be read")]
    EmptyDirectory,
    /// A link that leads back to a directory above it.
    #[error("is a directory loop")]
    Loop,
}

/// A number of bytes in the unit that people would use.
fn readable(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KiB", bytes / 1_024),
        _ => format!("{} MiB", bytes / 1_048_576),
    }
}

impl InputProblem {
    /// What the user can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Missing => "check the spelling of the path",
            Self::Unreadable(_) => "check the file's permissions",
            Self::Empty => "remove it from the inputs, or save the article's text into it",
            Self::Binary(_) => "convert it to plain text, Markdown or HTML first",
            Self::TooLarge { .. } => "split the file, one article each",
            Self::Bomb { .. } => "unpack it yourself and give the files you want",
            Self::PackedTooDeep => "unpack it yourself and give what it holds",
            Self::Damaged { .. } => "fetch or save the file again",
            Self::BadRow(_) => "mend this line; the others are read all the same",
            Self::Encrypted => "save it without a password",
            Self::NoTextLayer => {
                "its pages are pictures: run a text recognition such as OCRmyPDF first"
            }
            Self::HoldsNone(_) => "open the file and see whether it is the one you mean",
            Self::NoTextColumn(_) => {
                "name the column of texts `text`, and separate columns by commas, semicolons, tabs or bars"
            }
            Self::NothingLeft => {
                "see what was dropped with `parallax inspect --stage text -f json FILE`"
            }
            Self::Changed => "run again when nothing writes to the file",
            Self::Duplicate(_) => "give each article once",
            Self::NotAFile(_) => "give a file, or `-` to read standard input",
            Self::EmptyDirectory => {
                "name the files, or see `parallax compare --help` for what is read from directories"
            }
            Self::Loop => "remove the link that leads back to its own directory",
        }
    }
}

impl Error {
    /// What the user can do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Input { reason, .. } => reason.hint().to_owned(),
            Self::Io { .. } => "check that the path exists and may be used".to_owned(),
            Self::Table { hint, .. } => hint.clone(),
            Self::Model { .. } => {
                "run `parallax models verify`, or restore the model folder".to_owned()
            }
            Self::Engine { .. } => {
                "run `parallax models verify`; if it finds nothing, please report this".to_owned()
            }
            Self::TooMany { .. } => {
                "give the articles on one event or a few; for a whole corpus there is `parallax study`".to_owned()
            }
            Self::Stopped => "give it more time, or less to do".to_owned(),
            Self::Hub { problem, .. } => problem.hint().to_owned(),
            Self::Option { option: "--only" | "--skip", .. } => {
                "`parallax explain` lists the checks, each with a line on what it finds".to_owned()
            }
            Self::Option { option, .. } => format!("see `parallax help` for {option}"),
        }
    }
}
