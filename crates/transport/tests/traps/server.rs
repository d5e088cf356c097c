//! A device behind real SSH that does what a script says.

use std::borrow::Cow;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use russh::keys::{Algorithm, PrivateKey};
use russh::server::{self, Auth, ChannelOpenHandle, Msg, Response, Session};
use russh::{Channel, ChannelId, MethodKind, MethodSet, Preferred, Pty, SshId};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

#[derive(Debug, Clone)]
pub enum Act {
    Text(String),
    /// The same text so many times, in packets of so many bytes.
    Flood {
        text: &'static str,
        times: usize,
        packet: usize,
    },
    Wait(Duration),
    /// Shows it and waits for a key.
    Page(&'static str),
    /// Shows it and waits for a line, unseen; goes on with the prompt when the line is this.
    Secret {
        ask: &'static str,
        good: &'static str,
        prompt: &'static str,
        bad: &'static str,
    },
    /// In packets of 200 bytes, each a little later.
    Slowly(Vec<u8>),
    /// Waits until this was typed; a line when Enter follows, keys when it does not.
    Await(String),
    /// The TCP connection is gone, without a word.
    Cut,
    /// Never says anything again.
    Hang,
    Leave,
}

pub fn text(text: &str) -> Act {
    Act::Text(text.to_owned())
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Echo {
    Plain,
    None,
    /// A line editor of 80 columns that breaks lines.
    Wrap,
}

#[derive(Clone)]
pub struct Script {
    /// What the server calls itself, behind `SSH-2.0-`.
    pub software: &'static str,
    pub username: &'static str,
    pub password: &'static str,
    pub methods: &'static [MethodKind],
    /// Lets everybody in by `none`.
    pub open: bool,
    /// Offers only keyboard-interactive once a password was refused.
    pub drops: bool,
    pub banner: Option<&'static str>,
    /// Before it says whether a password is right.
    pub thinks: Duration,
    pub greeting: Vec<Act>,
    pub prompt: &'static str,
    pub echo: Echo,
    pub commands: HashMap<&'static str, Vec<Act>>,
    pub preferred: Preferred,
    pub key: PrivateKey,
    /// Secrets that were offered, in order.
    pub offered: Arc<Mutex<Vec<String>>>,
    /// Columns and rows of the terminal that was asked for.
    pub terminal: Arc<Mutex<(u32, u32)>>,
    pub sessions: Arc<()>,
}

pub fn key() -> PrivateKey {
    PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519).expect("a key")
}

impl Default for Script {
    fn default() -> Script {
        let script = Script {
            software: "trap",
            username: "ops",
            password: "s3cret",
            methods: &[MethodKind::Password],
            open: false,
            drops: false,
            banner: None,
            thinks: Duration::ZERO,
            greeting: Vec::new(),
            prompt: "sw1#",
            echo: Echo::Plain,
            commands: HashMap::new(),
            preferred: Preferred::DEFAULT,
            key: key(),
            offered: Arc::default(),
            terminal: Arc::default(),
            sessions: Arc::default(),
        };
        script.says("show clock", vec![text("12:00\r\n")]).says("exit", vec![Act::Leave])
    }
}

impl Script {
    pub fn says(mut self, command: &'static str, acts: Vec<Act>) -> Script {
        self.commands.insert(command, acts);
        self
    }

    pub async fn serve(self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("an address");
        let addr = listener.local_addr().expect("bound");
        let config = Arc::new(server::Config {
            methods: MethodSet::from(self.methods),
            auth_rejection_time: Duration::from_millis(10),
            keys: vec![self.key.clone()],
            preferred: self.preferred.clone(),
            nodelay: true,
            server_id: SshId::Standard(format!("SSH-2.0-{}", self.software).into()),
            ..server::Config::default()
        });
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connection(stream, config.clone(), self.clone());
            }
        });
        addr
    }
}

