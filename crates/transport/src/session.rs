//! One log-in, all commands of a device.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dialog::{Dialog, Output, Profile};
use russh::client::{Handle, Msg};
use russh::{Channel, Disconnect};
use tokio::time::{Instant, timeout, timeout_at};

use crate::client::{self, Client, Said};
use crate::error::{Phase, SessionError};
use crate::host_keys::HostKeys;
use crate::limits::Limits;
use crate::login::{self, Login};
use crate::socket::Guard;
use crate::wait::Wait;

/// Wide enough for any command; lines are long rather than wrapped, and pages too.
const COLUMNS: u32 = 511;
const ROWS: u32 = 1000;
/// Bytes of the wire in an error message.
const TAIL: usize = 200;

/// How long the device may be silent when told to close the session.
const EXIT: Duration = Duration::from_secs(10);

/// A session at the prompt. Dropping it, at any time, closes the connection.
pub struct Session {
    pub(crate) channel: Channel<Msg>,
    pub(crate) dialog: Dialog,
    pub(crate) login: Login,
    pub(crate) limits: Limits,
    handle: Handle<Client>,
    said: Arc<Mutex<Said>>,
    guard: Guard,
    prompt: String,
    banner: String,
    /// What ended the conversation.
    broken: Option<SessionError>,
}

/// All outputs of a session, in the order in which they were asked for.
#[derive(Debug)]
pub struct Finished {
    /// Complete, or cut with the reason.
    pub outputs: Vec<Output>,
    /// What broke the session before its end.
    pub error: Option<SessionError>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("prompt", &self.prompt).field("broken", &self.broken).finish_non_exhaustive()
    }
}

impl Session {
    /// Connects, authenticates and learns the prompt; sends nothing else.
    pub async fn open(
        addr: SocketAddr,
        login: &Login,
        host_keys: &Arc<dyn HostKeys>,
        limits: &Limits,
        profile: Arc<Profile>,
    ) -> Result<Session, SessionError> {
        let mut connection = client::connect(addr, host_keys, limits.connect).await?;
        let end = Instant::now() + limits.login;
        let late = |expected| SessionError::Timeout {
            phase: Phase::Authentication,
            expected,
            limit: limits.login,
            tail: String::new(),
        };
        timeout_at(end, connection.authenticate(login)).await.map_err(|_| late("an answer to the password"))??;
        let shell = timeout_at(end, shell(&connection.handle)).await.map_err(|_| late("a session channel"))?;
        let channel = shell.map_err(|e| SessionError::Protocol {
            phase: Phase::Authentication,
            detail: e.to_string(),
            tail: String::new(),
        })?;
        let mut session = Session {
            channel,
            dialog: Dialog::new(profile, limits.output_bytes),
            login: login.clone(),
            limits: limits.clone(),
            handle: connection.handle,
            said: connection.said,
            guard: connection.guard,
            prompt: String::new(),
            banner: String::new(),
            broken: None,
        };
        let wait = Wait { phase: Phase::Prompt, expected: "a prompt", idle: limits.login, end, total: limits.login };
        session.until_ready(&wait).await?;
        session.prompt = session.dialog.prompt();
        session.banner = session.greeting();
        Ok(session)
    }

    fn greeting(&self) -> String {
        let ident = String::from_utf8_lossy(&self.guard.greeting()).into_owned();
        let ident = ident.lines().find(|l| l.starts_with("SSH-")).unwrap_or_default();
        let banner = client::lock(&self.said).banner.clone();
        [ident, &banner, &self.dialog.motd()].join("\n")
    }

    /// The prompt as it was shown last.
    pub fn prompt(&self) -> &str {
        &self.prompt
    }

    /// The server's version string, the banner before the log-in and the message of the day, in lines.
    pub fn banner(&self) -> &str {
        &self.banner
    }

    /// The platform is known now: privileged mode where needed, then its preparing commands.
    /// After `EnableRefused` the session is usable as it is.
    pub async fn adopt(&mut self, profile: Arc<Profile>, login: &Login) -> Result<(), SessionError> {
        self.check()?;
        self.login = login.clone();
        self.dialog.adopt(profile.clone());
        let enabled = self.enable().await;
        if let Err(e) = &enabled
            && !matches!(e, SessionError::EnableRefused { .. })
        {
            return enabled;
        }
        for command in profile.prepare() {
            let bytes = self.dialog.prepare(command);
            self.converse(bytes, Phase::Command(command.clone()), "the prompt").await?;
        }
        enabled
    }

