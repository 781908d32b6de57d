//! Before the compilers are at work: a number for the sources, by which facts that another program found are known; and
//! with the feature `rust-bert`, what is wrong with the libtorch that it is to be built against.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "cargo listens to a build script's output"
)]

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

/// The version that the crate `tch` is made for.
const VERSION: [&str; 2] = ["2", "4"];
/// Where libtorch states its own.
const HEADER: &str = "include/torch/csrc/api/include/torch/version.h";
/// Where it lies when the system has installed it.
const INSTALLED: &str = "/usr/lib/libtorch.so";
const ADVICE: &str = "take the one that `python3 .ci/libtorch.py target/libtorch` fetches, and set the variables it prints";

fn main() -> ExitCode {
    for name in
        ["LIBTORCH", "LIBTORCH_INCLUDE", "LIBTORCH_USE_PYTORCH", "LIBTORCH_BYPASS_VERSION_CHECK"]
    {
        println!("cargo::rerun-if-env-changed={name}");
    }
    println!("cargo::rerun-if-changed=build.rs");
    match sources() {
        Ok(number) => println!("cargo::rustc-env=PARALLAX_SOURCES={number:016x}"),
        Err(error) => {
            eprintln!("error: the sources cannot be read: {error}");
            return ExitCode::FAILURE;
        }
    }
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    // Who uses the libtorch of an installed PyTorch, or asks for no check, is left to torch-sys.
    let left = ["LIBTORCH_USE_PYTORCH", "LIBTORCH_BYPASS_VERSION_CHECK"].into_iter().any(set);
    if !set("CARGO_FEATURE_RUST_BERT") || left {
        return ExitCode::SUCCESS;
    }
    let folder = ["LIBTORCH_INCLUDE", "LIBTORCH"].into_iter().filter(|name| set(name));
    let Some(folder) = folder.filter_map(env::var_os).next() else {
        return match Path::new(INSTALLED).exists() {
            true => ExitCode::SUCCESS,
            false => {
                wrong("the feature rust-bert needs libtorch, and LIBTORCH names no folder of it")
            }
        };
    };
    let header = Path::new(&folder).join(HEADER);
    let Ok(text) = fs::read_to_string(&header) else {
        return wrong(&format!(
            "there is no libtorch in LIBTORCH: {} is missing",
            header.display()
        ));
    };
    let found = ["MAJOR", "MINOR"].map(|part| version(&text, part).unwrap_or("?"));
    if found != VERSION {
        let (found, wanted) = (found.join("."), VERSION.join("."));
        return wrong(&format!("libtorch in LIBTORCH has version {found}, and {wanted} is needed"));
    }
    ExitCode::SUCCESS
}

/// A number that changes with the sources and the versions of what they are built upon.
fn sources() -> io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    let mut waiting: Vec<PathBuf> = ["src", "Cargo.toml", "Cargo.lock"].map(PathBuf::from).into();
    for path in waiting.iter().filter(|path| path.exists()) {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let inside = fs::read_dir(&path)?.map(|entry| Ok(entry?.path()));
            let mut inside = inside.collect::<io::Result<Vec<PathBuf>>>()?;
            inside.sort();
            waiting.extend(inside);
        } else if path.exists() {
            path.hash(&mut hasher);
            fs::read(&path)?.hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

/// A part of the version that a header defines.
fn version<'t>(header: &'t str, part: &str) -> Option<&'t str> {
    let name = format!("#define TORCH_VERSION_{part} ");
    header.lines().find_map(|line| line.strip_prefix(&name)).map(str::trim)
}

fn wrong(what: &str) -> ExitCode {
    eprintln!("error: {what}");
    eprintln!("hint: {ADVICE}");
    ExitCode::FAILURE
}
