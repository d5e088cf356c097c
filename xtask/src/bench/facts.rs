//! `cargo xtask bench facts`: seven million facts loaded and found, and a gigabyte of captures searched, beside a bare
//! insert and `rg` in the same run.
//!
//! Each part is a process of its own (`crates/app/examples/facts_bench`), so that its memory is counted alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;
use testpg::Server;

use super::figure::{Figures, Want};
use super::python::environment;
use super::usage::{self, Ran};
use crate::shell;

const USAGE: &str = "cargo xtask bench facts [--quick] [--fifth] [--sqlite | --postgres | --search]";

/// Devices of 700 facts each, of which 500 are MAC addresses.
const DEVICES: u32 = 10_000;
/// What one device of ill will says.
const HOSTILE: u32 = 10_000_000;
const MEGABYTES: u32 = 1_000;
/// Questions of each sort.
const TIMES: u32 = 200;

/// Name, flags of `rg` and of `velocity search`, pattern.
const SEARCHES: [(&str, &[&str], &[&str], &str); 5] = [
    ("rare literal", &["-F"], &["-F"], "Needle Row"),
    ("literal that is nowhere", &["-F"], &["-F"], "no such thing"),
    ("rare literal, any case", &["-i", "-F"], &["-i", "-F"], "needle row"),
    ("regular expression, few hits", &[], &[], r"room (4\d17|89[0-9]3)$"),
    ("many hits", &[], &[], r"description (printer|phone)"),
];

struct Parts {
    sqlite: bool,
    postgres: bool,
    search: bool,
    /// The sizes are divided by it.
    share: u32,
}

struct Rig {
    program: PathBuf,
    velocity: PathBuf,
    folder: PathBuf,
    parts: Parts,
}

pub fn run(args: &[String]) -> anyhow::Result<()> {
    let has = |flag: &str| args.iter().any(|arg| arg == flag);
    let known = ["--quick", "--fifth", "--sqlite", "--postgres", "--search"];
    ensure!(args.iter().all(|arg| known.contains(&arg.as_str())), USAGE);
    let all = !has("--sqlite") && !has("--postgres") && !has("--search");
    let share = if has("--quick") {
        50
    } else if has("--fifth") {
        5
    } else {
        1
    };
    let parts = Parts {
        sqlite: all || has("--sqlite"),
        postgres: all || has("--postgres"),
        search: all || has("--search"),
        share,
    };
    shell::cargo(&["build", "--quiet", "--release", "--package", "app", "--example", "facts_bench"], &[])?;
    let velocity = if parts.search { shell::velocity(true)? } else { PathBuf::new() };
    let program = shell::target().join("release/examples/facts_bench");
    let folder = shell::target().join(format!("bench/facts-{}", std::process::id()));
    let rig = Rig { program, velocity, folder, parts };
    let mut figures = Figures::new("facts");
    let done = rig.measure(&mut figures);
    let cleared = std::fs::remove_dir_all(&rig.folder).context("cannot clear away what was measured on");
    // What was measured until a failure took long enough to be kept.
    figures.show_and_keep().and(done).and(cleared)
}

