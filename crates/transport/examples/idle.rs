//! What an idle session weighs: `idle ADDRESS SESSIONS USER`, as in the example `bench`.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::sync::Arc;

use model::platform::Platforms;
use transport::{HostKeys, Limits, Login, MemoryHostKeys, Profile, Session};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [addr, sessions, username] = args.as_slice() else { return Err("ADDRESS SESSIONS USER".into()) };
    let first: SocketAddrV4 = addr.parse()?;
    let platform = Platforms::builtin().get("generic").ok_or("no generic platform")?;
    let profile = Arc::new(Profile::compile(&platform.session)?);
    let password = std::env::var("VELOCITY_PASSWORD")?;
    let login = Login::password(username.clone(), password);
    let keys: Arc<dyn HostKeys> = Arc::new(MemoryHostKeys::default());
    let mut open = Vec::new();
    let mut before = 0;
    for index in 0..sessions.parse::<u32>()? {
        let ip = Ipv4Addr::from(u32::from(*first.ip()) + index % 250);
        let addr = SocketAddr::new(ip.into(), first.port());
        let mut session = Session::open(addr, &login, &keys, &Limits::default(), profile.clone()).await?;
        session.ask("show version").await?;
        open.push(session);
        if index == 9 {
            before = resident_kib()?;
        }
    }
    println!("{} KiB a session", (resident_kib()? - before) / (open.len() - 10));
    Ok(())
}

fn resident_kib() -> Result<usize, Box<dyn std::error::Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).ok_or("no size")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
}
