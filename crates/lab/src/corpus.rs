//! Recorded outputs for commands that the lab does not render.

use std::path::{Path, PathBuf};

/// A folder `<platform>/<command with _>/*.raw`.
#[derive(Clone, Debug)]
pub struct Corpus {
    dir: PathBuf,
}

impl Corpus {
    pub fn new(dir: impl AsRef<Path>) -> Self {
        Self { dir: dir.as_ref().to_owned() }
    }

    /// The first recording (by file name) of a command, which must be written in full.
    pub fn output(&self, platform: &str, command: &str) -> Option<String> {
        let words: Vec<String> = command.split_whitespace().map(str::to_lowercase).collect();
        let name = words.join("_");
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
        if name.is_empty() || !name.bytes().all(plain) {
            return None;
        }
        let files = std::fs::read_dir(self.dir.join(platform).join(name)).ok()?;
        let raw = files.filter_map(|f| f.ok().map(|f| f.path())).filter(|p| p.extension().is_some_and(|e| e == "raw"));
        let bytes = std::fs::read(raw.min()?).ok()?;
        Some(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
    }
}
