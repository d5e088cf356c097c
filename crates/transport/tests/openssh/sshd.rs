//! A real OpenSSH server with a configuration of the test's, one process for each connection, as inetd runs it. So the
//! system chooses the port, and the configuration may change between two connections.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;

use tempfile::TempDir;

const SSHD: &str = "/usr/sbin/sshd";

/// What a device would say; the terminal echoes.
const DEVICE: &str = r#"#!/bin/sh
printf 'sw1#'
while IFS= read -r line; do
  case "$line" in
    exit) exit 0;;
    'show clock') echo 12:00;;
    *) echo '% Invalid input';;
  esac
  printf 'sw1#'
done
"#;

pub struct Sshd {
    pub addr: SocketAddr,
    pub user: String,
    dir: Arc<TempDir>,
}

/// Whether the tests can run; says so when they cannot, and fails in CI.
pub fn is_installed() -> bool {
    let there = Path::new(SSHD).exists();
    if !there {
        assert!(std::env::var_os("CI").is_none(), "CI needs openssh-server");
        eprintln!("skipped: no {SSHD}; install openssh-server");
    }
    there
}

/// Runs a program to its end and gives what it said.
pub fn run(program: &str, args: &[&str]) -> String {
    let done = Command::new(program).args(args).stdin(Stdio::null()).output().expect(program);
    assert!(done.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}

/// A new key pair at `path`, and what the private half holds.
pub fn keygen(path: &Path, args: &[&str]) -> String {
    let path = path.to_str().expect("a path");
    run("ssh-keygen", &[args, &["-q", "-f", path]].concat());
    fs::read_to_string(path).expect("a key")
}

impl Sshd {
    /// With an ed25519 host key and whatever `options` say. It lets in the user of this process with the key `user`
    /// in its folder.
    pub fn start(options: &str) -> Sshd {
        let dir = Arc::new(tempfile::tempdir().expect("a folder"));
        let user = run("id", &["-un"]).trim().to_owned();
        if user == "root" {
            fs::create_dir_all("/run/sshd").expect("where sshd drops its rights");
        }
        keygen(&dir.path().join("host_ed25519"), &["-t", "ed25519", "-N", ""]);
        keygen(&dir.path().join("user"), &["-t", "ed25519", "-N", ""]);
        fs::copy(dir.path().join("user.pub"), dir.path().join("authorized_keys")).expect("a copy");
        let device = dir.path().join("device");
        fs::write(&device, DEVICE).expect("a file");
        fs::set_permissions(&device, fs::Permissions::from_mode(0o755)).expect("rights");
        let listener = TcpListener::bind("127.0.0.1:0").expect("an address");
        let sshd = Sshd { addr: listener.local_addr().expect("bound"), user, dir };
        sshd.configure(options);
        let dir = sshd.dir.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, dir.path());
            }
        });
        sshd
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// What holds for connections from now on. `options` come first, and the first word on a matter is the one that
    /// sshd obeys.
    pub fn configure(&self, options: &str) {
        let dir = self.dir.path().display();
        let host_key = match options.contains("HostKey ") {
            true => String::new(),
            false => format!("HostKey {dir}/host_ed25519\n"),
        };
        let options = options.replace("DIR", &dir.to_string());
        let text = format!(
            "{options}\n{host_key}AuthorizedKeysFile {dir}/authorized_keys\nForceCommand {dir}/device\n\
             PermitRootLogin prohibit-password\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n\
             UsePAM no\nStrictModes no\nPrintMotd no\nPrintLastLog no\nLogLevel DEBUG1\nRequiredRSASize 1024\n"
        );
        fs::write(self.path("sshd_config"), text).expect("a file");
    }

    /// What the server logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }
}

fn serve(stream: TcpStream, dir: &Path) {
    let socket = |s: TcpStream| Stdio::from(OwnedFd::from(s));
    let child = Command::new(SSHD)
        .arg("-i")
        .arg("-f")
        .arg(dir.join("sshd_config"))
        .arg("-E")
        .arg(dir.join("log"))
        .stdin(socket(stream.try_clone().expect("a second handle")))
        .stdout(socket(stream))
        .spawn();
    // It ends with its connection.
    thread::spawn(move || child.expect("sshd").wait());
}

/// An agent with one key, for as long as it is held.
pub struct Agent {
    pub socket: PathBuf,
    child: Child,
}

impl Agent {
    pub fn start(dir: &Path, key: &Path) -> Agent {
        let socket = dir.join("agent");
        let child = Command::new("ssh-agent").arg("-D").arg("-a").arg(&socket).stdout(Stdio::null()).spawn();
        let agent = Agent { socket, child: child.expect("ssh-agent") };
        let add = || {
            let add = Command::new("ssh-add").arg(key).env("SSH_AUTH_SOCK", &agent.socket).output().expect("ssh-add");
            add.status.success()
        };
        // It listens when it listens.
        let began = std::time::Instant::now();
        while !add() {
            assert!(began.elapsed().as_secs() < 20, "the agent does not take a key");
            thread::sleep(std::time::Duration::from_millis(20));
        }
        agent
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
