//! `velocity creds status | clear`

use std::process::ExitCode;

use app::{AccountView, CredentialUse, DeviceCredentialView};

use crate::context::Context;
use crate::output::or_dash;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Which devices a credential is known for, how many each has, and which accounts are left alone
    Status,
    /// Forget the refusals of an account, once its password is right or it is unlocked
    #[command(visible_alias = "unlock-budget")]
    Clear {
        /// A user name, or the name of a credential
        name: String,
        /// Show what would be forgotten
        #[arg(long)]
        dry_run: bool,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Status => status(cx).await?,
        Args::Clear { name, dry_run } => clear(&name, dry_run, cx).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn status(cx: &Context) -> anyhow::Result<()> {
    let status = cx.app.creds_status(&cx.actor).await?;
    if cx.out.json {
        return cx.out.json(&status);
    }
    cx.out.line(format!(
        "{} devices: {} ok, {} failed, {} untested; coverage {:.1} %",
        status.total, status.ok, status.failed, status.untested, status.coverage_percent
    ))?;
    cx.out.line("\nCredentials")?;
    let used = |c: &CredentialUse| {
        vec![c.name.clone(), c.works_on.to_string(), c.preferred_on.to_string(), c.refused_on.to_string()]
    };
    cx.out.list(
        &status.credentials,
        &["credential", "works on", "preferred on", "refused on"],
        used,
        "none tried yet",
    )?;
    cx.out.line("\nAccounts with refusals")?;
    let header = ["account", "realm", "tries used", "under way", "state", "refused"];
    let account = |a: &AccountView| {
        let used = format!("{} of {}", a.used, a.tries);
        let (name, realm) = (a.account.username.clone(), a.account.realm.clone());
        vec![name, realm, used, a.under_way.to_string(), a.state(), a.refused.join("; ")]
    };
    cx.out.list(&status.accounts, &header, account, "none")?;
    cx.out.line("\nDevices")?;
    let header = ["device", "status", "credential", "last success", "last failure", "failures"];
    let device = |d: &DeviceCredentialView| {
        let (success, failure) = (or_dash(d.last_success_at), or_dash(d.last_failure_at));
        let credential = or_dash(d.credential.as_ref());
        vec![d.device.clone(), d.status.as_str().into(), credential, success, failure, d.failure_count.to_string()]
    };
    cx.out.list(&status.devices, &header, device, "none; velocity discover ADDRESS finds them")
}

async fn clear(name: &str, dry_run: bool, cx: &Context) -> anyhow::Result<()> {
    let cleared = cx.app.clear_account(&cx.actor, name, dry_run).await?;
    if cx.out.json {
        return cx.out.json(&serde_json::json!({ "accounts": cleared, "dry_run": dry_run }));
    }
    let did = if dry_run { "would forget" } else { "forgot" };
    for account in cleared {
        cx.out.line(format!("{did} the refusals of {}", model::text::shown(&account.to_string())))?;
    }
    Ok(())
}
