//! `velocity fingerprint`: who devices are, without going further.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use app::{AppError, Via};
use model::text::shown;
use model::{Device, Timestamp};
use serde::Serialize;

use super::discover;
use crate::context::Context;
use crate::run_flags::{self, RunFlags};
use crate::secrets::LoginFlags;
use crate::snmp_flags::SnmpFlags;

#[derive(clap::Args)]
pub struct Args {
    /// Addresses: 10.0.0.1 or 10.0.0.1:2222
    #[arg(value_name = "ADDRESS", required_unless_present = "inventory", conflicts_with = "inventory")]
    addresses: Vec<String>,
    /// Devices of the inventory instead: `all`, `site=usa,role=leaf`, or names
    #[arg(long, value_name = "SELECTION", num_args = 0..=1, default_missing_value = "all")]
    inventory: Option<String>,
    /// Write a JSON file for each device into this folder
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// SSH port of the addresses that name none
    #[arg(long, default_value_t = 22)]
    port: u16,
    /// How devices are asked: ssh, snmp, both [default: by what there are secrets for]
    #[arg(long, value_name = "WAY")]
    via: Option<Via>,
    #[command(flatten)]
    login: LoginFlags,
    #[command(flatten)]
    snmp: SnmpFlags,
    #[command(flatten)]
    run: RunFlags,
}

/// Who a device is, by what it said.
#[derive(Debug, Serialize)]
struct Fingerprint<'d> {
    name: &'d str,
    address: IpAddr,
    port: u16,
    platform: &'d str,
    vendor: &'d str,
    model: Option<&'d str>,
    os_version: Option<&'d str>,
    serials: &'d [String],
    chassis_mac: Option<String>,
    role: Option<&'d str>,
    site: Option<&'d str>,
    last_seen: Timestamp,
}

impl<'d> Fingerprint<'d> {
    fn of(device: &'d Device) -> Self {
        Self {
            name: &device.name,
            address: device.address,
            port: device.port,
            platform: &device.platform,
            vendor: &device.vendor,
            model: device.model.as_deref(),
            os_version: device.os_version.as_deref(),
            serials: &device.serials,
            chassis_mac: device.chassis_mac.map(|mac| mac.to_string()),
            role: device.role.as_deref(),
            site: device.site.as_deref(),
            last_seen: device.last_seen,
        }
    }
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let Args { addresses, inventory, output, port, via, login, snmp, run } = args;
    let asked = match &inventory {
        Some(selection) => of_inventory(selection, cx).await?,
        None => addresses,
    };
    if let Some(folder) = &output {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let crawl = discover::Args::alone(asked, port, via, (login, snmp, run));
    let (report, seeds, flags) = discover::crawl(crawl, cx).await?;
    let found = answered(&seeds, report.failed_devices.iter().filter_map(|d| d.address.clone()).collect(), cx).await?;
    let prints: Vec<Fingerprint<'_>> = found.values().map(Fingerprint::of).collect();
    if let Some(folder) = &output {
        found.values().zip(&prints).try_for_each(|(device, print)| write(folder, &device.slug, print))?;
    }
    let code = run_flags::code(&report);
    if flags.json_progress {
        return Ok(code);
    }
    let header = ["name", "address", "platform", "model", "os version", "serials"];
    let row = |p: &Fingerprint<'_>| {
        let texts = [p.name, &p.address.to_string(), p.platform, p.model.unwrap_or("-"), p.os_version.unwrap_or("-")];
        texts.map(str::to_owned).into_iter().chain([p.serials.join(" ")]).collect()
    };
    cx.out.list(&prints, &header, row, "no device answered")?;
    if !cx.out.json {
        for failed in &report.failed_devices {
            let address = failed.address.as_deref().unwrap_or_default();
            cx.out.line(format!("failed: {} {address}: {}", shown(&failed.name), shown(&failed.message)))?;
        }
        if let Some(folder) = &output {
            cx.out.line(format!("{} files in {}", prints.len(), folder.display()))?;
        }
    }
    Ok(code)
}

/// Where the devices of a selection are reached.
async fn of_inventory(selection: &str, cx: &Context) -> anyhow::Result<Vec<String>> {
    let devices = cx.app.devices(&cx.actor, selection).await?;
    let reached = devices.iter().filter(|d| d.is_reached());
    let all: Vec<String> = reached.map(|d| SocketAddr::new(d.address, d.port).to_string()).collect();
    if all.is_empty() {
        return Err(AppError::Usage(format!("`{}` has no device that can be reached", shown(selection))).into());
    }
    Ok(all)
}

/// The devices at these places, by slug; without those that failed.
async fn answered(seeds: &[SocketAddr], failed: Vec<String>, cx: &Context) -> anyhow::Result<BTreeMap<String, Device>> {
    let seeds = seeds.iter().filter(|seed| !failed.contains(&seed.to_string()));
    let mut found = BTreeMap::new();
    let known = cx.app.devices(&cx.actor, "all").await?;
    for seed in seeds {
        let here = known.iter().find(|d| d.address == seed.ip() && d.port == seed.port());
        let device = match here {
            Some(device) => Some(device.clone()),
            // By another of its addresses.
            None => cx.app.device(&cx.actor, &seed.ip().to_string(), None).await.ok().map(|view| view.device),
        };
        found.extend(device.map(|device| (device.slug.clone(), device)));
    }
    Ok(found)
}

fn write(folder: &Path, slug: &str, print: &Fingerprint<'_>) -> anyhow::Result<()> {
    let path = folder.join(format!("{}.json", model::text::slug(slug)));
    let text = serde_json::to_string_pretty(print)? + "\n";
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}
