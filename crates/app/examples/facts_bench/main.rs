//! What `cargo xtask bench facts` measures: loading, finding and searching at scale, each by a process of its own, so
//! that its memory is its own too. Prints one JSON object.
//!
//! The network is made up, and the same every time; see `world.rs`.

mod ask;
mod bare;
mod hostile;
mod load;
mod texts;
mod world;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::Value;
use world::World;

const USAGE: &str = "\
facts_bench database URL NAME       an empty database on a PostgreSQL server
facts_bench load HOME DEVICES       a year of facts, by the product
facts_bench fill HOME DEVICES       its first two loads: five million facts of 10,000 devices
facts_bench bare HOME DEVICES       the same rows, by bare inserts into the same tables
facts_bench again HOME DEVICES      what is there already, by the product
facts_bench ask HOME DEVICES TIMES  questions, each so often
facts_bench hostile HOME ROWS       one device that says it has so many MAC addresses
facts_bench texts HOME MEGABYTES FOLDER   captures, and the same as plain files";

/// Loads of an installation that is only asked.
const FILLED: u32 = 2;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let world = |devices: &str| -> anyhow::Result<World> { Ok(World { devices: devices.parse()? }) };
    let said: Value = match args[..] {
        ["database", url, name] => bare::database(url, name).await?,
        ["load", home, devices] => load::year(Path::new(home), &world(devices)?, world::LOADS).await?,
        ["fill", home, devices] => {
            let loads = load::year(Path::new(home), &world(devices)?, FILLED).await?;
            bare::rest(Path::new(home)).await?;
            loads
        }
        ["bare", home, devices] => bare::year(Path::new(home), &world(devices)?).await?,
        ["again", home, devices] => load::again(Path::new(home), &world(devices)?).await?,
        ["ask", home, devices, times] => ask::all(Path::new(home), &world(devices)?, times.parse()?).await?,
        ["hostile", home, rows] => hostile::load(Path::new(home), rows.parse()?).await?,
        ["texts", home, megabytes, folder] => {
            texts::keep(Path::new(home), megabytes.parse()?, Path::new(folder)).await?
        }
        _ => bail!(USAGE),
    };
    println!("{said}");
    Ok(())
}

/// The store of an installation, as the product opens it.
async fn store(home: &Path) -> anyhow::Result<store::Store> {
    let config = app::Config::load(home).context("no installation")?;
    let config =
        store::StoreConfig { database: app::App::database(home, &config), captures_dir: home.join("captures") };
    Ok(store::Store::open(&config, model::TenantId::DEFAULT).await?)
}

fn rate(rows: u64, time: Duration) -> f64 {
    rows as f64 / time.as_secs_f64().max(1e-9)
}
