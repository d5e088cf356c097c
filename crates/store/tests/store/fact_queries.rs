//! Finding facts by what a user types.

use model::address::ip_key_prefix;
use model::fact::{ARP, INTERFACES, ROUTES};
use model::{FactKind, Value};
use store::{FactFilter, Predicate, StoreError};
use testkit::{TestDb, build, each_db};

use super::{NOW, device};

const TABLES: [(&FactKind, &str); 3] = [
    (&ARP, "- 10.0.0.9 aabb.ccdd.eeff Vl10\n- 10.0.10.9 0011.2233.4455 Vl20\n- 2001:db8::9 0011.22aa.bbcc -"),
    (&ROUTES, "- 10.0.0.0/8 ospf O 110 20 - -\n- 10.0.10.0/24 ospf O 110 30 - -\n- 0.0.0.0/0 static S 1 0 10.0.0.1 -"),
    (&INTERFACES, "Gi1/0/1 100%_Up up\nGi1/0/2 100xxup up"),
];

async fn check(kind: &'static FactKind, column: usize, predicate: Predicate, found: &[&str]) {
    each_db(async |db: TestDb| {
        let device = device(&db, "leaf-1 10.0.0.1").await;
        for (kind, text) in TABLES {
            db.load_facts(&build::load(device, kind), &build::facts(kind, text), NOW).await.expect("loaded");
        }
        let filter = FactFilter { columns: vec![predicate.clone()], ..FactFilter::default() };
        let facts = db.facts(kind, &filter).await.expect("read");
        let mut shown: Vec<String> = facts.iter().map(|f| f.values[column].shown()).collect();
        shown.sort();
        assert_eq!(shown, found, "{predicate:?} on {}", db.name);
    })
    .await;
}

fn mac(text: &str) -> Predicate {
    Predicate::Mac("mac", text.parse().expect(text))
}

fn prefix(column: &'static str, text: &str) -> Predicate {
    Predicate::KeyPrefix(column, ip_key_prefix(text).expect(text))
}

#[tokio::test]
async fn a_mac_is_found_by_any_spelling_and_by_a_part() {
    check(&ARP, 1, mac("AA-BB-CC-DD-EE-FF"), &["10.0.0.9"]).await;
    check(&ARP, 1, mac("0011.22"), &["10.0.10.9", "2001:db8::9"]).await;
    check(&ARP, 1, mac("bb:cc"), &["10.0.0.9", "2001:db8::9"]).await;
    // Long enough to be looked up: from its beginning, over the maker's digits, behind them.
    check(&ARP, 1, mac("0011.22"), &["10.0.10.9", "2001:db8::9"]).await;
    check(&ARP, 1, mac("1122.33"), &["10.0.10.9"]).await;
    check(&ARP, 1, mac("33:44:55"), &["10.0.10.9"]).await;
    check(&ARP, 1, mac("a:bb:cc"), &["10.0.0.9", "2001:db8::9"]).await;
    check(&ARP, 1, mac("33:44:56"), &[]).await;
}

#[tokio::test]
async fn a_text_is_found_by_a_part_of_it_in_any_case() {
    let search = |text: &str| Predicate::Search(text.into());
    check(&INTERFACES, 1, search("%_UP"), &["100%_Up"]).await;
    check(&INTERFACES, 1, search("xx"), &["100xxup"]).await;
    check(&INTERFACES, 1, search("nowhere"), &[]).await;
}

