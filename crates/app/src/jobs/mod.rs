//! Jobs: what is collected again and again. Each verb that writes can be undone.

mod check;
mod collector;
pub(crate) mod files;
mod generate;
mod legacy;
mod many;
mod migrate;
mod run;
mod select;
mod starter;
mod write;

use std::collections::HashMap;

use model::object::JOB;
use model::{JobId, JobSpec, job};
use serde::{Deserialize, Serialize};
use store::{Job, JobFilter};

pub use files::{FileJob, JobFormat};
pub use generate::Generated;
pub use many::{Announce, JobResult, JobsReport, Order, ReadyJob};
pub use migrate::Migrated;
pub(crate) use run::paced;
pub use run::{JobPreview, JobRequest, JobRunOptions};
pub use select::{Chosen, ChosenJob, JobChoice};
pub use starter::PresetView;

use crate::actor::Role;
use crate::{Actor, App, AppResult};

/// A job as a person writes it: in a file, or by flags.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobDraft {
    pub name: String,
    /// Made of the name when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default = "yes")]
    pub enabled: bool,
    #[serde(default, skip_serializing_if = "is_no")]
    pub favourite: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(default)]
    pub what: job::JobWhat,
    #[serde(default, skip_serializing_if = "job::JobDevices::is_all")]
    pub which: job::JobDevices,
    #[serde(default, skip_serializing_if = "job::JobHow::is_default")]
    pub how: job::JobHow,
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_no(is: &bool) -> bool {
    !is
}

impl JobDraft {
    pub fn of(job: &Job) -> Self {
        let JobSpec { what, which, how } = job.spec.clone();
        Self {
            name: job.name.clone(),
            slug: Some(job.slug.clone()),
            description: job.description.clone(),
            enabled: job.enabled,
            favourite: job.favourite,
            tags: job.tags.iter().map(|t| t.name.clone()).collect(),
            what,
            which,
            how,
        }
    }

    pub fn spec(&self) -> JobSpec {
        JobSpec { what: self.what.clone(), which: self.which.clone(), how: self.how.clone() }
    }

    /// What commands call it.
    pub fn slug(&self) -> String {
        self.slug.clone().unwrap_or_else(|| model::text::slug(&self.name).to_lowercase())
    }
}

/// Which jobs a person wants to see.
#[derive(Debug, Clone, Default)]
pub struct JobQuery {
    pub filter: JobFilter,
    /// Part of the vendor, or of the platform, that it is for.
    pub vendor: Option<String>,
    /// A capture type that it collects.
    pub capture: Option<String>,
    /// A part of name, slug or description.
    pub search: Option<String>,
}

/// A job, and how many devices it asks now.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct JobRow {
    #[serde(flatten)]
    pub job: Job,
    pub devices: usize,
}

impl App {
    /// As [`App::jobs`], with how many devices each asks.
    pub async fn job_rows(&self, actor: &Actor, query: &JobQuery) -> AppResult<Vec<JobRow>> {
        // Many jobs ask the same devices.
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut rows = Vec::new();
        for job in self.jobs(actor, query).await? {
            let which = job.spec.which.to_string();
            let devices = match counts.get(&which) {
                Some(devices) => *devices,
                None => self.devices_of_job(actor, &job.spec.which).await?,
            };
            counts.insert(which, devices);
            rows.push(JobRow { job, devices });
        }
        Ok(rows)
    }

    /// By slug.
    pub async fn jobs(&self, actor: &Actor, query: &JobQuery) -> AppResult<Vec<Job>> {
        actor.must(Role::Viewer, "see jobs")?;
        let capture = query.capture.as_ref().map(|name| self.canonical(name));
        let mut jobs = self.store.jobs(&query.filter).await?;
        jobs.retain(|job| {
            capture.as_ref().is_none_or(|name| outputs(&job.spec).any(|o| o == name))
                && query.vendor.as_ref().is_none_or(|vendor| is_for(&job.spec, vendor))
                && query.search.as_ref().is_none_or(|text| says(job, text))
        });
        Ok(jobs)
    }

    /// One by slug, name or id.
    pub async fn job(&self, actor: &Actor, reference: &str) -> AppResult<Job> {
        actor.must(Role::Viewer, "see jobs")?;
        Ok(self.store.job(reference).await?)
    }

    pub async fn job_by_id(&self, actor: &Actor, id: JobId) -> AppResult<Job> {
        actor.must(Role::Viewer, "see jobs")?;
        Ok(self.store.job_by_id(id).await?)
    }

    /// What hangs on jobs that are to be deleted.
    pub async fn job_deletion(&self, actor: &Actor, references: &[String]) -> AppResult<Vec<crate::Deletion>> {
        self.deletion(actor, &JOB, references).await
    }
}

/// What it keeps captures as.
fn outputs(spec: &JobSpec) -> impl Iterator<Item = &String> {
    spec.what.captures.iter().chain(spec.what.commands.iter().map(|c| &c.output))
}

fn is_for(spec: &JobSpec, vendor: &str) -> bool {
    let vendor = vendor.to_lowercase();
    spec.which.vendor.iter().chain(&spec.which.platform).any(|v| v.to_lowercase().contains(&vendor))
}

fn says(job: &Job, text: &str) -> bool {
    let text = text.to_lowercase();
    let texts = [Some(&job.name), Some(&job.slug), job.description.as_ref()];
    texts.into_iter().flatten().any(|t| t.to_lowercase().contains(&text))
}
