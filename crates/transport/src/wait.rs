//! The loop between the wire and the machine: bytes, replies and deadlines.

use std::time::Duration;

use dialog::{Reply, Step};
use russh::ChannelMsg;
use secrecy::ExposeSecret;
use tokio::time::{Instant, timeout_at};

use crate::error::{Phase, SessionError};
use crate::session::Session;

/// A pause after which an unusual end of an output is believed, see `dialog`. Usual ends need no pause.
const QUIET: Duration = Duration::from_millis(400);

/// What is waited for, and how long.
pub(crate) struct Wait {
    pub phase: Phase,
    pub expected: &'static str,
    /// Longest silence.
    pub idle: Duration,
    /// Longest time in all.
    pub end: Instant,
    pub total: Duration,
}

enum Heard {
    Data,
    Other,
    End,
}

impl Session {
    /// Until the prompt is there.
    pub(crate) async fn until_ready(&mut self, wait: &Wait) -> Result<(), SessionError> {
        let mut heard = Instant::now();
        let mut settled = false;
        loop {
            match self.dialog.step() {
                Step::Ready => return Ok(()),
                Step::Wait if self.dialog.is_over() => return Ok(()),
                Step::Wait => {}
                Step::Send(reply) => {
                    self.reply(reply, wait).await?;
                    continue;
                }
                other => return Err(self.failure(&other, wait)),
            }
            let silence = wait.end.min(heard + wait.idle);
            let pause = !settled && self.dialog.may_settle();
            let until = if pause { silence.min(heard + QUIET) } else { silence };
            match timeout_at(until, self.channel.wait()).await {
                Ok(message) => match self.hear(message) {
                    Heard::Data => (heard, settled) = (Instant::now(), false),
                    Heard::Other => {}
                    Heard::End => return self.ended(wait),
                },
                Err(_) if until < silence => {
                    settled = true;
                    self.dialog.quiet();
                }
                // It does not close the connection, and says nothing against it.
                Err(_) if self.dialog.has_left() => return Ok(()),
                Err(_) => return Err(self.late(wait, silence == wait.end)),
            }
        }
    }

    fn hear(&mut self, message: Option<ChannelMsg>) -> Heard {
        match message {
            Some(ChannelMsg::Data { data } | ChannelMsg::ExtendedData { data, .. }) => {
                self.dialog.feed(&data);
                Heard::Data
            }
            Some(ChannelMsg::Eof | ChannelMsg::Close) | None => Heard::End,
            Some(_) => Heard::Other,
        }
    }

    fn ended(&mut self, wait: &Wait) -> Result<(), SessionError> {
        self.dialog.closed();
        if self.dialog.is_over() {
            return Ok(());
        }
        Err(SessionError::Lost { phase: wait.phase.clone(), tail: self.last_words() })
    }

    async fn reply(&mut self, reply: Reply, wait: &Wait) -> Result<(), SessionError> {
        let secret = |text: &str| format!("{text}\r").into_bytes();
        let bytes = match reply {
            Reply::Text(bytes) => bytes,
            Reply::Username => secret(&self.login.username),
            Reply::Password => secret(self.login.secret().map_or("", |s| s.expose_secret())),
            Reply::Enable => secret(self.login.enable.as_ref().map_or("", |s| s.expose_secret())),
        };
        self.write(bytes, wait).await
    }

    pub(crate) async fn write(&mut self, bytes: Vec<u8>, wait: &Wait) -> Result<(), SessionError> {
        match timeout_at(wait.end, self.channel.data_bytes(bytes)).await {
            Ok(Ok(())) => Ok(()),
            // What the device said before it left is still to be read.
            Ok(Err(_)) => Ok(()),
            Err(_) => Err(self.late(wait, true)),
        }
    }

    fn failure(&self, step: &Step, wait: &Wait) -> SessionError {
        match step {
            Step::Refused => SessionError::Refused { username: self.login.username.clone() },
            Step::EnableRefused => {
                SessionError::EnableRefused { given: self.login.enable.is_some(), tail: self.tail() }
            }
            Step::TooLarge => {
                let command = match &wait.phase {
                    Phase::Command(command) => command.clone(),
                    other => other.to_string(),
                };
                SessionError::TooLarge { command, limit: self.limits.output_bytes }
            }
            _ => SessionError::LoggedOut { phase: wait.phase.clone(), tail: self.tail() },
        }
    }

    fn late(&self, wait: &Wait, total: bool) -> SessionError {
        SessionError::Timeout {
            phase: wait.phase.clone(),
            expected: wait.expected,
            limit: if total { wait.total } else { wait.idle },
            tail: self.tail(),
        }
    }
}
