//! Brings a release of ntc-templates from where Python packages come from, with the machine's own pip and its settings.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Result, TemplatesError};

/// The wheel of a version, in `folder`. `latest` is the newest.
pub(super) fn download(version: &str, folder: &Path) -> Result<PathBuf> {
    let failed = |reason: String| TemplatesError::Download { version: version.to_owned(), reason };
    if version.is_empty() || !version.chars().all(|c| c.is_ascii_alphanumeric() || c == '.') {
        return Err(failed("a version is such as 9.3.0, or `latest`".to_owned()));
    }
    let wanted = if version == "latest" { "ntc-templates".to_owned() } else { format!("ntc-templates=={version}") };
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]);
    pip.arg("--dest").arg(folder).arg(wanted).stdin(Stdio::null());
    let output = pip.output().map_err(|e| failed(format!("python3 does not start: {e}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(failed(said.lines().last().unwrap_or("pip does not say why").to_owned()));
    }
    let mut files = std::fs::read_dir(folder).map_err(|e| failed(e.to_string()))?.flatten().map(|entry| entry.path());
    let wheel = files.find(|path| path.extension().is_some_and(|end| end == "whl"));
    wheel.ok_or_else(|| failed("pip brought no wheel".to_owned()))
}
