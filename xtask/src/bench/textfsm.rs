//! `cargo xtask bench textfsm`: how exact and how fast templates read, beside Python's textfsm and two Rust crates.
//!
//! All in one run, so that ratios of CPU time mean something on a machine that does other things too.

mod command_line;
mod programs;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use super::figure::{Figures, Want};
use crate::shell;
use programs::Programs;

const USAGE: &str = "cargo xtask bench textfsm [--quick]";

/// How much of everything.
struct Plan {
    /// Random pairs of template and text, and generated templates, that are compared with Python.
    foreign: u32,
    made: u32,
    /// Size of each table.
    megabytes: u32,
    peers: bool,
}

const FULL: Plan = Plan { foreign: 20_000, made: 5_000, megabytes: 50, peers: true };
const QUICK: Plan = Plan { foreign: 2_000, made: 500, megabytes: 2, peers: false };

pub fn run(args: &[String]) -> anyhow::Result<()> {
    let quick = args.iter().any(|arg| arg == "--quick");
    ensure!(args.iter().all(|arg| arg == "--quick"), USAGE);
    let corpus = corpus()?;
    let programs = Programs::build(!quick)?;
    let mut figures = Figures::new("textfsm");
    let done = measure(if quick { &QUICK } else { &FULL }, &programs, &corpus, &mut figures);
    // What was measured until a failure took long enough to be kept.
    figures.show_and_keep().and(done)
}

/// The published cases lie beside the project; they are no part of it.
fn corpus() -> anyhow::Result<PathBuf> {
    let folder = shell::root().join("../shared/corpus");
    folder.canonicalize().with_context(|| format!("the published cases are not at {}", folder.display()))
}

fn measure(plan: &Plan, programs: &Programs, corpus: &Path, figures: &mut Figures) -> anyhow::Result<()> {
    exact(plan, programs, corpus, figures)?;
    command_line::measure(&programs.velocity, corpus, figures)?;
    speed(plan, programs, corpus, figures)?;
    pairs(programs, corpus, figures)?;
    detection(programs, corpus, figures)
}

/// Rows as they are published, and as Python gives them.
fn exact(plan: &Plan, programs: &Programs, corpus: &Path, figures: &mut Figures) -> anyhow::Result<()> {
    let all = Want::AtLeast(100.0, 100.0);
    let library = shell::cargo(&["test", "--quiet", "--release", "--package", "templates", "--test", "corpus"], &[]);
    figures.add("corpus through the library, cases as published", share(u64::from(library.is_ok()), 1), "%", all);
    for (mode, count) in [("foreign", plan.foreign), ("made", plan.made)] {
        let said = programs.differential(mode, count, corpus)?;
        let (cases, differ) = (number(&said, "cases")?, number(&said, "differ")?);
        let name = format!("rows as Python's, {cases} {mode} pairs");
        figures.add(name, share(cases as u64 - differ as u64, cases as u64), "%", all);
        figures.detail(&format!("differential {mode}"), said);
    }
    Ok(())
}

/// CPU time of the others over ours.
fn speed(plan: &Plan, programs: &Programs, corpus: &Path, figures: &mut Figures) -> anyhow::Result<()> {
    let corpus = corpus.to_string_lossy();
    for said in programs.bench("corpus", &corpus, plan.peers)? {
        let times = said["times_as_long"].as_object().context("no ratios")?;
        for (peer, ratio) in times {
            let want = if peer == "python" { Want::AtLeast(9.0, 15.0) } else { Want::AtLeast(3.0, 5.0) };
            figures.add(format!("parse only, corpus, against {peer}"), number(ratio, "warm")?, "x", want);
        }
        figures.detail("parse only", said);
    }
    for said in programs.bench("cold", &corpus, false)? {
        let ratio = number(&said["times_as_long"]["python"], "cold")?;
        let name = "compile all templates and parse the corpus once, against python";
        figures.add(name, ratio, "x", Want::AtLeast(3.5, 8.0));
        figures.detail("cold", said);
    }
    for said in programs.bench("tables", &plan.megabytes.to_string(), false)? {
        let title = said["set"].as_str().unwrap_or_default().to_owned();
        let ratio = number(&said["times_as_long"]["python"], "warm")?;
        let name = format!("{} MB of {title}, against python", plan.megabytes);
        figures.add(name, ratio, "x", Want::AtLeast(18.0, 35.0));
        figures.detail(&title, said);
    }
    Ok(())
}

fn pairs(programs: &Programs, corpus: &Path, figures: &mut Figures) -> anyhow::Result<()> {
    let said = programs.example("template_pairs", corpus)?;
    let name = format!("the slowest of {} pairs of any template and any text", said["pairs"]);
    figures.add(name, number(&said["slowest"][0], "ms")?, "ms", Want::AtMost(50.0, 10.0));
    figures.add("pairs given up as too hard", number(&said, "too_hard")?, "", Want::AtMost(0.0, 0.0));
    if let Ok(memory) = number(&said["memory"], "all_warm_mib") {
        figures.add("memory with all templates warm", memory, "MiB", Want::Nothing);
    }
    figures.detail("pairs", said);
    Ok(())
}

fn detection(programs: &Programs, corpus: &Path, figures: &mut Figures) -> anyhow::Result<()> {
    let said = programs.example("template_detect", corpus)?;
    let lookups = &said["lookups"];
    let found = share(number(lookups, "found")? as u64, number(lookups, "asked")? as u64);
    figures.add("index look-ups that find a template", found, "%", Want::AtLeast(100.0, 100.0));
    figures.add("one look-up", number(lookups, "ns")? / 1e3, "µs", Want::AtMost(5.0, 1.0));
    let wanted = [(93.0, 95.0), (97.5, 98.5), (98.5, 99.0)];
    let levels = said["detection"].as_array().context("no detection")?;
    for (level, (must, aim)) in levels.iter().zip(wanted) {
        let name = format!("detection, top 1, {}", level["hints"].as_str().unwrap_or_default());
        figures.add(name, number(level, "top_1_percent")?, "%", Want::AtLeast(must, aim));
    }
    // Without a hint all templates are asked.
    let all = levels.first().context("no detection")?;
    figures.add("one detection, p50", number(all, "p50_ms")?, "ms", Want::AtMost(4.0, 1.0));
    figures.add("one detection, p99", number(all, "p99_ms")?, "ms", Want::AtMost(20.0, 5.0));
    platforms(levels);
    figures.detail("detection", said);
    Ok(())
}

/// Top 1 for each platform: a platform that is always taken for another would drown in the sum.
fn platforms(levels: &[Value]) {
    let Some(names) = levels.first().and_then(|level| level["platforms"].as_object()) else { return };
    let title = |level: &Value| level["hints"].as_str().unwrap_or_default().to_owned();
    let titles: Vec<String> = levels.iter().map(|level| format!("{:>22}", title(level))).collect();
    println!("\n{:<26} {:>5}{}", "detection, top 1", "cases", titles.concat());
    for (name, first) in names {
        let percent = |level: &Value| level["platforms"][name]["percent"].as_f64().unwrap_or(0.0);
        let cells: Vec<String> = levels.iter().map(|level| format!("{:>20.1} %", percent(level))).collect();
        println!("{name:<26} {:>5}{}", first["cases"], cells.concat());
    }
}

fn share(part: u64, whole: u64) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn number(value: &Value, key: &str) -> anyhow::Result<f64> {
    match value[key].as_f64() {
        Some(number) => Ok(number),
        None => bail!("the program tells no `{key}`"),
    }
}
