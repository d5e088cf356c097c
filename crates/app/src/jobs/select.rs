//! Which jobs a person means: by slug, id or file, by patterns, by tag, a folder of files, all.

use std::path::{Path, PathBuf};

use model::JobId;
use model::text::shown;
use serde::Serialize;
use store::{Job, JobFilter, StoreError};

use super::JobDraft;
use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

/// What was asked for; all of it is run, each job once.
#[derive(Debug, Clone, Default)]
pub struct JobChoice {
    /// Slugs, ids or files.
    pub jobs: Vec<String>,
    /// Of slug or name; only jobs that are enabled.
    pub patterns: Vec<String>,
    /// Folders of job files.
    pub folders: Vec<PathBuf>,
    pub tag: Option<String>,
    /// All that are enabled.
    pub all: bool,
}

/// A job to be run: one that is kept, or one out of a file.
#[derive(Debug, Clone, Serialize)]
pub struct ChosenJob {
    /// Its slug, or its file.
    pub label: String,
    pub id: Option<JobId>,
    #[serde(skip)]
    pub draft: JobDraft,
}

/// What was found, and what was not and is left out.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    pub jobs: Vec<ChosenJob>,
    /// What was asked for, and why it is not there.
    pub missing: Vec<(String, String)>,
}

impl App {
    /// # Errors
    /// [`AppError::Usage`] when nothing was asked for, [`AppError::Invalid`] when nothing of it is there.
    pub async fn choose_jobs(&self, actor: &Actor, choice: &JobChoice) -> AppResult<Chosen> {
        actor.must(Role::Viewer, "see jobs")?;
        let JobChoice { jobs, patterns, folders, tag, all } = choice;
        if jobs.is_empty() && patterns.is_empty() && folders.is_empty() && tag.is_none() && !all {
            let text =
                "which job? give --job, --jobs, --jobs-dir, --tag or --all-enabled; `velocity jobs list` shows them";
            return Err(AppError::Usage(text.into()));
        }
        if !folders.is_empty() && !actor.may_name_files() {
            return Err(AppError::Usage("a folder of job files is read only on the machine of the server".into()));
        }
        let mut chosen = Chosen::default();
        for reference in jobs {
            self.choose_one(actor, reference, &mut chosen).await?;
        }
        let enabled = |filter: JobFilter| JobFilter { enabled: Some(true), ..filter };
        for pattern in patterns {
            let filter = JobFilter { patterns: vec![pattern.clone()], ..JobFilter::default() };
            self.choose_by(enabled(filter), pattern, &mut chosen).await?;
        }
        if let Some(tag) = tag {
            let filter = JobFilter { tag: Some(tag.clone()), ..JobFilter::default() };
            self.choose_by(enabled(filter), &format!("tag {tag}"), &mut chosen).await?;
        }
        if *all {
            self.choose_by(enabled(JobFilter::default()), "all", &mut chosen).await?;
        }
        for folder in folders {
            self.choose_files(folder, &mut chosen);
        }
        if let ([], [(what, why), ..]) = (&chosen.jobs[..], &chosen.missing[..]) {
            return Err(AppError::Invalid(format!("{}: {why}", shown(what))));
        }
        Ok(chosen)
    }

    async fn choose_one(&self, actor: &Actor, reference: &str, chosen: &mut Chosen) -> AppResult<()> {
        match self.store.job(reference).await {
            Ok(job) => chosen.add(of(&job)),
            Err(StoreError::NotFound { .. }) if actor.may_name_files() && looks_like_file(reference) => {
                self.choose_file(Path::new(reference), chosen)
            }
            Err(error @ (StoreError::NotFound { .. } | StoreError::Ambiguous { .. })) => {
                chosen.missing.push((reference.to_owned(), format!("{error}; `velocity jobs list` shows them")));
            }
            Err(other) => return Err(other.into()),
        }
        Ok(())
    }

    async fn choose_by(&self, filter: JobFilter, what: &str, chosen: &mut Chosen) -> AppResult<()> {
        let jobs = self.store.jobs(&filter).await?;
        if jobs.is_empty() {
            chosen.missing.push((what.to_owned(), "no job that is enabled is like this".to_owned()));
        }
        jobs.iter().for_each(|job| chosen.add(of(job)));
        Ok(())
    }

    fn choose_files(&self, folder: &Path, chosen: &mut Chosen) {
        match super::files::in_folder(folder) {
            Ok(files) if files.is_empty() => {
                chosen.missing.push((folder.display().to_string(), "no job files in it".to_owned()));
            }
            Ok(files) => files.iter().for_each(|file| self.choose_file(file, chosen)),
            Err(error) => chosen.missing.push((folder.display().to_string(), error.chain())),
        }
    }

    fn choose_file(&self, file: &Path, chosen: &mut Chosen) {
        match self.read_job_file(file) {
            Ok(jobs) => jobs.into_iter().for_each(|job| {
                // The file is run as it is, whether or not a job of this name is kept.
                chosen.add(ChosenJob {
                    label: format!("{} ({})", job.draft.slug(), file.display()),
                    id: None,
                    draft: job.draft,
                });
            }),
            Err(error) => chosen.missing.push((file.display().to_string(), error.chain())),
        }
    }
}

impl Chosen {
    fn add(&mut self, job: ChosenJob) {
        if self.jobs.iter().all(|known| known.label != job.label) {
            self.jobs.push(job);
        }
    }
}

fn of(job: &Job) -> ChosenJob {
    ChosenJob { label: job.slug.clone(), id: Some(job.id), draft: JobDraft::of(job) }
}

fn looks_like_file(reference: &str) -> bool {
    let path = Path::new(reference);
    path.extension().is_some_and(|e| ["json", "yaml", "yml"].iter().any(|known| e.eq_ignore_ascii_case(known)))
        || reference.contains(['/', '\\'])
        || path.is_file()
}
