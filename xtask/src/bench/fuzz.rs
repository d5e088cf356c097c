//! `cargo xtask bench fuzz`: every fuzz target of every crate, for some seconds each.
//!
//! A crate's targets are the files of `fuzz/fuzz_targets`; `fuzz/.cargo/config.toml` has a cargo alias for each.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use super::figure::{Figures, Want};
use crate::shell;

const SECONDS: u32 = 60;
/// Lines of what libFuzzer says that show what it found.
const SHOWN: usize = 25;

pub fn run(args: &[String]) -> anyhow::Result<()> {
    let seconds = match args {
        [] => SECONDS,
        [seconds] => seconds.parse().with_context(|| format!("`{seconds}` is no number of seconds"))?,
        _ => bail!("one number of seconds, for each target"),
    };
    let targets = targets()?;
    ensure!(!targets.is_empty(), "no crate has a folder fuzz/fuzz_targets");
    let mut figures = Figures::new("fuzz");
    let mut broken = Vec::new();
    for (folder, target) in &targets {
        match fuzz(folder, target, seconds) {
            Ok(inputs) => {
                figures.add(format!("{target}, inputs a second"), inputs / f64::from(seconds), "/s", Want::Nothing)
            }
            Err(error) => {
                eprintln!("{error:#}");
                broken.push(target.as_str());
            }
        }
    }
    figures.show_and_keep()?;
    ensure!(broken.is_empty(), "broken by an input, which is now a file of its seeds: {}", broken.join(", "));
    Ok(())
}

/// Folder and name of each target.
fn targets() -> anyhow::Result<Vec<(PathBuf, String)>> {
    let mut targets = Vec::new();
    for package in std::fs::read_dir(shell::root().join("crates"))? {
        let folder = package?.path().join("fuzz");
        let Ok(files) = std::fs::read_dir(folder.join("fuzz_targets")) else { continue };
        for file in files {
            let name = file?.path().file_stem().map(|name| name.to_string_lossy().into_owned());
            targets.extend(name.map(|name| (folder.clone(), name)));
        }
    }
    targets.sort();
    Ok(targets)
}

/// How many inputs were tried.
fn fuzz(folder: &Path, target: &str, seconds: u32) -> anyhow::Result<f64> {
    eprintln!("$ cargo {target} -max_total_time={seconds}   in {}", folder.display());
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.arg(target).arg(format!("-max_total_time={seconds}")).arg("-print_final_stats=1").current_dir(folder);
    let output = command.stdin(Stdio::null()).output().context("cannot start cargo")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let lines: Vec<&str> = said.lines().collect();
        bail!("{}\n{target} ended with {}", lines[lines.len().saturating_sub(SHOWN)..].join("\n"), output.status);
    }
    let count = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    count.and_then(|count| count.trim().parse().ok()).context("libFuzzer tells no number of inputs")
}
