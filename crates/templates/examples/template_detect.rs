//! How often detection finds the template that the index names, for each platform, and how long it takes.
//!
//! `template_detect CORPUS [-v]`: texts are `PLATFORM/COMMAND/*.raw` below it. Prints JSON; `-v` tells the misses on
//! standard error. Times are CPU time, warm.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, io};

use cpu_time::ThreadTime;
use serde_json::{Value, json};
use templates::{Candidate, Library};

/// Confidence from which a candidate is said to be sure.
const SURE: f64 = 0.9;

struct Case {
    path: PathBuf,
    platform: String,
    command: String,
    text: String,
    wanted: Vec<String>,
}

/// What is known besides the text.
#[derive(Clone, Copy)]
struct Hints {
    name: &'static str,
    platform: bool,
    command: bool,
}

const HINTS: [Hints; 3] = [
    Hints { name: "no hint", platform: false, command: false },
    Hints { name: "platform", platform: true, command: false },
    Hints { name: "command and platform", platform: true, command: true },
];

#[derive(Default)]
struct Score {
    times: Vec<Duration>,
    cases: usize,
    right: usize,
    among_three: usize,
    sure: usize,
    sure_and_right: usize,
    /// Cases and hits.
    platforms: BTreeMap<String, (usize, usize)>,
}

fn main() -> io::Result<()> {
    let corpus = env::args().nth(1).unwrap_or_default();
    let verbose = env::args().nth(2).is_some();
    let library = Library::builtin();
    let cases = cases(library, Path::new(&corpus))?;
    let lookups = lookups(library, &cases);
    let detection: Vec<Value> =
        HINTS.iter().map(|hints| score(library, &cases, *hints, verbose).json(*hints)).collect();
    println!("{}", json!({ "lookups": lookups, "detection": detection }));
    Ok(())
}

fn cases(library: &Library, corpus: &Path) -> io::Result<Vec<Case>> {
    let mut paths = Vec::new();
    walk(corpus, &mut paths)?;
    let case = |path: PathBuf| {
        let name = |up: usize| path.ancestors().nth(up).and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let (platform, command) = (name(2).into_owned(), name(1).replace('_', " "));
        let wanted = library.lookup(&platform, &command).unwrap_or_default();
        let text = fs::read_to_string(&path)?;
        Ok(Case { platform, command, text, wanted, path })
    };
    paths.into_iter().map(case).collect()
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) -> io::Result<()> {
    let paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, out)?;
        } else if path.extension().is_some_and(|end| end == "raw") {
            out.push(path);
        }
    }
    Ok(())
}

/// Twice over all: the first time warms.
fn score(library: &Library, cases: &[Case], hints: Hints, verbose: bool) -> Score {
    let ask = |case: &Case| {
        let platform = Some(&*case.platform).filter(|_| hints.platform);
        let command = Some(&*case.command).filter(|_| hints.command);
        library.detect(&case.text, platform, command, 3)
    };
    cases.iter().for_each(|case| drop(ask(case)));
    let mut score = Score::default();
    for case in cases {
        let start = ThreadTime::now();
        let found = ask(case);
        score.times.push(start.elapsed());
        let hit = score.add(case, &found);
        if verbose && !hit {
            tell(case, hints, &found);
        }
    }
    score.times.sort();
    score
}

fn tell(case: &Case, hints: Hints, found: &[Candidate]) {
    let found = found.iter().map(|c| format!("{} {:.0} {}/{} r{}", c.template, c.score, c.read, c.lines, c.records));
    let file = case.path.file_name().unwrap_or_default().to_string_lossy();
    eprintln!("{}: {:?} {file} -> {}", hints.name, case.wanted, found.collect::<Vec<_>>().join(", "));
}

impl Score {
    fn add(&mut self, case: &Case, found: &[Candidate]) -> bool {
        let is_right = |candidate: &Candidate| case.wanted.contains(&candidate.template);
        let hit = found.first().is_some_and(is_right);
        let sure = found.first().is_some_and(|best| best.confidence >= SURE);
        self.cases += 1;
        self.right += usize::from(hit);
        self.among_three += usize::from(found.iter().any(is_right));
        self.sure += usize::from(sure);
        self.sure_and_right += usize::from(sure && hit);
        let (cases, hits) = self.platforms.entry(case.platform.clone()).or_default();
        *cases += 1;
        *hits += usize::from(hit);
        hit
    }

    fn json(&self, hints: Hints) -> Value {
        let percent = |count: usize, of: usize| 100.0 * count as f64 / of.max(1) as f64;
        let at = |part: f64| self.times[((self.times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
        let platform = |(name, (cases, hits)): (&String, &(usize, usize))| {
            (name.clone(), json!({ "cases": cases, "right": hits, "percent": percent(*hits, *cases) }))
        };
        let platforms: serde_json::Map<String, Value> = self.platforms.iter().map(platform).collect();
        json!({
            "hints": hints.name, "cases": self.cases,
            "top_1_percent": percent(self.right, self.cases), "top_3_percent": percent(self.among_three, self.cases),
            "p50_ms": at(0.5), "p99_ms": at(0.99),
            "sure": self.sure, "right_when_sure_percent": percent(self.sure_and_right, self.sure),
            "platforms": platforms,
        })
    }
}

/// What a look-up in the index takes on average, warm.
fn lookups(library: &Library, cases: &[Case]) -> Value {
    const ROUNDS: u32 = 10;
    let ask = || cases.iter().filter(|case| library.lookup(&case.platform, &case.command).is_some()).count();
    let found = ask();
    let start = ThreadTime::now();
    (0..ROUNDS).for_each(|_| {
        std::hint::black_box(ask());
    });
    let each = start.elapsed() / (ROUNDS * cases.len() as u32).max(1);
    json!({ "asked": cases.len(), "found": found, "ns": each.as_nanos() as u64 })
}
