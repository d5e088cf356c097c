//! Captured contents: files named by the SHA-256 of what they hold, compressed, written before any row names them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutPayload};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::Sender;

use crate::grams::Needles;
use crate::pack::{self, Packing, Unpacker};
use crate::{KeptCapture, Store, StoreError, StoreResult, StoredCapture};

/// Contents written at the same time.
const WRITERS: usize = 8;

/// Bytes that take about a millisecond to pack.
const LARGE: usize = 256 * 1024;

/// A content that is kept: only [`Store::keep_content`] makes one, so no row can name what is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    hash: String,
    size: u64,
}

impl Content {
    /// SHA-256 in lower-case hex.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Bytes before compression.
    pub fn size(&self) -> u64 {
        self.size
    }
}

pub(crate) struct Contents {
    files: Box<dyn ObjectStore>,
    folder: PathBuf,
    /// Each write takes a thread; hundreds of them would leave the database none.
    writers: Semaphore,
}

impl Contents {
    pub fn open(folder: &Path) -> StoreResult<Self> {
        let cannot_open = |e: Box<dyn std::error::Error + Send + Sync>| StoreError::cannot_open(folder.display(), e);
        std::fs::create_dir_all(folder).map_err(|e| cannot_open(e.into()))?;
        let files = LocalFileSystem::new_with_prefix(folder).map_err(|e| cannot_open(e.into()))?;
        Ok(Self { files: Box::new(files), folder: folder.to_path_buf(), writers: Semaphore::new(WRITERS) })
    }

    /// Writes it unless it is there, whole: a file that a power cut left short is written again.
    async fn keep(&self, bytes: &[u8]) -> StoreResult<Content> {
        let (content, packing, packed) = match bytes.len() < LARGE {
            true => pack(&self.folder, bytes)?,
            false => pack_aside(self.folder.clone(), bytes.to_vec()).await?,
        };
        let path = path(&content.hash, packing);
        let Some(packed) = packed else { return Ok(content) };
        let _turn = self.writers.acquire().await;
        let size = packed.len() as u64;
        let packed = PutPayload::from(packed);
        match self.files.put_opts(&path, packed.clone(), PutMode::Create.into()).await {
            Err(object_store::Error::AlreadyExists { .. }) if self.files.head(&path).await?.size != size => {
                self.files.put(&path, packed).await?;
            }
            // Whoever clears away must see that it is wanted; and it may have done so since.
            Err(object_store::Error::AlreadyExists { .. }) => {
                if !touch(&self.folder, &path) {
                    self.files.put(&path, packed).await?;
                }
            }
            Ok(_) => {}
            Err(e) => return Err(e.into()),
        }
        Ok(content)
    }

    /// Bytes of each content, by its hash.
    pub async fn sizes(&self) -> StoreResult<HashMap<String, u64>> {
        let mut sizes = HashMap::new();
        let mut files = self.files.list(None);
        while let Some(meta) = files.next().await {
            let meta = meta?;
            if let Some((hash, _)) = named(meta.location.as_ref()) {
                *sizes.entry(hash).or_default() += meta.size;
            }
        }
        Ok(sizes)
    }

    /// Removes one that nobody has wanted since, however it is packed.
    pub fn remove(&self, hash: &str, since: std::time::SystemTime) -> StoreResult<bool> {
        let mut is_gone = false;
        for packing in Packing::ALL {
            let file = self.folder.join(path(hash, packing).as_ref());
            is_gone |= file.exists() && Self::remove_file(&file, since)?;
        }
        Ok(is_gone)
    }

    /// It is put aside first and looked at again: who wants it from then on writes it anew.
    fn remove_file(file: &Path, since: std::time::SystemTime) -> StoreResult<bool> {
        let aside = file.with_extension("gone");
        let is_old = |file: &Path| -> std::io::Result<bool> { Ok(std::fs::metadata(file)?.modified()? < since) };
        if !is_old(file).map_err(failed)? {
            return Ok(false);
        }
        std::fs::rename(file, &aside).map_err(failed)?;
        match is_old(&aside).map_err(failed)? {
            true => std::fs::remove_file(&aside).map(|()| true).map_err(|e| failed(e).into()),
            false => std::fs::rename(&aside, file).map(|()| false).map_err(|e| failed(e).into()),
        }
    }

    /// The names of all that are kept, and of what is left of a write that was cut.
    pub(crate) fn names(&self) -> BoxStream<'static, object_store::Result<String>> {
        self.files.list(None).map_ok(|meta| meta.location.to_string()).boxed()
    }

    /// The bytes of a capture, proved by their hash.
    pub async fn read(&self, capture: &StoredCapture) -> StoreResult<Vec<u8>> {
        let [first, second] = Packing::of_size(capture.size);
        let get = |packing| async move {
            let file = self.files.get(&path(&capture.content_hash, packing)).await?;
            Ok::<_, object_store::Error>((packing, file.bytes().await?))
        };
        let (packing, packed) = match get(first).await {
            Err(object_store::Error::NotFound { .. }) => get(second).await?,
            got => got?,
        };
        let size = usize::try_from(capture.size).unwrap_or(usize::MAX);
        let mut unpacker = Unpacker::default();
        let bytes = unpacker.unpack(packing, &packed, size).unwrap_or_default();
        if hash(bytes) != capture.content_hash {
            return Err(StoreError::Damaged { capture: capture.id });
        }
        Ok(unpacker.into_bytes(size))
    }
}

