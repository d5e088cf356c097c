//! `velocity lab verify`: what the product knows against the ground truth, by distinct rows.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use app::FactQuery;
use model::fact::{ColumnKind, FactKind};
use serde::Serialize;
use serde_json::Value;

use crate::context::Context;

/// Differences that are shown of each kind.
const SHOWN: usize = 10;

type Rows = BTreeSet<String>;

#[derive(Serialize)]
struct Compared {
    what: &'static str,
    truth: usize,
    found: usize,
    missing: Vec<String>,
    too_much: Vec<String>,
}

impl Compared {
    fn is_equal(&self) -> bool {
        self.missing.is_empty() && self.too_much.is_empty()
    }

    /// Nothing of it was collected.
    fn is_absent(&self) -> bool {
        self.found == 0
    }
}

pub async fn run(state: &Path, everything: bool, cx: &Context) -> anyhow::Result<ExitCode> {
    let truth = serde_json::to_value(lab::truth(state)?)?;
    // A device that lies about its name is known by the lie.
    let names: BTreeMap<&str, String> = list(&truth, "devices").map(|d| (text(d, "name"), slug(d))).collect();
    let mut all = vec![
        ("devices", devices(&truth), found_devices(cx).await?),
        ("links", links(&truth, &names), found_links(cx).await?),
    ];
    let mut more: BTreeMap<String, Rows> = BTreeMap::new();
    let tables = lab::World::fact_kinds().map(|name| (name, lab::facts(state, name)));
    for (name, table) in tables.collect::<Vec<_>>() {
        let table = table?;
        let rows = true_facts(&table, &names);
        if name != table.fact {
            more.entry(table.fact.to_string()).or_default().extend(rows);
            continue;
        }
        let found = found_facts(name, &table.columns[1..], cx).await?;
        all.push((name, rows, found));
    }
    let compared = all.into_iter().map(|(what, mut truth, found)| {
        // What a command of its own tells is there in whole, or that command was not given.
        let more = more.remove(what).filter(|rows| everything || !rows.is_disjoint(&found));
        truth.extend(more.into_iter().flatten());
        compare(what, &truth, &found)
    });
    let mut all: Vec<Compared> = compared.collect();
    if let Some(aaa) = lab::status(state)?.aaa {
        let locked = aaa.realms.iter().flat_map(|r| r.locked.iter().map(|name| format!("{name} {}", r.name)));
        let right = lab::accounts(state)?.right;
        let right = right.iter().map(|(device, name)| format!("{} {name}", model::text::slug(device)));
        all.push(compare("credentials", &right.collect(), &found_credentials(cx).await?));
        all.push(compare("locked", &Rows::new(), &locked.collect()));
    }
    if cx.out.json {
        cx.out.json(&all)?;
    } else {
        show(&all, cx)?;
    }
    let same = all.iter().all(|c| c.is_equal() || (!everything && c.is_absent()));
    Ok(if same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(all: &[Compared], cx: &Context) -> anyhow::Result<()> {
    for c in all {
        let verdict = match c {
            c if c.is_equal() => "equal",
            c if c.is_absent() => "not collected",
            _ => "DIFFERENT",
        };
        cx.out.line(format!("{:<14} truth {:>8}  found {:>8}  {verdict}", c.what, c.truth, c.found))?;
        for (sign, list) in [("-", &c.missing), ("+", &c.too_much)].into_iter().filter(|_| !c.is_absent()) {
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

async fn found_credentials(cx: &Context) -> anyhow::Result<Rows> {
    let status = cx.app.creds_status(&cx.actor).await?;
    Ok(status.devices.into_iter().filter_map(|d| Some(format!("{} {}", d.device, d.credential?))).collect())
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

fn true_facts(table: &lab::Facts, names: &BTreeMap<&str, String>) -> Rows {
    let row = |row: &Vec<Value>| {
        let device = row[0].as_str().and_then(|d| names.get(d)).cloned().unwrap_or_default();
        line(&table.fact, &device, table.columns[1..].iter().map(AsRef::as_ref).zip(row[1..].iter()))
    };
    table.rows.iter().map(row).collect()
}

async fn found_facts(kind: &str, columns: &[Cow<'static, str>], cx: &Context) -> anyhow::Result<Rows> {
    let (_, facts) =
        cx.app.facts(&cx.actor, kind, FactQuery::all()).await.with_context(|| format!("cannot read {kind}"))?;
    let cell = |f: &app::FactView, column: &str| f.values.get(column).cloned().unwrap_or(Value::Null);
    let row = |f: &app::FactView| {
        let cells: Vec<Value> = columns.iter().map(|c| cell(f, c)).collect();
        line(kind, &f.device, columns.iter().map(AsRef::as_ref).zip(cells.iter()))
    };
    Ok(facts.iter().map(row).collect())
}

/// A row as text: the device, then each cell, interfaces by their canonical names.
fn line<'r>(kind: &str, device: &str, cells: impl Iterator<Item = (&'r str, &'r Value)>) -> String {
    let kind = FactKind::by_name(kind);
    let is_interface = |column: &str| {
        let column = kind.and_then(|k| k.columns.iter().find(|c| c.name == column));
        column.is_some_and(|c| c.kind == ColumnKind::Interface)
    };
    let cell = |(column, value): (&str, &Value)| match value {
        Value::String(text) if is_interface(column) => model::interface::canonical(text),
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    };
    [device.to_owned()].into_iter().chain(cells.map(cell)).collect::<Vec<_>>().join(" ")
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
