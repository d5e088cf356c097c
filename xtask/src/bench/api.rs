//! `cargo xtask bench api`: what the server answers on 10,000 devices and five million facts, sixteen asking at once; the list of devices
//! beside that of a real NetBox with the same devices; a thousand browsers on one run; and with `--fuzz` what schemathesis makes of it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::Value;
use testpg::Server;

use super::crowd;
use super::figure::{Figures, Want};
use super::load::{self, Pace, Question};
use super::netbox::NetBox;
use super::schemathesis;
use crate::http::Client;
use crate::serving::Serving;
use crate::shell;

const USAGE: &str = "cargo xtask bench api [--quick] [--sqlite | --postgres | --netbox | --crowd]
cargo xtask bench api --fuzz [SECONDS]";

const DEVICES: usize = 10_000;
/// Hosts and devices that are asked for.
const ASKED: usize = 1_000;

/// As often as somebody who types into the find box.
const TENTH: Duration = Duration::from_millis(100);

/// Seconds in which each process of a server that has many is asked something.
const FIRST_ANSWERS: f64 = 5.0;

struct Rig {
    filler: PathBuf,
    velocity: PathBuf,
    folder: PathBuf,
    devices: usize,
    seconds: f64,
}

pub fn run(args: &[String]) -> anyhow::Result<()> {
    if let Some(("--fuzz", rest)) = args.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return schemathesis::run(rest);
    }
    let has = |flag: &str| args.iter().any(|arg| arg == flag);
    let parts = ["--sqlite", "--postgres", "--netbox", "--crowd"];
    ensure!(args.iter().all(|arg| arg == "--quick" || parts.contains(&arg.as_str())), USAGE);
    let wants = |part: &str| has(part) || !parts.iter().any(|p| has(p));
    let quick = has("--quick");
    shell::cargo(&["build", "--quiet", "--release", "--package", "app", "--example", "facts_bench"], &[])?;
    let rig = Rig {
        filler: shell::target().join("release/examples/facts_bench"),
        velocity: shell::velocity(true)?,
        folder: shell::target().join(format!("bench/api-{}", std::process::id())),
        devices: if quick { DEVICES / 50 } else { DEVICES },
        seconds: if quick { 2.0 } else { 8.0 },
    };
    let mut figures = Figures::new("api");
    let done = rig.measure(&mut figures, wants);
    // One that was not made need not be cleared away.
    let _ = std::fs::remove_dir_all(&rig.folder);
    figures.show_and_keep().and(done)
}

