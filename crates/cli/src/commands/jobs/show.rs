//! Jobs as lists, one with all that it says, their executions and tags.

use std::collections::BTreeMap;
use std::path::PathBuf;

use app::{Job, JobDraft, JobFilter, JobFormat, JobQuery, JobRow, RunQuery, ScheduleView};
use model::text::shown;
use serde::Serialize;

use super::legacy_folder;
use crate::commands::executions;
use crate::context::Context;
use crate::output::or_dash;

#[derive(clap::Args)]
pub struct List {
    /// Of slug or name, with `*` and `?`
    pattern: Option<String>,
    /// For this vendor or platform
    #[arg(long)]
    vendor: Option<String>,
    /// That collect this capture type
    #[arg(long = "type", value_name = "TYPE")]
    capture_type: Option<String>,
    /// With this tag
    #[arg(long)]
    tag: Option<String>,
    /// With this in name, slug or description
    #[arg(long)]
    search: Option<String>,
    /// Only those that are enabled
    #[arg(long, conflicts_with = "disabled")]
    enabled: bool,
    /// Only those that are not
    #[arg(long)]
    disabled: bool,
    /// Only favourites
    #[arg(long)]
    favourite: bool,
    /// Job files of the predecessors instead: in --dir, or in the folder `jobs` of the data directory
    #[arg(long)]
    legacy: bool,
    #[arg(long, value_name = "DIR", requires = "legacy")]
    dir: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct History {
    /// Of this job only: slug, name or id
    #[arg(long, value_name = "JOB")]
    job: Option<String>,
    /// So many at most
    #[arg(long, default_value_t = 20)]
    limit: u32,
}

/// A job with how many devices it asks now, and when it runs by itself.
#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    of: JobRow,
    schedules: Vec<ScheduleView>,
}

impl Row {
    /// The schedule whose turn comes first.
    fn next(&self) -> Option<&ScheduleView> {
        self.schedules.iter().filter(|s| s.next.is_some()).min_by_key(|s| s.next)
    }
}

pub async fn list(args: List, cx: &Context) -> anyhow::Result<()> {
    if args.legacy {
        return legacy(&legacy_folder(args.dir, cx), cx);
    }
    let enabled = if args.enabled { Some(true) } else { args.disabled.then_some(false) };
    let filter = JobFilter {
        patterns: args.pattern.into_iter().collect(),
        tag: args.tag,
        enabled,
        favourite: args.favourite.then_some(true),
    };
    let all = filter == JobFilter::default();
    let query = JobQuery { filter, vendor: args.vendor, capture: args.capture_type, search: args.search };
    let all = all && query.vendor.is_none() && query.capture.is_none() && query.search.is_none();
    let mut schedules: BTreeMap<String, Vec<ScheduleView>> = BTreeMap::new();
    for schedule in cx.app.schedules(&cx.actor).await? {
        schedules.entry(schedule.job.clone()).or_default().push(schedule);
    }
    let rows = cx.app.job_rows(&cx.actor, &query).await?.into_iter();
    let rows: Vec<Row> =
        rows.map(|of| Row { schedules: schedules.remove(&of.job.slug).unwrap_or_default(), of }).collect();
    let header =
        ["id", "slug", "name", "collects", "devices", "enabled", "schedule", "next run", "last run", "state", "tags"];
    let empty = match all {
        true => "no jobs; `velocity jobs create` makes one, `velocity jobs starter` a hundred",
        false => "no job is like this; `velocity jobs list` shows all",
    };
    cx.out.list(&rows, &header, row, empty)
}

fn row(row: &Row) -> Vec<String> {
    let Row { of: JobRow { job, devices }, schedules } = row;
    let next = row.next();
    let when = next.or(schedules.first()).map(|s| match schedules.len() {
        0 | 1 => s.when.clone(),
        n => format!("{} (+{})", s.when, n - 1),
    });
    let last = job.last_run.as_ref();
    vec![
        job.id.to_string(),
        job.slug.clone(),
        job.name.clone(),
        collects(job),
        devices.to_string(),
        if job.enabled { "yes" } else { "no" }.to_owned(),
        or_dash(when),
        or_dash(next.and_then(|s| s.next_local.clone())),
        or_dash(last.map(|run| run.started_at)),
        or_dash(last.map(|run| run.state)),
        or_dash(Some(tags_of(job)).filter(|t| !t.is_empty())),
    ]
}

