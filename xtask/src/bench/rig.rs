//! A lab, and the product run on it from a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::usage::{self, Ran};

/// Five commands on every platform.
pub const FIVE: &str = "version,arp,mac,interfaces,routes";
/// All that the ground truth can be compared with.
pub const EVERYTHING: &str = "all";
/// Some devices failed; the report says which.
const PARTIAL: i32 = 3;

pub struct Rig {
    pub devices: usize,
    seed: u64,
    pub info: Value,
    velocity: PathBuf,
    folder: PathBuf,
    homes: AtomicUsize,
}

/// A data directory, and the lab that it is filled from.
pub struct Home<'r> {
    rig: &'r Rig,
    path: PathBuf,
}

impl Rig {
    pub fn up(velocity: &Path, devices: usize, seed: u64, latency_ms: u64) -> anyhow::Result<Rig> {
        Self::up_with(velocity, devices, seed, latency_ms, &[])
    }

    /// With more flags of `velocity lab up`.
    pub fn up_with(
        velocity: &Path,
        devices: usize,
        seed: u64,
        latency_ms: u64,
        flags: &[String],
    ) -> anyhow::Result<Rig> {
        eprintln!("lab of {devices} devices, random seed {seed}, {latency_ms} ms a command");
        let folder = std::env::temp_dir().join(format!("velocity-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let homes = AtomicUsize::new(0);
        let mut rig = Rig { devices, seed, info: Value::Null, velocity: velocity.to_path_buf(), folder, homes };
        let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
        rig.launch(latency_ms, &flags)?;
        Ok(rig)
    }

    /// The same network again, where a command takes another time: what a home knows of it stays true.
    pub fn relaunch(&mut self, latency_ms: u64) -> anyhow::Result<()> {
        eprintln!("the same with {latency_ms} ms a command");
        self.down()?;
        let (base, port) = (self.text("base")?.to_owned(), self.info["port"].to_string());
        self.launch(latency_ms, &["--base", &base, "--port", &port])
    }

    fn launch(&mut self, latency_ms: u64, place: &[&str]) -> anyhow::Result<()> {
        let (devices, seed, latency) = (self.devices.to_string(), self.seed.to_string(), latency_ms.to_string());
        let up = ["lab", "up", "--devices", &devices, "--seed", &seed, "--latency", &latency, "--json", "--state"];
        let mut command = self.command(&up, &self.folder);
        let output = command.arg(self.state()).args(place).stderr(Stdio::inherit()).output()?;
        ensure!(output.status.success(), "the lab did not start: {}", output.status);
        self.info = serde_json::from_slice(&output.stdout)?;
        Ok(())
    }

    fn down(&self) -> std::io::Result<()> {
        self.command(&["lab", "down", "--state"], &self.folder).arg(self.state()).output().map(drop)
    }

    /// A new one, that knows nothing yet.
    pub fn home(&self) -> anyhow::Result<Home<'_>> {
        let path = self.folder.join(format!("home-{}", self.homes.fetch_add(1, Ordering::Relaxed)));
        let status = self.command(&["init"], &path).stdout(Stdio::null()).status()?;
        ensure!(status.success(), "`velocity init` ended with {status}");
        Ok(Home { rig: self, path })
    }

    /// One that was filled before the network was launched again.
    pub fn reopen(&self, path: PathBuf) -> Home<'_> {
        Home { rig: self, path }
    }

    /// Gone with the lab.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn text(&self, key: &str) -> anyhow::Result<&str> {
        self.info[key].as_str().with_context(|| format!("the lab tells no `{key}`"))
    }

    pub fn state(&self) -> PathBuf {
        self.folder.join("lab")
    }

    fn command(&self, args: &[&str], home: &Path) -> Command {
        let mut command = Command::new(&self.velocity);
        command.args(args).env("VELOCITY_HOME", home);
        command
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        // It may not have come up.
        let down = self.down();
        let gone = std::fs::remove_dir_all(&self.folder);
        if let Some(error) = down.err().or(gone.err()) {
            eprintln!("cannot clear away the lab: {error}");
        }
    }
}

