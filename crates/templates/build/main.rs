//! Brings in the pinned release of ntc-templates and packs it into one compressed file.
//!
//! The release is never part of our sources. It is looked for in `VELOCITY_NTC_TEMPLATES` (the path of
//! the wheel), then under the target directory, and fetched there once when it is in neither.

mod wheel;

use std::io::Read;
use std::path::Path;
use std::{env, fs};

use anyhow::{Context, Result};

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-env-changed={}", wheel::VARIABLE);
    let out = env::var("OUT_DIR").context("cargo sets OUT_DIR")?;
    let out = Path::new(&out);
    let files = unpack(&wheel::find(out)?)?;
    let packed = zstd::bulk::compress(&pack(&files), 19).context("cannot compress the templates")?;
    fs::write(out.join("templates.zst"), packed).context("cannot write the templates")?;
    println!("cargo::rustc-env=NTC_TEMPLATES_VERSION={}", wheel::VERSION);
    Ok(())
}

/// The templates and their index: name and text, by name.
fn unpack(wheel: &[u8]) -> Result<Vec<(String, String)>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(wheel)).context("the wheel is no zip file")?;
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at)?;
        let Some(name) = file.name()?.strip_prefix("ntc_templates/templates/").map(str::to_owned) else { continue };
        if name == "index" || name.ends_with(".textfsm") {
            let mut text = String::new();
            file.read_to_string(&mut text).with_context(|| format!("cannot read {name}"))?;
            files.push((name, text));
        }
    }
    files.sort();
    Ok(files)
}

/// For each file: length of the name, length of the text (both 4 bytes, little end first), name, text.
fn pack(files: &[(String, String)]) -> Vec<u8> {
    let mut packed = Vec::new();
    for (name, text) in files {
        for part in [name, text] {
            packed.extend((part.len() as u32).to_le_bytes());
        }
        packed.extend(name.bytes().chain(text.bytes()));
    }
    packed
}
