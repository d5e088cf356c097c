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
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
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

/// What may stand anywhere in a table when a line is cut, wrapped or of a release that nobody knows.
const STRANGE: &[&str] = &[
    "1d07h",
    "3w2d,",
    "00:01:02",
    "never",
    "0050.5630.4134",
    "00:50:56:30:41:34",
    "10.0.0.1",
    "-1",
    "4095",
    "*",
    "-",
    "Gi1/0/1",
    "\u{1b}[2J",
    "99999999999999999999",
];

/// A change of one line: which one, which word of it, and what becomes of it.
#[derive(Debug, Clone)]
enum Harm {
    Without,
    Twice,
    Strange(usize),
    SwappedWithNext,
    CutThere,
}

fn harm() -> impl Strategy<Value = Harm> + Clone {
    prop_oneof![
        Just(Harm::Without),
        Just(Harm::Twice),
        (0..STRANGE.len()).prop_map(Harm::Strange),
        Just(Harm::SwappedWithNext),
        Just(Harm::CutThere),
    ]
}

/// Words keep the blanks before them, so that columns stay where they are as far as they can.
fn harmed(line: &str, at: prop::sample::Index, harm: &Harm) -> String {
    let mut words: Vec<String> = Vec::new();
    for c in line.chars() {
        match words.last_mut() {
            Some(word) if c != ' ' || word.ends_with(' ') => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    if words.is_empty() {
        return String::new();
    }
    let n = at.index(words.len());
    match harm {
        Harm::Without => drop(words.remove(n)),
        Harm::Twice => words.insert(n, words[n].clone()),
        Harm::Strange(with) => words[n] = format!(" {}", STRANGE[*with]),
        Harm::SwappedWithNext if n + 1 < words.len() => words.swap(n, n + 1),
        Harm::SwappedWithNext => {}
        Harm::CutThere => words.truncate(n),
    }
    words.concat()
}

/// No value of a fact is of another grammar than its column.
fn check_grammar(reading: &ingest::Reading, what: &str) -> Result<(), TestCaseError> {
    let Some(kind) = reading.kind else { return Ok(()) };
    for fact in &reading.facts {
        for (column, value) in kind.columns.iter().zip(&fact.values) {
            let of_its_kind = match (column.kind, value) {
                (_, Value::Null) => !column.required,
                (ColumnKind::Interface, Value::Interface { name, seen }) => {
                    let is_mac = |text: &str| text.parse::<model::Mac>().is_ok();
                    let is_address = |text: &str| text.parse::<std::net::IpAddr>().is_ok();
                    ![name, seen].into_iter().any(|text| is_age(text) || is_mac(text) || is_address(text))
                }
                (ColumnKind::Mac, Value::Mac(_)) | (ColumnKind::Ip, Value::Ip(_)) => true,
                (ColumnKind::Prefix, Value::Prefix(net)) => *net == net.trunc(),
                (ColumnKind::Vlan, Value::Int(n)) => (0..=4095).contains(n),
                (ColumnKind::Vlans, Value::Text(set)) => model::vlans::canonical(set).as_ref() == Some(set),
                (ColumnKind::Int | ColumnKind::Asn, Value::Int(_)) | (ColumnKind::Text, Value::Text(_)) => true,
                _ => false,
            };
            prop_assert!(of_its_kind, "{what}: {} {} {value:?}", kind.name, column.name);
        }
    }
    Ok(())
}

#[test]
fn whatever_becomes_of_a_line_no_column_holds_what_is_of_another_grammar() {
    let Some((reader, cases)) = corpus() else { return };
    for case in &cases {
        check_grammar(&reader.read(&capture(case)), &case.name).expect("as it was published");
    }
    let places = prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), harm()), 1..8);
    let config = ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(which: prop::sample::Index, places in places)| {
        let case = &cases[which.index(cases.len())];
        let mut capture = capture(case);
        let text = String::from_utf8_lossy(&capture.content).into_owned();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        prop_assume!(!lines.is_empty() && lines.len() < 2000);
        for (line, word, harm) in &places {
            let n = line.index(lines.len());
            lines[n] = harmed(&lines[n], *word, harm);
        }
        capture.content = lines.join("\n").into_bytes();
        check_grammar(&reader.read(&capture), &case.name)?;
    });
}

/// What each of the four first vendors is asked for each capture type, how it is read, and what it gives; or why not.
#[test]
fn each_capture_type_of_the_first_vendors_is_asked_read_and_loaded_or_says_why_not() {
    let ours = Layer::new(Platforms::templates().chain(PLATFORMS.own_templates()));
    let library = Library::new(Arc::clone(Release::builtin()), ours, Layer::default());
    let (mut wrong, mut asked, mut without) = (Vec::new(), 0, 0);
    for name in ["cisco_ios", "cisco_nxos", "arista_eos", "juniper_junos"] {
        let platform = PLATFORMS.get(name).expect("a platform");
        let of = platform.templates_of.as_deref().unwrap_or(name);
        // Those of SNMP are walked, not asked on a command line.
        let types: Vec<&str> =
            PLATFORMS.capture_types().filter(|(_, ty)| ty.snmp.is_empty()).map(|(ty, _)| ty).collect();
        assert!(types.len() >= 26, "{types:?}");
        for ty in types {
            let why = match (platform.captures.get(ty), platform.without.get(ty)) {
                (None, Some(reason)) if !reason.trim().is_empty() => {
                    without += 1;
                    continue;
                }
                (None, _) => "is not asked, and nothing says why",
                (Some(_), Some(_)) => "is asked, and is said not to be",
                (Some(spec), None) if spec.commands.is_empty() => "has no command",
                (Some(spec), None) if fact_kind(ty) => {
                    let named = spec.template.as_ref().map(|t| vec![t.clone()]);
                    let read_by = |command: &String| named.clone().or_else(|| library.lookup(of, command));
                    match spec.commands.iter().all(|command| read_by(command).is_some()) {
                        true => {
                            asked += 1;
                            continue;
                        }
                        false => "has a command that no template reads",
                    }
                }
                (Some(_), None) => {
                    asked += 1;
                    continue;
                }
            };
            wrong.push(format!("{name} {ty} {why}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{asked} are asked, {without} are said not to be");
}
