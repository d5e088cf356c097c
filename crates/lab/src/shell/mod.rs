//! The terminal of a device: prompt, line editing, modes, pager.
//!
//! What a client gets to see byte by byte is made here, faults included. The text of outputs
//! comes from `render`; how each vendor words prompts, errors and its pager is in `manners`.

mod acts;
mod configure;
mod editor;
mod errors;
mod manners;
mod modes;
mod output;
mod pipe;
mod run;
mod terminal;

use std::sync::Arc;

pub use pipe::split as split_pipe;
pub use terminal::{Gone, Size, Terminal};

use crate::lab::Lab;
use crate::world::Platform;
use manners::Manners;
use modes::Mode;

/// A person (or a program) at the terminal of a device.
struct Shell {
    lab: Arc<Lab>,
    device: usize,
    platform: Platform,
    manners: &'static Manners,
    term: Terminal,
    mode: Mode,
    /// Lines a page; 0: no paging. None: as high as the terminal.
    page: Option<u32>,
    /// Columns set by command; None: as wide as the terminal.
    width: Option<u32>,
    /// The interface that a configuration mode is about.
    context: Option<usize>,
}

impl Shell {
    fn new(lab: Arc<Lab>, device: usize, term: Terminal) -> Self {
        let (platform, user) = lab.with_device(device, |_, d| (d.platform(), d.user_mode));
        let mode = if user { Mode::User } else { Mode::Exec };
        let manners = Manners::of(platform);
        Self { lab, device, platform, manners, term, mode, page: None, width: None, context: None }
    }

    fn columns(&self) -> usize {
        match self.width {
            Some(0) => usize::MAX,
            Some(n) => n as usize,
            None => self.term.size.columns(),
        }
    }

    /// Lines a page; 0: no paging.
    fn rows(&self) -> usize {
        self.page.map_or_else(|| self.term.size.rows(), |n| n as usize)
    }

    fn prompt(&self) -> String {
        let (host, chassis) = self.lab.with_device(self.device, |_, d| {
            (d.hostname().to_owned(), d.platform() == Platform::JuniperJunos && d.role == crate::Role::Access)
        });
        self.mode.prompt(self.platform, &host, self.lab.username(), chassis)
    }

    async fn session(&mut self) -> Result<(), Gone> {
        let host = self.lab.with_device(self.device, |_, d| d.hostname().to_owned());
        self.term.send(self.manners.greeting(&host)).await?;
        loop {
            let prompt = self.prompt();
            self.term.send(prompt.clone()).await?;
            let shown = prompt.rsplit('\n').next().unwrap_or_default().len();
            let line = self.read_line(shown, true).await?;
            self.run_line(&line, shown).await?;
            if self.mode == Mode::Closed {
                return Ok(());
            }
            self.term.send(self.manners.before_prompt).await?;
        }
    }
}

/// Serves a shell until the client leaves or the device has had enough.
pub async fn interactive(lab: Arc<Lab>, device: usize, terminal: Terminal) {
    let mut shell = Shell::new(lab, device, terminal);
    // A client that is gone is no failure of the lab.
    let _ = shell.session().await;
    shell.term.finish(0).await;
}

/// Runs the lines of an exec request without prompt, echo or pager.
pub async fn exec(lab: Arc<Lab>, device: usize, terminal: Terminal, command: String) {
    let mut shell = Shell::new(lab, device, terminal);
    (shell.mode, shell.page) = (Mode::Exec, Some(0));
    for line in command.split(['\n', ';']).map(str::trim).filter(|l| !l.is_empty()) {
        if shell.run_line(line, 0).await.is_err() || shell.mode == Mode::Closed {
            break;
        }
    }
    shell.term.finish(0).await;
}
