//! `velocity templates update`: what a newer release would change, and taking it into use.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use app::templates::{CaptureChange, Difference, Installed, RowChange, RowChanged, Update, UpdateFrom};
use app::{Actor, App};
use model::text::shown;
use serde_json::{Value, json};

use crate::context::Start;

/// Changed rows of one capture that a person is shown; JSON has them all.
const SHOWN: usize = 5;

#[derive(clap::Args)]
pub struct Args {
    /// A wheel of ntc-templates, or a folder with an index and templates
    #[arg(long, value_name = "PATH", conflicts_with = "version")]
    from: Option<PathBuf>,
    /// A version that pip brings, such as 9.3.0, or `latest`
    #[arg(long)]
    version: Option<String>,
    /// What the SHA-256 of the wheel must be
    #[arg(long, value_name = "HEX", requires = "from")]
    sha256: Option<String>,
    /// Go back to the release before
    #[arg(long, conflicts_with_all = ["from", "version", "sha256"])]
    undo: bool,
    /// Take it into use; without it, what would change is shown
    #[arg(long, short)]
    yes: bool,
    /// Show what would change, whatever else is given
    #[arg(long)]
    dry_run: bool,
}

pub async fn run(args: &Args, start: &Start) -> anyhow::Result<ExitCode> {
    let wanted = args.yes && !args.dry_run;
    if args.undo {
        let undone = App::undo_templates(&start.home()?, &Actor::local(), args.dry_run).await?;
        return undo(&undone.from, undone.to.as_ref(), args.dry_run, start);
    }
    let from = match (&args.from, &args.version) {
        (Some(path), _) => UpdateFrom::Path(path.clone()),
        (None, Some(version)) => UpdateFrom::Version(version.clone()),
        (None, None) => {
            let usage = "say what to take: --from PATH, --version VERSION, or --undo".to_owned();
            return Err(app::AppError::Usage(usage).into());
        }
    };
    let app = App::open(&start.home()?).await?;
    if let (Some(wanted), UpdateFrom::Path(path)) = (&args.sha256, &from) {
        let found = app::templates::hash_of_file(path)?;
        if !found.eq_ignore_ascii_case(wanted) {
            bail!("{} has SHA-256 {found}, expected {wanted}", path.display());
        }
    }
    let update = app.update_templates(&Actor::local(), &from, wanted).await?;
    match start.json {
        true => start.out().json(&update)?,
        false => show(&update, start)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn show(update: &Update, start: &Start) -> anyhow::Result<()> {
    let out = start.out();
    let version = |version: &Option<String>| version.clone().unwrap_or_else(|| "of a folder".to_owned());
    out.line(format!("in use   {}", version(&update.version_in_use)))?;
    out.line(format!("new      {} from {}", version(&update.version), shown(&update.source)))?;
    if let Some(sha256) = &update.sha256 {
        out.line(format!("SHA-256  {sha256}"))?;
    }
    let counts = [&update.templates_added, &update.templates_removed, &update.templates_changed].map(Vec::len);
    out.line(format!("templates: {} new, {} gone, {} changed", counts[0], counts[1], counts[2]))?;
    for change in &update.changes {
        out.line("")?;
        let CaptureChange { device, capture_type, template, difference, .. } = change;
        out.line(format!("{device} {capture_type} ({template}): {}", summary(difference)))?;
        for row in difference.rows.iter().take(SHOWN) {
            out.line(format!("  {}", row_line(row)))?;
        }
        if difference.rows.len() > SHOWN {
            out.line(format!("  … and {} more rows; --json shows all", difference.rows.len() - SHOWN))?;
        }
    }
    let (all, changed) = (update.captures, update.changes.len());
    out.line(format!("\n{all} latest captures: {} same, {changed} would change", update.captures_same))?;
    let what =
        if update.taken { "taken into use; --undo goes back" } else { "nothing was changed; -y takes it into use" };
    out.line(what)
}

/// `2 rows added, 1 cell changed`
fn summary(difference: &Difference) -> String {
    if let Some(reason) = &difference.now_fails {
        return format!("now fails: {}", shown(reason));
    }
    let count = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
    let columns = |names: &[String], what: &str| (!names.is_empty()).then(|| format!("{what} {}", names.join(", ")));
    let parts = [
        difference.failed_before.then(|| "is read now".to_owned()),
        count(difference.rows_added, "rows added"),
        count(difference.rows_removed, "rows removed"),
        count(difference.cells_changed, "cells changed"),
        columns(&difference.columns_added, "new columns"),
        columns(&difference.columns_removed, "columns gone"),
        count(difference.now_unread.len(), "lines now unread"),
        count(difference.now_read.len(), "lines now read"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn row_line(row: &RowChange) -> String {
    let mark = match row.change {
        RowChanged::Added => '+',
        RowChanged::Removed => '-',
        RowChanged::Changed => '~',
    };
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let cell = |(name, cells): (&String, &[Option<Value>; 2])| match cells {
        [Some(old), Some(new)] => format!("{name} {} -> {}", text(old), text(new)),
        [old, new] => format!("{name} {}", old.as_ref().or(new.as_ref()).map(text).unwrap_or_default()),
    };
    let cells: Vec<String> = row.cells.iter().map(cell).collect();
    format!("{mark} line {}: {}", row.line, shown(&cells.join(", ")))
}

fn undo(from: &Installed, to: Option<&Installed>, dry_run: bool, start: &Start) -> anyhow::Result<ExitCode> {
    if start.json {
        start.out().json(&json!({ "from": from, "to": to, "dry_run": dry_run }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let name = |release: &Installed| release.version.clone().unwrap_or_else(|| shown(&release.source));
    let to = to.map_or_else(|| "the embedded release".to_owned(), name);
    let would = if dry_run { "would go" } else { "went" };
    start.out().line(format!("{would} back from {} to {to}", name(from)))?;
    Ok(ExitCode::SUCCESS)
}
