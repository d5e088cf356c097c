//! Puts the built screens into the binary, where there are any: `web/dist`, made by `cargo xtask ui`. Nothing is built here.

use std::fmt::Write;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What stands for a file in another coding, beside it.
const CODINGS: [&str; 2] = ["gz", "br"];

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let built = here.join("../../web/dist");
    // Cargo takes a folder that is missing for one that changed, each time. Where the sources cannot be written it may.
    let _ = fs::create_dir_all(&built);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", built.display());

    let mut files = Vec::new();
    gather(&built, &mut files)?;
    files.sort();
    let mut text = String::from("[\n");
    for file in files.iter().filter(|file| !is_coded(file)) {
        entry(&built, file, &mut text)?;
    }
    text.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("ui.rs"), text)
}

/// All files that a browser may ask for.
fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        match path.is_dir() {
            _ if is_hidden => {}
            true => gather(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

fn is_coded(file: &Path) -> bool {
    CODINGS.iter().any(|coding| file.extension().is_some_and(|e| e == *coding) && file.with_extension("").is_file())
}

fn entry(built: &Path, file: &Path, text: &mut String) -> io::Result<()> {
    let path = file.strip_prefix(built).unwrap_or(file).to_string_lossy().replace('\\', "/");
    let mut hasher = DefaultHasher::new();
    hasher.write(&fs::read(file)?);
    let [gzip, brotli] = CODINGS.map(|coding| PathBuf::from(format!("{}.{coding}", file.display())));
    let bytes = |file: &Path| match file.is_file() {
        true => file.canonicalize().map(|path| format!("Some(include_bytes!({:?}))", path.display().to_string())),
        false => Ok("None".to_owned()),
    };
    // Whoever takes neither coding gets the one that is there unpacked.
    let plain = if gzip.is_file() { "None".to_owned() } else { bytes(file)? };
    let (gzip, brotli, tag) = (bytes(&gzip)?, bytes(&brotli)?, hasher.finish());
    let done = writeln!(
        text,
        "    File {{ path: {path:?}, tag: \"{tag:016x}\", plain: {plain}, gzip: {gzip}, brotli: {brotli} }},"
    );
    done.map_err(io::Error::other)
}
