//! `models pull`: what it fetches, how it goes on after a break, and what it never takes for a model.

mod server;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use self::server::{Behaviour, Hub};
use crate::program::{Folder, Ran, command, run};
use crate::small_models::{Family, HIDDEN, add_dense, random_dense, random_tensors, small_model};

const GRAPH: &str = "onnx/model.onnx";

/// The files below a folder, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inside)).unwrap() {
            let name = inside.join(entry.unwrap().file_name());
            if folder.join(&name).is_dir() {
                folders.push(name);
            } else {
                let content = fs::read(folder.join(&name)).unwrap();
                found.insert(name.to_str().unwrap().to_owned(), content);
            }
        }
    }
    found
}

/// A hub's model with a dense layer, and files that nobody wants.
fn model() -> Behaviour {
    let folder = small_model(Family::XlmRoberta, &random_tensors());
    add_dense(folder.path(), &random_dense(HIDDEN, 6));
    let mut files = files(folder.path());
    for name in ["README.md", "tf_model.h5", "onnx/model_O4.onnx"] {
        files.insert(name.to_owned(), b"not wanted".to_vec());
    }
    Behaviour { files, ..Behaviour::default() }
}

/// Runs `models pull` against a hub, into a folder.
fn pull(hub: &Hub, folder: &Folder, more: &[&str]) -> Ran {
    let to = folder.name("");
    let mut command = command();
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HF_TOKEN", "HF_ENDPOINT"]
    {
        command.env_remove(name);
    }
    command.env("HF_ENDPOINT", &hub.address);
    if more.contains(&"token") {
        command.env("HF_TOKEN", "secret");
    }
    run(command.args(["models", "pull", "someone/small", "--to", &to]), b"")
}

fn embed(folder: &Folder) -> Ran {
    let model = folder.name("someone--small");
    run(
        command().args(["embed", "--lines", "-", "--engine", "rten", "--model", &model]),
        b"w5 w7 w9\n",
    )
}

