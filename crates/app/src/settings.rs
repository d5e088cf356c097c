//! `config.yaml`, read and written by a person from elsewhere. The password of the database never leaves the machine.

use std::path::PathBuf;

use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{NewAudit, StoreError};

use crate::actor::Role;
use crate::config::FILE;
use crate::doctor::{Finding, things};
use crate::init::private_file;
use crate::{Actor, App, AppError, AppResult, Config};

/// Stands for a password.
const HIDDEN: &str = "********";

/// Bytes of a configuration file.
const LARGEST: usize = 1 << 20;

/// The configuration file.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SettingsView {
    #[schema(value_type = String)]
    pub file: PathBuf,
    /// As it stands there, with `********` for a password.
    pub text: String,
    /// What holds by it, with the defaults for what it does not say.
    #[schema(value_type = Object)]
    pub in_effect: serde_json::Value,
    /// Of the text, for `If-Match`.
    pub version: String,
    /// The file says something else than what this process goes by.
    pub needs_restart: bool,
}

impl App {
    pub fn settings_file(&self, actor: &Actor) -> AppResult<SettingsView> {
        actor.must(Role::Admin, "see the settings")?;
        self.settings_view(&self.config_text()?)
    }

    /// Writes the file anew. `seen`: the version that was looked at.
    ///
    /// # Errors
    /// [`AppError::Usage`] when it is not valid; [`StoreError::Stale`].
    pub async fn write_settings(
        &self,
        actor: &Actor,
        text: &str,
        seen: Option<&str>,
        dry_run: bool,
    ) -> AppResult<SettingsView> {
        actor.must(Role::Admin, "change the settings")?;
        if text.len() > LARGEST {
            return Err(AppError::Usage(format!("a configuration has {LARGEST} bytes at most")));
        }
        let before = self.config_text()?;
        if seen.is_some_and(|seen| seen != version(&before)) {
            return Err(StoreError::Stale("the settings were changed meanwhile; look at them again".into()).into());
        }
        let text = secret_of(&before).map_or_else(|| text.to_owned(), |secret| text.replace(HIDDEN, &secret));
        let path = self.home.join(FILE);
        let invalid = |reason| AppError::Usage(format!("the configuration is not valid: {reason}"));
        let new = Config::parse(&text).map_err(invalid)?;
        // Else the password that is not shown could be sent to a server of somebody's choice.
        if !actor.may_name_files() && new.database_url != Config::parse(&before).unwrap_or_default().database_url {
            return Err(AppError::Usage("`database_url` is changed on the machine of the server alone".into()));
        }
        let view = self.settings_view(&text)?;
        if dry_run {
            return Ok(view);
        }
        let (old, new) = (hidden(&before), hidden(&text));
        let mut tx = self.store.begin().await?;
        let detail = json!({ "before": old, "after": new });
        let entry = NewAudit { actor: &actor.name, action: "settings.edit", object: FILE, detail: &detail };
        tx.audit(&entry, self.now()).await?;
        let beside = path.with_extension("yaml.new");
        std::fs::write(&beside, &text).map_err(|source| AppError::Write { path: beside.clone(), source })?;
        private_file(&beside)?;
        std::fs::rename(&beside, &path).map_err(|source| AppError::Write { path: path.clone(), source })?;
        tx.commit().await?;
        Ok(view)
    }

    /// Looks at everything that can be amiss.
    pub async fn check_up(&self, actor: &Actor, deep: bool) -> AppResult<Vec<Finding>> {
        actor.must(Role::Admin, "see the health of the installation")?;
        let mut findings = vec![things::folder(&self.home), things::disk(&self.home)];
        findings.extend(things::opened(self, deep).await);
        Ok(findings)
    }

    /// Which database it is, in a word.
    pub fn database_name(&self) -> &'static str {
        match self.config.database_url {
            Some(_) => "PostgreSQL",
            None => "SQLite",
        }
    }

    fn config_text(&self) -> AppResult<String> {
        let path = self.home.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
            Err(source) => Err(AppError::Read { path, source }),
        }
    }

    fn settings_view(&self, text: &str) -> AppResult<SettingsView> {
        let told = |config: &Config| {
            let mut config = config.clone();
            config.database_url = config.database_url.map(|url| hidden(&format!("database_url: {url}")));
            let value = serde_json::to_value(&config);
            value.map(|mut v| {
                if let Some(url) = v.get_mut("database_url").filter(|u| u.is_string()) {
                    let text = url.as_str().unwrap_or_default().trim_start_matches("database_url: ").to_owned();
                    *url = text.into();
                }
                v
            })
        };
        let said = Config::parse(text).map_err(AppError::Usage)?;
        let needs_restart = serde_json::to_value(&said)? != serde_json::to_value(&*self.config)?;
        Ok(SettingsView {
            file: self.home.join(FILE),
            text: hidden(text),
            in_effect: told(&self.config)?,
            version: version(text),
            needs_restart,
        })
    }
}

/// Of the text as it is shown: the password of the database is not in it, not even as a hash.
fn version(text: &str) -> String {
    Sha256::digest(hidden(text).as_bytes()).iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// Where the password of the database stands in a line, if there is one.
fn secret_span(line: &str) -> Option<std::ops::Range<usize>> {
    let url = line.find("database_url")?;
    let begin = url + line[url..].find("://")? + 3;
    let end = begin + line[begin..].rfind('@')?;
    let colon = begin + line[begin..end].find(':')? + 1;
    Some(colon..end)
}

fn secret_of(text: &str) -> Option<String> {
    text.lines().filter(|l| !l.trim_start().starts_with('#')).find_map(|l| Some(l[secret_span(l)?].to_owned()))
}

/// The text without the password of the database, in comments too.
fn hidden(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match secret_span(line) {
            Some(span) => {
                shown.push_str(&line[..span.start]);
                shown.push_str(HIDDEN);
                shown.push_str(&line[span.end..]);
            }
            None => shown.push_str(line),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{hidden, secret_of};

    #[test]
    fn the_password_of_the_database_is_not_shown() {
        let text = "a: 1\ndatabase_url: postgres://velocity:p@ss:word@db.example/velocity # x\n# database_url: postgres://u:old@h/d\n";
        let shown = hidden(text);
        assert!(!shown.contains("word") && !shown.contains("old"), "{shown}");
        assert!(shown.contains("postgres://velocity:********@db.example/velocity # x"), "{shown}");
        assert_eq!(secret_of(text).as_deref(), Some("p@ss:word"));
        assert_eq!(shown.replacen("********", "p@ss:word", 1).lines().nth(1), text.lines().nth(1));
        assert_eq!(hidden("database_url: postgres://u@h/d\n"), "database_url: postgres://u@h/d\n");
    }
}
