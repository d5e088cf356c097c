//! Accounts for a run: typed, read from standard input, or from the vault; never an argument, never stored in clear.

use std::net::SocketAddr;

use app::vault::Kind;
use app::{AppError, Login, Proof, Settings};
use clap::Args;
use model::text::shown;
use secrecy::SecretString;

use crate::context::Context;
use crate::source::Source;
use crate::way_flags::WayFlags;

#[derive(Args, Debug, Clone)]
pub struct LoginFlags {
    /// Account to log in with; may be given more than once, tried in this order
    #[arg(long = "user", short = 'u', value_name = "NAME")]
    pub users: Vec<String>,
    /// Take these log-ins from the vault, and no others; without --user and this, all of them
    #[arg(long = "credential", alias = "credentials", value_name = "NAME,…", value_delimiter = ',')]
    pub credentials: Vec<String>,
    /// Read the password from standard input: one line for each --user, the last one serves the rest; before them,
    /// passphrases of keys and passwords of jump hosts
    #[arg(long)]
    pub password_stdin: bool,
    /// Ask for the enable secret too (with --password-stdin: it is the last line); without this, the password serves
    #[arg(long)]
    pub enable: bool,
    #[command(flatten)]
    pub way: WayFlags,
}

/// Asked for when the first secret is needed, and once.
struct Asking<'f> {
    flags: &'f LoginFlags,
    source: Option<Source>,
}

impl Asking<'_> {
    fn source(&mut self) -> anyhow::Result<&mut Source> {
        let fresh = match self.source.take() {
            Some(source) => source,
            None if self.flags.password_stdin => Source::stdin()?,
            None => Source::terminal()?,
        };
        Ok(self.source.insert(fresh))
    }
}

impl LoginFlags {
    /// Where the command line says nothing of log-ins, those that a job names.
    pub fn with_those_of(mut self, job: &[String]) -> Self {
        if self.credentials.is_empty() && self.users.is_empty() && !self.password_stdin {
            self.credentials = job.to_vec();
        }
        self
    }

    /// The accounts with their secrets, and the settings with the ways to the devices. `known`: accounts that worked
    /// before; `hosts`: names and addresses of what is dialled, as far as they are known; `source`: one that gave other
    /// secrets before.
    ///
    /// Secrets are asked for in this order: passphrases of keys, passwords of jump hosts, passwords of accounts.
    pub async fn enter(
        &self,
        cx: &Context,
        known: &[String],
        hosts: &[(String, SocketAddr)],
        settings: Settings,
        source: Option<Source>,
    ) -> anyhow::Result<(Vec<Login>, Settings)> {
        let entered = self.enter_one_of(cx, known, hosts, settings, source).await;
        cx.close_vault().await;
        entered
    }

    /// As [`LoginFlags::enter`], where more are entered: the vault, whose password is given once, stays open until
    /// [`Context::close_vault`].
    pub async fn enter_one_of(
        &self,
        cx: &Context,
        known: &[String],
        hosts: &[(String, SocketAddr)],
        settings: Settings,
        source: Option<Source>,
    ) -> anyhow::Result<(Vec<Login>, Settings)> {
        let mut asking = Asking { flags: self, source };
        // Taken first: it is the last line.
        let enable = if self.enable { Some(asking.source()?.last("Enable secret: ")?) } else { None };
        // A line for each: what opens a key must not go to a device as a password.
        let mut ask = |question: &str| asking.source()?.next(question);
        let proofs = self.way.proofs(&mut ask)?;
        let routes = self.way.routes(settings.routes.clone(), &proofs, hosts, &mut ask)?;
        let by_config = match self.users.is_empty() && self.credentials.is_empty() {
            true => self.way.logins(hosts, &mut ask)?,
            false => Vec::new(),
        };
        let logins = match by_config.is_empty() {
            true => self.logins(cx, known, &proofs, enable, &mut asking).await?,
            false => by_config,
        };
        Ok((logins, Settings { routes, ..settings }))
    }

    /// Those of --user and --credential; else all log-ins of the vault; else `known`, which worked before.
    async fn logins(
        &self,
        cx: &Context,
        known: &[String],
        proofs: &[Proof],
        enable: Option<SecretString>,
        asking: &mut Asking<'_>,
    ) -> anyhow::Result<Vec<Login>> {
        let mut typed = |users: &[String]| self.typed(users, proofs, enable.as_ref(), asking);
        let mut logins = typed(&self.users)?;
        if self.takes_from_the_vault(cx).await? {
            let for_agents = crate::snmp_flags::named(&self.credentials, cx).await?;
            let names: Vec<String> =
                self.credentials.iter().filter(|name| !for_agents.contains(name)).cloned().collect();
            // Without a name all of them are meant; but where only agents are named, none is.
            if self.credentials.is_empty() || !names.is_empty() {
                let (from_vault, left_out) = cx.app.logins_of(&*cx.shared_vault().await?, &names).await?;
                left_out.iter().for_each(|why| eprintln!("note: {}", shown(why)));
                logins.extend(from_vault);
            }
        } else if logins.is_empty() {
            logins = typed(known)?;
        }
        match logins.is_empty() {
            true => Err(AppError::Usage("which account? give it with --user NAME".into()).into()),
            false => Ok(logins),
        }
    }

    /// As whom [`LoginFlags::enter`] would log in, without secrets: nobody is asked, and no vault is opened.
    pub async fn expected(&self, cx: &Context, known: &[String]) -> anyhow::Result<Vec<Login>> {
        let bare = |name: &String| Login::new(name, Vec::new());
        let mut logins: Vec<Login> = self.users.iter().map(bare).collect();
        if self.takes_from_the_vault(cx).await? {
            let is_meant = |name: &str| {
                self.credentials.is_empty() || self.credentials.iter().any(|n| n.eq_ignore_ascii_case(name))
            };
            let all = cx.app.credentials(&cx.actor).await?.into_iter();
            let meant = all.filter(|c| c.kind == Kind::Login && is_meant(&c.name));
            logins.extend(meant.map(|c| {
                let realm = Some(c.realm).filter(|realm| !realm.is_empty());
                Login::new(c.username, Vec::new()).named(c.name).in_realm(realm)
            }));
        } else if logins.is_empty() {
            logins = known.iter().map(bare).collect();
        }
        Ok(logins)
    }

    /// Whoever says where a password comes from means no vault.
    async fn takes_from_the_vault(&self, cx: &Context) -> anyhow::Result<bool> {
        if !self.credentials.is_empty() {
            return Ok(true);
        }
        if !self.users.is_empty() || self.password_stdin || self.enable || self.way.proves() {
            return Ok(false);
        }
        Ok(cx.app.credentials(&cx.actor).await?.iter().any(|c| c.kind == Kind::Login))
    }

    /// Keys and agents spare the password, unless it is handed over.
    fn typed(
        &self,
        users: &[String],
        proofs: &[Proof],
        enable: Option<&SecretString>,
        asking: &mut Asking<'_>,
    ) -> anyhow::Result<Vec<Login>> {
        let login = |user: &String| {
            if !proofs.is_empty() && !self.password_stdin {
                return Ok(Login { enable: enable.cloned(), ..Login::new(user, proofs.to_vec()) });
            }
            let password = asking.source()?.next_or_same(&format!("Password for {user}: "))?;
            let enable = enable.unwrap_or(&password).clone();
            let proofs = proofs.iter().cloned().chain([Proof::Password(password)]).collect();
            Ok(Login::new(user, proofs).with_enable(enable))
        };
        users.iter().map(login).collect()
    }
}
