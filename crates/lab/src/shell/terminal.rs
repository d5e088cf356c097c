//! Bytes in, bytes out.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use russh::server::Msg;
use russh::{Channel, ChannelMsg, ChannelReadHalf, ChannelWriteHalf};

use crate::ssh::Scissors;

/// The client has left, or the connection was cut.
#[derive(Debug)]
pub struct Gone;

/// The size of the client's terminal.
#[derive(Debug, Default)]
pub struct Size {
    columns: AtomicU32,
    rows: AtomicU32,
}

impl Size {
    pub fn set(&self, columns: u32, rows: u32) {
        self.columns.store(columns, Ordering::Relaxed);
        self.rows.store(rows, Ordering::Relaxed);
    }

    /// 80 when the client did not say.
    pub fn columns(&self) -> usize {
        match self.columns.load(Ordering::Relaxed) {
            0 => 80,
            n => n as usize,
        }
    }

    /// 24 when the client did not say.
    pub fn rows(&self) -> usize {
        match self.rows.load(Ordering::Relaxed) {
            0 => 24,
            n => n as usize,
        }
    }
}

/// Sent at once, even while the device is busy.
const FULL: usize = 32 * 1024;

/// The channel of a session, with what was typed ahead and what is shown next.
pub struct Terminal {
    reader: ChannelReadHalf,
    writer: ChannelWriteHalf<Msg>,
    typed: VecDeque<u8>,
    shown: Vec<u8>,
    closed: bool,
    /// The client will type no more.
    ended: bool,
    pub size: Arc<Size>,
    pub scissors: Scissors,
}

impl Terminal {
    pub fn new(channel: Channel<Msg>, size: Arc<Size>, scissors: Scissors) -> Self {
        let (reader, writer) = channel.split();
        Self { reader, writer, typed: VecDeque::new(), shown: Vec::new(), closed: false, ended: false, size, scissors }
    }

    /// Shows bytes: they go out when the device waits for a key or for anything else, so that an output and the prompt
    /// behind it are one packet, as from most devices.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> Result<(), Gone> {
        self.shown.extend_from_slice(bytes.as_ref());
        if self.shown.len() < FULL { Ok(()) } else { self.flush().await }
    }

    /// Sends what is shown, in time with the client's window. What is typed meanwhile is kept.
    pub async fn flush(&mut self) -> Result<(), Gone> {
        if self.shown.is_empty() {
            return Ok(());
        }
        let mut sending = std::pin::pin!(self.writer.data_bytes(std::mem::take(&mut self.shown)));
        loop {
            tokio::select! {
                sent = &mut sending => return sent.map_err(|_| Gone),
                message = self.reader.wait(), if !self.closed => match message {
                    Some(ChannelMsg::Data { data }) => self.typed.extend(data.iter()),
                    Some(ChannelMsg::Eof) => self.ended = true,
                    Some(ChannelMsg::Close) | None => {
                        self.closed = true;
                        return Err(Gone);
                    }
                    Some(_) => {}
                },
            }
        }
    }

    /// The next byte typed.
    pub async fn key(&mut self) -> Result<u8, Gone> {
        loop {
            if let Some(byte) = self.typed.pop_front() {
                return Ok(byte);
            }
            if self.ended || self.closed {
                return Err(Gone);
            }
            if !self.shown.is_empty() {
                // More may be typed, or the end of it come, meanwhile.
                self.flush().await?;
                continue;
            }
            match self.reader.wait().await {
                Some(ChannelMsg::Data { data }) => self.typed.extend(data.iter()),
                Some(ChannelMsg::Close | ChannelMsg::Eof) | None => return Err(Gone),
                Some(_) => {}
            }
        }
    }

    /// Takes back a byte that belongs to the next reader.
    pub fn unread(&mut self, byte: u8) {
        self.typed.push_front(byte);
    }

    /// Nothing more has been typed so far.
    pub fn is_idle(&self) -> bool {
        self.typed.is_empty()
    }

    /// Waits until the client has left. Nothing is sent.
    pub async fn fall_silent(&mut self) -> Gone {
        if self.flush().await.is_err() {
            return Gone;
        }
        while let Some(message) = self.reader.wait().await {
            if matches!(message, ChannelMsg::Close) {
                break;
            }
        }
        Gone
    }

    /// Ends the channel.
    pub async fn finish(&mut self, status: u32) {
        // The client may have closed first; then there is nobody to tell.
        let _ = self.flush().await;
        let _ = self.writer.exit_status(status).await;
        let _ = self.writer.eof().await;
        let _ = self.writer.close().await;
    }
}
