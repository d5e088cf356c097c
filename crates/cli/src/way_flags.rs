//! Flags that say by which way devices are reached, and how one proves who one is besides a password.

use std::collections::HashMap;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use app::{AppError, HostRoutes, Jump, KeyError, Legacy, Login, Proof, Routes, SshConfig, Tunnel};
use clap::{Args, ValueEnum};
use secrecy::SecretString;

/// Asks for a secret by this question.
type AskSecret<'a> = dyn FnMut(&str) -> anyhow::Result<SecretString> + 'a;

#[derive(Args, Debug, Clone, Default)]
pub struct WayFlags {
    /// Log in with this private key, and with the certificate FILE-cert.pub beside it; may be given more than once
    #[arg(long = "key", value_name = "FILE")]
    keys: Vec<PathBuf>,
    /// Log in with the keys of the SSH agent
    #[arg(long)]
    agent: bool,
    /// Hosts to pass on the way, the first one first; the keys or the agent log in there, or else a password
    #[arg(long, value_name = "USER@HOST[:PORT]", value_delimiter = ',')]
    jump: Vec<String>,
    /// Read HostName, User, Port, IdentityFile, ProxyJump and algorithms from an SSH configuration file
    #[arg(long, value_name = "FILE")]
    ssh_config: Option<PathBuf>,
    /// Speak telnet where a port does not speak SSH: everything goes in the clear, the password too
    #[arg(long)]
    telnet: bool,
    /// Old SSH algorithms for hosts that know no other: nowhere, or wherever there is no modern one in common
    #[arg(long, value_enum, value_name = "WHEN")]
    legacy_algorithms: Option<LegacyFlag>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LegacyFlag {
    Never,
    Fallback,
}

impl WayFlags {
    /// Whether nobody need be asked for a password.
    pub fn proves(&self) -> bool {
        self.agent || !self.keys.is_empty()
    }

    /// The keys and the agent.
    pub fn proofs(&self, ask: &mut AskSecret<'_>) -> anyhow::Result<Vec<Proof>> {
        let mut proofs = Vec::new();
        for path in &self.keys {
            proofs.extend(key(path, ask)?);
        }
        if self.agent {
            proofs.push(Proof::agent()?);
        }
        Ok(proofs)
    }

    /// What the configuration file says, when one was asked for.
    fn config(&self) -> anyhow::Result<Option<SshConfig>> {
        Ok(self.ssh_config.as_deref().map(SshConfig::read).transpose()?)
    }

    /// The ways to devices; jump hosts are logged in to with these proofs, or else with a password that is asked for.
    pub fn routes(
        &self,
        routes: Routes,
        proofs: &[Proof],
        hosts: &[(String, SocketAddr)],
        ask: &mut AskSecret<'_>,
    ) -> anyhow::Result<Routes> {
        let config = self.config()?;
        let legacy = match self.legacy_algorithms {
            None => routes.legacy,
            Some(LegacyFlag::Never) => Legacy::Never,
            Some(LegacyFlag::Fallback) => Legacy::Fallback,
        };
        let mut tunnel = |jumps: &[String]| -> anyhow::Result<Arc<Tunnel>> {
            let jumps = jumps.iter().map(|spec| jump(spec, config.as_ref(), proofs, ask));
            Ok(Arc::new(Tunnel::new(jumps.collect::<anyhow::Result<Vec<_>>>()?, legacy)))
        };
        let via = if self.jump.is_empty() { None } else { Some(tunnel(&self.jump)?) };
        let mut tunnels = HashMap::new();
        // Those of the command line lead everywhere.
        let lists = config.iter().flat_map(SshConfig::jumps).filter(|_| via.is_none());
        for list in lists {
            let way = tunnel(&list)?;
            tunnels.insert(list, way);
        }
        let names = hosts.iter().map(|(name, addr)| (*addr, name.clone())).collect();
        let by_host = config.map(|config| Arc::new(HostRoutes { config, names, tunnels }));
        Ok(Routes { via, telnet: self.telnet || routes.telnet, legacy, by_host, ..routes })
    }

    /// A seed as it was given: an address, or a name that the configuration file knows.
    pub fn seed(&self, text: &str, port: u16) -> anyhow::Result<SocketAddr> {
        let Some(config) = self.config()? else {
            return app::config::parse_address(text, port).map_err(|e| AppError::Usage(e).into());
        };
        let host = config.of(text);
        let (name, port) = (host.host_name.as_deref().unwrap_or(text), host.port.unwrap_or(port));
        app::config::parse_address(name, port).or_else(|_| resolve(name, port))
    }

