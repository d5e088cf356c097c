//! `velocity db doc`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::context::Start;

#[derive(clap::Subcommand)]
pub enum Args {
    /// The schema of the database: each table, its columns and keys, as Markdown
    Doc {
        /// Write it to this file
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

pub fn run(args: &Args, start: &Start) -> anyhow::Result<ExitCode> {
    let Args::Doc { output } = args;
    let text = match start.json {
        true => serde_json::to_string_pretty(&app::schema())? + "\n",
        false => app::schema_markdown(),
    };
    match output {
        Some(path) => std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?,
        None => start.out().text(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}
