//! `velocity lab verify`: what the product knows against the ground truth, by distinct rows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use app::FactQuery;
use serde::Serialize;
use serde_json::Value;

use crate::context::Context;

/// Differences that are shown of each kind.
const SHOWN: usize = 10;

/// Columns that are compared.
const ARP: [&str; 3] = ["ip", "mac", "interface"];
const MAC: [&str; 2] = ["mac", "interface"];
const ROUTES: [&str; 2] = ["prefix", "next_hop"];
const SERIALS: [&str; 1] = ["serial"];

type Rows = BTreeSet<String>;

#[derive(Serialize)]
struct Compared {
    what: &'static str,
    truth: usize,
    found: usize,
    missing: Vec<String>,
    too_much: Vec<String>,
}

pub async fn run(state: &Path, cx: &Context) -> anyhow::Result<ExitCode> {
    let truth = lab::truth(state)?;
    let truth = serde_json::to_value(&truth)?;
    // A device that lies about its name is known by the lie.
    let names: BTreeMap<&str, String> = list(&truth, "devices").map(|d| (text(d, "name"), slug(d))).collect();
    let of = |key, columns: &[&str]| rows(&truth, key, &names, columns);
    let all = [
        compare("devices", &devices(&truth), &found_devices(cx).await?),
        compare("links", &links(&truth, &names), &found_links(cx).await?),
        compare("arp", &of("arp", &ARP), &facts("arp", &ARP, cx).await?),
        compare("mac", &of("mac", &MAC), &facts("mac", &MAC, cx).await?),
        compare("routes", &of("routes", &ROUTES), &facts("routes", &ROUTES, cx).await?),
        compare(
            "serials",
            &with_serial(of("components", &SERIALS)),
            &with_serial(facts("components", &SERIALS, cx).await?),
        ),
    ];
    if cx.out.json {
        cx.out.json(&all)?;
    } else {
        show(&all, cx)?;
    }
    let same = all.iter().all(|c| c.missing.is_empty() && c.too_much.is_empty());
    Ok(if same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(all: &[Compared], cx: &Context) -> anyhow::Result<()> {
    for c in all {
        let verdict = if c.missing.is_empty() && c.too_much.is_empty() { "equal" } else { "DIFFERENT" };
        cx.out.line(format!("{:<11} truth {:>8}  found {:>8}  {verdict}", c.what, c.truth, c.found))?;
        for (sign, list) in [("-", &c.missing), ("+", &c.too_much)] {
            for row in list.iter().take(SHOWN) {
                cx.out.line(format!("  {sign} {}", model::text::shown(row)))?;
            }
            if list.len() > SHOWN {
                cx.out.line(format!("  {sign} … {} more", list.len() - SHOWN))?;
            }
        }
    }
    Ok(())
}

fn compare(what: &'static str, truth: &Rows, found: &Rows) -> Compared {
    let missing = truth.difference(found).cloned().collect();
    let too_much = found.difference(truth).cloned().collect();
    Compared { what, truth: truth.len(), found: found.len(), missing, too_much }
}

fn devices(truth: &Value) -> Rows {
    let row = |d: &Value| {
        let mut serials: Vec<&str> = list(d, "serials").filter_map(Value::as_str).collect();
        serials.sort_unstable();
        format!(
            "{} {} {} {} {}",
            slug(d),
            text(d, "platform"),
            text(d, "os_version"),
            text(d, "site"),
            serials.join(",")
        )
    };
    list(truth, "devices").map(row).collect()
}

async fn found_devices(cx: &Context) -> anyhow::Result<Rows> {
    let devices = cx.app.devices(&cx.actor, "all").await?;
    let row = |d: &model::Device| {
        let (version, site) = (d.os_version.as_deref().unwrap_or("-"), d.site.as_deref().unwrap_or("-"));
        let mut serials = d.serials.clone();
        serials.sort_unstable();
        format!("{} {} {version} {site} {}", d.slug, d.platform, serials.join(","))
    };
    Ok(devices.iter().map(row).collect())
}

fn links(truth: &Value, names: &BTreeMap<&str, String>) -> Rows {
    let end = |e: &Value| (name(names, e), text(e, "port").to_owned());
    list(truth, "links").map(|l| link(end(&l["a"]), end(&l["b"]))).collect()
}

async fn found_links(cx: &Context) -> anyhow::Result<Rows> {
    let links = cx.app.cables(&cx.actor).await?;
    Ok(links.into_iter().map(|l| link((l.local_device, l.local_port), (l.remote_device, l.remote_port))).collect())
}

/// The same text from whichever end it is told.
fn link(a: (String, String), b: (String, String)) -> String {
    let canonical = |(device, port): (String, String)| format!("{device} {}", model::interface::canonical(&port));
    let mut ends = [canonical(a), canonical(b)];
    ends.sort();
    ends.join(" = ")
}

fn rows(truth: &Value, key: &str, names: &BTreeMap<&str, String>, columns: &[&str]) -> Rows {
    let row = |r: &Value| row(&name(names, r), columns, |column| r.get(column));
    list(truth, key).map(row).collect()
}

async fn facts(kind: &str, columns: &[&str], cx: &Context) -> anyhow::Result<Rows> {
    let (_, facts) =
        cx.app.facts(&cx.actor, kind, FactQuery::all()).await.with_context(|| format!("cannot read {kind}"))?;
    Ok(facts.iter().map(|f| row(&f.device, columns, |column| f.values.get(column))).collect())
}

fn row<'v>(device: &str, columns: &[&str], get: impl Fn(&str) -> Option<&'v Value>) -> String {
    let cell = |column: &&str| match get(column) {
        Some(Value::String(text)) if *column == "interface" => model::interface::canonical(text),
        Some(Value::String(text)) => text.clone(),
        _ => "-".to_owned(),
    };
    [device.to_owned()].into_iter().chain(columns.iter().map(cell)).collect::<Vec<_>>().join(" ")
}

/// Vendors call a fan this and that; a serial number is the same everywhere.
fn with_serial(rows: Rows) -> Rows {
    rows.into_iter().filter(|row| !row.ends_with(" -")).collect()
}

fn name(names: &BTreeMap<&str, String>, row: &Value) -> String {
    names.get(text(row, "device")).cloned().unwrap_or_default()
}

fn slug(device: &Value) -> String {
    model::text::slug(text(device, "hostname"))
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}
