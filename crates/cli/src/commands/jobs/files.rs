//! Jobs from files and into files.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::{FileJob, Job, JobDraft, JobFilter, JobFormat, JobQuery, Migrated, Written};
use clap::ValueEnum;
use model::text::shown;
use serde_json::json;

use super::{by, legacy_folder, write};
use crate::commands::objects::written;
use crate::context::Context;
use crate::run_flags::PARTIAL;

#[derive(clap::Args)]
pub struct Validate {
    /// Slugs, ids, files or folders [default: all jobs that are kept]
    jobs: Vec<String>,
}

#[derive(clap::Args)]
pub struct Migrate {
    /// Folder of job files [default: the folder `jobs` of the data directory]
    #[arg(long, visible_alias = "jobs-dir", value_name = "DIR")]
    dir: Option<PathBuf>,
    /// A job file, or the collector.db of VelocityCollector; may be given again
    #[arg(long, value_name = "FILE")]
    file: Vec<PathBuf>,
    /// Show what would be, write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(clap::Args)]
pub struct Apply {
    /// Job files or folders of them, YAML or JSON
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Show what would be, write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(clap::Args)]
pub struct Export {
    /// Slugs, ids or patterns [default: all]
    jobs: Vec<String>,
    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// [default: by the file's name, else yaml]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Yaml,
    Json,
}

#[derive(clap::Args)]
pub struct Generate {
    /// Platforms of the devices in this `sessions.yaml` [default: those of the inventory]
    #[arg(long, value_name = "FILE")]
    sessions: Option<PathBuf>,
    /// Folder that the files go to
    #[arg(long, value_name = "DIR", default_value = ".")]
    output_dir: PathBuf,
    /// Capture types, with commas: configs,arp
    #[arg(long, visible_alias = "types", value_name = "TYPE,…", value_delimiter = ',', required = true)]
    capture_types: Vec<String>,
    /// Show what would be, write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(clap::Args)]
pub struct Starter {
    /// Only those of this family: arista, cisco-ios, cisco-nxos, juniper
    #[arg(long)]
    vendor: Option<String>,
    /// Show what would be, write nothing
    #[arg(long)]
    dry_run: bool,
}

pub async fn validate(args: Validate, cx: &Context) -> anyhow::Result<ExitCode> {
    let (mut checked, mut wrong) = (Vec::new(), 0);
    let mut take = |label: String, problems: Vec<String>| {
        wrong += usize::from(!problems.is_empty());
        checked.push(json!({ "job": label, "problems": problems }));
    };
    if args.jobs.is_empty() {
        for job in cx.app.jobs(&cx.actor, &JobQuery::default()).await? {
            take(job.slug.clone(), cx.app.examine_job(&JobDraft::of(&job)).1);
        }
    }
    for name in &args.jobs {
        let path = PathBuf::from(name);
        if path.exists() {
            let (jobs, problems) = cx.app.read_job_files(&[path]);
            jobs.iter().for_each(|j| take(format!("{} ({})", j.draft.slug(), j.file.display()), Vec::new()));
            for (file, problem) in problems {
                let file = file.display().to_string();
                // It begins with the file.
                let problem = problem.strip_prefix(&format!("{file}: ")).unwrap_or(&problem).to_owned();
                take(file, vec![problem]);
            }
        } else {
            let job = cx.app.job(&cx.actor, name).await?;
            take(job.slug.clone(), cx.app.examine_job(&JobDraft::of(&job)).1);
        }
    }
    let row = |c: &serde_json::Value| {
        let problems = c["problems"].as_array().into_iter().flatten().filter_map(|p| p.as_str()).collect::<Vec<_>>();
        let told = if problems.is_empty() { "good".to_owned() } else { problems.join("; ") };
        vec![c["job"].as_str().unwrap_or_default().to_owned(), told]
    };
    match cx.out.json {
        true => cx.out.json(&checked)?,
        // A cell is cut, and here the text is what matters.
        false => checked.iter().map(row).try_for_each(|cells| cx.out.line(shown(&cells.join(": "))))?,
    }
    if checked.is_empty() && !cx.out.json {
        cx.out.line("no jobs")?;
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub async fn migrate(args: Migrate, cx: &Context) -> anyhow::Result<ExitCode> {
    let mut paths = args.file;
    if paths.is_empty() || args.dir.is_some() {
        paths.push(legacy_folder(args.dir, cx));
    }
    let done = cx.app.migrate_jobs(&cx.actor, &paths, &write(args.dry_run)).await?;
    told(&done, cx)
}

pub async fn apply(args: Apply, cx: &Context) -> anyhow::Result<ExitCode> {
    let done = cx.app.migrate_jobs(&cx.actor, &args.files, &write(args.dry_run)).await?;
    told(&done, cx)
}

fn told(done: &Migrated, cx: &Context) -> anyhow::Result<ExitCode> {
    if cx.out.json {
        cx.out.json(done)?;
    } else {
        brief(&done.written, cx)?;
        for FileJob { draft, notes, .. } in &done.jobs {
            notes
                .iter()
                .try_for_each(|note| cx.out.line(format!("note: {}: {}", shown(&draft.slug()), shown(note))))?;
        }
        done.problems.iter().try_for_each(|p| cx.out.line(format!("left out: {}", shown(p))))?;
    }
    Ok(match (done.jobs.is_empty(), done.problems.is_empty()) {
        (_, true) => ExitCode::SUCCESS,
        (false, false) => ExitCode::from(PARTIAL),
        (true, false) => ExitCode::FAILURE,
    })
}

/// A line for each job, and how to take it back.
fn brief(done: &Written, cx: &Context) -> anyhow::Result<()> {
    if cx.out.json {
        return cx.out.json(done);
    }
    let mut counts = std::collections::BTreeMap::new();
    for record in &done.records {
        *counts.entry(record.effect).or_insert(0) += 1;
        let word = |field: &str| record.fields.iter().find(|(f, ..)| f == field).map(|(_, _, is)| is.clone());
        let what = word("what").and_then(|w| w.as_str().map(str::to_owned)).unwrap_or_default();
        cx.out.line(format!("{:<9} {:<36} {}", record.effect, shown(&record.name), shown(&what)))?;
    }
    let counts: Vec<String> = counts.iter().map(|(effect, n)| format!("{n} {effect}")).collect();
    let counts = if counts.is_empty() { "nothing to do".to_owned() } else { counts.join(", ") };
    cx.out.line(format!("{}{counts}", if done.dry_run { "dry run, nothing was written: " } else { "" }))?;
    crate::commands::objects::tell_undo(&Written { dry_run: false, ..done.clone() }, cx)
}

pub async fn export(args: Export, cx: &Context) -> anyhow::Result<()> {
    let mut jobs: Vec<Job> = Vec::new();
    for name in &args.jobs {
        let found = match name.contains(['*', '?']) {
            true => by(JobFilter { patterns: vec![name.clone()], ..JobFilter::default() }, name, cx).await?,
            false => vec![cx.app.job(&cx.actor, name).await?],
        };
        jobs.extend(found);
    }
    if args.jobs.is_empty() {
        jobs = cx.app.jobs(&cx.actor, &JobQuery::default()).await?;
    }
    let by_name = args.output.as_ref().and_then(|o| o.extension()).is_some_and(|e| e.eq_ignore_ascii_case("json"));
    let format = match args.format {
        Some(Format::Json) => JobFormat::Json,
        Some(Format::Yaml) => JobFormat::Yaml,
        None if by_name || cx.out.json => JobFormat::Json,
        None => JobFormat::Yaml,
    };
    let text = cx.app.write_jobs_out(&cx.actor, &jobs, format)?;
    match &args.output {
        Some(path) => {
            std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
            cx.out.line(format!("{} jobs in {}", jobs.len(), path.display()))
        }
        None => cx.out.text(&text),
    }
}

/// Of the files that [`generate`] writes, in their order.
const LIST: &str = "job_list.txt";

pub async fn generate(args: Generate, cx: &Context) -> anyhow::Result<ExitCode> {
    let types: Vec<String> = args.capture_types.iter().map(|t| t.trim().to_owned()).collect();
    let made = cx.app.generate_jobs(&cx.actor, args.sessions.as_deref(), &types).await?;
    if !args.dry_run && !made.jobs.is_empty() {
        let folder = &args.output_dir;
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let list: String = made.jobs.iter().map(|(file, _)| format!("{file}\n")).collect();
        let texts = made.jobs.iter().map(|(file, job)| Ok((file.as_str(), serde_json::to_string_pretty(job)? + "\n")));
        let texts: Vec<(&str, String)> = texts.collect::<Result<_, serde_json::Error>>()?;
        for (file, text) in texts.into_iter().chain([(LIST, list)]) {
            let path = folder.join(file);
            std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    let list = args.output_dir.join(LIST);
    if cx.out.json {
        let files: Vec<&String> = made.jobs.iter().map(|(file, _)| file).collect();
        cx.out.json(&json!({ "dry_run": args.dry_run, "files": files, "list": list, "left_out": made.left_out }))?;
    } else {
        let would = if args.dry_run { "would write " } else { "" };
        made.jobs.iter().try_for_each(|(file, _)| cx.out.line(format!("{would}{file}")))?;
        made.left_out.iter().try_for_each(|why| cx.out.line(format!("left out: {}", shown(why))))?;
        if !made.jobs.is_empty() && !args.dry_run {
            cx.out.line(format!("next: velocity run --job-list {}", list.display()))?;
        }
    }
    Ok(match (made.jobs.is_empty(), made.left_out.is_empty()) {
        (_, true) => ExitCode::SUCCESS,
        (false, false) => ExitCode::from(PARTIAL),
        (true, false) => ExitCode::FAILURE,
    })
}

pub async fn starter(args: Starter, cx: &Context) -> anyhow::Result<()> {
    let done = cx.app.add_starter_jobs(&cx.actor, args.vendor.as_deref(), &write(args.dry_run)).await?;
    if done.records.is_empty() && !cx.out.json {
        return cx.out.line("all of the library is there");
    }
    if done.records.len() == 1 { written(&done, cx) } else { brief(&done, cx) }
}