#[test]
fn a_model_is_fetched_once_and_runs() {
    let (hub, folder) = (Hub::start(model()), Folder::new());
    let ran = pull(&hub, &folder, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(ran.stdout.trim(), folder.name("someone--small"));
    assert_eq!(folder.names(), ["someone--small"]);
    let there: Vec<String> = files(&folder.path("someone--small")).into_keys().collect();
    let expected = [
        "1_Pooling/config.json",
        "2_Dense/config.json",
        "2_Dense/model.safetensors",
        "config.json",
        "manifest.json",
        "modules.json",
        "onnx/model.onnx",
        "tokenizer.json",
    ];
    assert_eq!(there, expected);
    let vectors = embed(&folder);
    assert_eq!(vectors.code, Some(0), "{}", vectors.stderr);
    assert_eq!(vectors.json()["vector"].as_array().unwrap().len(), 6);
    let verified =
        run(command().args(["models", "verify", "--model", &folder.name("someone--small")]), b"");
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
    let shown =
        run(command().args(["models", "show", "--model", &folder.name("someone--small")]), b"");
    for told in ["mit", "lt de", "commit c0ffee"] {
        assert!(shown.stdout.contains(told), "{}", shown.stdout);
    }
    let asked = hub.files_asked_for().len();
    let again = pull(&hub, &folder, &[]);
    assert!(again.code == Some(0) && again.stderr.contains("there already"), "{}", again.stderr);
    assert_eq!(hub.files_asked_for().len(), asked, "nothing is fetched twice");
}

#[test]
fn a_fetched_model_goes_by_its_name() {
    let (hub, folder) = (Hub::start(model()), Folder::new());
    let data = folder.name("");
    let fetched = run(
        command().env("XDG_DATA_HOME", &data).env("HF_ENDPOINT", &hub.address).args([
            "models",
            "pull",
            "someone/small",
        ]),
        b"",
    );
    assert_eq!(fetched.code, Some(0), "{}", fetched.stderr);
    let shown = run(
        command().env("XDG_DATA_HOME", &data).args(["models", "show", "--model", "someone/small"]),
        b"",
    );
    assert!(shown.stdout.contains("commit c0ffee"), "{}{}", shown.stdout, shown.stderr);
    let list = run(command().env("XDG_DATA_HOME", &data).args(["models", "list"]), b"");
    assert!(list.stdout.contains("small"), "{}", list.stdout);
}

#[test]
fn broken_connections_are_taken_up_where_they_broke() {
    let broken = Behaviour { breaks: Some((GRAPH.to_owned(), 3000, 3)), ..model() };
    let (hub, folder) = (Hub::start(broken), Folder::new());
    let ran = pull(&hub, &folder, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let asked = hub.files_asked_for();
    let graph = asked.iter().filter(|request| request.path.ends_with(GRAPH));
    let starts: Vec<Option<usize>> = graph.map(|request| request.range).collect();
    assert_eq!(starts, [None, Some(3000), Some(6000), Some(9000)]);
    assert_eq!(embed(&folder).code, Some(0));
}

#[test]
fn an_interrupted_run_is_taken_up_by_the_next() {
    let folder = Folder::new();
    let all = model();
    let mut without = all.clone();
    without.breaks = Some((GRAPH.to_owned(), 0, usize::MAX));
    let ran = pull(&Hub::start(without), &folder, &[]);
    assert_eq!(ran.code, Some(2), "{}", ran.stdout);
    assert!(ran.stderr.contains("goes on where it stopped"), "{}", ran.stderr);
    assert!(!folder.path("someone--small").exists(), "half a model is no model");
    // What an interrupted run leaves of a file.
    let part = folder.path("someone--small.part").join("onnx/model.onnx.part");
    fs::write(&part, &all.files[GRAPH][..5000]).unwrap();
    let hub = Hub::start(all);
    assert_eq!(pull(&hub, &folder, &[]).code, Some(0));
    let asked = hub.files_asked_for();
    assert_eq!(asked.len(), 1, "the other files were there: {asked:?}");
    assert_eq!(asked[0].range, Some(5000));
}

#[test]
fn remains_of_another_revision_are_fetched_anew() {
    let (hub, folder) = (Hub::start(model()), Folder::new());
    let part = folder.write("someone--small.part/onnx/model.onnx.part", vec![7; 5000]);
    assert_eq!(pull(&hub, &folder, &[]).code, Some(0));
    assert!(!Path::new(&part).exists());
    assert_eq!(embed(&folder).code, Some(0));
}

#[test]
fn hubs_without_parts_and_with_other_addresses_for_files_will_do() {
    for (knows_no_parts, redirects) in [(true, false), (false, true), (true, true)] {
        let breaks = Some((GRAPH.to_owned(), 3000, 1));
        let odd = Behaviour { knows_no_parts, redirects, breaks, ..model() };
        let (hub, folder) = (Hub::start(odd), Folder::new());
        let ran = pull(&hub, &folder, &[]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert_eq!(embed(&folder).code, Some(0));
    }
}

#[test]
fn tokens_go_to_the_hub_and_no_further() {
    let (wants_token, redirects) = (true, true);
    let hub = Hub::start(Behaviour { wants_token, redirects, ..model() });
    let folder = Folder::new();
    let refused = pull(&hub, &folder, &[]);
    assert!(refused.code == Some(2) && refused.stderr.contains("HF_TOKEN"), "{}", refused.stderr);
    let ran = pull(&hub, &folder, &["token"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let asked = hub.files_asked_for();
    let (moved, own): (Vec<_>, Vec<_>) =
        asked.iter().partition(|request| request.path.starts_with("/elsewhere"));
    assert!(own.iter().all(|request| request.authorised), "{own:?}");
    assert!(!moved.is_empty() && moved.iter().all(|request| !request.authorised), "{moved:?}");
}

#[test]
fn what_is_no_model_is_told_and_not_kept() {
    let mut no_graph = model();
    no_graph.files.remove(GRAPH);
    no_graph.files.remove("model.safetensors");
    let mut other_kind = model();
    other_kind.files.insert(
        "config.json".to_owned(),
        br#"{"model_type": "gpt2", "hidden_size": 8,
        "max_position_embeddings": 9}"#
            .to_vec(),
    );
    let mut pickled = model();
    let dense = pickled.files.remove("2_Dense/model.safetensors").unwrap();
    pickled.files.insert("2_Dense/pytorch_model.bin".to_owned(), dense);
    let mut wrong_large = model();
    wrong_large.wrong_hashes = vec![GRAPH.to_owned()];
    let mut wrong_small = model();
    wrong_small.wrong_hashes = vec!["config.json".to_owned()];
    let cases = [
        (no_graph, "neither an ONNX graph"),
        (other_kind, "gpt2"),
        (pickled, "pytorch_model.bin"),
        (wrong_large, "another hash"),
        (wrong_small, "another hash"),
    ];
    for (behaviour, cause) in cases {
        let (hub, folder) = (Hub::start(behaviour), Folder::new());
        let ran = pull(&hub, &folder, &[]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains(cause) && ran.stderr.contains("hint:"), "{}", ran.stderr);
        assert!(!folder.path("someone--small").exists(), "{cause}");
    }
}

#[test]
fn a_hub_that_is_not_there_is_told_with_what_to_do() {
    let folder = Folder::new();
    let fetch = |name: &str, endpoint: &str| {
        let arguments = ["models", "pull", name, "--endpoint", endpoint, "--to", &folder.name("")];
        run(command().args(arguments), b"")
    };
    // Nothing listens on this port of the loopback address.
    let unreachable = fetch("someone/small", "http://127.0.0.1:9");
    assert_eq!(unreachable.code, Some(2));
    for told in ["cannot be reached", "when there is a network", "--model DIR"] {
        assert!(unreachable.stderr.contains(told), "{}", unreachable.stderr);
    }
    let hub = Hub::start(model());
    let missing = fetch("someone/else", &hub.address);
    assert!(missing.stderr.contains("not known to the hub"), "{}", missing.stderr);
    for (name, endpoint) in [("../up", "http://hub"), ("a/b/c", "http://hub"), ("a", "hub")] {
        let ran = fetch(name, endpoint);
        assert!(ran.code == Some(2) && ran.stderr.contains("hint:"), "{}", ran.stderr);
    }
    assert_eq!(folder.names(), Vec::<String>::new());
}
