//! What an execution brought, as one file: `<type>/<device>.txt`, secrets masked, and `result.json`.

use std::collections::HashMap;
use std::io::{Seek, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use model::{DeviceId, RunId};
use serde::Serialize;
use serde_json::json;
use store::DeviceFilter;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveFormat {
    Zip,
    TarGz,
}

impl ArchiveFormat {
    /// By the end of a file's name.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_lowercase();
        let ends = |end: &str| name.ends_with(end);
        match () {
            () if ends(".zip") => Some(Self::Zip),
            () if ends(".tar.gz") || ends(".tgz") => Some(Self::TarGz),
            () => None,
        }
    }
}

/// What was written.
#[derive(Debug, Clone, Serialize)]
pub struct Archived {
    pub run: RunId,
    pub files: u64,
    /// Before they were packed.
    pub bytes: u64,
    /// Captures whose contents are not there any more, or damaged.
    pub problems: Vec<String>,
}

impl App {
    /// Writes what an execution brought into a file. Complete captures are `<type>/<device>.txt`; others are in
    /// `incomplete/` beside them.
    pub async fn archive(
        &self,
        actor: &Actor,
        id: RunId,
        format: ArchiveFormat,
        out: impl Write + Seek,
    ) -> AppResult<Archived> {
        actor.must(Role::Viewer, "see captures")?;
        let (run, devices) = self.run(actor, id).await?;
        let result = serde_json::to_vec_pretty(&json!({ "run": run, "devices": devices }))?;
        let mut packer = Packer::new(format, out, run.started_at.0 / 1000);
        let mut archived = Archived { run: id, files: 0, bytes: 0, problems: Vec::new() };
        packer.add("result.json", &result).map_err(failed)?;
        let wanted = self.outputs_of(id).await?;
        let mut captures = self.store.captures_of_run(id).await?;
        captures.retain(|c| c.run == Some(id) || c.last_run == Some(id) || wanted.contains(&c.capture_type));
        let ids = Some(captures.iter().map(|c| c.device).collect());
        let devices = self.store.devices(&DeviceFilter { ids, ..DeviceFilter::default() }).await?;
        let slugs: HashMap<DeviceId, String> = devices.into_iter().map(|d| (d.id, d.slug)).collect();
        let mut names: HashMap<String, u32> = HashMap::new();
        for capture in captures {
            let Some(slug) = slugs.get(&capture.device) else { continue };
            let folder = if capture.completeness.is_complete() { "" } else { "incomplete/" };
            let base = format!("{folder}{}/{slug}", model::text::slug(&capture.capture_type));
            let times = names.entry(base.clone()).or_default();
            *times += 1;
            // A second command line of the device, or what it said before a change within the run.
            let name = if *times == 1 { format!("{base}.txt") } else { format!("{base}.{times}.txt") };
            match self.masked(&capture).await {
                Ok(text) => {
                    packer.add(&name, text.as_bytes()).map_err(failed)?;
                    archived.files += 1;
                    archived.bytes += text.len() as u64;
                }
                Err(error) => archived.problems.push(format!("{name}: {}", error.chain())),
            }
        }
        packer.finish().map_err(failed)?;
        Ok(archived)
    }

    /// What a run keeps its captures as.
    async fn outputs_of(&self, id: RunId) -> AppResult<Vec<String>> {
        let params = self.store.run(id).await?.params;
        let texts = |value: Option<&serde_json::Value>, key: Option<&str>| {
            let items = value.and_then(|v| v.as_array()).into_iter().flatten();
            let text = |v: &serde_json::Value| key.map_or(Some(v), |key| v.get(key))?.as_str().map(str::to_owned);
            items.filter_map(text).collect::<Vec<_>>()
        };
        let own = params.get("errand").and_then(|errand| errand.get("commands"));
        Ok([texts(params.get("types"), None), texts(own, Some("output"))].concat())
    }
}

fn failed(source: std::io::Error) -> AppError {
    AppError::Write { path: "the archive".into(), source }
}

/// Writes files into an archive.
enum Packer<W: Write + Seek> {
    Zip(Box<ZipWriter<W>>),
    Tar(Box<tar::Builder<GzEncoder<W>>>, u64),
}

impl<W: Write + Seek> Packer<W> {
    /// `at`: what files are dated, in seconds.
    fn new(format: ArchiveFormat, out: W, at: i64) -> Self {
        match format {
            ArchiveFormat::Zip => Self::Zip(Box::new(ZipWriter::new(out))),
            ArchiveFormat::TarGz => {
                let tar = tar::Builder::new(GzEncoder::new(out, Compression::default()));
                Self::Tar(Box::new(tar), at.unsigned_abs())
            }
        }
    }

    fn add(&mut self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        match self {
            Self::Zip(zip) => {
                zip.start_file(name, SimpleFileOptions::default().large_file(bytes.len() > 1 << 31))?;
                zip.write_all(bytes)
            }
            Self::Tar(tar, at) => {
                let mut header = tar::Header::new_gnu();
                header.set_size(bytes.len() as u64);
                header.set_mode(0o600);
                header.set_mtime(*at);
                tar.append_data(&mut header, name, bytes)
            }
        }
    }

    fn finish(self) -> std::io::Result<()> {
        match self {
            Self::Zip(zip) => zip.finish()?.flush(),
            Self::Tar(tar, _) => tar.into_inner()?.finish()?.flush(),
        }
    }
}
