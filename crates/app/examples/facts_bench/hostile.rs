//! One device that says it has millions of MAC addresses.

use std::path::Path;
use std::time::Instant;

use app::{InitOptions, init};
use model::fact::MAC;
use model::{Fact, Mac, Value};
use serde_json::json;

use crate::load::{load_of, upsert};
use crate::world::{self, World};
use crate::{rate, store};

/// Facts that are given at once.
const PIECE: u64 = 10_000;

pub async fn load(home: &Path, rows: u64) -> anyhow::Result<serde_json::Value> {
    init(home, &InitOptions { defaults: true, dry_run: false }).await?;
    let store = store(home).await?;
    let device = store.upsert_device(&upsert(0, World::name(0)), world::time(0)).await?.device.id;
    let mut said = Vec::new();
    for what in ["new", "again"] {
        let start = Instant::now();
        let mut tx = store.begin().await?;
        let mut loading = tx.begin_facts(&load_of(device, &MAC, 0), world::time(0)).await?;
        for first in (0..rows).step_by(PIECE as usize) {
            let facts: Vec<Fact> = (first..(first + PIECE).min(rows)).map(fact).collect();
            tx.add_facts(&mut loading, &facts).await?;
        }
        let counts = tx.end_facts(loading).await?.counts;
        tx.commit().await?;
        let time = start.elapsed();
        eprintln!("  {rows} MAC addresses of one device, {what}: {:.1} s, {counts:?}", time.as_secs_f64());
        said.push(json!({ "what": what, "seconds": time.as_secs_f64(), "per_second": rate(rows, time) }));
    }
    store.close().await;
    Ok(json!({ "loads": said }))
}

fn fact(n: u64) -> Fact {
    let [_, _, a, b, c, d, e, f] = n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
    let name = format!("Ethernet1/{}", n % 48 + 1);
    let port = Value::Interface { seen: name.clone(), name };
    let mac = Value::Mac(Mac([a, b, c, d, e, f]));
    let values = vec![Value::Int(1), Value::Null, mac, port, Value::Text("DYNAMIC".into())];
    let line = u32::try_from(n + 1).unwrap_or(u32::MAX);
    Fact { values, lines: (line, line) }
}
