//! `velocity batch create | list | show | run | edit | delete`: jobs in an order

use std::process::ExitCode;

use app::{Batch, BatchView, JobFilter, JobQuery};
use model::text::shown;
use serde_json::json;

use crate::commands::objects::is_agreed;
use crate::commands::run::{How, run_chosen};
use crate::context::Context;

#[derive(clap::Subcommand)]
pub enum Args {
    /// All batches
    List,
    /// One, with its jobs in their order
    Show {
        /// Slug, name or file
        batch: String,
    },
    /// Write a new batch
    Create {
        /// Its name
        name: String,
        /// Jobs in the order in which they are run: slugs, ids, files, or patterns with `*` and `?`
        #[arg(long, visible_alias = "job", value_name = "JOB,…", value_delimiter = ',', num_args = 1.., required = true)]
        jobs: Vec<String>,
        #[command(flatten)]
        fields: Fields,
    },
    /// Change a batch; what is not given stays
    Edit {
        /// Slug or name
        batch: String,
        /// These jobs instead
        #[arg(long, value_name = "JOB,…", value_delimiter = ',', num_args = 1..)]
        jobs: Vec<String>,
        /// Add jobs at the end
        #[arg(long, value_name = "JOB,…", value_delimiter = ',', num_args = 1..)]
        add: Vec<String>,
        /// Take jobs out
        #[arg(long, value_name = "JOB,…", value_delimiter = ',', num_args = 1..)]
        remove: Vec<String>,
        /// Move a job to this place, from 1
        #[arg(long = "move", value_name = "JOB=N")]
        moved: Vec<String>,
        #[command(flatten)]
        fields: Fields,
    },
    /// Delete a batch; its jobs and executions stay
    Delete {
        /// Slug or name
        batch: String,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
        /// Show what would be, write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Run the jobs of a batch, one after the other
    Run {
        /// Slug, name or file
        batch: String,
        /// Stop when a job fails
        #[arg(long, value_name = "YES", num_args = 0..=1, default_missing_value = "true")]
        stop_on_failure: Option<bool>,
        /// Seconds between two jobs, 0 to 60
        #[arg(long, visible_alias = "delay-between-jobs", value_name = "SECONDS", value_parser = clap::value_parser!(u8).range(0..=60))]
        delay: Option<u8>,
        #[command(flatten)]
        how: Box<How>,
    },
}

#[derive(clap::Args)]
pub struct Fields {
    /// A line of description
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Stop when a job fails
    #[arg(long, value_name = "YES", num_args = 0..=1, default_missing_value = "true")]
    stop_on_failure: Option<bool>,
    /// Seconds between two jobs, 0 to 60
    #[arg(long, visible_alias = "delay-between-jobs", value_name = "SECONDS", value_parser = clap::value_parser!(u8).range(0..=60))]
    delay: Option<u8>,
    /// Show what would be, write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Fields {
    fn apply(&self, batch: &mut Batch) {
        if let Some(text) = &self.description {
            batch.description = Some(text.clone()).filter(|t| !t.trim().is_empty());
        }
        batch.stop_on_failure = self.stop_on_failure.or(batch.stop_on_failure);
        batch.delay = self.delay.or(batch.delay);
    }
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List => list(cx).await?,
        Args::Show { batch } => show(&cx.app.batch(&cx.actor, &batch).await?, cx)?,
        Args::Create { name, jobs, fields } => {
            let mut batch = Batch { name, jobs: expand(jobs, cx).await?, ..Batch::default() };
            fields.apply(&mut batch);
            let view = cx.app.write_batch(&cx.actor, &batch, None, fields.dry_run).await?;
            wrote(&view, fields.dry_run, cx)?;
        }
        Args::Edit { batch, jobs, add, remove, moved, fields } => {
            let BatchView { slug, mut batch, .. } = cx.app.batch(&cx.actor, &batch).await?;
            if !jobs.is_empty() {
                batch.jobs = expand(jobs, cx).await?;
            }
            batch.jobs.extend(expand(add, cx).await?);
            batch.jobs.retain(|job| !remove.contains(job));
            moved.iter().try_for_each(|text| place(&mut batch.jobs, text))?;
            fields.apply(&mut batch);
            let view = cx.app.write_batch(&cx.actor, &batch, Some(&slug), fields.dry_run).await?;
            wrote(&view, fields.dry_run, cx)?;
        }
        Args::Delete { batch, yes, dry_run } => {
            let view = cx.app.batch(&cx.actor, &batch).await?;
            if !yes && !dry_run && !is_agreed(&view.slug)? {
                return Ok(ExitCode::FAILURE);
            }
            let view = cx.app.delete_batch(&cx.actor, &view.slug, dry_run).await?;
            let did = if dry_run { "would delete" } else { "deleted" };
            match cx.out.json {
                true => cx.out.json(&json!({ "deleted": view, "dry_run": dry_run }))?,
                false => cx.out.line(format!("{did} batch {}; its jobs stay", shown(&view.slug)))?,
            }
        }
        Args::Run { batch, stop_on_failure, delay, how } => {
            let mut view = cx.app.batch(&cx.actor, &batch).await?;
            view.order.stop_on_failure = stop_on_failure.unwrap_or(view.order.stop_on_failure);
            view.order.delay = delay.unwrap_or(view.order.delay);
            let (chosen, name) = cx.app.choose_batch(&cx.actor, &view).await?;
            return run_chosen(chosen, Some(name), view.order.order(), &how, cx).await;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Patterns become the slugs of the jobs that are like them now.
async fn expand(names: Vec<String>, cx: &Context) -> anyhow::Result<Vec<String>> {
    let mut jobs: Vec<String> = Vec::new();
    for name in names.into_iter().map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()) {
        if !name.contains(['*', '?']) {
            jobs.push(name);
            continue;
        }
        let filter = JobFilter { patterns: vec![name.clone()], ..JobFilter::default() };
        let found = cx.app.jobs(&cx.actor, &JobQuery { filter, ..JobQuery::default() }).await?;
        anyhow::ensure!(!found.is_empty(), "no job is like `{}`; `velocity jobs list` shows them", shown(&name));
        jobs.extend(found.into_iter().map(|job| job.slug));
    }
    let mut seen = std::collections::HashSet::new();
    jobs.retain(|job| seen.insert(job.clone()));
    Ok(jobs)
}

/// `JOB=2` puts it at the second place.
fn place(jobs: &mut Vec<String>, text: &str) -> anyhow::Result<()> {
    let usage = || app::AppError::Usage(format!("`{}`: write JOB=2 to put it at the second place", shown(text)));
    let (job, at) = text.rsplit_once('=').ok_or_else(usage)?;
    let at: usize = at.parse().map_err(|_| usage())?;
    let from = jobs.iter().position(|j| j == job);
    let from = from.ok_or_else(|| app::AppError::Usage(format!("`{}` is not in the batch", shown(job))))?;
    let job = jobs.remove(from);
    jobs.insert(at.saturating_sub(1).min(jobs.len()), job);
    Ok(())
}

async fn list(cx: &Context) -> anyhow::Result<()> {
    let (batches, problems) = cx.app.batches(&cx.actor).await?;
    for problem in &problems {
        eprintln!("note: {}", shown(problem));
    }
    let row = |b: &BatchView| {
        vec![
            b.slug.clone(),
            b.batch.name.clone(),
            b.batch.jobs.len().to_string(),
            if b.order.stop_on_failure { "yes" } else { "no" }.to_owned(),
            format!("{} s", b.order.delay),
            b.missing.join(", "),
        ]
    };
    let header = ["slug", "name", "jobs", "stop on failure", "delay", "missing"];
    cx.out.list(&batches, &header, row, "no batches; velocity batch create NAME --jobs A,B makes one")
}

fn show(view: &BatchView, cx: &Context) -> anyhow::Result<()> {
    if cx.out.json {
        return cx.out.json(view);
    }
    let BatchView { batch, order, .. } = view;
    cx.out.line(format!("{} ({})", shown(&batch.name), view.file.display()))?;
    if let Some(text) = &batch.description {
        cx.out.line(shown(text))?;
    }
    let stop = if order.stop_on_failure { "stops when a job fails" } else { "goes on when a job fails" };
    cx.out.line(format!("{stop}; {} s between two jobs", order.delay))?;
    for (n, job) in batch.jobs.iter().enumerate() {
        let missing = if view.missing.contains(job) { " (no such job)" } else { "" };
        cx.out.line(format!("{:>4}  {}{missing}", n + 1, shown(job)))?;
    }
    Ok(())
}

fn wrote(view: &BatchView, dry_run: bool, cx: &Context) -> anyhow::Result<()> {
    if !cx.out.json {
        cx.out.line(if dry_run { "dry run: nothing was written" } else { "written" })?;
    }
    show(view, cx)
}
