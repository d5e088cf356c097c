//! The directory that a background lab keeps: where it is and what is in it.
//!
//! It holds a password and a socket that obeys whoever can open it, so it belongs to one user
//! and nobody else may look inside. A directory that somebody else made is not used.

use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::LabError;

/// `$VELOCITY_LAB`, or `velocity-lab-<uid>` in the directory for temporary files.
pub fn default_dir() -> PathBuf {
    match std::env::var_os("VELOCITY_LAB") {
        Some(dir) if !dir.is_empty() => dir.into(),
        _ => std::env::temp_dir().join(format!("velocity-lab-{}", uid())),
    }
}

fn uid() -> u32 {
    rustix::process::getuid().as_raw()
}

/// The files of a state directory.
#[derive(Clone, Debug)]
pub struct State {
    pub dir: PathBuf,
}

impl State {
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// How to reach the lab: an [`crate::Info`].
    pub fn info(&self) -> PathBuf {
        self.dir.join("lab.json")
    }

    /// What `up` asks of the process that it starts.
    pub fn options(&self) -> PathBuf {
        self.dir.join("options.json")
    }

    pub fn socket(&self) -> PathBuf {
        self.dir.join("control.sock")
    }

    /// What the background process had to say.
    pub fn log(&self) -> PathBuf {
        self.dir.join("lab.log")
    }

    /// Makes the directory, for its owner only.
    ///
    /// # Errors
    /// [`LabError::State`] when it cannot be made or belongs to somebody else.
    pub fn create(&self) -> Result<(), LabError> {
        let fail = |source| LabError::State { path: self.dir.clone(), source };
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.dir).map_err(fail)?;
        let meta = std::fs::symlink_metadata(&self.dir).map_err(fail)?;
        if !meta.is_dir() || meta.uid() != uid() || meta.mode() & 0o077 != 0 {
            let text = "not a directory that only you can read";
            return Err(fail(io::Error::new(io::ErrorKind::PermissionDenied, text)));
        }
        Ok(())
    }

    /// Writes a file that only its owner can read; nobody ever sees half of it.
    ///
    /// # Errors
    /// [`LabError::State`].
    pub fn write(path: &Path, value: &impl Serialize) -> Result<(), LabError> {
        let text = serde_json::to_vec_pretty(value)?;
        let part = path.with_extension("part");
        let save = || {
            std::fs::remove_file(&part).or_else(absent)?;
            let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
            file.write_all(&text)?;
            std::fs::rename(&part, path)
        };
        save().map_err(|source| LabError::State { path: path.to_owned(), source })
    }

    /// # Errors
    /// [`LabError::State`] when it cannot be read, [`LabError::Protocol`] when it is not JSON.
    pub fn read<T: DeserializeOwned>(path: &Path) -> Result<T, LabError> {
        let text = std::fs::read(path).map_err(|source| LabError::State { path: path.to_owned(), source })?;
        Ok(serde_json::from_slice(&text)?)
    }

    /// Removes what a lab leaves; the log stays.
    pub fn clear(&self) {
        for path in [self.info(), self.options(), self.socket()] {
            // Gone already is as good; anything else shows when the next lab is started.
            let _ = std::fs::remove_file(path);
        }
    }
}

fn absent(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
