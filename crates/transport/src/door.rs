//! From an address to a host that lets us in, in two steps. What a host takes is found out before anybody's turn: only
//! from the first secret on can an account be refused, so nothing else need be done while it is its turn.

use std::sync::Arc;
use std::time::Duration;

use russh::MethodSet;
use russh::client::Handle;
use russh::{Channel, client::Msg};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::time::{Instant, timeout, timeout_at};

use crate::client::{self, Client, Connection};
use crate::error::{Clock, Phase, SessionError};
use crate::host_keys::{HostKeys, Negotiated, Suite};
use crate::limits::Limits;
use crate::login::Login;
use crate::target::Target;
use crate::telnet::Telnet;
use crate::wire::{Ssh, Wire};

/// How long a host that was reached is left waiting for a log-in; most hang up after half a minute or later.
const PATIENCE: Duration = Duration::from_secs(10);

/// A host that was reached. Nothing was proved yet, so there is nothing that it could refuse.
pub struct Door {
    way: Way,
    since: Instant,
}

enum Way {
    /// What the server takes; `None` when it asks for nothing, or asks in the shell.
    Ssh(Box<Connection>, Option<MethodSet>),
    Telnet(Box<Telnet>),
}

/// A host that let us in, or that asks in its shell.
pub struct Entered {
    way: Way,
    /// When the time to log in is over.
    pub(crate) end: Instant,
}

impl Door {
    /// Connects, exchanges keys and asks what the host takes.
    pub async fn reach(
        target: &Target,
        username: &str,
        host_keys: &Arc<dyn HostKeys>,
        limits: &Limits,
    ) -> Result<Door, SessionError> {
        let telnet = if target.telnet { telnet(target, host_keys, limits).await? } else { None };
        let way = match telnet {
            Some(telnet) => Way::Telnet(Box::new(telnet)),
            None => {
                let mut connection = Box::new(client::connect(target, None, host_keys, limits).await?);
                let late = |_| late(Phase::Methods, "what it takes to log in", limits);
                let takes = timeout(limits.login, connection.takes(username)).await.map_err(late)??;
                Way::Ssh(connection, takes)
            }
        };
        Ok(Door { way, since: Instant::now() })
    }

    /// Whether it may still be entered. One that is not has to be reached again.
    pub fn is_open(&self) -> bool {
        let is_closed = matches!(&self.way, Way::Ssh(connection, _) if connection.handle.is_closed());
        !is_closed && self.since.elapsed() < PATIENCE
    }

    /// Proves who we are, as far as the host asks for it now.
    pub async fn enter(self, login: &Login, limits: &Limits) -> Result<Entered, SessionError> {
        let end = Instant::now() + limits.login;
        let mut way = self.way;
        if let Way::Ssh(connection, Some(takes)) = &mut way {
            let proved = timeout_at(end, connection.prove(login, takes.clone())).await;
            proved.map_err(|_| late(Phase::Authentication, "an answer to the log-in", limits))??;
        }
        Ok(Entered { way, end })
    }
}

impl Entered {
    /// Whether the host asked for a proof and took it. Otherwise it may still ask in the shell.
    pub fn is_proved(&self) -> bool {
        matches!(&self.way, Way::Ssh(_, Some(_)))
    }

    /// The phase that ends with the first prompt.
    pub(crate) fn phase(&self) -> Phase {
        if self.is_proved() { Phase::Prompt } else { Phase::Authentication }
    }

    /// What carries the conversation: on SSH, a shell.
    pub(crate) async fn wire(self, limits: &Limits) -> Result<Wire, SessionError> {
        let phase = self.phase();
        let connection = match self.way {
            Way::Telnet(telnet) => return Ok(Wire::Telnet(telnet)),
            Way::Ssh(connection, _) => connection,
        };
        let shell = timeout_at(self.end, shell(&connection.handle, limits.window)).await;
        let shell = shell.map_err(|_| late(phase.clone(), "a session channel", limits))?;
        let broken = |e: russh::Error| {
            let (detail, tail) = (e.to_string(), connection.said());
            SessionError::Protocol { phase, detail, tail }
        };
        let channel = shell.map_err(broken)?;
        let Connection { handle, guard, said, .. } = *connection;
        Ok(Wire::Ssh(Box::new(Ssh { channel, handle, said, guard })))
    }
}

fn late(phase: Phase, expected: &'static str, limits: &Limits) -> SessionError {
    SessionError::Timeout { phase, expected, clock: Clock::Total, limit: limits.login, tail: String::new() }
}

/// `None` when the port speaks SSH after all. A host that ever did is not spoken to in the clear.
async fn telnet(
    target: &Target,
    host_keys: &Arc<dyn HostKeys>,
    limits: &Limits,
) -> Result<Option<Telnet>, SessionError> {
    let mut stream = BufReader::new(target.dial(None, host_keys, limits).await?);
    let late = || SessionError::Timeout {
        phase: Phase::Banner,
        expected: "a greeting of telnet or SSH",
        clock: Clock::Total,
        limit: limits.connect,
        tail: String::new(),
    };
    let first = timeout(limits.connect, stream.fill_buf()).await.map_err(|_| late())?;
    let first = first.unwrap_or_default();
    if first.is_empty() {
        return Err(SessionError::Lost { phase: Phase::Banner, tail: String::new() });
    }
    if first.starts_with(b"SSH-") {
        return Ok(None);
    }
    if host_keys.recall(target.addr).suite.is_some_and(|suite| suite > Suite::Telnet) {
        let tail = dialog::escape(&first[..first.len().min(200)]);
        let detail = "this host spoke SSH before and now does not; nothing is sent in the clear".to_owned();
        return Err(SessionError::Protocol { phase: Phase::Banner, detail, tail });
    }
    host_keys.agreed(target.addr, &Negotiated::telnet());
    Ok(Some(Telnet::new(stream)))
}

/// Replies to the requests are not waited for: some systems never send them.
async fn shell(handle: &Handle<Client>, (columns, rows): (u16, u16)) -> Result<Channel<Msg>, russh::Error> {
    let channel = handle.channel_open_session().await?;
    channel.request_pty(false, "vt100", columns.into(), rows.into(), 0, 0, &[]).await?;
    channel.request_shell(false).await?;
    Ok(channel)
}
