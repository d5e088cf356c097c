//! Reading a backup: piece by piece, and nothing of it is believed.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path};

use store::backup::{Chunk, Table};

use super::{Contents, END, FORMAT, MANIFEST, Manifest};
use crate::{AppError, AppResult};

/// What a backup holds, in its order.
pub(super) enum Piece {
    Rows(Table, Chunk),
    /// A content as it is kept, by its name.
    Capture(String, Vec<u8>),
    /// A file of the data directory, by its path in it.
    File(String, Vec<u8>),
}

/// Largest piece that is read into memory.
const LARGEST: u64 = 1 << 30;

/// Reads all of it and gives each piece away. An error of `take` ends it.
///
/// # Errors
/// [`AppError::Invalid`] for a file that is no backup, or is cut or damaged.
pub(super) fn read(
    path: &Path,
    mut take: impl FnMut(&Manifest, Piece) -> AppResult<()>,
) -> AppResult<(Manifest, Contents)> {
    let shown = path.display();
    let no_backup = |e: io::Error| AppError::Invalid(format!("{shown} is no backup, or is damaged: {e}"));
    let cut = || AppError::Invalid(format!("{shown} ends too early: the backup was cut"));
    let file = File::open(path).map_err(|e| AppError::Invalid(format!("cannot open {shown}: {e}")))?;
    let mut tar = tar::Archive::new(zstd::stream::read::Decoder::new(file).map_err(no_backup)?);
    let mut manifest: Option<Manifest> = None;
    let mut contents = Contents::default();
    let mut told: Option<Contents> = None;
    for entry in tar.entries().map_err(no_backup)? {
        let mut entry = entry.map_err(no_backup)?;
        let name = entry.path().map_err(no_backup)?.to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        entry.by_ref().take(LARGEST).read_to_end(&mut bytes).map_err(no_backup)?;
        let Some(manifest) = &manifest else {
            manifest = Some(manifest_of(&name, &bytes)?);
            continue;
        };
        if name == END {
            told = Some(serde_json::from_slice(&bytes)?);
            continue;
        }
        let piece = piece(manifest, &name, bytes)?;
        match &piece {
            Piece::Rows(_, chunk) => contents.rows += chunk.rows,
            Piece::Capture(..) => contents.captures += 1,
            Piece::File(..) => contents.files += 1,
        }
        take(manifest, piece)?;
    }
    // The checksum of the whole stands at its end.
    io::copy(&mut tar.into_inner(), &mut io::sink()).map_err(no_backup)?;
    match manifest.filter(|_| told.as_ref() == Some(&contents)) {
        Some(manifest) => Ok((manifest, contents)),
        None => Err(cut()),
    }
}

fn manifest_of(name: &str, bytes: &[u8]) -> AppResult<Manifest> {
    let invalid = |why: String| AppError::Invalid(format!("no backup of velocity: {why}"));
    if name != MANIFEST {
        return Err(invalid("it does not begin with a manifest".to_owned()));
    }
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(|e| invalid(e.to_string()))?;
    match manifest.format {
        FORMAT => Ok(manifest),
        other => Err(invalid(format!("its format is {other}, this program knows {FORMAT}; use a newer velocity"))),
    }
}

fn piece(manifest: &Manifest, name: &str, bytes: Vec<u8>) -> AppResult<Piece> {
    let strange = || AppError::Invalid(format!("the backup holds what it should not: {}", model::text::shown(name)));
    let is_plain = Path::new(name).components().all(|c| matches!(c, Component::Normal(_)));
    let (folder, rest) = name.split_once('/').filter(|_| is_plain).ok_or_else(strange)?;
    Ok(match folder {
        "tables" => {
            let mut parts = rest.splitn(3, '-').skip(1);
            let rows = parts.next().and_then(|n| n.parse().ok()).ok_or_else(strange)?;
            let table = parts.next().and_then(|t| manifest.tables.iter().find(|k| k.name == t)).ok_or_else(strange)?;
            let lines = String::from_utf8(bytes).map_err(|_| strange())?;
            Piece::Rows(table.clone(), Chunk { table: table.name.clone(), rows, lines })
        }
        "captures" => Piece::Capture(rest.to_owned(), bytes),
        "home" => Piece::File(rest.to_owned(), bytes),
        _ => return Err(strange()),
    })
}
