//! The loop between the wire and the machine: bytes, replies and deadlines.

use std::time::Duration;

use dialog::{Reply, Step};
use secrecy::ExposeSecret;
use tokio::time::{Instant, timeout_at};

use crate::error::{Clock, Phase, SessionError};
use crate::session::{Enabling, Session};
use crate::wire::Heard;

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
                Step::Send(reply) => match self.reply(reply, wait).await? {
                    Enabling::Waits => return Ok(()),
                    _ => continue,
                },
                other => return Err(self.failure(&other, wait)),
            }
            let silence = wait.end.min(heard + wait.idle);
            let pause = !settled && self.dialog.may_settle();
            let until = if pause { silence.min(heard + QUIET) } else { silence };
            match timeout_at(until, self.wire.hear()).await {
                Ok(Heard::Data(data)) => {
                    if let Some(tape) = &mut self.tape {
                        tape.heard(&data);
                    }
                    self.dialog.feed(&data);
                    (heard, settled) = (Instant::now(), false);
                }
                Ok(Heard::Other) => {}
                Ok(Heard::End) => return self.ended(wait),
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

    fn ended(&mut self, wait: &Wait) -> Result<(), SessionError> {
        self.hung_up = true;
        self.dialog.closed();
        if self.dialog.is_over() {
            return Ok(());
        }
        Err(SessionError::Lost { phase: wait.phase.clone(), tail: self.last_words() })
    }

    /// The secret for privileged mode is not for this loop to send: whoever asked for the mode has the word.
    async fn reply(&mut self, reply: Reply, wait: &Wait) -> Result<Enabling, SessionError> {
        if let Some(tape) = &mut self.tape {
            tape.replied(&reply);
        }
        let secret = |text: &str| format!("{text}\r").into_bytes();
        let bytes = match reply {
            Reply::Text(bytes) => bytes,
            Reply::Username => secret(&self.login.username),
            Reply::Password => secret(self.login.secret().ok_or_else(|| self.speechless())?.expose_secret()),
            Reply::Enable => {
                self.enabling = Enabling::Waits;
                return Ok(self.enabling);
            }
        };
        self.write(bytes, wait).await?;
        Ok(self.enabling)
    }

    pub(crate) async fn write(&mut self, bytes: Vec<u8>, wait: &Wait) -> Result<(), SessionError> {
        timeout_at(wait.end, self.wire.write(bytes)).await.map_err(|_| self.late(wait, true))
    }

    /// The device asks for a password, and there is none.
    fn speechless(&self) -> SessionError {
        let proofs: Vec<String> = self.login.proofs.iter().map(ToString::to_string).collect();
        let (username, takes) = (self.login.username.clone(), "a password".to_owned());
        SessionError::NothingToOffer { username, has: proofs.join(", "), takes }
    }

    fn failure(&self, step: &Step, wait: &Wait) -> SessionError {
        match step {
            Step::Refused => SessionError::Refused { username: self.login.username.clone(), tail: self.tail() },
            Step::EnableRefused => {
                let given = self.enabling == Enabling::Answered { secret: true };
                SessionError::EnableRefused { given, tail: self.tail() }
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
            clock: if total { Clock::Total } else { Clock::Idle },
            limit: if total { wait.total } else { wait.idle },
            tail: self.tail(),
        }
    }
}
