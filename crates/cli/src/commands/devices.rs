//! `velocity devices list | show | add | edit | bulk-edit | import | sync | merge | split | delete`

use std::process::ExitCode;

use app::{DeviceView, LinkView};
use model::object::DEVICE;
use model::{Device, Timestamp};
use serde::Serialize;

use super::merge;
use super::objects::{self, Change, New, Sure, written};
use crate::context::Context;
use crate::output::or_dash;
use crate::record_flags::{Devices, Fields};
use crate::when::when;

#[derive(clap::Subcommand)]
pub enum Args {
    /// All devices, or those that match
    List {
        /// `site=usa`, `vendor=Cisco,role=leaf`, `name=fra-*`, `tag=core`, `credential=failed`, `site=` for none …
        #[arg(default_value = "all")]
        filter: String,
        /// So many at most
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
        /// Only those that come after this one: the next page
        #[arg(long, value_name = "NAME", requires = "limit")]
        after: Option<String>,
        /// As they were at this time: 2026-11-20, `2h ago`, `yesterday`
        #[arg(long, value_name = "TIME", value_parser = when)]
        at: Option<Timestamp>,
    },
    /// One device with all that is known of it
    Show {
        /// Name, id, address or serial number
        device: String,
        /// As it was at this time
        #[arg(long, value_name = "TIME", value_parser = when)]
        at: Option<Timestamp>,
    },
    /// Add a device that was not discovered
    Add {
        /// Its name
        name: String,
        #[command(flatten)]
        fields: Fields<Devices, true>,
        #[command(flatten)]
        how: New,
    },
    /// Change a device; what you say, discovery leaves alone. An empty value empties a field
    Edit {
        /// Name, id, address or serial number
        device: String,
        #[command(flatten)]
        fields: Fields<Devices, false>,
        /// Let discovery say this field again; may be given again
        #[arg(long, value_name = "FIELD")]
        release: Vec<String>,
        #[command(flatten)]
        how: Change,
    },
    /// Change many devices at once, after a preview
    BulkEdit {
        /// Which, as in `list`: `site=usa,role=access`
        #[arg(long, value_name = "FILTER")]
        filter: String,
        /// `role=leaf,site=fra,status=active`
        #[arg(long, value_name = "FIELD=VALUE,…")]
        set: Vec<String>,
        /// Let discovery say this field again; may be given again
        #[arg(long, value_name = "FIELD")]
        release: Vec<String>,
        #[command(flatten)]
        how: Change,
        /// Do not ask
        #[arg(long, short)]
        yes: bool,
    },
    /// Read devices out of a CSV file, YAML or JSON: all of it, or nothing
    Import(super::import::Devices),
    /// Read devices out of a NetBox, and keep up with it; NetBox is only read
    Sync(super::sync::Args),
    /// Two records that are one device: all that is known of one goes to the other
    Merge(merge::MergeArgs),
    /// One record that is two devices: the other one gets an address and serial numbers
    Split(merge::SplitArgs),
    /// Delete devices and all that is known of them; says first what that is
    Delete {
        /// Names, ids, addresses or serial numbers
        #[arg(required = true)]
        devices: Vec<String>,
        #[command(flatten)]
        how: Sure,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List { filter, limit, after, at } => {
            let devices = cx.app.device_page(&cx.actor, &filter, after, limit, at).await?;
            let marks = cx.app.credential_marks(&cx.actor).await?;
            let header = ["name", "address", "site", "role", "platform", "model", "os version", "serial", "credential"];
            let row = |d: &Device| {
                let mark = marks.get(&d.id).map_or("untested", |m| m.as_str());
                row(d).into_iter().chain([mark.to_owned()]).collect()
            };
            cx.out.list(&devices, &header, row, "no devices; velocity discover ADDRESS finds them")?;
        }
        Args::Show { device, at } => show(&device, at, cx).await?,
        Args::Add { name, fields, how } => {
            let (edit, write) = how.parts(name, fields.set, &DEVICE);
            written(&cx.app.add_record(&cx.actor, &DEVICE, &edit, &write).await?, cx)?;
        }
        Args::Edit { device, fields, release, how } => {
            let id = cx.app.record_of(&cx.actor, &DEVICE, &device).await?.id;
            let (edit, write) = how.parts(fields.set, release);
            written(&cx.app.edit_records(&cx.actor, &DEVICE, &[id], &edit, &write).await?, cx)?;
        }
        Args::BulkEdit { filter, set, release, how, yes } => {
            let set = set.iter().flat_map(|s| s.split(',')).map(pair).collect::<anyhow::Result<Vec<_>>>()?;
            return bulk_edit(&filter, how.parts(set, release), yes, cx).await;
        }
        Args::Import(args) => return super::import::devices(args, cx).await,
        Args::Sync(args) => return super::sync::run(args, cx).await,
        Args::Merge(args) => return merge::merge(args, cx).await,
        Args::Split(args) => return merge::split(args, cx).await,
        Args::Delete { devices, how } => return objects::delete(&DEVICE, &devices, &how, cx).await,
    }
    Ok(ExitCode::SUCCESS)
}

