//! Networks of workers that can be cut: namespaces of the kernel where the test is root, else lines to the database that fall
//! silent.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tokio::net::{TcpListener, UnixStream};
use tokio::sync::watch;

use crate::namespace::{self, Inside, works};

/// Where the simulated devices are, as seen from all.
const DEVICES: &str = "127.0.0.0/8";

/// See [`namespace::runs_inside`].
pub fn runs_inside(test: &str) -> bool {
    let can = works("nsenter", &["--version"]) && works("unshare", &["--net", "ip", "link", "set", "lo", "up"]);
    let told = namespace::runs_inside(test, "--net", can);
    match told {
        Inside::Ran => println!("network: it was a namespace for each worker"),
        Inside::Cannot => println!("network: proxies that fall silent; namespaces need root, ip, unshare and nsenter"),
        Inside::Here => println!("network: a namespace for each worker"),
    }
    told == Inside::Ran
}

#[track_caller]
fn ip(args: &str) {
    assert!(works("ip", &args.split(' ').collect::<Vec<_>>()), "ip {args}");
}

/// The network of one worker, with its way to the database.
pub struct Net {
    /// Where the database is, as seen by the worker.
    pub database: String,
    /// Nothing comes through a line that is not open, and nobody is told.
    open: watch::Sender<bool>,
    space: Option<Space>,
}

impl Net {
    /// Of worker `n`, less than 64; `socket` is that of the database.
    pub async fn new(n: usize, socket: PathBuf) -> Self {
        let space = namespace::is_inside().then(|| Space::new(n));
        let here = space.as_ref().map_or("127.0.0.1".to_owned(), |space| space.outside.clone());
        let listener = TcpListener::bind((here, 0)).await.expect("a port");
        let database = listener.local_addr().expect("an address").to_string();
        let (open, is_open) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (socket, is_open) = (socket.clone(), is_open.clone());
                tokio::spawn(async move {
                    let Ok(server) = UnixStream::connect(&socket).await else { return };
                    let ((from_client, to_client), (from_server, to_server)) =
                        (client.into_split(), server.into_split());
                    let up = tokio::spawn(carry(from_client, to_server, is_open.clone()));
                    carry(from_server, to_client, is_open).await;
                    up.abort();
                });
            }
        });
        Self { database, open, space }
    }

    /// Runs this program in it.
    pub fn command(&self, program: &Path) -> Command {
        match &self.space {
            Some(space) => {
                let mut command = Command::new("nsenter");
                command.args(["--target", &space.holder.id().to_string(), "--net"]).arg(program);
                command
            }
            None => Command::new(program),
        }
    }

    /// With a namespace: devices and database are out of reach. Else the database is.
    pub fn cut(&self, is: bool) {
        match &self.space {
            Some(space) => ip(&format!("link set {} {}", space.link, if is { "down" } else { "up" })),
            None => drop(self.open.send_replace(!is)),
        }
    }
}

/// A namespace with a link to ours. It ends with the process that holds it.
struct Space {
    holder: Child,
    /// Our end.
    link: String,
    outside: String,
}

impl Space {
    fn new(n: usize) -> Self {
        let (link, outside, inside) = (format!("worker{n}"), format!("10.214.{n}.1"), format!("10.214.{n}.2"));
        let mut holder = Command::new("unshare")
            .args(["--net", "sh", "-c", "echo held; read -r end"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare");
        let mut said = String::new();
        BufReader::new(holder.stdout.take().expect("its words")).read_line(&mut said).expect("a word");
        assert_eq!(said, "held\n");
        let pid = holder.id();
        let there = |command: &str| {
            let enter = format!("--target {pid} --net {command}");
            assert!(works("nsenter", &enter.split(' ').collect::<Vec<_>>()), "{command}");
        };
        ip("link set lo up");
        ip(&format!("link add {link} type veth peer name eth0 netns {pid}"));
        ip(&format!("addr add {outside}/30 dev {link}"));
        ip(&format!("link set {link} up"));
        // Simulated devices have loopback addresses: over this link they may be reached all the same.
        local(&link, |path| std::fs::write(path, "1").is_ok());
        there(&format!("ip addr add {inside}/30 dev eth0"));
        there("ip link set lo up");
        there("ip link set eth0 up");
        local("eth0", |path| {
            works("nsenter", &["--target", &pid.to_string(), "--net", "sh", "-c", &format!("echo 1 > {path}")])
        });
        there("ip addr del 127.0.0.1/8 dev lo");
        there("ip addr add 127.0.0.1/32 dev lo");
        there(&format!("ip route add {DEVICES} via {outside} src {inside}"));
        Self { holder, link, outside }
    }
}

fn local(link: &str, write: impl Fn(&str) -> bool) {
    assert!(write(&format!("/proc/sys/net/ipv4/conf/{link}/route_localnet")), "{link}");
}

impl Drop for Space {
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        let _ = self.holder.wait();
    }
}

async fn carry(
    mut from: impl tokio::io::AsyncRead + Unpin,
    mut to: impl tokio::io::AsyncWrite + Unpin,
    mut open: watch::Receiver<bool>,
) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(size) = from.read(&mut buffer).await {
        let is_open = open.wait_for(|open| *open).await.is_ok();
        if size == 0 || !is_open || to.write_all(&buffer[..size]).await.is_err() {
            return;
        }
    }
}
