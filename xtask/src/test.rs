//! Everything that must hold, in the order in which it fails fastest.

use std::process::Command;

use anyhow::bail;

use crate::shell::{cargo, has_cargo};
use crate::web;

/// Formatting, lints, tests. What is given after `test` goes to the test runner, and then nothing else is done.
pub fn run(filter: &[String]) -> anyhow::Result<()> {
    if filter.is_empty() {
        cargo(&["fmt", "--all", "--check"], &[])?;
        cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"], &[])?;
    }
    let server = match postgres() {
        Ok(server) => Some(server),
        Err(why) if std::env::var_os("CI").is_some() => bail!("the tests need PostgreSQL: {why}"),
        Err(why) => {
            eprintln!("\n!!! NOT TESTED ON POSTGRESQL: {why}\n");
            None
        }
    };
    let env: Vec<(&str, &str)> = server.iter().map(|s| (testpg::ENV, s.url())).collect();
    daemons()?;
    let filter: Vec<&str> = filter.iter().map(String::as_str).collect();
    if filter.is_empty() {
        web::check()?;
    }
    // The workspace at once: a package built by itself has other features of what it depends on, and all of that is compiled again.
    if has_cargo("nextest") {
        return cargo(&[&["nextest", "run", "--workspace", "--no-fail-fast"], &filter[..]].concat(), &env);
    }
    eprintln!("cargo-nextest is not installed; `cargo test` is slower and does the same");
    cargo(&[&["test", "--workspace"], &filter[..]].concat(), &env)
}

/// Real servers to talk to, net-snmp's agent and OpenSSH; installed where that can be done without asking. Without them
/// those tests say that they are skipped, and fail in CI.
fn daemons() -> std::io::Result<()> {
    for (path, package) in [("/usr/sbin/snmpd", "snmpd"), ("/usr/sbin/sshd", "openssh-server")] {
        if !std::path::Path::new(path).exists() && is_root_on_debian() {
            install(package)?;
        }
    }
    Ok(())
}

/// A server of our own from the machine's binaries; installed first where that can be done without asking.
fn postgres() -> std::io::Result<testpg::Server> {
    let first = testpg::Server::start();
    if first.is_ok() || !is_root_on_debian() {
        return first;
    }
    install("postgresql")?;
    testpg::Server::start()
}

fn is_root_on_debian() -> bool {
    std::env::var("USER").unwrap_or_default() == "root" || std::env::var("HOME").is_ok_and(|h| h == "/root")
}

fn install(package: &str) -> std::io::Result<()> {
    eprintln!("$ apt-get install {package}");
    let install = format!("apt-get update -qq && apt-get install -y -qq --no-install-recommends {package}");
    Command::new("sh").args(["-c", &install]).env("DEBIAN_FRONTEND", "noninteractive").status()?;
    Ok(())
}
