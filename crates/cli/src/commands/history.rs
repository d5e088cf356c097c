//! `velocity history ANYTHING`

use std::process::ExitCode;

use app::{HistoryQuery, Interval};
use model::Timestamp;

use crate::context::Context;
use crate::when::{both, when};

#[derive(clap::Args)]
pub struct Args {
    /// A MAC address, an IP address, a prefix, or a port as device:port
    #[arg(value_name = "ANYTHING")]
    text: String,
    /// Still seen at or after: 2026-11-20, `2h ago`, `yesterday`
    #[arg(long, value_name = "TIME", value_parser = when)]
    since: Option<Timestamp>,
    /// First seen before
    #[arg(long, value_name = "TIME", value_parser = when)]
    until: Option<Timestamp>,
    /// The lines of the capture that prove each
    #[arg(long)]
    evidence: bool,
    /// So many of each kind at most
    #[arg(long, default_value_t = 500)]
    limit: u32,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let Args { text, since, until, evidence, limit } = args;
    let history = cx.app.history(&cx.actor, &HistoryQuery { text, since, until, limit }).await?;
    if cx.out.json {
        cx.out.json(&history)?;
        return Ok(ExitCode::SUCCESS);
    }
    cx.out.line(&history.of)?;
    let row = |i: &Interval| {
        let last = if i.gone_at.is_some() { i.last_seen.to_string() } else { "still there".to_owned() };
        let proof = format!("capture {} line {}", i.evidence.capture, i.evidence.first_line);
        vec![i.first_seen.to_string(), last, i.device.clone(), i.fact.to_owned(), i.what.clone(), proof]
    };
    let header = ["first seen", "last seen", "device", "fact", "what", "evidence"];
    cx.out.list(&history.intervals, &header, row, "never seen")?;
    for interval in history.intervals.iter().filter(|_| evidence) {
        let Interval { device, evidence, first_seen, .. } = interval;
        let lines = cx.app.proof_of(&cx.actor, evidence).await?;
        cx.out.line(format!(
            "\n{device} {} line {}, {}:",
            evidence.capture_type,
            evidence.first_line,
            both(*first_seen)
        ))?;
        cx.out.text(&lines)?;
    }
    Ok(ExitCode::SUCCESS)
}
