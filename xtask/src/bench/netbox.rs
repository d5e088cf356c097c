//! A real NetBox with the same devices: from PyPI, on PostgreSQL and Redis, served by gunicorn as its own guide says.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use testpg::Server;

use super::python::{Python, environment_of, program};
use crate::http::Client;
use crate::shell::{root, target};

/// It needs this Python or a newer one.
const PYTHON: Python = Python { least: (3, 12) };
const REQUIREMENTS: &str = "requirements-netbox.txt";
const REDIS: &str = "redis-server";
const DATABASE: &str = "netbox";
/// Of the throw-away installation: forty hexadecimal digits, as its tokens have.
const TOKEN: &str = "0123456789abcdef0123456789abcdef01234567";
/// As `contrib/gunicorn.py` of NetBox has them.
const WORKERS: &str = "5";
const THREADS: &str = "3";
/// For it to answer.
const PATIENCE: Duration = Duration::from_secs(120);

/// Dropped, all of it is gone.
pub struct NetBox {
    addr: SocketAddr,
    gunicorn: Child,
    redis: Child,
    _postgres: Server,
}

struct Installation {
    python: PathBuf,
    folder: PathBuf,
    postgres: PathBuf,
}

impl NetBox {
    /// What it needs is there, or can be had: asked before anything that takes long.
    pub fn is_possible() -> anyhow::Result<()> {
        environment_of(REQUIREMENTS, PYTHON)?;
        let redis = Command::new(REDIS).arg("--version").stdout(Stdio::null()).status();
        redis.context("redis-server is missing (on Debian: apt-get install redis-server)")?;
        Ok(())
    }

