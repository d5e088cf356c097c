//! `velocity run`: jobs, in this process.

use std::collections::HashMap;
use std::io::{IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use app::{
    Announce, Chosen, ChosenJob, JobChoice, JobRequest, JobRunOptions, JobsReport, Login, Order, ReadyJob, RunReport,
    Settings,
};
use model::job::JobHow;
use model::text::shown;
use model::{RunState, SaveRule};
use serde_json::json;

use crate::commands::creds::tell_cost;
use crate::context::Context;
use crate::progress;
use crate::run_flags::{PARTIAL, RunFlags, summary};
use crate::secrets::LoginFlags;

#[derive(clap::Args)]
pub struct Args {
    /// Slug or id of a job, or a job file; may be given again
    #[arg(long = "job", value_name = "JOB", num_args = 1..)]
    job: Vec<String>,
    /// All enabled jobs whose slug or name is like this: "arista-*"
    #[arg(long = "jobs", value_name = "PATTERN", num_args = 1..)]
    jobs: Vec<String>,
    /// A file that names jobs, one in a line: slugs, ids or job files
    #[arg(long, value_name = "FILE")]
    job_list: Option<PathBuf>,
    /// Where the job files of --job-list are [default: the folder that it is in]
    #[arg(long, value_name = "DIR", requires = "job_list")]
    jobs_folder: Option<PathBuf>,
    /// All job files of a folder
    #[arg(long, value_name = "DIR")]
    jobs_dir: Vec<PathBuf>,
    /// All enabled jobs with this tag
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// All jobs that are enabled
    #[arg(long, visible_alias = "all")]
    all_enabled: bool,
    /// Jobs at once, not one after the other
    #[arg(long)]
    parallel: bool,
    /// So many jobs at once [default: 4]
    #[arg(long, value_name = "N", requires = "parallel", value_parser = clap::value_parser!(u16).range(1..=100))]
    max_concurrent: Option<u16>,
    #[command(flatten)]
    how: How,
}

/// What is different in this run.
#[derive(clap::Args)]
pub struct How {
    /// Ask so many devices of each job at most
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Show which devices and types it would be, connect to nothing
    #[arg(long)]
    dry_run: bool,
    /// Connect and collect, but save nothing
    #[arg(long, conflicts_with = "force_save")]
    no_save: bool,
    /// Keep outputs that fail validation too, marked: they never replace the last good ones
    #[arg(long)]
    force_save: bool,
    /// Tell the score of each output that a template reads
    #[arg(long)]
    debug: bool,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    login: LoginFlags,
    #[command(flatten)]
    run: RunFlags,
}

impl Args {
    /// These jobs, by slug, id or file.
    pub fn of(job: Vec<String>, how: How) -> Self {
        let (jobs, job_list, jobs_folder, jobs_dir, tag) = Default::default();
        let (all_enabled, parallel, max_concurrent) = Default::default();
        Self { job, jobs, job_list, jobs_folder, jobs_dir, tag, all_enabled, parallel, max_concurrent, how }
    }
}

/// `run_jobs_batch` and `run_jobs_simple`, as the predecessors call them.
#[derive(clap::Args)]
pub struct FromList {
    /// A file that names jobs, one in a line: slugs, ids or job files
    job_list: PathBuf,
    /// Where its job files are [default: the folder that it is in]
    #[arg(long, value_name = "DIR")]
    jobs_folder: Option<PathBuf>,
    /// Each device is told without it too
    #[arg(long, short)]
    verbose: bool,
    #[command(flatten)]
    how: How,
}

impl From<FromList> for Args {
    fn from(list: FromList) -> Args {
        let FromList { job_list, jobs_folder, verbose: _, how } = list;
        Args { job_list: Some(job_list), jobs_folder, ..Args::of(Vec::new(), how) }
    }
}

/// What a list names: a blank line and one that begins with `#` name nothing.
fn listed(list: &Path, folder: Option<&Path>) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(list).with_context(|| format!("cannot read {}", list.display()))?;
    let folder = folder.or(list.parent()).unwrap_or(Path::new(""));
    let names = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    // A file that is not there is told as missing by its whole name.
    let is_file = |name: &str| [".json", ".yaml", ".yml"].iter().any(|end| name.to_lowercase().ends_with(end));
    let name = |name: &str| if is_file(name) { folder.join(name).display().to_string() } else { name.to_owned() };
    let names: Vec<String> = names.map(name).collect();
    if names.is_empty() {
        return Err(app::AppError::Usage(format!("{} names no job", list.display())).into());
    }
    Ok(names)
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let mut jobs = args.job;
    if let Some(list) = &args.job_list {
        jobs.extend(listed(list, args.jobs_folder.as_deref())?);
    }
    let choice = JobChoice { jobs, patterns: args.jobs, folders: args.jobs_dir, tag: args.tag, all: args.all_enabled };
    let chosen = cx.app.choose_jobs(&cx.actor, &choice).await?;
    let at_once = if args.parallel { usize::from(args.max_concurrent.unwrap_or(4)) } else { 1 };
    run_chosen(chosen, None, Order { at_once, ..Order::default() }, &args.how, cx).await
}

