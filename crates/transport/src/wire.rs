//! What carries the conversation: a shell inside SSH, or telnet.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use russh::client::{Handle, Msg};
use russh::{Channel, ChannelMsg, Disconnect};
use tokio::time::timeout;

use crate::client::{self, Client, Said};
use crate::socket::Guard;
use crate::telnet::Telnet;

/// Wide enough for any command; lines are long rather than wrapped, and pages too.
pub(crate) const COLUMNS: u16 = 511;
pub(crate) const ROWS: u16 = 1000;

pub(crate) enum Wire {
    Ssh(Box<Ssh>),
    Telnet(Box<Telnet>),
}

pub(crate) struct Ssh {
    pub channel: Channel<Msg>,
    pub handle: Handle<Client>,
    pub said: Arc<Mutex<Said>>,
    pub guard: Guard,
}

/// What came over the wire.
pub(crate) enum Heard {
    Data(bytes::Bytes),
    /// Nothing of the conversation.
    Other,
    End,
}

impl Wire {
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

    /// Telnet was told the size at the beginning.
    pub async fn resize(&mut self, columns: u16, rows: u16) {
        if let Wire::Ssh(ssh) = self {
            let _ = ssh.channel.window_change(columns.into(), rows.into(), 0, 0).await;
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