#[tokio::test]
async fn four_digits_of_a_mac_are_found_wherever_they_stand() {
    each_db(async |db: TestDb| {
        let device = device(&db, "leaf-1 10.0.0.1").await;
        db.load_facts(&build::load(device, &ARP), &build::facts(&ARP, TABLES[0].1), NOW).await.expect("loaded");
        let filter = |digits| FactFilter { columns: vec![mac(digits)], ..FactFilter::default() };
        let all = ["aabbccddeeff", "001122334455", "001122aabbcc"];
        for digits in ["aabb", "abbc", "bbcc", "bccd", "ccdd", "deef", "eeff", "1122", "122a", "4455", "dead"] {
            let found = db.facts(&ARP, &filter(digits)).await.expect("read");
            let mut found: Vec<String> = found.iter().map(|f| f.values[2].plain().replace(':', "")).collect();
            found.sort_by_key(|mac| all.iter().position(|m| m == mac));
            let expected: Vec<&str> = all.into_iter().filter(|mac| mac.contains(digits)).collect();
            assert_eq!(found, expected, "{digits} on {}", db.name);
            let counted = db.count_facts(&ARP, &filter(digits), 9).await.expect("counted");
            assert_eq!(counted, expected.len() as u64, "{digits} on {}", db.name);
        }
        let one = FactFilter { limit: Some(1), ..filter("aabb") };
        assert_eq!(db.facts(&ARP, &one).await.expect("read").len(), 1, "no more than wanted");
        assert_eq!(db.count_facts(&ARP, &filter("aabb"), 1).await.expect("counted"), 1);
    })
    .await;
}

#[tokio::test]
async fn pages_have_each_fact_once_whatever_is_asked_for() {
    each_db(async |db: TestDb| {
        for n in 0..4 {
            let device = device(&db, &format!("leaf-{n} 10.0.0.{}", n + 1)).await;
            // What the indexes of addresses give first was stored last. The digits are the maker's, or the card's.
            let host = |h: u32| match h % 2 {
                0 => format!("red 10.0.{}.{h} 00{}{h}.aabb.0000 -", 9 - n, 9 - n),
                _ => format!("red 10.0.{}.{h} 0000.{}{h}00.aabb -", 9 - n, 9 - n),
            };
            let hosts: Vec<String> = (0..6).map(host).collect();
            db.load_facts(&build::load(device, &ARP), &build::facts(&ARP, &hosts.join("\n")), NOW)
                .await
                .expect("loaded");
        }
        let in_vrf = Predicate::Is("vrf", Value::Text("red".into()));
        let conditions = [
            vec![],
            vec![in_vrf.clone()],
            vec![mac("aabb")],
            vec![mac("bb")],
            vec![prefix("ip", "10.0."), in_vrf],
            vec![Predicate::Contains("interface", "l".into())],
        ];
        for columns in conditions {
            let page = async |after, limit| {
                let filter = FactFilter { columns: columns.clone(), after, limit, ..FactFilter::default() };
                let facts = db.facts(&ARP, &filter).await.expect("read");
                facts.iter().map(|f| f.id).collect::<Vec<_>>()
            };
            let all = page(None, None).await;
            let (mut seen, mut last) = (Vec::new(), 0);
            loop {
                let ids = page(Some(last), Some(5)).await;
                let Some(id) = ids.last() else { break };
                last = *id;
                seen.extend(ids);
            }
            assert_eq!(seen, all, "{columns:?} on {}", db.name);
            assert_eq!(all.len(), if format!("{columns:?}").contains("Contains") { 0 } else { 24 });
        }
    })
    .await;
}

