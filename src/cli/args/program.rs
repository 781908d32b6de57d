//! Arguments of `serve` and of the commands about the program itself, its models and its cache.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use clap_complete::Shell;

use super::{CacheFolderArgs, ModelArgs, ModelFolderArgs};

const SERVE_HELP: &str = "\
The page and the API are on the loopback address of this computer, which no other computer reaches. Texts stay in memory;
a request names no files. /api/openapi.json describes the API, with /api/check for translations:
  curl http://127.0.0.1:8417/api/compare -H 'Content-Type: application/json' \\
    -d '{\"documents\": [{\"name\": \"a.txt\", \"text\": \"…\"}, {\"name\": \"b.txt\", \"text\": \"…\"}]}'";

/// Arguments of `serve`.
#[derive(Debug, Args)]
#[command(after_help = SERVE_HELP)]
pub(crate) struct ServeArgs {
    /// Port to listen on; 0 for any that is free [default: 8417]
    #[arg(long, value_name = "PORT", help_heading = "Server")]
    pub(crate) port: Option<u16>,
    /// Show the page in the browser
    #[arg(long, help_heading = "Server")]
    pub(crate) open: bool,
    // `align` has a --max-size of another kind, and both stand in one configuration file.
    /// Largest request, in MiB [default: 32]
    #[arg(long, alias = "max-size", value_name = "MIB", help_heading = "Server")]
    pub(crate) max_request: Option<u64>,
    /// Most documents of a comparison [default: 100]
    #[arg(long, value_name = "N", help_heading = "Server")]
    pub(crate) max_documents: Option<usize>,
    /// Longest time for a comparison or a check, in seconds; what takes longer is stopped [default: 600]
    #[arg(long, value_name = "SECONDS", help_heading = "Server")]
    pub(crate) timeout: Option<u64>,
    /// Configuration file (TOML) with long option names as keys; the command line goes before it
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
}

/// Arguments of `models`.
#[derive(Debug, Args)]
pub(crate) struct ModelsArgs {
    #[command(subcommand)]
    pub(crate) command: ModelsCommand,
}

/// What to do with models.
#[derive(Debug, Subcommand)]
pub(crate) enum ModelsCommand {
    /// List the models at hand
    List,
    /// Show what a model is, where it comes from and under which licence
    Show(ModelFolderArgs),
    /// Check that every file of a model is complete and unchanged
    Verify(ModelFolderArgs),
    /// Fetch a model from a hub; an interrupted run goes on where it stopped
    Pull(PullArgs),
}

const PULL_HELP: &str = "\
Examples:
  parallax models pull intfloat/multilingual-e5-base
  parallax compare news/ --model intfloat/multilingual-e5-base

BERT and XLM-RoBERTa encoders with mean or cls pooling and dense layers behind it are run. Every file is compared with the
hash that the hub gives for it. HF_ENDPOINT names another hub, HF_TOKEN a token for models that ask for consent, HTTPS_PROXY
a proxy. The model that comes with Parallax needs none of this.";

/// Arguments of `models pull`.
#[derive(Debug, Args)]
#[command(after_help = PULL_HELP)]
pub(crate) struct PullArgs {
    /// Name of the model on the hub
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Branch, tag or commit
    #[arg(long, value_name = "REV", default_value = parallax::embed::hub::REVISION)]
    pub(crate) revision: String,
    /// Folder to put the model's folder into [default: the user's folder for data]
    #[arg(long, value_name = "DIR")]
    pub(crate) to: Option<PathBuf>,
    /// Address of the hub [default: HF_ENDPOINT, or https://huggingface.co]
    #[arg(long, value_name = "URL")]
    pub(crate) endpoint: Option<String>,
}

/// Arguments of `cache`.
#[derive(Debug, Args)]
pub(crate) struct CacheArgs {
    #[command(subcommand)]
    pub(crate) command: CacheCommand,
}

/// What to do with the cache.
#[derive(Debug, Subcommand)]
pub(crate) enum CacheCommand {
    /// Show where the cache is and what it holds
    Stat(CacheFolderArgs),
    /// Remove everything that is kept
    Clear(CacheFolderArgs),
    /// Check everything that is kept, and remove what is broken
    Verify(CacheFolderArgs),
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Id of a check; without one, all are listed
    #[arg(value_name = "CHECK")]
    pub(crate) check: Option<String>,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// A command, for its own page
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}