/// Runs what was chosen. `batch`: what one run of a batch is called.
pub async fn run_chosen(
    chosen: Chosen,
    batch: Option<String>,
    order: Order,
    how: &How,
    cx: &Context,
) -> anyhow::Result<ExitCode> {
    for (what, why) in &chosen.missing {
        eprintln!("note: left out: {}: {}", shown(what), shown(why));
    }
    let plans = plan(chosen.jobs, batch.as_ref(), how, cx).await?;
    if how.dry_run {
        return dry_run(&plans, how, cx).await;
    }
    let devices: usize = plans.iter().filter_map(|p| Some(p.plan.as_ref().ok()?.devices.len())).sum();
    if !how.run.quiet {
        let each = plans.iter().map(Planned::told).collect::<Vec<_>>().join("\n");
        eprintln!("{each}");
    }
    if !how.yes && std::io::stdin().is_terminal() && !agrees(plans.len(), devices)? {
        return Ok(ExitCode::FAILURE);
    }
    let ready = ready(plans, how, cx).await?;
    let (events, shown_events) = app::events::channel();
    let show = tokio::spawn(progress::show(shown_events, how.run.clone()));
    let cancel = progress::cancel_on_ctrl_c();
    let announce = announce(ready.len(), how);
    let mut report = cx.app.run_jobs(&cx.actor, ready, order, (events, announce), cancel).await?;
    show.await?;
    report.batch = batch;
    report.missing = chosen.missing;
    conclude(&report, how, cx)
}

/// A job with its plan, or why there is none.
struct Planned {
    job: ChosenJob,
    how: JobHow,
    plan: Result<app::CapturePlan, String>,
}

impl Planned {
    fn told(&self) -> String {
        match &self.plan {
            Ok(plan) if plan.matching > plan.devices.len() => {
                format!("{}: {} of {} devices", shown(&self.job.label), plan.devices.len(), plan.matching)
            }
            Ok(plan) => format!("{}: {} devices", shown(&self.job.label), plan.devices.len()),
            Err(why) => format!("{}: cannot run: {}", shown(&self.job.label), shown(why)),
        }
    }
}

async fn plan(jobs: Vec<ChosenJob>, batch: Option<&String>, how: &How, cx: &Context) -> anyhow::Result<Vec<Planned>> {
    let mut plans = Vec::with_capacity(jobs.len());
    for job in jobs {
        let save = match (how.no_save, how.force_save) {
            (true, _) => Some(SaveRule::None),
            (_, true) => Some(SaveRule::All),
            _ => None,
        };
        // A threshold that nothing fails makes the scores be told.
        let validate = how.debug.then(|| job.draft.how.validate.unwrap_or_default());
        let own = JobHow { validate, credentials: how.login.credentials.clone(), ..JobHow::default() };
        let brings_logins = !how.login.users.is_empty() || how.login.password_stdin;
        let options = JobRunOptions { limit: how.limit, how: own, save, batch: batch.cloned(), brings_logins };
        let plan = cx.app.plan_job(&cx.actor, job.id, &job.draft.spec(), &options).await;
        let plan = plan.map_err(|e| format!("{:#}", anyhow::Error::from(e)));
        plans.push(Planned { how: job.draft.how.clone(), job, plan });
    }
    if let [Planned { plan: Err(why), .. }] = &plans[..] {
        anyhow::bail!("{why}");
    }
    Ok(plans)
}

