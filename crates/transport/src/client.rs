//! From an address to an authenticated SSH connection.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::pattern;
use russh::AlgorithmKind;
use russh::client::{self, DisconnectReason, Handle};
use russh::keys::PublicKeyOrCertificate;
use tokio::time::timeout;

use crate::algorithms;
use crate::error::{Clock, Phase, SessionError};
use crate::host_keys::{HostKey, HostKeyVerdict, HostKeys, Known, Suite};
use crate::limits::Limits;
use crate::socket::{self, Guard};
use crate::target::{Legacy, Stream, Target};

/// What the server says beside the channel: its banner, its reason for leaving.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub banner: String,
    pub farewell: String,
}

pub(crate) struct Client {
    addr: SocketAddr,
    host_keys: Arc<dyn HostKeys>,
    said: Arc<Mutex<Said>>,
}

pub(crate) struct Connection {
    pub handle: Handle<Client>,
    pub guard: Guard,
    pub said: Arc<Mutex<Said>>,
    /// What was offered.
    pub suite: Suite,
    /// What this server wants behind the name of the user.
    suffix: String,
}

#[derive(Debug)]
pub(crate) enum ClientError {
    Ssh(russh::Error),
    HostKeyChanged { known: String, got: String },
    HostKeyRevoked { got: String },
}

impl From<russh::Error> for ClientError {
    fn from(e: russh::Error) -> ClientError {
        ClientError::Ssh(e)
    }
}

impl client::Handler for Client {
    type Error = ClientError;

    async fn auth_banner(&mut self, banner: &str, _: &mut client::Session) -> Result<(), ClientError> {
        let mut said = lock(&self.said);
        let room = 16_384usize.saturating_sub(said.banner.len());
        said.banner.extend(banner.chars().take(room));
        Ok(())
    }

    async fn check_server_key(&mut self, key: &PublicKeyOrCertificate) -> Result<bool, ClientError> {
        let PublicKeyOrCertificate::PublicKey { key, .. } = key else { return Ok(false) };
        let key = HostKey::of(key);
        match self.host_keys.check(self.addr, &key) {
            HostKeyVerdict::Trusted | HostKeyVerdict::New => Ok(true),
            HostKeyVerdict::Changed { known } => Err(ClientError::HostKeyChanged { known, got: key.fingerprint }),
            HostKeyVerdict::Revoked => Err(ClientError::HostKeyRevoked { got: key.fingerprint }),
        }
    }

    async fn kex_done(
        &mut self,
        _: Option<&[u8]>,
        names: &russh::Names,
        _: &mut client::Session,
    ) -> Result<(), ClientError> {
        self.host_keys.agreed(self.addr, &algorithms::negotiated(names));
        Ok(())
    }

    async fn disconnected(&mut self, reason: DisconnectReason<ClientError>) -> Result<(), ClientError> {
        if let DisconnectReason::ReceivedDisconnect(info) = reason {
            lock(&self.said).farewell = info.message.chars().take(200).collect();
        }
        Ok(())
    }
}

pub(crate) fn lock(said: &Mutex<Said>) -> MutexGuard<'_, Said> {
    said.lock().unwrap_or_else(PoisonError::into_inner)
}

/// TCP and the key exchange, each within the time to connect; with old algorithms only where they may be used.
pub(crate) async fn connect(
    target: &Target,
    jump: Option<&Connection>,
    host_keys: &Arc<dyn HostKeys>,
    limits: &Limits,
) -> Result<Connection, SessionError> {
    let known = host_keys.recall(target.addr);
    let is_old = known.suite == Some(Suite::Legacy) && target.legacy != Legacy::Never;
    let suite = if is_old { Suite::Legacy } else { Suite::Modern };
    let stream = target.dial(jump, host_keys, limits).await?;
    match handshake(stream, target, &known, suite, host_keys, limits).await {
        Err(SessionError::NoCommonAlgorithm { kind, ours, theirs }) if known.suite == Some(Suite::Modern) => {
            Err(SessionError::Downgraded { kind, ours, theirs })
        }
        Err(SessionError::NoCommonAlgorithm { .. }) if !is_old && target.legacy == Legacy::Fallback => {
            let stream = target.dial(jump, host_keys, limits).await?;
            handshake(stream, target, &known, Suite::Legacy, host_keys, limits).await
        }
        result => result,
    }
}

