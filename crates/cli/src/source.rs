//! Where secrets come from: typed without echo, or lines of standard input or of a file descriptor. What held one is
//! wiped; so nothing here reads through the buffer of `std::io::stdin`, which lives as long as the process.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, IsTerminal, Read};

use anyhow::{Context, bail};
use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

/// More than any secrets that somebody would hand over.
const MOST: usize = 256 * 1024;

#[derive(Args, Debug, Clone)]
pub struct SecretFlags {
    /// Read secrets from standard input instead of the terminal: a line for each, in the order in which they are asked
    #[arg(long)]
    password_stdin: bool,
    /// The same from a file descriptor
    #[arg(long, value_name = "N", conflicts_with = "password_stdin")]
    secret_fd: Option<u32>,
}

pub enum Source {
    Terminal,
    Lines { left: VecDeque<SecretString>, last: Option<SecretString> },
}

/// Whether somebody sits at a terminal, even when standard input is something else.
pub fn can_ask() -> bool {
    io::stdin().is_terminal() || io::stderr().is_terminal()
}

impl SecretFlags {
    pub fn source(&self) -> anyhow::Result<Source> {
        match self.secret_fd {
            Some(fd) => Source::fd(fd),
            None if self.password_stdin => Source::stdin(),
            None => Source::terminal(),
        }
    }

    pub fn are_given(&self) -> bool {
        self.password_stdin || self.secret_fd.is_some()
    }
}

impl Source {
    pub fn terminal() -> anyhow::Result<Source> {
        if !io::stdin().is_terminal() {
            bail!("there is no terminal to ask for the password; use --password-stdin");
        }
        Ok(Source::Terminal)
    }

    pub fn stdin() -> anyhow::Result<Source> {
        #[cfg(unix)]
        let read = |buffer: &mut [u8]| rustix::io::read(rustix::stdio::stdin(), buffer).map_err(io::Error::from);
        #[cfg(not(unix))]
        let read = |buffer: &mut [u8]| io::stdin().read(buffer);
        Self::lines(read).context("cannot read the password from standard input")
    }

    pub fn fd(fd: u32) -> anyhow::Result<Source> {
        let told = || format!("cannot read a secret from file descriptor {fd}");
        let mut file = File::open(format!("/dev/fd/{fd}")).with_context(told)?;
        Self::lines(|buffer| file.read(buffer)).with_context(told)
    }

    fn lines(mut read: impl FnMut(&mut [u8]) -> io::Result<usize>) -> anyhow::Result<Source> {
        let mut bytes = Zeroizing::new(vec![0; MOST]);
        let mut size = 0;
        loop {
            match read(&mut bytes[size..]) {
                Ok(0) => break,
                Ok(more) => size += more,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e.into()),
            }
        }
        if size == MOST {
            bail!("it does not end");
        }
        let text = std::str::from_utf8(&bytes[..size]).context("it is not UTF-8")?;
        Ok(Source::Lines { left: text.lines().map(SecretString::from).collect(), last: None })
    }

    /// The next secret.
    pub fn next(&mut self, question: &str) -> anyhow::Result<SecretString> {
        match self {
            // A copy of the right size, and the other one wiped.
            Source::Terminal => Ok(Zeroizing::new(rpassword::prompt_password(question)?).as_str().into()),
            Source::Lines { left, .. } => left.pop_front().context("a secret is missing: there are too few lines"),
        }
    }

    /// The next secret, asked for twice where it is typed: nobody sees a slip.
    pub fn new_secret(&mut self, what: &str) -> anyhow::Result<SecretString> {
        let secret = self.next(&format!("{what}: "))?;
        if let Source::Terminal = self {
            let again = self.next(&format!("{what}, again: "))?;
            if again.expose_secret() != secret.expose_secret() {
                bail!("they are not the same; nothing was done");
            }
        }
        Ok(secret)
    }

    /// The next secret; where there are no more lines, the last one again.
    pub fn next_or_same(&mut self, question: &str) -> anyhow::Result<SecretString> {
        match self {
            Source::Terminal => self.next(question),
            Source::Lines { left, last } => {
                *last = left.pop_front().or(last.take());
                last.clone().context("standard input is empty; it must hold the password")
            }
        }
    }

    /// The last line, so that it serves no account as its password.
    pub fn last(&mut self, question: &str) -> anyhow::Result<SecretString> {
        match self {
            Source::Terminal => self.next(question),
            Source::Lines { left, .. } => left.pop_back().context("standard input must end with the enable secret"),
        }
    }
}
