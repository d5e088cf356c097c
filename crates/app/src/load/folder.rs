//! Captures from files `<type>/<device>.txt`, as other tools lay them out. Names and contents are hostile: links are not
//! followed, nothing outside the folder is opened, and what is no text is left alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ingest::Reading;
use model::text::shown;
use model::{Capture, Completeness, Device, Timestamp};
use serde::Serialize;
use store::CaptureFilter;

use super::{DeviceLoad, LoadReport, NO_CAPTURE, TypeLoad, audit, type_load};
use crate::loading::{Measure, load_reading};
use crate::saving::Load;
use crate::select::Selector;
use crate::{Actor, App, AppError, AppResult};

/// No device says more of one type; what is larger is no capture.
const LARGEST: u64 = 256 << 20;

/// A file that was left out.
#[derive(Debug, Clone, Serialize)]
pub struct FileSkipped {
    pub file: String,
    pub reason: String,
}

/// A file whose device and type are known.
struct Found {
    path: PathBuf,
    /// Path in the folder, fit to be shown.
    name: String,
    device: Device,
    /// How the device was found.
    by: &'static str,
    capture_type: String,
    at: Timestamp,
}

impl App {
    pub(super) async fn load_folder(
        &self,
        actor: &Actor,
        folder: &Path,
        is_wanted: &impl Fn(&str) -> bool,
        dry_run: bool,
    ) -> AppResult<LoadReport> {
        let own = self.home.join("collections").canonicalize();
        if folder.canonicalize().ok().zip(own.ok()).is_some_and(|(folder, own)| folder == own) {
            let why = "these are views of what is stored, secrets masked; `velocity load --all` loads what is stored";
            return Err(AppError::Usage(why.to_owned()));
        }
        let devices = self.select(&Selector::All).await?;
        let mut report = LoadReport { dry_run, ..LoadReport::default() };
        let mut found: BTreeMap<String, Vec<Found>> = BTreeMap::new();
        for (path, name) in files(folder, &mut report.skipped)? {
            match self.place(&path, &name, &devices, is_wanted) {
                Ok(Some(file)) => found.entry(file.device.slug.clone()).or_default().push(file),
                Ok(None) => {}
                Err(reason) => report.skipped.push(FileSkipped { file: name, reason }),
            }
        }
        for (device, files) in found {
            let loaded = self.load_files(actor, files, dry_run, &mut report.skipped).await;
            let (types, error) = match loaded {
                Ok(types) => (types, None),
                Err(error) => (Vec::new(), Some(error.chain())),
            };
            if error.is_some() || !types.is_empty() {
                report.devices.push(DeviceLoad { device, error, types });
            }
        }
        Ok(report)
    }

    /// Which device and type a file is of; none when it is not asked for.
    fn place(
        &self,
        path: &Path,
        name: &str,
        devices: &[Device],
        is_wanted: &impl Fn(&str) -> bool,
    ) -> Result<Option<Found>, String> {
        let word = |p: Option<&std::ffi::OsStr>| p.and_then(|p| p.to_str()).unwrap_or_default().to_owned();
        let (folder, stem) = (word(path.parent().and_then(Path::file_name)), word(path.file_stem()));
        let known = self.reader.platforms.capture_type(&folder).map(|(name, _)| name.to_owned());
        let capture_type = known.ok_or_else(|| format!("`{}` is no capture type", shown(&folder)))?;
        if !is_wanted(&capture_type) {
            return Ok(None);
        }
        let (device, by) = device_of(&stem, devices)?;
        let platform = self.reader.platforms.get(&device.platform);
        let spec = platform.and_then(|p| p.captures.get(&capture_type));
        spec.ok_or_else(|| format!("{} is {}, which has no {capture_type}", device.slug, device.platform))?;
        let meta = fs::symlink_metadata(path).map_err(|e| e.to_string())?;
        if meta.len() > LARGEST {
            return Err(format!("{} MB are more than the {} MB that are read", meta.len() >> 20, LARGEST >> 20));
        }
        let written = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let written = written.and_then(|at| i64::try_from(at.as_millis()).ok()).map_or(self.now(), Timestamp);
        let at = written.min(self.now());
        let (path, name) = (path.to_path_buf(), name.to_owned());
        Ok(Some(Found { path, name, device: device.clone(), by, capture_type, at }))
    }

