//! `velocity notes add | list | show | edit | delete`

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::{NoteTarget, NoteView};
use model::text::{shown, shown_lines};
use serde_json::json;

use super::objects::{Sure, is_agreed};
use crate::context::Context;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Write a note; `[[leaf-1]]` in it links to a device
    Add {
        #[command(flatten)]
        on: On,
        #[command(flatten)]
        what: What,
        /// Show what would be, write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Notes on a device or a site, or all; changed last comes first
    List {
        #[command(flatten)]
        on: On,
        /// With this in title or text
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
    },
    /// One note
    Show {
        id: i64,
        /// With all that it said before
        #[arg(long)]
        history: bool,
    },
    /// Change a note; what it said stays in its history
    Edit {
        id: i64,
        #[command(flatten)]
        what: What,
        /// Refuse when it is not this version any more; `show` tells the version
        #[arg(long, value_name = "N")]
        if_version: Option<i64>,
        /// Show what would be, write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Delete a note
    Delete {
        id: i64,
        #[command(flatten)]
        how: Sure,
    },
}

#[derive(clap::Args)]
pub struct On {
    /// Device: name, id, address or serial number
    #[arg(conflicts_with = "site")]
    device: Option<String>,
    /// Or a site
    #[arg(long)]
    site: Option<String>,
}

#[derive(clap::Args)]
pub struct What {
    /// The first line when left out
    #[arg(long)]
    title: Option<String>,
    /// Markdown; `-`, or nothing at all, reads standard input
    #[arg(long)]
    text: Option<String>,
    /// Or a file with it
    #[arg(long, conflicts_with = "text")]
    file: Option<PathBuf>,
}

impl On {
    fn target(self) -> Option<NoteTarget> {
        self.device.map(NoteTarget::Device).or_else(|| self.site.map(NoteTarget::Site))
    }
}

impl What {
    fn body(&self) -> anyhow::Result<Option<String>> {
        match (&self.text, &self.file) {
            (Some(text), _) if text != "-" => Ok(Some(text.clone())),
            (_, Some(file)) => {
                let text = std::fs::read_to_string(file);
                Ok(Some(text.with_context(|| format!("cannot read {}", file.display()))?))
            }
            (Some(_), None) => typed().map(Some),
            (None, None) => Ok(None),
        }
    }
}

fn typed() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Add { on, what, dry_run } => {
            let target = on.target().context("on what? name a device, or a site with --site")?;
            let body = match what.body()? {
                Some(body) => body,
                None => typed()?,
            };
            let (id, undo) = cx.app.add_note(&cx.actor, &target, what.title.as_deref(), &body, dry_run).await?;
            match id {
                _ if cx.out.json => cx.out.json(&json!({ "id": id, "undo": undo, "dry_run": dry_run }))?,
                Some(id) => cx.out.line(format!("note {id} written"))?,
                None => cx.out.line("dry run: nothing was written")?,
            }
        }
        Args::List { on, search } => {
            let notes = cx.app.notes(&cx.actor, on.target().as_ref(), search).await?;
            cx.out.list(&notes, &HEADER, row, "no notes; velocity notes add DEVICE --text TEXT writes one")?;
        }
        Args::Show { id, history } => show(&cx.app.note_of(&cx.actor, id).await?, history, cx)?,
        Args::Edit { id, what, if_version, dry_run } => {
            let body = match (what.body()?, &what.title) {
                (None, None) => Some(typed()?),
                (body, _) => body,
            };
            let text = (what.title.as_deref(), body.as_deref());
            let undo = cx.app.edit_note(&cx.actor, id, text, if_version, dry_run).await?;
            told("changed", id, undo, dry_run, cx)?;
        }
        Args::Delete { id, how } => {
            if !how.yes && !how.dry_run && !is_agreed(&format!("note {id}"))? {
                return Ok(ExitCode::FAILURE);
            }
            let (_, undo) = cx.app.delete_note(&cx.actor, id, how.dry_run).await?;
            told("deleted", id, undo, how.dry_run, cx)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn told(did: &str, id: i64, undo: Option<i64>, dry_run: bool, cx: &Context) -> anyhow::Result<()> {
    if cx.out.json {
        return cx.out.json(&json!({ "id": id, "undo": undo, "dry_run": dry_run }));
    }
    match undo {
        Some(undo) => cx.out.line(format!("note {id} {did}; to take it back: velocity undo run {undo}")),
        None => cx.out.line(format!("note {id} would be {did}; dry run: nothing was written")),
    }
}

pub const HEADER: [&str; 6] = ["id", "on", "title", "by", "changed", "links"];

pub fn row(view: &NoteView) -> Vec<String> {
    let n = &view.note;
    let links: Vec<&str> = view.links.iter().filter_map(|l| l.device.as_deref()).collect();
    vec![n.id.to_string(), on(n), n.title.clone(), n.changed_by.clone(), n.changed_at.to_string(), links.join(", ")]
}

pub fn on(note: &app::Note) -> String {
    let device = note.device.clone();
    device.or_else(|| note.site.as_ref().map(|s| format!("site {s}"))).unwrap_or_default()
}

fn show(view: &NoteView, history: bool, cx: &Context) -> anyhow::Result<()> {
    if cx.out.json {
        return cx.out.json(view);
    }
    let n = &view.note;
    cx.out.line(format!("{} (on {}, version {})", shown(&n.title), shown(&on(n)), n.version))?;
    cx.out.line(format!("written by {} at {}", shown(&n.author), n.created_at))?;
    if n.version > 1 {
        cx.out.line(format!("changed by {} at {}", shown(&n.changed_by), n.changed_at))?;
    }
    cx.out.line(format!("\n{}", shown_lines(&n.body)))?;
    for link in &view.links {
        let device = link.device.as_deref().unwrap_or("no such device");
        cx.out.line(format!("[[{}]] is {}", shown(&link.text), shown(device)))?;
    }
    for version in view.history.iter().filter(|_| history) {
        cx.out.line(format!("\n— version {} by {} at {}", version.version, shown(&version.actor), version.at))?;
        cx.out.line(shown_lines(&version.body))?;
    }
    Ok(())
}
