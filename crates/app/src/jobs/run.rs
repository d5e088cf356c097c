//! A job is planned, started, and worked through.

use std::time::Duration;

use model::job::{JobDevices, JobHow};
use model::{JobId, JobSpec, Protocol, RunId, SaveRule};
use serde::Serialize;
use store::DeviceFilter;
use tokio_util::sync::CancellationToken;
use transport::Login;

use super::JobDraft;
use crate::actor::Role;
use crate::capture::{CaptureRequest, Errand, OfJob};
use crate::select::Selector;
use crate::vault::no_credential;
use crate::{Actor, App, AppError, AppResult, CapturePlan, EventSink, PlannedDevice, RunReport, Settings};

/// What is different in one run of a job.
#[derive(Debug, Clone, Default)]
pub struct JobRunOptions {
    /// So many devices at most.
    pub limit: Option<usize>,
    /// Over what the job says.
    pub how: JobHow,
    /// Instead of what the job says.
    pub save: Option<SaveRule>,
    /// The run of a batch that it is a part of.
    pub batch: Option<String>,
    /// Log-ins are not those that the job names, which then need not be there.
    pub brings_logins: bool,
}

/// What a job would ask, as it stands.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct JobPreview {
    /// Devices that it asks.
    pub matching: usize,
    /// The first of them, with what each is asked; a type that no platform of a device has a command for is told.
    pub devices: Vec<PlannedDevice>,
    /// What is wrong with the job; it cannot be kept before that is mended.
    pub problems: Vec<String>,
}

/// A run of a job in this process.
pub struct JobRequest {
    pub plan: CapturePlan,
    pub logins: Vec<Login>,
    pub settings: Settings,
}

impl App {
    /// Which devices a job would ask what. `of`: the job, when it is one that is kept.
    pub async fn plan_job(
        &self,
        actor: &Actor,
        of: Option<JobId>,
        spec: &JobSpec,
        options: &JobRunOptions,
    ) -> AppResult<CapturePlan> {
        actor.must(Role::Viewer, "see jobs")?;
        let terms = Selector::conditions(&spec.which)?;
        let mut devices = self.store.devices(&DeviceFilter { terms, ..DeviceFilter::default() }).await?;
        let matching = devices.len();
        devices.truncate(options.limit.unwrap_or(usize::MAX));
        if devices.is_empty() {
            let text = format!("no device matches `{}`; `velocity devices list` shows them", spec.which);
            return Err(AppError::Invalid(text));
        }
        let mut how = spec.how.with(&options.how);
        how.save = options.save.unwrap_or(how.save);
        if !options.brings_logins {
            self.credentials_are_there(&how.credentials).await?;
        }
        let errand = Errand {
            commands: spec.what.commands.clone(),
            prepare: spec.what.prepare.clone(),
            how,
            ..Errand::default()
        };
        let mut plan = self.plan(spec.what.captures.clone(), errand, devices).await?;
        plan.matching = matching;
        plan.of = OfJob { job: of, batch: options.batch.clone() };
        Ok(plan)
    }

    /// What no run could log in with is told before one begins.
    async fn credentials_are_there(&self, names: &[String]) -> AppResult<()> {
        if names.is_empty() {
            return Ok(());
        }
        let all = self.store.credentials().await?;
        let is_there = |name: &&String| all.iter().any(|c| c.name.eq_ignore_ascii_case(name));
        names.iter().find(|name| !is_there(name)).map_or(Ok(()), |name| Err(no_credential(name)))
    }

    /// What a job would do that is not kept yet. No device, or a job that cannot be kept, is no error.
    pub async fn preview_job(&self, actor: &Actor, draft: &JobDraft, limit: usize) -> AppResult<JobPreview> {
        actor.must(Role::Viewer, "see jobs")?;
        let (draft, problems) = self.examine_job(draft);
        let terms = Selector::conditions(&draft.which)?;
        let mut devices = self.store.devices(&DeviceFilter { terms, ..DeviceFilter::default() }).await?;
        let matching = devices.len();
        devices.truncate(limit);
        let plan = self.plan(draft.what.captures, Errand::default(), devices).await?;
        Ok(JobPreview { matching, devices: plan.devices, problems })
    }

    /// How many devices each of these would ask.
    pub async fn devices_of_job(&self, actor: &Actor, which: &JobDevices) -> AppResult<usize> {
        actor.must(Role::Viewer, "see jobs")?;
        let terms = Selector::conditions(which)?;
        Ok(self.store.devices(&DeviceFilter { terms, ..DeviceFilter::default() }).await?.len())
    }

    /// How the run of a job is paced, by the job and the config.
    pub fn job_settings(&self, how: &JobHow) -> Settings {
        paced(self.settings(), how)
    }

    /// Creates the run of a job, with an item for each of its devices pending, and works on none of them.
    pub async fn start_job(&self, actor: &Actor, job: JobId, options: &JobRunOptions) -> AppResult<RunId> {
        actor.must_somewhere(Role::Operator, "start a collection")?;
        let job = self.store.job_by_id(job).await?;
        let plan = self.plan_job(actor, Some(job.id), &job.spec, options).await?;
        self.start_collection(actor, &plan, &[]).await
    }

    /// Works through a planned job in this process: collects, stores, compares.
    pub async fn run_job(
        &self,
        actor: &Actor,
        request: JobRequest,
        events: EventSink,
        cancel: CancellationToken,
    ) -> AppResult<RunReport> {
        let JobRequest { plan, logins, settings } = request;
        let save = plan.errand.how.save != SaveRule::None;
        self.capture(actor, CaptureRequest { plan, logins, settings, save }, events, cancel).await
    }
}

/// Settings with what a job says of them.
pub(crate) fn paced(mut settings: Settings, how: &JobHow) -> Settings {
    settings.concurrency = how.concurrency.map_or(settings.concurrency, usize::from);
    settings.device_timeout = how.timeout.map_or(settings.device_timeout, Duration::from_secs);
    settings.limits.connect = how.connect_timeout.map_or(settings.limits.connect, Duration::from_secs);
    settings.command_delay = how.delay.and_then(|s| Duration::try_from_secs_f64(s).ok()).unwrap_or_default();
    settings.routes.telnet = how.protocol.map_or(settings.routes.telnet, |p| p == Protocol::Telnet);
    settings
}
