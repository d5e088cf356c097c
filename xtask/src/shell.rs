//! Running other programs: loudly, from the project's root, and with their failure as an error.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

/// The root of the project.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

pub fn cargo(args: &[&str], env: &[(&str, &str)]) -> anyhow::Result<()> {
    eprintln!("$ cargo {}", args.join(" "));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo).args(args).envs(env.iter().copied()).current_dir(root()).status();
    match status.context("cannot start cargo")? {
        status if status.success() => Ok(()),
        status => bail!("`cargo {}` failed: {status}", args.join(" ")),
    }
}

/// Whether a cargo subcommand is installed.
pub fn has_cargo(subcommand: &str) -> bool {
    let probe =
        Command::new("cargo").args([subcommand, "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    probe.is_ok_and(|s| s.success())
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Builds the binary and gives its path. `release` for figures, debug for everything else.
pub fn velocity(release: bool) -> anyhow::Result<PathBuf> {
    let profile = if release { &["--release"][..] } else { &[] };
    cargo(&[&["build", "--quiet", "--package", "cli"], profile].concat(), &[])?;
    Ok(target().join(if release { "release" } else { "debug" }).join("velocity"))
}
