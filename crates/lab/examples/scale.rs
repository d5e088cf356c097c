//! Measures a large lab: time to grow and to listen, memory idle and with sessions open, the
//! cost of log-ins, and a collection of every device. Client and lab share process and cores.
//!
//! `cargo run --release -p lab --example scale -- 10000 2000`

use std::sync::Arc;
use std::time::Instant;

use lab::{Lab, ServeOptions, World, WorldOptions};
use russh::{ChannelMsg, client};

struct Trusting;

impl client::Handler for Trusting {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &russh::keys::PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        Ok(true)
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args: Vec<usize> = std::env::args().skip(1).map(|a| a.parse()).collect::<Result<_, _>>()?;
    let devices = args.first().copied().unwrap_or(10_000);
    let sessions = args.get(1).copied().unwrap_or(1000).min(devices);
    let start = Instant::now();
    let world = World::generate(devices, 1, &WorldOptions { base: [127, 251, 0, 0].into(), ..WorldOptions::default() });
    println!("grown         {:>8.2?}  rss {} MiB", start.elapsed(), rss());
    let addresses: Vec<_> = world.devices().iter().map(|d| d.address).collect();
    let mut bytes = 0;
    let start = Instant::now();
    for device in world.devices().iter().step_by(10) {
        bytes +=
            device.platform().commands().filter_map(|c| world.output(&device.name, c)).map(|o| o.len()).sum::<usize>();
    }
    println!(
        "all outputs   {:>8.2?}  {} bytes a device",
        start.elapsed() / (devices as u32 / 10).max(1),
        bytes / (devices / 10).max(1)
    );
    let start = Instant::now();
    let lab = Lab::start(world, ServeOptions { port: Some(0), ..ServeOptions::default() }).await?;
    println!("listening     {:>8.2?}  rss {} MiB", start.elapsed(), rss());
    let (start, before) = (Instant::now(), rss());
    let mut open = Vec::new();
    for address in addresses.iter().take(sessions) {
        let config = Arc::new(client::Config { nodelay: true, ..client::Config::default() });
        let mut handle = client::connect(config, (*address, lab.port()), Trusting).await?;
        anyhow::ensure!(handle.authenticate_password(lab.username(), lab.password()).await?.success());
        let channel = handle.channel_open_session().await?;
        channel.request_pty(false, "vt100", 511, 1000, 0, 0, &[]).await?;
        channel.request_shell(false).await?;
        open.push((handle, channel));
    }
    let each = start.elapsed() / sessions as u32;
    println!("log-ins       {:>8.2?} each, one after the other, both sides", each);
    println!("sessions      {sessions} open, {} KiB each for both sides", (rss() - before) * 1024 / sessions);
    drop(open);
    let (start, mut received) = (Instant::now(), 0);
    let (port, password) = (lab.port(), lab.password().to_owned());
    let mut tasks = tokio::task::JoinSet::new();
    for address in addresses {
        if tasks.len() >= sessions {
            received += tasks.join_next().await.transpose()?.transpose()?.unwrap_or_default();
        }
        let password = password.clone();
        tasks.spawn(async move { collect(address, port, &password).await });
    }
    while let Some(done) = tasks.join_next().await {
        received += done??;
    }
    let time = start.elapsed().as_secs_f64();
    println!(
        "collected     {time:>7.1}s   {:.0} devices/s at {sessions} at once, {} bytes each, rss {} MiB",
        devices as f64 / time,
        received / devices,
        rss()
    );
    Ok(())
}

const COMMANDS: &[u8] = b"enable\nPASSWORD\nterminal length 0\nset cli screen-length 0\nshow version\nshow ip arp\n\
show arp no-resolve\nshow lldp neighbors detail\nshow interfaces\nshow interface\nshow inventory\nexit\n";

/// Logs in and runs the commands of all vendors, typed ahead: each device refuses some.
async fn collect(address: std::net::Ipv4Addr, port: u16, password: &str) -> anyhow::Result<usize> {
    let config = Arc::new(client::Config { nodelay: true, ..client::Config::default() });
    let mut handle = client::connect(config, (address, port), Trusting).await?;
    anyhow::ensure!(handle.authenticate_password("admin", password).await?.success());
    let mut channel = handle.channel_open_session().await?;
    channel.request_pty(false, "vt100", 511, 1000, 0, 0, &[]).await?;
    channel.request_shell(false).await?;
    channel.data_bytes(COMMANDS).await?;
    let mut received = 0;
    while let Some(message) = channel.wait().await {
        if let ChannelMsg::Data { data } = message {
            received += data.len();
        }
    }
    Ok(received)
}

/// Resident memory in MiB.
fn rss() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<usize>().ok()).unwrap_or(0) / 1024
}
