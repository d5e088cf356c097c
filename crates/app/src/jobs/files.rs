//! Job files: ours in YAML or JSON, and those of the predecessors, one job or several in each.

use std::path::{Path, PathBuf};

use model::text::shown;
use serde::Serialize;
use serde_json::Value;
use store::Job;

use super::{JobDraft, legacy};
use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// Bytes of a job file.
const LARGEST: u64 = 4 << 20;
/// Files of one folder.
const MOST: usize = 10_000;

/// A job out of a file.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct FileJob {
    #[schema(value_type = String)]
    pub file: PathBuf,
    /// `3`, or that of a predecessor: `1.0`, `2.0`, `collector.db`.
    pub version: &'static str,
    #[serde(flatten)]
    pub draft: JobDraft,
    /// What was read otherwise than it stands there, and what was left out.
    pub notes: Vec<String>,
}

/// How jobs are written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobFormat {
    Yaml,
    Json,
}

impl App {
    /// The jobs of a file: one, or a list of them.
    pub fn read_job_file(&self, file: &Path) -> AppResult<Vec<FileJob>> {
        let failed = |source| AppError::Read { path: file.to_path_buf(), source };
        let size = std::fs::metadata(file).map_err(failed)?.len();
        if size > LARGEST {
            return Err(AppError::Invalid(format!(
                "{}: {size} bytes; a job file has {LARGEST} at most",
                file.display()
            )));
        }
        self.read_job_text(file, &std::fs::read_to_string(file).map_err(failed)?)
    }

    /// The jobs of a text: one, or a list of them. `file`: what it is called; it is not opened.
    pub fn read_job_text(&self, file: &Path, text: &str) -> AppResult<Vec<FileJob>> {
        let named = |problem: String| AppError::Invalid(format!("{}: {problem}", file.display()));
        let value = value_of(file, text).map_err(named)?;
        let jobs = match value {
            Value::Array(jobs) => jobs,
            Value::Object(mut map) if map.len() == 1 && map.get("jobs").is_some_and(Value::is_array) => {
                match map.remove("jobs") {
                    Some(Value::Array(jobs)) => jobs,
                    _ => Vec::new(),
                }
            }
            one => vec![one],
        };
        let read = |job: Value| self.read_job(file, job).map_err(named);
        jobs.into_iter().map(read).collect()
    }

    fn read_job(&self, file: &Path, job: Value) -> Result<FileJob, String> {
        let (version, mut draft, notes) = match legacy::version(&job) {
            Some(version) => {
                let (draft, notes) = legacy::read(version, &job, file, &self.reader.now())?;
                (version, draft, notes)
            }
            None => {
                let draft: JobDraft = serde_json::from_value(job).map_err(|e| format!("no job: {e}"))?;
                ("3", draft, Vec::new())
            }
        };
        let (examined, problems) = self.examine_job(&draft);
        if !problems.is_empty() {
            return Err(format!("job `{}`: {}", shown(&draft.name), problems.join("; ")));
        }
        draft = examined;
        Ok(FileJob { file: file.to_path_buf(), version, draft, notes })
    }

    /// As [`App::read_job_file`], of files and of folders; what cannot be read is told beside, and stops no other.
    pub fn read_job_files(&self, paths: &[PathBuf]) -> (Vec<FileJob>, Vec<(PathBuf, String)>) {
        let (mut jobs, mut problems) = (Vec::new(), Vec::new());
        for path in paths {
            let files = if path.is_dir() { in_folder(path) } else { Ok(vec![path.clone()]) };
            let files = files.unwrap_or_else(|error| {
                problems.push((path.clone(), error.chain()));
                Vec::new()
            });
            for file in files {
                match self.read_job_file(&file) {
                    Ok(read) => jobs.extend(read),
                    Err(error) => problems.push((file, error.chain())),
                }
            }
        }
        (jobs, problems)
    }

    /// Jobs as a file that [`App::read_job_file`] reads.
    pub fn write_jobs_out(&self, actor: &Actor, jobs: &[Job], format: JobFormat) -> AppResult<String> {
        actor.must(Role::Viewer, "see jobs")?;
        let drafts: Vec<JobDraft> = jobs.iter().map(JobDraft::of).collect();
        let value = match &drafts[..] {
            [one] => serde_json::to_value(one)?,
            many => serde_json::to_value(many)?,
        };
        Ok(match format {
            JobFormat::Json => format!("{}\n", serde_json::to_string_pretty(&value)?),
            JobFormat::Yaml => yaml(&value)?,
        })
    }
}

pub(crate) fn yaml(value: &impl Serialize) -> AppResult<String> {
    let text = serde_saphyr::to_string(value).map_err(|e| AppError::Invalid(format!("cannot write YAML: {e}")))?;
    Ok(if text.ends_with('\n') { text } else { format!("{text}\n") })
}

fn value_of(file: &Path, text: &str) -> Result<Value, String> {
    let is_json = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    let plain = text.trim_start_matches('\u{feff}');
    match is_json {
        true => serde_json::from_str(plain).map_err(|e| format!("not JSON: {e}")),
        false => {
            let read = serde_saphyr::from_str(plain);
            read.map_err(|e| format!("not YAML: {}", e.to_string().lines().next().unwrap_or_default()))
        }
    }
}

/// Its job files, by name.
pub(super) fn in_folder(folder: &Path) -> AppResult<Vec<PathBuf>> {
    let failed = |source| AppError::Read { path: folder.to_path_buf(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_job =
            path.extension().is_some_and(|e| ["json", "yaml", "yml"].iter().any(|k| e.eq_ignore_ascii_case(k)));
        if is_job && path.is_file() {
            files.push(path);
        }
        if files.len() > MOST {
            return Err(AppError::Invalid(format!("{}: more than {MOST} files", folder.display())));
        }
    }
    files.sort_by_cached_key(|path| model::interface::sort_key(&path.to_string_lossy()));
    Ok(files)
}
