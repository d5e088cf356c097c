//! A recorded session as a device: what was asked in it is answered as recorded, in any order and as often as one likes;
//! anything else is refused.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::lab::random_password;
use crate::shell::{Gone, Terminal};
use crate::ssh::{Client, Host, Scissors, bind, keys};
use crate::{Overrides, Platform};

/// What the device prints, and what it waits for then; for nothing at its end. `*password` and its like stand for any line.
pub type Turn = (Vec<u8>, Option<String>);

/// A recorded device, and who may log in.
#[derive(Debug, Clone)]
pub struct Recorded {
    greeting: Vec<Turn>,
    answers: HashMap<String, Vec<Turn>>,
    /// What ends the session.
    exit: Option<String>,
    refusal: String,
    username: String,
    password: String,
}

impl Recorded {
    /// `turns` as they were recorded, to the exit; `refusal` is what an unknown command is answered with. Whoever
    /// has the name and the random password is let in.
    pub fn new(turns: Vec<Turn>, refusal: String, username: String) -> Recorded {
        let (greeting, answers) = Default::default();
        let password = random_password();
        let mut recorded = Recorded { greeting, answers, exit: None, refusal, username, password };
        let mut command: Option<String> = None;
        for (printed, awaited) in turns {
            let asked = awaited.as_deref().filter(|text| is_command(text)).map(str::to_owned);
            let waits = if asked.is_some() { None } else { awaited };
            let ends = waits.is_none();
            match &command {
                None => recorded.greeting.push((printed, waits)),
                Some(command) => recorded.answers.entry(command.clone()).or_default().push((printed, waits)),
            }
            if ends {
                recorded.exit = recorded.exit.take().or_else(|| command.take_if(|_| asked.is_none()));
                command = asked.filter(|command| !recorded.answers.contains_key(command)).or(Some(REPEATED.to_owned()));
            }
        }
        recorded.answers.remove(REPEATED);
        recorded
    }

    pub fn password(&self) -> &str {
        &self.password
    }

    /// What can be asked.
    pub fn commands(&self) -> Vec<&str> {
        let mut commands: Vec<&str> = self.answers.keys().map(String::as_str).collect();
        commands.sort_unstable();
        commands
    }

    /// Listens on a loopback address; port 0 takes a free one.
    ///
    /// # Errors
    /// What the system says: address in use, or permission denied below port 1024.
    pub fn listen(self, address: Ipv4Addr, port: u16) -> io::Result<Listening> {
        let listener = bind(address, port)?;
        let address = listener.local_addr()?;
        Ok(Listening { device: Arc::new(self), listener, address })
    }
}

/// What was answered before already.
const REPEATED: &str = "";

/// Keys and answers are short, secrets have a name.
fn is_command(sent: &str) -> bool {
    sent.len() > 1 && !sent.starts_with('*')
}

/// A recorded device at its address.
pub struct Listening {
    device: Arc<Recorded>,
    listener: TcpListener,
    pub address: SocketAddr,
}

impl Listening {
    /// Answers until it is dropped.
    pub async fn serve(self) {
        let config = keys::config(0, 0, &Overrides::default(), Platform::CiscoIos);
        loop {
            let Ok((stream, _)) = self.listener.accept().await else { continue };
            let client = Client::new(Arc::clone(&self.device), Scissors::default());
            let config = config.clone();
            tokio::spawn(async move {
                if let Ok(running) = russh::server::run_stream(config, stream, client).await {
                    // How a session ends is the client's business.
                    let _ = running.await;
                }
            });
        }
    }
}

impl Host for Arc<Recorded> {
    fn accepts(&self, user: &str, password: &[u8]) -> bool {
        self.username == user && self.password.as_bytes() == password
    }

    async fn interactive(self, mut terminal: Terminal) {
        // A client that is gone is no failure of the device.
        let _ = self.session(&mut terminal).await;
        terminal.finish(0).await;
    }

    /// What was recorded is a command line.
    fn exec(&self, _: Terminal, _: String) -> Option<impl Future<Output = ()> + Send + 'static> {
        None::<std::future::Ready<()>>
    }
}

impl Recorded {
    async fn session(&self, terminal: &mut Terminal) -> Result<(), Gone> {
        let mut prompt = say(terminal, &self.greeting).await?;
        loop {
            let line = read_line(terminal).await?;
            match self.answers.get(&line) {
                Some(answer) => prompt = say(terminal, answer).await?,
                None if line.is_empty() => terminal.send([b"\r\n", &*prompt].concat()).await?,
                None => {
                    let refused = format!("{line}\r\n{}\r\n", self.refusal);
                    terminal.send([refused.as_bytes(), &prompt].concat()).await?;
                }
            }
            if self.exit.as_ref() == Some(&line) {
                return Ok(());
            }
        }
    }
}

/// Prints and waits as recorded; gives the line that is shown last, which is the prompt.
async fn say(terminal: &mut Terminal, turns: &[Turn]) -> Result<Vec<u8>, Gone> {
    let mut prompt = Vec::new();
    for (printed, awaited) in turns {
        terminal.send(printed).await?;
        let last = printed.rsplit(|b| *b == b'\n').next().unwrap_or_default();
        prompt = last.to_vec();
        match awaited.as_deref() {
            None => {}
            // A key has no return behind it; nobody waits for one.
            Some(" " | "q") => drop(terminal.key().await?),
            Some(_) => drop(read_line(terminal).await?),
        }
    }
    Ok(prompt)
}

async fn read_line(terminal: &mut Terminal) -> Result<String, Gone> {
    let mut line = Vec::new();
    loop {
        match terminal.key().await? {
            b'\r' | b'\n' => return Ok(String::from_utf8_lossy(&line).trim().to_owned()),
            byte => line.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(printed: &str, awaited: &str) -> Turn {
        (printed.into(), Some(awaited.to_owned()).filter(|text| !text.is_empty()))
    }

    #[test]
    fn keys_and_secrets_belong_to_the_command_before_them() {
        let turns = vec![
            turn("Password: ", "*password"),
            turn("sw1>", "enable"),
            turn("enable\r\nPassword: ", "*enable"),
            turn("\r\nsw1#", "show version"),
            turn("show version\r\nAcme\r\n--More--", " "),
            turn("\r       \rmore\r\nsw1#", "exit"),
            turn("exit\r\n", ""),
        ];
        let recorded = Recorded::new(turns, "% Invalid".into(), "ops".into());
        assert_eq!(recorded.commands(), ["enable", "exit", "show version"]);
        assert_eq!(recorded.greeting.len(), 2);
        assert_eq!(recorded.answers["show version"].len(), 2);
        assert_eq!(recorded.exit.as_deref(), Some("exit"));
    }
}
