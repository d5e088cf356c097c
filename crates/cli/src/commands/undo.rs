//! `velocity undo list | show | run`

use std::process::ExitCode;

use app::UndoRecord;
use model::text::shown;

use crate::context::Context;
use crate::output::or_dash;

#[derive(clap::Subcommand)]
pub enum Args {
    /// What was done to the inventory, newest first
    List {
        /// So many at most
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: u32,
    },
    /// One of them, row by row
    Show { id: i64 },
    /// Take it back; refused when a row moved since
    Run {
        id: i64,
        /// Show whether it can be taken back, write nothing
        #[arg(long)]
        dry_run: bool,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List { limit } => {
            let records = cx.app.undo_records(&cx.actor, limit).await?;
            let header = ["id", "at", "by", "action", "object", "rows", "undone"];
            let row = |r: &UndoRecord| {
                let (object, undone) = (r.object.clone(), or_dash(r.undone_at));
                vec![
                    r.id.to_string(),
                    r.at.to_string(),
                    r.actor.clone(),
                    r.action.clone(),
                    object,
                    r.rows.to_string(),
                    undone,
                ]
            };
            cx.out.list(&records, &header, row, "nothing was done yet that could be undone")?;
        }
        Args::Show { id } => {
            let view = cx.app.undo_record(&cx.actor, id).await?;
            if cx.out.json {
                cx.out.json(&view)?;
                return Ok(ExitCode::SUCCESS);
            }
            let r = &view.record;
            cx.out.line(format!("{} {} by {} at {}: {}", r.id, r.action, shown(&r.actor), r.at, shown(&r.object)))?;
            for op in &view.ops {
                cx.out.line(shown(&serde_json::to_string(op)?))?;
            }
        }
        Args::Run { id, dry_run } => {
            let (record, again) = cx.app.undo(&cx.actor, id, dry_run).await?;
            if cx.out.json {
                cx.out.json(&serde_json::json!({ "undone": record, "undo": again, "dry_run": dry_run }))?;
                return Ok(ExitCode::SUCCESS);
            }
            let did = if dry_run { "would take back" } else { "took back" };
            cx.out.line(format!("{did} {}: {}, {} rows", record.action, shown(&record.object), record.rows))?;
            if let Some(again) = again {
                cx.out.line(format!("to do it again: velocity undo run {again}"))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
