//! Every platform's recorded cases: what is stored, and the facts that are read in it.
//!
//! `platforms/<name>/cases/<capture type>[_<what is special>]/output.txt` and `rows.json`: the columns of each fact that
//! are not null. No line may be left that no rule reads, unless `unread.txt` beside it gives their number.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use ingest::{Outcome, Reader, Reading};
use model::{Capture, Completeness, Platforms, Value};
use serde_json::{Map, Value as Json};
use templates::{Layer, Library, Release};

#[test]
fn every_case_reads_as_recorded() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for platform in Platforms::builtin().all().iter().filter(|p| !p.fingerprint.is_empty()) {
        let before = cases;
        for case in folders(&Path::new("../../platforms").join(&platform.name).join("cases")) {
            cases += 1;
            if is_fingerprint(&case) {
                continue;
            }
            if let Err(reason) = check(&platform.name, &case) {
                wrong.push(format!("{}: {reason}", case.display()));
            }
        }
        if cases == before {
            wrong.push(format!("{} has no case", platform.name));
        }
    }
    assert!(cases > 30, "only {cases} cases were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An answer to a question that finds out the platform, and no capture type: see the crate `discovery`.
fn is_fingerprint(case: &Path) -> bool {
    case.file_name().is_some_and(|name| name.to_string_lossy().starts_with("fingerprint"))
}

fn check(platform: &str, case: &Path) -> Result<(), String> {
    let reader = reader();
    let capture_type = capture_type(case)?;
    let spec = reader.platforms.get(platform).and_then(|p| p.captures.get(&capture_type));
    let spec = spec.ok_or_else(|| format!("the platform has no {capture_type}"))?;
    let content = fs::read(case.join("output.txt")).map_err(|e| format!("output.txt: {e}"))?;
    let Ok(rows) = fs::read_to_string(case.join("rows.json")) else { return Ok(()) };
    let capture = Capture {
        capture_type,
        command: spec.commands[0].clone(),
        platform: platform.to_owned(),
        content,
        completeness: Completeness::Complete,
    };
    let reading = reader.read(&capture);
    let expected: Vec<Json> = serde_json::from_str(&rows).map_err(|e| format!("rows.json: {e}"))?;
    let got = facts(&reading);
    if got != expected {
        return Err(format!("reads {:?}\n{}", reading.outcome, lines(&got)));
    }
    match &reading.outcome {
        Outcome::Partly { unread } => {
            let known = fs::read_to_string(case.join("unread.txt")).unwrap_or_default();
            let known = known.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0);
            if unread.len() == known {
                Ok(())
            } else {
                Err(format!("lines {unread:?} are not read, {known} are known"))
            }
        }
        Outcome::NotParsed { reason } => Err(reason.clone()),
        _ => Ok(()),
    }
}

/// As the product reads: the embedded templates with our own over them.
fn reader() -> Reader {
    static LIBRARY: LazyLock<Arc<Library>> = LazyLock::new(|| {
        let ours = Layer::new(Platforms::templates());
        Arc::new(Library::new(Arc::clone(Release::builtin()), ours, Layer::default()))
    });
    Reader { platforms: Platforms::builtin(), library: Arc::clone(&LIBRARY) }
}

/// The folder's name as far as it is a capture type: `version_stack` is a `version`.
fn capture_type(case: &Path) -> Result<String, String> {
    let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut known: Vec<&str> = Platforms::builtin().capture_types().map(|(n, _)| n).collect();
    known.sort_by_key(|n| std::cmp::Reverse(n.len()));
    let found = known.into_iter().find(|known| name == **known || name.starts_with(&format!("{known}_")));
    found.map(str::to_owned).ok_or_else(|| "its name begins with no capture type".to_owned())
}

fn facts(reading: &Reading) -> Vec<Json> {
    let Some(kind) = reading.kind else { return Vec::new() };
    let fact = |values: &Vec<Value>| {
        let cells = kind.columns.iter().zip(values).filter(|(_, v)| **v != Value::Null);
        Json::Object(cells.map(|(c, v)| (c.name.to_owned(), v.to_json())).collect::<Map<_, _>>())
    };
    reading.facts.iter().map(|f| fact(&f.values)).collect()
}

fn lines(facts: &[Json]) -> String {
    facts.iter().map(|f| format!("  {f},")).collect::<Vec<_>>().join("\n")
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    let mut all: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| p.is_dir()).collect();
    all.sort();
    all
}