#[tokio::test]
async fn the_addresses_on_many_ports_are_counted_at_once() {
    each_db(async |db: TestDb| {
        let [one, two] = [device(&db, "leaf-1 10.0.0.1").await, device(&db, "leaf-2 10.0.0.2").await];
        for device in [one, two] {
            db.load_facts(&build::load(device, &ARP), &build::facts(&ARP, TABLES[0].1), NOW).await.expect("loaded");
        }
        let of_one = FactFilter { devices: Some(vec![one]), ..FactFilter::default() };
        assert_eq!(db.facts(&ARP, &of_one).await.expect("read").len(), 3);
        let gone = build::facts(&ARP, "- 10.0.0.9 aabb.ccdd.eeff Vl10");
        db.load_facts(&build::load(two, &ARP), &gone, model::Timestamp(NOW.0 + 1)).await.expect("loaded");
        let ports = [(two, "Vlan20"), (one, "Vlan20"), (one, "Vlan99"), (two, "Vlan10")];
        let ports = ports.map(|(device, port)| (device, port.to_owned()));
        let now = db.count_on_ports(&ARP, &ports, None, 9).await.expect("counted");
        assert_eq!(now, [0, 1, 0, 1], "on {}", db.name);
        let then = db.count_on_ports(&ARP, &ports, Some(NOW), 9).await.expect("counted");
        assert_eq!(then, [1, 1, 0, 1], "on {}", db.name);
        assert!(db.count_on_ports(&ARP, &[], None, 9).await.expect("counted").is_empty());
        assert!(db.count_on_ports(&ROUTES, &ports, None, 0).await.expect("counted").iter().all(|n| *n == 0));
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_is_not_found_by_a_part_of_its_text() {
    each_db(async |db: TestDb| {
        let device = device(&db, "leaf-1 10.0.0.1").await;
        let found = async |text: &str| {
            let columns = vec![Predicate::Search(text.into())];
            let filter = FactFilter { columns, include_gone: true, ..FactFilter::default() };
            db.facts(&INTERFACES, &filter).await.expect("read").len()
        };
        let load = async |text: &str| {
            let facts = build::facts(&INTERFACES, text);
            db.load_facts(&build::load(device, &INTERFACES), &facts, NOW).await.expect("loaded");
        };
        load("Gi1/0/1 Uplink_to_the_core up").await;
        load("Gi1/0/1 Uplink_to_the_edge up\nGi1/0/2 \"quoted\"_'text' up").await;
        assert_eq!((found("UPLINK").await, found("the_edge").await, found("the_edgy").await), (2, 1, 0));
        assert_eq!((found("\"quoted\"_'").await, found("e").await), (1, 3), "on {}", db.name);
        let id = device.0;
        let mut tx = db.begin().await.expect("begun");
        tx.delete_record(&model::object::DEVICE, id).await.expect("deleted");
        tx.commit().await.expect("committed");
        assert_eq!((found("uplink").await, found("e").await), (0, 0), "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn texts_are_found_by_a_part_where_postgres_lets_nobody_have_trigrams() {
    let Some(server) = testkit::postgres::shared() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let mut fresh = testkit::postgres::FreshDatabase::create(server).await;
    let database = store::Database::Postgres(fresh.url_of_plain_user().await);
    let config = store::StoreConfig { database, captures_dir: folder.path().join("captures") };
    let store = store::Store::open(&config, model::TenantId::DEFAULT).await.expect("opened without the extension");
    let db = TestDb { store, config, name: "PostgreSQL without pg_trgm" };
    db.tell("do $$ begin assert not exists (select from pg_extension where extname = 'pg_trgm'); end $$").await;
    db.tell("do $$ begin assert not exists (select from pg_indexes where indexname = 'interfaces_parts'); end $$")
        .await;
    let device = device(&db, "leaf-1 10.0.0.1").await;
    let facts = build::facts(&INTERFACES, "Gi1/0/1 Uplink_to_the_core up\nGi1/0/2 100%_up up");
    db.load_facts(&build::load(device, &INTERFACES), &facts, NOW).await.expect("loaded");
    for (text, wanted) in [("LINK_TO", 1), ("%_u", 1), ("u", 2), ("nowhere", 0)] {
        let columns = vec![Predicate::Search(text.into())];
        let filter = FactFilter { columns, ..FactFilter::default() };
        let found = (
            db.facts(&INTERFACES, &filter).await.expect("read").len() as u64,
            db.count_facts(&INTERFACES, &filter, 9).await.expect("counted"),
        );
        assert_eq!(found, (wanted, wanted), "{text}");
    }
    db.reopen().await.close().await;
    db.store.close().await;
    fresh.remove().await;
}

#[tokio::test]
async fn addresses_and_prefixes_are_found_within_a_prefix_and_around_one() {
    let key = |text: &str| model::address::ip_key(text.parse().expect(text));
    let between = |column, first, last| Predicate::KeyBetween(column, key(first), key(last));
    check(&ARP, 1, between("ip", "10.0.0.0", "10.0.0.255"), &["10.0.0.9"]).await;
    check(&ROUTES, 1, between("prefix", "10.0.0.0", "10.255.255.255"), &["10.0.0.0/8", "10.0.10.0/24"]).await;
    each_db(async |db: TestDb| {
        let device = device(&db, "leaf-1 10.0.0.1").await;
        let routes = build::facts(TABLES[1].0, TABLES[1].1);
        db.load_facts(&build::load(device, &ROUTES), &routes, NOW).await.expect("loaded");
        let asked = ["0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/16", "10.0.10.0/24"].map(|p| p.parse().expect(p));
        let mut found = db.prefixes_among(&ROUTES, "prefix", &asked, None).await.expect("read");
        found.sort();
        assert_eq!(found, [asked[0], asked[1], asked[3]], "on {}", db.name);
        let before = Some(model::Timestamp(NOW.0 - 1));
        assert_eq!(db.prefixes_among(&ROUTES, "prefix", &asked, before).await.expect("read"), [], "on {}", db.name);
        let all = FactFilter::default();
        let counts = [db.count_facts(&ROUTES, &all, 10).await, db.count_facts(&ROUTES, &all, 2).await];
        assert_eq!(counts.map(|n| n.expect("count")), [3, 2], "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn what_a_device_may_be_called_by_names_it_unless_it_names_two() {
    each_db(async |db: TestDb| {
        for text in ["leaf-1 10.0.0.1", "leaf-2 10.0.0.2", "spine.example.net 10.0.0.3"] {
            device(&db, text).await;
        }
        let asked = ["LEAF-1", "10.0.0.2", "spine.example.net", "nobody", "10.0.0.9"].map(str::to_owned);
        let called = db.devices_called(&asked).await.expect("read");
        let called: Vec<(&str, &str)> = called.iter().map(|(asked, (_, slug))| (&**asked, &**slug)).collect();
        let spine = called.iter().find(|(asked, _)| asked.starts_with("spine")).map(|(_, slug)| *slug);
        assert_eq!(called, [("10.0.0.2", "leaf-2"), ("leaf-1", "leaf-1"), ("spine.example.net", spine.unwrap_or(""))]);
        assert_eq!(db.devices_called(&[]).await.expect("read").len(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_address_is_found_whole_or_by_its_first_octets() {
    check(&ARP, 1, prefix("ip", "10.0.0.9"), &["10.0.0.9"]).await;
    check(&ARP, 1, prefix("ip", "10.0."), &["10.0.0.9", "10.0.10.9"]).await;
    check(&ARP, 1, prefix("ip", "10.0.1"), &[]).await;
    check(&ARP, 1, Predicate::Is("ip", Value::Ip("2001:DB8::9".parse().expect("address"))), &["2001:db8::9"]).await;
    check(&ROUTES, 1, prefix("prefix", "10."), &["10.0.0.0/8", "10.0.10.0/24"]).await;
}

#[tokio::test]
async fn numbers_nulls_and_texts_are_compared_as_what_they_are() {
    check(&ROUTES, 1, Predicate::Is("distance", Value::Int(110)), &["10.0.0.0/8", "10.0.10.0/24"]).await;
    check(&ROUTES, 1, Predicate::Is("metric", Value::Text("30".into())), &["10.0.10.0/24"]).await;
    check(&ROUTES, 1, Predicate::Is("next_hop", Value::Null), &["10.0.0.0/8", "10.0.10.0/24"]).await;
    check(&INTERFACES, 1, Predicate::Contains("description", "%_up".into()), &["100%_Up"]).await;
}

#[tokio::test]
async fn a_column_that_the_kind_does_not_have_is_refused() {
    each_db(async |db: TestDb| {
        let columns = vec![Predicate::Is("1=1; --", Value::Null)];
        let found = db.facts(&ARP, &FactFilter { columns, ..FactFilter::default() }).await;
        assert!(matches!(found, Err(StoreError::NotFound { what: "column", .. })));
    })
    .await;
}
