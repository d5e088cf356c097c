//! The links of one device are those that the whole map has, however its neighbours write it; and a port leads where they do.

use std::net::Ipv4Addr;
use std::sync::Arc;

use app::{Actor, App, FindQuery, LinkView, MapQuery};
use model::fact::{INTERFACES, MAC, NEIGHBORS, PORT_CHANNELS};
use model::{DeviceId, FactKind, SystemClock, Timestamp};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use store::FactLoad;
use testkit::{TestDb, build, each_db};

const DEVICES: usize = 40;
const PORTS: [&str; 6] = ["Gi1/0/1", "Te1/1/1", "ge-0/0/0.0", "xe-0/0/1", "eth0", "swp1"];

/// Where a random device is, and what its ports are called by.
struct Made {
    id: DeviceId,
    name: String,
    serial: String,
    address: String,
    mac: String,
    ports: Vec<Port>,
}

struct Port {
    name: &'static str,
    mac: String,
    ip: String,
    /// As the system tells it, and as SNMP does.
    descriptions: [&'static str; 2],
}

struct Random(ChaCha8Rng);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0.random_range(0..n)
    }

    fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }

    /// Of a MAC in colons: as a device may print it.
    fn spelt(&mut self, mac: &str) -> String {
        let bare = mac.replace(':', "");
        let quads = |sign: &str| [&bare[..4], &bare[4..8], &bare[8..]].join(sign);
        match self.below(6) {
            0 => quads("."),
            1 => quads("-").to_uppercase(),
            2 => mac.replace(':', "-"),
            3 => bare,
            4 => mac.to_uppercase(),
            _ => mac.to_owned(),
        }
    }

    /// Some have the name of another, and some have never been asked by themselves.
    async fn device(&mut self, db: &TestDb, n: usize) -> Made {
        let twin = if self.below(8) == 0 { n / 2 } else { n };
        let name = format!("n{twin}{}", self.one_of(&["", ".example.net", ".Example.org"]));
        let (serial, address, mac) = (format!("S{n}"), format!("10.0.0.{n}"), format!("02:41:00:00:00:{n:02x}"));
        let mut upsert = build::device(&format!("{name} {address} {serial} {mac}"));
        if self.below(8) == 0 {
            upsert.address = Ipv4Addr::UNSPECIFIED.into();
            upsert.identity.addresses.clear();
        }
        let id = db.upsert_device(&upsert, Timestamp(1000)).await.expect("a device").device.id;
        let ports = PORTS.iter().enumerate().map(|(p, port)| Port {
            name: port,
            mac: format!("02:42:00:00:{p:02x}:{n:02x}"),
            ip: format!("10.1.{p}.{n}"),
            descriptions: [0, 1].map(|_| self.one_of(&["uplink", "to-core", "spare", "-"])),
        });
        Made { id, name, serial, address, mac, ports: ports.collect() }
    }

    fn claim(&mut self, of: &Made, local: &str) -> String {
        let port = &of.ports[self.below(of.ports.len())];
        let short = of.name.split('.').next().unwrap_or_default();
        let name = match self.below(5) {
            0 => of.name.to_uppercase(),
            1 => short.to_owned(),
            2 => format!("{short}({})", of.serial),
            3 => of.name.clone(),
            _ => "-".to_owned(),
        };
        let [far, description] = [0, 1].map(|_| match self.below(6) {
            0 => port.name.to_owned(),
            1 => port.name.to_lowercase(),
            2 => self.spelt(&port.mac),
            3 => self.one_of(&port.descriptions).to_owned(),
            4 => "512".to_owned(),
            _ => "-".to_owned(),
        });
        let chassis = match self.below(5) {
            0 => self.spelt(&of.mac),
            1 => self.spelt(&port.mac),
            // Nobody's, and no two tell of the same.
            2 => format!("02:99:00:00:{:02x}:{:02x}", self.below(256), self.below(256)),
            _ => "-".to_owned(),
        };
        let address = self.one_of(&[&of.address, &port.ip, "10.9.9.9", "-"]);
        format!("{} {local} {name} {far} {description} {chassis} {address}\n", self.one_of(&["lldp", "cdp"]))
    }
}

async fn load(db: &TestDb, device: DeviceId, kind: &'static FactKind, text: &str) {
    load_from(db, device, kind.name, kind, text).await;
}

async fn load_from(db: &TestDb, device: DeviceId, source: &str, kind: &'static FactKind, text: &str) {
    let load = FactLoad { source, ..build::load(device, kind) };
    db.load_facts(&load, &build::facts(kind, text), Timestamp(1000)).await.expect("loaded");
}

