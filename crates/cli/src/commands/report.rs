//! `velocity report crypto`

use std::process::ExitCode;

use app::CryptoView;

use crate::context::Context;
use crate::output::or_dash;

#[derive(clap::Subcommand)]
pub enum Args {
    /// How each host is spoken to and by which key: algorithms, size and age of the key, keys that two hosts share
    Crypto {
        /// Only hosts that somebody should do something about
        #[arg(long)]
        findings: bool,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let Args::Crypto { findings } = args;
    let mut hosts = cx.app.crypto_report(&cx.actor).await?;
    hosts.retain(|host| !findings || !host.findings.is_empty());
    let header = ["device", "address", "suite", "key exchange", "cipher", "mac", "key", "age", "findings"];
    cx.out.list(&hosts, &header, row, if findings { "nothing to do" } else { "no host was logged in to yet" })?;
    Ok(ExitCode::SUCCESS)
}

fn row(host: &CryptoView) -> Vec<String> {
    vec![
        or_dash(host.device.as_ref()),
        host.address.clone(),
        or_dash(host.suite.as_ref()),
        or_dash(host.kex.as_ref()),
        or_dash(host.cipher.as_ref()),
        or_dash(host.mac.as_ref()),
        key(host),
        or_dash(host.key_age_days.map(|days| format!("{days} d"))),
        host.findings.join("; "),
    ]
}

/// Its type, and its size where the type does not say it.
pub fn key(host: &CryptoView) -> String {
    let bits = host.key_bits.filter(|_| matches!(host.key_type.as_deref(), Some("ssh-rsa" | "ssh-dss")));
    let bits = bits.map_or_else(String::new, |bits| format!(" {bits}"));
    host.key_type.as_ref().map_or_else(|| "-".to_owned(), |ty| format!("{ty}{bits}"))
}
