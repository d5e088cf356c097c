//! Loading by the product: a transaction for each device, as a run saves it.

use std::path::Path;
use std::time::{Duration, Instant};

use app::{InitOptions, init};
use futures::{StreamExt, TryStreamExt, stream};
use model::fact::{ARP, COMPONENTS, INTERFACES, MAC, NEIGHBORS, ROUTES, SYSTEM, VLANS};
use model::{CaptureId, DeviceId, DeviceIdentity, Fact, FactKind};
use serde_json::{Value, json};
use store::{DeviceUpsert, FactLoad, LoadCounts, LoadOutcome, Store};

use crate::world::{self, World};
use crate::{rate, store};

/// Devices that are saved at once, as the product's writers do and as the bare inserts do.
pub const AT_ONCE: usize = 4;
/// Facts are made before the clock runs, for so many devices.
pub const CHUNK: u32 = 200;

type Told = (&'static FactKind, Vec<Fact>);

/// Facts that a device tells at a load. What does not change in the year is told first only.
pub fn told(world: &World, device: u32, load: u32) -> Vec<Told> {
    let lists =
        [(&MAC, world.macs(device, load)), (&ARP, world.arp(device, load)), (&ROUTES, world.routes(device, load))];
    lists.into_iter().filter(|(_, facts)| !facts.is_empty()).collect()
}

fn rest(world: &World, device: u32) -> Vec<Told> {
    vec![
        (&INTERFACES, world.interfaces(device)),
        (&COMPONENTS, world.components(device)),
        (&NEIGHBORS, world.neighbors(device)),
        (&SYSTEM, world.system(device)),
        (&VLANS, world.vlans()),
    ]
}

pub fn load_of(device: DeviceId, kind: &'static FactKind, load: u32) -> FactLoad<'static> {
    FactLoad {
        device,
        kind,
        source: kind.name,
        capture: CaptureId(i64::from(load) + 1),
        template: "made_up@1",
        complete: true,
        outcome: LoadOutcome::Parsed,
        unread_lines: 0,
        rejected_rows: 0,
        message: None,
    }
}

/// The first so many loads of the year.
pub async fn year(home: &Path, world: &World, count: u32) -> anyhow::Result<Value> {
    init(home, &InitOptions { defaults: true, dry_run: false }).await?;
    let store = store(home).await?;
    let ids = devices(&store, world).await?;
    for chunk in chunks(&ids) {
        let facts = chunk.map(|(n, id)| (id, rest(world, n)));
        save_all(&store, 0, facts.collect()).await?;
    }
    let mut loads = Vec::new();
    for load in 0..count {
        let (mut time, mut counts, mut given) = (Duration::ZERO, LoadCounts::default(), 0);
        for chunk in chunks(&ids) {
            let facts: Vec<_> = chunk.map(|(n, id)| (id, told(world, n, load))).collect();
            given += facts.iter().flat_map(|(_, told)| told).map(|(_, facts)| facts.len() as u64).sum::<u64>();
            let (took, done) = save_all(&store, load, facts).await?;
            time += took;
            counts = sum(counts, done);
        }
        eprintln!("  {}: load {load} in {:.1} s", world.said(), time.as_secs_f64());
        loads.push(json!({
            "seconds": time.as_secs_f64(), "given": given, "added": counts.added, "kept": counts.kept,
            "gone": counts.gone, "added_per_second": rate(counts.added, time), "given_per_second": rate(given, time),
        }));
    }
    store.close().await;
    Ok(json!({ "loads": loads }))
}

/// The last load again.
pub async fn again(home: &Path, world: &World) -> anyhow::Result<Value> {
    let store = store(home).await?;
    let ids = devices(&store, world).await?;
    let (mut time, mut counts) = (Duration::ZERO, LoadCounts::default());
    for chunk in chunks(&ids) {
        let facts = chunk.map(|(n, id)| (id, told(world, n, world::LOADS - 1)));
        let (took, done) = save_all(&store, world::LOADS - 1, facts.collect()).await?;
        time += took;
        counts = sum(counts, done);
    }
    store.close().await;
    anyhow::ensure!(counts.added == 0 && counts.gone == 0, "what is there already was loaded anew: {counts:?}");
    Ok(json!({ "seconds": time.as_secs_f64(), "kept": counts.kept, "kept_per_second": rate(counts.kept, time) }))
}

pub fn chunks(ids: &[DeviceId]) -> impl Iterator<Item = impl Iterator<Item = (u32, DeviceId)>> {
    let all: Vec<(u32, DeviceId)> = (0..).zip(ids.iter().copied()).collect();
    let chunks: Vec<Vec<_>> = all.chunks(CHUNK as usize).map(<[_]>::to_vec).collect();
    chunks.into_iter().map(Vec::into_iter)
}

async fn devices(store: &Store, world: &World) -> anyhow::Result<Vec<DeviceId>> {
    let mut ids = Vec::new();
    let known = store.devices(&store::DeviceFilter::default()).await?;
    let known: std::collections::HashMap<String, DeviceId> = known.into_iter().map(|d| (d.slug, d.id)).collect();
    for n in 0..world.devices {
        let name = World::name(n);
        match known.get(&name) {
            Some(id) => ids.push(*id),
            None => ids.push(store.upsert_device(&upsert(n, name), world::time(0)).await?.device.id),
        }
    }
    Ok(ids)
}

pub fn upsert(n: u32, name: String) -> DeviceUpsert {
    let address = World::address(n);
    DeviceUpsert {
        identity: DeviceIdentity {
            serials: [World::serial(n, 0)].into(),
            addresses: [address].into(),
            name,
            ..DeviceIdentity::default()
        },
        address,
        port: 22,
        site: Some(World::site_name(n / 50)),
        role: Some(if n % 50 < 2 { "core" } else { "access" }.to_owned()),
        platform: "cisco_ios".to_owned(),
        vendor: "Cisco".to_owned(),
        model: Some("WS-C3850-48P".to_owned()),
        os_version: Some("16.12.04".to_owned()),
        status: None,
    }
}

async fn save_all(store: &Store, load: u32, all: Vec<(DeviceId, Vec<Told>)>) -> anyhow::Result<(Duration, LoadCounts)> {
    let start = Instant::now();
    let saved = stream::iter(all).map(|(device, told)| {
        let store = store.clone();
        let task = tokio::spawn(async move { save(&store, device, load, &told).await });
        async move { task.await? }
    });
    let counts = saved.buffer_unordered(AT_ONCE).try_fold(LoadCounts::default(), async |a, b| Ok(sum(a, b))).await?;
    Ok((start.elapsed(), counts))
}

async fn save(store: &Store, device: DeviceId, load: u32, told: &[Told]) -> anyhow::Result<LoadCounts> {
    let mut tx = store.begin().await?;
    let mut counts = LoadCounts::default();
    for (kind, facts) in told {
        counts = sum(counts, tx.load_facts(&load_of(device, kind, load), facts, world::time(load)).await?.counts);
    }
    tx.commit().await?;
    Ok(counts)
}

fn sum(a: LoadCounts, b: LoadCounts) -> LoadCounts {
    LoadCounts { added: a.added + b.added, kept: a.kept + b.kept, gone: a.gone + b.gone }
}
