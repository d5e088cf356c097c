//! `velocity route lookup ADDRESS`

use std::net::IpAddr;
use std::process::ExitCode;

use app::RouteView;
use model::Timestamp;

use crate::context::Context;
use crate::output::or_dash;
use crate::when::when;

#[derive(clap::Subcommand)]
pub enum Args {
    /// The routes with the longest prefix that holds the address, of every device and VRF
    Lookup {
        address: IpAddr,
        /// Only of this device
        #[arg(long)]
        device: Option<String>,
        /// Only of this VRF, as the devices call it; `default` is the one without a name
        #[arg(long)]
        vrf: Option<String>,
        /// As it was at this time
        #[arg(long, value_name = "TIME", value_parser = when)]
        at: Option<Timestamp>,
        /// So many at most, those with the longest prefix first
        #[arg(long, default_value_t = 1000)]
        limit: u32,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let Args::Lookup { address, device, vrf, at, limit } = args;
    let routes = cx.app.route_lookup(&cx.actor, address, (device.as_deref(), vrf.as_deref()), at, limit).await?;
    list(&routes, cx)?;
    if routes.len() >= limit as usize {
        eprintln!("note: only the {limit} with the longest prefixes; --limit shows more, --device those of one device");
    }
    Ok(ExitCode::SUCCESS)
}

pub fn list(routes: &[RouteView], cx: &Context) -> anyhow::Result<()> {
    let row = |r: &RouteView| {
        vec![
            r.device.clone(),
            r.vrf.clone(),
            r.prefix.to_string(),
            r.protocol.clone(),
            format!("{}/{}", or_dash(r.distance), or_dash(r.metric)),
            or_dash(r.next_hop),
            or_dash(r.interface.as_deref()),
            r.last_seen.to_string(),
        ]
    };
    let header = ["device", "vrf", "prefix", "protocol", "distance/metric", "next hop", "interface", "last seen"];
    cx.out.list(routes, &header, row, "no device has a route to it; velocity capture --types routes collects them")
}
