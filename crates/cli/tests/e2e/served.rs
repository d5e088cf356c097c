//! A server over a bench whose vault is open, and programs that ask it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Child;

use serde_json::Value;

use crate::bench::{Bench, Said};

const PASSWORD: &str = "correct-horse-of-the-vault";

/// Ends with the test.
pub struct Served {
    pub bench: Bench,
    pub host: String,
    child: Child,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// With the password of the vault.
pub fn tell(bench: &Bench, args: &[&str], input: &str) -> Said {
    bench.run_with(args, input, &[("VELOCITY_VAULT_PASS", Path::new(PASSWORD))])
}

impl Served {
    /// `None` where the machine has no keyring: a server has no terminal to ask for the password of the vault.
    pub fn start(bench: Bench) -> Option<Self> {
        let unlocked = tell(&bench, &["vault", "unlock"], "");
        if unlocked.err.contains("the keyring of the system cannot be used") {
            println!("no keyring here: {}", unlocked.err);
            return None;
        }
        unlocked.ok();
        let mut child = bench.spawn(&["server", "--bind", "127.0.0.1:0"], "");
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().expect("output"));
        said.read_line(&mut line).expect("where it listens");
        let host = line.split("http://").nth(1).and_then(|l| l.split(';').next()).expect("an address").to_owned();
        Some(Self { bench, host, child })
    }

    /// What a program of a new user with this role sends along.
    pub fn user(&self, name: &str, role: &str) -> String {
        self.bench.run(&["user", "add", name, "--role", role, "--json"], "").ok();
        let made = self.bench.run(&["token", "create", "t", "--user", name, "--scope", role, "--json"], "").ok().json();
        format!("Bearer {}", made["secret"].as_str().expect("a token"))
    }

    /// Status and answer.
    pub fn post(&self, who: &str, path: &str, asked: &Value) -> (u16, Value) {
        let body = asked.to_string();
        let mut stream = TcpStream::connect(&self.host).expect("a connection");
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nauthorization: {who}\r\nconnection: close\r\n\
            content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            self.host,
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).expect("sent");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        (status, serde_json::from_str(body).unwrap_or(Value::Null))
    }
}
