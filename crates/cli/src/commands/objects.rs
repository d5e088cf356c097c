//! `velocity sites | locations | manufacturers | device-types | roles | platforms | interfaces | ip-addresses | cables | tags list | show | add | edit | delete`

use std::io::{IsTerminal, Write as _};
use std::process::ExitCode;

use app::{Deletion, Edit, Edited, Record, RecordFilter, Write, Written};
use model::object::DEVICE;
use model::text::shown;
use model::{FieldKind, ObjectKind};
use serde_json::Value;

use crate::context::Context;
use crate::record_flags::{Fields, Kind};

#[derive(clap::Subcommand)]
pub enum Args<K: Kind> {
    /// All, or those with such a name, with how many devices each has
    List {
        /// Of the name or slug, with `*` and `?`
        pattern: Option<String>,
        /// With this status
        #[arg(long)]
        status: Option<String>,
        /// With this tag
        #[arg(long)]
        tag: Option<String>,
        /// Interfaces, IP addresses and cables: on this device
        #[arg(long)]
        device: Option<String>,
    },
    /// One, with all its fields
    Show {
        /// Name, slug or id
        name: String,
    },
    /// Add one
    Add {
        /// Its name
        name: String,
        #[command(flatten)]
        fields: Fields<K, true>,
        #[command(flatten)]
        how: New,
    },
    /// Change one; an empty value empties a field
    Edit {
        /// Name, slug or id
        reference: String,
        #[command(flatten)]
        fields: Fields<K, false>,
        #[command(flatten)]
        how: Change,
    },
    /// Delete some; says first what hangs on them
    Delete {
        /// Names, slugs or ids
        #[arg(required = true)]
        names: Vec<String>,
        #[command(flatten)]
        how: Sure,
    },
}

