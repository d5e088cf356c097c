//! As whom SNMP agents are asked: typed, read from standard input, or from the vault; never an argument.

use app::snmp::{AgentLogin, Cipher, Digest, Login, User};
use app::vault::Kind;
use app::{AppError, Via};
use clap::Args;

use crate::context::Context;
use crate::secrets::LoginFlags;
use crate::source::Source;

#[derive(Args, Debug, Clone)]
pub struct SnmpFlags {
    /// Ask for a v2c community
    #[arg(long)]
    snmp_community: bool,
    /// Read the community from standard input; lines for SNMP come before those for accounts
    #[arg(long)]
    snmp_community_stdin: bool,
    /// SNMPv3 user
    #[arg(long, value_name = "NAME")]
    snmp_user: Option<String>,
    /// How the v3 user is proven: md5, sha, sha224, sha256, sha384, sha512
    #[arg(long, value_name = "DIGEST", requires = "snmp_user")]
    snmp_auth: Option<Digest>,
    /// How its messages are hidden: des, aes, aes192, aes256; aes192c, aes256c as Cisco has them
    #[arg(long, value_name = "CIPHER", requires = "snmp_auth")]
    snmp_privacy: Option<Cipher>,
    /// Read its passwords from standard input, a line for each: of the digest, then of the cipher
    #[arg(long, requires = "snmp_user")]
    snmp_passwords_stdin: bool,
    /// UDP port of the agents
    #[arg(long, default_value_t = 161, value_name = "PORT")]
    pub snmp_port: u16,
}

impl SnmpFlags {
    fn are_given(&self) -> bool {
        self.snmp_community || self.snmp_community_stdin || self.snmp_user.is_some()
    }

    fn read_stdin(&self) -> bool {
        self.snmp_community_stdin || self.snmp_passwords_stdin
    }

    /// How to ask when nobody says: by what there are secrets for. Of the vault all count when none is typed or named.
    pub async fn via(&self, login: &LoginFlags, cx: &Context) -> anyhow::Result<Via> {
        let for_agents = named(&login.credentials, cx).await?.len();
        let by_ssh = !login.users.is_empty() || login.credentials.len() > for_agents;
        let by_snmp = self.are_given() || for_agents > 0;
        Ok(match (by_ssh, by_snmp) {
            (true, true) => Via::Both,
            (true, false) => Via::Ssh,
            (false, true) => Via::Snmp,
            (false, false) if login.password_stdin => Via::Ssh,
            (false, false) => {
                let all = cx.app.credentials(&cx.actor).await?;
                let any = |test: fn(Kind) -> bool| all.iter().any(|c| test(c.kind));
                match (any(|kind| kind == Kind::Login), any(is_for_agents)) {
                    (true, true) => Via::Both,
                    (false, true) => Via::Snmp,
                    _ => Via::Ssh,
                }
            }
        })
    }

    /// Those of the flags, those of the vault that `names` names; without either all of the vault. And where the secrets of
    /// accounts are to be read on, when these came from standard input.
    pub async fn logins(&self, names: &[String], cx: &Context) -> anyhow::Result<(Vec<AgentLogin>, Option<Source>)> {
        let mut source = if self.read_stdin() { Some(Source::stdin()?) } else { None };
        let typed = self.typed(&mut source)?.into_iter();
        let mut logins: Vec<AgentLogin> = typed.map(|login| AgentLogin { credential: None, login }).collect();
        let names = named(names, cx).await?;
        let has_any = || async { Ok::<_, anyhow::Error>(cx.app.credentials(&cx.actor).await?) };
        if !names.is_empty() || (logins.is_empty() && has_any().await?.iter().any(|c| is_for_agents(c.kind))) {
            let vault = cx.shared_vault().await?;
            let names: Vec<String> = names.into_iter().cloned().collect();
            logins.extend(cx.app.snmp_logins_of(&vault, &names)?);
        }
        Ok((logins, source))
    }

    /// The one that an agent is asked as.
    pub async fn login(&self, names: &[String], cx: &Context) -> anyhow::Result<Login> {
        let (mut logins, _) = self.logins(names, cx).await?;
        match logins.len() {
            1 => Ok(logins.remove(0).login),
            0 => {
                Err(AppError::Usage("as whom? give --snmp-community, --snmp-user NAME or --credential NAME".into())
                    .into())
            }
            _ => Err(AppError::Usage("several would do; name one with --credential NAME".into()).into()),
        }
    }

    /// The v3 user first, then the community, in the order in which they are asked for.
    fn typed(&self, source: &mut Option<Source>) -> anyhow::Result<Vec<Login>> {
        if !self.are_given() {
            return Ok(Vec::new());
        }
        let mut terminal = None;
        let source = match source {
            Some(source) => source,
            None if self.snmp_user.is_some() && self.snmp_auth.is_none() && !self.snmp_community => {
                return Ok(self.user(None, None).into_iter().collect());
            }
            None => terminal.insert(Source::terminal()?),
        };
        let mut secret = |what: &str| source.next(&format!("SNMP {what}: "));
        let digest =
            self.snmp_auth.map(|d| Ok::<_, anyhow::Error>((d, secret("authentication password")?))).transpose()?;
        let cipher = self.snmp_privacy.map(|c| Ok::<_, anyhow::Error>((c, secret("privacy password")?))).transpose()?;
        let mut logins: Vec<Login> = self.user(digest, cipher).into_iter().collect();
        if self.snmp_community || self.snmp_community_stdin {
            logins.push(Login::V2c(secret("community")?));
        }
        Ok(logins)
    }

    fn user(
        &self,
        digest: Option<(Digest, secrecy::SecretString)>,
        cipher: Option<(Cipher, secrecy::SecretString)>,
    ) -> Option<Login> {
        Some(Login::V3(User { name: self.snmp_user.clone()?, digest, cipher }))
    }
}

fn is_for_agents(kind: Kind) -> bool {
    matches!(kind, Kind::SnmpCommunity | Kind::SnmpUser)
}

/// Of these names of credentials, those for agents.
pub async fn named<'n>(names: &'n [String], cx: &Context) -> anyhow::Result<Vec<&'n String>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let all = cx.app.credentials(&cx.actor).await?;
    let is = |name: &&String| all.iter().any(|c| c.name.eq_ignore_ascii_case(name) && is_for_agents(c.kind));
    Ok(names.iter().filter(is).collect())
}
