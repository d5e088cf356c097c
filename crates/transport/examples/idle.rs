//! What an idle session weighs: `idle USER`. The first line of standard input is the password, each line behind it the
//! address of a device. Says how many KiB each session takes, with one command asked and its output kept.

use std::io::BufRead;
use std::net::SocketAddr;
use std::sync::Arc;

use model::platform::Platforms;
use transport::{HostKeys, Limits, Login, MemoryHostKeys, Profile, Session};

/// As in the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Sessions that are open before the first look, so that what the first one alone takes is not counted.
const WARM: usize = 10;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let username = std::env::args().nth(1).ok_or("USER")?;
    let mut lines = std::io::stdin().lock().lines();
    let password = lines.next().ok_or("no password")??;
    let platform = Platforms::builtin().get("generic").ok_or("no generic platform")?;
    let profile = Arc::new(Profile::compile(&platform.session)?);
    let login = Login::password(username, password);
    let keys: Arc<dyn HostKeys> = Arc::new(MemoryHostKeys::default());
    let mut open = Vec::new();
    let mut before = 0;
    for line in lines {
        let addr: SocketAddr = line?.parse()?;
        let mut session = Session::open(addr, &login, &keys, &Limits::default(), profile.clone()).await?;
        session.ask("show version").await?;
        open.push(session);
        if open.len() == WARM {
            before = resident_kib()?;
        }
    }
    println!("{}", (resident_kib()? - before) / open.len().saturating_sub(WARM).max(1));
    Ok(())
}

fn resident_kib() -> Result<usize, Box<dyn std::error::Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).ok_or("no size")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
}