/// The server talks to one end of a pipe, so that the connection can be cut from outside.
fn connection(mut stream: TcpStream, config: Arc<server::Config>, script: Script) {
    let (mut near, far) = tokio::io::duplex(1 << 16);
    let pump = tokio::spawn(async move { drop(tokio::io::copy_bidirectional(&mut stream, &mut near).await) });
    tokio::spawn(async move {
        let device = Device { script, channel: None, pump: Arc::new(pump) };
        if let Ok(session) = server::run_stream(config, far, device).await {
            let _ = session.await;
        }
    });
}

struct Device {
    script: Script,
    channel: Option<Channel<Msg>>,
    pump: Arc<JoinHandle<()>>,
}

impl server::Handler for Device {
    type Error = russh::Error;

    async fn authentication_banner(&mut self) -> Result<Option<String>, russh::Error> {
        Ok(self.script.banner.map(str::to_owned))
    }

    async fn auth_none(&mut self, _: &str) -> Result<Auth, russh::Error> {
        Ok(self.verdict(self.script.open))
    }

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, russh::Error> {
        self.script.offered.lock().expect("free").push(format!("password {password}"));
        tokio::time::sleep(self.script.thinks).await;
        let good = user == self.script.username && password == self.script.password;
        if !good && self.script.drops {
            let left = Some(MethodSet::from(&[MethodKind::KeyboardInteractive][..]));
            return Ok(Auth::Reject { proceed_with_methods: left, partial_success: false });
        }
        Ok(self.verdict(good))
    }

    async fn auth_keyboard_interactive<'a>(
        &'a mut self,
        user: &str,
        _: &str,
        response: Option<Response<'a>>,
    ) -> Result<Auth, russh::Error> {
        let Some(mut response) = response else {
            let prompts: Vec<(Cow<'static, str>, bool)> = vec![("Password: ".into(), false)];
            return Ok(Auth::Partial { name: "".into(), instructions: "".into(), prompts: prompts.into() });
        };
        let given = response.next().map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default();
        self.script.offered.lock().expect("free").push(format!("interactive {given}"));
        Ok(self.verdict(user == self.script.username && given == self.script.password))
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), russh::Error> {
        self.channel = Some(channel);
        reply.accept().await;
        Ok(())
    }

    /// As a jump host.
    async fn channel_open_direct_tcpip(
        &mut self,
        channel: Channel<Msg>,
        host: &str,
        port: u32,
        _: &str,
        _: u32,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), russh::Error> {
        let Ok(mut there) = TcpStream::connect(format!("{host}:{port}")).await else { return Ok(()) };
        reply.accept().await;
        let mut here = channel.into_stream();
        tokio::spawn(async move { drop(tokio::io::copy_bidirectional(&mut here, &mut there).await) });
        Ok(())
    }

    async fn pty_request(
        &mut self,
        _: ChannelId,
        _: &str,
        columns: u32,
        rows: u32,
        _: u32,
        _: u32,
        _: &[(Pty, u32)],
        _: &mut Session,
    ) -> Result<(), russh::Error> {
        *self.script.terminal.lock().expect("free") = (columns, rows);
        Ok(())
    }

    async fn shell_request(&mut self, _: ChannelId, session: &mut Session) -> Result<(), russh::Error> {
        let Some(channel) = self.channel.take() else { return Ok(()) };
        let stream = channel.into_stream();
        let console =
            Console { script: self.script.clone(), prompt: self.script.prompt, stream, pump: self.pump.clone() };
        let handle = session.handle();
        tokio::spawn(async move {
            let _ = console.run().await;
            let _ = handle.disconnect(russh::Disconnect::ByApplication, "bye".into(), String::new()).await;
        });
        Ok(())
    }
}

impl Device {
    /// As OpenSSH and the vendors do it, a refused method stays on the list.
    fn verdict(&self, good: bool) -> Auth {
        let proceed_with_methods = Some(MethodSet::from(self.script.methods));
        if good { Auth::Accept } else { Auth::Reject { proceed_with_methods, partial_success: false } }
    }
}

