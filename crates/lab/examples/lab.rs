//! Runs a lab in the foreground and prints how to reach it, as JSON, then waits for Ctrl-C.
//!
//! `cargo run -p lab --example lab -- --devices 12 --seed 1 --latency 0 --port 0`

use std::path::Path;
use std::time::Duration;

use lab::{Lab, ServeOptions, World, WorldOptions};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1));
    let number = |name: &str, default: u64| value(name).map_or(Ok(default), |v| v.parse());
    let base = value("--base").map_or(Ok(WorldOptions::default().base), |v| v.parse())?;
    let options = WorldOptions { base, ..WorldOptions::default() };
    let world = World::generate(number("--devices", 12)? as usize, number("--seed", 1)?, &options);
    if args.iter().any(|a| a == "--truth") {
        serde_json::to_writer_pretty(std::io::stdout().lock(), &world.truth())?;
        return Ok(());
    }
    if let Some(dir) = value("--dump") {
        return dump(&world, dir.as_ref());
    }
    let serve = ServeOptions {
        port: value("--port").map(|v| v.parse()).transpose()?,
        password: value("--password").cloned(),
        latency: Duration::from_millis(number("--latency", 0)?),
        corpus: value("--corpus").map(Into::into),
        ..ServeOptions::default()
    };
    let running = Lab::start(world, serve).await?;
    println!("{}", serde_json::to_string(&running.info())?);
    tokio::signal::ctrl_c().await?;
    Ok(())
}

/// Writes every output of every device as `<dir>/<platform>/<device>/<command>.txt`.
fn dump(world: &World, dir: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir)?;
    std::fs::write(dir.join("truth.json"), serde_json::to_vec(&world.truth())?)?;
    for device in world.devices() {
        let home = dir.join(device.platform().as_str()).join(&device.name);
        std::fs::create_dir_all(&home)?;
        for command in device.platform().commands() {
            let text = world.output(&device.name, command).unwrap_or_default();
            std::fs::write(home.join(format!("{}.txt", command.replace(' ', "_"))), text)?;
        }
    }
    Ok(())
}
