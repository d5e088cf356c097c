//! `velocity backup`, `velocity restore`

use std::path::PathBuf;
use std::process::ExitCode;

use app::{Backup, RestoreOptions};

use crate::context::{Context, Start};
use crate::output::Out;

#[derive(clap::Args)]
pub struct Args {
    /// The file to make [default: velocity-backup-TIME.tar.zst]
    file: Option<PathBuf>,
    /// Read a backup to its end and say what is in it
    #[arg(long, requires = "file")]
    inspect: bool,
}

#[derive(clap::Args)]
pub struct Restore {
    /// What `velocity backup` made
    file: PathBuf,
    /// Move a data directory that is there aside
    #[arg(long)]
    force: bool,
    /// Use config.yaml of the data directory that is there, and its database, which must be empty
    #[arg(long)]
    keep_config: bool,
    /// Read the backup to its end and say what is in it; change nothing
    #[arg(long)]
    dry_run: bool,
}

pub async fn make(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let backup = match args.file {
        Some(file) if args.inspect => app::inspect_backup(&file).await?,
        file => cx.app.backup(&cx.actor, &file.unwrap_or_else(|| default_name(cx))).await?,
    };
    show(&backup, cx.out)?;
    Ok(ExitCode::SUCCESS)
}

fn default_name(cx: &Context) -> PathBuf {
    let at = cx.app.now().to_string().replace([':', '-'], "");
    format!("velocity-backup-{at}.tar.zst").into()
}

pub async fn restore(args: Restore, start: Start) -> anyhow::Result<ExitCode> {
    let out = start.out();
    if args.dry_run {
        show(&app::inspect_backup(&args.file).await?, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let options = RestoreOptions { force: args.force, keep_config: args.keep_config };
    let restored = app::restore_backup(&args.file, &start.home()?, &options).await?;
    if out.json {
        out.json(&restored)?;
        return Ok(ExitCode::SUCCESS);
    }
    let contents = &restored.contents;
    out.line(format!("✓ {}: {} rows, {} captures", restored.home.display(), contents.rows, contents.captures))?;
    if let Some(old) = &restored.moved_aside {
        out.line(format!("✓ what was there is now {}", old.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn show(backup: &Backup, out: Out) -> anyhow::Result<()> {
    if out.json {
        return out.json(backup);
    }
    let Backup { path, size, manifest, contents } = backup;
    out.line(format!(
        "✓ {} ({size} bytes), made {} by velocity {}",
        path.display(),
        manifest.created_at,
        manifest.version
    ))?;
    out.line(format!("  {} rows, {} captures, {} files", contents.rows, contents.captures, contents.files))
}