impl Home<'_> {
    /// To open it again.
    pub fn close(self) -> PathBuf {
        self.path
    }

    pub fn discover(&self, at_once: usize) -> anyhow::Result<Ran> {
        let (seed, user) = (self.rig.text("seed")?, self.rig.text("username")?);
        self.run(&["discover", seed, "--user", user], at_once, self.rig.devices)
    }

    /// The product in this home, with these arguments.
    pub fn command(&self, args: &[&str]) -> Command {
        self.rig.command(args, &self.path)
    }

    /// The same with the vault open: its password opens nothing else.
    pub fn opened(&self, args: &[&str]) -> Command {
        let mut command = self.command(args);
        command.env("VELOCITY_VAULT_PASS", "a-vault-for-a-benchmark");
        command
    }

    /// The same, and nothing is saved.
    pub fn crawl(&self, at_once: usize) -> anyhow::Result<Ran> {
        let (seed, user) = (self.rig.text("seed")?, self.rig.text("username")?);
        self.run(&["discover", seed, "--user", user, "--dry-run"], at_once, self.rig.devices)
    }

    pub fn capture(&self, at_once: usize, types: &str, limit: usize, save: bool) -> anyhow::Result<Ran> {
        let of = limit.to_string();
        let kept = if save { &[][..] } else { &["--no-save"] };
        let args = [&["capture", "--devices", "all", "--types", types, "--limit", &of], kept].concat();
        self.run(&args, at_once, limit)
    }

    /// Runs a command that may fail on some devices, with the vault open; gives its JSON, if that is what it prints.
    pub fn tell(&self, args: &[&str]) -> anyhow::Result<Value> {
        let output = self.opened(args).output()?;
        let is_done = output.status.success() || output.status.code() == Some(PARTIAL);
        let said = || String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(is_done, "`velocity {}` ended with {}: {}", args.join(" "), output.status, said());
        Ok(serde_json::from_slice(&output.stdout).unwrap_or_default())
    }

    /// All of them, as the product lists them: the first so many are what `--limit` takes.
    pub fn devices(&self) -> anyhow::Result<Vec<Value>> {
        let output = self.rig.command(&["devices", "list", "--json"], &self.path).output()?;
        ensure!(output.status.success(), "`velocity devices list` ended with {}", output.status);
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Says what is different when they are not equal.
    pub fn equals_truth(&self) -> anyhow::Result<bool> {
        let output =
            self.rig.command(&["lab", "verify", "--all", "--state"], &self.path).arg(self.rig.state()).output()?;
        if !output.status.success() {
            eprint!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        }
        Ok(output.status.success())
    }

    /// A run must succeed on as many devices as it was meant for: a fast failure is no result.
    fn run(&self, args: &[&str], at_once: usize, devices: usize) -> anyhow::Result<Ran> {
        let at_once = at_once.to_string();
        let flags = ["--password-stdin", "--quiet", "--json", "--concurrency", &at_once];
        let password = format!("{}\n", self.rig.text("password")?);
        let ran = usage::run(self.rig.command(args, &self.path).args(flags), &password)?;
        let what = || format!("`velocity {} --concurrency {at_once}`", args.join(" "));
        ensure!(ran.status.success() || ran.status.code() == Some(PARTIAL), "{} ended with {}", what(), ran.status);
        let report: Value = serde_json::from_slice(&ran.stdout)?;
        let (succeeded, failed) = (report["devices_succeeded"].as_u64(), &report["failed_devices"]);
        ensure!(
            succeeded == Some(devices as u64) && ran.status.success(),
            "{} succeeded on {} of {devices} devices; the first failure: {}",
            what(),
            report["devices_succeeded"],
            failed[0]
        );
        Ok(ran)
    }
}
