//! Facts as intervals: what a load adds, keeps and closes.

use model::fact::{ARP, ROUTES};
use model::{CaptureId, DeviceId, FactKind, Timestamp, fact};
use store::{FactFilter, FactLoad, LoadCounts, LoadOutcome, Predicate, StoredFact};
use testkit::{TestDb, build, each_db};

use super::device;

fn load_of(device: DeviceId, capture: i64) -> FactLoad<'static> {
    FactLoad {
        device,
        kind: &ARP,
        source: "arp",
        capture: CaptureId(capture),
        template: "cisco_ios_show_ip_arp@1",
        complete: true,
        outcome: LoadOutcome::Parsed,
        unread_lines: 0,
        rejected_rows: 0,
        message: None,
    }
}

/// Loads ARP entries, one host a word, at the second that is also the number of the capture.
async fn load(db: &TestDb, load: FactLoad<'_>, hosts: &str) -> [u64; 3] {
    let text = hosts.split_whitespace().map(|h| format!("- 10.0.0.{h} 00:00:00:00:00:0{h} Gi0/{h}\n"));
    let facts = build::facts(&ARP, &text.collect::<String>());
    let LoadCounts { added, kept, gone } =
        db.load_facts(&load, &facts, Timestamp(load.capture.0 * 1000)).await.expect("loaded").counts;
    [added, kept, gone]
}

/// `host first-last(gone)` in seconds.
fn shown(fact: &StoredFact) -> String {
    let ip = fact.values[1].shown();
    let gone = fact.gone_at.map(|at| format!(" gone {}", at.0 / 1000)).unwrap_or_default();
    format!("{} {}-{}{gone}", &ip[7..], fact.first_seen.0 / 1000, fact.last_seen.0 / 1000)
}

async fn all(db: &TestDb, filter: FactFilter) -> Vec<String> {
    let mut facts: Vec<_> = db.facts(&ARP, &filter).await.expect("read").iter().map(shown).collect();
    facts.sort();
    facts
}

async fn history(db: &TestDb) -> Vec<String> {
    all(db, FactFilter { include_gone: true, ..FactFilter::default() }).await
}

#[tokio::test]
async fn a_fact_is_an_interval() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1").await;
        assert_eq!(load(&db, load_of(id, 1), "1 2").await, [2, 0, 0]);
        assert_eq!(load(&db, load_of(id, 2), "1 2").await, [0, 2, 0]);
        assert_eq!(load(&db, load_of(id, 3), "2 3").await, [1, 1, 1]);
        assert_eq!(load(&db, load_of(id, 4), "1 2 3").await, [1, 2, 0]);
        assert_eq!(history(&db).await, ["1 1-2 gone 3", "1 4-4", "2 1-4", "3 3-4"], "on {}", db.name);
        let at = |second: i64| FactFilter { at: Some(Timestamp(second * 1000)), ..FactFilter::default() };
        assert_eq!(all(&db, at(2)).await, ["1 1-2 gone 3", "2 1-4"]);
        assert_eq!(all(&db, at(3)).await, ["2 1-4", "3 3-4"]);
        assert_eq!(all(&db, at(0)).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn the_same_load_again_and_the_same_row_twice_write_nothing() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1").await;
        assert_eq!(load(&db, load_of(id, 1), "1 1 2").await, [2, 0, 0]);
        let ids = async || db.facts(&ARP, &FactFilter::default()).await.expect("read").iter().map(|f| f.id).collect();
        let before: Vec<i64> = ids().await;
        assert_eq!(load(&db, load_of(id, 1), "2 1 1").await, [0, 2, 0]);
        assert_eq!(ids().await, before);
        assert_eq!(db.fact_loads(Some(id)).await.expect("read")[0].facts, 2);
    })
    .await;
}

#[tokio::test]
async fn only_a_complete_load_says_that_something_is_gone() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1").await;
        let partly = |capture| FactLoad { complete: false, outcome: LoadOutcome::Partly, ..load_of(id, capture) };
        load(&db, load_of(id, 1), "1 2 3").await;
        assert_eq!(load(&db, partly(2), "1").await, [0, 1, 0]);
        assert_eq!(load(&db, partly(3), "1 2 4").await, [1, 2, 0]);
        assert_eq!(history(&db).await, ["1 1-3", "2 1-3", "3 1-1", "4 3-3"], "on {}", db.name);
        assert_eq!(load(&db, load_of(id, 4), "1").await, [0, 1, 3]);
        assert_eq!(history(&db).await, ["1 1-4", "2 1-3 gone 4", "3 1-1 gone 4", "4 3-3 gone 4"]);
        assert_eq!(load(&db, load_of(id, 5), "").await, [0, 0, 1], "a complete, empty answer");
    })
    .await;
}

