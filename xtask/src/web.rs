//! The screens, in `web/`: what Node does with them.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::SystemTime;

use anyhow::{Context, bail};

use crate::shell::root;

/// The oldest Node that the tools of the screens run on.
const OLDEST: (u32, u32) = (20, 19);

/// Lints, types and tests of the screens. Without Node, or where its packages cannot be had, it says so in one line: the
/// server is whole without them.
///
/// # Errors
/// A check failed.
pub fn check() -> anyhow::Result<()> {
    let missing = missing().or_else(|| install().err().map(|error| format!("{error:#}")));
    if let Some(why) = missing {
        eprintln!("\n!!! SCREENS NOT TESTED: {why}\n");
        return Ok(());
    }
    npm(&["run", "--silent", "check"])
}

/// Builds the screens into `web/dist`, from where the next build of the server takes them.
///
/// # Errors
/// There is no Node, its packages cannot be had, or the build failed.
pub fn build() -> anyhow::Result<()> {
    if let Some(why) = missing() {
        bail!("the screens cannot be built: {why}");
    }
    install()?;
    npm(&["run", "--silent", "build"])
}

/// As [`build`], where there is Node. Without it the binary says that it has no screens.
pub fn build_where_possible() {
    if is_fresh() {
        return;
    }
    if let Err(why) = build() {
        eprintln!("\n!!! WITHOUT THE SCREENS: {why:#}\n");
    }
}

/// Whether nothing of the sources is newer than what was built of them.
fn is_fresh() -> bool {
    let web = root().join("web");
    let sources = ["src", "public", "index.html", "package-lock.json", "vite.config.ts"];
    let newest = sources.iter().filter_map(|name| newest(&web.join(name))).max();
    newest < newest_of(&web.join("dist/index.html"))
}

fn newest_of(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|m| m.modified()).ok()
}

/// Of a file, or of all in a folder.
fn newest(path: &Path) -> Option<SystemTime> {
    let within = std::fs::read_dir(path).into_iter().flatten().flatten();
    within.filter_map(|entry| newest(&entry.path())).chain(newest_of(path)).max()
}

/// The packages of the lock file, once for each version of it.
fn install() -> anyhow::Result<()> {
    let web = root().join("web");
    let (asked, there) = (web.join("package-lock.json"), web.join("node_modules/.package-lock.json"));
    let age = |path| std::fs::metadata(path).and_then(|m| m.modified()).ok();
    match age(there) >= age(asked) {
        true => Ok(()),
        false => npm(&["ci", "--no-audit", "--no-fund"]),
    }
}

/// What is missing for the screens, in words.
fn missing() -> Option<String> {
    let wanted = format!("Node {}.{} or newer", OLDEST.0, OLDEST.1);
    let output = Command::new("node").arg("--version").stderr(Stdio::null()).output().ok();
    let Some(text) = output.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned()) else {
        return Some(format!("`node` is not installed; {wanted} is needed"));
    };
    match version(&text) {
        Some(there) if there >= OLDEST => None,
        _ => Some(format!("`node` is {text}; {wanted} is needed")),
    }
}

/// Of `v20.19.2`.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

fn npm(args: &[&str]) -> anyhow::Result<()> {
    eprintln!("$ npm {}", args.join(" "));
    let status = Command::new("npm")
        .args(args)
        .current_dir(root().join("web"))
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .status();
    match status.context("cannot start npm")? {
        status if status.success() => Ok(()),
        status => bail!("`npm {}` failed: {status}", args.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn a_version_is_compared_by_numbers() {
        assert_eq!(version("v20.19.2"), Some((20, 19)));
        assert!(version("v20.9.0") < version("v20.19.0"));
        assert_eq!(version("nightly"), None);
    }
}
