//! Every platform is known by what it answers, and by none of what others answer.
//!
//! Each question of a platform's fingerprint is answered by one of its recorded cases: `cases/<type>/output.txt`, or
//! `cases/fingerprint[_<what>]/output.txt` where the answer is no capture type.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use discovery::Signatures;
use model::{Platform, Platforms};

/// The folder as it is now, without a new build of all that embeds it.
fn platforms() -> &'static Platforms {
    static FOLDER: LazyLock<Platforms> =
        LazyLock::new(|| Platforms::builtin().with_folder(Path::new("../../platforms")).expect("valid platforms"));
    &FOLDER
}

fn signatures() -> Signatures {
    Signatures::of(platforms())
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten().map(|e| e.path());
    let mut all: Vec<PathBuf> = entries.filter(|p| p.is_dir()).collect();
    all.sort();
    all
}

/// What the platform said in its cases, by folder.
fn recorded(platform: &Platform) -> Vec<(PathBuf, String)> {
    let cases = folders(&Path::new("../../platforms").join(&platform.name).join("cases"));
    let text = |case: PathBuf| Some((case.clone(), fs::read_to_string(case.join("output.txt")).ok()?));
    cases.into_iter().filter_map(text).collect()
}

fn names(signatures: &Signatures, command: &str, text: &str) -> Vec<String> {
    signatures.answer(command, text).map(|p| p.name.clone()).collect()
}

#[test]
fn every_question_has_an_answer_on_record() {
    let signatures = signatures();
    for platform in platforms().all() {
        let texts = recorded(platform);
        for question in &platform.fingerprint {
            let known =
                |(_, text): &(PathBuf, String)| names(&signatures, &question.command, text) == [&*platform.name];
            assert!(texts.iter().any(known), "{}: no case answers `{}` as expected", platform.name, question.command);
        }
    }
}

#[test]
fn no_platform_takes_what_another_said_for_its_own() {
    let signatures = signatures();
    let questions = signatures.questions("");
    for platform in platforms().all() {
        for (case, text) in recorded(platform) {
            // A neighbour table and a configuration name other systems; nobody asks for them to know the platform.
            let case = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !["version", "chassis", "inventory", "fingerprint"].iter().any(|t| case.starts_with(t)) {
                continue;
            }
            for command in &questions {
                let others = names(&signatures, command, &text).into_iter().filter(|name| *name != platform.name);
                assert_eq!(others.collect::<Vec<_>>(), [""; 0], "{} {case}: {command}", platform.name);
            }
        }
    }
}

#[test]
fn a_greeting_puts_its_own_questions_first() {
    let signatures = signatures();
    let first = |greeting| signatures.questions(greeting)[0];
    assert_eq!(first(""), "show version");
    assert_eq!(first("SSH-2.0-OpenSSH_9.2\n\n<osl-agg1>"), "display version");
    assert_eq!(first("SSH-2.0-ROSSSH\n\n[admin@osl-cpe1] >"), "system resource print");
    let (all, some) = (signatures.questions("").len(), signatures.questions("SSH-2.0-ROSSSH").len());
    assert_eq!(all, some, "each question is asked once, whatever the order");
}

/// Real outputs of many systems lie beside the project, in `../shared/corpus` of its root; they are no part of it.
#[test]
fn real_answers_are_known_for_what_they_are() {
    let corpus = Path::new("../../../shared/corpus");
    let signatures = signatures();
    let questions = signatures.questions("");
    let mut right: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut foreign = 0;
    for folder in folders(corpus) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let own = platforms().get(&name).map(|p| p.name.as_str());
        for command in &questions {
            let answers = fs::read_dir(folder.join(command.replace(' ', "_"))).into_iter().flatten().flatten();
            for file in answers.map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "raw")) {
                let text = String::from_utf8_lossy(&fs::read(&file).expect("readable")).into_owned();
                let known = names(&signatures, command, &text);
                assert!(known.iter().all(|k| Some(k.as_str()) == own), "{}: {known:?}", file.display());
                let Some(own) = own else {
                    foreign += 1;
                    continue;
                };
                let (good, all) = right.entry(format!("{own} `{command}`")).or_default();
                *good += u32::from(!known.is_empty());
                *all += 1;
                if known.is_empty() {
                    println!("not known: {}", file.display());
                }
            }
        }
    }
    for (what, (good, all)) in &right {
        println!("{what}: {good} of {all}");
    }
    println!("{foreign} answers of other systems were known as none of ours");
}
