//! What every command has: the app, who asks, and where answers go.

use std::path::PathBuf;

use anyhow::Context as _;
use app::{Actor, App};

use crate::output::Out;

/// The global flags, before anything is opened.
pub struct Start {
    pub home: Option<PathBuf>,
    pub json: bool,
}

pub struct Context {
    pub app: App,
    pub actor: Actor,
    pub out: Out,
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
        let home = self.home()?;
        let app = App::open(&home).await?;
        log_to(&home)?;
        Ok(Context { app, actor: Actor::local(), out: self.out() })
    }
}

/// Logs go to a file as JSON lines; the terminal is for answers. `VELOCITY_LOG` sets the level.
fn log_to(home: &std::path::Path) -> anyhow::Result<()> {
    use tracing_subscriber::EnvFilter;
    let folder = home.join("logs");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let file = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("velocity.log"))?;
    let filter = EnvFilter::try_from_env("VELOCITY_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let subscriber = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::sync::Mutex::new(file));
    // Already set means that a test set it.
    let _ = subscriber.try_init();
    Ok(())
}
