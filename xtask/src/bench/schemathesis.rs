//! `cargo xtask bench api --fuzz`: schemathesis, from PyPI, sends what the OpenAPI document allows and what it does not, to a real server. No
//! answer may be a 500, and the server must be there at the end.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use super::python::environment;
use crate::http::Client;
use crate::serving::{Serving, one_time_password};
use crate::shell::{target, velocity};

const SECONDS: u64 = 600;
/// What ends a session or makes who asks another one is left out: the rest would be asked by nobody.
const LEFT_OUT: &str = "^/api/v1/session";

pub fn run(args: &[String]) -> anyhow::Result<()> {
    let seconds = match args {
        [] => SECONDS,
        [seconds] => seconds.parse().with_context(|| format!("`{seconds}` is no number of seconds"))?,
        _ => bail!("cargo xtask bench api --fuzz [SECONDS]"),
    };
    let python = environment("requirements-schemathesis.txt")?;
    let velocity = velocity(false)?;
    let home = target().join(format!("bench/fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&home)?;
    let done = fuzz(&python, &velocity, &home, Duration::from_secs(seconds));
    std::fs::remove_dir_all(&home).context("cannot clear away what was fuzzed")?;
    done
}

fn fuzz(python: &Path, velocity: &Path, home: &Path, time: Duration) -> anyhow::Result<()> {
    let command = |args: &[&str]| {
        let mut command = Command::new(velocity);
        command.args(args).env("VELOCITY_HOME", home);
        command
    };
    let output = command(&["--json", "init"]).output()?;
    one_time_password(&serde_json::from_slice(&output.stdout)?)?;
    let more = ["--json", "token", "create", "fuzz", "--user", "admin", "--scope", "admin"];
    let made: Value = serde_json::from_slice(&command(&more).output()?.stdout).context("no token")?;
    let token = format!("Bearer {}", made["secret"].as_str().context("no token")?);
    for device in ["core-1", "leaf-1"] {
        let added = command(&["devices", "add", device, "--address", "127.0.0.9", "--site", "usa"]).output()?;
        eprint!("{}", String::from_utf8_lossy(&added.stderr));
    }
    let serving = Serving::begin(command(&["server", "--bind", "127.0.0.1:0"]))?;
    let (began, mut seed, mut failed) = (Instant::now(), 1u32, false);
    while began.elapsed() < time && !failed {
        let rest = (time - began.elapsed()).as_secs().max(1).to_string();
        let mut run = Command::new(python.with_file_name("schemathesis"));
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
    let health = Client::new(serving.addr).get("/api/health")?;
    ensure!(health.status == 200, "the server is ill: {}", health.status);
    ensure!(!failed, "schemathesis found what it did not like; see above, and {}", home.join("logs").display());
    println!("schemathesis: {} s, {} passes, no answer above 499", began.elapsed().as_secs(), seed - 1);
    Ok(())
}
