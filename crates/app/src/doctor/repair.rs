//! Putting right what can be put right without asking.

use std::path::{Path, PathBuf};

use model::Clock;
use serde::Serialize;
use store::{Database, Salvaged};

use crate::{App, AppError, AppResult, Config};

/// What was done to a database file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// The file as it was; it is kept.
    pub damaged: PathBuf,
    pub tables: Vec<Salvaged>,
}

/// Saves what can be read of the SQLite file into a new one, and puts that in its place. The old one is kept beside it.
/// No other process may have it open.
///
/// # Errors
/// [`AppError::Invalid`] for PostgreSQL; [`AppError::Store`] when nothing can be read: then all is left as it was.
pub async fn repair(home: &Path, clock: &dyn Clock) -> AppResult<Repair> {
    let config = Config::load(home)?;
    let Database::Sqlite(file) = App::database(home, &config) else {
        let text = "PostgreSQL repairs its own files; see its log, or put a backup in its place: velocity restore FILE";
        return Err(AppError::Invalid(text.to_owned()));
    };
    let at = clock.now().to_string().replace(':', "");
    let beside = |end: &str| file.with_file_name(format!("velocity.db.{end}"));
    let (new, damaged) = (beside(&format!("new-{at}")), beside(&format!("damaged-{at}")));
    let saved = store::salvage(&file, &new, &home.join("captures")).await;
    let tables = match saved {
        Ok(tables) => tables,
        Err(error) => {
            remove(&new);
            return Err(error.into());
        }
    };
    let write = |path: &Path, e| AppError::Write { path: path.to_path_buf(), source: e };
    std::fs::rename(&file, &damaged).map_err(|e| write(&damaged, e))?;
    // What was written last may be in the log: it belongs to the damaged file.
    for end in ["-wal", "-shm"] {
        let of = |path: &Path| PathBuf::from(format!("{}{end}", path.display()));
        if of(&file).exists() {
            std::fs::rename(of(&file), of(&damaged)).map_err(|e| write(&of(&damaged), e))?;
        }
    }
    std::fs::rename(&new, &file).map_err(|e| write(&file, e))?;
    Ok(Repair { damaged, tables })
}

fn remove(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
}
