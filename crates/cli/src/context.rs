//! What every command has: the app, who asks, and where answers go.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use app::{Actor, App, AppError, OpenVault, VaultKey};
use secrecy::SecretString;
use tokio::sync::Mutex;

use crate::output::Out;
use crate::source::{Source, can_ask};

/// The global flags, before anything is opened.
pub struct Start {
    pub home: Option<PathBuf>,
    pub json: bool,
    pub vault_pass_fd: Option<u32>,
}

pub struct Context {
    pub app: App,
    pub actor: Actor,
    pub out: Out,
    vault_pass_fd: Option<u32>,
    /// While log-ins of several kinds are taken from it.
    open_vault: Mutex<Option<Arc<OpenVault>>>,
}

impl Context {
    /// The vault, opened once for all that takes log-ins from it, until [`Context::close_vault`]: its password is
    /// asked for, or read, once.
    pub async fn shared_vault(&self) -> anyhow::Result<Arc<OpenVault>> {
        let mut open = self.open_vault.lock().await;
        let vault = match open.take() {
            Some(vault) => vault,
            None => Arc::new(self.vault().await?),
        };
        Ok(open.insert(vault).clone())
    }

    /// A run needs its log-ins, not the key of the vault.
    pub async fn close_vault(&self) {
        *self.open_vault.lock().await = None;
    }

    /// The vault, opened with what was given for it: a password by file descriptor or environment, the key that the
    /// keyring keeps, or a password that is typed.
    pub async fn vault(&self) -> anyhow::Result<OpenVault> {
        let key = match self.vault_password()? {
            Some(password) => VaultKey::Password(password),
            None => match self.app.open_vault(&self.actor, VaultKey::Keyring).await {
                Ok(open) => return Ok(open),
                Err(AppError::VaultLocked | AppError::Keyring(_)) if can_ask() => self.typed_vault_key()?,
                // Whether there is a keyring is not what is amiss.
                Err(AppError::Keyring(_)) => return Err(AppError::VaultLocked.into()),
                Err(other) => return Err(other.into()),
            },
        };
        Ok(self.app.open_vault(&self.actor, key).await?)
    }

    /// What opens the vault, made sure of: its password, or nothing where the keyring of the system has its key.
    pub async fn vault_secret(&self) -> anyhow::Result<Option<SecretString>> {
        let password = match self.vault_password()? {
            Some(password) => password,
            None => match self.app.open_vault(&self.actor, VaultKey::Keyring).await {
                Ok(_) => return Ok(None),
                Err(AppError::VaultLocked | AppError::Keyring(_)) if can_ask() => {
                    Source::Terminal.next("Password of the vault: ")?
                }
                Err(AppError::Keyring(_)) => return Err(AppError::VaultLocked.into()),
                Err(other) => return Err(other.into()),
            },
        };
        self.app.open_vault(&self.actor, VaultKey::Password(password.clone())).await?;
        Ok(Some(password))
    }

    /// As [`Context::vault`], but only with its password.
    pub async fn vault_by_password(&self) -> anyhow::Result<OpenVault> {
        let key = match self.vault_password()? {
            Some(password) => VaultKey::Password(password),
            None if can_ask() => self.typed_vault_key()?,
            None => return Err(AppError::VaultLocked.into()),
        };
        Ok(self.app.open_vault(&self.actor, key).await?)
    }

    /// The password that was given by file descriptor or environment.
    pub fn vault_password(&self) -> anyhow::Result<Option<SecretString>> {
        let Some(fd) = self.vault_pass_fd else { return Ok(None) };
        Ok(Some(Source::fd(fd)?.next("")?))
    }

    fn typed_vault_key(&self) -> anyhow::Result<VaultKey> {
        Ok(VaultKey::Password(Source::Terminal.next("Password of the vault: ")?))
    }
}

impl Start {
    pub fn out(&self) -> Out {
        Out { json: self.json }
    }

    pub fn home(&self) -> anyhow::Result<PathBuf> {
        let home = self.home.clone().or_else(app::config::default_home);
        home.context("there is no home directory; give one with --home or VELOCITY_HOME")
    }

    pub async fn open(self) -> anyhow::Result<Context> {
        let app = App::open(&self.home()?).await?;
        self.with(app)
    }

    /// As [`Start::open`], for what serves: a database that does not answer is waited for.
    pub async fn open_when_there(self) -> anyhow::Result<Context> {
        let app = App::open_when_there(&self.home()?, &crate::stop::lines()).await?;
        self.with(app)
    }

    fn with(self, app: App) -> anyhow::Result<Context> {
        if let Err(error) = log_to(app.home()) {
            // What is asked can be answered all the same, from a disk that may only be read.
            let _ = writeln!(std::io::stderr(), "note: no log is kept: {error:#}");
        }
        let (out, vault_pass_fd) = (self.out(), self.vault_pass_fd);
        Ok(Context { app, actor: Actor::local(), out, vault_pass_fd, open_vault: Mutex::default() })
    }
}

/// Logs go to a file as JSON lines; the terminal is for answers. `VELOCITY_LOG` sets the level.
fn log_to(home: &std::path::Path) -> anyhow::Result<()> {
    use tracing_subscriber::EnvFilter;
    let folder = home.join("logs");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let file = folder.join("velocity.log");
    let opened = std::fs::OpenOptions::new().create(true).append(true).open(&file);
    let file = opened.with_context(|| format!("cannot write {}", file.display()))?;
    let filter = EnvFilter::try_from_env("VELOCITY_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let subscriber = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::sync::Mutex::new(file));
    // Already set means that a test set it.
    let _ = subscriber.try_init();
    Ok(())
}
