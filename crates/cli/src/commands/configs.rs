//! `velocity configs show | list | history | diff | blame`

use std::process::ExitCode;

use app::{DiffQuery, Version};
use model::Timestamp;
use model::text::shown_lines;

use crate::commands::captures::{history, latest};
use crate::context::Context;
use crate::diff_view::DiffFlags;
use crate::when::when;

#[derive(clap::Subcommand)]
pub enum Args {
    /// The configuration of each device: which version, how large, since when
    List {
        /// As it was at this time: 2026-11-20, `2h ago`, `yesterday`
        #[arg(long, value_name = "TIME", value_parser = when)]
        at: Option<Timestamp>,
    },
    /// The running configuration, secrets masked
    Show {
        device: String,
        /// As it was at this time: 2026-11-20, `2h ago`, `yesterday`
        #[arg(long, value_name = "TIME", value_parser = when)]
        at: Option<Timestamp>,
    },
    /// All versions
    History { device: String },
    /// Since when each line is as it is, and with which version it came
    Blame {
        /// Name, id, address or serial number
        device: String,
        /// As it was at this time: 2026-11-20, `2h ago`, `yesterday`
        #[arg(long, value_name = "TIME", value_parser = when)]
        at: Option<Timestamp>,
    },
    /// What is different between two versions; without times, the last two
    Diff {
        /// Name, id, address or serial number
        device: String,
        #[command(flatten)]
        which: Which,
    },
}

/// Which two captures are compared, and how the difference is shown.
#[derive(clap::Args)]
pub struct Which {
    /// The version valid then, or its number as `v3`
    #[arg(long, value_name = "TIME|vN", value_parser = version)]
    from: Option<Version>,
    /// The version valid then, or its number [default: the latest]
    #[arg(long, value_name = "TIME|vN", value_parser = version)]
    to: Option<Version>,
    /// Compare with this device; `--to` is its version
    #[arg(long, value_name = "DEVICE")]
    with: Option<String>,
    #[command(flatten)]
    flags: DiffFlags,
}

fn version(text: &str) -> Result<Version, String> {
    let number = text.strip_prefix(['v', 'V']).and_then(|n| n.parse().ok());
    number.map_or_else(|| when(text).map(Version::At), |n| Ok(Version::Number(n)))
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List { at } => latest("configs", at, cx).await?,
        Args::Show { device, at } => {
            let text = cx.app.capture_text(&cx.actor, &device, "configs", at).await?;
            match cx.out.json {
                true => cx.out.json(&text)?,
                false => cx.out.text(&text.text)?,
            }
        }
        Args::History { device } => history(&device, Some("configs"), None, cx).await?,
        Args::Blame { device, at } => blame(&device, "configs", at, cx).await?,
        Args::Diff { device, which } => diff(device, "configs", which, cx).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The difference of two captures of a type.
pub async fn diff(device: String, capture_type: &str, which: Which, cx: &Context) -> anyhow::Result<()> {
    let Which { from, to, with, flags } = which;
    let query = DiffQuery { device, capture_type: capture_type.to_owned(), from, to, with, context: flags.context };
    let diff = cx.app.diff(&cx.actor, &query).await?;
    match cx.out.json {
        true => cx.out.json(&diff),
        false if diff.diff.is_empty() => cx.out.line("no difference"),
        // Control characters of the device are made visible in it.
        false => cx.out.line(flags.show(&diff).trim_end()),
    }
}

/// The lines of a capture, each with the version that it came with.
pub async fn blame(device: &str, capture_type: &str, at: Option<Timestamp>, cx: &Context) -> anyhow::Result<()> {
    let blame = cx.app.blame(&cx.actor, device, capture_type, at).await?;
    if cx.out.json {
        return cx.out.json(&blame);
    }
    for (number, line) in (1..).zip(&blame.lines) {
        let version = line.version.map_or_else(|| "-".to_owned(), |n| format!("v{n}"));
        cx.out.line(format!("{version:<5} {} {number:>5}  {}", line.since, shown_lines(&line.line)))?;
    }
    if blame.is_cut {
        cx.out.line("there are older versions: lines of the oldest one that was looked at may be older")?;
    }
    Ok(())
}
