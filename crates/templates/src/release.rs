//! A release of ntc-templates: the one that was packed when this crate was built, or a newer one.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, OnceLock};
use std::{fs, io};

use sha2::{Digest, Sha256};
use textfsm::Index;

use crate::library::bare;
use crate::packed::{self, Files, Packed, Place};
use crate::wheel::{self, WheelError};

/// Version of the embedded ntc-templates, such as `9.3.0`.
pub const VERSION: &str = env!("NTC_TEMPLATES_VERSION");

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/templates.zst"));

const INDEX: &str = "index";
/// A wheel is some hundred kilobytes.
const LARGEST: u64 = 64 << 20;
/// A fast level: the build compresses harder.
const LEVEL: i32 = 9;

/// Index and templates as they were released, unpacked as they are asked for.
#[derive(Debug, Default)]
pub struct Release {
    /// What it says of itself; a folder says nothing.
    pub version: Option<String>,
    packed: Cow<'static, [u8]>,
    places: HashMap<String, Place>,
    blocks: Vec<Block>,
    index: OnceLock<Option<Index>>,
    /// For each template how often its platform is met, see [`Release::prior`].
    priors: OnceLock<HashMap<String, f64>>,
}

/// Some files together: where they are among the packed bytes, and their text once it was needed.
#[derive(Debug)]
struct Block {
    range: Range<usize>,
    text: OnceLock<String>,
}

/// A release that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot use {}", path.display())]
    Wheel { path: PathBuf, source: WheelError },
    #[error("{} is damaged: it is not what was stored; `velocity templates update --undo` does without it", path.display())]
    Damaged { path: PathBuf },
    #[error("its index cannot be used")]
    Index(#[from] textfsm::IndexError),
}

impl Release {
    /// The embedded one, shared by all that ask.
    pub fn builtin() -> &'static Arc<Release> {
        static BUILTIN: LazyLock<Arc<Release>> = LazyLock::new(|| {
            // What the build has packed is not damaged.
            Arc::new(Release::new(Some(VERSION.to_owned()), Cow::Borrowed(PACKED)).unwrap_or_default())
        });
        &BUILTIN
    }

    fn new(version: Option<String>, packed: Cow<'static, [u8]>) -> io::Result<Release> {
        let Packed { files, blocks } = packed::open(&packed)?;
        let mut start = packed.len() - blocks.iter().map(|block| block.len() + packed::LENGTH).sum::<usize>();
        let block = |block: &[u8]| {
            let range = start + packed::LENGTH..start + packed::LENGTH + block.len();
            start = range.end;
            Block { range, text: OnceLock::new() }
        };
        let blocks = blocks.into_iter().map(block).collect();
        Ok(Release { version, places: files.into_iter().collect(), blocks, packed, ..Release::default() })
    }

    /// From a wheel, or from a folder with an `index` and templates, which may be the root of a checkout.
    pub fn read(path: &Path) -> Result<Release, ReleaseError> {
        let unusable = |source| ReleaseError::Wheel { path: path.to_path_buf(), source };
        let (version, files) = if path.is_dir() {
            let inner = path.join(wheel::FOLDER);
            (None, folder(if inner.is_dir() { &inner } else { path })?)
        } else {
            let wheel = wheel::read(&limited(path, LARGEST)?).map_err(unusable)?;
            (wheel.version, wheel.files)
        };
        if files.len() < 2 || files.iter().all(|(name, _)| name != INDEX) {
            return Err(unusable(WheelError::NoTemplates));
        }
        let packed =
            packed::pack(&files, LEVEL).map_err(|source| ReleaseError::Read { path: path.to_path_buf(), source })?;
        let release = Release::new(version, Cow::Owned(packed));
        let release = release.map_err(|source| ReleaseError::Read { path: path.to_path_buf(), source })?;
        Index::parse(release.index_source())?;
        Ok(release)
    }

    /// What [`Release::packed`] gave, from a file; its hash must be the one that it was stored by.
    pub fn open(path: &Path, sha256: &str, version: Option<String>) -> Result<Release, ReleaseError> {
        let damaged = || ReleaseError::Damaged { path: path.to_path_buf() };
        let packed = limited(path, LARGEST)?;
        if hex(&packed) != sha256 {
            return Err(damaged());
        }
        Release::new(version, Cow::Owned(packed)).map_err(|_| damaged())
    }

    /// To be stored, and the SHA-256 of it.
    pub fn packed(&self) -> (String, &[u8]) {
        (hex(&self.packed), &self.packed)
    }

    /// The text of the index.
    pub fn index_source(&self) -> &str {
        self.file(INDEX).unwrap_or_default()
    }

    /// Rows are compiled when they are asked for: there are a thousand.
    pub(crate) fn index(&self) -> Option<&Index> {
        self.index.get_or_init(|| Index::parse_lazily(self.index_source()).ok()).as_ref()
    }

    /// The text of a template, by its name without ending.
    pub fn source(&self, name: &str) -> Option<&str> {
        self.file(&format!("{name}.textfsm"))
    }

    /// Names of the templates, without ending.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().filter_map(|name| name.strip_suffix(".textfsm"))
    }

    fn file(&self, name: &str) -> Option<&str> {
        let place = self.places.get(name)?;
        let block = self.blocks.get(place.block)?;
        let text = block.text.get_or_init(|| packed::unpack(&self.packed[block.range.clone()]).unwrap_or_default());
        text.get(place.start..place.end)
    }

    /// Among equals the platform with more templates is the one that is met more often: 1 to about 1.1.
    pub(crate) fn prior(&self, name: &str) -> f64 {
        self.priors.get_or_init(|| priors(self.index())).get(name).copied().unwrap_or(1.0)
    }
}

