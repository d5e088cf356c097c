//! `velocity update check`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::context::Context;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Ask the page that `update.url` of config.yaml names which version is the newest; nothing is asked without it
    Check {
        /// Certificates of authorities that are trusted beside those of the machine, PEM
        #[arg(long, value_name = "FILE")]
        ca: Option<PathBuf>,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let Args::Check { ca } = args;
    let read = |path: PathBuf| std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()));
    let view = cx.app.check_update(&cx.actor, ca.map(read).transpose()?).await?;
    if cx.out.json {
        cx.out.json(&view)?;
    } else if view.is_newer {
        let at = view.url.as_ref().map_or(String::new(), |url| format!(", see {}", model::text::shown(url)));
        cx.out.line(format!("version {} is there, {} is installed{at}", view.newest, view.installed))?;
    } else {
        cx.out.line(format!("{} is the newest version that {} knows", view.installed, view.asked))?;
    }
    Ok(ExitCode::SUCCESS)
}
