//! SNMP: as whom agents are asked in a discovery, and questions to one agent for the engineer on call.

use std::net::SocketAddr;

use ::snmp::{Access, Client, Endpoint, Limits, Oid, SnmpError, typed};
use ::vault::{AuthProtocol, PrivacyProtocol, Secret};
use discovery::Via;
use serde::{Deserialize, Serialize};

pub use discovery::AgentLogin;

pub use ::snmp::{Cipher, Digest, Login, User};

use crate::actor::Role;
use crate::vault::OpenVault;
use crate::{Actor, App, AppError, AppResult};

/// Whether agents are asked, and where; no secret is in it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct AskedAgents {
    pub via: Via,
    pub port: u16,
}

impl Default for AskedAgents {
    fn default() -> Self {
        Self { via: Via::Ssh, port: ::snmp::PORT }
    }
}

/// As whom agents are asked.
#[derive(Debug, Clone, Default)]
pub struct Agents {
    pub asked: AskedAgents,
    /// Tried in this order on every agent.
    pub logins: Vec<AgentLogin>,
}

impl Agents {
    pub(crate) async fn open(&self) -> AppResult<discovery::Agents> {
        if self.logins.is_empty() {
            return Err(AppError::Usage("to ask agents by SNMP takes a community or a v3 user".into()));
        }
        let agents = discovery::Agents::open(&self.logins, self.asked.port, Limits::default()).await;
        agents.map_err(|e| unusable(&e))
    }
}

/// A binding as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct BindingView {
    pub oid: String,
    /// As net-snmp names it; empty for what is no value.
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub value: String,
    /// The whole as a line.
    #[serde(skip)]
    pub line: String,
}

/// What a walk brought, and why it is not all.
#[derive(Debug)]
pub struct WalkView {
    pub bindings: Vec<BindingView>,
    pub cut: Option<String>,
}

impl App {
    /// Credentials of the vault as SNMP logins, in the order of the names; without names all of them. Others are left out, but a
    /// named one must be one.
    pub fn snmp_logins_of(&self, vault: &OpenVault, names: &[String]) -> AppResult<Vec<AgentLogin>> {
        if !names.is_empty() {
            let no =
                |name: &String| AppError::Usage(format!("credential `{name}` is neither a community nor a v3 user"));
            return names.iter().map(|name| login(vault, name)?.ok_or_else(|| no(name))).collect();
        }
        let all = vault.credentials()?;
        all.iter().filter_map(|c| login(vault, &c.name).transpose()).collect()
    }

    /// What an agent has for each of these objects.
    pub async fn snmp_get(
        &self,
        actor: &Actor,
        addr: SocketAddr,
        as_whom: &Login,
        oids: &[String],
    ) -> AppResult<Vec<BindingView>> {
        actor.must(Role::Operator, "ask an SNMP agent")?;
        let oids = oids.iter().map(|text| oid(text)).collect::<AppResult<Vec<_>>>()?;
        let answer = client(addr, as_whom).await?.get(&oids).await;
        Ok(answer.map_err(|e| unusable(&e))?.iter().map(view).collect())
    }

    /// All that an agent has below an object.
    pub async fn snmp_walk(&self, actor: &Actor, addr: SocketAddr, as_whom: &Login, root: &str) -> AppResult<WalkView> {
        actor.must(Role::Operator, "ask an SNMP agent")?;
        let walk = client(addr, as_whom).await?.walk(&oid(root)?).await;
        Ok(WalkView { bindings: walk.bindings.iter().map(view).collect(), cut: walk.cut.map(|e| e.to_string()) })
    }
}

async fn client(addr: SocketAddr, login: &Login) -> AppResult<Client> {
    let access = Access::new(login).map_err(|e| unusable(&e))?;
    let endpoint = Endpoint::bind(Limits::default()).await.map_err(|e| unusable(&e))?;
    endpoint.client(addr, &access).await.map_err(|e| unusable(&e))
}

fn oid(text: &str) -> AppResult<Oid> {
    let bad = || AppError::Usage(format!("`{}` is not an OID; write 1.3.6.1.2.1.1", model::text::shown(text)));
    Oid::parse(text.trim_start_matches('.')).ok().filter(|o| o.len() > 1).ok_or_else(bad)
}

fn view(binding: &::snmp::Binding) -> BindingView {
    let (kind, value) = typed(&binding.value);
    BindingView { oid: binding.oid.to_string(), kind, value, line: ::snmp::line(binding) }
}

fn unusable(error: &SnmpError) -> AppError {
    AppError::Invalid(error.to_string())
}

/// `None` for a credential that is for something else.
fn login(vault: &OpenVault, name: &str) -> AppResult<Option<AgentLogin>> {
    let username = || vault.credentials().map(|all| all.into_iter().find(|c| c.name == name).map(|c| c.username));
    let login = match vault.secret(name)? {
        Secret::SnmpCommunity(community) => Some(Login::V2c(community)),
        Secret::SnmpUser(user) => Some(Login::V3(User {
            name: username()?.unwrap_or_default(),
            digest: user.auth.map(|(protocol, secret)| (digest(protocol), secret)),
            cipher: user.privacy.map(|(protocol, secret)| (cipher(protocol), secret)),
        })),
        Secret::Login(_) | Secret::Token(_) => None,
    };
    Ok(login.map(|login| AgentLogin { credential: Some(name.to_owned()), login }))
}

fn digest(protocol: AuthProtocol) -> Digest {
    match protocol {
        AuthProtocol::Md5 => Digest::Md5,
        AuthProtocol::Sha1 => Digest::Sha1,
        AuthProtocol::Sha224 => Digest::Sha224,
        AuthProtocol::Sha256 => Digest::Sha256,
        AuthProtocol::Sha384 => Digest::Sha384,
        AuthProtocol::Sha512 => Digest::Sha512,
    }
}

fn cipher(protocol: PrivacyProtocol) -> Cipher {
    match protocol {
        PrivacyProtocol::Des => Cipher::Des,
        PrivacyProtocol::Aes128 => Cipher::Aes128,
        PrivacyProtocol::Aes192 => Cipher::Aes192,
        PrivacyProtocol::Aes256 => Cipher::Aes256,
    }
}