/// Reads many contents one after the other, without a new buffer for each and without the proof by SHA-256, which takes
/// longer than all else: what is packed with them to check by must do. Blocks, so it is for a thread of its own.
pub struct ContentReader {
    contents: Arc<Contents>,
    unpacker: Unpacker,
}

impl ContentReader {
    /// The content, or nothing when it is known to have none of the needles.
    ///
    /// # Errors
    /// [`StoreError::Contents`] and [`StoreError::Damaged`] when the file is not there or not what was written.
    pub fn read(&mut self, capture: &KeptCapture, needles: Option<&Needles>) -> StoreResult<&[u8]> {
        let file = |packing| std::fs::read(self.contents.folder.join(path(&capture.content_hash, packing).as_ref()));
        let [first, second] = Packing::of_size(capture.size);
        let (packing, packed) = match file(first) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => (second, file(second).map_err(failed)?),
            read => (first, read.map_err(failed)?),
        };
        if needles.is_some_and(|needles| !needles.may_be_in(&packed)) {
            return Ok(&[]);
        }
        let size = usize::try_from(capture.size).unwrap_or(usize::MAX);
        self.unpacker.unpack(packing, &packed, size).ok_or(StoreError::Damaged { capture: capture.id })
    }
}

/// How it is packed; no bytes when it is there already, whole, as contents of its size are not packed any more.
type Packed = (Content, Packing, Option<Vec<u8>>);

fn pack(folder: &Path, bytes: &[u8]) -> StoreResult<Packed> {
    let content = Content { hash: hash(bytes), size: bytes.len() as u64 };
    let [_, other] = Packing::of_size(content.size);
    let path = path(&content.hash, other);
    let there = std::fs::read(folder.join(path.as_ref()));
    let is_whole = |packed: Vec<u8>| Unpacker::default().unpack(other, &packed, bytes.len()) == Some(bytes);
    if there.is_ok_and(is_whole) && touch(folder, &path) {
        return Ok((content, other, None));
    }
    let (packing, packed) = pack::pack(bytes).map_err(failed)?;
    Ok((content, packing, Some(packed)))
}

/// Says that somebody wants it now. False when it is not there any more.
fn touch(folder: &Path, path: &object_store::path::Path) -> bool {
    let file = std::fs::File::open(folder.join(path.as_ref()));
    file.is_ok_and(|file| {
        // On a folder that only others may write, it is at least there.
        let _ = file.set_modified(std::time::SystemTime::now());
        true
    })
}

/// Off the threads that serve the sessions, which a large content would hold up.
async fn pack_aside(folder: PathBuf, bytes: Vec<u8>) -> StoreResult<Packed> {
    let packed = tokio::task::spawn_blocking(move || pack(&folder, &bytes)).await;
    packed.map_err(|e| failed(std::io::Error::other(e)))?
}

impl Store {
    /// Keeps a content in the folder of captures, once for all captures that have it.
    ///
    /// # Errors
    /// [`StoreError::Contents`] when the folder cannot be written.
    pub async fn keep_content(&self, bytes: &[u8]) -> StoreResult<Content> {
        self.contents.keep(bytes).await
    }

    /// Every content as it is kept, by its name: for a backup.
    pub async fn packed_contents(&self, out: &Sender<(String, Bytes)>) -> StoreResult<()> {
        let mut names = self.contents.names();
        while let Some(name) = names.next().await {
            let name = name?;
            let packed = self.contents.files.get(&name.as_str().into()).await?.bytes().await?;
            if out.send((name, packed)).await.is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Keeps a content that [`Store::packed_contents`] gave.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] for a name that no content has, or that is not the hash of what is packed.
    pub async fn keep_packed(&self, name: &str, packed: Bytes) -> StoreResult<()> {
        let damaged = || StoreError::Conflict(format!("{} is damaged", model::text::shown(name)));
        let (_, packing) = named(name).ok_or_else(damaged)?;
        let bytes = pack::unpack_any(packing, &packed).ok_or_else(damaged)?;
        let kept = path(&hash(&bytes), packing);
        if kept.as_ref() != name {
            return Err(damaged());
        }
        self.contents.files.put(&kept, packed.into()).await?;
        Ok(())
    }

    pub fn content_reader(&self) -> ContentReader {
        ContentReader { contents: self.contents.clone(), unpacker: Unpacker::default() }
    }

    /// As [`crate::Tx::content`], for a capture that was read before.
    pub async fn content_of(&self, capture: &StoredCapture) -> StoreResult<Vec<u8>> {
        self.contents.read(capture).await
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// `ab/cdef….zst`
fn path(hash: &str, packing: Packing) -> object_store::path::Path {
    let (folder, name) = hash.split_at(2);
    object_store::path::Path::from(format!("{folder}/{name}.{}", packing.ending()))
}

/// The hash of the content in the file with this name, and how it is packed.
pub(crate) fn named(file: &str) -> Option<(String, Packing)> {
    let (name, ending) = file.rsplit_once('.')?;
    let packing = Packing::ALL.into_iter().find(|packing| packing.ending() == ending)?;
    let hash = name.replacen('/', "", 1);
    (hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit())).then_some((hash, packing))
}

fn failed(e: std::io::Error) -> object_store::Error {
    object_store::Error::Generic { store: "captures", source: Box::new(e) }
}
