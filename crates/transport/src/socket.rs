//! The stream under a session: read in blocks, closed the moment the session is dropped.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncBufRead, AsyncRead, AsyncWrite, BufReader, ReadBuf};
use tokio::sync::oneshot;

use crate::target::Stream;

/// Kept of what the server says first.
const GREETING: usize = 255;
const BLOCK: usize = 4096;

/// While it lives the socket is open, whatever the task that reads it is waiting for.
#[derive(Debug)]
pub(crate) struct Guard {
    _open: oneshot::Sender<()>,
    greeting: Arc<Mutex<Vec<u8>>>,
}

impl Guard {
    /// The first bytes of the server, before any encryption.
    pub fn greeting(&self) -> Vec<u8> {
        self.greeting.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

pub(crate) struct Socket {
    stream: BufReader<Box<dyn Stream>>,
    /// `None` once the guard is gone.
    dropped: Option<oneshot::Receiver<()>>,
    greeting: Option<Arc<Mutex<Vec<u8>>>>,
}

pub(crate) fn guarded(stream: Box<dyn Stream>) -> (Socket, Guard) {
    let (open, dropped) = oneshot::channel();
    let greeting = Arc::new(Mutex::new(Vec::new()));
    let stream = BufReader::with_capacity(BLOCK, stream);
    (Socket { stream, dropped: Some(dropped), greeting: Some(greeting.clone()) }, Guard { _open: open, greeting })
}

impl Socket {
    fn check(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        let open = self.dropped.as_mut().is_some_and(|dropped| Pin::new(dropped).poll(cx).is_pending());
        if !open {
            self.dropped = None;
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }

    /// Only until the version string is complete; all that follows is the key exchange.
    fn keep_greeting(&mut self, bytes: &[u8]) {
        let Some(greeting) = &self.greeting else { return };
        let mut kept = greeting.lock().unwrap_or_else(PoisonError::into_inner);
        let room = GREETING - kept.len();
        kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        let complete = kept.len() == GREETING || (kept.ends_with(b"\n") && kept.windows(4).any(|w| w == b"SSH-"));
        drop(kept);
        if complete {
            self.greeting = None;
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.check(cx)?;
        let bytes = ready!(Pin::new(&mut self.stream).poll_fill_buf(cx))?;
        let count = bytes.len().min(buf.remaining());
        let start = buf.filled().len();
        buf.put_slice(&bytes[..count]);
        Pin::new(&mut self.stream).consume(count);
        if self.greeting.is_some() {
            self.keep_greeting(&buf.filled()[start..]);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.check(cx)?;
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check(cx)?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