fn agrees(jobs: usize, devices: usize) -> anyhow::Result<bool> {
    write!(std::io::stderr(), "Run {jobs} jobs on {devices} devices? [Y/n] ")?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

/// Log-ins are asked for once for all jobs that take the same.
async fn ready(plans: Vec<Planned>, how: &How, cx: &Context) -> anyhow::Result<Vec<ReadyJob>> {
    let planned = || plans.iter().filter_map(|p| p.plan.as_ref().ok());
    let hosts: Vec<_> = planned().flat_map(|p| p.devices.iter().map(|d| (d.name.clone(), d.address))).collect();
    let mut known: Vec<String> = Vec::new();
    for name in planned().flat_map(|p| p.usernames()) {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    let mut entered: HashMap<Vec<String>, (Vec<Login>, Settings)> = HashMap::new();
    let mut ready = Vec::with_capacity(plans.len());
    for Planned { job, how: of_job, plan } in plans {
        let plan = match plan {
            Ok(plan) => plan,
            Err(why) => {
                ready.push(ReadyJob { job, request: Err(why) });
                continue;
            }
        };
        let flags = how.login.clone().with_those_of(&of_job.credentials);
        let names = flags.credentials.clone();
        let (logins, ways) = match entered.get(&names) {
            Some(entered) => entered.clone(),
            None => {
                let fresh = flags.enter_one_of(cx, &known, &hosts, cx.app.settings(), None).await?;
                if !how.run.quiet {
                    tell_cost(&fresh.0, cx).await?;
                }
                entered.entry(names).or_insert(fresh).clone()
            }
        };
        let mut settings = how.run.settings(cx.app.job_settings(&of_job));
        let telnet = settings.routes.telnet || ways.routes.telnet;
        settings.routes = app::Routes { telnet, ..ways.routes };
        ready.push(ReadyJob { job, request: Ok(JobRequest { plan, logins, settings }) });
    }
    cx.close_vault().await;
    Ok(ready)
}

fn announce(jobs: usize, how: &How) -> Announce {
    let is_quiet = how.run.quiet || how.run.json_progress || jobs < 2;
    Arc::new(move |n, job| {
        if !is_quiet {
            // A reader that went away does not stop the run.
            let _ = writeln!(std::io::stderr(), "[{}/{jobs}] {}", n + 1, shown(&job.label));
        }
    })
}

async fn dry_run(plans: &[Planned], how: &How, cx: &Context) -> anyhow::Result<ExitCode> {
    if cx.out.json {
        let plans =
            plans.iter().map(|p| json!({ "job": p.job, "plan": p.plan.as_ref().ok(), "error": p.plan.as_ref().err() }));
        cx.out.json(&plans.collect::<Vec<_>>())?;
    } else {
        for planned in plans {
            cx.out.line(planned.told())?;
            if let Ok(plan) = &planned.plan {
                crate::commands::capture::planned(plan, cx)?;
            }
        }
    }
    for Planned { how: of_job, plan, .. } in plans {
        if let Ok(plan) = plan {
            let flags = how.login.clone().with_those_of(&of_job.credentials);
            tell_cost(&flags.expected(cx, &plan.usernames()).await?, cx).await?;
            // It is the same for all that take the same log-ins.
            break;
        }
    }
    Ok(if plans.iter().any(|p| p.plan.is_err()) { ExitCode::from(PARTIAL) } else { ExitCode::SUCCESS })
}

fn conclude(report: &JobsReport, how: &How, cx: &Context) -> anyhow::Result<ExitCode> {
    if cx.out.json && !how.run.json_progress {
        cx.out.json(report)?;
    } else if !how.run.json_progress {
        tell(report, cx)?;
    }
    Ok(match (report.state, report.missing.is_empty()) {
        (RunState::Success, true) => ExitCode::SUCCESS,
        (RunState::Success | RunState::Partial, _) => ExitCode::from(PARTIAL),
        _ => ExitCode::FAILURE,
    })
}

fn tell(report: &JobsReport, cx: &Context) -> anyhow::Result<()> {
    for job in &report.jobs {
        if report.jobs.len() > 1 {
            let state = job.state.map_or("not begun".to_owned(), |s| s.to_string());
            cx.out.line(format!("{}: {state}", shown(&job.job)))?;
        }
        if let Some(error) = &job.error {
            cx.out.line(format!("  {}", shown(error)))?;
        }
        if let Some(report) = &job.report {
            summary(report, cx.out)?;
        }
    }
    if report.jobs.len() < 2 {
        return Ok(());
    }
    let JobsReport { jobs_total, jobs_succeeded, jobs_failed, jobs_skipped, .. } = report;
    let waited = Duration::from_secs_f64(report.execution_time.max(0.0));
    cx.out.line(format!(
        "{}: {jobs_succeeded} of {jobs_total} jobs, {jobs_failed} with failures, {jobs_skipped} not begun; {} of {} devices, {:.1} s",
        report.state,
        report.devices_succeeded,
        report.devices_total,
        waited.as_secs_f64()
    ))?;
    let failed = report.jobs.iter().filter_map(|j| j.report.as_ref()).filter(|r: &&RunReport| !r.success);
    let retry: Vec<String> = failed.filter_map(|r| Some(format!("velocity executions retry {}", r.run?))).collect();
    if retry.is_empty() { Ok(()) } else { cx.out.line(format!("what failed, again: {}", retry.join("; "))) }
}