    async fn enable(&mut self) -> Result<(), SessionError> {
        let Some(bytes) = self.dialog.enable() else { return Ok(()) };
        self.converse(bytes, Phase::Enable, "a privileged prompt").await
    }

    /// Sends the command and returns when the prompt is there. The output is provisional: the next command
    /// may be chosen by it, what counts is in [`Session::finish`].
    pub async fn ask(&mut self, command: &str) -> Result<&Output, SessionError> {
        self.check()?;
        let phase = Phase::Command(command.to_owned());
        if command.contains(['\r', '\n']) {
            let detail = "a command is one line".to_owned();
            return Err(SessionError::Protocol { phase, detail, tail: String::new() });
        }
        let started = Instant::now();
        let bytes = self.dialog.command(command);
        self.converse(bytes, phase.clone(), "the prompt").await?;
        match self.dialog.latest() {
            Some(output) => {
                output.duration = started.elapsed();
                Ok(output)
            }
            None => Err(SessionError::Protocol { phase, detail: "no output".to_owned(), tail: String::new() }),
        }
    }

    async fn converse(&mut self, bytes: Vec<u8>, phase: Phase, expected: &'static str) -> Result<(), SessionError> {
        let Limits { command_idle, command_total: total, .. } = self.limits;
        let idle = if phase == Phase::Exit { command_idle.min(EXIT) } else { command_idle };
        let wait = Wait { phase, expected, idle, end: Instant::now() + total, total };
        // Stands when the caller drops this future: what comes then belongs to a command nobody waits for.
        self.broken = Some(SessionError::Abandoned { phase: wait.phase.clone() });
        let result = match self.write(bytes, &wait).await {
            Ok(()) => self.until_ready(&wait).await,
            Err(e) => Err(e),
        };
        self.prompt = self.dialog.prompt();
        self.broken = result.clone().err().filter(|e| !matches!(e, SessionError::EnableRefused { .. }));
        result
    }

    fn check(&self) -> Result<(), SessionError> {
        self.broken.clone().map_or(Ok(()), Err)
    }

    /// Leaves the device, which closes the last output, and gives what every `ask` got.
    pub async fn finish(mut self) -> Finished {
        if self.broken.is_none() && self.dialog.is_open() {
            let bytes = self.dialog.exit();
            // Recorded in `broken`.
            let _ = self.converse(bytes, Phase::Exit, "the echo of the last command").await;
        }
        let error = self.broken.take();
        let reason = error.as_ref().map_or_else(|| "not confirmed".to_owned(), SessionError::to_string);
        self.goodbye().await;
        Finished { outputs: self.dialog.into_outputs(&reason), error }
    }

    /// Tells the server, so that its line is free at once; not for long when it does not listen.
    async fn goodbye(&mut self) {
        let handle = &mut self.handle;
        let leave = async {
            if handle.disconnect(Disconnect::ByApplication, "", "").await.is_ok() {
                let _ = handle.await;
            }
        };
        let _ = timeout(Duration::from_secs(1), leave).await;
    }

    /// The last bytes from the device, fit for a message.
    pub(crate) fn tail(&self) -> String {
        let masked = self.login.mask(self.dialog.tail());
        dialog::escape(&login::without_secret_lines(&masked, TAIL))
    }

    /// Why the server left, when it said so, or else the tail.
    pub(crate) fn last_words(&self) -> String {
        let farewell = client::lock(&self.said).farewell.clone();
        if farewell.is_empty() { self.tail() } else { dialog::escape(farewell.as_bytes()) }
    }
}

/// Replies to the requests are not waited for: some systems never send them.
async fn shell(handle: &Handle<Client>) -> Result<Channel<Msg>, russh::Error> {
    let channel = handle.channel_open_session().await?;
    channel.request_pty(false, "vt100", COLUMNS, ROWS, 0, 0, &[]).await?;
    channel.request_shell(false).await?;
    Ok(channel)
}
