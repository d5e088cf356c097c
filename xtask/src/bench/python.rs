//! Environments of Python with what is on PyPI, made by the bench itself under `target/bench`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::shell::root;

/// The interpreter of an environment with these requirements, made when it is not there or not the same any more.
pub fn environment(requirements: &str) -> anyhow::Result<PathBuf> {
    let wanted = root().join("bench").join(requirements);
    let folder = root().join("target/bench").join(Path::new(requirements).with_extension(""));
    let (python, installed) = (folder.join("bin/python"), folder.join("installed.txt"));
    let text = std::fs::read_to_string(&wanted).with_context(|| format!("cannot read {}", wanted.display()))?;
    if std::fs::read_to_string(&installed).is_ok_and(|t| t == text) {
        return Ok(python);
    }
    eprintln!("$ pip install -r bench/{requirements}");
    quietly(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))
        .context("python3 with venv and pip is missing (on Debian: apt-get install python3-venv)")?;
    quietly(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&wanted))
        .context("the packages cannot be installed from PyPI")?;
    std::fs::write(&installed, text)?;
    Ok(python)
}

fn quietly(command: &mut Command) -> anyhow::Result<()> {
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or("it does not say why"));
    }
    Ok(())
}
