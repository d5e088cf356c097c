//! `velocity detect`

use std::process::ExitCode;

use crate::commands::parse::read_text;
use crate::context::Start;

#[derive(clap::Args)]
pub struct Args {
    /// Output of a command; `-` is standard input
    file: String,
    /// Platform of the device, if it is known
    #[arg(long, short)]
    platform: Option<String>,
    /// The command that was given, if it is known
    #[arg(long, short)]
    command: Option<String>,
    /// How many candidates to show
    #[arg(long, default_value_t = 5, value_name = "N")]
    top: usize,
}

pub fn run(args: &Args, start: &Start) -> anyhow::Result<ExitCode> {
    let text = read_text(&args.file)?;
    let found = start.templates().detect(args.platform.as_deref(), args.command.as_deref(), args.top, &text)?;
    let rows: Vec<serde_json::Value> = found
        .iter()
        .map(|c| {
            serde_json::json!({
                "template": c.template, "confidence": c.confidence, "score": c.score,
                "records": c.records, "lines": c.lines, "read": c.read,
            })
        })
        .collect();
    if start.json {
        start.out().json(&rows)?;
        return Ok(ExitCode::SUCCESS);
    }
    let cells: Vec<Vec<String>> = found
        .iter()
        .map(|c| {
            let sure = format!("{:.0} %", c.confidence * 100.0);
            vec![c.template.clone(), sure, c.records.to_string(), format!("{} of {}", c.read, c.lines)]
        })
        .collect();
    start.out().list(
        &cells,
        &["template", "sure", "rows", "lines read"],
        Clone::clone,
        "no template reads this text",
    )?;
    Ok(ExitCode::SUCCESS)
}
