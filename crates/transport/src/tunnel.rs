//! Jump hosts: a connection to each, one inside the other, shared by all devices behind them.
//!
//! A thousand devices behind one jump host are a thousand channels of one log-in there. The log-in belongs to none of
//! them: it goes on when the visit that began it is dropped, so that whoever keeps the door hears how it went. A jump host
//! that refused us is not asked a second time: its account could be locked by it.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::watch;
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
    /// Under way; who wants to know how it ends listens.
    Opening(Arc<Opening>),
    Open(Chain),
    Refused(SessionError),
}

/// The connections to all jump hosts, each inside the one before it; the last leads on.
type Chain = Arc<Vec<Connection>>;
/// What opening ended with; nothing until then.
type Opening = watch::Sender<Option<Result<Chain, SessionError>>>;

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

    /// The hosts on the way, the first one first.
    pub fn hosts(&self) -> impl Iterator<Item = SocketAddr> {
        self.jumps.iter().map(|jump| jump.addr)
    }

    /// A stream to a device behind the last jump host. Boxed, since a jump host is dialled as a device is.
    pub(crate) fn dial<'a>(
        self: &'a Arc<Self>,
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

    async fn chain(self: &Arc<Self>, host_keys: &Arc<dyn HostKeys>, limits: &Limits) -> Result<Chain, SessionError> {
        let mut opened = match &mut *self.state() {
            State::Open(chain) if chain.iter().all(|c| !c.handle.is_closed()) => return Ok(chain.clone()),
            State::Refused(error) => return Err(error.clone()),
            State::Opening(opening) => opening.subscribe(),
            state @ (State::Open(_) | State::Closed) => {
                let (opening, opened) = watch::channel(None);
                let opening = Arc::new(opening);
                *state = State::Opening(opening.clone());
                tokio::spawn(self.clone().open(opening, host_keys.clone(), limits.clone()));
                opened
            }
        };
        let result = opened.wait_for(Option::is_some).await.ok().and_then(|result| result.clone());
        result.unwrap_or(Err(SessionError::Abandoned { phase: Phase::Connect }))
    }

    /// Until it is open, or nobody waits for it any more. What is being proved is proved to its end.
    async fn open(self: Arc<Self>, opening: Arc<Opening>, host_keys: Arc<dyn HostKeys>, limits: Limits) {
        let proving = AtomicBool::new(false);
        let mut all = pin!(self.enter_all(&proving, &host_keys, &limits));
        let result = loop {
            tokio::select! {
                biased;
                result = &mut all => break result,
                () = opening.closed() => {}
            }
            if proving.load(Ordering::Relaxed) {
                break all.await;
            }
            // Somebody may have come in the meantime.
            let mut state = self.state();
            if opening.is_closed() {
                *state = State::Closed;
                return;
            }
        };
        let result = result.map_err(|(error, addr)| {
            let is_final = error.may_count_against_account()
                || matches!(error, SessionError::HostKeyChanged { .. } | SessionError::Withheld(_));
            (SessionError::Jump { addr, source: Box::new(error) }, is_final)
        });
        *self.state() = match &result {
            Ok(chain) => State::Open(chain.clone()),
            Err((error, true)) => State::Refused(error.clone()),
            Err((_, false)) => State::Closed,
        };
        opening.send_replace(Some(result.map_err(|(error, _)| error)));
    }

    async fn enter_all(
        &self,
        proving: &AtomicBool,
        host_keys: &Arc<dyn HostKeys>,
        limits: &Limits,
    ) -> Result<Chain, (SessionError, SocketAddr)> {
        let mut chain: Vec<Connection> = Vec::new();
        for jump in &self.jumps {
            let entered = self.enter(jump, chain.last(), proving, host_keys, limits).await;
            chain.push(entered.map_err(|e| (e, jump.addr))?);
        }
        Ok(Arc::new(chain))
    }

    async fn enter(
        &self,
        jump: &Jump,
        before: Option<&Connection>,
        proving: &AtomicBool,
        host_keys: &Arc<dyn HostKeys>,
        limits: &Limits,
    ) -> Result<Connection, SessionError> {
        let target = Target { legacy: self.legacy, ..Target::from(jump.addr) };
        let mut connection = client::connect(&target, before, host_keys, limits).await?;
        let log_in = async {
            // Its turn has come.
            proving.store(true, Ordering::Relaxed);
            match timeout(limits.login, connection.authenticate(&jump.login)).await {
                Ok(result) => result,
                Err(_) => {
                    let (phase, expected, tail) = (Phase::Authentication, "an answer to the log-in", String::new());
                    Err(SessionError::Timeout { phase, expected, clock: Clock::Total, limit: limits.login, tail })
                }
            }
        };
        match self.door.get() {
            Some(door) => door.admit(jump, Box::pin(log_in)).await?,
            None => log_in.await?,
        }
        proving.store(false, Ordering::Relaxed);
        Ok(connection)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
