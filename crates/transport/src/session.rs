//! One log-in, all commands of a device.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use dialog::{Dialog, Output, Profile, Recording};
use secrecy::ExposeSecret;
use tokio::time::Instant;

use crate::door::{Door, Entered};
use crate::error::{Phase, SessionError};
use crate::host_keys::HostKeys;
use crate::limits::Limits;
use crate::login::{self, Login};
use crate::target::Target;
use crate::wait::Wait;
use crate::wire::Wire;

/// Bytes of the wire in an error message.
const TAIL: usize = 200;

/// How long the device may be silent when told to close the session.
const EXIT: Duration = Duration::from_secs(10);

/// A session at the prompt. Dropping it, at any time, closes the connection.
pub struct Session {
    pub(crate) wire: Wire,
    pub(crate) dialog: Dialog,
    pub(crate) login: Login,
    pub(crate) limits: Limits,
    pub(crate) prompt: String,
    banner: String,
    /// Commands that prepare the session, sent with the first one that is asked.
    preparing: VecDeque<String>,
    pub(crate) enabling: Enabling,
    /// The device ended the conversation.
    pub(crate) hung_up: bool,
    /// What ended the conversation.
    broken: Option<SessionError>,
    /// Where a recording was asked for.
    pub(crate) tape: Option<Recording>,
}

/// How far privileged mode is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privileged {
    /// It was entered, or there is none.
    Settled,
    /// The device waits for a secret.
    AsksSecret,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Enabling {
    Asked,
    /// For a secret.
    Waits,
    Answered {
        secret: bool,
    },
}

/// All outputs of a session, in the order in which they were asked for.
#[derive(Debug)]
pub struct Finished {
    /// Complete, or cut with the reason.
    pub outputs: Vec<Output>,
    /// What broke the session before its end.
    pub error: Option<SessionError>,
    /// The conversation, where [`Limits::record`] asked for it, without the secrets of the log-in.
    pub recording: Option<Recording>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("prompt", &self.prompt).field("broken", &self.broken).finish_non_exhaustive()
    }
}

impl Session {
    /// Connects, authenticates and learns the prompt; sends nothing else.
    pub async fn open(
        target: impl Into<Target>,
        login: &Login,
        host_keys: &Arc<dyn HostKeys>,
        limits: &Limits,
        profile: Arc<Profile>,
    ) -> Result<Session, SessionError> {
        let door = Door::reach(&target.into(), &login.username, host_keys, limits).await?;
        Session::begin(door.enter(login, limits).await?, login, limits, profile).await
    }

    /// Learns the prompt, behind a door that was entered.
    pub async fn begin(
        entered: Entered,
        login: &Login,
        limits: &Limits,
        profile: Arc<Profile>,
    ) -> Result<Session, SessionError> {
        let (phase, end) = (entered.phase(), entered.end);
        let mut session = Session {
            wire: entered.wire(limits).await?,
            dialog: Dialog::new(profile, limits.output_bytes),
            login: login.clone(),
            limits: limits.clone(),
            prompt: String::new(),
            banner: String::new(),
            preparing: VecDeque::new(),
            enabling: Enabling::Answered { secret: false },
            hung_up: false,
            broken: None,
            tape: limits.record.then(Recording::default),
        };
        let wait = Wait { phase, expected: "a prompt", idle: limits.login, end, total: limits.login };
        session.until_ready(&wait).await?;
        session.prompt = session.dialog.prompt();
        session.banner = [session.wire.greeting(), session.dialog.motd()].join("\n");
        Ok(session)
    }

    /// The prompt as it was shown last.
    pub fn prompt(&self) -> &str {
        &self.prompt
    }

    /// The server's version string, the banner before the log-in and the message of the day, in lines.
    pub fn banner(&self) -> &str {
        &self.banner
    }

