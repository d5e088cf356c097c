//! A data directory of its own, a lab of its own, and the binary between them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use lab::{Lab, Overrides, Running, ServeOptions, World, WorldOptions};
use tempfile::TempDir;

pub const TYPES: &str = "configs,arp,mac,lldp,cdp,interfaces,routes,version,inventory";

/// The program under test.
pub const VELOCITY: &str = env!("CARGO_BIN_EXE_velocity");

/// A fresh installation.
pub struct Bench {
    pub dir: TempDir,
}

/// What a command printed and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("not JSON: {e}: {self:?}"))
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }
}

impl Bench {
    pub fn new() -> Self {
        let bench = Self::bare();
        bench.run(&["init"], "").ok();
        bench
    }

    /// Without a data directory.
    pub fn bare() -> Self {
        Self { dir: TempDir::new().expect("a temporary folder") }
    }

    pub fn home(&self) -> PathBuf {
        self.dir.path().join("home")
    }

    /// Runs `velocity` to its end.
    pub fn run(&self, args: &[&str], input: &str) -> Said {
        self.run_with(args, input, &[])
    }

    /// The same with more in the environment.
    pub fn run_with(&self, args: &[&str], input: &str, env: &[(&str, &Path)]) -> Said {
        let output = self.start(args, input, env).wait_with_output().expect("velocity");
        said(&output)
    }

    pub fn spawn(&self, args: &[&str], input: &str) -> Child {
        self.start(args, input, &[])
    }

    /// As [`Bench::run_with`], but does not wait for its end.
    pub fn start(&self, args: &[&str], input: &str, env: &[(&str, &Path)]) -> Child {
        self.launch(Command::new(VELOCITY), args, input, env)
    }

    /// As [`Bench::start`], in another way.
    pub fn launch(&self, mut command: Command, args: &[&str], input: &str, env: &[(&str, &Path)]) -> Child {
        let mut child = command
            .args(args)
            .envs(env.iter().copied())
            .env("VELOCITY_HOME", self.home())
            .env("VELOCITY_LAB", self.dir.path().join("lab"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("velocity");
        // A command that asks for no password may have ended already.
        let _ = child.stdin.take().expect("input").write_all(input.as_bytes());
        child
    }

    pub fn discover(&self, lab: &Site, more: &[&str]) -> Said {
        let seed = lab.running.seed();
        let args = [&["discover", &seed, "--user", "admin", "--password-stdin", "--json"], more].concat();
        self.run(&args, &lab.password())
    }

    pub fn capture(&self, lab: &Site, types: &str, more: &[&str]) -> Said {
        let args = [&["capture", "--types", types, "--password-stdin", "--json"], more].concat();
        self.run(&args, &lab.password())
    }
}

fn said(output: &Output) -> Said {
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A lab in the test's own process, so that it can be told to be hostile.
pub struct Site {
    pub running: Running,
    runtime: tokio::runtime::Runtime,
}

impl Site {
    /// `block` keeps labs of tests that run at once apart: each has a /16 of loopback addresses to itself.
    pub fn new(devices: usize, seed: u64, block: u8) -> Self {
        let base = std::net::Ipv4Addr::new(127, block, 0, 0);
        let world = World::generate(devices, seed, &WorldOptions { base, ..WorldOptions::default() });
        let runtime = tokio::runtime::Runtime::new().expect("runtime");
        Self::serve(world, runtime, ServeOptions { port: Some(0), ..ServeOptions::default() })
    }

    /// As [`Site::new`], with an SNMP agent on each device.
    pub fn with_agents(devices: usize, seed: u64, block: u8) -> Self {
        let base = std::net::Ipv4Addr::new(127, block, 0, 0);
        let world = World::generate(devices, seed, &WorldOptions { base, ..WorldOptions::default() });
        let runtime = tokio::runtime::Runtime::new().expect("runtime");
        let options = ServeOptions { port: Some(0), snmp: true, snmp_port: Some(0), ..ServeOptions::default() };
        Self::serve(world, runtime, options)
    }

    fn serve(world: World, runtime: tokio::runtime::Runtime, options: ServeOptions) -> Self {
        let running = runtime.block_on(Lab::start(world, options)).expect("lab");
        Self { running, runtime }
    }

    pub fn password(&self) -> String {
        format!("{}\n", self.running.password())
    }

    pub fn hostile(&mut self, device: &str, overrides: Overrides) {
        let _inside = self.runtime.enter();
        self.running.set_overrides(device, overrides).expect("device");
    }

    /// The n-th device that is at the edge, so that its neighbours are still reached without it.
    pub fn leaf(&self, n: usize) -> String {
        let truth = self.running.truth();
        let links = |name: &str| {
            let mine = truth.links.iter().filter(|l| l.a.device == name || l.b.device == name);
            let far = mine.map(|l| if l.a.device == name { &l.b.device } else { &l.a.device });
            far.collect::<std::collections::BTreeSet<_>>().len()
        };
        let mut leaves = truth.devices.iter().filter(|d| links(&d.name) == 1).map(|d| d.name.clone());
        leaves.nth(n).expect("a device with one neighbour")
    }
}
