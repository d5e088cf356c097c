//! A PostgreSQL server of our own, for the length of a test run, from the machine's binaries.
//!
//! In a crate by itself, so that `cargo xtask` need not build the product to start one.

use std::ffi::OsStr;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

/// Runs until it is dropped. Listens on loopback, on a port that the system chose; trusts whoever connects.
pub struct Server {
    process: Child,
    port: u16,
    /// Removed with the server.
    _folder: tempfile::TempDir,
}

impl Server {
    /// Makes a cluster in a temporary folder and starts it. Takes a second or two.
    pub fn start() -> anyhow::Result<Server> {
        let bin = binaries().context("no PostgreSQL server binaries found; install the package `postgresql`")?;
        let folder = tempfile::Builder::new().prefix("velocity-pg").tempdir()?;
        let user = Account::for_server()?;
        user.own(folder.path())?;
        let data = folder.path().join("data");
        let mut init = user.command(bin.join("initdb"));
        let init = init
            .arg("-D")
            .arg(&data)
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
            .output()?;
        ensure!(init.status.success(), "initdb failed: {}", String::from_utf8_lossy(&init.stderr).trim());
        let port = free_port()?;
        let mut command = user.command(bin.join("postgres"));
        command.arg("-D").arg(&data).args(["-h", "127.0.0.1", "-p", &port.to_string(), "-k"]).arg(folder.path());
        for setting in ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"] {
            command.args(["-c", setting]);
        }
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let mut server = Server { process, port, _folder: folder };
        server.wait(&bin)?;
        Ok(server)
    }

    /// For a client with the right to create databases.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn wait(&mut self, bin: &Path) -> anyhow::Result<()> {
        let deadline = Instant::now() + Duration::from_secs(30);
        while Instant::now() < deadline {
            let ready = Command::new(bin.join("pg_isready"))
                .args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()])
                .status()?;
            if ready.success() {
                return Ok(());
            }
            if let Some(status) = self.process.try_wait()? {
                bail!("the PostgreSQL server ended at once: {status}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("the PostgreSQL server did not start within 30 s")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its data is thrown away, so there is nothing to save.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The newest `bin` folder that has a server, or what is on the path.
fn binaries() -> Option<PathBuf> {
    let has_server = |bin: &PathBuf| bin.join("initdb").is_file() && bin.join("postgres").is_file();
    let mut found: Vec<PathBuf> = Vec::new();
    for base in ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"] {
        let versions = std::fs::read_dir(base).into_iter().flatten().flatten();
        found.extend(versions.map(|v| v.path().join("bin")).filter(has_server));
    }
    found.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.pop().or_else(|| std::env::split_paths(&path).find(has_server))
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Who runs the server: it refuses to run as root.
struct Account {
    root_becomes: Option<(u32, u32)>,
}

impl Account {
    fn for_server() -> anyhow::Result<Account> {
        if id("-u", None)? != 0 {
            return Ok(Account { root_becomes: None });
        }
        let user = ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| Some((id("-u", Some(name)).ok()?, id("-g", Some(name)).ok()?)));
        Ok(Account { root_becomes: Some(user.context("neither a user `postgres` nor `nobody` to run the server as")?) })
    }

    fn own(&self, folder: &Path) -> anyhow::Result<()> {
        match self.root_becomes {
            Some((uid, gid)) => Ok(std::os::unix::fs::chown(folder, Some(uid), Some(gid))?),
            None => Ok(()),
        }
    }

    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        use std::os::unix::process::CommandExt;
        let mut command = Command::new(program);
        command.current_dir("/");
        if let Some((uid, gid)) = self.root_becomes {
            command.uid(uid).gid(gid);
        }
        command
    }
}

fn id(flag: &str, user: Option<&str>) -> anyhow::Result<u32> {
    let output = Command::new("id").arg(flag).args(user).output()?;
    ensure!(output.status.success(), "no such user");
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_answers_and_is_gone_when_dropped() {
        if binaries().is_none() {
            assert!(std::env::var_os("CI").is_none(), "CI needs PostgreSQL");
            eprintln!("NOT TESTED: no PostgreSQL");
            return;
        }
        let server = Server::start().expect("start");
        let port = server.port;
        assert!(std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
        drop(server);
        assert!(std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
    }
}
