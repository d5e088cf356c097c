//! `velocity hostkeys list | forget`

use std::process::ExitCode;

use app::HostKeyView;

use crate::context::Context;

#[derive(clap::Subcommand)]
pub enum Args {
    /// The keys that were remembered on first use
    List,
    /// Forget the key of a device that was replaced on purpose; the next log-in remembers the new one
    Forget {
        address: std::net::IpAddr,
        #[arg(long, default_value_t = 22)]
        port: u16,
        /// Show what would be forgotten
        #[arg(long)]
        dry_run: bool,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List => {
            let keys = cx.app.host_keys(&cx.actor).await?;
            let row = |k: &HostKeyView| {
                let (first, last) = (k.first_seen.to_string(), k.last_seen.to_string());
                vec![format!("{}:{}", k.address, k.port), k.algorithm.clone(), k.fingerprint.clone(), first, last]
            };
            cx.out.list(
                &keys,
                &["address", "algorithm", "fingerprint", "first seen", "last seen"],
                row,
                "no host keys yet",
            )?;
        }
        Args::Forget { address, port, dry_run } => {
            let fingerprint = cx.app.forget_host_key(&cx.actor, address, port, dry_run).await?;
            if cx.out.json {
                let said = serde_json::json!({ "address": address, "port": port, "fingerprint": fingerprint, "dry_run": dry_run });
                cx.out.json(&said)?;
                return Ok(ExitCode::SUCCESS);
            }
            let did = if dry_run { "would forget" } else { "forgot" };
            cx.out.line(format!("{did} {fingerprint} of {address}:{port}"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
