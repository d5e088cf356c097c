//! Finding facts by what a user types.

use model::address::ip_key_prefix;
use model::fact::{ARP, INTERFACES, ROUTES};
use model::{CaptureId, FactKind, Value};
use store::{FactFilter, FactLoad, LoadOutcome, Predicate, StoreError};
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
            let load = FactLoad {
                device,
                kind,
                source: kind.name,
                capture: CaptureId(1),
                template: "t",
                complete: true,
                outcome: LoadOutcome::Parsed,
                unread_lines: 0,
                rejected_rows: 0,
                message: None,
            };
            db.load_facts(&load, &build::facts(kind, text), NOW).await.expect("loaded");
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