    /// All files of one device in one transaction.
    async fn load_files(
        &self,
        actor: &Actor,
        files: Vec<Found>,
        dry_run: bool,
        skipped: &mut Vec<FileSkipped>,
    ) -> AppResult<Vec<TypeLoad>> {
        let Some(device) = files.first().map(|f| f.device.clone()) else { return Ok(Vec::new()) };
        let latest = CaptureFilter { device: Some(device.id), latest_only: true, ..CaptureFilter::default() };
        let latest = self.store.captures(&latest).await?;
        let loads = self.store.fact_loads(Some(device.id)).await?;
        let (mut prepared, mut told) = (Vec::new(), Vec::new());
        for file in files {
            let known = latest.iter().find(|c| c.capture_type == file.capture_type);
            let content = fs::read(&file.path)
                .map_err(|source| AppError::Invalid(format!("cannot read {}: {source}", file.name)));
            let content = content.and_then(|c| text_of(c).map_err(AppError::Invalid));
            let newer = known.filter(|c| c.last_seen > file.at);
            let reason = match (&content, newer) {
                (Err(error), _) => Some(error.to_string()),
                (_, Some(newer)) => Some(format!("it is of {}, and what is known is of {}", file.at, newer.last_seen)),
                _ => None,
            };
            let (Ok(content), None) = (content, &reason) else {
                skipped.push(FileSkipped { file: file.name, reason: reason.unwrap_or_default() });
                continue;
            };
            let read = self.read(vec![self.capture_of(&file, content)]).await?;
            let from = format!("{}, its device by {}", file.name, file.by);
            prepared.push((file.at, read, from));
        }
        let mut tx = self.store.begin().await?;
        let mut not_loaded = None;
        let mut views = Vec::new();
        for (at, read, from) in prepared {
            let first = told.len();
            told.extend(read.iter().map(|(capture, reading)| told_of(capture, reading, &from)));
            if dry_run {
                for ((capture, reading), load) in read.iter().zip(&mut told[first..]) {
                    if capture.completeness.is_complete() {
                        let measure = Measure::of(&capture.capture_type, reading, &loads);
                        let ty = &capture.capture_type;
                        let loaded = load_reading(&mut tx, device.id, NO_CAPTURE, ty, reading, measure, at).await?;
                        load.count(loaded);
                    }
                }
                continue;
            }
            let prepared = self.prepare(Some(device.id), read).await?;
            let saved = self.save(&mut tx, &device, None, (&prepared, Load::Now), at).await?;
            for load in &mut told[first..] {
                load.count(saved.loads.get(&load.capture_type).copied());
            }
            not_loaded = not_loaded.or(saved.not_loaded);
            views.extend(prepared);
        }
        if !dry_run && !told.is_empty() {
            audit(&mut tx, actor, &device, &told, self.now()).await?;
            tx.commit().await?;
            if let Err(error) = self.write_views(&device, &views) {
                tracing::warn!(device = %device.slug, "the view of its captures is not current: {}", error.chain());
            }
        }
        not_loaded.map_or(Ok(told), |reason| Err(AppError::Invalid(reason)))
    }

    fn capture_of(&self, file: &Found, content: Vec<u8>) -> Capture {
        let platform = self.reader.platforms.get(&file.device.platform);
        let spec = platform.and_then(|p| p.captures.get(&file.capture_type));
        let profile = platform.and_then(|p| dialog::Profile::compile(&p.session).ok());
        let refused = profile.and_then(|p| p.refusal(&content));
        let judged = spec.map(|spec| collect::judge_text(&content, refused.as_ref(), spec));
        Capture {
            capture_type: file.capture_type.clone(),
            command: spec.and_then(|s| s.commands.first()).cloned().unwrap_or_default(),
            platform: file.device.platform.clone(),
            content,
            completeness: judged.unwrap_or(Completeness::Complete),
        }
    }
}

