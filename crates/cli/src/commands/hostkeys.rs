//! `velocity hostkeys list | accept | forget | import | export`

use std::io::Read;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use app::{HostKeyView, Imported};

use crate::context::Context;

#[derive(clap::Subcommand)]
pub enum Args {
    /// The keys that are known, and what hosts showed in their place since
    List {
        /// Only hosts that showed another key than the known one
        #[arg(long)]
        changed: bool,
    },
    /// Trust the key that a device shows now in place of the known one
    Accept {
        address: IpAddr,
        #[arg(long, default_value_t = 22)]
        port: u16,
        /// Which one, when it showed several
        #[arg(long)]
        fingerprint: Option<String>,
        /// Show what would be trusted
        #[arg(long)]
        dry_run: bool,
    },
    /// Forget all that is known of a host; the next log-in remembers its key, and old algorithms may be used again
    Forget {
        address: IpAddr,
        #[arg(long, default_value_t = 22)]
        port: u16,
        /// Show what would be forgotten
        #[arg(long)]
        dry_run: bool,
    },
    /// Take the keys of an OpenSSH known_hosts file; names and hashes are for the devices that have them
    Import {
        /// The file, or `-` for standard input
        file: PathBuf,
        /// Show what would be taken
        #[arg(long)]
        dry_run: bool,
    },
    /// Write all keys as a known_hosts file to standard output
    Export {
        /// Hash the addresses
        #[arg(long)]
        hash: bool,
    },
}

/// Something was left out.
const PARTIAL: u8 = 3;

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List { changed } => list(changed, cx).await?,
        Args::Accept { address, port, fingerprint, dry_run } => {
            let accepted = cx.app.accept_host_key(&cx.actor, address, port, fingerprint.as_deref(), dry_run).await?;
            if cx.out.json {
                cx.out.json(&accepted)?;
                return Ok(ExitCode::SUCCESS);
            }
            let did = if dry_run { "would trust" } else { "trusts now" };
            let before = accepted.before.join(", ");
            cx.out.line(format!("{did} {} of {address}:{port} in place of {before}", accepted.now))?;
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
        Args::Import { file, dry_run } => return import(&file, dry_run, cx).await,
        Args::Export { hash } => {
            let salt = hash.then_some(rand::random::<[u8; 20]>);
            let text = cx.app.export_known_hosts(&cx.actor, salt).await?;
            match cx.out.json {
                true => cx.out.json(&serde_json::json!({ "known_hosts": text }))?,
                false => cx.out.text(&text)?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(changed: bool, cx: &Context) -> anyhow::Result<()> {
    let mut keys = cx.app.host_keys(&cx.actor).await?;
    keys.retain(|key| !changed || !key.offered.is_empty());
    let row = |k: &HostKeyView| {
        let offered: Vec<&str> = k.offered.iter().map(|o| o.fingerprint.as_str()).collect();
        vec![
            format!("{}:{}", k.address, k.port),
            k.algorithm.clone(),
            k.fingerprint.clone(),
            k.origin.to_string().replace('_', " "),
            k.first_seen.to_string(),
            k.last_seen.to_string(),
            offered.join(" "),
        ]
    };
    let header = ["address", "algorithm", "fingerprint", "trusted by", "first seen", "last seen", "shown since"];
    cx.out.list(&keys, &header, row, if changed { "no host key changed" } else { "no host keys yet" })
}

async fn import(file: &Path, dry_run: bool, cx: &Context) -> anyhow::Result<ExitCode> {
    let text = match file.to_str() {
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().lock().read_to_string(&mut text).map(|_| text)
        }
        _ => std::fs::read_to_string(file),
    };
    let text = text.with_context(|| format!("cannot read {}", file.display()))?;
    let imported = cx.app.import_known_hosts(&cx.actor, &text, dry_run).await?;
    if cx.out.json {
        cx.out.json(&imported)?;
    } else {
        tell(&imported, cx)?;
    }
    let is_whole = imported.differing.is_empty() && imported.skipped.is_empty();
    Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::from(PARTIAL) })
}

fn tell(imported: &Imported, cx: &Context) -> anyhow::Result<()> {
    let Imported { added, known, revoked, differing, skipped, dry_run } = imported;
    let would = if *dry_run { "would be " } else { "" };
    cx.out.line(format!("{added} keys {would}added, {known} known before, {revoked} {would}revoked"))?;
    for host in differing {
        cx.out.line(format!("  {host}: another key is known and stays; `velocity hostkeys forget` first"))?;
    }
    for line in skipped {
        cx.out.line(format!("  skipped {}", model::text::shown(line)))?;
    }
    Ok(())
}
