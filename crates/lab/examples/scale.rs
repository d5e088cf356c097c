//! Measures a large lab: time to grow and to listen, memory idle and with sessions open, and
//! the cost of log-ins and commands. Client and lab share the process and its cores.
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
        bytes += device.platform().commands().filter_map(|c| world.output(&device.name, c)).map(|o| o.len()).sum::<usize>();
    }
    println!("all outputs   {:>8.2?}  {} bytes a device", start.elapsed() / (devices as u32 / 10).max(1), bytes / (devices / 10).max(1));
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
    let (start, mut received) = (Instant::now(), 0);
    for (_, channel) in &mut open {
        channel.data_bytes(&b"terminal length 0\nset cli screen-length 0\nshow version\nexit\n"[..]).await?;
        while let Some(message) = channel.wait().await {
            if let ChannelMsg::Data { data } = message {
                received += data.len();
            }
        }
    }
    println!("show version  {:>8.2?} each, {} bytes", start.elapsed() / sessions as u32, received / sessions);
    Ok(())
}

/// Resident memory in MiB.
fn rss() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<usize>().ok()).unwrap_or(0) / 1024
}
