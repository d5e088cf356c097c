//! `velocity status`

use std::process::ExitCode;

use crate::context::Context;
use crate::output::or_dash;

pub async fn run(cx: &Context) -> anyhow::Result<ExitCode> {
    let status = cx.app.status(&cx.actor).await?;
    if cx.out.json {
        cx.out.json(&status)?;
        return Ok(ExitCode::SUCCESS);
    }
    cx.out.line(format!("data directory   {}", status.home.display()))?;
    cx.out.line(format!("database         {}", status.database))?;
    cx.out.line(format!("devices          {}", status.devices))?;
    cx.out.line(format!("links            {}", status.links))?;
    for (kind, n) in &status.facts {
        cx.out.line(format!("{kind:<16} {n}"))?;
    }
    cx.out.line(format!("changes          {}", status.changes))?;
    cx.out.line(format!("last execution   {}", or_dash(status.last_run)))?;
    Ok(ExitCode::SUCCESS)
}
