//! Arrows point down: a stage joins nothing, and only `app` joins stages to the store.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What each crate may depend on, besides `model`. A crate that is not here is a proof or a face.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("textfsm", &[]),
    ("dialog", &["model"]),
    ("topology", &["model"]),
    ("templates", &["textfsm"]),
    ("transport", &["dialog", "model"]),
    ("snmp", &["model"]),
    ("store", &["model"]),
    ("collect", &["dialog", "model", "transport"]),
    ("ingest", &["model", "templates", "textfsm"]),
    ("discovery", &["collect", "ingest", "model", "snmp", "transport"]),
    ("lab", &[]),
    ("connectors", &[]),
    ("notify", &["model"]),
    ("scheduler", &["model"]),
    ("vault", &[]),
    ("vendors", &[]),
    (
        "app",
        &[
            "collect",
            "connectors",
            "dialog",
            "discovery",
            "ingest",
            "model",
            "notify",
            "scheduler",
            "snmp",
            "store",
            "templates",
            "textfsm",
            "topology",
            "transport",
            "vault",
            "vendors",
        ],
    ),
    ("server", &["app", "model", "topology"]),
    ("cli", &["app", "lab", "model", "server", "topology"]),
    ("testpg", &[]),
    ("testkit", &["app", "lab", "model", "store", "testpg"]),
];

/// Without IO: no runtime, no socket, no database.
const PURE: &[&str] = &["textfsm", "dialog", "topology", "vault", "scheduler"];

fn crates() -> BTreeMap<String, BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut crates = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("crates").flatten() {
        let Ok(manifest) = std::fs::read_to_string(entry.path().join("Cargo.toml")) else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        crates.insert(name, dependencies(&manifest));
    }
    crates
}

/// The names under `[dependencies]`; those for tests may point anywhere.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let section = manifest.lines().skip_while(|l| l.trim() != "[dependencies]").skip(1);
    let section = section.take_while(|l| !l.starts_with('['));
    let name = |line: &str| line.split(['.', ' ', '=']).next().unwrap_or_default().to_owned();
    section.filter(|l| !l.trim().is_empty() && !l.starts_with('#')).map(name).collect()
}

#[test]
fn arrows_point_down() {
    let crates = crates();
    for (name, used) in &crates {
        let rule = MAY_USE.iter().find(|(n, _)| n == name);
        let (_, allowed) = rule.unwrap_or_else(|| panic!("crate {name} is not on the map; add it to this test"));
        for dependency in used.iter().filter(|d| crates.contains_key(*d)) {
            assert!(allowed.contains(&dependency.as_str()), "{name} must not use {dependency}");
        }
    }
}

#[test]
fn what_does_no_io_brings_nothing_that_does() {
    let crates = crates();
    for name in PURE {
        for io in ["tokio", "sqlx", "russh", "object_store", "std-fs"] {
            assert!(!crates[*name].contains(io), "{name} must not use {io}");
        }
    }
}
