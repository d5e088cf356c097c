//! `velocity capture`

use std::process::ExitCode;

use app::CaptureRequest;

use crate::commands::creds::tell_cost;
use crate::context::Context;
use crate::output::or_dash;
use crate::run_flags::{RunFlags, conclude};
use crate::{progress, secrets::LoginFlags};

#[derive(clap::Args)]
pub struct Args {
    /// Which devices: `all`, `site=usa`, `vendor=Cisco,role=leaf`, `name=fra-*`, or names with commas
    #[arg(long, default_value = "all")]
    devices: String,
    /// What to collect: types with commas, or `all` (ntp, snmp, bgp … too); a type that a platform lacks is told
    #[arg(long, default_value = "configs,arp,mac,lldp,cdp,interfaces,routes,version,inventory")]
    types: String,
    /// Collect from so many devices at most
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Show which devices and types it would be, connect to nothing
    #[arg(long)]
    dry_run: bool,
    /// Connect and collect, but save nothing
    #[arg(long)]
    no_save: bool,
    /// Keep what devices say, and load no facts of it; `velocity load --execution N` does
    #[arg(long)]
    no_load: bool,
    #[command(flatten)]
    login: LoginFlags,
    #[command(flatten)]
    run: RunFlags,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let mut plan = cx.app.plan_capture(&cx.actor, &args.devices, &args.types, args.limit).await?;
    plan.errand.keep_only = args.no_load;
    if args.dry_run {
        planned(&plan, cx)?;
        tell_cost(&args.login.expected(cx, &plan.usernames()).await?, cx).await?;
        return Ok(ExitCode::SUCCESS);
    }
    if !plan.without_address.is_empty() {
        let names = plan.without_address.join(", ");
        eprintln!("note: without an address, and so not asked: {}", model::text::shown(&names));
    }
    let hosts: Vec<_> = plan.devices.iter().map(|d| (d.name.clone(), d.address)).collect();
    let settings = args.run.settings(cx.app.settings());
    let (logins, settings) = args.login.enter(cx, &plan.usernames(), &hosts, settings, None).await?;
    if !args.run.quiet {
        tell_cost(&logins, cx).await?;
    }
    let request = CaptureRequest { logins, settings, save: !args.no_save, plan };
    let (events, shown) = app::events::channel();
    let show = tokio::spawn(progress::show(shown, args.run.clone()));
    let report = cx.app.capture(&cx.actor, request, events, progress::cancel_on_ctrl_c()).await;
    show.await?;
    conclude(&report?, &args.run, cx.out)
}

/// Which devices would be asked what.
pub fn planned(plan: &app::CapturePlan, cx: &Context) -> anyhow::Result<()> {
    let own = plan.errand.commands.iter().map(|c| c.output.clone());
    let own: Vec<String> = own.collect();
    let header = ["name", "address", "platform", "credential", "types"];
    cx.out.list(
        &plan.devices,
        &header,
        |d| {
            let types = [d.types.clone(), own.clone()].concat().join(",");
            let types = match d.unsupported.is_empty() {
                true => types,
                false => format!("{types} (not on this platform: {})", d.unsupported.join(",")),
            };
            let named = &plan.errand.how.credentials;
            let known = d.credentials.iter().find(|c| named.is_empty() || named.contains(c));
            let first = d.pinned.as_ref().or(known).or(named.first()).or(d.accounts.first());
            vec![d.name.clone(), d.address.to_string(), d.platform.clone(), or_dash(first), types]
        },
        "no device matches",
    )
}
