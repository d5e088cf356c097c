//! A shell on a device for a person ([decision 30](../../../docs/decisions/0030-terminals-in-the-browser.md)): who may, as whom, and what
//! is kept of it. Opened as the sessions of runs are; what is typed there is not kept.

use std::net::SocketAddr;

use collect::Gate;
use model::text::shown;
use model::{Device, DeviceOutcome, FailureClass};
use serde_json::json;
use store::NewAudit;
use transport::{Login, Terminal};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult, OpenVault, VaultKey};

const VERB: &str = "open a terminal";
/// Columns and rows that a window may have.
const COLUMNS: std::ops::RangeInclusive<u16> = 20..=500;
const ROWS: std::ops::RangeInclusive<u16> = 5..=200;

/// What somebody asks for.
#[derive(Debug, Clone)]
pub struct TerminalRequest {
    /// Slug, name, address, serial number or id.
    pub device: String,
    /// A name in the vault; the one that the device took last, else the default, when it is not given.
    pub credential: Option<String>,
    pub columns: u16,
    pub rows: u16,
}

/// What they get, without a secret: the vault is opened again when the session is.
#[derive(Debug, Clone)]
pub struct TerminalPlan {
    pub device: Device,
    pub address: SocketAddr,
    pub credential: String,
    pub username: String,
    window: (u16, u16),
}

/// Why there is no session.
#[derive(Debug, Clone)]
pub struct NoTerminal {
    pub class: FailureClass,
    pub message: String,
}

/// What went over one that is closed.
#[derive(Debug, Clone, Copy, Default)]
pub struct TerminalUse {
    pub seconds: u64,
    pub bytes_typed: u64,
    pub bytes_shown: u64,
}

impl TerminalRequest {
    fn window(&self) -> AppResult<(u16, u16)> {
        let fits = COLUMNS.contains(&self.columns) && ROWS.contains(&self.rows);
        let bad = || AppError::Usage("a terminal has 20 to 500 columns and 5 to 200 rows".into());
        fits.then_some((self.columns, self.rows)).ok_or_else(bad)
    }
}

impl TerminalPlan {
    /// Another window, if it may be.
    pub fn is_window(columns: u16, rows: u16) -> bool {
        COLUMNS.contains(&columns) && ROWS.contains(&rows)
    }
}

impl App {
    /// Whether somebody may have a terminal on this device, as things stand now.
    pub async fn may_have_terminal(&self, actor: &Actor, device: &Device) -> AppResult<()> {
        self.must_visit(actor, &[device.id], VERB).await
    }

    /// Makes sure that there is such a device and a credential for it. Nothing is dialled.
    pub async fn plan_terminal(&self, actor: &Actor, asked: &TerminalRequest) -> AppResult<TerminalPlan> {
        actor.must_somewhere(Role::Operator, VERB)?;
        let window = asked.window()?;
        let device = self.store.device(&asked.device).await?;
        self.may_have_terminal(actor, &device).await?;
        let address = SocketAddr::new(device.address, device.port);
        let vault = self.open_vault(actor, VaultKey::Keyring).await?;
        let login = match &asked.credential {
            Some(name) => self.login_called(&vault, name).await?,
            None => self.login_for(&vault, &device).await?,
        };
        Ok(TerminalPlan { device, address, credential: login.name, username: login.username, window })
    }

    /// Logs in. The audit log says that it was tried, and how it went.
    pub async fn open_terminal(&self, actor: &Actor, plan: &TerminalPlan) -> AppResult<Result<Terminal, NoTerminal>> {
        self.may_have_terminal(actor, &plan.device).await?;
        let vault = self.open_vault(actor, VaultKey::Keyring).await?;
        let login = self.login_called(&vault, &plan.credential).await?;
        drop(vault);
        let mut settings = self.settings();
        settings.limits.window = plan.window;
        let (env, book) = self.environment(settings).await?;
        let known = self.reader.platforms.get(&plan.device.platform);
        let profile = known.map_or_else(|| env.profiles.generic(), |platform| env.profiles.of(platform));
        let opened = collect::open(&env, plan.address, &login, profile).await;
        env.settle().await;
        book.save_left(&self.store, self.now()).await?;
        let failed = opened.as_ref().err().map(NoTerminal::from);
        let outcome = failed.as_ref().map_or("opened", |no| &*no.message);
        let detail = json!({
            "address": plan.address.to_string(), "credential": plan.credential, "username": plan.username, "outcome": outcome,
        });
        self.note_terminal(actor, plan, "terminal.open", &detail).await?;
        Ok(opened.map(transport::Session::into_terminal).map_err(|outcome| NoTerminal::from(&outcome)))
    }

    /// Writes down that it is over.
    pub async fn close_terminal(
        &self,
        actor: &Actor,
        plan: &TerminalPlan,
        used: TerminalUse,
        reason: &str,
    ) -> AppResult<()> {
        let detail = json!({
            "address": plan.address.to_string(), "credential": plan.credential, "reason": shown(reason), "seconds": used.seconds,
            "bytes_typed": used.bytes_typed, "bytes_shown": used.bytes_shown,
        });
        self.note_terminal(actor, plan, "terminal.close", &detail).await
    }

    async fn note_terminal(
        &self,
        actor: &Actor,
        plan: &TerminalPlan,
        action: &str,
        detail: &serde_json::Value,
    ) -> AppResult<()> {
        let object = format!("device {}", plan.device.slug);
        let entry = NewAudit { actor: &actor.name, action, object: &object, detail };
        Ok(self.store.audit(&entry, self.now()).await?)
    }

    async fn login_called(&self, vault: &OpenVault, name: &str) -> AppResult<Login> {
        let (mut logins, _) = self.logins_of(vault, &[name.to_owned()]).await?;
        logins.pop().ok_or_else(|| AppError::Usage(format!("there is no log-in `{}`", shown(name))))
    }

    /// The one that was pinned, else the one that the device took last, else the default.
    async fn login_for(&self, vault: &OpenVault, device: &Device) -> AppResult<Login> {
        let pinned = self.store.pinned_credentials().await?.into_iter().find(|(id, _)| *id == device.id);
        if let Some((_, name)) = pinned {
            return self.login_called(vault, &name).await;
        }
        let address = SocketAddr::new(device.address, device.port);
        let gate: Gate = self.gate(&self.settings()).await?;
        let (mut logins, _) = self.logins_of(vault, &[]).await?;
        let known = logins.iter().position(|login| gate.is_known(address, &login.name)).unwrap_or(0);
        let none = || AppError::Usage("the vault has no log-in; velocity vault add NAME --user USER".into());
        (known < logins.len()).then(|| logins.swap_remove(known)).ok_or_else(none)
    }
}

impl From<&DeviceOutcome> for NoTerminal {
    fn from(outcome: &DeviceOutcome) -> Self {
        Self { class: outcome.class.unwrap_or(FailureClass::Internal), message: outcome.message.clone() }
    }
}
