//! `velocity captures list | show`

use std::process::ExitCode;

use app::CaptureView;
use model::Timestamp;

use crate::context::Context;
use crate::output::or_dash;

#[derive(clap::Subcommand)]
pub enum Args {
    /// All versions of what a device said
    List {
        device: String,
        #[arg(long = "type", value_name = "TYPE")]
        capture_type: Option<String>,
    },
    /// What it said, secrets masked
    Show {
        device: String,
        #[arg(value_name = "TYPE")]
        capture_type: String,
        /// As it was at this time
        #[arg(long, value_name = "TIME")]
        at: Option<Timestamp>,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List { device, capture_type } => history(&device, capture_type.as_deref(), cx).await?,
        Args::Show { device, capture_type, at } => {
            let text = cx.app.capture_text(&cx.actor, &device, &capture_type, at).await?;
            match cx.out.json {
                true => cx.out.json(&text)?,
                false => cx.out.text(&text.text)?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The versions of a device's captures, newest first.
pub async fn history(device: &str, capture_type: Option<&str>, cx: &Context) -> anyhow::Result<()> {
    let captures = cx.app.captures(&cx.actor, device, capture_type).await?;
    let row = |c: &CaptureView| {
        let (version, size) = (or_dash(c.version), c.size.to_string());
        let hash = c.content_hash.get(..12).unwrap_or_default().to_owned();
        let (first, last) = (c.first_seen.to_string(), c.last_seen.to_string());
        vec![c.capture_type.clone(), version, first, last, size, hash, c.command.clone(), c.state()]
    };
    let header = ["type", "version", "first seen", "last seen", "size", "sha-256", "command", "state"];
    cx.out.list(&captures, &header, row, "no captures; velocity capture collects them")
}
