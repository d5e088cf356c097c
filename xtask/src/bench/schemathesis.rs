//! `cargo xtask bench api --fuzz`: schemathesis, from PyPI, sends what the OpenAPI document allows and what it does not, to a real server. No
//! answer may be a 500, and the server must be there at the end.
//!
//! What it makes up are also addresses to crawl, channels to call and mail to send: all of it happens where there is no network but loopback.

use std::net::UdpSocket;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::python::{environment, program};
use super::rig::Rig;
use super::usage;
use crate::http::Client;
use crate::serving::Serving;
use crate::shell::{root, target, velocity};
use anyhow::{Context, bail, ensure};

const SECONDS: u64 = 600;
const DEVICES: usize = 12;
const TYPES: &str = "configs,version,arp,mac,interfaces,routes,lldp";
/// What ends a session or makes who asks another one is left out: the rest would be asked by nobody.
const LEFT_OUT: &str = "^/api/v1/session";
/// For documentation: nobody is there, and without a network there is no way to it either.
const ELSEWHERE: &str = "192.0.2.1:9";
/// A namespace with a loopback that is down; a shell puts it up, then becomes what follows it.
const APART: [&str; 5] = ["--user", "--map-root-user", "--net", "sh", "-c"];
const UP: &str = "ip link set lo up && exec \"$0\" \"$@\"";

pub fn run(args: &[String]) -> anyhow::Result<()> {
    let seconds: u64 = match args {
        [] => SECONDS,
        [seconds] => seconds.parse().with_context(|| format!("`{seconds}` is no number of seconds"))?,
        _ => bail!("cargo xtask bench api --fuzz [SECONDS]"),
    };
    if has_network()? {
        return apart(seconds);
    }
    let python = environment("requirements-schemathesis.txt")?;
    let velocity = target().join("debug/velocity");
    fuzz(&python, &velocity, Duration::from_secs(seconds))
}

/// Whether there is a way to elsewhere. Nothing is sent.
fn has_network() -> anyhow::Result<bool> {
    Ok(UdpSocket::bind("0.0.0.0:0")?.connect(ELSEWHERE).is_ok())
}

/// Makes what needs the network, then runs this program again where there is none.
fn apart(seconds: u64) -> anyhow::Result<()> {
    environment("requirements-schemathesis.txt")?;
    velocity(false)?;
    let mut again = Command::new("unshare");
    again.args(APART).arg(UP).arg(std::env::current_exe()?).args(["bench", "api", "--fuzz", &seconds.to_string()]);
    let status = again.status().context("`unshare` of util-linux is needed, to fuzz where there is no network")?;
    ensure!(status.success(), "fuzzing without a network: {status}");
    Ok(())
}

/// A server on a network that was collected, with a vault that is open.
fn fuzz(python: &Path, velocity: &Path, time: Duration) -> anyhow::Result<()> {
    let rig = Rig::up(velocity, DEVICES, 7, 0)?;
    let home = rig.home()?;
    home.discover(DEVICES)?;
    home.capture(DEVICES, TYPES, DEVICES, true)?;
    home.tell(&["vault", "init"])?;
    let add = ["vault", "add", "lab", "--user", rig.text("username")?, "--password-stdin"];
    let added = usage::run(&mut home.opened(&add), &format!("{}\n", rig.text("password")?))?;
    ensure!(added.status.success(), "`velocity vault add` ended with {}", added.status);
    home.tell(&["jobs", "create", "nightly", "--captures", "arp,version"])?;
    let made = home.tell(&["--json", "token", "create", "fuzz", "--user", "admin", "--scope", "admin"])?;
    let token = format!("Bearer {}", made["secret"].as_str().context("no token")?);
    let serving = Serving::begin(home.opened(&["server", "--bind", "127.0.0.1:0"]))?;
    let (began, mut seed, mut failed) = (Instant::now(), 1u32, false);
    while began.elapsed() < time && !failed {
        if seed > 1 {
            // What was deleted on the way is found again; what was changed may keep some of it from that.
            let _ = home.discover(DEVICES).and_then(|_| home.capture(DEVICES, TYPES, DEVICES, true));
        }
        let rest = (time - began.elapsed()).as_secs().max(1).to_string();
        let mut run = program(python, "schemathesis");
        // It keeps a folder of its own where it stands.
        run.current_dir(rig.folder());
        run.arg("--config-file").arg(root().join("bench/schemathesis.toml"));
        run.args(["run", &format!("{}/api/openapi.json", serving.url)])
            .args(["--header", &format!("Authorization: {token}"), "--checks", "not_a_server_error"])
            .args([
                "--exclude-path-regex",
                LEFT_OUT,
                "--exclude-path",
                "/api/v1/events",
                "--exclude-path",
                "/api/v1/tokens/{id}",
                "--workers",
                "2",
            ])
            .args(["--request-timeout", "30", "--max-time", &rest, "--max-examples", "200"])
            .args(["--seed", &seed.to_string(), "--no-color", "--suppress-health-check", "all"]);
        failed = !run.stdin(Stdio::null()).status()?.success();
        seed += 1;
    }
    if failed {
        let log = home.close().join("logs/velocity.log");
        eprint!("{}", std::fs::read_to_string(&log).with_context(|| format!("cannot read {}", log.display()))?);
        bail!("schemathesis found what it did not like; it stands above, and what the server wrote of it");
    }
    let health = Client::new(serving.addr).get("/api/health")?;
    ensure!(health.status == 200, "the server is ill: {}", health.status);
    let users = Client::new(serving.addr).with("Authorization", &*token).get("/api/v1/users")?;
    ensure!(users.status == 200, "the administrator was shut out on the way: {}", users.status);
    println!("schemathesis: {} s, {} passes, no answer above 499", began.elapsed().as_secs(), seed - 1);
    Ok(())
}
