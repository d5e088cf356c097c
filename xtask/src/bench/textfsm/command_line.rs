//! The published cases through the command line, a process for each: the rows, and what a process costs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::share;
use crate::bench::figure::{Figures, Want};
use crate::bench::usage;

/// A text up to this size is small.
const SMALL: usize = 4 << 10;

struct Case {
    raw: PathBuf,
    platform: String,
    command: String,
    published: Value,
    size: usize,
}

/// How a case is asked for: with the files of its templates, or by platform and command.
#[derive(Clone, Copy)]
enum Way {
    Template,
    Command,
}

struct Asked {
    right: u64,
    wrong: Vec<String>,
    /// CPU milliseconds of small texts.
    cpu_ms: Vec<f64>,
}

pub fn measure(velocity: &Path, corpus: &Path, figures: &mut Figures) -> anyhow::Result<()> {
    let cases = cases(corpus)?;
    let folder = std::env::temp_dir().join(format!("velocity-bench-templates-{}", std::process::id()));
    let program = Program { velocity, home: folder.join("home"), templates: folder.join("templates") };
    let done = program.export().and_then(|()| {
        [(Way::Template, "--template FILE"), (Way::Command, "--platform --command")]
            .into_iter()
            .try_for_each(|(way, flags)| ask(&program, &cases, way, flags, figures))
    });
    std::fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    done
}

fn ask(program: &Program<'_>, cases: &[Case], way: Way, flags: &str, figures: &mut Figures) -> anyhow::Result<()> {
    let mut asked = Asked { right: 0, wrong: Vec::new(), cpu_ms: Vec::new() };
    for case in cases {
        program.ask(case, way, &mut asked)?;
    }
    asked.wrong.iter().take(10).for_each(|wrong| eprintln!("    {wrong}"));
    let all = Want::AtLeast(100.0, 100.0);
    let name = format!("corpus through `velocity parse {flags}`, {} cases", cases.len());
    figures.add(name, share(asked.right, cases.len() as u64), "%", all);
    asked.cpu_ms.sort_by(f64::total_cmp);
    let median = asked.cpu_ms[asked.cpu_ms.len() / 2];
    let name = format!("`velocity parse {flags}` of a small text, CPU of the process");
    figures.add(name, median, "ms", Want::AtMost(5.0, 2.0));
    figures
        .detail(&format!("velocity parse {flags}"), json!({ "wrong": asked.wrong, "cpu_ms_of_small": asked.cpu_ms }));
    Ok(())
}

struct Program<'v> {
    velocity: &'v Path,
    /// A data directory that is not there.
    home: PathBuf,
    templates: PathBuf,
}

impl Program<'_> {
    fn command(&self) -> Command {
        let mut command = Command::new(self.velocity);
        command.env("VELOCITY_HOME", &self.home);
        command
    }

    fn export(&self) -> anyhow::Result<()> {
        let export = ["templates", "export"];
        let status = self.command().args(export).arg(&self.templates).stdout(Stdio::null()).status()?;
        ensure!(status.success(), "`velocity templates export` ended with {status}");
        Ok(())
    }

    fn ask(&self, case: &Case, way: Way, asked: &mut Asked) -> anyhow::Result<()> {
        let mut command = self.command();
        command.arg("parse").arg(&case.raw).arg("--json").stderr(Stdio::null());
        match way {
            Way::Command => drop(command.args(["--platform", &case.platform, "--command", &case.command])),
            Way::Template => {
                for template in self.templates_of(case)? {
                    command.arg("--template").arg(template);
                }
            }
        }
        let ran = usage::run(&mut command, "")?;
        let rows: Option<Value> = serde_json::from_slice(&ran.stdout).ok();
        if ran.status.success() && rows.as_ref() == Some(&case.published) {
            asked.right += 1;
        } else {
            let why = if ran.status.success() { "other rows".to_owned() } else { ran.status.to_string() };
            asked.wrong.push(format!("{}: {why}", case.raw.display()));
        }
        if case.size <= SMALL {
            asked.cpu_ms.push(ran.cpu_seconds * 1e3);
        }
        Ok(())
    }

    /// What the index has for the command, as files.
    fn templates_of(&self, case: &Case) -> anyhow::Result<Vec<PathBuf>> {
        let args = ["templates", "list", "--json", "--platform", &case.platform, "--command", &case.command];
        let output = self.command().args(args).output()?;
        ensure!(output.status.success(), "no template for {}", case.raw.display());
        let found: Vec<BTreeMap<String, Value>> = serde_json::from_slice(&output.stdout)?;
        let file = |view: &BTreeMap<String, Value>| {
            self.templates.join(format!("{}.textfsm", view["name"].as_str().unwrap_or_default()))
        };
        Ok(found.iter().map(file).collect())
    }
}

fn cases(corpus: &Path) -> anyhow::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for platform in folders(corpus)? {
        for command in folders(&platform)? {
            for raw in entries(&command)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "raw")) {
                let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let published = std::fs::read_to_string(raw.with_extension("yml"))?;
                let mut published: BTreeMap<String, Value> =
                    serde_saphyr::from_str(&published).with_context(|| raw.display().to_string())?;
                let published = published.remove("parsed_sample").context("no parsed_sample")?;
                let size = usize::try_from(std::fs::metadata(&raw)?.len())?;
                let command = name(&command).replace('_', " ");
                cases.push(Case { raw, platform: name(&platform), command, published, size });
            }
        }
    }
    Ok(cases)
}

fn folders(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    Ok(entries(path)?.into_iter().filter(|path| path.is_dir()).collect())
}

fn entries(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = std::fs::read_dir(path)?.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}
