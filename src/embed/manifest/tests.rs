//! Tests of manifests.

use super::*;

/// A model of one file with four bytes.
fn tiny() -> (tempfile::TempDir, Manifest) {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("weights"), b"abcd").unwrap();
    let sha256 = hexadecimal(&Sha256::digest(b"abcd"));
    let file = ModelFile { role: Role::Onnx, name: "weights".into(), size: 4, sha256 };
    let manifest = Manifest {
        schema: SCHEMA.into(),
        id: "tiny".into(),
        description: String::new(),
        dim: 2,
        pooling: Pooling::Mean,
        prefix: String::new(),
        max_tokens: 8,
        padding_id: 0,
        languages: vec!["lt".into()],
        licence: "MIT".into(),
        provenance: String::new(),
        dense: Vec::new(),
        vocabulary: None,
        inner_layers: BTreeMap::new(),
        files: vec![file],
    };
    (directory, manifest)
}

fn write(directory: &Path, manifest: &Manifest) {
    std::fs::write(directory.join(MANIFEST_FILE), serde_json::to_string(manifest).unwrap())
        .unwrap();
}

#[test]
fn an_intact_model_verifies() {
    let (directory, manifest) = tiny();
    write(directory.path(), &manifest);
    let read = Manifest::read(directory.path()).unwrap();
    assert_eq!(read, manifest);
    assert!(read.verify(directory.path()).iter().all(|check| check.result.is_ok()));
}

#[test]
fn broken_files_are_named_with_the_cause() {
    for (content, cause) in
        [(&b"abc"[..], "cut short"), (b"abcde", "too long"), (b"abcx", "SHA-256")]
    {
        let (directory, manifest) = tiny();
        std::fs::write(directory.path().join("weights"), content).unwrap();
        let checks = manifest.verify(directory.path());
        let message = checks[0].result.as_ref().unwrap_err().to_string();
        assert!(message.contains("weights") && message.contains(cause), "{message}");
    }
}

#[test]
fn a_missing_file_is_named() {
    let (directory, manifest) = tiny();
    std::fs::remove_file(directory.path().join("weights")).unwrap();
    let message = manifest.verify(directory.path())[0].result.as_ref().unwrap_err().to_string();
    assert!(message.contains("weights") && message.contains("cannot be read"), "{message}");
}

/// A change to a manifest and what its error must name.
type Damage = (fn(&mut Manifest), &'static str);

#[test]
fn manifests_that_make_no_sense_are_refused() {
    let changes: [Damage; 5] = [
        (|m| m.schema = "parallax.model/9".into(), "schema"),
        (|m| m.dim = 0, "dimension"),
        (|m| m.files[0].name = "../weights".into(), "no file in its folder"),
        (|m| m.files[0].name = String::new(), "no file in its folder"),
        (
            |m| {
                let file = "2_Dense/model.safetensors".to_owned();
                m.dense.push(DenseLayer { file, activation: Activation::Tanh });
            },
            "2_Dense",
        ),
    ];
    for (change, cause) in changes {
        let (directory, mut manifest) = tiny();
        change(&mut manifest);
        write(directory.path(), &manifest);
        let message = Manifest::read(directory.path()).unwrap_err().to_string();
        assert!(message.contains(MANIFEST_FILE) && message.contains(cause), "{message}");
    }
}

#[test]
fn a_directory_of_models_lists_the_broken_ones_too() {
    let models = tempfile::tempdir().unwrap();
    let (_, manifest) = tiny();
    for name in ["b", "a", "no-model"] {
        std::fs::create_dir(models.path().join(name)).unwrap();
    }
    write(&models.path().join("a"), &manifest);
    std::fs::write(models.path().join("b").join(MANIFEST_FILE), "{").unwrap();
    let found = list(models.path()).unwrap();
    assert_eq!(found.len(), 2);
    assert!(found[0].1.is_ok() && found[1].1.is_err());
}

#[test]
fn the_content_hash_changes_with_the_encoder() {
    let (_, mut manifest) = tiny();
    let before = manifest.content_hash();
    manifest.files[0].sha256.replace_range(0..1, "x");
    assert_ne!(before, manifest.content_hash());
}
