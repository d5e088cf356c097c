//! The product at its main job, on a simulated network: from one address to a searchable record.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use crate::serving::{Serving, one_time_password};
use crate::shell::velocity;
use crate::web;

const DEVICES: &str = "12";

/// Of the user `admin` of the demonstration, which holds nothing that is worth more.
const PASSWORD: &str = "a simulated network";

/// Where it serves, when nobody else does.
const PORT: u16 = 8086;

/// Runs the tour, and ends with the browser on what it found. With `--once` it is looked whether the dashboard is there, and
/// nothing stays.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let once = args.iter().any(|a| a == "--once");
    ensure!(args.iter().all(|a| a == "--once"), "`cargo xtask demo` knows only --once");
    let folder = tempfile_folder()?;
    web::build_where_possible();
    let demo = Demo { velocity: velocity(false)?, home: folder.join("data"), lab: folder.join("lab") };
    let done = demo.tour().and_then(|one_time| demo.browse(&one_time, once));
    if once || done.is_err() {
        // The lab may not have come up.
        let _ = demo.quiet(&["lab", "down"]);
        let _ = std::fs::remove_dir_all(&folder);
        return done;
    }
    println!("\nThe lab goes on. Try, with VELOCITY_HOME={} VELOCITY_LAB={}:", demo.home.display(), demo.lab.display());
    println!("  {} start", demo.velocity.display());
    println!("  {} lab down", demo.velocity.display());
    Ok(())
}

fn tempfile_folder() -> anyhow::Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("velocity-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

struct Demo {
    velocity: PathBuf,
    home: PathBuf,
    lab: PathBuf,
}

impl Demo {
    /// Gives the password that is good for setting another.
    fn tour(&self) -> anyhow::Result<String> {
        println!("\n$ velocity init");
        let one_time = one_time_password(&self.json(&["init", "--json"])?)?;
        let lab = self.json(&["lab", "up", "--devices", DEVICES, "--seed", "7", "--json"])?;
        let (seed, user) = (text(&lab, "seed")?, text(&lab, "username")?);
        let password = format!("{}\n", text(&lab, "password")?);
        println!("\n{} simulated devices at {} sites; all that is known is {seed}", lab["devices"], lab["sites"]);

        self.show(&["discover", seed, "--user", user, "--password-stdin"], &password)?;
        let types = "configs,arp,mac,lldp,cdp,interfaces,routes,version,inventory";
        self.show(&["capture", "--devices", "all", "--types", types, "--password-stdin", "--quiet"], &password)?;
        self.show(&["devices", "list"], "")?;
        self.show(&["topology", "show"], "")?;

        let device =
            self.json(&["devices", "list", "role=core", "--json"])?[0]["slug"].as_str().unwrap_or("all").to_owned();
        self.show(&["lab", "change", &device], "")?;
        self.show(
            &["capture", "--devices", "all", "--types", "configs,version,inventory", "--password-stdin", "--quiet"],
            &password,
        )?;
        self.show(&["changes", "list"], "")?;
        self.show(&["configs", "diff", &device], "")?;

        let truth = self.json(&["lab", "truth"])?;
        let host = &truth["hosts"][0];
        println!("\nWhere is {} ({})?", text(host, "name")?, text(host, "mac")?);
        self.show(&["mac", "search", text(host, "mac")?], "")?;
        self.show(&["arp", "search", text(host, "mac")?, "--evidence"], "")?;
        self.show(&["status"], "")?;
        Ok(one_time)
    }

    /// The same in the browser: until Ctrl-C, or with `once` until the dashboard was there.
    fn browse(&self, one_time: &str, once: bool) -> anyhow::Result<()> {
        let is_free = TcpListener::bind(("127.0.0.1", PORT)).is_ok();
        let bind = format!("127.0.0.1:{}", if is_free { PORT } else { 0 });
        let browser = if once { &["--no-browser"][..] } else { &[] };
        println!("\n$ velocity start");
        let mut serving = Serving::begin(self.command(&["start", "--bind", &bind]).args(browser))?;
        let mut admin = serving.first_log_in("admin", one_time, PASSWORD)?;
        let devices = admin.get("/api/v1/devices?limit=1")?.json()?["total"].clone();
        let page = admin.get("/")?;
        ensure!(page.status == 200, "{} answers {}", serving.url, page.status);
        ensure!(devices.as_u64() == DEVICES.parse().ok(), "the dashboard knows {devices} devices of {DEVICES}");
        println!("\n{} has {devices} devices; log in as `admin` with `{PASSWORD}`", serving.url);
        if once {
            return Ok(());
        }
        println!("Ctrl-C ends it");
        serving.child.wait()?;
        Ok(())
    }

    /// Runs it as a user would, and shows both what was typed and what came.
    fn show(&self, args: &[&str], input: &str) -> anyhow::Result<()> {
        println!("\n$ velocity {}", args.join(" "));
        std::io::stdout().flush()?;
        let mut child = self.command(args).stdin(Stdio::piped()).spawn()?;
        child.stdin.take().context("no input")?.write_all(input.as_bytes())?;
        let status = child.wait()?;
        ensure!(status.success(), "`velocity {}` ended with {status}", args.join(" "));
        Ok(())
    }

    fn json(&self, args: &[&str]) -> anyhow::Result<Value> {
        let output = self.command(args).stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            bail!("`velocity {}` ended with {}", args.join(" "), output.status);
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    fn quiet(&self, args: &[&str]) -> anyhow::Result<()> {
        self.command(args).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        Ok(())
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(Path::new(&self.velocity));
        command.args(args).env("VELOCITY_HOME", &self.home).env("VELOCITY_LAB", &self.lab);
        command
    }
}

fn text<'v>(value: &'v Value, key: &str) -> anyhow::Result<&'v str> {
    value[key].as_str().with_context(|| format!("the answer has no `{key}`"))
}