#[tokio::test]
async fn what_was_not_parsed_changes_no_fact_and_is_told() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1").await;
        load(&db, load_of(id, 1), "1").await;
        let failed = FactLoad {
            outcome: LoadOutcome::NotParsed,
            unread_lines: 9,
            message: Some("no template"),
            ..load_of(id, 2)
        };
        assert_eq!(load(&db, failed, "").await, [0, 0, 0]);
        assert_eq!(history(&db).await, ["1 1-1"]);
        let state = db.fact_loads(Some(id)).await.expect("read").remove(0);
        assert_eq!((state.kind.as_str(), state.source.as_str(), state.outcome), ("arp", "arp", LoadOutcome::NotParsed));
        assert_eq!((state.tried_at, state.loaded_at), (Timestamp(2000), Some(Timestamp(1000))));
        assert_eq!((state.facts, state.unread_lines, state.message.as_deref()), (1, 9, Some("no template")));
    })
    .await;
}

#[tokio::test]
async fn each_source_and_each_device_speaks_only_for_itself() {
    each_db(async |db: TestDb| {
        let a = device(&db, "leaf-1 10.0.0.1 S1").await;
        let b = device(&db, "leaf-2 10.0.0.2 S2").await;
        let vrf = FactLoad { source: "arp-vrf", ..load_of(a, 1) };
        load(&db, load_of(a, 1), "1 2").await;
        load(&db, vrf, "1").await;
        load(&db, load_of(b, 1), "1 2 3").await;
        assert_eq!(load(&db, FactLoad { capture: CaptureId(2), ..vrf }, "").await, [0, 0, 1]);
        let counts = db.fact_counts().await.expect("read");
        let counts: Vec<_> = counts.iter().map(|c| (c.kind, c.device, c.facts)).collect();
        assert_eq!(counts, [("arp", a, 2), ("arp", b, 3)], "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn every_kind_comes_back_as_it_was_with_its_evidence() {
    let text = |kind: &FactKind| match kind.name {
        "system" => "sw1 Cisco C9300 17.9.4 S1,S2 cat9k.bin 00:11:22:33:44:55\n- - - 15.2 - - -",
        "components" => "PSU Power-supply PWR-C1 V01 P1 power Chassis\nFan - - - - - -",
        "interfaces" => {
            "Gi1/0/1 uplink up up 00:11:22:33:44:55 10.0.0.1 24 1500 1000 full 10GBase-SR\nVl10 - - - - - - - - - -"
        }
        "neighbors" => "lldp Gi1/0/1 sp1 Et1 to-leaf 00:11:22:33:44:55 10.0.0.9 EOS B,R\ncdp Te1/1 - - - - - - -",
        "arp" => "blue 10.0.0.9 aabb.ccdd.eeff Vl10\n- 2001:db8::1 aabb.ccdd.eefe -",
        "mac" => "10 - aabb.ccdd.eeff Gi1/0/2 dynamic\n- servers aabb.ccdd.eefe Po1 -",
        "routes" => "red 10.1.0.0/16 ospf O_IA 110 20 10.0.0.9 Vl10\n- 2001:db8::/32 - - - - - -",
        "addresses" => "red Vl10 10.0.0.1 24\n- Lo0 2001:db8::1 -",
        "port_channels" => "Po1 Te1/1/1 lacp up bundled\nPo2 - - down -",
        "ipv6_neighbors" => "red 2001:db8::9 aabb.ccdd.eeff Vl10\n- fe80::1 aabb.ccdd.eefe -",
        "vlans" => "10 servers active\n4094 - -",
        "switchports" => "Gi1/0/1 trunk 1 99 1-10,20 -\nGi1/0/2 access 10 - - 200",
        "bgp_neighbors" => {
            "red ipv4 10.0.0.9 1.10 65001 10.0.0.1 10.0.0.2 established core\n- - 2001:db8::9 - - - - - -"
        }
        "bgp_routes" => "red 10.0.0.0/8 10.0.0.9 65001_65002 igp 100 0 32768 best\n- 2001:db8::/32 - - - - - - -",
        "ospf_neighbors" => "red 1 0.0.0.0 10.0.0.2 10.1.0.2 Gi1/0/1 full bdr\n- - - 10.0.0.3 - - - -",
        "ntp" => "10.0.0.1 synchronised 1 .GPS. mgmt\nntp.example - - - -",
        "snmp" => "host 10.0.0.9 - - 2c noauth - mgmt\nlocation - Oslo - - - - -",
        "aaa" => "authentication login default tacacs+,local\nauthorization - - local",
        "aaa_servers" => "radius 10.0.0.9 ise-1 ISE 1812 1813 5 mgmt Lo0\ntacacs 10.0.0.8 - - - - - - -",
        "syslog" => "host 10.0.0.9 warnings local7 udp 514 mgmt\nconsole - critical - - - -",
        "lines" => "vty-0-4 9600 10 ssh local MGMT 16\nconsole-0 - - - - - -",
        "ssh_server" => {
            "enabled 2.0 - 22 60 3 50 publickey deny aes256-ctr hmac-sha2-256 ecdh rsa\ndisabled - - - - - - - - - - - -"
        }
        "environment" => "fan Fan-1 ok FAN-1 F001\ntemperature inlet - - -",
        "users" => "admin 15 network-admin secret-9\nguest - - -",
        other => panic!("write down facts of the kind `{other}`"),
    };
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1").await;
        for kind in fact::KINDS {
            let facts = build::facts(kind, text(kind));
            let load = FactLoad { kind, source: kind.name, ..load_of(id, 7) };
            db.load_facts(&load, &facts, Timestamp(1000)).await.expect(kind.name);
            let mut stored =
                db.facts(kind, &FactFilter { device: Some(id), ..FactFilter::default() }).await.expect("read");
            stored.sort_by_key(|f| f.evidence.first_line);
            assert_eq!(stored.len(), 2, "{} on {}", kind.name, db.name);
            for (stored, fact) in stored.iter().zip(&facts) {
                assert_eq!(stored.values, fact.values, "{} on {}", kind.name, db.name);
                let evidence = &stored.evidence;
                assert_eq!((evidence.first_line, evidence.last_line), fact.lines);
                assert_eq!((evidence.capture, evidence.capture_type.as_str()), (CaptureId(7), kind.name));
                assert_eq!(evidence.template, "cisco_ios_show_ip_arp@1");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_large_table_is_loaded_whole() {
    let text = |range: std::ops::Range<u32>| -> String {
        range.map(|n| format!("- 10.{}.{}.0/24 ospf O - - - Vl{n}\n", n / 250, n % 250)).collect()
    };
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1").await;
        let load = FactLoad { kind: &ROUTES, source: "routes", ..load_of(id, 1) };
        for (range, counts) in [(0..5000, [5000, 0, 0]), (2500..6000, [1000, 2500, 2500])] {
            let facts = build::facts(&ROUTES, &text(range));
            let LoadCounts { added, kept, gone } =
                db.load_facts(&load, &facts, Timestamp(1)).await.expect("loaded").counts;
            assert_eq!([added, kept, gone], counts, "on {}", db.name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_load_says_which_facts_are_new_and_which_are_missing() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1").await;
        let told = async |load: FactLoad<'_>, hosts: &[&str]| {
            let text: String = hosts.iter().map(|h| format!("- 10.0.0.{h} 00:00:00:00:00:0{h} Gi0/{h}\n")).collect();
            let at = Timestamp(load.capture.0 * 1000);
            db.load_facts(&load, &build::facts(&ARP, &text), at).await.expect("loaded")
        };
        let first = told(load_of(id, 1), &["1", "2", "1"]).await;
        assert!(first.before.is_none() && first.missing.is_empty(), "{first:?} on {}", db.name);
        assert_eq!(first.added, [0, 1]);
        let partly = FactLoad { complete: false, outcome: LoadOutcome::Partly, ..load_of(id, 2) };
        let cut = told(partly, &["3", "2"]).await;
        assert_eq!((cut.before, &cut.added[..]), (Some(Timestamp(1000)), &[0][..]));
        assert_eq!(cut.missing.iter().map(|m| (m.before, m.gone)).collect::<Vec<_>>(), [(false, false)]);
        let whole = told(load_of(id, 3), &["3"]).await;
        let mut missing: Vec<_> = whole.missing.iter().map(|m| (m.before, m.gone)).collect();
        missing.sort_unstable();
        assert_eq!(missing, [(false, true), (true, true)]);
        let ids = whole.missing.iter().map(|m| m.id).collect();
        let gone = db.facts(&ARP, &FactFilter { ids: Some(ids), ..FactFilter::default() }).await.expect("read");
        assert_eq!(gone.iter().map(shown).collect::<Vec<_>>(), ["1 1-1 gone 3", "2 1-2 gone 3"]);
        let macs = ["00:00:00:00:00:01", "00:00:00:00:00:03"].iter().filter_map(|m| m.parse().ok()).collect();
        let among =
            FactFilter { include_gone: true, columns: vec![Predicate::MacIn("mac", macs)], ..Default::default() };
        assert_eq!(all(&db, among).await, ["1 1-1 gone 3", "3 2-3"]);
    })
    .await;
}
