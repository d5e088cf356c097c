//! A thousand browsers on one run: each gets its events, and the server goes on answering.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::json;

use super::figure::{Figures, Want};
use super::rig::Rig;
use crate::http::Client;
use crate::serving::Serving;

const BROWSERS: usize = 1_000;
const DEVICES: usize = 50;
const SEED: u64 = 11;
/// For the run to end.
const PATIENCE: Duration = Duration::from_secs(120);
/// A browser keeps little.
const STACK: usize = 128 * 1024;

/// What a browser got.
struct Seen {
    events: usize,
    done: Instant,
}

pub fn measure(velocity: &Path, figures: &mut Figures) -> anyhow::Result<()> {
    let rig = Rig::up(velocity, DEVICES, SEED, 0)?;
    let home = rig.home()?;
    let made = home.tell(&["--json", "token", "create", "crowd", "--user", "admin", "--scope", "operator"])?;
    let token = format!("Bearer {}", made["secret"].as_str().context("no token")?);
    let serving = Serving::begin(home.command(&["server", "--bind", "127.0.0.1:0"]))?;
    let (addr, idle) = (serving.addr, serving.resident_mib());
    let connected = Barrier::new(BROWSERS + 1);
    let (seen, asked) = thread::scope(|scope| -> anyhow::Result<_> {
        let browser = || watch(addr, &token, &connected);
        let mut browsers = Vec::new();
        for _ in 0..BROWSERS {
            browsers.push(thread::Builder::new().stack_size(STACK).spawn_scoped(scope, browser)?);
        }
        connected.wait();
        let mut client = Client::new(addr).with("Authorization", &*token);
        let as_whom = json!({ "username": rig.text("username")?, "password": rig.text("password")? });
        let start = json!({ "seeds": [rig.text("seed")?], "as_whom": as_whom });
        client.ask("POST", "/api/v1/discoveries", Some(&start))?.json()?;
        let mut slowest = Duration::ZERO;
        while !browsers.iter().all(thread::ScopedJoinHandle::is_finished) {
            let began = Instant::now();
            client.get("/api/v1/devices?limit=100")?.json()?;
            slowest = slowest.max(began.elapsed());
            thread::sleep(Duration::from_millis(20));
        }
        let seen = browsers.into_iter().map(|b| b.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a browser broke"))));
        Ok((seen.collect::<anyhow::Result<Vec<Seen>>>()?, slowest))
    })?;
    let (least, most) = (seen.iter().map(|s| s.events).min(), seen.iter().map(|s| s.events).max());
    ensure!(least == most && least >= Some(2 * DEVICES), "browsers got {least:?} to {most:?} events");
    let (first, last) = (seen.iter().map(|s| s.done).min(), seen.iter().map(|s| s.done).max());
    let spread = last.zip(first).map_or(f64::NAN, |(last, first)| (last - first).as_secs_f64() * 1e3);
    figures.add(
        format!("{BROWSERS} browsers on one run: events for each"),
        least.unwrap_or(0) as f64,
        "",
        Want::Nothing,
    );
    figures.add("the last browser hears the end after the first by", spread, "ms", Want::AtMost(1000.0, 200.0));
    figures.add("slowest list meanwhile", asked.as_secs_f64() * 1e3, "ms", Want::AtMost(1000.0, 200.0));
    let each = (serving.resident_mib() - idle) * 1024.0 / BROWSERS as f64;
    figures.add("memory for each of them", each, "KiB", Want::AtMost(100.0, 50.0));
    figures.add("memory of the idle server", idle, "MiB", Want::AtMost(60.0, 40.0));
    Ok(())
}

fn watch(addr: SocketAddr, token: &str, connected: &Barrier) -> anyhow::Result<Seen> {
    let opened = open(addr, token);
    // Whoever waits for all must not wait for one that failed.
    connected.wait();
    let mut stream = opened?;
    let (mut events, mut line) = (0, String::new());
    loop {
        line.clear();
        ensure!(stream.read_line(&mut line)? > 0, "the stream ended after {events} events");
        if let Some(name) = line.strip_prefix("event: ").or(line.strip_prefix("event:")) {
            events += 1;
            ensure!(name.trim() != "missed", "a browser that reads missed events");
            if name.trim() == "collection_complete" {
                return Ok(Seen { events, done: Instant::now() });
            }
        }
    }
}

fn open(addr: SocketAddr, token: &str) -> anyhow::Result<BufReader<TcpStream>> {
    let mut stream = TcpStream::connect(addr)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let head = format!("GET /api/v1/events HTTP/1.1\r\nHost: {addr}\r\nAuthorization: {token}\r\n\r\n");
    stream.write_all(head.as_bytes())?;
    let mut stream = BufReader::with_capacity(8 * 1024, stream);
    let mut line = String::new();
    stream.read_line(&mut line)?;
    ensure!(line.starts_with("HTTP/1.1 200"), "the stream of events was refused: {}", line.trim());
    while line.trim() != "" {
        line.clear();
        ensure!(stream.read_line(&mut line)? > 0, "the stream ended in its head");
    }
    Ok(stream)
}