impl Rig {
    fn measure(&self, figures: &mut Figures) -> anyhow::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        if self.parts.sqlite {
            self.facts("SQLite", figures, |_| Ok(None))?;
        }
        if self.parts.postgres {
            let server = Server::start().context("no PostgreSQL to measure on")?;
            self.facts("PostgreSQL", figures, |name| {
                self.ran(&["database", server.url(), name])?;
                Ok(Some(server.url_of(name)))
            })?;
        }
        if self.parts.search {
            self.search(figures)?;
        }
        Ok(())
    }

    fn facts(
        &self,
        name: &str,
        figures: &mut Figures,
        database: impl Fn(&str) -> anyhow::Result<Option<String>>,
    ) -> anyhow::Result<()> {
        let devices = (DEVICES / self.parts.share).to_string();
        let home = |part: &str| self.home(&format!("{name}-{part}"), database(&format!("velocity_bench_{part}"))?);
        let bare_home = home("bare")?;
        let (bare, _) = self.told(&["bare", &path(&bare_home), &devices])?;
        let product_home = home("product")?;
        let product = path(&product_home);
        let (year, ran) = self.told(&["load", &product, &devices])?;
        let first = |said: &Value| said["loads"][0]["added_per_second"].as_f64().unwrap_or_default();
        let rows = sum(&year, "added");
        figures.add(format!("{name}: facts in the tables"), rows, "", Want::Nothing);
        figures.add(format!("{name}: bare insert, first load"), first(&bare), "rows/s", Want::Nothing);
        figures.add(format!("{name}: loading, first load"), first(&year), "rows/s", Want::Nothing);
        let third = Want::AtLeast(1.0 / 3.0, 0.5);
        figures.add(format!("{name}: loading against bare, first load"), first(&year) / first(&bare), "x", third);
        let over_all = |said: &Value| sum(said, "added") / sum(said, "seconds");
        figures.add(format!("{name}: bare insert, the year"), over_all(&bare), "rows/s", Want::Nothing);
        figures.add(format!("{name}: loading, the year"), over_all(&year), "rows/s", Want::Nothing);
        let ratio = over_all(&year) / over_all(&bare);
        figures.add(format!("{name}: loading against bare, the year"), ratio, "x", third);
        memory(figures, &format!("{name}: loading"), &ran, Want::AtMost(400.0, 200.0));
        figures.detail(&format!("{name} loads"), year);
        let bare_rate = first(&bare);
        figures.detail(&format!("{name} bare loads"), bare);
        // It is as large as the other.
        std::fs::remove_dir_all(&bare_home)?;

        let (again, _) = self.told(&["again", &product, &devices])?;
        let kept = again["kept_per_second"].as_f64().unwrap_or_default();
        let nearly_free = Want::AtLeast(2.0, 4.0);
        figures.add(format!("{name}: load of what is there already"), kept, "facts/s", Want::Nothing);
        figures.add(format!("{name}: the same against bare inserts"), kept / bare_rate, "x", nearly_free);

        let (asked, ran) = self.told(&["ask", &product, &devices, &TIMES.to_string()])?;
        for question in asked["asked"].as_array().into_iter().flatten() {
            let what = question["name"].as_str().unwrap_or_default();
            let number = |key: &str| question[key].as_f64().unwrap_or_default();
            figures.add(format!("{name}: {what}, median"), number("median_ms"), "ms", Want::AtMost(50.0, 10.0));
            figures.add(format!("{name}: {what}, p99"), number("p99_ms"), "ms", Want::AtMost(250.0, 50.0));
        }
        memory(figures, &format!("{name}: questions"), &ran, Want::AtMost(400.0, 200.0));
        std::fs::remove_dir_all(&product_home)?;

        let hostile = home("hostile")?;
        let (said, ran) = self.told(&["hostile", &path(&hostile), &(HOSTILE / self.parts.share).to_string()])?;
        let rate = said["loads"][0]["per_second"].as_f64().unwrap_or_default();
        figures.add(
            format!("{name}: {} MACs of one device", HOSTILE / self.parts.share),
            rate,
            "rows/s",
            Want::Nothing,
        );
        memory(figures, &format!("{name}: the same"), &ran, Want::AtMost(1024.0, 600.0));
        Ok(std::fs::remove_dir_all(&hostile)?)
    }

    /// The product beside `rg`: each the best of three, as processes, with all that they print.
    fn search(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let (home, plain) = (self.home("search", None)?, self.folder.join("plain"));
        let megabytes = (MEGABYTES / self.parts.share).to_string();
        let (kept, _) = self.told(&["texts", &path(&home), &megabytes, &path(&plain)])?;
        figures.add("search: bytes of captures", kept["bytes"].as_f64().unwrap_or_default() / 1e6, "MB", Want::Nothing);
        let rg = environment("requirements-rg.txt").map(|python| python.with_file_name("rg"));
        if let Err(why) = &rg {
            eprintln!("without rg: {why:#}; on Debian: apt-get install ripgrep");
        }
        for (name, rg_flags, flags, pattern) in SEARCHES {
            let ours = best(|| {
                let mut command = Command::new(&self.velocity);
                command.args(["search", "--limit", "100000000"]).args(flags).args(["--", pattern]);
                command.env("VELOCITY_HOME", &home);
                command
            })?;
            figures.add(format!("search: {name}"), ours.seconds * 1e3, "ms", Want::Nothing);
            memory(figures, &format!("search: {name}"), &ours, Want::AtMost(400.0, 200.0));
            let Ok(rg) = &rg else { continue };
            let theirs = best(|| {
                let mut command = Command::new(rg);
                command.args(["--no-heading", "--line-number"]).args(rg_flags).args(["--", pattern]).arg(&plain);
                command
            })?;
            let lines = |ran: &Ran| ran.stdout.iter().filter(|b| **b == b'\n').count();
            let (found, wanted) = (lines(&ours), lines(&theirs));
            ensure!(found == wanted || wanted == 0, "`{pattern}` is in {wanted} lines, and {found} were found");
            figures.add(format!("search: {name}, rg"), theirs.seconds * 1e3, "ms", Want::Nothing);
            let ratio = ours.seconds / theirs.seconds;
            figures.add(format!("search: {name}, against rg"), ratio, "x", Want::AtMost(1.5, 1.0));
        }
        Ok(())
    }

    fn home(&self, name: &str, database: Option<String>) -> anyhow::Result<PathBuf> {
        let home = self.folder.join(name);
        std::fs::create_dir_all(&home)?;
        if let Some(url) = database {
            std::fs::write(home.join("config.yaml"), format!("database_url: \"{url}\"\n"))?;
        }
        Ok(home)
    }

    fn ran(&self, args: &[&str]) -> anyhow::Result<Ran> {
        let ran = usage::run(Command::new(&self.program).args(args), "")?;
        ensure!(ran.status.success(), "`facts_bench {}` ended with {}", args.join(" "), ran.status);
        Ok(ran)
    }

    fn told(&self, args: &[&str]) -> anyhow::Result<(Value, Ran)> {
        let ran = self.ran(args)?;
        Ok((serde_json::from_slice(&ran.stdout)?, ran))
    }
}

fn best(command: impl Fn() -> Command) -> anyhow::Result<Ran> {
    let runs: Vec<Ran> = (0..3).map(|_| usage::run(&mut command(), "")).collect::<anyhow::Result<_>>()?;
    runs.into_iter().min_by(|a, b| a.seconds.total_cmp(&b.seconds)).context("no run")
}

fn memory(figures: &mut Figures, what: &str, ran: &Ran, want: Want) {
    if let Some(peak) = ran.peak_mib {
        figures.add(format!("{what}, memory"), peak, "MiB", want);
    }
}

fn sum(said: &Value, key: &str) -> f64 {
    said["loads"].as_array().into_iter().flatten().filter_map(|load| load[key].as_f64()).sum()
}

fn path(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
