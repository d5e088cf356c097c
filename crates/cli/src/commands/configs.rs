//! `velocity configs show | history | diff`

use std::process::ExitCode;

use model::Timestamp;

use crate::commands::captures::history;
use crate::context::Context;

#[derive(clap::Subcommand)]
pub enum Args {
    /// The running configuration, secrets masked
    Show {
        device: String,
        /// As it was at this time
        #[arg(long, value_name = "TIME")]
        at: Option<Timestamp>,
    },
    /// All versions
    History { device: String },
    /// What is different between two versions; without times, the last two
    Diff {
        /// Name, id, address or serial number
        device: String,
        /// The version valid then
        #[arg(long, value_name = "TIME")]
        from: Option<Timestamp>,
        /// The version valid then [default: the latest]
        #[arg(long, value_name = "TIME")]
        to: Option<Timestamp>,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Show { device, at } => {
            let text = cx.app.capture_text(&cx.actor, &device, "configs", at).await?;
            match cx.out.json {
                true => cx.out.json(&text)?,
                false => cx.out.text(&text.text)?,
            }
        }
        Args::History { device } => history(&device, Some("configs"), cx).await?,
        Args::Diff { device, from, to } => {
            let diff = cx.app.config_diff(&cx.actor, &device, from, to).await?;
            match cx.out.json {
                true => cx.out.json(&diff)?,
                false if diff.diff.is_empty() => cx.out.line("no difference")?,
                false => cx.out.text(&diff.diff)?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
