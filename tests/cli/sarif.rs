//! SARIF against its schema, `sarif-schema-2.1.0.json` of OASIS without descriptions and defaults.

use regex::Regex;
use serde_json::{Map, Value};

use crate::program::{Folder, parallax};

/// What is wrong with a value, with the path to it; nothing where it fits the schema. Knows the keywords that this
/// schema uses (JSON Schema, draft 7).
fn problems(root: &Value, schema: &Value, value: &Value, path: &str) -> Vec<String> {
    let Some(schema) = schema.as_object() else { return Vec::new() };
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(name.trim_start_matches('#')).unwrap();
        return problems(root, target, value, path);
    }
    let mut found = Vec::new();
    let mut demand = |holds: bool, what: String| {
        if !holds {
            found.push(format!("{path}: {what}, not {value}"));
        }
    };
    if let Some(kind) = schema.get("type").and_then(Value::as_str) {
        let is = match kind {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            other => panic!("unknown type {other}"),
        };
        demand(is, kind.to_owned());
    }
    if let Some(allowed) = schema.get("enum").and_then(Value::as_array) {
        demand(allowed.contains(value), format!("one of {allowed:?}"));
    }
    if let (Some(pattern), Some(text)) = (schema.get("pattern"), value.as_str()) {
        let pattern = pattern.as_str().unwrap();
        demand(Regex::new(pattern).unwrap().is_match(text), format!("like {pattern}"));
    }
    if let (Some(format), Some(text)) =
        (schema.get("format").and_then(Value::as_str), value.as_str())
    {
        // No signs that a reference must escape (RFC 3986).
        let fits = !format.starts_with("uri")
            || text.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&b));
        demand(fits, format.to_owned());
    }
    if let Some(number) = value.as_f64() {
        let limit = |name: &str| schema.get(name).and_then(Value::as_f64);
        demand(limit("minimum").is_none_or(|least| number >= least), "large enough".to_owned());
        demand(limit("maximum").is_none_or(|most| number <= most), "small enough".to_owned());
    }
    for (name, all) in [("anyOf", false), ("oneOf", true)] {
        if let Some(options) = schema.get(name).and_then(Value::as_array) {
            let fit = options
                .iter()
                .filter(|option| problems(root, option, value, path).is_empty())
                .count();
            demand(if all { fit == 1 } else { fit > 0 }, format!("{name} of the options"));
        }
    }
    if let Some(object) = value.as_object() {
        found.extend(members(root, schema, object, path));
    }
    if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
        if (list.len() as u64) < least {
            found.push(format!("{path}: fewer than {least} items"));
        }
        if schema.get("uniqueItems") == Some(&Value::Bool(true)) {
            let again = (1..list.len()).any(|at| list[..at].contains(&list[at]));
            found.extend(again.then(|| format!("{path}: the same item twice")));
        }
        for (at, item) in list.iter().enumerate() {
            found.extend(problems(root, items, item, &format!("{path}/{at}")));
        }
    }
    found
}

fn members(
    root: &Value,
    schema: &Map<String, Value>,
    object: &Map<String, Value>,
    path: &str,
) -> Vec<String> {
    let mut found = Vec::new();
    for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
        let name = name.as_str().unwrap();
        found.extend((!object.contains_key(name)).then(|| format!("{path}: lacks {name}")));
    }
    let known = schema.get("properties").and_then(Value::as_object);
    for (name, member) in object {
        let path = format!("{path}/{name}");
        match (known.and_then(|known| known.get(name)), schema.get("additionalProperties")) {
            (Some(schema), _) => found.extend(problems(root, schema, member, &path)),
            (None, Some(Value::Bool(false))) => found.push(format!("{path}: is not known")),
            (None, Some(schema)) => found.extend(problems(root, schema, member, &path)),
            (None, None) => {}
        }
    }
    found
}

fn schema() -> Value {
    serde_json::from_str(include_str!("sarif-schema-2.1.0.json")).unwrap()
}

#[test]
fn sarif_fits_its_schema() {
    let folder = Folder::new();
    let file = folder.write(
        "ä b.tsv",
        "id\tsource\ttarget\n\
         a\tTwelve boats left at noon.\tVidurdienį išplaukė trylika valčių.\n\
         b\tThe sea is calm.\t\n\
         a\tSee www.example.org/help now.\tŽr. www.exmaple.org/help dabar\n",
    );
    let schema = schema();
    for arguments in [&["check", &*file][..], &["check", &*file, "--skip", "length"]] {
        let ran = parallax(arguments.iter().copied().chain(["--langs", "en,lt", "-f", "sarif"]));
        let log = ran.json();
        assert!(log["runs"][0]["results"].as_array().unwrap().len() > 3, "{log}");
        assert_eq!(problems(&schema, &schema, &log, ""), [] as [String; 0]);
    }
}

#[test]
fn the_validator_sees_what_is_wrong() {
    let schema = schema();
    let log = serde_json::json!({
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "rules": [] } },
            "results": [{ "message": { "text": "a" }, "level": "bad", "rank": 101, "colour": 1 }],
        }],
    });
    let found = problems(&schema, &schema, &log, "");
    for part in [
        "/runs/0/tool/driver: lacks name",
        "/runs/0/results/0/level: one of",
        "/runs/0/results/0/rank: small enough",
        "/runs/0/results/0/colour: is not known",
    ] {
        assert!(found.iter().any(|problem| problem.starts_with(part)), "{part}: {found:?}");
    }
}
