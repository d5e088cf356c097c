//! Packing and writing.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use store::backup::Chunk;
use tokio::sync::mpsc::Receiver;
use tokio::sync::oneshot;

use super::{Contents, END, MANIFEST, Manifest, NOT_COPIED};
use crate::{AppError, AppResult};

/// What comes from elsewhere: rows first, then captures.
pub(super) struct Source<C> {
    pub home: PathBuf,
    pub rows: Receiver<Chunk>,
    pub captures: Receiver<(String, C)>,
    /// Told when both have been read to their ends.
    pub whole: oneshot::Receiver<()>,
}

/// Writes beside the place and moves it there when it is whole.
pub(super) fn write<C: AsRef<[u8]>>(path: &Path, manifest: &Manifest, source: Source<C>) -> AppResult<Contents> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    let failed = |source| AppError::Write { path: path.to_path_buf(), source };
    let done = pack(&unfinished, manifest, source).and_then(|contents| {
        std::fs::rename(&unfinished, path)?;
        Ok(contents)
    });
    done.map_err(|e| {
        let _ = std::fs::remove_file(&unfinished);
        failed(e)
    })
}

fn pack<C: AsRef<[u8]>>(path: &Path, manifest: &Manifest, mut source: Source<C>) -> io::Result<Contents> {
    let mut tar = Tar::create(path)?;
    let mut contents = Contents::default();
    tar.add(MANIFEST, &serde_json::to_vec_pretty(manifest)?)?;
    let mut number = 0u32;
    while let Some(chunk) = source.rows.blocking_recv() {
        number += 1;
        contents.rows += chunk.rows;
        tar.add(&format!("tables/{number:06}-{}-{}", chunk.rows, chunk.table), chunk.lines.as_bytes())?;
    }
    while let Some((name, packed)) = source.captures.blocking_recv() {
        contents.captures += 1;
        tar.add(&format!("captures/{name}"), packed.as_ref())?;
    }
    if source.whole.blocking_recv().is_err() {
        return Err(io::Error::other("not everything could be read"));
    }
    for (name, file) in home_files(&source.home)? {
        contents.files += 1;
        tar.add(&format!("home/{name}"), &std::fs::read(file)?)?;
    }
    tar.add(END, &serde_json::to_vec(&contents)?)?;
    tar.finish()?;
    Ok(contents)
}

/// Files of the data directory that are neither the database nor made from it, by their paths in it.
fn home_files(home: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let mut folders = vec![(String::new(), home.to_path_buf())];
    while let Some((prefix, folder)) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let Some(name) = entry.file_name().to_str().map(|n| format!("{prefix}{n}")) else { continue };
            let kind = entry.file_type()?;
            let is_database = name.starts_with("velocity.db");
            if kind.is_dir() && !NOT_COPIED.contains(&name.as_str()) {
                folders.push((format!("{name}/"), entry.path()));
            } else if kind.is_file() && !is_database {
                found.push((name, entry.path()));
            }
        }
    }
    found.sort();
    Ok(found)
}

struct Tar(tar::Builder<zstd::stream::write::Encoder<'static, File>>);

/// Contents are packed already, and rows shrink well at any level.
const LEVEL: i32 = 3;

impl Tar {
    fn create(path: &Path) -> io::Result<Tar> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut packer = zstd::stream::write::Encoder::new(options.open(path)?, LEVEL)?;
        packer.include_checksum(true)?;
        Ok(Tar(tar::Builder::new(packer)))
    }

    fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        self.0.append_data(&mut header, name, bytes)
    }

    fn finish(self) -> io::Result<()> {
        let mut file = self.0.into_inner()?.finish()?;
        file.flush()?;
        file.sync_all()
    }
}
