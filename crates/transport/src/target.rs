//! Where a device is, and by which way it is reached.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use model::platform::UserSuffix;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::algorithms::Wishes;
use crate::client::{self, Connection};
use crate::error::{Clock, Phase, SessionError};
use crate::host_keys::HostKeys;
use crate::limits::Limits;
use crate::tunnel::{Tunnel, through};

/// Whether old algorithms may be used when there is no other way. Never for a host that was modern once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Legacy {
    Never,
    /// For a host of which it is known that it has no others.
    #[default]
    Recorded,
    /// For a new host as well, once it was found out that there is no modern algorithm in common.
    Fallback,
}

/// A device as it is dialled. An address alone is one, too.
#[derive(Debug, Clone)]
pub struct Target {
    pub addr: SocketAddr,
    /// The jump hosts on the way.
    pub via: Option<Arc<Tunnel>>,
    /// Telnet, where the port does not speak SSH and never did.
    pub telnet: bool,
    pub legacy: Legacy,
    pub wishes: Option<Arc<Wishes>>,
    /// What single kinds of servers want behind the name of the user.
    pub suffixes: Arc<[UserSuffix]>,
}

impl From<SocketAddr> for Target {
    fn from(addr: SocketAddr) -> Target {
        Target { addr, via: None, telnet: false, legacy: Legacy::default(), wishes: None, suffixes: Arc::default() }
    }
}

/// Anything that carries a session.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

impl Target {
    /// What an SSH server says to a user before any proof of who that is. No secret is sent.
    pub async fn greeting(
        &self,
        username: &str,
        host_keys: &Arc<dyn HostKeys>,
        limits: &Limits,
    ) -> Result<String, SessionError> {
        let mut connection = client::connect(self, None, host_keys, limits).await?;
        // The server refuses, or lets everybody in; both come after the greeting.
        let _ = timeout(limits.login, connection.takes(username)).await;
        let greeting = client::lock(&connection.said).banner.clone();
        Ok(greeting)
    }

    /// A stream to it: by the last jump host that was entered, by its own way, or straight.
    pub(crate) async fn dial(
        &self,
        jump: Option<&Connection>,
        host_keys: &Arc<dyn HostKeys>,
        limits: &Limits,
    ) -> Result<Box<dyn Stream>, SessionError> {
        match (jump, &self.via) {
            (Some(jump), _) => through(jump, self.addr, limits).await,
            (None, Some(tunnel)) => tunnel.dial(self.addr, host_keys, limits).await,
            (None, None) => Ok(Box::new(connect(self.addr, limits).await?)),
        }
    }
}

async fn connect(addr: SocketAddr, limits: &Limits) -> Result<TcpStream, SessionError> {
    let stream = match timeout(limits.connect, TcpStream::connect(addr)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(e)) if e.kind() == io::ErrorKind::ConnectionRefused => {
            return Err(SessionError::ConnectionRefused { addr });
        }
        Ok(Err(e)) => return Err(SessionError::Unreachable { addr, source: Arc::new(e) }),
        Err(_) => {
            let (phase, expected, tail) = (Phase::Connect, "a TCP connection", String::new());
            return Err(SessionError::Timeout { phase, expected, clock: Clock::Total, limit: limits.connect, tail });
        }
    };
    if let Err(e) = stream.set_nodelay(true) {
        tracing::debug!(%addr, error = %e, "nodelay is not available");
    }
    Ok(stream)
}
