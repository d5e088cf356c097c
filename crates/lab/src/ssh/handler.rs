//! The SSH side of a session: log-in, terminal size, shell and exec.

use std::borrow::Cow;
use std::future::Future;
use std::sync::Arc;

use russh::server::{Auth, ChannelOpenHandle, Handler, Msg, Response, Session};
use russh::{Channel, ChannelId, Pty};

use super::wire::Scissors;
use crate::Fault;
use crate::lab::Lab;
use crate::shell::{self, Size, Terminal};

/// Whom one logs in to.
pub trait Host: Clone + Send + Sync + 'static {
    fn accepts(&self, user: &str, password: &[u8]) -> bool;

    /// What is said before anyone has logged in.
    fn banner(&self) -> Option<String> {
        None
    }

    /// A command line, until its end.
    fn interactive(self, terminal: Terminal) -> impl Future<Output = ()> + Send;

    /// One command; `None` where there are only command lines.
    fn exec(&self, terminal: Terminal, command: String) -> Option<impl Future<Output = ()> + Send + 'static>;
}

/// A device of the lab.
#[derive(Clone)]
pub struct LabDevice {
    pub lab: Arc<Lab>,
    pub device: usize,
}

impl Host for LabDevice {
    fn accepts(&self, user: &str, password: &[u8]) -> bool {
        let faulty = self.lab.fault_of(self.device) == Fault::Auth;
        !faulty && self.lab.accepts(self.device, user, password)
    }

    fn banner(&self) -> Option<String> {
        let name = self.lab.with_device(self.device, |_, d| d.hostname().to_owned());
        let realm = self.lab.aaa().map(|aaa| format!("Accounts of {}.\n", aaa.realm_of(self.device)));
        let realm = realm.unwrap_or_default();
        Some(format!("#### {name} ####\n{realm}> Access is logged. By going on you agree. <\n#\n"))
    }

    async fn interactive(self, terminal: Terminal) {
        let _line = self.lab.line(self.device);
        shell::interactive(self.lab.clone(), self.device, terminal).await;
    }

    fn exec(&self, terminal: Terminal, command: String) -> Option<impl Future<Output = ()> + Send + 'static> {
        Some(shell::exec(Arc::clone(&self.lab), self.device, terminal, command))
    }
}

/// A connected client of a host.
pub struct Client<H> {
    host: H,
    scissors: Scissors,
    channel: Option<Channel<Msg>>,
    size: Arc<Size>,
}

impl<H: Host> Client<H> {
    pub fn new(host: H, scissors: Scissors) -> Self {
        Self { host, scissors, channel: None, size: Arc::new(Size::default()) }
    }

    fn check(&self, user: &str, password: &[u8]) -> Auth {
        if self.host.accepts(user, password) { Auth::Accept } else { Auth::reject() }
    }

    fn terminal(&mut self, id: ChannelId) -> Option<Terminal> {
        let channel = self.channel.take_if(|c| c.id() == id)?;
        Some(Terminal::new(channel, Arc::clone(&self.size), self.scissors.clone()))
    }
}

impl<H: Host> Handler for Client<H> {
    type Error = russh::Error;

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, Self::Error> {
        Ok(self.check(user, password.as_bytes()))
    }

    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        user: &str,
        _: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, Self::Error> {
        if let Some(mut answers) = response {
            return Ok(answers.next().map_or_else(Auth::reject, |answer| self.check(user, &answer)));
        }
        Ok(Auth::Partial {
            name: Cow::Borrowed(""),
            instructions: Cow::Borrowed(""),
            prompts: Cow::Borrowed(&[(Cow::Borrowed("Password: "), false)]),
        })
    }

    async fn authentication_banner(&mut self) -> Result<Option<String>, Self::Error> {
        Ok(self.host.banner())
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Self::Error> {
        self.channel = Some(channel);
        reply.accept().await;
        Ok(())
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        _: &str,
        width: u32,
        height: u32,
        _: u32,
        _: u32,
        _: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        self.size.set(width, height);
        session.channel_success(channel)
    }

    async fn window_change_request(
        &mut self,
        _: ChannelId,
        width: u32,
        height: u32,
        _: u32,
        _: u32,
        _: &mut Session,
    ) -> Result<(), Self::Error> {
        self.size.set(width, height);
        Ok(())
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), Self::Error> {
        let Some(terminal) = self.terminal(channel) else { return session.channel_failure(channel) };
        session.channel_success(channel)?;
        tokio::spawn(self.host.clone().interactive(terminal));
        Ok(())
    }

    async fn exec_request(
        &mut self,
        channel: ChannelId,
        command: &[u8],
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        let Some(terminal) = self.terminal(channel) else { return session.channel_failure(channel) };
        let command = String::from_utf8_lossy(command).into_owned();
        let Some(answers) = self.host.exec(terminal, command) else { return session.channel_failure(channel) };
        session.channel_success(channel)?;
        tokio::spawn(answers);
        Ok(())
    }
}
