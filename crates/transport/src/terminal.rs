//! A session that a person goes on with: bytes as they come, bytes as they are typed. Nothing is understood or answered.

use bytes::Bytes;

use crate::session::Session;
use crate::wire::{Heard, Wire};

/// A shell on a device. Dropping it closes the connection.
pub struct Terminal {
    wire: Wire,
    /// What was on the screen when it was handed over.
    shown: Option<Bytes>,
}

impl Session {
    /// Hands the session over at its prompt.
    pub fn into_terminal(self) -> Terminal {
        let motd = self.dialog.motd().replace("\r\n", "\n").replace('\n', "\r\n");
        let shown = format!("{}\r\n{}", motd.trim_end(), self.prompt);
        Terminal { wire: self.wire, shown: Some(shown.into()) }
    }
}

impl Terminal {
    /// What the device says next, first of all what it showed until now; `None` when it hung up. May be dropped and called
    /// again.
    pub async fn hear(&mut self) -> Option<Bytes> {
        if let Some(shown) = self.shown.take() {
            return Some(shown);
        }
        loop {
            match self.wire.hear().await {
                Heard::Data(data) => return Some(data),
                Heard::Other => {}
                Heard::End => return None,
            }
        }
    }

    pub async fn send(&mut self, typed: Vec<u8>) {
        self.wire.write(typed).await;
    }

    /// Another size of the window. A device may not care.
    pub async fn resize(&mut self, columns: u16, rows: u16) {
        self.wire.resize(columns, rows).await;
    }

    /// Why the device left, when it said so.
    pub fn farewell(&self) -> String {
        self.wire.farewell()
    }

    /// Hangs up, so that the line of the device is free at once.
    pub async fn leave(mut self) {
        self.wire.leave().await;
    }
}
