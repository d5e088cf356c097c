//! `velocity init`

use std::process::ExitCode;

use app::InitOptions;

use crate::context::Start;

#[derive(clap::Args)]
pub struct Args {
    /// Do not seed manufacturers, platforms and roles
    #[arg(long)]
    no_defaults: bool,
    /// Show what would be made, make nothing
    #[arg(long)]
    dry_run: bool,
}

pub async fn run(args: Args, start: Start) -> anyhow::Result<ExitCode> {
    let home = start.home()?;
    let options = InitOptions { defaults: !args.no_defaults, dry_run: args.dry_run };
    let steps = app::init(&home, &options).await?;
    let out = start.out();
    if out.json {
        out.json(&serde_json::json!({ "home": home, "steps": steps, "dry_run": args.dry_run }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mark = if args.dry_run { "would:" } else { "✓" };
    for step in &steps {
        out.line(format!("{mark} {step}"))?;
    }
    if !args.dry_run {
        out.line("Ready. Next: velocity discover ADDRESS --user NAME")?;
    }
    Ok(ExitCode::SUCCESS)
}
