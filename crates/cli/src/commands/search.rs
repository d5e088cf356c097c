//! `velocity search PATTERN`

use std::process::ExitCode;

use app::{SearchHit, SearchQuery};
use model::Timestamp;
use model::text::shown;

use crate::context::Context;
use crate::when::when;

#[derive(clap::Args)]
pub struct Args {
    /// A regular expression
    pattern: String,
    /// Take the pattern as plain text
    #[arg(short = 'F', long)]
    fixed: bool,
    /// Upper and lower case are the same
    #[arg(short, long)]
    ignore_case: bool,
    /// all, conditions such as site=usa,role=leaf, or names
    #[arg(long, default_value = "all", value_name = "WHICH")]
    devices: String,
    /// Only these capture types, with commas
    #[arg(long = "type", visible_alias = "types", value_name = "TYPES", default_value = "", hide_default_value = true)]
    types: String,
    /// In what was valid at this time
    #[arg(long, value_name = "TIME", value_parser = when, conflicts_with_all = ["history", "since", "until"])]
    at: Option<Timestamp>,
    /// In all versions, the incomplete ones too
    #[arg(long)]
    history: bool,
    /// In versions that were seen at or after this time
    #[arg(long, value_name = "TIME", value_parser = when)]
    since: Option<Timestamp>,
    /// In versions that were first seen before this time
    #[arg(long, value_name = "TIME", value_parser = when)]
    until: Option<Timestamp>,
    /// Lines shown before and after each match
    #[arg(short = 'C', long, default_value_t = 0)]
    context: usize,
    /// So many matching lines at most
    #[arg(long, default_value_t = 1000)]
    limit: usize,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let Args { pattern, fixed, ignore_case, devices, types, at, history, since, until, context, limit } = args;
    let query = SearchQuery { pattern, fixed, ignore_case, devices, types, at, history, since, until, context, limit };
    let report = cx.app.search(&cx.actor, &query).await?;
    if cx.out.json {
        cx.out.json(&report)?;
        return Ok(ExitCode::SUCCESS);
    }
    for hit in &report.hits {
        show(hit, context > 0, cx)?;
    }
    if report.hits.is_empty() {
        cx.out.line(format!("nothing found in {} captures", report.captures_searched))?;
    } else if report.limit_reached {
        eprintln!("note: only the first {limit} lines; --limit shows more");
    }
    Ok(ExitCode::SUCCESS)
}

/// As `grep -n` prints it: `usa-leaf-1 arp:13:text`, and `-` in place of `:` for the lines around it.
fn show(hit: &SearchHit, has_context: bool, cx: &Context) -> anyhow::Result<()> {
    let place = format!("{} {}", hit.device, hit.capture_type);
    let line = &hit.line;
    for (n, text) in (1..).zip(&line.before) {
        let number = line.line + n - 1 - line.before.len() as u64;
        cx.out.line(format!("{place}-{number}-{}", shown(text)))?;
    }
    cx.out.line(format!("{place}:{}:{}", line.line, shown(&line.text)))?;
    for (n, text) in (1..).zip(&line.after) {
        cx.out.line(format!("{place}-{}-{}", line.line + n, shown(text)))?;
    }
    if has_context {
        cx.out.line("--")?;
    }
    Ok(())
}
