//! `velocity creds discover | test | status | clear`

use std::net::SocketAddr;
use std::process::ExitCode;

use std::io::{IsTerminal, Write};
use std::time::Duration;

use app::{AccountView, CredentialUse, CredsRequest, CredsSelection, DeviceCredentialView, Forecast, Login};
use model::Device;
use model::text::shown;

use crate::context::Context;
use crate::output::or_dash;
use crate::run_flags::{RunFlags, conclude};
use crate::{progress, secrets::LoginFlags};

/// Fewer than in a collection: each is a log-in that may be refused.
const WORKERS: u16 = 8;
const TIMEOUT: u64 = 15;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Find out which credential each device takes, with as few log-ins as can be
    Discover(Discover),
    /// Try the credentials on one device, the likeliest first
    Test(Test),
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

#[derive(clap::Args)]
pub struct Discover {
    /// Devices of this site; `*`, `?` and `|` as in `site=…`
    #[arg(long)]
    site: Option<String>,
    /// Devices of this platform
    #[arg(long)]
    platform: Option<String>,
    /// Devices with this role
    #[arg(long)]
    role: Option<String>,
    /// Devices with this in their name
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// So many devices at most
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Leave out devices for which a credential is known to work
    #[arg(long, conflicts_with = "force")]
    skip_configured: bool,
    /// Try as if nothing were known of these devices
    #[arg(long)]
    force: bool,
    /// Show the devices and what it may cost, connect to nothing
    #[arg(long)]
    dry_run: bool,
    /// Log in, but remember nothing of it
    #[arg(long)]
    no_update: bool,
    /// Do not ask before it begins
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    login: LoginFlags,
    #[command(flatten)]
    run: RunFlags,
}

#[derive(clap::Args)]
pub struct Test {
    /// Name, id, address or serial number
    device: String,
    /// Remember what works
    #[arg(long)]
    update: bool,
    #[command(flatten)]
    login: LoginFlags,
    #[command(flatten)]
    run: RunFlags,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Discover(args) => return discover(args, cx).await,
        Args::Test(args) => return test(args, cx).await,
        Args::Status => status(cx).await?,
        Args::Clear { name, dry_run } => clear(&name, dry_run, cx).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn discover(args: Discover, cx: &Context) -> anyhow::Result<ExitCode> {
    let Discover { site, platform, role, search, limit, skip_configured, .. } = args;
    let selection = CredsSelection { site, platform, role, search, skip_configured, limit };
    let devices = cx.app.creds_devices(&cx.actor, &selection).await?;
    let is_quiet = args.run.quiet || args.run.json_progress || cx.out.json;
    if args.dry_run && devices.is_empty() {
        cx.out.line("no device matches")?;
        return Ok(ExitCode::SUCCESS);
    }
    if devices.is_empty() && selection.skip_configured {
        cx.out.line("nothing to do: a credential is known for each of these devices")?;
        return Ok(ExitCode::SUCCESS);
    }
    let hosts: Vec<_> = devices.iter().map(|d| (d.slug.clone(), SocketAddr::new(d.address, d.port))).collect();
    let (logins, settings) = args.login.enter(cx, &[], &hosts, settings(&args.run, cx), None).await?;
    if args.dry_run {
        return dry_run(&devices, &logins, cx).await;
    }
    if !is_quiet {
        tell_cost(&logins, cx).await?;
        let asks = !args.yes && std::io::stdin().is_terminal();
        if asks && !is_agreed(&format!("Try {} credentials on {} devices?", logins.len(), devices.len()))? {
            return Ok(ExitCode::FAILURE);
        }
    }
    let (force, update) = (args.force, !args.no_update);
    find(CredsRequest { devices, logins, settings, force, update, is_run: true }, &args.run, cx).await
}

async fn test(args: Test, cx: &Context) -> anyhow::Result<ExitCode> {
    let device = cx.app.device(&cx.actor, &args.device, None).await?;
    let usernames: Vec<String> = device.accesses.iter().map(|a| a.username.clone()).collect();
    let host = (device.device.slug.clone(), SocketAddr::new(device.device.address, device.device.port));
    let (logins, settings) = args.login.enter(cx, &usernames, &[host], settings(&args.run, cx), None).await?;
    let (devices, update) = (vec![device.device], args.update);
    find(CredsRequest { devices, logins, settings, force: false, update, is_run: false }, &args.run, cx).await
}

async fn find(request: CredsRequest, flags: &RunFlags, cx: &Context) -> anyhow::Result<ExitCode> {
    let (events, shown) = app::events::channel();
    let show = tokio::spawn(progress::show(shown, flags.clone()));
    let report = cx.app.find_credentials(&cx.actor, request, events, progress::cancel_on_ctrl_c()).await;
    show.await?;
    conclude(&report?, flags, cx.out)
}

fn settings(flags: &RunFlags, cx: &Context) -> app::Settings {
    let mut settings = cx.app.settings();
    settings.concurrency = usize::from(WORKERS);
    settings.device_timeout = Duration::from_secs(TIMEOUT);
    flags.settings(settings)
}

/// Before anything is sent: what it may cost which account.
pub async fn tell_cost(logins: &[Login], cx: &Context) -> anyhow::Result<()> {
    for line in Forecast::lines(&cx.app.forecast(&cx.actor, logins).await?) {
        eprintln!("{}", shown(&line));
    }
    Ok(())
}

fn is_agreed(question: &str) -> anyhow::Result<bool> {
    write!(std::io::stderr(), "{question} [y/N] ")?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

async fn dry_run(devices: &[Device], logins: &[Login], cx: &Context) -> anyhow::Result<ExitCode> {
    let forecast = cx.app.forecast(&cx.actor, logins).await?;
    if cx.out.json {
        cx.out.json(&serde_json::json!({ "devices": devices, "accounts": forecast }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let row = |d: &Device| {
        let (site, role) = (or_dash(d.site.as_ref()), or_dash(d.role.as_ref()));
        vec![d.slug.clone(), d.address.to_string(), site, role, d.platform.clone()]
    };
    cx.out.list(devices, &["name", "address", "site", "role", "platform"], row, "no device matches")?;
    for line in Forecast::lines(&forecast) {
        cx.out.line(shown(&line))?;
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
