//! `velocity vault export | import`

use std::path::PathBuf;

use app::vault::{ImportOutcome, Imported};

use super::DryRun;
use crate::context::Context;
use crate::source::SecretFlags;

#[derive(clap::Args)]
pub struct Export {
    /// Where to; a file that is there is replaced
    file: PathBuf,
    #[command(flatten)]
    secrets: SecretFlags,
    #[command(flatten)]
    dry: DryRun,
}

#[derive(clap::Args)]
pub struct Import {
    /// A file of `vault export`, or VelocityCollector's collector.db or its rows as JSON
    file: PathBuf,
    /// Put what has the name of one that is there in its place; else it is left out
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    secrets: SecretFlags,
    #[command(flatten)]
    dry: DryRun,
}

pub async fn export(args: Export, cx: &Context) -> anyhow::Result<()> {
    let vault = cx.vault().await?;
    let password = args.secrets.source()?.new_secret("Password of the export")?;
    let exported = cx.app.export_vault(&cx.actor, &vault, &args.file, &password, args.dry.dry_run).await?;
    args.dry.told("write", "wrote", &format!("{exported} credentials to {}", args.file.display()), cx)
}

pub async fn import(args: Import, cx: &Context) -> anyhow::Result<()> {
    let vault = cx.vault().await?;
    let password = args.secrets.source()?.next("Password of the file: ")?;
    let imported = cx.app.import_vault(&cx.actor, vault, &args.file, &password, args.replace, args.dry.dry_run).await?;
    let dry_run = args.dry.dry_run;
    let row = |i: &Imported| {
        let told = match (&i.outcome, dry_run) {
            (ImportOutcome::Added, true) => "would be added".to_owned(),
            (ImportOutcome::Added, false) => "added".to_owned(),
            (ImportOutcome::Replaced, true) => "would be replaced".to_owned(),
            (ImportOutcome::Replaced, false) => "replaced".to_owned(),
            (ImportOutcome::LeftOut(why), _) => format!("left out: {why}"),
        };
        vec![i.name.clone(), told]
    };
    cx.out.list(&imported, &["name", "result"], row, "nothing is in it")
}