    /// With these devices, as our API tells them.
    pub fn up(folder: &Path, devices: &[Value]) -> anyhow::Result<NetBox> {
        let python = environment_of(REQUIREMENTS, PYTHON)?;
        let postgres = Server::start_lasting().context("no PostgreSQL for NetBox")?;
        let place = postgres.folder().context("a PostgreSQL of our own")?.to_owned();
        let [redis_port, port] = [free_port()?, free_port()?];
        let redis = Command::new(REDIS)
            .args(["--port", &redis_port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .stdout(Stdio::null())
            .spawn()?;
        let redis = Guard(Some(redis));
        let netbox = Installation { python, folder: folder.to_owned(), postgres: place };
        netbox.configure(redis_port)?;
        netbox.migrate()?;
        netbox.fill(devices)?;
        eprintln!("gunicorn on port {port}");
        let gunicorn = netbox
            .program("gunicorn")
            .args(["--bind", &format!("127.0.0.1:{port}"), "--workers", WORKERS, "--threads", THREADS, "netbox.wsgi"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let addr = SocketAddr::from(([127, 0, 0, 1], port));
        let netbox = NetBox { addr, gunicorn, redis: redis.keep()?, _postgres: postgres };
        netbox.wait(devices.len())?;
        Ok(netbox)
    }

    pub fn client(&self) -> Client {
        Client::new(self.addr).with("Authorization", format!("Token {TOKEN}")).with("Accept", "application/json")
    }

    pub fn about(&self) -> Value {
        json!({ "requirements": REQUIREMENTS, "workers": WORKERS, "threads": THREADS })
    }

    fn wait(&self, devices: usize) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            match self.client().get("/api/dcim/devices/?limit=1").and_then(|answer| answer.json()) {
                Ok(page) => {
                    ensure!(page["count"] == devices, "NetBox has {} devices, of {devices}", page["count"]);
                    return Ok(());
                }
                Err(error) if began.elapsed() > PATIENCE => return Err(error.context("NetBox does not answer")),
                Err(_) => thread::sleep(Duration::from_millis(200)),
            }
        }
    }
}

impl Drop for NetBox {
    fn drop(&mut self) {
        // Told, and not killed: its workers end with it.
        let pid = nix::unistd::Pid::from_raw(self.gunicorn.id().cast_signed());
        let _ = nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM);
        let _ = self.gunicorn.wait();
        let _ = self.redis.kill();
        let _ = self.redis.wait();
    }
}

/// A process that ends when what follows fails.
struct Guard(Option<Child>);

impl Guard {
    fn keep(mut self) -> anyhow::Result<Child> {
        self.0.take().context("it was kept before")
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Installation {
    fn program(&self, name: &str) -> Command {
        let mut command = program(&self.python, name);
        command.env("NETBOX_ROOT", &self.folder).current_dir(root()).stdin(Stdio::null());
        command
    }

    fn netbox(&self, args: &[&str]) -> Command {
        let mut command = self.program("netbox");
        command.args(args);
        command
    }

    /// Its own files, and over them what is ours; the last word counts.
    fn configure(&self, redis: u16) -> anyhow::Result<()> {
        run(self.netbox(&["setup", "--target"]).arg(&self.folder))?;
        let path = self.folder.join("conf/configuration.py");
        let host = self.postgres.display();
        let ours = format!(
            "
ALLOWED_HOSTS = ['*']
DATABASES = {{'default': {{'ENGINE': 'django.db.backends.postgresql', 'NAME': '{DATABASE}', 'USER': 'velocity', 'HOST': '{host}', 'CONN_MAX_AGE': 300}}}}
_REDIS = {{'HOST': '127.0.0.1', 'PORT': {redis}, 'SSL': False}}
REDIS = {{'tasks': {{**_REDIS, 'DATABASE': 0}}, 'caching': {{**_REDIS, 'DATABASE': 1}}}}
SECRET_KEY = 'only for a benchmark on this machine, of devices that are made up'
API_TOKEN_PEPPERS = {{1: 'only for a benchmark on this machine, of devices that are made up'}}
ISOLATED_DEPLOYMENT = True
"
        );
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(std::fs::write(&path, text + &ours)?)
    }

    /// Its tables: five minutes of CPU the first time, kept for the next.
    fn migrate(&self) -> anyhow::Result<()> {
        let kept = target().join("bench/netbox.dump");
        let sql = format!("create database {DATABASE}");
        run(self.postgres("psql").args(["--dbname", "postgres", "--command", &sql]))?;
        if kept.exists() {
            return run(self.postgres("pg_restore").args(["--no-owner", "--dbname", DATABASE]).arg(&kept));
        }
        eprintln!("the tables of NetBox: some minutes, once");
        run(&mut self.netbox(&["migrate", "--verbosity", "0"]))?;
        run(self.postgres("pg_dump").args(["--format", "custom", "--file"]).arg(&kept).arg(DATABASE))
    }

    fn postgres(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.arg("--host").arg(&self.postgres).args(["--username", "velocity"]);
        command
    }

    fn fill(&self, devices: &[Value]) -> anyhow::Result<()> {
        let text = |device: &Value, key: &str| device[key].as_str().unwrap_or_default().to_owned();
        let devices: Vec<Value> = devices
            .iter()
            .map(|d| {
                let serial = d["serials"][0].as_str().unwrap_or_default();
                let [name, site, role, address] = ["name", "site", "role", "address"].map(|key| text(d, key));
                json!({ "name": name, "serial": serial, "site": site, "role": role, "address": address })
            })
            .collect();
        let path = self.folder.join("devices.json");
        std::fs::write(&path, json!({ "token": TOKEN, "devices": devices }).to_string())?;
        let script = std::fs::read_to_string(root().join("bench/netbox_fill.py"))?;
        let mut command = self.netbox(&["nbshell", "--command", &script]);
        run(command.env("VELOCITY_BENCH_DEVICES", &path))
    }
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {command:?}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last: Vec<&str> = said.lines().rev().take(5).collect();
        bail!(
            "{:?} ended with {}: {}",
            command.get_program(),
            output.status,
            last.into_iter().rev().collect::<Vec<_>>().join("\n")
        );
    }
    Ok(())
}
