//! `velocity facts KIND`, `velocity arp search`, `velocity mac search`

use std::process::ExitCode;

use app::{FactQuery, FactView};
use model::{FactKind, Timestamp};

use crate::context::Context;
use crate::when::when;

#[derive(clap::Args)]
pub struct Args {
    #[arg(help = kinds())]
    kind: String,
    /// Part of a MAC address, an IP address or a text; without it, all
    pattern: Option<String>,
    #[command(flatten)]
    filter: Filter,
}

#[derive(clap::Subcommand)]
pub enum Search {
    /// By IP address or MAC address, whole or in part, in any spelling
    Search {
        /// aa:bb:cc:dd:ee:ff, aabb.ccdd, 10.0.0.1, 10.0. …
        pattern: String,
        #[command(flatten)]
        filter: Filter,
    },
    /// All entries
    List {
        #[command(flatten)]
        filter: Filter,
    },
}

#[derive(clap::Args)]
pub struct Filter {
    /// Only of this device
    #[arg(long)]
    device: Option<String>,
    /// Only of this VRF, as the devices call it; `default` is the one without a name
    #[arg(long)]
    vrf: Option<String>,
    /// As it was at this time: 2026-11-20, `2h ago`, `yesterday`
    #[arg(long, value_name = "TIME", value_parser = when)]
    at: Option<Timestamp>,
    /// What is gone as well
    #[arg(long)]
    history: bool,
    /// So many at most
    #[arg(long, default_value_t = 1000)]
    limit: u32,
    /// The lines of the capture that prove each
    #[arg(long)]
    evidence: bool,
}

/// All kinds there are, for the help.
pub fn kinds() -> String {
    model::fact::KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", ")
}

pub async fn search(kind: &str, args: Search, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Search::Search { pattern, filter } => list(kind, Some(pattern), filter, cx).await,
        Search::List { filter } => list(kind, None, filter, cx).await,
    }
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    list(&args.kind, args.pattern, args.filter, cx).await
}

async fn list(kind: &str, pattern: Option<String>, filter: Filter, cx: &Context) -> anyhow::Result<ExitCode> {
    let Filter { device, vrf, at, history, limit, .. } = filter;
    let query = FactQuery { pattern, device, vrf, at, history, limit };
    let (kind, mut facts) = cx.app.facts(&cx.actor, kind, query).await?;
    if filter.evidence {
        cx.app.prove(&mut facts).await?;
    }
    let header =
        [&["device"][..], &kind.columns.iter().map(|c| c.name).collect::<Vec<_>>(), &["first seen", "last seen"]]
            .concat();
    cx.out.list(&facts, &header, |f| row(kind, f), "nothing found")?;
    if filter.evidence && !cx.out.json {
        for fact in &facts {
            cx.out
                .line(format!("\n{} {} line {}:", fact.device, fact.evidence.capture_type, fact.evidence.first_line))?;
            cx.out.text(fact.proof.as_deref().unwrap_or_default())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn row(kind: &FactKind, fact: &FactView) -> Vec<String> {
    let cell = |name: &&str| match fact.values.get(*name) {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let columns: Vec<&str> = kind.columns.iter().map(|c| c.name).collect();
    let mut cells = vec![fact.device.clone()];
    cells.extend(columns.iter().map(cell));
    let last = if fact.gone_at.is_some() { format!("gone {}", fact.last_seen) } else { fact.last_seen.to_string() };
    cells.extend([fact.first_seen.to_string(), last]);
    cells
}