#[derive(clap::Args)]
pub struct New {
    /// A tag, made when there is none such; may be given again
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Make sites, roles and platforms that are named and not there
    #[arg(long)]
    create: bool,
    /// Show what would be, write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(clap::Args)]
pub struct Change {
    /// +TAG gives a tag, -TAG takes it away; may be given again
    #[arg(long, value_name = "+TAG", allow_hyphen_values = true)]
    pub tag: Vec<String>,
    /// Make sites, roles and platforms that are named and not there
    #[arg(long)]
    pub create: bool,
    /// Refuse when it is not this version any more; `show` tells the version
    #[arg(long, value_name = "N")]
    pub if_version: Option<i64>,
    /// Show what would be, write nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(clap::Args)]
pub struct Sure {
    /// Do not ask
    #[arg(long, short)]
    pub yes: bool,
    /// Show what would be, write nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl New {
    pub fn parts(self, name: String, set: Vec<(String, String)>, kind: &ObjectKind) -> (Edit, Write) {
        let set = std::iter::once((kind.fields[0].name.to_owned(), name)).chain(set).collect();
        let write = Write { dry_run: self.dry_run, version: None, make: self.create };
        (Edit { set, add_tags: self.tag, ..Edit::default() }, write)
    }
}

impl Change {
    pub fn parts(self, set: Vec<(String, String)>, release: Vec<String>) -> (Edit, Write) {
        let (remove, add): (Vec<String>, Vec<String>) = self.tag.into_iter().partition(|t| t.starts_with('-'));
        let bare = |t: String| t.trim_start_matches(['+', '-']).to_owned();
        let edit = Edit {
            set,
            add_tags: add.into_iter().map(bare).collect(),
            remove_tags: remove.into_iter().map(bare).collect(),
            release,
        };
        (edit, Write { dry_run: self.dry_run, version: self.if_version, make: self.create })
    }
}

pub async fn run<K: Kind>(args: Args<K>, cx: &Context) -> anyhow::Result<ExitCode> {
    let kind = K::kind();
    match args {
        Args::List { pattern, status, tag, device } => {
            let name = pattern.filter(|p| p != "all");
            let filter = RecordFilter { name, status, tag, device, after: None, limit: None };
            list(kind, &cx.app.records(&cx.actor, kind, &filter).await?, cx)?;
        }
        Args::Show { name } => show(kind, &cx.app.record_of(&cx.actor, kind, &name).await?, cx)?,
        Args::Add { name, fields, how } => {
            let (edit, write) = how.parts(name, fields.set, kind);
            written(&cx.app.add_record(&cx.actor, kind, &edit, &write).await?, cx)?;
        }
        Args::Edit { reference, fields, how } => {
            let id = cx.app.record_of(&cx.actor, kind, &reference).await?.id;
            let (edit, write) = how.parts(fields.set, Vec::new());
            written(&cx.app.edit_records(&cx.actor, kind, &[id], &edit, &write).await?, cx)?;
        }
        Args::Delete { names, how } => return delete(kind, &names, &how, cx).await,
    }
    Ok(ExitCode::SUCCESS)
}

fn list(kind: &'static ObjectKind, records: &[Record], cx: &Context) -> anyhow::Result<()> {
    let is_shown = |f: &&model::Field| !matches!(f.kind, FieldKind::Long) && !f.name.ends_with("_address");
    let fields: Vec<&str> = kind.fields.iter().filter(is_shown).map(|f| f.name).collect();
    // A column that is empty in all of them tells nothing.
    let told = |f: &&str| records.iter().any(|r| !r.text(f).is_empty());
    let fields: Vec<&str> = fields.into_iter().filter(told).collect();
    let with_tags = records.iter().any(|r| r.tags.as_ref().is_some_and(|t| !t.is_empty()));
    let with_devices = records.iter().any(|r| r.devices.is_some());
    let mut header = fields.clone();
    if with_devices {
        header.push("devices");
    }
    if with_tags {
        header.push("tags");
    }
    let row = |r: &Record| {
        let mut row: Vec<String> = fields.iter().map(|f| dash(r.text(f))).collect();
        if with_devices {
            row.push(r.devices.unwrap_or_default().to_string());
        }
        if with_tags {
            row.push(dash(r.tags.as_ref().map(|t| t.join(", ")).unwrap_or_default()));
        }
        row
    };
    cx.out.list(records, &header, row, &format!("none; velocity {} add NAME makes one", kind.plural))
}

fn dash(text: String) -> String {
    if text.is_empty() { "-".to_owned() } else { text }
}

fn show(kind: &'static ObjectKind, record: &Record, cx: &Context) -> anyhow::Result<()> {
    if cx.out.json {
        return cx.out.json(record);
    }
    for field in kind.fields {
        let text = record.text(field.name);
        if !text.is_empty() {
            cx.out.line(format!("{:<16} {}", field.name.replace('_', " "), shown(&text)))?;
        }
    }
    if let Some(tags) = record.tags.as_ref().filter(|t| !t.is_empty()) {
        cx.out.line(format!("{:<16} {}", "tags", shown(&tags.join(", "))))?;
    }
    if let Some(devices) = record.devices {
        cx.out.line(format!("{:<16} {devices}", "devices"))?;
    }
    cx.out.line(format!("{:<16} {}", "version", record.version))
}

/// Deletes records after it said what hangs on them, and somebody agreed.
pub async fn delete(kind: &'static ObjectKind, names: &[String], how: &Sure, cx: &Context) -> anyhow::Result<ExitCode> {
    let deletions = cx.app.deletion(&cx.actor, kind, names).await?;
    if !cx.out.json {
        for deletion in &deletions {
            cx.out.line(told(deletion))?;
        }
        if *kind == DEVICE {
            cx.out.line("to keep what is known of a device: velocity devices edit NAME --status decommissioning")?;
        }
    }
    let write = Write { dry_run: how.dry_run, ..Write::default() };
    if !how.yes && !how.dry_run && !is_agreed(&phrase(kind, &deletions))? {
        return Ok(ExitCode::FAILURE);
    }
    let ids: Vec<i64> = deletions.iter().map(|d| d.id).collect();
    let done = cx.app.delete_records(&cx.actor, kind, &ids, &write).await?;
    if cx.out.json {
        cx.out.json(&serde_json::json!({ "deleted": deletions, "dry_run": done.dry_run, "undo": done.undo }))?;
        return Ok(ExitCode::SUCCESS);
    }
    cx.out.line(format!("{} {}", if how.dry_run { "would delete" } else { "deleted" }, count(kind, ids.len())))?;
    tell_undo(&done, cx)?;
    Ok(ExitCode::SUCCESS)
}

fn told(deletion: &Deletion) -> String {
    let fate = |d: &app::Dependent| match d.fate {
        app::Fate::Deleted => Some(format!("{} {} are deleted with it", d.count, d.what)),
        app::Fate::Cleared => Some(format!("{} {} stay without it", d.count, d.what)),
        app::Fate::Own => None,
    };
    let all: Vec<String> = deletion.dependents.iter().filter_map(fate).collect();
    let all = if all.is_empty() { "nothing hangs on it".to_owned() } else { all.join(", ") };
    format!("{} {}: {all}", deletion.kind, shown(&deletion.name))
}

/// What must be typed: the name, or how many when there are several.
fn phrase(kind: &ObjectKind, deletions: &[Deletion]) -> String {
    match deletions {
        [one] => one.name.clone(),
        many => count(kind, many.len()),
    }
}

pub fn count(kind: &ObjectKind, n: usize) -> String {
    if n == 1 { format!("1 {}", kind.name) } else { format!("{n} {}", kind.plural.replace('-', " ")) }
}

/// Whether somebody at the terminal types the phrase.
pub fn is_agreed(phrase: &str) -> anyhow::Result<bool> {
    if !std::io::stdin().is_terminal() {
        anyhow::bail!("nobody is there to agree; add -y");
    }
    write!(std::io::stderr(), "Type `{}` to go on: ", shown(phrase))?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    let agreed = answer.trim() == phrase;
    if !agreed {
        writeln!(std::io::stderr(), "left as it was")?;
    }
    Ok(agreed)
}

/// What was done, or would be: a line for each record.
pub fn written(done: &Written, cx: &Context) -> anyhow::Result<()> {
    if cx.out.json {
        return cx.out.json(done);
    }
    for record in &done.records {
        cx.out.line(line(record, done.dry_run))?;
    }
    for made in &done.made {
        cx.out.line(format!("{} {}", if done.dry_run { "would also make" } else { "also made" }, shown(made)))?;
    }
    tell_undo(done, cx)
}

pub fn tell_undo(done: &Written, cx: &Context) -> anyhow::Result<()> {
    match done.undo {
        Some(id) => cx.out.line(format!("to take it back: velocity undo run {id}")),
        None if done.dry_run => cx.out.line("dry run: nothing was written"),
        None => Ok(()),
    }
}

fn line(record: &Edited, dry_run: bool) -> String {
    let did = match (record.effect, dry_run) {
        ("create", true) => "would add",
        ("create", false) => "added",
        ("update", true) => "would change",
        ("update", false) => "changed",
        ("delete", true) => "would delete",
        ("delete", false) => "deleted",
        (other, _) => other,
    };
    let plain = |v: &Value| match v {
        Value::Null => "-".to_owned(),
        Value::String(text) if text.is_empty() => "-".to_owned(),
        Value::String(text) => shown(text),
        other => other.to_string(),
    };
    let field = |(name, before, after): &(String, Value, Value)| match record.effect {
        "create" => format!("{name} {}", plain(after)),
        _ => format!("{name} {} -> {}", plain(before), plain(after)),
    };
    let fields: Vec<String> =
        record.fields.iter().filter(|(f, ..)| !(f == "slug" && record.effect == "create")).map(field).collect();
    let fields =
        if fields.is_empty() || record.effect == "delete" { String::new() } else { format!(": {}", fields.join("; ")) };
    format!("{did} {} {}{fields}", record.kind, shown(&record.name))
}