async fn opened(db: &TestDb) -> App {
    App::open_with(&db.home(), Arc::new(SystemClock)).await.expect("opened")
}

/// Both ends of a link with their ports, the one of this device first.
fn from(device: &str, link: &LinkView) -> String {
    let LinkView { local_device, local_port, remote_device, remote_port, .. } = link;
    let protocols = link.protocols.join("+");
    let (one, other) = (format!("{local_device} {local_port}"), format!("{remote_device} {remote_port}"));
    let (one, other) = if local_device == device { (one, other) } else { (other, one) };
    format!("{one} - {other} {protocols} {:.2} {}", link.score, link.members.len())
}

async fn check(seed: u64) {
    each_db(async |db: TestDb| {
        let mut random = Random(ChaCha8Rng::seed_from_u64(seed));
        let mut made = Vec::new();
        for n in 0..DEVICES {
            made.push(random.device(&db, n).await);
        }
        for (n, device) in made.iter().enumerate() {
            for (n, source) in ["interfaces", "snmp_interfaces"].into_iter().enumerate() {
                let row = |p: &Port| format!("{} {} up up {} {} 24\n", p.name, p.descriptions[n], p.mac, p.ip);
                let rows: String = device.ports.iter().map(row).collect();
                load_from(&db, device.id, source, &INTERFACES, &rows).await;
            }
            load(&db, device.id, &PORT_CHANNELS, "Po1 Gi1/0/1 lacp up bundled\nPo1 Te1/1/1 lacp up bundled").await;
            let claims = (0..4).map(|_| {
                let of = random.below(6) + n;
                random.claim(&made[of % DEVICES], PORTS[of % PORTS.len()])
            });
            load(&db, device.id, &NEIGHBORS, &claims.collect::<String>()).await;
        }
        let app = opened(&db).await;
        let all = app.links(&Actor::local(), MapQuery::default()).await.expect("the map");
        assert!(all.iter().filter(|l| l.unknown.is_none()).count() > DEVICES / 2, "{all:?}");
        for device in db.devices(&store::DeviceFilter::default()).await.expect("devices") {
            let slug = device.slug.as_str();
            let of = |l: &&LinkView| l.unknown.is_none() && [&l.local_device, &l.remote_device].contains(&&device.slug);
            let mut whole: Vec<String> = all.iter().filter(of).map(|l| from(slug, l)).collect();
            let shown = app.links_of(&Actor::local(), slug, None).await.expect("shown");
            let mut shown: Vec<String> = shown.iter().map(|l| from(slug, l)).collect();
            whole.sort();
            shown.sort();
            assert_eq!(shown, whole, "{slug} of seed {seed} on {}", db.name);
        }
    })
    .await;
}

#[tokio::test]
async fn the_links_of_a_device_are_those_of_the_whole_map() {
    for seed in 0..2 {
        check(seed).await;
    }
}

#[tokio::test]
async fn a_port_leads_where_its_members_do_whatever_their_units() {
    each_db(async |db: TestDb| {
        let mut devices = Vec::new();
        for text in ["spine 10.0.0.1", "leaf 10.0.0.2", "other 10.0.0.3"] {
            devices.push(db.upsert_device(&build::device(text), Timestamp(1000)).await.expect("a device").device.id);
        }
        for (kind, text) in [
            (&MAC, "10 - 0200.0000.0001 ae0.0 dynamic"),
            (&PORT_CHANNELS, "ae0 ge-0/0/0.0 lacp up bundled\nae1 ge-0/0/1 lacp up bundled"),
            (&NEIGHBORS, "lldp ge-0/0/1 other - - - 10.0.0.3\nlldp ge-0/0/0 - - - - 10.0.0.2"),
        ] {
            load(&db, devices[0], kind, text).await;
        }
        load(&db, devices[1], &MAC, "10 - 0200.0000.0001 ge-0/0/5.0 dynamic").await;
        load(&db, devices[1], &NEIGHBORS, "lldp ge-0/0/0 spine ae0 - - 10.0.0.1").await;
        let query = FindQuery { text: "0200.0000.0001".into(), at: None, history: false, limit: 10 };
        let found = opened(&db).await.find(&Actor::local(), &query).await.expect("found");
        let steps: Vec<&str> = found.whereabouts[0].steps.iter().map(|step| step.what.as_str()).collect();
        let expected = [
            "MAC table: on ge-0/0/5.0 in VLAN 10, edge port with one address",
            "MAC table: on ae0.0 in VLAN 10, uplink towards leaf",
        ];
        assert_eq!(steps, expected, "on {}", db.name);
    })
    .await;
}
