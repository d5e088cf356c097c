//! Real outputs of many systems: what is asked on a platform gives as many facts as were published for it.
//!
//! The cases lie beside the project, in `../shared/corpus` of its root; they are no part of it. A case counts when its
//! command is one of a capture type's, or is read by the template that the release has for one. What loads another number of
//! facts than the published rows is in `corpus.yaml`, with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use ingest::{Outcome, Reader};
use model::platform::CaptureSpec;
use model::{Capture, ColumnKind, Completeness, Platform, Platforms, Value};
use serde_json::Value as Json;
use templates::{Layer, Library, Release};

static PLATFORMS: LazyLock<Platforms> =
    LazyLock::new(|| Platforms::builtin().with_folder(Path::new("../../platforms")).expect("valid platforms"));

/// An output, and a capture type that it is of.
struct Case {
    /// `platform/command/file type`, as in `corpus.yaml`.
    name: String,
    file: PathBuf,
    platform: &'static Platform,
    capture_type: &'static str,
    command: String,
}

#[test]
fn every_published_output_of_what_is_asked_gives_its_facts() {
    let Some((reader, cases)) = corpus() else { return };
    let known: BTreeMap<String, Json> =
        serde_saphyr::from_str(&std::fs::read_to_string("tests/corpus.yaml").expect("corpus.yaml")).expect("valid");
    let (mut wrong, mut met, mut facts) = (Vec::new(), BTreeSet::new(), 0);
    for case in &cases {
        let implied = implied(case);
        let given = given(&reader, case);
        facts += given.as_ref().map_or(0, |n| *n);
        let Some(known) = known.get(&case.name) else {
            if given != Ok(implied) {
                wrong.push(format!("{}: {given:?} facts, {implied} published", case.name));
            }
            continue;
        };
        met.insert(case.name.clone());
        let expected = known["facts"].as_u64();
        let same = expected == given.as_ref().ok().map(|n| *n as u64) && given != Ok(implied);
        if !same || known["reason"].as_str().is_none_or(str::is_empty) {
            wrong.push(format!("{}: {given:?} facts, {implied} published, known as {known}", case.name));
        }
    }
    wrong.extend(known.keys().filter(|name| !met.contains(*name)).map(|name| format!("{name}: there is no such case")));
    println!("{} outputs, {facts} facts, {} that are known to differ", cases.len(), known.len());
    assert!(wrong.is_empty(), "{} of {} outputs\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn an_interface_is_never_an_age_or_a_mac() {
    let Some((reader, cases)) = corpus() else { return };
    let mut seen = 0;
    for case in &cases {
        let reading = reader.read(&capture(case));
        let Some(kind) = reading.kind else { continue };
        for fact in &reading.facts {
            for (column, value) in kind.columns.iter().zip(&fact.values) {
                if let (ColumnKind::Interface, Value::Interface { seen: name, .. }) = (column.kind, value) {
                    seen += 1;
                    assert!(!is_age(name) && name.parse::<model::Mac>().is_err(), "{}: {name}", case.name);
                }
            }
        }
    }
    assert!(seen > 1000, "only {seen} names of interfaces");
}

/// `1d07h`, `3w2d`, `00:01:02`, `never`
fn is_age(text: &str) -> bool {
    let text = text.trim_end_matches(',');
    let clock = text.split(':').count() == 3 && text.split(':').all(|p| p.parse::<u32>().is_ok());
    let units = text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(['y', 'w', 'd', 'h', 'm', 's'])
        && text.chars().all(|c| c.is_ascii_digit() || "ywdhms".contains(c));
    clock || units || text == "never"
}

/// `None`, and a word about it, when the cases are not there.
fn corpus() -> Option<(Reader, Vec<Case>)> {
    let folder = Path::new("../../../shared/corpus");
    if !folder.is_dir() {
        assert!(std::env::var_os("CI").is_none(), "the corpus is not at {}", folder.display());
        eprintln!("SKIPPED: the corpus is not at {}", folder.display());
        return None;
    }
    let ours = Layer::new(Platforms::templates().chain(PLATFORMS.own_templates()));
    let library = Arc::new(Library::new(Arc::clone(Release::builtin()), ours, Layer::default()));
    let mut cases = Vec::new();
    for platform in PLATFORMS.all() {
        let of = platform.templates_of.as_deref().unwrap_or(&platform.name);
        for command in folders(&folder.join(of)) {
            let name = command.file_name().expect("a name").to_string_lossy().into_owned();
            for (capture_type, spec) in &platform.captures {
                let asked = name.replace('_', " ");
                if fact_kind(capture_type) && is_asked(&library, of, spec, &asked) {
                    cases.extend(outputs(&command).into_iter().map(|file| {
                        let stem = file.file_stem().expect("a name").to_string_lossy().into_owned();
                        let name = format!("{of}/{name}/{stem} {capture_type}");
                        Case { name, file, platform, capture_type, command: asked.clone() }
                    }));
                }
            }
        }
    }
    assert!(cases.len() > 100, "only {} cases were found", cases.len());
    Some((Reader { platforms: &PLATFORMS, library }, cases))
}

fn fact_kind(capture_type: &str) -> bool {
    PLATFORMS.capture_type(capture_type).is_some_and(|(_, t)| t.fact_kind().is_some())
}

/// The command itself, or one that the release has the same template for.
fn is_asked(library: &Library, of: &str, spec: &CaptureSpec, command: &str) -> bool {
    let read_by = |command: &str| match &spec.template {
        Some(template) => Some(vec![template.clone()]),
        None => library.lookup(of, command),
    };
    spec.commands.iter().any(|c| c == command || read_by(c).is_some_and(|t| Some(t) == library.lookup(of, command)))
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().map(|e| e.expect("an entry").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn outputs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == "raw")).collect();
    files.sort();
    files
}

