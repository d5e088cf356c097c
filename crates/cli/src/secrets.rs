//! Passwords: typed without echo, or read from standard input; never an argument, never in the environment.

use std::collections::VecDeque;
use std::io::{self, BufRead, IsTerminal};

use anyhow::{Context, bail};
use app::{AppError, Login};
use clap::Args;
use secrecy::SecretString;
use zeroize::Zeroizing;

#[derive(Args, Debug, Clone)]
pub struct LoginFlags {
    /// Account to log in with; may be given more than once, tried in this order
    #[arg(long = "user", short = 'u', value_name = "NAME")]
    pub users: Vec<String>,
    /// Read the password from standard input: one line for each --user, the last one serves the rest
    #[arg(long)]
    pub password_stdin: bool,
    /// Ask for the enable secret too (with --password-stdin: it is the last line); without this, the password serves
    #[arg(long)]
    pub enable: bool,
}

impl LoginFlags {
    /// The accounts with their passwords. `known` are those that worked before, for when no --user is given.
    pub fn logins(&self, known: &[String]) -> anyhow::Result<Vec<Login>> {
        let users = if self.users.is_empty() { known } else { &self.users };
        if users.is_empty() {
            return Err(AppError::Usage("which account? give it with --user NAME".into()).into());
        }
        let mut source = if self.password_stdin { Source::lines()? } else { Source::terminal()? };
        let enable = if self.enable { Some(source.enable()?) } else { None };
        let passwords = users.iter().map(|user| source.next(&format!("Password for {user}: ")));
        let passwords = passwords.collect::<anyhow::Result<Vec<_>>>()?;
        let login = |(user, password): (&String, SecretString)| {
            let enable = enable.clone().unwrap_or_else(|| password.clone());
            Login::password(user, password).with_enable(enable)
        };
        Ok(users.iter().zip(passwords).map(login).collect())
    }
}

enum Source {
    Terminal,
    Lines { left: VecDeque<SecretString>, last: Option<SecretString> },
}

impl Source {
    fn terminal() -> anyhow::Result<Source> {
        if !io::stdin().is_terminal() {
            bail!("there is no terminal to ask for the password; use --password-stdin");
        }
        Ok(Source::Terminal)
    }

    fn lines() -> anyhow::Result<Source> {
        let mut left = VecDeque::new();
        let mut input = io::stdin().lock();
        loop {
            let mut line = Zeroizing::new(String::new());
            if input.read_line(&mut line).context("cannot read the password from standard input")? == 0 {
                break;
            }
            left.push_back(SecretString::from(line.trim_end_matches(['\n', '\r'])));
        }
        Ok(Source::Lines { left, last: None })
    }

    /// The last line, so that it serves no account as its password.
    fn enable(&mut self) -> anyhow::Result<SecretString> {
        match self {
            Source::Terminal => self.next("Enable secret: "),
            Source::Lines { left, .. } => left.pop_back().context("standard input must end with the enable secret"),
        }
    }

    fn next(&mut self, question: &str) -> anyhow::Result<SecretString> {
        match self {
            Source::Terminal => Ok(SecretString::from(rpassword::prompt_password(question)?)),
            Source::Lines { left, last } => {
                *last = left.pop_front().or(last.take());
                last.clone().context("standard input is empty; it must hold the password")
            }
        }
    }
}
