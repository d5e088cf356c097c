//! Jump hosts: a connection to each, one inside the other, shared by all devices behind them.
//!
//! A thousand devices behind one jump host are a thousand channels of one log-in there. A jump host that refused us
//! is not asked a second time: its account could be locked by it.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use tokio::sync::Mutex;
use tokio::time::{Instant, timeout, timeout_at};

use crate::client::{self, Connection};
use crate::error::{Clock, Phase, SessionError};
use crate::host_keys::HostKeys;
use crate::limits::Limits;
use crate::login::Login;
use crate::target::{Legacy, Stream, Target};

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Who may log in on a jump host now. Whoever keeps the door is told how each log-in goes.
pub trait Doorkeeper: Send + Sync {
    /// Awaits `log_in` when its turn has come.
    ///
    /// # Errors
    /// Those of the log-in; [`SessionError::Withheld`] when it must not be tried.
    fn admit<'a>(&'a self, jump: &'a Jump, log_in: Attempt<'a>) -> Attempt<'a>;
}

/// A log-in under way.
pub type Attempt<'a> = Pin<Box<dyn Future<Output = Result<(), SessionError>> + Send + 'a>>;

/// One host on the way, with an account of its own.
#[derive(Debug, Clone)]
pub struct Jump {
    pub addr: SocketAddr,
    pub login: Arc<Login>,
}

/// A way through one jump host or several, the first one first.
pub struct Tunnel {
    jumps: Vec<Jump>,
    legacy: Legacy,
    door: OnceLock<Arc<dyn Doorkeeper>>,
    state: Mutex<State>,
}

#[derive(Default)]
enum State {
    #[default]
    Closed,
    /// Each inside the one before it; the last leads on.
    Open(Arc<Vec<Connection>>),
    Refused(SessionError),
}

impl fmt::Debug for Tunnel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tunnel").field("jumps", &self.jumps).finish_non_exhaustive()
    }
}

impl Tunnel {
    /// Nothing is dialled before the first device is.
    pub fn new(jumps: Vec<Jump>, legacy: Legacy) -> Tunnel {
        Tunnel { jumps, legacy, door: OnceLock::new(), state: Mutex::default() }
    }

    /// Log-ins on its jump hosts ask there first. Without a doorkeeper nobody is asked; the first one stays.
    pub fn guard(&self, door: Arc<dyn Doorkeeper>) {
        let _ = self.door.set(door);
    }

    /// A stream to a device behind the last jump host. Boxed, since a jump host is dialled as a device is.
    pub(crate) fn dial<'a>(
        &'a self,
        addr: SocketAddr,
        host_keys: &'a Arc<dyn HostKeys>,
        limits: &'a Limits,
    ) -> Boxed<'a, Result<Box<dyn Stream>, SessionError>> {
        Box::pin(async move {
            let chain = self.chain(host_keys, limits).await?;
            let last = chain.last().ok_or_else(|| SessionError::Unreachable { addr, source: no_jump() })?;
            through(last, addr, limits).await
        })
    }

    async fn chain(
        &self,
        host_keys: &Arc<dyn HostKeys>,
        limits: &Limits,
    ) -> Result<Arc<Vec<Connection>>, SessionError> {
        let mut state = self.state.lock().await;
        match &*state {
            State::Open(chain) if chain.iter().all(|c| !c.handle.is_closed()) => return Ok(chain.clone()),
            State::Refused(error) => return Err(error.clone()),
            State::Open(_) | State::Closed => {}
        }
        *state = State::Closed;
        match self.open(host_keys, limits).await {
            Ok(chain) => {
                let chain = Arc::new(chain);
                *state = State::Open(chain.clone());
                Ok(chain)
            }
            Err((error, addr)) => {
                let is_final = matches!(error, SessionError::HostKeyChanged { .. } | SessionError::Withheld(_));
                let counts = error.may_count_against_account() || is_final;
                let error = SessionError::Jump { addr, source: Box::new(error) };
                if counts {
                    *state = State::Refused(error.clone());
                }
                Err(error)
            }
        }
    }

    async fn open(
        &self,
        host_keys: &Arc<dyn HostKeys>,
        limits: &Limits,
    ) -> Result<Vec<Connection>, (SessionError, SocketAddr)> {
        let mut chain: Vec<Connection> = Vec::new();
        for jump in &self.jumps {
            let enter = enter(chain.last(), jump, (self.legacy, self.door.get()), host_keys, limits);
            chain.push(enter.await.map_err(|e| (e, jump.addr))?);
        }
        Ok(chain)
    }
}

async fn enter(
    before: Option<&Connection>,
    jump: &Jump,
    (legacy, door): (Legacy, Option<&Arc<dyn Doorkeeper>>),
    host_keys: &Arc<dyn HostKeys>,
    limits: &Limits,
) -> Result<Connection, SessionError> {
    let target = Target { legacy, ..Target::from(jump.addr) };
    let mut connection = client::connect(&target, before, host_keys, limits).await?;
    let log_in = async {
        match timeout(limits.login, connection.authenticate(&jump.login)).await {
            Ok(result) => result,
            Err(_) => {
                let (phase, expected, tail) = (Phase::Authentication, "an answer to the log-in", String::new());
                Err(SessionError::Timeout { phase, expected, clock: Clock::Total, limit: limits.login, tail })
            }
        }
    };
    match door {
        Some(door) => door.admit(jump, Box::pin(log_in)).await?,
        None => log_in.await?,
    }
    Ok(connection)
}

/// The jump host dials `addr`.
pub(crate) async fn through(
    jump: &Connection,
    addr: SocketAddr,
    limits: &Limits,
) -> Result<Box<dyn Stream>, SessionError> {
    let open = jump.handle.channel_open_direct_tcpip(addr.ip().to_string(), addr.port().into(), "127.0.0.1", 0);
    match timeout_at(Instant::now() + limits.connect, open).await {
        Ok(Ok(channel)) => Ok(Box::new(channel.into_stream())),
        Ok(Err(e)) => {
            let text = format!("the jump host could not connect: {e}");
            Err(SessionError::Unreachable { addr, source: Arc::new(io::Error::other(text)) })
        }
        Err(_) => {
            let (phase, expected, tail) = (Phase::Connect, "a connection by the jump host", String::new());
            Err(SessionError::Timeout { phase, expected, clock: Clock::Total, limit: limits.connect, tail })
        }
    }
}

fn no_jump() -> Arc<io::Error> {
    Arc::new(io::Error::other("the way has no jump host"))
}
