//! What a program costs: time, CPU and memory of it alone.

use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// How often the peak of the memory is read; the kernel keeps it, so only its last growth can be missed.
const SAMPLED: Duration = Duration::from_millis(5);

pub struct Ran {
    pub status: ExitStatus,
    pub stdout: Vec<u8>,
    pub seconds: f64,
    pub cpu_seconds: f64,
    /// Where the machine tells it.
    pub peak_mib: Option<f64>,
}

/// Runs it to its end with something on its standard input. One at a time: CPU is counted over all that ended.
pub fn run(command: &mut Command, input: &str) -> anyhow::Result<Ran> {
    let (began, cpu) = (Instant::now(), cpu_of_children()?);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    child.stdin.take().context("no standard input")?.write_all(input.as_bytes())?;
    let peak = thread::spawn({
        let status = format!("/proc/{}/status", child.id());
        move || peak_mib(&status)
    });
    let stdout = all_of(&mut child)?;
    let status = child.wait()?;
    let seconds = began.elapsed().as_secs_f64();
    let cpu_seconds = cpu_of_children()? - cpu;
    let peak_mib = peak.join().ok().flatten();
    Ok(Ran { status, stdout, seconds, cpu_seconds, peak_mib })
}

fn all_of(child: &mut Child) -> anyhow::Result<Vec<u8>> {
    let mut stdout = Vec::new();
    child.stdout.take().context("no standard output")?.read_to_end(&mut stdout)?;
    Ok(stdout)
}

/// User and system time of all children that have ended.
fn cpu_of_children() -> anyhow::Result<f64> {
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = used.user_time().num_microseconds() + used.system_time().num_microseconds();
    Ok(micros as f64 / 1e6)
}

/// Reads the high-water mark until the process is gone.
fn peak_mib(status: &str) -> Option<f64> {
    let mut peak = None;
    while let Some(now) = high_water(status) {
        peak = Some(now);
        thread::sleep(SAMPLED);
    }
    peak
}

fn high_water(status: &str) -> Option<f64> {
    let text = std::fs::read_to_string(status).ok()?;
    let kib = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    kib.split_whitespace().next()?.parse().ok().map(|kib: f64| kib / 1024.0)
}
