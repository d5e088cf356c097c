//! `cargo xtask bench jobs`: a thousand runs over ten thousand devices in the queue, without a network: pieces handed out and
//! settled per second, CPU for each, and how long the run that waits longest waits.

use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;
use testpg::Server;

use crate::shell;

const USAGE: &str = "cargo xtask bench jobs [--quick]";

/// Runs, devices, devices of each run.
const WHOLE: [usize; 3] = [1_000, 10_000, 100];
const QUICK: [usize; 3] = [200, 2_000, 20];
const WORKERS: usize = 4;

pub fn run(args: &[String]) -> anyhow::Result<()> {
    ensure!(args.iter().all(|arg| arg == "--quick"), USAGE);
    let size = if args.is_empty() { WHOLE } else { QUICK };
    shell::cargo(&["build", "--quiet", "--release", "--package", "app", "--example", "jobs_bench"], &[])?;
    let folder = shell::target().join(format!("bench/jobs-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("velocity.db").display().to_string();
    let server = Server::start().context("no PostgreSQL")?;
    println!(
        "{} runs of {} devices each, of {} devices; {WORKERS} workers that visit nothing",
        size[0], size[2], size[1]
    );
    println!("{:<12} {:>10} {:>12} {:>14} {:>18}", "database", "pieces", "pieces/s", "CPU us/piece", "longest wait s");
    for (name, url) in [("SQLite", file.as_str()), ("PostgreSQL", server.url())] {
        let said = measure(url, &size)?;
        let number = |key: &str| said[key].as_f64().with_context(|| format!("no {key}"));
        let all = size[0] * size[2];
        ensure!(number("pieces")? as usize == all, "{name}: not each piece was handed out once: {said}");
        ensure!(number("runs_served")? as usize == size[0] && number("runs_left_open")? == 0.0, "{name}: {said}");
        println!(
            "{name:<12} {:>10} {:>12.0} {:>14.0} {:>18.1}",
            all,
            number("pieces_per_second")?,
            number("cpu_us_per_piece")?,
            number("longest_wait_seconds")?
        );
    }
    Ok(std::fs::remove_dir_all(folder)?)
}

fn measure(url: &str, size: &[usize; 3]) -> anyhow::Result<Value> {
    let program = shell::target().join("release/examples/jobs_bench");
    let output = Command::new(program).arg(url).args(size.iter().chain([&WORKERS]).map(usize::to_string)).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}
