//! What tells a process that serves to stop: in order at first, and at once when it is told again.

use std::io::Write;

use tokio_util::sync::CancellationToken;

/// Cancelled by Ctrl-C, and by what a service manager sends. The end of a terminal does not end it.
pub fn on_signal() -> anyhow::Result<CancellationToken> {
    let token = CancellationToken::new();
    let stop = token.clone();
    let mut signals = Signals::listen()?;
    tokio::spawn(async move {
        signals.next().await;
        let text = "stopping: nothing is begun, what is under way is finished; once more to stop at once";
        let _ = writeln!(std::io::stderr().lock(), "{text}");
        stop.cancel();
        signals.next().await;
        std::process::exit(130);
    });
    Ok(token)
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    _hangup: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> anyhow::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let [terminate, interrupt] = [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?];
        Ok(Self { terminate, interrupt, _hangup: signal(SignalKind::hangup())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> anyhow::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// Takes what a server says: a line on standard error each.
pub fn lines() -> app::Say {
    std::sync::Arc::new(|line: String| {
        // Nobody may be there to read it.
        let _ = writeln!(std::io::stderr().lock(), "{}", model::text::shown_lines(&line));
    })
}
