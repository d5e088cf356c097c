//! From an address to an authenticated SSH connection.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use russh::AlgorithmKind;
use russh::client::{self, DisconnectReason, Handle};
use russh::keys::{Algorithm, HashAlg, PublicKey, PublicKeyOrCertificate};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

use crate::algorithms;
use crate::error::{Phase, SessionError};
use crate::host_keys::{HostKey, HostKeyVerdict, HostKeys};
use crate::socket::{self, Guard};

static CONFIG: LazyLock<Arc<client::Config>> = LazyLock::new(|| {
    Arc::new(client::Config {
        client_id: russh::SshId::Standard("SSH-2.0-velocity".into()),
        preferred: algorithms::modern(),
        window_size: 1 << 20,
        nodelay: true,
        gex: client::GexParams::new(2048, 2048, 4096).unwrap_or_default(),
        ..client::Config::default()
    })
});

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
}

#[derive(Debug)]
pub(crate) enum ClientError {
    Ssh(russh::Error),
    HostKeyChanged { known: String, got: String },
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
        let PublicKeyOrCertificate::PublicKey { key, hash_alg } = key else { return Ok(false) };
        let key = HostKey {
            algorithm: algorithm(key, *hash_alg),
            fingerprint: key.fingerprint(HashAlg::Sha256).to_string(),
            openssh: key.to_openssh().unwrap_or_default(),
        };
        match self.host_keys.check(self.addr, &key) {
            HostKeyVerdict::Trusted | HostKeyVerdict::New => Ok(true),
            HostKeyVerdict::Changed { known } => Err(ClientError::HostKeyChanged { known, got: key.fingerprint }),
        }
    }

    async fn disconnected(&mut self, reason: DisconnectReason<ClientError>) -> Result<(), ClientError> {
        if let DisconnectReason::ReceivedDisconnect(info) = reason {
            lock(&self.said).farewell = info.message.chars().take(200).collect();
        }
        Ok(())
    }
}

/// With the hash for RSA, as it was negotiated.
fn algorithm(key: &PublicKey, hash: Option<HashAlg>) -> String {
    match key.algorithm() {
        Algorithm::Rsa { .. } => Algorithm::Rsa { hash }.to_string(),
        other => other.to_string(),
    }
}

pub(crate) fn lock(said: &Mutex<Said>) -> MutexGuard<'_, Said> {
    said.lock().unwrap_or_else(PoisonError::into_inner)
}

/// TCP and the key exchange, both within `limit`.
pub(crate) async fn connect(
    addr: SocketAddr,
    host_keys: &Arc<dyn HostKeys>,
    limit: Duration,
) -> Result<Connection, SessionError> {
    let deadline = Instant::now() + limit;
    let late = |phase, expected, tail| SessionError::Timeout { phase, expected, limit, tail };
    let stream = match timeout_at(deadline, TcpStream::connect(addr)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(e)) if e.kind() == io::ErrorKind::ConnectionRefused => {
            return Err(SessionError::ConnectionRefused { addr });
        }
        Ok(Err(e)) => return Err(SessionError::Unreachable { addr, source: Arc::new(e) }),
        Err(_) => return Err(late(Phase::Connect, "a TCP connection", String::new())),
    };
    if let Err(e) = stream.set_nodelay(true) {
        tracing::debug!(%addr, error = %e, "nodelay is not available");
    }
    let (socket, guard) = socket::guarded(stream);
    let said = Arc::new(Mutex::new(Said::default()));
    let client = Client { addr, host_keys: host_keys.clone(), said: said.clone() };
    match timeout_at(deadline, client::connect_stream(CONFIG.clone(), socket, client)).await {
        Ok(Ok(handle)) => Ok(Connection { handle, guard, said }),
        Ok(Err(e)) => Err(refused_handshake(e, &guard)),
        Err(_) => Err(late(Phase::Handshake, "an SSH server", dialog::escape(&guard.greeting()))),
    }
}

fn refused_handshake(error: ClientError, guard: &Guard) -> SessionError {
    let tail = dialog::escape(&guard.greeting());
    let error = match error {
        ClientError::HostKeyChanged { known, got } => return SessionError::HostKeyChanged { known, got },
        ClientError::Ssh(error) => error,
    };
    match error {
        russh::Error::NoCommonAlgo { kind, ours, theirs } => {
            SessionError::NoCommonAlgorithm { kind: name(&kind), ours, theirs }
        }
        russh::Error::HUP | russh::Error::Disconnect | russh::Error::IO(_) => {
            SessionError::Lost { phase: Phase::Handshake, tail }
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
    pub(crate) fn lost(&self) -> SessionError {
        let said = lock(&self.said);
        let tail = if said.farewell.is_empty() { &said.banner } else { &said.farewell };
        let tail: String = tail.chars().take(200).collect();
        SessionError::Lost { phase: Phase::Authentication, tail: dialog::escape(tail.as_bytes()) }
    }
}
