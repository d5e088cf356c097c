//! `velocity schedule add | list | show | next | pause | resume | remove | now | export`, `velocity schedule-job`

use std::process::ExitCode;
use std::time::Duration;

use app::{JobRunOptions, Missed, Native, PresetView, Priority, ScheduleDraft, ScheduleView, When, Write};
use model::ScheduleId;

use crate::context::Context;
use crate::output::or_dash;
use crate::run_flags::RunFlags;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Let a job run by itself
    Add {
        /// Slug, name or id of the job
        #[arg(long)]
        job: String,
        #[command(flatten)]
        when: WhenFlags,
    },
    /// Keep a job and its schedule of those that most want: daily configurations, hourly ARP, weekly inventory
    Preset(PresetArgs),
    /// All of them, with the next time of each
    List,
    /// One, and what became of its last times
    Show { id: i64 },
    /// When it runs next
    Next {
        id: i64,
        /// So many times
        #[arg(long, default_value_t = 10)]
        count: usize,
    },
    /// Let its times pass without a run
    Pause(One),
    /// Let it run again; what passed is not made up for
    Resume(One),
    /// Let it run at other times
    Edit {
        id: i64,
        /// Slug, name or id of another job
        #[arg(long)]
        job: Option<String>,
        #[command(flatten)]
        when: WhenFlags,
    },
    /// Take it away; its runs stay
    Remove(One),
    /// Run a job now, on the workers, before what schedules have put there
    Now {
        /// Slug, name or id of the job
        #[arg(long)]
        job: String,
        /// So many devices at most
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// Look on until it is over
        #[arg(long)]
        watch: bool,
        /// Show which devices and types it would be, start nothing
        #[arg(long, conflicts_with = "watch")]
        dry_run: bool,
    },
    /// Write them for the scheduler of the system, where no daemon is to run
    Export {
        /// Lines for a crontab
        #[arg(long, required_unless_present = "schtasks", conflicts_with = "schtasks")]
        cron: bool,
        /// Commands for Windows
        #[arg(long)]
        schtasks: bool,
    },
}

#[derive(clap::Args)]
pub struct One {
    id: i64,
    /// Show what it would be
    #[arg(long)]
    dry_run: bool,
}

/// `velocity schedule preset daily-configs`
#[derive(clap::Args)]
pub struct PresetArgs {
    /// Which to keep; without any, all that there are are shown
    names: Vec<String>,
    /// Time zone: Europe/Berlin [default: of the site, or of this machine]
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Go by the time zone of this site, also when that changes
    #[arg(long)]
    site: Option<String>,
    /// Show what it would be
    #[arg(long)]
    dry_run: bool,
}

/// `velocity schedule-job daily-backup --daily --time 02:00`
#[derive(clap::Args)]
pub struct JobArgs {
    /// Slug, name or id of the job
    job: String,
    #[command(flatten)]
    when: WhenFlags,
}

#[derive(clap::Args)]
pub struct WhenFlags {
    #[command(flatten)]
    times: Times,
    /// Go by the time zone of this site, also when that changes
    #[arg(long)]
    site: Option<String>,
    /// Show what it would be
    #[arg(long)]
    dry_run: bool,
}

/// When a job runs by itself.
#[derive(clap::Args)]
pub struct Times {
    /// Run by itself once: "2026-12-24 22:00"
    #[arg(long, value_name = "TIME")]
    once: Option<String>,
    /// Each hour, at the minutes of --time
    #[arg(long)]
    hourly: bool,
    /// Each day
    #[arg(long)]
    daily: bool,
    /// On days of the week: mon,wed
    #[arg(long, value_name = "DAYS")]
    weekly: Option<String>,
    /// On a day of the month; the last one where it is shorter
    #[arg(long, value_name = "DAY")]
    monthly: Option<i8>,
    /// Five fields of cron, or @daily
    #[arg(long, value_name = "PATTERN")]
    cron: Option<String>,
    /// Time of day: 02:00 [default: 00:00]
    #[arg(long, value_name = "HH:MM")]
    time: Option<String>,
    /// Time zone: Europe/Berlin [default: of the site, or of this machine]
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Begin up to so many minutes later, always as many for the same time
    #[arg(long, value_name = "MINUTES", default_value_t = 0)]
    jitter: u32,
    /// What becomes of times at which no daemon was there
    #[arg(long, value_enum, default_value_t = MissedFlag::Skip)]
    missed: MissedFlag,
}

