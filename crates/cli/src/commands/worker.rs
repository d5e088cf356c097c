//! `velocity worker`, `velocity worker list | remove`

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use app::{WorkerOptions, WorkerView};

use crate::context::Context;
use crate::stop;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    flags: Flags,
}

/// How it works.
#[derive(clap::Args, Debug, Clone)]
pub struct Flags {
    /// What it is called [default: the name of this machine]
    #[arg(long)]
    pub name: Option<String>,
    /// Work for these sites only; other workers leave them to it
    #[arg(long = "site", value_name = "SITE,…", value_delimiter = ',')]
    pub sites: Vec<String>,
    /// Devices at once [default: execution.max_workers of config.yaml]
    #[arg(long, value_name = "N")]
    pub concurrency: Option<usize>,
    /// Seconds that devices under way may take when it is told to stop; then they are given back
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub drain: u64,
}

#[derive(clap::Subcommand)]
pub enum Verb {
    /// Who works, on how much, for which sites
    List,
    /// Forget a worker: its sites are anybody's, what it was at waits again
    Remove {
        name: String,
        /// Show which it would be
        #[arg(long)]
        dry_run: bool,
    },
}

impl Args {
    /// Whether it works, and does not only tell.
    pub fn serves(&self) -> bool {
        self.verb.is_none()
    }
}

impl Flags {
    pub fn options(&self, cx: &Context) -> WorkerOptions {
        WorkerOptions {
            name: self.name.clone(),
            sites: self.sites.clone(),
            concurrency: self.concurrency.unwrap_or(cx.app.settings().concurrency),
            drain: Duration::from_secs(self.drain),
        }
    }
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args.verb {
        None => {
            let vault = Arc::new(cx.vault().await?);
            let stop = stop::on_signal()?;
            cx.app.work(&cx.actor, vault, &args.flags.options(cx), stop, stop::lines()).await?;
        }
        Some(Verb::List) => {
            let workers = cx.app.workers(&cx.actor).await?;
            cx.out.list(&workers, &HEADER, row, "no workers; `velocity worker` starts one")?;
        }
        Some(Verb::Remove { name, dry_run }) => {
            let worker = cx.app.remove_worker(&cx.actor, &name, dry_run).await?;
            match cx.out.json {
                true => cx.out.json(&worker)?,
                false => {
                    let verb = if dry_run { "would be removed" } else { "is removed" };
                    cx.out.line(format!("{} {verb}; {} devices wait again", worker.name, worker.in_flight))?;
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub const HEADER: [&str; 8] = ["worker", "state", "devices", "at once", "sites", "machine", "process", "heard of"];

pub fn row(view: &WorkerView) -> Vec<String> {
    let w = &view.worker;
    vec![
        w.name.clone(),
        view.condition.clone(),
        w.in_flight.to_string(),
        w.concurrency.to_string(),
        if w.sites.is_empty() { "any".to_owned() } else { w.sites.join(", ") },
        w.host.clone(),
        w.pid.to_string(),
        w.heartbeat_at.to_string(),
    ]
}