/// What is known of a file before it is saved.
fn told_of(capture: &Capture, reading: &Reading, from: &str) -> TypeLoad {
    let from = Some(from.to_owned());
    let outcome = match &capture.completeness {
        Completeness::Complete => return TypeLoad { from, ..type_load(&capture.capture_type, reading, None) },
        Completeness::Cut(_) => "cut",
        Completeness::Refused(_) => "refused",
        Completeness::Invalid(_) => "invalid",
    };
    let notes = capture.completeness.reason().map(str::to_owned).into_iter().collect();
    TypeLoad { capture_type: capture.capture_type.clone(), outcome, notes, from, ..TypeLoad::default() }
}

/// The files two levels down, in order; what is something else is told.
fn files(folder: &Path, skipped: &mut Vec<FileSkipped>) -> AppResult<Vec<(PathBuf, String)>> {
    let cannot = |path: &Path, e: std::io::Error| AppError::Invalid(format!("cannot read {}: {e}", path.display()));
    let entries = |path: &Path| -> AppResult<Vec<fs::DirEntry>> {
        let all = fs::read_dir(path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
        let mut all = all.map_err(|e| cannot(path, e))?;
        all.sort_by_key(fs::DirEntry::file_name);
        Ok(all)
    };
    let mut found = Vec::new();
    for ty in entries(folder)? {
        let name = shown(&ty.file_name().to_string_lossy());
        // Of the entry itself, not of what a link leads to.
        if !ty.file_type().is_ok_and(|t| t.is_dir()) {
            skipped.push(FileSkipped { file: name, reason: "it is no folder; write <type>/<device>.txt".to_owned() });
            continue;
        }
        for file in entries(&ty.path())? {
            let name = format!("{name}/{}", shown(&file.file_name().to_string_lossy()));
            let path = file.path();
            let is_text = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt"));
            match file.file_type() {
                Ok(t) if t.is_file() && is_text => found.push((path, name)),
                Ok(t) if t.is_file() => {
                    skipped.push(FileSkipped { file: name, reason: "its name does not end in .txt".to_owned() });
                }
                _ => skipped.push(FileSkipped { file: name, reason: "it is no file".to_owned() }),
            }
        }
    }
    Ok(found)
}

/// Whether a device is meant.
type Fits<'f> = &'f dyn Fn(&Device) -> bool;

/// By its name, its name without domain, or its address.
fn device_of<'d>(stem: &str, devices: &'d [Device]) -> Result<(&'d Device, &'static str), String> {
    let short = |name: &str| name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_address = stem.parse::<std::net::IpAddr>().ok();
    let ways: [(&str, Fits<'_>); 4] = [
        ("name", &|d| d.slug == stem),
        ("name, whatever the case", &|d| d.slug.eq_ignore_ascii_case(stem) || d.name.eq_ignore_ascii_case(stem)),
        ("address", &|d| is_address == Some(d.address)),
        ("name without domain", &|d| is_address.is_none() && short(&d.name) == short(stem)),
    ];
    for (by, is) in ways {
        let mut fits = devices.iter().filter(|d| is(d));
        match (fits.next(), fits.next()) {
            (Some(device), None) => return Ok((device, by)),
            (Some(one), Some(other)) => {
                return Err(format!("by its {by} it may be {} or {}", one.slug, other.slug));
            }
            (None, _) => {}
        }
    }
    Err(format!("no device is called `{}`; `velocity devices list` shows them", shown(stem)))
}

/// The content as it is; an error for what is no text. A mark of UTF-8 at its beginning is no part of what was said.
fn text_of(mut content: Vec<u8>) -> Result<Vec<u8>, String> {
    if content.starts_with(&[0xff, 0xfe]) || content.starts_with(&[0xfe, 0xff]) {
        return Err("it is UTF-16; write it as UTF-8".to_owned());
    }
    if content.contains(&0) {
        return Err("it is no text: there are NUL bytes in it".to_owned());
    }
    if content.starts_with(&[0xef, 0xbb, 0xbf]) {
        content.drain(..3);
    }
    Ok(content)
}
