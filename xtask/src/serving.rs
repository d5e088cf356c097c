//! The product as it serves: a process of `velocity start` or `velocity server`, logged in to.

use std::borrow::BorrowMut;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, ensure};
use serde_json::json;

use crate::http::Client;

pub struct Serving {
    pub child: Child,
    pub addr: SocketAddr,
    pub url: String,
}

impl Serving {
    /// Starts it, and waits until it says where it is. What it says from then on is left alone.
    pub fn begin(mut command: impl BorrowMut<Command>) -> anyhow::Result<Serving> {
        let command = command.borrow_mut();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cannot start velocity")?;
        let mut said = BufReader::new(child.stdout.take().context("no output")?);
        let url = loop {
            let mut line = String::new();
            ensure!(said.read_line(&mut line)? > 0, "it ended before it served: {}", child.wait()?);
            let url = line.split_whitespace().find(|word| word.starts_with("http://"));
            if let Some(url) = url {
                break url.trim_end_matches(';').to_owned();
            }
        };
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        let addr = url.trim_start_matches("http://").parse().with_context(|| format!("`{url}` is no address"))?;
        Ok(Serving { child, addr, url })
    }

    /// What it has in memory now, where the machine tells it.
    pub fn resident_mib(&self) -> f64 {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let kib = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).and_then(|l| l.split_whitespace().next());
        kib.and_then(|kib| kib.parse().ok()).map_or(f64::NAN, |kib: f64| kib / 1024.0)
    }

    /// A session of somebody who has to set a password of their own first.
    pub fn first_log_in(&self, name: &str, one_time: &str, own: &str) -> anyhow::Result<Client> {
        let mut client = Client::new(self.addr).with("X-Velocity", "1");
        let asked = json!({ "name": name, "password": one_time });
        let answer = client.ask("POST", "/api/v1/session", Some(&asked))?;
        answer.json()?;
        let cookie = answer.header("set-cookie").and_then(|c| c.split(';').next()).context("no cookie")?.to_owned();
        let mut client = client.with("Cookie", cookie);
        client.ask("PUT", "/api/v1/session/password", Some(&json!({ "old": one_time, "new": own })))?.json()?;
        Ok(client)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The password that `velocity init --json` tells once.
pub fn one_time_password(init: &serde_json::Value) -> anyhow::Result<String> {
    let steps = init["steps"].as_array().into_iter().flatten().filter_map(|s| s.as_str());
    let word = |step: &str| step.split_once(", password ")?.1.split(' ').next().map(str::to_owned);
    steps.into_iter().find_map(word).context("`velocity init` made no user")
}
