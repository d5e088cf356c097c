//! A release of ntc-templates: the one that was packed when this crate was built, or a newer one.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::{fs, io};

use sha2::{Digest, Sha256};
use textfsm::Index;

use crate::library::bare;
use crate::packed::{self, Files};
use crate::wheel::{self, WheelError};

/// Version of the embedded ntc-templates, such as `9.3.0`.
pub const VERSION: &str = env!("NTC_TEMPLATES_VERSION");

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/templates.zst"));

/// A wheel is some hundred kilobytes.
const LARGEST_WHEEL: u64 = 64 << 20;
/// A fast level: the build compresses harder.
const LEVEL: i32 = 9;

/// Index and templates as they were released.
#[derive(Debug)]
pub struct Release {
    /// What it says of itself; a folder says nothing.
    pub version: Option<String>,
    files: HashMap<String, Arc<str>>,
    index: OnceLock<Option<Index>>,
    /// For each template how often its platform is met, see [`Release::prior`].
    priors: OnceLock<HashMap<String, f64>>,
}

/// A release that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot use {}", path.display())]
    Wheel { path: PathBuf, source: WheelError },
    #[error("{} is damaged: it is not what was stored; take the release into use again", path.display())]
    Changed { path: PathBuf },
    #[error("its index cannot be used")]
    Index(#[from] textfsm::IndexError),
}

impl Release {
    /// The embedded one, shared by all that ask.
    pub fn builtin() -> &'static Arc<Release> {
        static BUILTIN: OnceLock<Arc<Release>> = OnceLock::new();
        // What the build has packed is not damaged.
        BUILTIN.get_or_init(|| {
            Arc::new(Release::new(Some(VERSION.to_owned()), packed::unpack(PACKED).unwrap_or_default()))
        })
    }

    /// No templates at all.
    pub fn empty() -> Arc<Release> {
        Arc::new(Release::new(None, Files::new()))
    }

    fn new(version: Option<String>, files: Files) -> Release {
        let files = files.into_iter().map(|(name, text)| (name, text.into())).collect();
        Release { version, files, index: OnceLock::new(), priors: OnceLock::new() }
    }

    /// From a wheel, or from a folder with an `index` and templates, which may be the root of a checkout.
    pub fn read(path: &Path) -> Result<Release, ReleaseError> {
        let used = |source| ReleaseError::Wheel { path: path.to_path_buf(), source };
        let release = if path.is_dir() {
            let inner = path.join(wheel::FOLDER);
            let files = folder(if inner.is_dir() { &inner } else { path })?;
            Release::new(None, files)
        } else {
            let wheel = wheel::read(&limited(path, LARGEST_WHEEL)?).map_err(used)?;
            Release::new(wheel.version, wheel.files)
        };
        if release.files.len() < 2 || !release.files.contains_key("index") {
            return Err(used(WheelError::NoTemplates));
        }
        release.checked()
    }

    /// What [`Release::packed`] gave, from a file; its hash must be the one that it was stored by.
    pub fn open(path: &Path, hash: &str, version: Option<String>) -> Result<Release, ReleaseError> {
        let changed = || ReleaseError::Changed { path: path.to_path_buf() };
        let files = packed::unpack(&limited(path, LARGEST_WHEEL)?).map_err(|_| changed())?;
        if hex(&packed::plain(&files)) != hash {
            return Err(changed());
        }
        Ok(Release::new(version, files))
    }

    /// Compressed, and the SHA-256 of its contents, by which two releases are the same.
    pub fn packed(&self) -> io::Result<(String, Vec<u8>)> {
        let mut files: Files = self.files.iter().map(|(name, text)| (name.clone(), text.to_string())).collect();
        files.sort();
        Ok((hex(&packed::plain(&files)), packed::pack(&files, LEVEL)?))
    }

    fn checked(self) -> Result<Release, ReleaseError> {
        Index::parse(self.index_source())?;
        Ok(self)
    }

    /// The text of the index.
    pub fn index_source(&self) -> &str {
        self.files.get("index").map_or("", |text| text)
    }

    pub(crate) fn index(&self) -> Option<&Index> {
        self.index.get_or_init(|| Index::parse(self.index_source()).ok()).as_ref()
    }

    /// The text of a template, by its name without ending.
    pub(crate) fn source(&self, name: &str) -> Option<&Arc<str>> {
        self.files.get(format!("{name}.textfsm").as_str())
    }

    /// Names of the templates, without ending.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().filter_map(|name| name.strip_suffix(".textfsm"))
    }

    /// Among equals the platform with more templates is the one that is met more often: 1 to about 1.1.
    pub(crate) fn prior(&self, name: &str) -> f64 {
        self.priors.get_or_init(|| priors(self.index())).get(name).copied().unwrap_or(1.0)
    }
}

/// SHA-256 of a file's contents, in hexadecimal digits.
pub fn hash_of_file(path: &Path) -> Result<String, ReleaseError> {
    limited(path, LARGEST_WHEEL).map(|bytes| hex(&bytes))
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