impl Rig {
    fn measure(&self, figures: &mut Figures, wants: impl Fn(&str) -> bool) -> anyhow::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        if wants("--netbox") {
            NetBox::is_possible()?;
        }
        if wants("--sqlite") || wants("--netbox") {
            let home = self.folder.join("sqlite");
            std::fs::create_dir_all(&home)?;
            self.fill(&home)?;
            let served = self.served("SQLite", &home, figures, wants("--sqlite"))?;
            if wants("--netbox") {
                self.beside_netbox(&served, figures)?;
            }
        }
        if wants("--postgres") {
            let server = Server::start().context("no PostgreSQL to measure on")?;
            let home = self.folder.join("postgres");
            std::fs::create_dir_all(&home)?;
            let created = Command::new(&self.filler).args(["database", server.url(), "velocity_bench_api"]).status()?;
            ensure!(created.success(), "there is no database to measure on");
            let url = server.url_of("velocity_bench_api");
            std::fs::write(home.join("config.yaml"), format!("database_url: \"{url}\"\n"))?;
            self.fill(&home)?;
            self.served("PostgreSQL", &home, figures, true)?;
        }
        if wants("--crowd") {
            crowd::measure(&self.velocity, figures)?;
        }
        Ok(())
    }

    fn fill(&self, home: &Path) -> anyhow::Result<()> {
        let status = Command::new(&self.filler).arg("fill").arg(home).arg(self.devices.to_string()).status()?;
        ensure!(status.success(), "`facts_bench fill` ended with {status}");
        Ok(())
    }

    fn served(&self, name: &str, home: &Path, figures: &mut Figures, all: bool) -> anyhow::Result<Served> {
        let serving = Serving::begin(self.command(home).args(["server", "--bind", "127.0.0.1:0"]))?;
        let output = self.command(home).args(["--json", "token", "create", "bench", "--user", "admin"]).output()?;
        let made: Value = serde_json::from_slice(&output.stdout).context("no token")?;
        let secret = made["secret"].as_str().context("no token")?;
        let served = Served { token: format!("Bearer {secret}"), serving };
        if all {
            self.ask(name, &served, figures)?;
        }
        Ok(served)
    }

    fn ask(&self, name: &str, served: &Served, figures: &mut Figures) -> anyhow::Result<()> {
        let mut client = served.client();
        let total = client.get("/api/v1/devices?limit=1")?.json()?["total"].as_f64().unwrap_or_default();
        ensure!(total == self.devices as f64, "{total} devices are there, of {}", self.devices);
        let things = Things::of(&mut client)?;
        let questions: [(&str, Question<'_>); 8] = [
            (
                "list of devices",
                Box::new(|n| {
                    let sort = ["name", "-last_seen", "site", "model"][n % 4];
                    format!("/api/v1/devices?limit=100&sort={sort}")
                }),
            ),
            ("list of a site", Box::new(|n| format!("/api/v1/devices?limit=100&select=site%3D{}", things.site(n)))),
            (
                "list by a part of the name",
                Box::new(|n| format!("/api/v1/devices?limit=100&search={}", &things.name(n)[2..])),
            ),
            ("detail of a device", Box::new(|n| format!("/api/v1/devices/{}", things.name(n)))),
            ("links of a device", Box::new(|n| format!("/api/v1/devices/{}/links", things.name(n)))),
            ("find an address", Box::new(|n| format!("/api/v1/find?q={}", things.ip(n)))),
            ("routes to an address", Box::new(|n| format!("/api/v1/route-lookup?to={}&limit=50", things.ip(n)))),
            ("find a MAC", Box::new(|n| format!("/api/v1/find?q={}", things.mac(n)))),
        ];
        for (what, question) in &questions {
            for (how, pace) in [("without a pause", Pace::AtOnce), ("each ten times a second", Pace::Each(TENTH))] {
                let asked = load::ask(&|| served.client(), question, pace, self.seconds)?;
                let what = format!("{name}: {what}, {} {how}", load::AT_ONCE);
                figures.add(format!("{what}, median"), asked.quantile_ms(0.5), "ms", Want::AtMost(10.0, 5.0));
                figures.add(format!("{what}, p99"), asked.quantile_ms(0.99), "ms", Want::AtMost(100.0, 50.0));
                figures.add(what, asked.per_second(), "/s", Want::Nothing);
            }
        }
        figures.add(
            format!("{name}: memory of the server after it"),
            served.serving.resident_mib(),
            "MiB",
            Want::Nothing,
        );
        Ok(())
    }

    /// The same hundred devices of the list, by the same sixteen clients.
    fn beside_netbox(&self, served: &Served, figures: &mut Figures) -> anyhow::Result<()> {
        let mut devices = Vec::new();
        let mut client = served.client();
        let mut next = String::new();
        loop {
            let page = client.get(&format!("/api/v1/devices?limit=1000&cursor={next}"))?.json()?;
            devices.extend(page["items"].as_array().into_iter().flatten().cloned());
            match page["next"].as_str() {
                Some(cursor) => cursor.clone_into(&mut next),
                None => break,
            }
        }
        let netbox = NetBox::up(&self.folder.join("netbox"), &devices)?;
        let pages = (devices.len() / 100).max(1);
        let theirs: Question<'_> = Box::new(|n| format!("/api/dcim/devices/?limit=100&offset={}", n % pages * 100));
        // The first answer of each of its processes takes many times as long as those after it; no figure is wanted of them.
        let _ = load::ask(&|| netbox.client(), &theirs, Pace::AtOnce, FIRST_ANSWERS);
        let theirs = load::ask(&|| netbox.client(), &theirs, Pace::AtOnce, self.seconds.max(FIRST_ANSWERS) * 2.0)?;
        let ours: Question<'_> =
            Box::new(|n| format!("/api/v1/devices?limit=100&select=site%3D{}", site(&devices[n % devices.len()])));
        let filtered = load::ask(&|| served.client(), &ours, Pace::AtOnce, self.seconds)?;
        let ours: Question<'_> = Box::new(|_| "/api/v1/devices?limit=100".to_owned());
        let ours = load::ask(&|| served.client(), &ours, Pace::AtOnce, self.seconds)?;
        figures.add("a page of 100 devices of NetBox", theirs.per_second(), "/s", Want::Nothing);
        figures.add("the same, median", theirs.quantile_ms(0.5), "ms", Want::Nothing);
        figures.add("a page of 100 devices of ours", ours.per_second(), "/s", Want::Nothing);
        figures.add("a page of a site of ours", filtered.per_second(), "/s", Want::Nothing);
        let ratio = ours.per_second() / theirs.per_second();
        figures.add("list of devices beside NetBox", ratio, "x", Want::AtLeast(20.0, 40.0));
        figures.detail("NetBox", netbox.about());
        Ok(())
    }

    fn command(&self, home: &Path) -> Command {
        let mut command = Command::new(&self.velocity);
        command.env("VELOCITY_HOME", home);
        command
    }
}

struct Served {
    serving: Serving,
    token: String,
}

impl Served {
    fn client(&self) -> Client {
        Client::new(self.serving.addr).with("Authorization", &*self.token)
    }
}

/// What is there to be asked for.
struct Things {
    devices: Vec<Value>,
    hosts: Vec<Value>,
}

fn site(device: &Value) -> &str {
    device["site"].as_str().unwrap_or_default()
}

impl Things {
    fn of(client: &mut Client) -> anyhow::Result<Self> {
        let mut rows = |path: String| -> anyhow::Result<Vec<Value>> {
            let page = client.get(&path)?.json()?;
            Ok(page["items"].as_array().cloned().unwrap_or_default())
        };
        let devices = rows(format!("/api/v1/devices?limit={ASKED}&sort=-site"))?;
        let hosts = rows(format!("/api/v1/facts/arp?limit={ASKED}"))?;
        ensure!(!devices.is_empty() && !hosts.is_empty(), "there is nothing to ask for");
        Ok(Self { devices, hosts })
    }

    fn name(&self, n: usize) -> &str {
        self.devices[n % self.devices.len()]["slug"].as_str().unwrap_or_default()
    }

    fn site(&self, n: usize) -> &str {
        site(&self.devices[n % self.devices.len()])
    }

    fn ip(&self, n: usize) -> &str {
        self.of_host(n, "ip")
    }

    fn mac(&self, n: usize) -> &str {
        self.of_host(n, "mac")
    }

    fn of_host(&self, n: usize, column: &str) -> &str {
        let host = &self.hosts[n % self.hosts.len()];
        host[column].as_str().or(host["fact"][column].as_str()).or(host["values"][column].as_str()).unwrap_or_default()
    }
}
