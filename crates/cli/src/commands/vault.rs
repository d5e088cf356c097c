//! `velocity vault init | add | list | show | remove | set-default | unlock | lock | …`

mod add;
mod exchange;

use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;

use anyhow::bail;
use app::AppError;
use app::vault::{CredentialView, Fault, Removal};
use model::text::shown;
use serde_json::json;

use crate::context::Context;
use crate::output::or_dash;
use crate::source::SecretFlags;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Make the vault, under a password of its own
    Init {
        #[command(flatten)]
        secrets: SecretFlags,
        #[command(flatten)]
        dry: DryRun,
    },
    /// Put a credential into the vault: a login, SNMP, or a token
    Add(add::Args),
    /// All credentials, without their secrets, in the order in which they are tried
    List,
    /// The vault, or one credential; with --reveal its secrets
    Show {
        name: Option<String>,
        /// Show the secrets in clear; it is asked again first, and goes to the audit log
        #[arg(long, requires = "name")]
        reveal: bool,
        #[command(flatten)]
        yes: Yes,
    },
    /// Remove a credential
    Remove {
        name: String,
        /// Also when it is pinned to devices, which take any other one then
        #[arg(long)]
        unpin: bool,
        #[command(flatten)]
        yes: Yes,
        #[command(flatten)]
        dry: DryRun,
    },
    /// Choose the login that is tried first on a device of which nothing is known
    SetDefault {
        name: String,
        #[command(flatten)]
        dry: DryRun,
    },
    /// Keep the key in the keyring of the system, so that no password is asked for until `vault lock` or a reboot
    Unlock {
        /// Forget it after so many minutes
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=525_600))]
        minutes: Option<u32>,
        #[command(flatten)]
        dry: DryRun,
    },
    /// Forget the key that `vault unlock` kept
    Lock {
        #[command(flatten)]
        dry: DryRun,
    },
    /// Another password, and another master key under it
    ChangePassword {
        #[command(flatten)]
        secrets: SecretFlags,
        #[command(flatten)]
        dry: DryRun,
    },
    /// Write all credentials to a file, sealed under a password of its own
    Export(exchange::Export),
    /// Read credentials from a file of `vault export`, or from a vault of VelocityCollector
    Import(exchange::Import),
    /// Open everything, and tell what is damaged or was changed by something else
    Check {
        /// Count what opens as what is there; what does not open can then be removed or replaced
        #[arg(long)]
        repair: bool,
    },
    /// Remove the vault with everything in it
    Reset {
        #[command(flatten)]
        yes: Yes,
        #[command(flatten)]
        dry: DryRun,
    },
}