    /// The platform is known now: privileged mode where needed. Its preparing commands go out with what is asked next.
    /// After `EnableRefused` the session is usable as it is.
    pub async fn adopt(&mut self, profile: Arc<Profile>, login: &Login) -> Result<(), SessionError> {
        match self.ask_enable(profile, login).await? {
            Privileged::AsksSecret => self.answer_enable(login.enable.is_some()).await,
            Privileged::Settled => Ok(()),
        }
    }

    /// As [`Session::adopt`], up to where a secret is asked for: whoever counts what is refused has the next word, and
    /// nothing else can be asked before [`Session::answer_enable`].
    pub async fn ask_enable(&mut self, profile: Arc<Profile>, login: &Login) -> Result<Privileged, SessionError> {
        self.check()?;
        self.login = login.clone();
        self.dialog.adopt(profile.clone());
        self.preparing = profile.prepare().iter().cloned().collect();
        let Some(bytes) = self.dialog.enable() else { return Ok(Privileged::Settled) };
        self.enabling = Enabling::Asked;
        self.converse(bytes, Phase::Enable, "a privileged prompt").await?;
        if self.enabling == Enabling::Waits {
            // Whatever came now would be typed as the secret.
            self.broken = Some(SessionError::Abandoned { phase: Phase::Enable });
            return Ok(Privileged::AsksSecret);
        }
        Ok(Privileged::Settled)
    }

    /// Sends the secret that is asked for, or says that there is none.
    pub async fn answer_enable(&mut self, secret: bool) -> Result<(), SessionError> {
        self.enabling = Enabling::Answered { secret };
        let secret = self.login.enable.as_ref().filter(|_| secret).map_or("", |s| s.expose_secret());
        let answer = format!("{secret}\r").into_bytes();
        self.exchange(answer, Phase::Enable, "a privileged prompt").await
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
        let mut bytes = self.prepare(command).await?;
        bytes.extend(self.dialog.command(command));
        self.converse(bytes, phase.clone(), "the prompt").await?;
        match self.dialog.latest() {
            Some(output) => {
                output.duration = started.elapsed();
                Ok(output)
            }
            None => Err(SessionError::Protocol { phase, detail: "no output".to_owned(), tail: String::new() }),
        }
    }

    /// The preparing commands that may be typed ahead of this one; the others were sent and answered.
    async fn prepare(&mut self, command: &str) -> Result<Vec<u8>, SessionError> {
        let mut ahead = Vec::new();
        while let Some(first) = self.preparing.pop_front() {
            ahead.extend(self.dialog.prepare(&first));
            let next = self.preparing.front().map_or(command, String::as_str);
            if self.tape.is_some() || !self.dialog.reads_ahead(next) {
                self.converse(std::mem::take(&mut ahead), Phase::Command(first), "the prompt").await?;
            }
        }
        Ok(ahead)
    }

    async fn converse(&mut self, bytes: Vec<u8>, phase: Phase, expected: &'static str) -> Result<(), SessionError> {
        if let Some(tape) = &mut self.tape {
            tape.sent(&bytes);
        }
        self.exchange(bytes, phase, expected).await
    }

    /// What is not to be kept of a conversation.
    async fn exchange(&mut self, bytes: Vec<u8>, phase: Phase, expected: &'static str) -> Result<(), SessionError> {
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
        if !self.hung_up {
            self.wire.leave().await;
        }
        let recording = self.tape.map(|tape| tape.map_heard(|bytes| self.login.mask(bytes)));
        Finished { outputs: self.dialog.into_outputs(&reason), error, recording }
    }

    /// The last bytes from the device, fit for a message.
    pub(crate) fn tail(&self) -> String {
        let masked = self.login.mask(self.dialog.tail());
        dialog::escape(&login::without_secret_lines(&masked, TAIL))
    }

    /// Why the server left, when it said so, or else the tail.
    pub(crate) fn last_words(&self) -> String {
        let farewell = self.wire.farewell();
        if farewell.is_empty() { self.tail() } else { dialog::escape(farewell.as_bytes()) }
    }
}