fn tags_of(job: &Job) -> String {
    job.tags.iter().map(|t| t.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn collects(job: &Job) -> String {
    let what = &job.spec.what;
    let commands = what.commands.iter().map(|c| c.command.as_str());
    what.captures.iter().map(String::as_str).chain(commands).collect::<Vec<_>>().join(", ")
}

fn legacy(folder: &std::path::Path, cx: &Context) -> anyhow::Result<()> {
    let (jobs, problems) = cx.app.read_job_files(&[folder.to_path_buf()]);
    for (_, problem) in &problems {
        eprintln!("note: {}", shown(problem));
    }
    let cells = |j: &app::FileJob| {
        let commands = j.draft.what.commands.iter().map(|c| c.command.clone());
        let collects = j.draft.what.captures.iter().cloned().chain(commands).collect::<Vec<_>>().join(", ");
        let file = j.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        vec![file, j.version.to_owned(), j.draft.slug(), collects, j.draft.which.to_string(), j.notes.join("; ")]
    };
    let header = ["file", "version", "slug", "collects", "devices", "notes"];
    cx.out.list(&jobs, &header, cells, &format!("no job files in {}", folder.display()))
}

pub async fn show(reference: &str, cx: &Context) -> anyhow::Result<()> {
    let job = cx.app.job(&cx.actor, reference).await?;
    let devices = cx.app.devices_of_job(&cx.actor, &job.spec.which).await?;
    let mut schedules = cx.app.schedules(&cx.actor).await?;
    schedules.retain(|s| s.job == job.slug);
    if cx.out.json {
        return cx.out.json(&Row { of: JobRow { job, devices }, schedules });
    }
    cx.out.text(&cx.app.write_jobs_out(&cx.actor, std::slice::from_ref(&job), JobFormat::Yaml)?)?;
    let (_, problems) = cx.app.examine_job(&JobDraft::of(&job));
    for problem in problems {
        cx.out.line(format!("# wrong: {}", shown(&problem)))?;
    }
    cx.out.line(format!("# id {}, version {}: {devices} devices", job.id, job.version))?;
    cx.out.line(format!("# changed {} by {}", job.changed_at, shown(&job.changed_by)))?;
    for s in &schedules {
        let next = or_dash(s.next_local.as_ref());
        cx.out.line(format!("# schedule {}: {} {}: {}, next at {next}", s.id, s.when, s.zone, s.state))?;
    }
    match &job.last_run {
        Some(run) => cx.out.line(format!("# last run {}: {} at {}", run.id, run.state, run.started_at)),
        None => cx.out.line(format!("# never run: velocity run --job {}", job.slug)),
    }
}

pub async fn history(args: History, cx: &Context) -> anyhow::Result<()> {
    let job = match &args.job {
        Some(reference) => Some(cx.app.job(&cx.actor, reference).await?.id),
        None => None,
    };
    let query = RunQuery { job, of_jobs: true, limit: args.limit, ..RunQuery::default() };
    executions::list(&cx.app.runs(&cx.actor, &query).await?, cx)
}

#[derive(Serialize)]
struct Tag {
    name: String,
    color: String,
    jobs: usize,
}

pub async fn tags(cx: &Context) -> anyhow::Result<()> {
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    for tag in cx.app.jobs(&cx.actor, &JobQuery::default()).await?.into_iter().flat_map(|job| job.tags) {
        let entry = tags.entry(tag.name.to_lowercase());
        entry.or_insert(Tag { name: tag.name, color: tag.color, jobs: 0 }).jobs += 1;
    }
    let tags: Vec<Tag> = tags.into_values().collect();
    let row = |t: &Tag| vec![t.name.clone(), t.color.clone(), t.jobs.to_string()];
    let empty = "no job has a tag; `velocity jobs edit JOB --tag +NAME` gives one";
    cx.out.list(&tags, &["tag", "colour", "jobs"], row, empty)?;
    let hint = "colours: velocity tags edit NAME --color RRGGBB";
    if cx.out.json || tags.is_empty() { Ok(()) } else { cx.out.line(hint) }
}
