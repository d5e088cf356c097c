//! The starter library, out of `starter_jobs.yaml`.

use std::time::Duration;

use model::job::{JobDevices, JobHow, JobWhat};
use model::text::shown;
use scheduler::{Missed, Recurrence};
use serde::{Deserialize, Serialize};

use super::JobDraft;
use crate::actor::Role;
use crate::schedules::in_words;
use crate::{Actor, App, AppError, AppResult, ScheduleDraft, ScheduleView, Write, Written};

const LIBRARY: &str = include_str!("../../starter_jobs.yaml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Library {
    families: Vec<Family>,
    captures: Vec<Starter>,
    presets: Vec<Preset>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    name: String,
    title: String,
    platforms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Starter {
    name: String,
    tag: String,
    validate: Option<f64>,
}

/// A job that runs by itself, as most installations want it.
#[derive(Deserialize)]
#[cfg_attr(test, derive(Debug))]
#[serde(deny_unknown_fields)]
struct Preset {
    name: String,
    title: String,
    captures: Vec<String>,
    recurrence: Recurrence,
}

/// A preset, and whether it is in use.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PresetView {
    /// The slug of its job.
    pub name: String,
    pub title: String,
    pub captures: Vec<String>,
    pub recurrence: Recurrence,
    /// In words: `daily at 02:00`.
    pub when: String,
    /// There is a job of its name: it is not kept again.
    pub kept: bool,
}

impl Preset {
    /// Of all devices that are in use.
    fn draft(&self) -> JobDraft {
        let which = JobDevices { status: vec!["active".to_owned()], ..JobDevices::default() };
        JobDraft {
            name: self.name.clone(),
            slug: Some(self.name.clone()),
            description: Some(self.title.clone()),
            enabled: true,
            what: JobWhat { captures: self.captures.clone(), ..JobWhat::default() },
            which,
            ..JobDraft::default()
        }
    }
}

fn library() -> AppResult<Library> {
    serde_saphyr::from_str(LIBRARY).map_err(|e| AppError::Platform(e.to_string()))
}

impl App {
    /// What can be kept by [`Self::add_preset`].
    pub async fn presets(&self, actor: &Actor) -> AppResult<Vec<PresetView>> {
        actor.must(Role::Viewer, "see presets")?;
        let jobs = self.store.jobs(&Default::default()).await?;
        let view = |preset: Preset| {
            let Preset { name, title, captures, recurrence } = preset;
            let (when, kept) = (in_words(&recurrence), jobs.iter().any(|job| job.slug == name));
            PresetView { name, title, captures, recurrence, when, kept }
        };
        Ok(library()?.presets.into_iter().map(view).collect())
    }

    /// Keeps the job of a preset and its schedule, in this zone or that of a site: both, or none.
    ///
    /// # Errors
    /// [`AppError::Usage`] when there is no such preset; [`StoreError::Conflict`](store::StoreError) when there is a job of
    /// its name.
    pub async fn add_preset(
        &self,
        actor: &Actor,
        name: &str,
        (zone, site): (Option<String>, Option<String>),
        write: &Write,
    ) -> AppResult<(Written, ScheduleView)> {
        actor.must(Role::Operator, "change jobs")?;
        let presets = library()?.presets;
        let names = || presets.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ");
        let unknown = || AppError::Usage(format!("there is no preset `{}`; there are {}", shown(name), names()));
        let preset = presets.iter().find(|p| p.name == name).ok_or_else(unknown)?;
        let schedule = ScheduleDraft {
            job: preset.name.clone(),
            recurrence: preset.recurrence.clone(),
            zone,
            site,
            jitter: Duration::ZERO,
            missed: Missed::Skip,
        };
        self.create_scheduled_job(actor, &preset.draft(), &schedule, write).await
    }

    /// Adds those jobs of the library that are not there yet: by slug, so one that was changed stays as it is.
    pub async fn add_starter_jobs(&self, actor: &Actor, vendor: Option<&str>, write: &Write) -> AppResult<Written> {
        let known: Vec<String> = self.store.jobs(&Default::default()).await?.into_iter().map(|j| j.slug).collect();
        let mut drafts = self.starter_jobs()?;
        let vendor = vendor.map(str::to_lowercase);
        drafts.retain(|d| vendor.as_ref().is_none_or(|v| d.slug().contains(v)) && !known.contains(&d.slug()));
        self.create_jobs(actor, &drafts, write).await
    }

    /// All jobs of the library.
    pub fn starter_jobs(&self) -> AppResult<Vec<JobDraft>> {
        let library = library()?;
        let mut drafts = Vec::new();
        for family in &library.families {
            // What none of its platforms has a command for would be a job that fails.
            let knows = |capture: &str| {
                let mut platforms = family.platforms.iter().filter_map(|name| self.reader.platforms.get(name));
                platforms.any(|platform| platform.captures.contains_key(capture))
            };
            for starter in library.captures.iter().filter(|starter| knows(&starter.name)) {
                let found = self.reader.platforms.capture_type(&starter.name);
                let title = found.map_or(starter.name.clone(), |(_, t)| t.title.clone());
                drafts.push(JobDraft {
                    name: format!("{} {}", family.name, starter.name),
                    slug: Some(format!("{}-{}", family.name, starter.name.replace('_', "-"))),
                    description: Some(format!("{title} of {} devices", family.title)),
                    enabled: true,
                    tags: vec![family.name.clone(), starter.tag.clone()],
                    what: JobWhat { captures: vec![starter.name.clone()], ..JobWhat::default() },
                    which: JobDevices {
                        platform: family.platforms.clone(),
                        status: vec!["active".to_owned()],
                        ..JobDevices::default()
                    },
                    how: JobHow { validate: starter.validate, ..JobHow::default() },
                    favourite: false,
                });
            }
        }
        Ok(drafts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_capture_type_of_the_predecessors_is_in_the_library_and_each_platform_knows_it_or_says_why_not() {
        let platforms = model::Platforms::builtin();
        let library = library().expect("a library");
        for preset in &library.presets {
            assert!(preset.captures.iter().all(|c| platforms.capture_type(c).is_some()), "{preset:?}");
        }
        let mut jobs = 0;
        for name in library.families.iter().flat_map(|f| &f.platforms) {
            let platform = platforms.get(name).expect(name);
            for starter in &library.captures {
                let known = platform.captures.contains_key(&starter.name);
                jobs += usize::from(known);
                assert!(known || platform.without.contains_key(&starter.name), "{name}: {}", starter.name);
            }
        }
        assert!(jobs >= 100, "{jobs}");
        let theirs = "arp authentication authorization bgp-neighbor bgp-summary bgp-table bgp-table-detail configs console \
            int-status interface-status inventory ip_ssh lldp lldp-detail mac ntp_status ospf-neighbor port-channel radius \
            routes snmp_server syslog tacacs version";
        for word in theirs.split_whitespace() {
            let (ours, _) = platforms.capture_type(word).expect(word);
            assert!(library.captures.iter().any(|c| c.name == ours), "{word}: {ours}");
        }
    }
}