struct Console<S> {
    script: Script,
    prompt: &'static str,
    stream: S,
    pump: Arc<JoinHandle<()>>,
}

impl<S: AsyncReadExt + AsyncWriteExt + Unpin> Console<S> {
    async fn run(mut self) -> std::io::Result<()> {
        for act in self.script.greeting.clone() {
            self.act(act).await?;
        }
        loop {
            self.print(self.prompt.as_bytes()).await?;
            let line = self.line().await?;
            self.echo(&line).await?;
            let unknown = vec![text("% Invalid input detected at '^' marker.\r\n\r\n")];
            let acts = self.script.commands.get(line.trim()).cloned().unwrap_or(unknown);
            for act in acts {
                self.act(act).await?;
            }
        }
    }

    async fn echo(&mut self, line: &str) -> std::io::Result<()> {
        let shown = match self.script.echo {
            Echo::Plain => line.to_owned(),
            Echo::None => String::new(),
            Echo::Wrap => {
                let whole: Vec<char> = self.prompt.chars().chain(line.chars()).collect();
                let rows: Vec<String> = whole.chunks(80).map(|row| row.iter().collect()).collect();
                rows.join("\r\n").split_off(self.prompt.len())
            }
        };
        self.print(format!("{shown}\r\n").as_bytes()).await
    }

    async fn act(&mut self, act: Act) -> std::io::Result<()> {
        match act {
            Act::Text(text) => self.print(text.as_bytes()).await?,
            Act::Flood { text, times, packet } => {
                let all = text.repeat(packet / text.len() + 1);
                let mut left = text.len().saturating_mul(times);
                while left > 0 {
                    let count = packet.min(left);
                    self.print(&all.as_bytes()[..count]).await?;
                    left -= count;
                }
            }
            Act::Wait(time) => tokio::time::sleep(time).await,
            Act::Page(prompt) => {
                self.print(prompt.as_bytes()).await?;
                self.stream.read_u8().await?;
                self.print(format!("\r{}\r", " ".repeat(prompt.len())).as_bytes()).await?;
            }
            Act::Secret { ask, good, prompt, bad } => {
                self.print(ask.as_bytes()).await?;
                let given = self.line().await?;
                self.print(b"\r\n").await?;
                if given == good {
                    self.prompt = prompt;
                } else {
                    self.print(bad.as_bytes()).await?;
                }
            }
            Act::Slowly(bytes) => {
                for packet in bytes.chunks(200) {
                    self.print(packet).await?;
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
            }
            Act::Await(text) => self.typed(text.as_bytes()).await?,
            Act::Cut => self.pump.abort(),
            // Until the client leaves.
            Act::Hang => while self.stream.read_u8().await.is_ok() {},
            Act::Leave => return Err(std::io::ErrorKind::ConnectionAborted.into()),
        }
        Ok(())
    }

    async fn print(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    /// The Enter of what was typed before is still to be read.
    async fn typed(&mut self, text: &[u8]) -> std::io::Result<()> {
        let mut typed = Vec::new();
        while typed != text || text.is_empty() {
            match self.stream.read_u8().await? {
                b'\r' if text.is_empty() => return Ok(()),
                b'\r' if typed.is_empty() => {}
                byte => typed.push(byte),
            }
            if !text.starts_with(&typed) {
                let typed = String::from_utf8_lossy(&typed).into_owned();
                return Err(std::io::Error::other(format!("`{typed}` was typed for {text:?}")));
            }
        }
        Ok(())
    }

    async fn line(&mut self) -> std::io::Result<String> {
        let mut line = Vec::new();
        loop {
            match self.stream.read_u8().await? {
                b'\r' => return Ok(String::from_utf8_lossy(&line).into_owned()),
                byte => line.push(byte),
            }
        }
    }
}
