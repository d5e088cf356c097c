//! Questions, each so often with other things asked for: how long an answer takes.

use std::net::IpAddr;
use std::path::Path;
use std::time::Instant;

use app::{Actor, App, AppResult, FactQuery, FindQuery};
use model::Timestamp;
use serde_json::{Value, json};

use crate::world::{self, Host, World};

/// The last load of the world.
const LAST: u32 = world::LOADS - 1;

struct Asker<'a> {
    app: App,
    actor: Actor,
    world: &'a World,
    times: u32,
    answers: Vec<Value>,
}

pub async fn all(home: &Path, world: &World, times: u32) -> anyhow::Result<Value> {
    let app = App::open(home).await?;
    let mut asker = Asker { app, actor: Actor::local(), world, times, answers: Vec::new() };
    asker.find().await?;
    asker.tables().await?;
    Ok(json!({ "asked": asker.answers }))
}

/// The middle of the year.
fn then() -> Timestamp {
    world::time(2).plus_ms(3_600_000)
}

fn mac_digits(host: Host, load: u32) -> String {
    host.mac(load).key()
}

impl Asker<'_> {
    async fn find(&mut self) -> AppResult<()> {
        let now = |text: String| (text, None);
        self.finds("find IP address", |_, h, _| now(h.ip().to_string())).await?;
        self.finds("find MAC address", |_, h, _| now(h.mac(LAST).to_string())).await?;
        self.finds("find MAC address, Cisco's spelling", |_, h, _| {
            let digits = mac_digits(h, LAST);
            now(format!("{}.{}.{}", &digits[..4], &digits[4..8], &digits[8..]))
        })
        .await?;
        self.finds("find first 8 digits of a MAC", |_, h, _| now(h.mac(LAST).to_string()[..11].to_owned())).await?;
        self.finds("find last 6 digits of a MAC", |_, h, _| now(h.mac(LAST).to_string()[9..].to_owned())).await?;
        self.finds("find 6 digits within a MAC", |_, h, _| now(h.mac(LAST).to_string()[6..14].to_owned())).await?;
        self.finds("find 4 digits within a MAC", |_, h, _| now(h.mac(LAST).to_string()[6..11].to_owned())).await?;
        self.finds("find digits that no MAC has", |_, _, n| now(format!("ffff.f{:03x}", n % 4096))).await?;
        self.finds("find host name", |w, _, n| now(World::name(w.access(n)))).await?;
        self.finds("find part of a host name", |w, _, n| now(World::name(w.access(n))[2..].to_owned())).await?;
        self.finds("find serial number", |w, _, n| now(World::serial(w.access(n), n % 5))).await?;
        self.finds("find part of a serial number", |w, _, n| now(World::serial(w.access(n), n % 5)[3..].to_owned()))
            .await?;
        self.finds("find VLAN", |_, h, _| now(format!("vlan {}", h.vlan()))).await?;
        self.finds("find VLAN by name", |_, h, _| now(format!("floor-{}", h.vlan() - 100))).await?;
        self.finds("find interface description", |w, _, n| now(w.description(n))).await?;
        self.finds("find text that is nowhere", |_, _, n| now(format!("no such thing {n}"))).await?;
        self.finds("find prefix", |w, _, n| now(w.site_prefix(n).to_string())).await?;
        let then = Some(then());
        self.finds("find MAC address --at", |_, h, _| (h.mac(2).to_string(), then)).await?;
        self.finds("find IP address --at", |_, h, _| (h.ip().to_string(), then)).await
    }

    async fn tables(&mut self) -> AppResult<()> {
        let query = |pattern: String, at| FactQuery { pattern: Some(pattern), at, limit: 1000, ..FactQuery::all() };
        self.facts("mac search, whole", "mac", |h| query(h.mac(LAST).to_string(), None)).await?;
        self.facts("mac search, last 6 digits", "mac", |h| query(h.mac(LAST).key()[6..].to_owned(), None)).await?;
        self.facts("mac search --at", "mac", |h| query(h.mac(2).to_string(), Some(then()))).await?;
        self.facts("arp search, address", "arp", |h| query(h.ip().to_string(), None)).await?;
        self.facts("arp search, MAC", "arp", |h| query(h.mac(LAST).to_string(), None)).await?;
        self.facts("arp search, part of an address", "arp", |h| {
            let IpAddr::V4(ip) = h.ip() else { unreachable!("the world speaks IPv4") };
            let [a, b, c, _] = ip.octets();
            query(format!("{a}.{b}.{c}."), None)
        })
        .await?;
        self.facts("arp search --at", "arp", |h| query(h.ip().to_string(), Some(then()))).await?;
        for (name, one, limit) in [("route lookup", false, 500), ("route lookup of one device", true, 500)] {
            let (mut took, mut found) = (Vec::new(), 0);
            for n in 0..self.times {
                let host = self.world.host(n);
                let device = one.then(|| World::name(self.world.access(n)));
                let start = Instant::now();
                let routes =
                    self.app.route_lookup(&self.actor, host.ip(), (device.as_deref(), None), None, limit).await?;
                took.push(start.elapsed().as_secs_f64() * 1e3);
                found += routes.len();
            }
            self.told(name, took, found);
        }
        Ok(())
    }

    async fn finds(
        &mut self,
        name: &str,
        what: impl Fn(&World, Host, u32) -> (String, Option<Timestamp>),
    ) -> AppResult<()> {
        let mut took = Vec::new();
        let mut found = 0;
        for n in 0..self.times {
            let (text, at) = what(self.world, self.world.host(n), n);
            let query = FindQuery { text, at, history: false, limit: 50 };
            let start = Instant::now();
            let report = self.app.find(&self.actor, &query).await?;
            took.push(start.elapsed().as_secs_f64() * 1e3);
            found += report.answers.len();
            if let [place] = &report.whereabouts[..] {
                let port = place.port.as_ref().map(|port| (port.device.clone(), port.interface.clone()));
                assert_eq!(port, Some(World::edge(self.world.host(n))), "{name} {}: {}", query.text, place.verdict);
            }
        }
        self.told(name, took, found);
        Ok(())
    }

    async fn facts(&mut self, name: &str, kind: &str, query: impl Fn(Host) -> FactQuery) -> AppResult<()> {
        let mut took = Vec::new();
        let mut found = 0;
        for n in 0..self.times {
            let query = query(self.world.host(n));
            let start = Instant::now();
            found += self.app.facts(&self.actor, kind, query).await?.1.len();
            took.push(start.elapsed().as_secs_f64() * 1e3);
        }
        self.told(name, took, found);
        Ok(())
    }

    fn told(&mut self, name: &str, mut took: Vec<f64>, found: usize) {
        took.sort_by(f64::total_cmp);
        let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize];
        let answers = found as f64 / took.len() as f64;
        eprintln!("  {name}: median {:.2} ms, p99 {:.2} ms, {answers:.1} answers", at(0.5), at(0.99));
        self.answers.push(json!({ "name": name, "median_ms": at(0.5), "p99_ms": at(0.99), "answers": answers }));
    }
}
