//! Every published case of ntc-templates that we have gives the rows that are published with it.
//!
//! The cases lie beside the project, in `../shared/corpus` of its root; they are no part of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;
use templates::Library;

#[derive(Debug)]
struct Case {
    platform: String,
    command: String,
    raw: PathBuf,
}

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(env::var_os("CI").is_none(), "the corpus is not at {}", folder.display());
    eprintln!("SKIPPED: the corpus is not at {}", folder.display());
    None
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<_> = entries.collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

fn cases(corpus: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    for platform in folders(corpus).into_iter().filter(|path| path.is_dir()) {
        for command in folders(&platform) {
            for raw in folders(&command).into_iter().filter(|path| path.extension().is_some_and(|end| end == "raw")) {
                cases.push(Case { platform: name(&platform), command: name(&command).replace('_', " "), raw });
            }
        }
    }
    cases
}

/// Rows as ntc-templates shows them: names in lower case, and every value a text or a list of texts.
fn rows(case: &Case, text: &str) -> Result<Vec<BTreeMap<String, Value>>, String> {
    let reading = Library::builtin().parse(&case.platform, &case.command, text).map_err(|error| error.to_string())?;
    let parsed = reading.outcome.parsed().ok_or_else(|| format!("{:?}", reading.outcome))?;
    let row = |record: textfsm::Record<'_>| {
        let names = reading.fields.iter().map(|name| name.to_lowercase());
        names.zip(record.values().map(textfsm::Value::to_table_json)).collect()
    };
    Ok(parsed.records().map(row).collect())
}

#[test]
fn every_published_case_gives_its_rows() {
    let Some(corpus) = corpus() else { return };
    let cases = cases(&corpus);
    let mut wrong = Vec::new();
    for case in &cases {
        let text = fs::read_to_string(&case.raw).expect("a text");
        let published = fs::read_to_string(case.raw.with_extension("yml")).expect("published rows");
        let published: BTreeMap<String, Vec<BTreeMap<String, Value>>> =
            serde_saphyr::from_str(&published).expect("YAML");
        match rows(case, &text) {
            Ok(rows) if rows == published["parsed_sample"] => {}
            Ok(_) => wrong.push(format!("{}: other rows", case.raw.display())),
            Err(error) => wrong.push(format!("{}: {error}", case.raw.display())),
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases are wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() >= 938, "only {} cases", cases.len());
}

#[test]
fn the_embedded_index_is_good() {
    let index = textfsm::Index::parse(Library::builtin().release().index_source()).expect("an index");
    assert!(index.rows().count() > 900);
}