async fn handshake(
    stream: Box<dyn Stream>,
    target: &Target,
    known: &Known,
    suite: Suite,
    host_keys: &Arc<dyn HostKeys>,
    limits: &Limits,
) -> Result<Connection, SessionError> {
    let (socket, guard) = socket::guarded(stream);
    let said = Arc::new(Mutex::new(Said::default()));
    let client = Client { addr: target.addr, host_keys: host_keys.clone(), said: said.clone() };
    let config = algorithms::config(suite, known, target.wishes.as_deref());
    match timeout(limits.connect, client::connect_stream(config, socket, client)).await {
        Ok(Ok(handle)) => {
            let version = guard.greeting();
            let suffix = target.suffixes.iter().find(|s| pattern::found(&s.server, &version));
            let suffix = suffix.map(|s| s.suffix.clone()).unwrap_or_default();
            Ok(Connection { handle, guard, said, suite, suffix })
        }
        Ok(Err(e)) => Err(refused_handshake(e, &guard)),
        Err(_) => Err(late(&guard, limits.connect)),
    }
}

/// Silent before its version string, or in the key exchange.
fn late(guard: &Guard, limit: Duration) -> SessionError {
    let (greeting, clock) = (guard.greeting(), Clock::Total);
    let (phase, expected) = match greeting.windows(4).any(|w| w == b"SSH-") {
        true => (Phase::Handshake, "the end of the key exchange"),
        false => (Phase::Banner, "the version string of an SSH server"),
    };
    SessionError::Timeout { phase, expected, clock, limit, tail: dialog::escape(&greeting) }
}

fn refused_handshake(error: ClientError, guard: &Guard) -> SessionError {
    let tail = dialog::escape(&guard.greeting());
    let error = match error {
        ClientError::HostKeyChanged { known, got } => return SessionError::HostKeyChanged { known, got },
        ClientError::HostKeyRevoked { got } => return SessionError::HostKeyRevoked { got },
        ClientError::Ssh(error) => error,
    };
    match error {
        russh::Error::NoCommonAlgo { kind, ours, theirs } => {
            SessionError::NoCommonAlgorithm { kind: name(&kind), ours, theirs }
        }
        russh::Error::HUP | russh::Error::Disconnect | russh::Error::IO(_) => {
            let phase = if tail.contains("SSH-") { Phase::Handshake } else { Phase::Banner };
            SessionError::Lost { phase, tail }
        }
        other => SessionError::Protocol { phase: Phase::Handshake, detail: other.to_string(), tail },
    }
}

fn name(kind: &AlgorithmKind) -> &'static str {
    match kind {
        AlgorithmKind::Kex => "key exchange",
        AlgorithmKind::Key => "host key type",
        AlgorithmKind::Cipher => "cipher",
        AlgorithmKind::Mac => "MAC",
        AlgorithmKind::Compression => "compression",
    }
}

impl Connection {
    /// The user as this server is told of it.
    pub(crate) fn user(&self, username: &str) -> String {
        format!("{username}{}", self.suffix)
    }

    pub(crate) fn lost(&self, phase: Phase) -> SessionError {
        SessionError::Lost { phase, tail: self.said() }
    }

    /// Why the server left, or else the end of its banner.
    pub(crate) fn said(&self) -> String {
        let said = lock(&self.said);
        let said = if said.farewell.is_empty() { &said.banner } else { &said.farewell };
        let from = said.char_indices().rev().nth(199).map_or(0, |(at, _)| at);
        dialog::escape(&said.as_bytes()[from..])
    }
}