/// SHA-256 of a file's contents, in hexadecimal digits.
pub fn hash_of_file(path: &Path) -> Result<String, ReleaseError> {
    limited(path, LARGEST).map(|bytes| hex(&bytes))
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn priors(index: Option<&Index>) -> HashMap<String, f64> {
    let mut sizes: HashMap<&str, u32> = HashMap::new();
    let rows: Vec<_> = index.into_iter().flat_map(|index| index.rows()).collect();
    rows.iter().for_each(|(_, platform)| *sizes.entry(*platform).or_default() += 1);
    let each = |(names, platform): &(&[String], &str)| {
        let prior = 1.0 + 0.015 * f64::from(sizes[platform]).log2();
        names.iter().map(|name| (bare(name).to_owned(), prior)).collect::<Vec<_>>()
    };
    rows.iter().flat_map(each).collect()
}

fn folder(folder: &Path) -> Result<Files, ReleaseError> {
    let failed = |source| ReleaseError::Read { path: folder.to_path_buf(), source };
    let too_much = || ReleaseError::Wheel { path: folder.to_path_buf(), source: WheelError::TooMuch };
    let (mut files, mut total) = (Files::new(), 0);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| wheel::is_ours(name)) else {
            continue;
        };
        let bytes = limited(&path, wheel::LARGEST)?;
        total += bytes.len() as u64;
        if total > wheel::MOST {
            return Err(too_much());
        }
        let invalid = |e| ReleaseError::Read { path: path.clone(), source: io::Error::other(e) };
        files.push((name.to_owned(), String::from_utf8(bytes).map_err(invalid)?));
    }
    files.sort();
    Ok(files)
}

/// A file that is one, and not too large.
fn limited(path: &Path, most: u64) -> Result<Vec<u8>, ReleaseError> {
    let failed = |source| ReleaseError::Read { path: path.to_path_buf(), source };
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(failed(io::Error::other("it is no file")));
    }
    if metadata.len() > most {
        return Err(failed(io::Error::other(format!("it is larger than {most} bytes"))));
    }
    fs::read(path).map_err(failed)
}
