//! What carries the conversation: a shell inside SSH, or telnet.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use russh::client::{Handle, Msg};
use russh::{Channel, ChannelMsg, Disconnect};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::time::{Instant, timeout, timeout_at};

use crate::authenticate::Asked;
use crate::client::{self, Client, Said};
use crate::error::{Clock, Phase, SessionError};
use crate::host_keys::{HostKeys, Negotiated, Suite};
use crate::limits::Limits;
use crate::login::Login;
use crate::socket::Guard;
use crate::target::Target;
use crate::telnet::Telnet;

/// Wide enough for any command; lines are long rather than wrapped, and pages too.
pub(crate) const COLUMNS: u16 = 511;
pub(crate) const ROWS: u16 = 1000;

pub(crate) enum Wire {
    Ssh(Box<Ssh>),
    Telnet(Box<Telnet>),
}

pub(crate) struct Ssh {
    channel: Channel<Msg>,
    handle: Handle<Client>,
    said: Arc<Mutex<Said>>,
    guard: Guard,
}

/// What came over the wire.
pub(crate) enum Heard {
    Data(bytes::Bytes),
    /// Nothing of the conversation.
    Other,
    End,
}

/// A wire on which the device is about to show its first prompt.
pub(crate) struct Opened {
    pub wire: Wire,
    /// The prompt, or the log-in when the device asks for it by questions.
    pub phase: Phase,
    /// When the time to log in is over.
    pub end: Instant,
}

impl Wire {
    /// Connects and authenticates.
    pub async fn open(
        target: &Target,
        login: &Login,
        host_keys: &Arc<dyn HostKeys>,
        limits: &Limits,
    ) -> Result<Opened, SessionError> {
        if target.telnet
            && let Some(telnet) = telnet(target, host_keys, limits).await?
        {
            let end = Instant::now() + limits.login;
            return Ok(Opened { wire: Wire::Telnet(Box::new(telnet)), phase: Phase::Authentication, end });
        }
        let mut connection = client::connect(target, None, host_keys, limits).await?;
        let end = Instant::now() + limits.login;
        let late = |expected| SessionError::Timeout {
            phase: Phase::Authentication,
            expected,
            clock: Clock::Total,
            limit: limits.login,
            tail: String::new(),
        };
        let asked = timeout_at(end, connection.authenticate(login)).await;
        let asked = asked.map_err(|_| late("an answer to the log-in"))??;
        let shell = timeout_at(end, shell(&connection.handle)).await.map_err(|_| late("a session channel"))?;
        let channel = shell.map_err(|e| SessionError::Protocol {
            phase: Phase::Authentication,
            detail: e.to_string(),
            tail: connection.said(),
        })?;
        let phase = match asked {
            Asked::Nothing => Phase::Authentication,
            Asked::Proof => Phase::Prompt,
        };
        let client::Connection { handle, guard, said, .. } = connection;
        Ok(Opened { wire: Wire::Ssh(Box::new(Ssh { channel, handle, said, guard })), phase, end })
    }

    /// What comes next. May be dropped and called again.
    pub async fn hear(&mut self) -> Heard {
        match self {
            Wire::Ssh(ssh) => match ssh.channel.wait().await {
                Some(ChannelMsg::Data { data } | ChannelMsg::ExtendedData { data, .. }) => Heard::Data(data),
                Some(ChannelMsg::Eof | ChannelMsg::Close) | None => Heard::End,
                Some(_) => Heard::Other,
            },
            Wire::Telnet(telnet) => telnet.hear().await,
        }
    }

    /// A device that is gone is told by [`Wire::hear`]: what it said before is still to be read.
    pub async fn write(&mut self, bytes: Vec<u8>) {
        match self {
            Wire::Ssh(ssh) => drop(ssh.channel.data_bytes(bytes).await),
            Wire::Telnet(telnet) => telnet.write(&bytes).await,
        }
    }

    /// The server's version string and its banner, in lines.
    pub fn greeting(&self) -> String {
        let Wire::Ssh(ssh) = self else { return String::new() };
        let ident = String::from_utf8_lossy(&ssh.guard.greeting()).into_owned();
        let ident = ident.lines().find(|l| l.starts_with("SSH-")).unwrap_or_default();
        [ident, &client::lock(&ssh.said).banner].join("\n")
    }

    /// Why the server left, when it said so.
    pub fn farewell(&self) -> String {
        match self {
            Wire::Ssh(ssh) => client::lock(&ssh.said).farewell.clone(),
            Wire::Telnet(_) => String::new(),
        }
    }

    /// Tells the server, so that its line is free at once; not for long when it does not listen.
    pub async fn leave(&mut self) {
        // A telnet connection is over when it is closed.
        let Wire::Ssh(ssh) = self else { return };
        let handle = &mut ssh.handle;
        let leave = async {
            if handle.disconnect(Disconnect::ByApplication, "", "").await.is_ok() {
                let _ = handle.await;
            }
        };
        let _ = timeout(Duration::from_secs(1), leave).await;
    }
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
async fn shell(handle: &Handle<Client>) -> Result<Channel<Msg>, russh::Error> {
    let channel = handle.channel_open_session().await?;
    channel.request_pty(false, "vt100", COLUMNS.into(), ROWS.into(), 0, 0, &[]).await?;
    channel.request_shell(false).await?;
    Ok(channel)
}
