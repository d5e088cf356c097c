//! Taking over the jobs of the predecessors: files, folders of them, and the database.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::JobDraft;
use super::files::FileJob;
use crate::actor::Role;
use crate::{Actor, App, AppResult, Write, Written};

/// Jobs of one name.
const MOST: usize = 100_000;

/// What was taken over, or would be.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Migrated {
    pub jobs: Vec<FileJob>,
    /// Files and jobs that were left out, and why.
    pub problems: Vec<String>,
    pub written: Written,
}

impl App {
    /// Reads job files of any version, or a `collector.db`, and keeps their jobs; one that is there already, by its
    /// slug, is written over. What cannot be read is told and stops no other.
    pub async fn migrate_jobs(&self, actor: &Actor, paths: &[PathBuf], write: &Write) -> AppResult<Migrated> {
        actor.must(Role::Operator, "change jobs")?;
        let is_database = |path: &&PathBuf| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("db"));
        let (databases, files): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(is_database);
        let (mut jobs, problems) = self.read_job_files(&files.into_iter().cloned().collect::<Vec<_>>());
        let mut problems: Vec<String> = problems.into_iter().map(|(_, problem)| problem).collect();
        for database in databases {
            let (read, wrong) = self.read_collector(database).await?;
            jobs.extend(read);
            problems.extend(wrong);
        }
        self.keep_migrated(actor, jobs, problems, write).await
    }

    /// As [`App::migrate_jobs`], of texts: what each file is called, and what it says.
    pub async fn migrate_job_texts(
        &self,
        actor: &Actor,
        files: &[(String, String)],
        write: &Write,
    ) -> AppResult<Migrated> {
        actor.must(Role::Operator, "change jobs")?;
        let (mut jobs, mut problems) = (Vec::new(), Vec::new());
        for (name, text) in files {
            match self.read_job_text(Path::new(name), text) {
                Ok(read) => jobs.extend(read),
                Err(error) => problems.push(error.chain()),
            }
        }
        self.keep_migrated(actor, jobs, problems, write).await
    }

    async fn keep_migrated(
        &self,
        actor: &Actor,
        mut jobs: Vec<FileJob>,
        problems: Vec<String>,
        write: &Write,
    ) -> AppResult<Migrated> {
        let mut slugs: Vec<String> = Vec::new();
        for job in &mut jobs {
            let wanted = job.draft.slug();
            let numbered = std::iter::once(wanted.clone()).chain((2..=MOST).map(|n| format!("{wanted}-{n}")));
            let free = numbered.into_iter().find(|slug| !slugs.contains(slug)).unwrap_or(wanted.clone());
            if free != wanted {
                job.notes.push(format!("another file has `{wanted}` too: this one is `{free}`"));
                job.draft.slug = Some(free.clone());
            }
            slugs.push(free);
        }
        let drafts: Vec<JobDraft> = jobs.iter().map(|job| job.draft.clone()).collect();
        let written = self.apply_jobs(actor, &drafts, write).await?;
        Ok(Migrated { jobs, problems, written })
    }
}
