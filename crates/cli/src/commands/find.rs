//! `velocity find ANYTHING`

use std::process::ExitCode;

use app::{Answer, FindQuery, FindReport, RouteView, Step, Whereabouts};
use model::Timestamp;
use model::text::shown;
use serde::Serialize;

use crate::commands::route;
use crate::context::Context;
use crate::when::when;

#[derive(clap::Args)]
pub struct Args {
    /// 10.0.0.1, 10.0., 10.0.0.0/24, aabb.ccdd.eeff, ccdd, usa-leaf-1, a serial number, vlan 101, a description
    #[arg(required = true, value_name = "ANYTHING")]
    text: Vec<String>,
    /// As it was at this time
    #[arg(long, value_name = "TIME", value_parser = when)]
    at: Option<Timestamp>,
    /// What is gone as well
    #[arg(long)]
    history: bool,
    /// So many of each kind at most
    #[arg(long, default_value_t = 50)]
    limit: u32,
}

/// What was found, and the route of each device to it when it is an address.
#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    report: FindReport,
    routes: Vec<RouteView>,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let Args { text, at, history, limit } = args;
    let query = FindQuery { text: text.join(" "), at, history, limit };
    let report = cx.app.find(&cx.actor, &query).await?;
    let routes = match report.address {
        Some(address) => cx.app.route_lookup(&cx.actor, address, (None, None), at, limit).await?,
        None => Vec::new(),
    };
    let found = Found { report, routes };
    if cx.out.json {
        cx.out.json(&found)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Found { report, routes } = &found;
    cx.out.line(format!("read as {}", report.read_as.join(", or as ")))?;
    if report.answers.is_empty() && routes.is_empty() {
        cx.out
            .line("nothing found; --history looks among what is gone, too, `velocity search` in what devices said")?;
    }
    for place in &report.whereabouts {
        show(place, cx)?;
    }
    if !report.answers.is_empty() {
        cx.out.line("")?;
        let row = |a: &Answer| {
            let last = if a.gone_at.is_some() { format!("gone {}", a.last_seen) } else { a.last_seen.to_string() };
            vec![a.kind.to_owned(), a.device.clone(), a.what.clone(), a.why.clone(), last]
        };
        cx.out.list(&report.answers, &["kind", "device", "what", "why", "last seen"], row, "")?;
    }
    if !routes.is_empty() {
        cx.out.line("\nroutes to it")?;
        route::list(routes, cx)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Where a host is, and the steps that say so.
fn show(place: &Whereabouts, cx: &Context) -> anyhow::Result<()> {
    let addresses: Vec<String> = place.addresses.iter().map(ToString::to_string).collect();
    let port = match &place.port {
        Some(port) => {
            let vlan = port.vlan.as_ref().map(|v| format!(" VLAN {v}")).unwrap_or_default();
            format!("is on {} {}{vlan}", port.device, port.interface)
        }
        None => "is somewhere".to_owned(),
    };
    let vendor = place.vendor.map(|v| format!(" ({v})")).unwrap_or_default();
    cx.out.line(format!("\n{}{vendor} {} {}", place.mac, addresses.join(", "), shown(&port)))?;
    cx.out.line(format!("  {}", shown(&place.verdict)))?;
    for step in &place.steps {
        let Step { device, what, last_seen, evidence } = step;
        let proof = format!("{} line {}", evidence.capture_type, evidence.first_line);
        cx.out.line(format!("  {device}: {} [{proof}, {last_seen}]", shown(what)))?;
    }
    Ok(())
}
