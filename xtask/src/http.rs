//! A client of HTTP/1.1 on one connection that is kept: enough to ask our own server and those beside it, and cheap enough to measure them.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use serde_json::Value;

/// For one answer.
const PATIENCE: Duration = Duration::from_secs(120);

/// The largest answer.
const LARGEST: usize = 256 << 20;

pub struct Client {
    addr: SocketAddr,
    /// Sent with each request: `Cookie`, `Authorization` …
    pub headers: Vec<(String, String)>,
    stream: Option<BufReader<TcpStream>>,
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body of an answer that is a success.
    pub fn json(&self) -> anyhow::Result<Value> {
        let text = String::from_utf8_lossy(&self.body);
        ensure!((200..300).contains(&self.status), "{}: {}", self.status, text.chars().take(500).collect::<String>());
        Ok(serde_json::from_slice(&self.body).unwrap_or(Value::Null))
    }
}

impl Client {
    pub fn new(addr: SocketAddr) -> Self {
        Self { addr, headers: Vec::new(), stream: None }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        self.ask("GET", path, None)
    }

    /// A connection that the server closed since the last answer is made anew, once.
    pub fn ask(&mut self, method: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Answer> {
        let kept = self.stream.is_some();
        match self.try_ask(method, path, body) {
            Err(_) if kept => {
                self.stream = None;
                self.try_ask(method, path, body)
            }
            answer => answer,
        }
        .with_context(|| format!("{method} {path}"))
    }

    fn try_ask(&mut self, method: &str, path: &str, body: Option<&Value>) -> anyhow::Result<Answer> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.addr);
        for (name, value) in &self.headers {
            write!(head, "{name}: {value}\r\n")?;
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        if !body.is_empty() {
            write!(head, "Content-Type: application/json\r\nContent-Length: {}\r\n", body.len())?;
        }
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(self.addr)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                BufReader::with_capacity(64 * 1024, stream)
            }
        };
        stream.get_mut().write_all(format!("{head}\r\n{body}").as_bytes())?;
        let answer = read(&mut stream)?;
        if answer.header("connection").is_none_or(|c| !c.eq_ignore_ascii_case("close")) {
            self.stream = Some(stream);
        }
        Ok(answer)
    }
}

fn read(stream: &mut BufReader<TcpStream>) -> anyhow::Result<Answer> {
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|s| s.parse().ok()).context("it is no HTTP")?;
    let mut headers = Vec::new();
    loop {
        let line = line(stream)?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    let mut answer = Answer { status, headers, body: Vec::new() };
    if answer.header("transfer-encoding").is_some_and(|t| t.eq_ignore_ascii_case("chunked")) {
        chunks(stream, &mut answer.body)?;
    } else {
        let length = answer.header("content-length").and_then(|l| l.parse().ok()).unwrap_or(0usize);
        ensure!(length <= LARGEST, "the answer is too large");
        answer.body.resize(length, 0);
        stream.read_exact(&mut answer.body)?;
    }
    Ok(answer)
}

fn chunks(stream: &mut BufReader<TcpStream>, body: &mut Vec<u8>) -> anyhow::Result<()> {
    loop {
        let size = usize::from_str_radix(line(stream)?.split(';').next().unwrap_or_default(), 16)?;
        ensure!(body.len() + size <= LARGEST, "the answer is too large");
        let from = body.len();
        body.resize(from + size, 0);
        stream.read_exact(&mut body[from..])?;
        line(stream)?;
        if size == 0 {
            return Ok(());
        }
    }
}

fn line(stream: &mut BufReader<TcpStream>) -> anyhow::Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        bail!("the connection was closed");
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