#[derive(clap::Args)]
pub struct DryRun {
    /// Show what would be done, change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(clap::Args)]
pub struct Yes {
    /// Do not ask again
    #[arg(long, short)]
    yes: bool,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Init { secrets, dry } => init(&secrets, dry.dry_run, cx).await?,
        Args::Add(args) => add::run(args, cx).await?,
        Args::List => {
            let empty = "no credentials yet; velocity vault add NAME --user NAME";
            cx.out.list(&cx.app.credentials(&cx.actor).await?, &HEADER, row, empty)?;
        }
        Args::Show { name: None, .. } => state(cx).await?,
        Args::Show { name: Some(name), reveal: false, .. } => show(&cx.app.credential(&cx.actor, &name).await?, cx)?,
        Args::Show { name: Some(name), reveal: true, yes } => reveal(&name, &yes, cx).await?,
        Args::Remove { name, unpin, yes, dry } => {
            let credential = cx.app.credential(&cx.actor, &name).await?;
            if !dry.dry_run {
                yes.confirm(&format!("remove credential `{}`", shown(&credential.name)))?;
            }
            let vault = cx.vault().await?;
            let how = Removal { unpin, dry_run: dry.dry_run };
            let removed = cx.app.remove_credential(&cx.actor, vault, &name, how).await?;
            dry.told("remove", "removed", &removed.name, cx)?;
        }
        Args::SetDefault { name, dry } => {
            let credential = cx.app.set_default_credential(&cx.actor, &name, dry.dry_run).await?;
            dry.told("make the default", "is the default now:", &credential.name, cx)?;
        }
        Args::Unlock { minutes, dry } => unlock(minutes, &dry, cx).await?,
        Args::Lock { dry } => lock(&dry, cx).await?,
        Args::ChangePassword { secrets, dry } => {
            let vault = cx.vault_by_password().await?;
            let password = secrets.source()?.new_secret("New password of the vault")?;
            if !dry.dry_run {
                cx.app.change_vault_password(&cx.actor, vault, &password).await?;
            }
            dry.told("change", "changed", "the password of the vault", cx)?;
        }
        Args::Export(args) => exchange::export(args, cx).await?,
        Args::Import(args) => exchange::import(args, cx).await?,
        Args::Check { repair } => return check(repair, cx).await,
        Args::Reset { yes, dry } => {
            if !dry.dry_run {
                yes.confirm("remove the vault with everything in it")?;
            }
            let removed = cx.app.reset_vault(&cx.actor, dry.dry_run).await?;
            dry.told("remove", "removed", &format!("the vault with {removed} credentials"), cx)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

const HEADER: [&str; 8] = ["name", "kind", "user", "holds", "realm", "priority", "default", "notes"];

fn row(c: &CredentialView) -> Vec<String> {
    let text = |text: &String| or_dash(Some(text).filter(|t| !t.is_empty()));
    let default = if c.is_default { "default" } else { "-" };
    let (kind, priority) = (c.kind.to_string(), c.priority.to_string());
    vec![
        c.name.clone(),
        kind,
        text(&c.username),
        text(&c.holds),
        text(&c.realm),
        priority,
        default.into(),
        text(&c.notes),
    ]
}

impl DryRun {
    /// `would remove x`, or `removed x`.
    fn told(&self, would: &str, did: &str, what: &str, cx: &Context) -> anyhow::Result<()> {
        if cx.out.json {
            return cx.out.json(&json!({ "done": did, "what": what, "dry_run": self.dry_run }));
        }
        let (what, dry) = (shown(what), self.dry_run);
        cx.out.line(if dry { format!("would {would} {what}") } else { format!("{did} {what}") })
    }
}

impl Yes {
    fn confirm(&self, what: &str) -> anyhow::Result<()> {
        if self.yes {
            return Ok(());
        }
        if !std::io::stdin().is_terminal() {
            return Err(AppError::Usage(format!("to {what} without a terminal, say --yes")).into());
        }
        eprint!("Really {what}? [y/N] ");
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        if !matches!(answer.trim(), "y" | "Y" | "yes") {
            bail!("nothing was done");
        }
        Ok(())
    }
}

async fn init(secrets: &SecretFlags, dry_run: bool, cx: &Context) -> anyhow::Result<()> {
    let given = if secrets.are_given() { None } else { cx.vault_password()? };
    let password = match given {
        Some(password) => password,
        None => secrets.source()?.new_secret("Password of the new vault")?,
    };
    cx.app.init_vault(&cx.actor, &password, dry_run).await?;
    DryRun { dry_run }.told("make", "made", "the vault", cx)?;
    if cx.out.json || dry_run { Ok(()) } else { cx.out.line("Next: velocity vault add NAME --user NAME") }
}

async fn state(cx: &Context) -> anyhow::Result<()> {
    let state = cx.app.vault_state(&cx.actor).await?;
    if cx.out.json {
        return cx.out.json(&state);
    }
    if !state.exists {
        return cx.out.line("there is no vault; velocity vault init");
    }
    let is = if state.unlocked { "unlocked: its key is in the keyring of the system" } else { "locked" };
    cx.out.line(format!("the vault is {is}"))?;
    cx.out.line(format!("credentials {}", state.credentials))?;
    cx.out.line(format!("password    {}", or_dash(state.cost)))?;
    cx.out.line(format!("made        {}", or_dash(state.created_at)))?;
    cx.out.line(format!("changed     {}", or_dash(state.changed_at)))
}

fn show(credential: &CredentialView, cx: &Context) -> anyhow::Result<()> {
    if cx.out.json {
        return cx.out.json(credential);
    }
    for (name, value) in HEADER.iter().zip(row(credential)) {
        cx.out.line(format!("{name:<9} {}", shown(&value)))?;
    }
    cx.out.line(format!("made      {}", credential.created_at))?;
    cx.out.line(format!("changed   {}", credential.changed_at))
}

async fn reveal(name: &str, yes: &Yes, cx: &Context) -> anyhow::Result<()> {
    yes.confirm(&format!("show the secrets of `{}` here", shown(name)))?;
    let vault = cx.vault().await?;
    let revealed = cx.app.reveal_credential(&cx.actor, &vault, name).await?;
    if cx.out.json {
        return cx.out.json(&revealed);
    }
    show(&revealed.credential, cx)?;
    for (part, secret) in &revealed.secrets {
        cx.out.line(format!("{part}: {}", model::text::shown_lines(secret)))?;
    }
    Ok(())
}

async fn unlock(minutes: Option<u32>, dry: &DryRun, cx: &Context) -> anyhow::Result<()> {
    let vault = cx.vault_by_password().await?;
    if !dry.dry_run {
        cx.app.unlock_vault(&cx.actor, &vault, minutes.map(|m| m * 60)).await?;
    }
    dry.told("unlock", "unlocked", "the vault", cx)
}

async fn lock(dry: &DryRun, cx: &Context) -> anyhow::Result<()> {
    if dry.dry_run {
        return dry.told("lock", "locked", "the vault", cx);
    }
    let was_open = cx.app.lock_vault(&cx.actor).await?;
    let did = if was_open { "locked" } else { "nothing to lock:" };
    dry.told("lock", did, "the vault", cx)
}

async fn check(repair: bool, cx: &Context) -> anyhow::Result<ExitCode> {
    let vault = cx.vault().await?;
    let faults = cx.app.check_vault(&cx.actor, vault, repair).await?;
    let row = |f: &Fault| vec![or_dash(f.credential.as_ref()), f.fault.clone()];
    cx.out.list(&faults, &["credential", "fault"], row, "all is well")?;
    if !cx.out.json && repair && !faults.is_empty() {
        cx.out.line("what opens counts as what is there; remove or replace the rest by name")?;
    }
    Ok(if faults.is_empty() || repair { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
