//! `velocity captures list | show | blame | diff`

use std::process::ExitCode;

use app::{CaptureView, DeviceCapture};
use model::Timestamp;

use crate::commands::configs::{Which, blame, diff};
use crate::context::Context;
use crate::output::or_dash;
use crate::when::when;

#[derive(clap::Subcommand)]
pub enum Args {
    /// All versions of what a device said
    List {
        device: String,
        #[arg(long = "type", value_name = "TYPE")]
        capture_type: Option<String>,
        /// Only those that were valid at this time: 2026-11-20, `2h ago`, `yesterday`
        #[arg(long, value_name = "TIME", value_parser = when)]
        at: Option<Timestamp>,
    },
    /// What it said, secrets masked
    Show {
        device: String,
        #[arg(value_name = "TYPE")]
        capture_type: String,
        /// As it was at this time
        #[arg(long, value_name = "TIME", value_parser = when)]
        at: Option<Timestamp>,
    },
    /// Since when each line of what it said is as it is
    Blame {
        device: String,
        #[arg(value_name = "TYPE")]
        capture_type: String,
        /// As it was at this time
        #[arg(long, value_name = "TIME", value_parser = when)]
        at: Option<Timestamp>,
    },
    /// What is different between two versions of what it said; without times, the last two
    Diff {
        device: String,
        #[arg(value_name = "TYPE")]
        capture_type: String,
        #[command(flatten)]
        which: Which,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List { device, capture_type, at } => history(&device, capture_type.as_deref(), at, cx).await?,
        Args::Show { device, capture_type, at } => {
            let text = cx.app.capture_text(&cx.actor, &device, &capture_type, at).await?;
            match cx.out.json {
                true => cx.out.json(&text)?,
                false => cx.out.text(&text.text)?,
            }
        }
        Args::Blame { device, capture_type, at } => blame(&device, &capture_type, at, cx).await?,
        Args::Diff { device, capture_type, which } => diff(device, &capture_type, which, cx).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The versions of a device's captures, newest first; with a time those that were valid then.
pub async fn history(
    device: &str,
    capture_type: Option<&str>,
    at: Option<Timestamp>,
    cx: &Context,
) -> anyhow::Result<()> {
    let captures = cx.app.captures(&cx.actor, device, capture_type, at).await?;
    let header = ["type", "version", "first seen", "last seen", "size", "sha-256", "command", "state"];
    cx.out.list(&captures, &header, row, "no captures; velocity capture collects them")
}

/// One capture of each device.
pub async fn latest(capture_type: &str, at: Option<Timestamp>, cx: &Context) -> anyhow::Result<()> {
    let captures = cx.app.captures_of_all(&cx.actor, capture_type, at).await?;
    let cells = |c: &DeviceCapture| [vec![c.device.clone()], row(&c.capture)[1..6].to_vec()].concat();
    let header = ["device", "version", "first seen", "last seen", "size", "sha-256"];
    cx.out.list(&captures, &header, cells, "no captures; velocity capture collects them")
}

fn row(c: &CaptureView) -> Vec<String> {
    let (version, size) = (or_dash(c.version), c.size.to_string());
    let hash = c.content_hash.get(..12).unwrap_or_default().to_owned();
    let (first, last) = (c.first_seen.to_string(), c.last_seen.to_string());
    vec![c.capture_type.clone(), version, first, last, size, hash, c.command.clone(), c.state()]
}
