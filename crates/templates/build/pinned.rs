//! A pinned wheel of PyPI: where it is looked for, and how it is fetched. Used by the build of each crate that packs one.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

pub struct Pinned {
    /// As pip is asked for it: `ntc-templates`.
    pub package: &'static str,
    pub version: &'static str,
    pub sha256: &'static str,
    /// The environment variable that may name the path of the wheel.
    pub variable: &'static str,
}

impl Pinned {
    /// The bytes of the wheel, checked. `out` is a directory under the target directory.
    pub fn find(&self, out: &Path) -> Result<Vec<u8>> {
        println!("cargo::rerun-if-env-changed={}", self.variable);
        if let Some(path) = env::var_os(self.variable) {
            println!("cargo::rerun-if-changed={}", PathBuf::from(&path).display());
            let from = || format!("cannot read {} (from {})", path.display(), self.variable);
            return self.checked(fs::read(&path).with_context(from)?);
        }
        let cache = self.cache(out);
        let path = cache.join(self.name());
        if let Some(wheel) = fs::read(&path).ok().and_then(|wheel| self.checked(wheel).ok()) {
            return Ok(wheel);
        }
        self.fetch(&cache)?;
        self.checked(fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?)
    }

    fn name(&self) -> String {
        format!("{}-{}-py3-none-any.whl", self.package.replace('-', "_"), self.version)
    }

    /// `target/ntc-templates`: it stays when the build directory of a profile goes.
    fn cache(&self, out: &Path) -> PathBuf {
        let target = out.ancestors().find(|path| path.join("CACHEDIR.TAG").exists());
        target.unwrap_or(out).join(self.package)
    }

    fn checked(&self, wheel: Vec<u8>) -> Result<Vec<u8>> {
        let Pinned { package, version, sha256, .. } = self;
        let found: String = Sha256::digest(&wheel).iter().map(|byte| format!("{byte:02x}")).collect();
        if found != *sha256 {
            bail!("the wheel of {package} {version} has SHA-256 {found}, expected {sha256}");
        }
        Ok(wheel)
    }

    fn fetch(&self, cache: &Path) -> Result<()> {
        let Pinned { package, version, sha256, variable } = self;
        let help = format!(
            "{package} {version} is needed to build: install python3 with pip, or download {} and set {variable} to its path",
            self.name()
        );
        fs::create_dir_all(cache).context(help.clone())?;
        let pins = cache.join("requirements.txt");
        fs::write(&pins, format!("{package}=={version} --hash=sha256:{sha256}\n")).context(help.clone())?;
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check"]);
        pip.args(["--no-deps", "--only-binary=:all:", "--require-hashes", "--dest"]).arg(cache).arg("-r").arg(&pins);
        let result = pip.output().context(help.clone())?;
        if !result.status.success() {
            bail!("{help}\n{}", String::from_utf8_lossy(&result.stderr));
        }
        Ok(())
    }
}