fn pair(text: &str) -> anyhow::Result<(String, String)> {
    let (field, value) = text.split_once('=').ok_or_else(|| {
        app::AppError::Usage(format!("`{}` is no FIELD=VALUE, such as role=leaf", model::text::shown(text)))
    })?;
    Ok((field.trim().to_owned(), value.to_owned()))
}

async fn bulk_edit(
    filter: &str,
    (edit, write): (app::Edit, app::Write),
    yes: bool,
    cx: &Context,
) -> anyhow::Result<ExitCode> {
    let devices = cx.app.devices(&cx.actor, filter).await?;
    let ids: Vec<i64> = devices.iter().map(|d| d.id.0).collect();
    if ids.is_empty() {
        cx.out.line("no device matches")?;
        return Ok(ExitCode::SUCCESS);
    }
    let preview = app::Write { dry_run: true, ..write.clone() };
    let preview = cx.app.edit_records(&cx.actor, &DEVICE, &ids, &edit, &preview).await?;
    if write.dry_run {
        written(&preview, cx)?;
        return Ok(ExitCode::SUCCESS);
    }
    let differ = preview.records.iter().filter(|r| !r.fields.is_empty()).count();
    if !yes {
        if !cx.out.json {
            written(&preview, cx)?;
        }
        if !objects::is_agreed(&objects::count(&DEVICE, differ))? {
            return Ok(ExitCode::FAILURE);
        }
    }
    let done = cx.app.edit_records(&cx.actor, &DEVICE, &ids, &edit, &write).await?;
    if cx.out.json {
        cx.out.json(&done)?;
        return Ok(ExitCode::SUCCESS);
    }
    cx.out.line(format!("changed {} of {}", differ, objects::count(&DEVICE, ids.len())))?;
    objects::tell_undo(&done, cx)?;
    Ok(ExitCode::SUCCESS)
}

fn row(d: &Device) -> Vec<String> {
    let (site, role) = (or_dash(d.site.as_ref()), or_dash(d.role.as_ref()));
    let (model, version) = (or_dash(d.model.as_ref()), or_dash(d.os_version.as_ref()));
    vec![d.slug.clone(), d.shown_address(), site, role, d.platform.clone(), model, version, d.serials.join(",")]
}

/// A device with its neighbours.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    view: DeviceView,
    links: Vec<LinkView>,
}

