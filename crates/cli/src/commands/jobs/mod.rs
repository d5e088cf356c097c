//! `velocity jobs list | show | create | edit | duplicate | enable | disable | delete | …`, also as `velocity job`

mod files;
mod show;

pub use files::{Generate, Migrate, Validate, generate, migrate, validate};

use std::path::PathBuf;
use std::process::ExitCode;

use app::{Job, JobDraft, JobFilter, Write};
use model::JobId;
use model::text::shown;

use crate::commands::objects::{is_agreed, written};
use crate::commands::run;
use crate::commands::schedule::{Times, added};
use crate::context::Context;
use crate::job_flags::JobFlags;

#[derive(clap::Subcommand)]
pub enum Args {
    /// All jobs, or those that are like this, with how many devices each asks
    List(show::List),
    /// One with all that it says, and how many devices it asks
    Show {
        /// Slug, name or id
        job: String,
    },
    /// Keep a new job
    Create(Box<Create>),
    /// Change a job; what is not given stays
    Edit(Box<Edit>),
    /// Keep a second job like this one
    Duplicate {
        /// Slug, name or id
        job: String,
        /// Name of the new one
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Show what would be, write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Let schedules and `run --all-enabled` run jobs
    Enable(Some_),
    /// Keep jobs without schedules and `run --all-enabled` running them
    Disable(Some_),
    /// Delete jobs; their executions stay
    Delete {
        #[command(flatten)]
        jobs: Some_,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
    /// Run jobs: as `velocity run --job`
    Run {
        /// Slugs, ids or files
        #[arg(required = true)]
        jobs: Vec<String>,
        #[command(flatten)]
        how: Box<run::How>,
    },
    /// Executions of jobs, newest first
    History(show::History),
    /// Check jobs that are kept, or files, without running them
    Validate(files::Validate),
    /// Take over the jobs of VelocityCMDB and VelocityCollector: files of version 1.0 and 2.0, folders, a collector.db
    Migrate(files::Migrate),
    /// Write jobs to a file, YAML or JSON
    Export(files::Export),
    /// Keep the jobs of files; one that is there is written over
    #[command(visible_alias = "import")]
    Apply(files::Apply),
    /// Keep the starter library: a job for each capture type on each family of platforms
    Starter(files::Starter),
    /// Write a job file for each platform and capture type, and a list of them for `velocity run --job-list`
    Generate(Generate),
    /// Tags of jobs, with their colours
    Tags,
}

#[derive(clap::Args)]
pub struct Create {
    /// Its name
    #[arg(required_unless_present = "name_flag")]
    name: Option<String>,
    /// Its name
    #[arg(long = "name", value_name = "NAME", conflicts_with = "name")]
    name_flag: Option<String>,
    #[command(flatten)]
    job: JobFlags,
    /// A tag, made when there is none such; may be given again
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Schedules and `run --all-enabled` do not run it yet
    #[arg(long)]
    disabled: bool,
    #[command(flatten, next_help_heading = "When it runs by itself")]
    times: Times,
    /// Show what would be, write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(clap::Args)]
pub struct Edit {
    /// Slug, name or id
    job: String,
    /// Another name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    fields: JobFlags,
    /// +TAG gives a tag, -TAG takes it away; may be given again
    #[arg(long, value_name = "+TAG", allow_hyphen_values = true)]
    tag: Vec<String>,
    /// Refuse when it is not this version any more; `show` tells the version
    #[arg(long, value_name = "N")]
    if_version: Option<i64>,
    /// Show what would be, write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Jobs by name, or many at once.
#[derive(clap::Args)]
pub struct Some_ {
    /// Slugs, names or ids; patterns with `*` and `?`
    #[arg(required_unless_present_any = ["tag", "all"])]
    jobs: Vec<String>,
    /// All with this tag
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// All jobs
    #[arg(long)]
    all: bool,
    /// Show what would be, write nothing
    #[arg(long)]
    dry_run: bool,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List(args) => show::list(args, cx).await?,
        Args::Show { job } => show::show(&job, cx).await?,
        Args::Create(args) => create(*args, cx).await?,
        Args::Edit(args) => edit(*args, cx).await?,
        Args::Duplicate { job, name, dry_run } => {
            let job = cx.app.job(&cx.actor, &job).await?;
            written(&cx.app.duplicate_job(&cx.actor, job.id, name.as_deref(), &write(dry_run)).await?, cx)?;
        }
        Args::Enable(some) => enable(some, true, cx).await?,
        Args::Disable(some) => enable(some, false, cx).await?,
        Args::Delete { jobs, yes } => return delete(jobs, yes, cx).await,
        Args::Run { jobs, how } => return run::run(run::Args::of(jobs, *how), cx).await,
        Args::History(args) => show::history(args, cx).await?,
        Args::Validate(args) => return files::validate(args, cx).await,
        Args::Migrate(args) => return files::migrate(args, cx).await,
        Args::Export(args) => files::export(args, cx).await?,
        Args::Apply(args) => return files::apply(args, cx).await,
        Args::Starter(args) => files::starter(args, cx).await?,
        Args::Generate(args) => return files::generate(args, cx).await,
        Args::Tags => show::tags(cx).await?,
    }
    Ok(ExitCode::SUCCESS)
}

fn write(dry_run: bool) -> Write {
    Write { dry_run, ..Write::default() }
}

async fn create(args: Create, cx: &Context) -> anyhow::Result<()> {
    let name = args.name.or(args.name_flag).unwrap_or_default();
    let mut draft = JobDraft { name, enabled: !args.disabled, tags: args.tag, ..JobDraft::default() };
    args.job.apply(&mut draft);
    let write = write(args.dry_run);
    if !args.times.are_given() {
        written(&cx.app.create_jobs(&cx.actor, std::slice::from_ref(&draft), &write).await?, cx)?;
        return asks(&draft, cx).await;
    }
    let schedule = args.times.draft(draft.slug(), None)?;
    let (done, schedule) = cx.app.create_scheduled_job(&cx.actor, &draft, &schedule, &write).await?;
    if cx.out.json {
        return cx.out.json(&serde_json::json!({ "job": done, "schedule": schedule }));
    }
    written(&done, cx)?;
    added(&schedule, args.dry_run, cx)?;
    asks(&draft, cx).await
}

/// Tells how many devices it would ask now.
async fn asks(draft: &JobDraft, cx: &Context) -> anyhow::Result<()> {
    if cx.out.json {
        return Ok(());
    }
    let devices = cx.app.devices_of_job(&cx.actor, &draft.which).await?;
    cx.out.line(format!("it asks {devices} devices ({})", shown(&draft.which.to_string())))
}

async fn edit(args: Edit, cx: &Context) -> anyhow::Result<()> {
    let job = cx.app.job(&cx.actor, &args.job).await?;
    let mut draft = JobDraft::of(&job);
    draft.name = args.name.unwrap_or(draft.name);
    args.fields.apply(&mut draft);
    for tag in &args.tag {
        let bare = tag.trim_start_matches(['+', '-']);
        draft.tags.retain(|known| !known.eq_ignore_ascii_case(bare));
        if !tag.starts_with('-') {
            draft.tags.push(bare.to_owned());
        }
    }
    let how = Write { version: args.if_version, ..write(args.dry_run) };
    written(&cx.app.edit_job(&cx.actor, job.id, &draft, &how).await?, cx)
}

async fn enable(some: Some_, is: bool, cx: &Context) -> anyhow::Result<()> {
    let ids: Vec<JobId> = some.find(cx).await?.iter().map(|job| job.id).collect();
    written(&cx.app.enable_jobs(&cx.actor, &ids, is, &write(some.dry_run)).await?, cx)
}

async fn delete(some: Some_, yes: bool, cx: &Context) -> anyhow::Result<ExitCode> {
    let jobs = some.find(cx).await?;
    let slugs: Vec<String> = jobs.iter().map(|job| job.slug.clone()).collect();
    if !cx.out.json {
        for told in cx.app.job_deletion(&cx.actor, &slugs).await? {
            let runs = told.dependents.iter().find(|d| d.what == "executions").map_or(0, |d| d.count);
            cx.out.line(format!("job {}: {runs} executions stay without it", shown(&told.name)))?;
        }
    }
    let phrase = if let [one] = &slugs[..] { one.clone() } else { format!("{} jobs", slugs.len()) };
    if !yes && !some.dry_run && !is_agreed(&phrase)? {
        return Ok(ExitCode::FAILURE);
    }
    let ids: Vec<JobId> = jobs.iter().map(|job| job.id).collect();
    written(&cx.app.delete_jobs(&cx.actor, &ids, &write(some.dry_run)).await?, cx)?;
    Ok(ExitCode::SUCCESS)
}

impl Some_ {
    /// Each once. A name that nothing has is an error.
    async fn find(&self, cx: &Context) -> anyhow::Result<Vec<Job>> {
        let mut found: Vec<Job> = Vec::new();
        let mut add = |jobs: Vec<Job>| {
            jobs.into_iter().for_each(|job| {
                if found.iter().all(|known| known.id != job.id) {
                    found.push(job);
                }
            })
        };
        for name in &self.jobs {
            match name.contains(['*', '?']) {
                true => add(by(JobFilter { patterns: vec![name.clone()], ..JobFilter::default() }, name, cx).await?),
                false => add(vec![cx.app.job(&cx.actor, name).await?]),
            }
        }
        if let Some(tag) = &self.tag {
            add(by(JobFilter { tag: Some(tag.clone()), ..JobFilter::default() }, tag, cx).await?);
        }
        if self.all {
            add(by(JobFilter::default(), "all", cx).await?);
        }
        Ok(found)
    }
}

async fn by(filter: JobFilter, what: &str, cx: &Context) -> anyhow::Result<Vec<Job>> {
    let jobs = cx.app.jobs(&cx.actor, &app::JobQuery { filter, ..Default::default() }).await?;
    match jobs.is_empty() {
        true => anyhow::bail!("no job is like `{}`; `velocity jobs list` shows them", shown(what)),
        false => Ok(jobs),
    }
}

/// Where job files of the predecessors are.
fn legacy_folder(given: Option<PathBuf>, cx: &Context) -> PathBuf {
    given.unwrap_or_else(|| cx.app.home().join("jobs"))
}
