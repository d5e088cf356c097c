//! The pinned wheel: where it is looked for, and how it is fetched.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

pub const VERSION: &str = "9.3.0";
pub const VARIABLE: &str = "VELOCITY_NTC_TEMPLATES";
const SHA256: &str = "ad607a137e68e302de041ed0e9973fa3f192d32ed44a0092219886f557be814f";

/// The bytes of the wheel, checked. `out` is a directory under the target directory.
pub fn find(out: &Path) -> Result<Vec<u8>> {
    if let Some(path) = env::var_os(VARIABLE) {
        println!("cargo::rerun-if-changed={}", PathBuf::from(&path).display());
        let wheel = fs::read(&path).with_context(|| format!("cannot read {} (from {VARIABLE})", path.display()))?;
        return checked(wheel);
    }
    let cache = cache(out);
    let path = cache.join(name());
    if let Some(wheel) = fs::read(&path).ok().and_then(|wheel| checked(wheel).ok()) {
        return Ok(wheel);
    }
    fetch(&cache)?;
    checked(fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?)
}

fn name() -> String {
    format!("ntc_templates-{VERSION}-py3-none-any.whl")
}

/// `target/ntc-templates`: it stays when the build directory of a profile goes.
fn cache(out: &Path) -> PathBuf {
    let target = out.ancestors().find(|path| path.join("CACHEDIR.TAG").exists());
    target.unwrap_or(out).join("ntc-templates")
}

fn checked(wheel: Vec<u8>) -> Result<Vec<u8>> {
    let found: String = Sha256::digest(&wheel).iter().map(|byte| format!("{byte:02x}")).collect();
    if found != SHA256 {
        bail!("the wheel of ntc-templates {VERSION} has SHA-256 {found}, expected {SHA256}");
    }
    Ok(wheel)
}

fn fetch(cache: &Path) -> Result<()> {
    let help = format!(
        "ntc-templates {VERSION} is needed to build: install python3 with pip, or download {} and set {VARIABLE} to its path",
        name()
    );
    fs::create_dir_all(cache).context(help.clone())?;
    let pins = cache.join("requirements.txt");
    fs::write(&pins, format!("ntc-templates=={VERSION} --hash=sha256:{SHA256}\n")).context(help.clone())?;
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check"]);
    pip.args(["--no-deps", "--only-binary=:all:", "--require-hashes", "--dest"]).arg(cache).arg("-r").arg(&pins);
    let result = pip.output().context(help.clone())?;
    if !result.status.success() {
        bail!("{help}\n{}", String::from_utf8_lossy(&result.stderr));
    }
    Ok(())
}
