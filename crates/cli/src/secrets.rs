//! Accounts for a run: typed, read from standard input, or from the vault; never an argument, never stored in clear.

use app::vault::Kind;
use app::{AppError, Login};
use clap::Args;
use model::text::shown;
use secrecy::SecretString;

use crate::context::Context;
use crate::source::Source;

#[derive(Args, Debug, Clone)]
pub struct LoginFlags {
    /// Account to log in with; may be given more than once, tried in this order
    #[arg(long = "user", short = 'u', value_name = "NAME")]
    pub users: Vec<String>,
    /// Take these log-ins from the vault, and no others; without --user and this, all of them
    #[arg(long = "credential", value_name = "NAME,…", value_delimiter = ',')]
    pub credentials: Vec<String>,
    /// Read the password from standard input: one line for each --user, the last one serves the rest
    #[arg(long)]
    pub password_stdin: bool,
    /// Ask for the enable secret too (with --password-stdin: it is the last line); without this, the password serves
    #[arg(long)]
    pub enable: bool,
}

impl LoginFlags {
    /// The accounts with their secrets: those of --user and --credential; else all log-ins of the vault; else `known`,
    /// which worked before.
    pub async fn logins(&self, cx: &Context, known: &[String]) -> anyhow::Result<Vec<Login>> {
        self.logins_after(cx, known, None).await
    }

    /// As [`LoginFlags::logins`], from a source that gave other secrets before.
    pub async fn logins_after(
        &self,
        cx: &Context,
        known: &[String],
        mut source: Option<Source>,
    ) -> anyhow::Result<Vec<Login>> {
        let mut logins = if self.users.is_empty() { Vec::new() } else { self.typed(&self.users, source.take())? };
        if self.takes_from_the_vault(cx).await? {
            let vault = cx.vault().await?;
            let for_agents = crate::snmp_flags::named(&self.credentials, cx).await?;
            let names: Vec<String> =
                self.credentials.iter().filter(|name| !for_agents.contains(name)).cloned().collect();
            let (from_vault, left_out) = cx.app.logins_of(&vault, &names)?;
            left_out.iter().for_each(|why| eprintln!("note: {}", shown(why)));
            logins.extend(from_vault);
        } else if logins.is_empty() {
            logins = self.typed(known, source)?;
        }
        match logins.is_empty() {
            true => Err(AppError::Usage("which account? give it with --user NAME".into()).into()),
            false => Ok(logins),
        }
    }

    /// Whoever says where a password comes from means no vault.
    async fn takes_from_the_vault(&self, cx: &Context) -> anyhow::Result<bool> {
        if !self.credentials.is_empty() {
            return Ok(true);
        }
        if !self.users.is_empty() || self.password_stdin || self.enable {
            return Ok(false);
        }
        Ok(cx.app.credentials(&cx.actor).await?.iter().any(|c| c.kind == Kind::Login))
    }

    fn typed(&self, users: &[String], source: Option<Source>) -> anyhow::Result<Vec<Login>> {
        if users.is_empty() {
            return Ok(Vec::new());
        }
        let mut source = match source {
            Some(source) => source,
            None if self.password_stdin => Source::stdin()?,
            None => Source::terminal()?,
        };
        let enable = if self.enable { Some(source.last("Enable secret: ")?) } else { None };
        let passwords = users.iter().map(|user| source.next_or_same(&format!("Password for {user}: ")));
        let passwords = passwords.collect::<anyhow::Result<Vec<_>>>()?;
        let login = |(user, password): (&String, SecretString)| {
            let enable = enable.clone().unwrap_or_else(|| password.clone());
            Login::password(user, password).with_enable(enable)
        };
        Ok(users.iter().zip(passwords).map(login).collect())
    }
}