fn capture(case: &Case) -> Capture {
    Capture {
        capture_type: case.capture_type.to_owned(),
        command: case.command.clone(),
        platform: case.platform.name.clone(),
        content: std::fs::read(&case.file).expect("a file"),
        completeness: Completeness::Complete,
    }
}

/// The facts that it gives; why not when it is not read, or a row was rejected.
fn given(reader: &Reader, case: &Case) -> Result<usize, String> {
    let reading = reader.read(&capture(case));
    match (reading.outcome, reading.rejected.first()) {
        (Outcome::NotParsed { reason }, _) => Err(reason),
        (_, Some(rejected)) => Err(format!("line {}: {}", rejected.line, rejected.reason)),
        _ => Ok(reading.facts.len()),
    }
}

/// As many as there are published rows, each unrolled; without those that the platform leaves out.
fn implied(case: &Case) -> usize {
    let text = std::fs::read_to_string(case.file.with_extension("yml")).expect("a file");
    let published: Json = serde_saphyr::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", case.name));
    let spec = &case.platform.captures[case.capture_type];
    let facts = |row: &Json| {
        let is_skipped = spec.skip.iter().any(|(field, pattern)| {
            let pattern = model::pattern::of(pattern).expect("a pattern");
            texts(row, field).is_some_and(|texts| match &texts[..] {
                [] => pattern.is_match(b""),
                texts => texts.iter().any(|text| pattern.is_match(text.as_bytes())),
            })
        });
        let unrolled = spec.explode.iter().filter_map(|field| Some(texts(row, field)?.len())).max();
        if is_skipped { 0 } else { unrolled.unwrap_or(1).max(1) }
    };
    published["parsed_sample"].as_array().into_iter().flatten().map(facts).sum()
}

/// A published field, one text or a list.
fn texts<'r>(row: &'r Json, field: &str) -> Option<Vec<&'r str>> {
    let text = |value: &'r Json| value.as_str().unwrap_or_default();
    match row.get(field.to_lowercase())? {
        Json::Array(list) => Some(list.iter().map(text).collect()),
        one => Some(vec![text(one)]),
    }
}