    /// Who logs in when no user was named: whom the configuration file says, with the keys that it names.
    pub fn logins(&self, hosts: &[(String, SocketAddr)], ask: &mut AskSecret<'_>) -> anyhow::Result<Vec<Login>> {
        let Some(config) = self.config()? else { return Ok(Vec::new()) };
        let mut users: Vec<(String, Vec<PathBuf>)> = Vec::new();
        for host in hosts.iter().map(|(name, _)| config.of(name)) {
            if let Some(user) = host.user {
                let user = (user, host.identity_files);
                users.extend(Some(user).filter(|user| !users.contains(user)));
            }
        }
        let mut logins = Vec::new();
        for (user, files) in users {
            let mut proofs = Vec::new();
            for path in &files {
                proofs.extend(key(path, ask)?);
            }
            proofs.extend(self.proofs(ask)?);
            if proofs.is_empty() {
                proofs.push(Proof::Password(ask(&format!("Password for {user}: "))?));
            }
            logins.push(Login::new(user, proofs));
        }
        Ok(logins)
    }
}

/// The certificate of a key, when there is one, and the key.
fn key(path: &Path, ask: &mut AskSecret<'_>) -> anyhow::Result<Vec<Proof>> {
    let named = || format!("the key {}", path.display());
    let text = zeroize::Zeroizing::new(std::fs::read_to_string(path).with_context(named)?);
    let passphrase = match Proof::key(&text, None) {
        Err(KeyError::PassphraseNeeded) => Some(ask(&format!("Passphrase for {}: ", path.display()))?),
        Err(e) => return Err(e).with_context(named),
        Ok(_) => None,
    };
    let certificate = PathBuf::from(format!("{}-cert.pub", path.display()));
    let mut proofs = Vec::new();
    if certificate.exists() {
        let line = std::fs::read_to_string(&certificate)?;
        let proof = Proof::certificate(&text, passphrase.as_ref(), &line);
        proofs.push(proof.with_context(|| format!("the certificate {}", certificate.display()))?);
    }
    proofs.push(Proof::key(&text, passphrase.as_ref()).with_context(named)?);
    Ok(proofs)
}

/// `[user@]host[:port]`; what it does not say, the configuration file may.
fn jump(spec: &str, config: Option<&SshConfig>, proofs: &[Proof], ask: &mut AskSecret<'_>) -> anyhow::Result<Jump> {
    let (user, rest) = spec.rsplit_once('@').map_or((None, spec), |(user, rest)| (Some(user.to_owned()), rest));
    let (name, port) = host_port(rest);
    let host = config.map(|config| config.of(name)).unwrap_or_default();
    let Some(user) = user.or(host.user) else {
        return Err(AppError::Usage(format!("which account on the jump host? give it as USER@{rest}")).into());
    };
    let address = host.host_name.as_deref().unwrap_or(name);
    let addr = resolve(address, port.or(host.port).unwrap_or(22))?;
    let mut own = Vec::new();
    for path in &host.identity_files {
        own.extend(key(path, ask)?);
    }
    own.extend_from_slice(proofs);
    if own.is_empty() {
        own.push(Proof::Password(ask(&format!("Password for {user} on jump host {rest}: "))?));
    }
    Ok(Jump { addr, login: Arc::new(Login::new(user, own)) })
}

/// `host`, `host:2222`, `[2001:db8::1]:2222`, `2001:db8::1`.
fn host_port(text: &str) -> (&str, Option<u16>) {
    if let Some((host, port)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (host, port.strip_prefix(':').and_then(|port| port.parse().ok()));
    }
    match text.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') && port.parse::<u16>().is_ok() => (host, port.parse().ok()),
        _ => (text, None),
    }
}

fn resolve(name: &str, port: u16) -> anyhow::Result<SocketAddr> {
    let found = (name, port).to_socket_addrs().with_context(|| format!("cannot find the address of `{name}`"))?;
    match found.into_iter().next() {
        Some(addr) => Ok(addr),
        None => bail!("`{name}` has no address"),
    }
}

#[test]
fn a_jump_host_has_a_name_and_may_have_a_port() {
    let check = |text, host, port| assert_eq!(host_port(text), (host, port), "{text}");
    check("bastion", "bastion", None);
    check("bastion:2222", "bastion", Some(2222));
    check("[2001:db8::1]:2222", "2001:db8::1", Some(2222));
    check("2001:db8::1", "2001:db8::1", None);
}
