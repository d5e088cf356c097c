//! net-snmp's own agent, started by the test on a port of its own.

use std::net::{SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use snmp::{Access, Client, Endpoint, Limits, Login, Oid};

/// An agent that answers; it ends with this value.
pub struct Snmpd {
    pub addr: SocketAddr,
    folder: tempfile::TempDir,
    child: Child,
}

/// `None`, told in a clear line, where net-snmp is not installed; in CI that is a failure.
pub fn installed() -> Option<PathBuf> {
    let found = ["/usr/sbin/snmpd", "/usr/local/sbin/snmpd"].iter().map(PathBuf::from).find(|p| p.exists());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "no snmpd here: install the package `snmpd`");
        eprintln!("skipped: no snmpd here; the package `snmpd` brings it");
    }
    found
}

impl Snmpd {
    /// With `rocommunity` and users in its configuration as given; `None` where it is not installed.
    pub async fn start(config: &str) -> Option<Snmpd> {
        let program = installed()?;
        // Between finding a free port and opening it another process may take it.
        for _ in 0..5 {
            let addr = free_port();
            let folder = tempfile::tempdir().expect("folder");
            std::fs::create_dir(folder.path().join("persistent")).expect("folder");
            std::fs::write(folder.path().join("snmpd.conf"), config).expect("configuration");
            let child = launch(&program, folder.path(), addr);
            let mut snmpd = Snmpd { addr, folder, child };
            if snmpd.answers().await {
                return Some(snmpd);
            }
        }
        panic!("snmpd does not start");
    }

    /// Ends it and starts it again on the same port: its boots count one more.
    pub async fn restart(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("terminate");
        self.child.wait().expect("end");
        self.child = launch(&installed().expect("snmpd"), self.folder.path(), self.addr);
        assert!(self.answers().await, "snmpd does not start again");
    }

    /// Until it answers anybody at all: v3 discovery needs no secret.
    async fn answers(&mut self) -> bool {
        let limits = Limits { timeout: Duration::from_millis(100), retries: 0, ..Limits::default() };
        let nobody = snmp::User { name: "nobody".into(), digest: None, cipher: None };
        let client = client_with(self.addr, Login::V3(nobody), limits).await;
        for _ in 0..200 {
            if self.child.try_wait().expect("state").is_some() {
                return false;
            }
            match client.get(&[oid("1.3.6.1.2.1.1.5.0")]).await {
                Err(snmp::SnmpError::NoAnswer { .. } | snmp::SnmpError::Unreachable { .. }) => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                _ => return true,
            }
        }
        false
    }

    pub async fn client(&self, login: Login) -> Client {
        let limits = Limits { timeout: Duration::from_millis(800), retries: 1, ..Limits::default() };
        client_with(self.addr, login, limits).await
    }
}

impl Drop for Snmpd {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> SocketAddr {
    UdpSocket::bind("127.0.0.1:0").and_then(|s| s.local_addr()).expect("port")
}

fn launch(program: &Path, folder: &Path, addr: SocketAddr) -> Child {
    let mut command = Command::new(program);
    command.args(["-f", "-Lf", "snmpd.log", "-I", "-smux", &format!("udp:{addr}")]);
    // Apart from the configuration, which a persistent file of the same name would replace.
    let persistent = folder.join("persistent");
    let path = format!("{}:{}", folder.display(), persistent.display());
    command.current_dir(folder).env("SNMP_PERSISTENT_DIR", &persistent).env("SNMPCONFPATH", path).env("MIBS", "");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("snmpd")
}

pub fn oid(text: &str) -> Oid {
    Oid::parse(text).expect(text)
}

pub async fn client_with(addr: SocketAddr, login: Login, limits: Limits) -> Client {
    let access = Access::new(&login).expect("usable");
    Endpoint::bind(limits).await.expect("socket").client(addr, &access).await.expect("client")
}
