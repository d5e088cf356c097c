//! Files of recorded cases, and of the key that replacements are made with.

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rand::Rng as _;

use super::{RecordedCase, taken};
use crate::init::private_file;
use crate::{AppError, AppResult};

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> AppError {
    let path = path.to_path_buf();
    move |source| AppError::Write { path, source }
}

pub(super) fn must_be_free(folder: &Path, names: impl Iterator<Item = String>) -> AppResult<()> {
    let there: Vec<PathBuf> = names.map(|name| folder.join(name)).filter(|case| case.exists()).collect();
    there.first().map_or(Ok(()), |case| Err(taken(case)))
}

/// The key of the installation, made when it is first needed.
pub(super) fn key(path: &Path) -> AppResult<[u8; 32]> {
    match fs::read(path) {
        Ok(bytes) => {
            let wrong = |_| AppError::Invalid(format!("{} is no key; delete it to get a new one", path.display()));
            bytes.try_into().map_err(wrong)
        }
        Err(e) if e.kind() == ErrorKind::NotFound => {
            let mut key = [0; 32];
            rand::rng().fill_bytes(&mut key);
            fs::write(path, key).map_err(failed(path))?;
            private_file(path)?;
            Ok(key)
        }
        Err(source) => Err(AppError::Write { path: path.to_path_buf(), source }),
    }
}

/// A folder for each case; the session is with the first.
pub(super) fn write(folder: &Path, cases: &[RecordedCase], session: &str) -> AppResult<()> {
    for (n, case) in cases.iter().enumerate() {
        let folder = folder.join(&case.name);
        fs::create_dir_all(&folder).map_err(failed(&folder))?;
        let file = |name: &str, text: &str| {
            let path = folder.join(name);
            fs::write(&path, text).map_err(failed(&path))
        };
        file("output.txt", &case.output)?;
        if case.rows.is_some() {
            file("rows.json", &rows(case)?)?;
        }
        if case.unread > 0 {
            file("unread.txt", &format!("{}\n", case.unread))?;
        }
        if n == 0 {
            file("session.txt", session)?;
        }
    }
    Ok(())
}

/// A fact a line, so that a difference is one too.
fn rows(case: &RecordedCase) -> AppResult<String> {
    let mut text = "[".to_owned();
    for (n, fact) in case.facts.iter().enumerate() {
        let comma = if n == 0 { "" } else { "," };
        // Writing to a text does not fail.
        let _ = write!(text, "{comma}\n  {}", serde_json::to_string(fact)?);
    }
    Ok(text + if case.facts.is_empty() { "]\n" } else { "\n]\n" })
}
