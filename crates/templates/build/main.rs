//! Brings in the pinned release of ntc-templates and packs it into one compressed file.
//!
//! The release is never part of our sources. It is looked for in `VELOCITY_NTC_TEMPLATES` (the path of
//! the wheel), then under the target directory, and fetched there once when it is in neither.

#[path = "../src/packed.rs"]
#[expect(dead_code, reason = "the crate unpacks what is packed here")]
mod packed;
mod pinned;
#[path = "../src/wheel.rs"]
mod wheel;

use std::path::Path;
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use pinned::Pinned;

const RELEASE: Pinned = Pinned {
    package: "ntc-templates",
    version: "9.3.0",
    sha256: "ad607a137e68e302de041ed0e9973fa3f192d32ed44a0092219886f557be814f",
    variable: "VELOCITY_NTC_TEMPLATES",
};

/// The hardest that pays.
const LEVEL: i32 = 19;

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/packed.rs");
    println!("cargo::rerun-if-changed=src/wheel.rs");
    let out = env::var("OUT_DIR").context("cargo sets OUT_DIR")?;
    let out = Path::new(&out);
    let wheel = wheel::read(&RELEASE.find(out)?).context("cannot use the pinned wheel")?;
    ensure!(wheel.version.as_deref() == Some(RELEASE.version), "the pinned wheel is of another version");
    let packed = packed::pack(&wheel.files, LEVEL).context("cannot compress the templates")?;
    fs::write(out.join("templates.zst"), packed).context("cannot write the templates")?;
    println!("cargo::rustc-env=NTC_TEMPLATES_VERSION={}", RELEASE.version);
    Ok(())
}
