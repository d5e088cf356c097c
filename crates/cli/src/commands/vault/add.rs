//! `velocity vault add`

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::vault::{AuthProtocol, LoginSecret, NewCredential, PrivacyProtocol, Secret, SnmpUser};
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::DryRun;
use crate::context::Context;
use crate::source::{SecretFlags, Source};

#[derive(clap::Args)]
pub struct Args {
    /// What to call it
    name: String,
    /// The account, or the SNMPv3 user
    #[arg(long, short, visible_alias = "username", value_name = "NAME", default_value = "")]
    user: String,
    /// A private key to log in with, in OpenSSH, PEM or PuTTY form; then no password is asked for
    #[arg(long, visible_alias = "key-file", value_name = "FILE")]
    key: Option<PathBuf>,
    /// Ask for the passphrase of the key
    #[arg(long, requires = "key")]
    passphrase: bool,
    /// The OpenSSH certificate of the key
    #[arg(long, value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,
    /// Use the SSH agent of whoever starts the run; then no password is asked for
    #[arg(long)]
    agent: bool,
    /// Ask for a password beside --key or --agent
    #[arg(long)]
    password: bool,
    /// Ask for the enable secret; without one, the password serves
    #[arg(long)]
    enable: bool,
    /// An SNMPv2c community
    #[arg(long, group = "other")]
    snmp_community: bool,
    /// An SNMPv3 user
    #[arg(long, group = "other", requires = "user")]
    snmp_v3: bool,
    /// How the SNMPv3 user proves itself: MD5, SHA, SHA-224, SHA-256, SHA-384, SHA-512, or `none`
    #[arg(long, value_name = "PROTOCOL", default_value = "SHA-256", requires = "snmp_v3")]
    auth: String,
    /// How its packets are kept secret: DES, AES-128, AES-192, AES-256, or `none`
    #[arg(long, value_name = "PROTOCOL", default_value = "AES-128", requires = "snmp_v3")]
    privacy: String,
    /// A token for an outside system
    #[arg(long, group = "other", conflicts_with_all = ["key", "agent", "password", "enable"])]
    token: bool,
    /// Which AAA group the account lives in; none for the device itself
    #[arg(long, value_name = "NAME", default_value = "")]
    realm: String,
    /// A lower number is tried first [default: 100]
    #[arg(long, value_name = "N")]
    priority: Option<i64>,
    /// Make it the default login
    #[arg(long)]
    default: bool,
    #[arg(long, value_name = "TEXT")]
    notes: Option<String>,
    /// Put it in the place of the one that has its name
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    secrets: SecretFlags,
    #[command(flatten)]
    dry: DryRun,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<()> {
    // What opens the vault may be typed, so it goes first.
    let vault = cx.vault().await?;
    let new = NewCredential {
        secret: args.secret()?,
        name: args.name,
        username: args.user,
        realm: args.realm,
        notes: args.notes,
        priority: args.priority,
        is_default: args.default,
    };
    let name = new.name.clone();
    cx.app.add_credential(&cx.actor, vault, new, args.replace, args.dry.dry_run).await?;
    args.dry.told("add", "added", &name, cx)
}

impl Args {
    fn secret(&self) -> anyhow::Result<Secret> {
        let mut source = Asking { flags: &self.secrets, source: None };
        if self.snmp_community {
            return Ok(Secret::SnmpCommunity(source.ask("SNMP community")?));
        }
        if self.token {
            return Ok(Secret::Token(source.ask("Token")?));
        }
        if self.snmp_v3 { self.snmp_user(&mut source) } else { self.login(&mut source) }
    }

    fn login(&self, source: &mut Asking<'_>) -> anyhow::Result<Secret> {
        let has_other = self.key.is_some() || self.agent;
        let mut ask = |wanted: bool, what: &str| wanted.then(|| source.ask(what)).transpose();
        Ok(Secret::Login(LoginSecret {
            password: ask(self.password || !has_other, &format!("Password for {}", self.user))?,
            passphrase: ask(self.passphrase, "Passphrase of the key")?,
            enable: ask(self.enable, "Enable secret")?,
            key: self.key.as_deref().map(read).transpose()?,
            certificate: self.cert.as_deref().map(read).transpose()?,
            agent: self.agent,
        }))
    }

    fn snmp_user(&self, source: &mut Asking<'_>) -> anyhow::Result<Secret> {
        let auth: Option<AuthProtocol> = protocol(&self.auth)?;
        let privacy: Option<PrivacyProtocol> = protocol(&self.privacy)?;
        let mut user = SnmpUser::default();
        if let Some(protocol) = auth {
            user.auth = Some((protocol, source.ask("Authentication passphrase")?));
        }
        // Without authentication there is none, and nobody has to say so.
        if let Some(protocol) = privacy.filter(|_| auth.is_some()) {
            user.privacy = Some((protocol, source.ask("Privacy passphrase")?));
        }
        Ok(Secret::SnmpUser(user))
    }
}

/// Opened when the first secret is asked for: an agent alone needs none.
struct Asking<'a> {
    flags: &'a SecretFlags,
    source: Option<Source>,
}

impl Asking<'_> {
    fn ask(&mut self, what: &str) -> anyhow::Result<SecretString> {
        let source = match self.source.take() {
            Some(source) => source,
            None => self.flags.source()?,
        };
        self.source.insert(source).new_secret(what)
    }
}

fn protocol<T: std::str::FromStr<Err = String>>(word: &str) -> anyhow::Result<Option<T>> {
    if word.eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    Ok(Some(word.parse().map_err(app::AppError::Usage)?))
}

fn read(path: &Path) -> anyhow::Result<SecretString> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Zeroizing::new(text).as_str().into())
}
