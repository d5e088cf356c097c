//! `velocity status`

use std::process::ExitCode;

use model::object::DEVICE;
use model::text::shown;

use crate::context::Context;
use crate::output::or_dash;

#[derive(clap::Args)]
pub struct Args {
    /// Count the links of the map however many neighbours there are
    #[arg(long)]
    links: bool,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let status = cx.app.status(&cx.actor, args.links).await?;
    if cx.out.json {
        cx.out.json(&status)?;
        return Ok(ExitCode::SUCCESS);
    }
    cx.out.line(format!("data directory   {}", status.home.display()))?;
    cx.out.line(format!("database         {}", status.database))?;
    let by_status: Vec<String> = status.by_status.iter().map(|c| format!("{} {}", c.count, shown(&c.name))).collect();
    let by_status = if by_status.len() > 1 { format!(" ({})", by_status.join(", ")) } else { String::new() };
    cx.out.line(format!("devices          {}{by_status}", status.devices))?;
    cx.out.line(format!(
        "credentials      work on {} of {} devices: {:.1} %",
        status.with_credential, status.devices, status.credential_coverage_percent
    ))?;
    let kept = status.records.iter().filter(|kept| kept.count > 0 && kept.name != DEVICE.plural);
    let kept: Vec<String> = kept.map(|kept| format!("{} {}", kept.name, kept.count)).collect();
    cx.out.line(format!("kept             {}", kept.join(", ")))?;
    let links = status.links.map_or_else(|| "many; --links counts them".to_owned(), |n| n.to_string());
    cx.out.line(format!("links            {links}"))?;
    for (kind, n) in &status.facts {
        cx.out.line(format!("{kind:<16} {n}"))?;
    }
    cx.out.line(format!("changes          {}", status.changes))?;
    cx.out.line(format!("last execution   {}", or_dash(status.last_run)))?;
    Ok(ExitCode::SUCCESS)
}
