//! One daemon for a data directory: whoever holds the lock of `daemon.pid`. A file that a dead one left is held by nobody.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use model::Timestamp;
use serde::{Deserialize, Serialize};

/// What it says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub struct Told {
    pub pid: u32,
    pub since: Timestamp,
    /// The vault is open and it works.
    pub ready: bool,
}

/// Held until the process ends, in whatever way.
pub struct Lock(File);

fn path(home: &Path) -> PathBuf {
    home.join("daemon.pid")
}

impl Lock {
    pub fn take(home: &Path) -> anyhow::Result<Self> {
        let path = path(home);
        let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path);
        let file = file.with_context(|| format!("cannot write {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => {
                let pid = read(&file).map_or_else(|| "another process".to_owned(), |t| format!("process {}", t.pid));
                bail!("it runs already, as {pid}; `velocity daemon stop` stops it")
            }
            Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
        }
    }

    pub fn tell(&mut self, told: &Told) -> anyhow::Result<()> {
        self.0.set_len(0)?;
        self.0.rewind()?;
        serde_json::to_writer(&self.0, told)?;
        Ok(self.0.flush()?)
    }
}

/// What the one that runs says; `None` when none does.
pub fn held(home: &Path) -> anyhow::Result<Option<Told>> {
    let path = path(home);
    let Ok(file) = File::open(&path) else { return Ok(None) };
    match file.try_lock_shared() {
        Ok(()) => Ok(None),
        Err(TryLockError::WouldBlock) => Ok(read(&file)),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
    }
}

fn read(mut file: &File) -> Option<Told> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

#[cfg(unix)]
pub fn terminate(pid: u32) -> anyhow::Result<()> {
    let pid = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw).context("no such process")?;
    Ok(rustix::process::kill_process(pid, rustix::process::Signal::TERM)?)
}

#[cfg(not(unix))]
pub fn terminate(pid: u32) -> anyhow::Result<()> {
    let status = std::process::Command::new("taskkill").args(["/pid", &pid.to_string(), "/t", "/f"]).status()?;
    if status.success() { Ok(()) } else { bail!("cannot stop process {pid}") }
}