async fn show(reference: &str, at: Option<Timestamp>, cx: &Context) -> anyhow::Result<()> {
    let view = cx.app.device(&cx.actor, reference, at).await?;
    let links = cx.app.links_of(&cx.actor, &view.device.slug, at).await?;
    if cx.out.json {
        return cx.out.json(&Shown { view, links });
    }
    let d = &view.device;
    let accounts: Vec<String> = view.accesses.iter().map(|a| format!("{} ({})", a.username, a.platform)).collect();
    let said = said(&view.said);
    let lines = [
        ("name", d.name.clone()),
        ("address", format!("{} port {}", d.shown_address(), d.port)),
        ("other addresses", view.other_addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        ("site", or_dash(d.site.as_ref())),
        ("role", or_dash(d.role.as_ref())),
        ("vendor", d.vendor.clone()),
        ("platform", d.platform.clone()),
        ("model", or_dash(d.model.as_ref())),
        ("os version", or_dash(d.os_version.as_ref())),
        ("serials", d.serials.join(", ")),
        ("chassis mac", or_dash(d.chassis_mac)),
        ("account", accounts.join(", ")),
        ("spoken to by", view.crypto.as_ref().map(spoken).unwrap_or_default()),
        ("first seen", d.first_seen.to_string()),
        ("last seen", d.last_seen.to_string()),
        ("last captured", or_dash(d.last_captured)),
        ("status", d.status.clone()),
        ("location", view.record.text("location")),
        ("asset tag", view.record.text("asset_tag")),
        ("pinned", view.record.text("pinned_credential")),
        ("description", view.record.text("description")),
        ("tags", view.record.tags.clone().unwrap_or_default().join(", ")),
        ("said by a person", said.join(", ")),
        ("version", view.record.version.to_string()),
    ];
    for (name, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        cx.out.line(format!("{name:<16} {}", model::text::shown(value)))?;
    }
    cx.out.line("\nCredentials")?;
    let header = ["credential", "kind", "state", "last success", "last failure", "failures"];
    let credential = |c: &app::DeviceCredential| {
        let state = match (c.is_preferred, c.works()) {
            (true, _) => "preferred",
            (false, true) => "ok",
            (false, false) => "failed",
        };
        let (success, failure) = (or_dash(c.last_success_at), or_dash(c.last_failure_at));
        vec![c.credential.clone(), c.kind.clone(), state.to_owned(), success, failure, c.failure_count.to_string()]
    };
    cx.out.list(&view.credentials, &header, credential, "untested")?;
    cx.out.line("\nNeighbours")?;
    let header = ["port", "neighbour", "port there", "protocols", "seen by"];
    let neighbor = |l: &LinkView| {
        let by = if l.confirmed { "both sides" } else { "one side" };
        vec![l.local_port.clone(), l.remote_device.clone(), l.remote_port.clone(), l.protocols.join("+"), by.to_owned()]
    };
    cx.out.list(&links, &header, neighbor, "none known")?;
    let notes: Vec<&app::Note> = view.notes.iter().chain(&view.mentions).collect();
    if !notes.is_empty() {
        cx.out.line("\nNotes")?;
        let note = |n: &&app::Note| {
            vec![n.id.to_string(), super::notes::on(n), n.title.clone(), n.changed_by.clone(), n.changed_at.to_string()]
        };
        cx.out.list(&notes, &["id", "on", "title", "by", "changed"], note, "")?;
    }
    if !view.sources.is_empty() {
        cx.out.line("\nOther systems")?;
        let source = |r: &app::SourceRecord| {
            let (url, gone) = (or_dash(r.url.clone()), or_dash(r.gone_at));
            vec![r.system.clone(), r.source_id.clone(), r.name.clone(), url, r.last_seen.to_string(), gone]
        };
        cx.out.list(&view.sources, &["system", "id", "name", "where", "last seen", "gone"], source, "")?;
    }
    cx.out.line("\nFacts and captures")?;
    let header = ["capture type", "facts", "version", "size", "first seen", "last seen", "state"];
    let capture = |c: &app::CaptureView| {
        let (size, state) = (c.size.to_string(), c.state());
        let facts = or_dash(c.facts);
        vec![
            c.capture_type.clone(),
            facts,
            or_dash(c.version),
            size,
            c.first_seen.to_string(),
            c.last_seen.to_string(),
            state,
        ]
    };
    cx.out.list(&view.captures, &header, capture, "none; velocity capture collects them")?;
    if !view.not_asked.is_empty() {
        let types = view.not_asked.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let platform = model::text::shown(&view.device.platform);
        cx.out.line(format!("not asked on {platform}: {types} (velocity platform show {platform} says why)"))?;
    }
    Ok(())
}

/// `name, site (ann)`
fn said(fields: &[app::Said]) -> Vec<String> {
    let mut by_actor: std::collections::BTreeMap<&str, Vec<&str>> = Default::default();
    for said in fields {
        by_actor.entry(&said.actor).or_default().push(&said.field);
    }
    by_actor.into_iter().map(|(actor, fields)| format!("{} ({actor})", fields.join(", "))).collect()
}

/// `modern: curve25519-sha256, aes128-gcm@openssh.com, ssh-ed25519 SHA256:…`, and what is wrong with it.
fn spoken(crypto: &app::CryptoView) -> String {
    let key = [super::report::key(crypto), crypto.fingerprint.clone().unwrap_or_default()].join(" ");
    let words = [crypto.kex.clone(), crypto.cipher.clone(), crypto.mac.clone(), Some(key)];
    let words = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let findings =
        if crypto.findings.is_empty() { String::new() } else { format!(" ({})", crypto.findings.join("; ")) };
    format!("{}: {words}{findings}", crypto.suite.as_deref().unwrap_or("not yet"))
}
