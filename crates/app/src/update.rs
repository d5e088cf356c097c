//! Whether there is a newer version: asked when somebody wants to know, at the address that `config.yaml` names.

use connectors::{AskError, Trust};
use serde::Serialize;

use crate::actor::Role;
use crate::config::FILE;
use crate::{Actor, App, AppError, AppResult};

/// What the address says.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateView {
    /// `1.2.3`
    pub installed: String,
    pub newest: String,
    /// The newest comes after what is installed.
    pub is_newer: bool,
    /// Where the newest can be read about or had, as the address says.
    pub url: Option<String>,
    /// Who was asked.
    pub asked: String,
}

impl App {
    /// Asks which version is the newest. `ca`: certificates of authorities beside those of the machine, PEM.
    ///
    /// # Errors
    /// [`AppError::Usage`] when no address is configured, or none that can be asked; [`AppError::Asked`] when it did not say.
    pub async fn check_update(&self, actor: &Actor, ca: Option<Vec<u8>>) -> AppResult<UpdateView> {
        actor.must(Role::Viewer, "look for a newer version")?;
        let none = || {
            AppError::Usage(format!(
                "nobody is asked for newer versions; put `update: {{url: https://…/latest.json}}` into {}: a page that says \
                 {{\"version\": \"1.2.3\", \"url\": \"https://…\"}}, or the latest release of a forge by its API",
                self.home().join(FILE).display()
            ))
        };
        let asked = self.config.update.url.clone().ok_or_else(none)?;
        let trust = ca.map_or(Trust::Machine, Trust::Also);
        let newest = connectors::releases::newest(&asked, trust).await.map_err(|error| match error {
            AskError::Usage(text) => AppError::Usage(format!("update.url of {FILE}: {text}")),
            other => AppError::Asked(other),
        })?;
        let installed = env!("CARGO_PKG_VERSION").to_owned();
        let is_newer = newest.is_after(&installed);
        Ok(UpdateView { installed, newest: newest.version.to_string(), is_newer, url: newest.url, asked })
    }
}