impl Times {
    /// Whether any is said.
    pub fn are_given(&self) -> bool {
        let Self { once, hourly, daily, weekly, monthly, cron, time, zone, jitter, missed } = self;
        let texts = [once, weekly, cron, time, zone];
        let is = *hourly || *daily || monthly.is_some() || *jitter > 0 || *missed != MissedFlag::Skip;
        is || texts.iter().any(|text| text.is_some())
    }

    /// For this job, by the clock of that site.
    pub fn draft(self, job: String, site: Option<String>) -> anyhow::Result<ScheduleDraft> {
        let Self { once, hourly, daily, weekly, monthly, cron, time, zone, jitter, missed } = self;
        let when = When { once, hourly, daily, weekly, monthly, cron, time };
        Ok(ScheduleDraft {
            job,
            recurrence: when.recurrence()?,
            zone,
            site,
            jitter: Duration::from_secs(60 * u64::from(jitter)),
            missed: match missed {
                MissedFlag::Skip => Missed::Skip,
                MissedFlag::RunOnce => Missed::RunOnce,
            },
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum MissedFlag {
    /// They are left out
    Skip,
    /// It runs once for all of them
    RunOnce,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Add { job, when } => add(job, when, cx).await?,
        Args::Preset(args) => preset(args, cx).await?,
        Args::List => {
            let all = cx.app.schedules(&cx.actor).await?;
            cx.out.list(&all, &HEADER, row, "no schedules; `velocity schedule add` makes one")?;
        }
        Args::Show { id } => show(ScheduleId(id), cx).await?,
        Args::Next { id, count } => {
            let times = cx.app.next_times(&cx.actor, ScheduleId(id), count).await?;
            cx.out.list(&times, &["UTC", "there"], |(at, local)| vec![at.to_string(), local.clone()], "it is over")?;
        }
        Args::Pause(one) => pause(&one, true, cx).await?,
        Args::Resume(one) => pause(&one, false, cx).await?,
        Args::Edit { id, job, when } => {
            let id = ScheduleId(id);
            let job = match job {
                Some(job) => job,
                None => cx.app.schedule(&cx.actor, id).await?.0.job,
            };
            let (draft, dry_run) = draft(job, when)?;
            let view = cx.app.edit_schedule(&cx.actor, id, &draft, dry_run).await?;
            added(&view, dry_run, cx)?;
        }
        Args::Remove(one) => {
            let gone = cx.app.remove_schedule(&cx.actor, ScheduleId(one.id), one.dry_run).await?;
            tell(&gone, if one.dry_run { "would be removed" } else { "is removed" }, cx)?;
        }
        Args::Now { job, limit, watch, dry_run } => {
            let options = JobRunOptions { limit, ..JobRunOptions::default() };
            if dry_run {
                let job = cx.app.job(&cx.actor, &job).await?;
                let plan = cx.app.plan_job(&cx.actor, Some(job.id), &job.spec, &options).await?;
                super::capture::planned(&plan, cx)?;
                return Ok(ExitCode::SUCCESS);
            }
            let run = cx.app.queue_job(&cx.actor, &job, &options, Priority::Person).await?;
            if watch {
                return super::executions::watch(run, &RunFlags::default(), cx).await;
            }
            match cx.out.json {
                true => cx.out.json(&serde_json::json!({ "run": run }))?,
                false => {
                    cx.out.line(format!("execution {run} waits for workers; `velocity executions watch {run}`"))?
                }
            }
        }
        Args::Export { cron, .. } => {
            let native = if cron { Native::Cron } else { Native::Schtasks };
            let program = std::env::current_exe()?.display().to_string();
            cx.out.text(&cx.app.export_schedules(&cx.actor, native, &program).await?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn run_job(args: JobArgs, cx: &Context) -> anyhow::Result<ExitCode> {
    add(args.job, args.when, cx).await?;
    Ok(ExitCode::SUCCESS)
}

async fn add(job: String, flags: WhenFlags, cx: &Context) -> anyhow::Result<()> {
    let (draft, dry_run) = draft(job, flags)?;
    added(&cx.app.add_schedule(&cx.actor, &draft, dry_run).await?, dry_run, cx)
}

/// What the flags say, and whether it is only to be shown.
fn draft(job: String, flags: WhenFlags) -> anyhow::Result<(ScheduleDraft, bool)> {
    let WhenFlags { times, site, dry_run } = flags;
    Ok((times.draft(job, site)?, dry_run))
}

async fn preset(args: PresetArgs, cx: &Context) -> anyhow::Result<()> {
    if args.names.is_empty() {
        let row = |p: &PresetView| {
            let kept = if p.kept { "yes" } else { "no" };
            vec![p.name.clone(), p.when.clone(), p.captures.join(", "), kept.to_owned(), p.title.clone()]
        };
        let presets = cx.app.presets(&cx.actor).await?;
        return cx.out.list(&presets, &["name", "when", "collects", "kept", "what"], row, "no presets");
    }
    let write = Write { dry_run: args.dry_run, ..Write::default() };
    let mut kept = Vec::new();
    for name in &args.names {
        let clock = (args.zone.clone(), args.site.clone());
        kept.push(cx.app.add_preset(&cx.actor, name, clock, &write).await?);
    }
    if cx.out.json {
        let json = |(job, schedule)| serde_json::json!({ "job": job, "schedule": schedule });
        return cx.out.json(&kept.into_iter().map(json).collect::<Vec<_>>());
    }
    kept.iter().try_for_each(|(job, schedule)| {
        added(schedule, args.dry_run, cx)?;
        job.undo.map_or(Ok(()), |undo| cx.out.line(format!("to take it back: velocity undo run {undo}")))
    })
}

pub fn added(view: &ScheduleView, dry_run: bool, cx: &Context) -> anyhow::Result<()> {
    let next = or_dash(view.next_local.as_ref());
    let runs = if dry_run { "would run" } else { "runs" };
    match view.state {
        "job disabled" => tell(view, &format!("{runs} once the job is enabled: velocity job enable {}", view.job), cx),
        _ => tell(view, &format!("{runs} first at {next}"), cx),
    }
}

async fn pause(one: &One, paused: bool, cx: &Context) -> anyhow::Result<()> {
    let view = cx.app.pause_schedule(&cx.actor, ScheduleId(one.id), paused, one.dry_run).await?;
    let would = if one.dry_run { "would be" } else { "is" };
    let state = if paused { "paused".to_owned() } else { format!("on; next at {}", or_dash(view.next_local.as_ref())) };
    tell(&view, &format!("{would} {state}"), cx)
}

fn tell(view: &ScheduleView, what: &str, cx: &Context) -> anyhow::Result<()> {
    match cx.out.json {
        true => cx.out.json(view),
        false => {
            cx.out.line(format!("schedule {} ({}, {}) {what}", view.id, view.job, view.when))?;
            view.undo.map_or(Ok(()), |undo| cx.out.line(format!("to take it back: velocity undo run {undo}")))
        }
    }
}

pub const HEADER: [&str; 8] = ["id", "job", "when", "zone", "state", "next", "last", "missed"];

pub fn row(view: &ScheduleView) -> Vec<String> {
    let last = view.last.as_ref().map(|last| match last.run {
        Some(run) => format!("{} execution {run}", last.due),
        None => format!("{} {}", last.due, last.outcome),
    });
    vec![
        view.id.to_string(),
        view.job.clone(),
        view.when.clone(),
        view.zone.clone(),
        view.state.to_owned(),
        or_dash(view.next_local.as_ref()),
        or_dash(last),
        if view.missed == Missed::RunOnce { "run once".to_owned() } else { "skip".to_owned() },
    ]
}

async fn show(id: ScheduleId, cx: &Context) -> anyhow::Result<()> {
    let (view, firings) = cx.app.schedule(&cx.actor, id).await?;
    if cx.out.json {
        return cx.out.json(&serde_json::json!({ "schedule": view, "times": firings }));
    }
    cx.out.list(std::slice::from_ref(&view), &HEADER, row, "")?;
    let row = |f: &app::Firing| {
        vec![
            f.due.to_string(),
            f.at.to_string(),
            f.outcome.clone(),
            or_dash(f.run),
            f.message.clone().unwrap_or_default(),
        ]
    };
    cx.out.list(&firings, &["due", "at", "outcome", "execution", "message"], row, "it has not run yet")
}
