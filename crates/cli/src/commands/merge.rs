//! `velocity devices merge | split`

use std::net::IpAddr;
use std::process::ExitCode;

use app::Merge;
use model::DeviceIdentity;
use model::text::shown;

use super::objects::{Sure, is_agreed, written};
use crate::context::Context;

#[derive(clap::Args)]
pub struct MergeArgs {
    /// The one that stays
    survivor: String,
    /// The one whose captures, facts, changes, credentials, tags and notes go over
    gone: String,
    /// Also when their serial numbers or chassis MACs differ
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    how: Sure,
}

#[derive(clap::Args)]
pub struct SplitArgs {
    /// The one that is two
    device: String,
    /// The address of the other one
    #[arg(long)]
    address: IpAddr,
    /// A serial number of the other one; may be given again
    #[arg(long)]
    serial: Vec<String>,
    /// The name of the other one [default: the same name]
    #[arg(long)]
    name: Option<String>,
    /// Show what would be, write nothing
    #[arg(long)]
    dry_run: bool,
}

pub async fn merge(args: MergeArgs, cx: &Context) -> anyhow::Result<ExitCode> {
    let both = (args.survivor.as_str(), args.gone.as_str());
    if args.how.dry_run || !args.how.yes {
        let preview = cx.app.merge_devices(&cx.actor, both, args.force, true).await?;
        if args.how.dry_run && cx.out.json {
            cx.out.json(&preview)?;
            return Ok(ExitCode::SUCCESS);
        }
        if !cx.out.json {
            show(&preview, cx)?;
        }
        if args.how.dry_run || !is_agreed(&preview.gone)? {
            return Ok(if args.how.dry_run { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
    }
    let done = cx.app.merge_devices(&cx.actor, both, args.force, false).await?;
    match cx.out.json {
        true => cx.out.json(&done)?,
        false => show(&done, cx)?,
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn split(args: SplitArgs, cx: &Context) -> anyhow::Result<ExitCode> {
    let SplitArgs { device, address, serial, name, dry_run } = args;
    let done = cx.app.split_device(&cx.actor, &device, address, &serial, name, dry_run).await?;
    written(&done, cx)?;
    if !cx.out.json {
        cx.out.line(format!("what was captured stays with {}", shown(&device)))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn show(merge: &Merge, cx: &Context) -> anyhow::Result<()> {
    for (name, identity) in [(&merge.survivor, &merge.survivor_identity), (&merge.gone, &merge.gone_identity)] {
        cx.out.line(format!("{:<16} {}", shown(name), shown(&marks(identity))))?;
    }
    let argument = match (&merge.objection, &merge.argument) {
        (Some(objection), _) => format!("against it: {objection}"),
        (None, Some(argument)) => format!("for it: {argument}"),
        (None, None) => "nothing says that they are one device but you".to_owned(),
    };
    cx.out.line(shown(&argument))?;
    let moves: Vec<String> = merge.moves.iter().map(|d| format!("{} {}", d.count, d.what)).collect();
    let moves = if moves.is_empty() { "nothing but its marks".to_owned() } else { moves.join(", ") };
    cx.out.line(format!(
        "{} to {}: {moves}",
        if merge.written.dry_run { "would go" } else { "went" },
        shown(&merge.survivor)
    ))?;
    written(&merge.written, cx)
}

/// `serials S1; chassis 00:11…; addresses 10.0.0.1; name leaf-1`
fn marks(identity: &DeviceIdentity) -> String {
    let list = |what: &str, all: Vec<String>| (!all.is_empty()).then(|| format!("{what} {}", all.join(", ")));
    let addresses = identity.addresses.iter().map(ToString::to_string).collect();
    let all = [
        list("serials", identity.serials.iter().cloned().collect()),
        list("chassis", identity.chassis_macs.iter().cloned().collect()),
        list("addresses", addresses),
        Some(format!("name {}", identity.name)),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
