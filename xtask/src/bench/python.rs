//! Environments of Python with what is on PyPI, made by the bench itself under `target/bench`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::shell::root;

/// Which interpreter will do.
#[derive(Debug, Clone, Copy)]
pub struct Python {
    pub least: (u32, u32),
}

/// The interpreter of an environment with these requirements, made when it is not there or not the same any more.
pub fn environment(requirements: &str) -> anyhow::Result<PathBuf> {
    environment_of(requirements, Python { least: (3, 8) })
}

/// A program of an environment. By its interpreter: what stands in its first line is wrong once the checkout was moved.
pub fn program(python: &Path, name: &str) -> Command {
    let mut command = Command::new(python);
    command.arg(python.with_file_name(name));
    command
}

/// As [`environment`], by a Python that is new enough.
pub fn environment_of(requirements: &str, wanted_python: Python) -> anyhow::Result<PathBuf> {
    let wanted = root().join("bench").join(requirements);
    let folder = root().join("target/bench").join(Path::new(requirements).with_extension(""));
    let (python, installed) = (folder.join("bin/python"), folder.join("installed.txt"));
    let text = std::fs::read_to_string(&wanted).with_context(|| format!("cannot read {}", wanted.display()))?;
    if std::fs::read_to_string(&installed).is_ok_and(|t| t == text) {
        return Ok(python);
    }
    eprintln!("$ pip install -r bench/{requirements}");
    let (major, minor) = wanted_python.least;
    let base = interpreter(wanted_python).with_context(|| format!("there is no Python {major}.{minor} or newer"))?;
    quietly(Command::new(base).args(["-m", "venv", "--clear"]).arg(&folder))
        .context("python3 with venv and pip is missing (on Debian: apt-get install python3-venv)")?;
    quietly(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(&wanted))
        .context("the packages cannot be installed from PyPI")?;
    std::fs::write(&installed, text)?;
    Ok(python)
}

/// `python3`, else one by its version: on the path, or where pyenv keeps them.
fn interpreter(Python { least: (major, minor) }: Python) -> Option<PathBuf> {
    let test = format!("import sys; sys.exit(sys.version_info < ({major}, {minor}))");
    let fits = |path: &PathBuf| {
        let probe = Command::new(path).args(["-c", &test]).stdin(Stdio::null()).stderr(Stdio::null()).status();
        probe.is_ok_and(|status| status.success())
    };
    let named = (minor..minor + 4).map(|n| PathBuf::from(format!("python{major}.{n}")));
    let pyenv = std::env::var_os("PYENV_ROOT").map(|root| Path::new(&root).join("versions"));
    let kept = pyenv.and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let kept = kept.map(|version| version.path().join("bin/python3"));
    [PathBuf::from("python3")].into_iter().chain(named).chain(kept).find(fits)
}

fn quietly(command: &mut Command) -> anyhow::Result<()> {
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or("it does not say why"));
    }
    Ok(())
}
