use model::Timestamp;
use model::device::Same;
use store::{DeviceFilter, StoreError};
use testkit::{TestDb, build, each_db};

const NOW: Timestamp = Timestamp(1_000);

/// Sees the devices in turn and gives the slugs they end as, each with why it was known.
async fn check(seen: &[&str], slugs: &[&str]) {
    each_db(async |db: TestDb| {
        let mut found = Vec::new();
        for text in seen {
            let upserted = db.upsert_device(&build::device(text), NOW).await.expect(text);
            assert_eq!(upserted.is_new, upserted.matched_by.is_none());
            let why = upserted.matched_by.map_or("new".to_owned(), |same| same.to_string());
            found.push(format!("{}: {why}", upserted.device.slug));
        }
        assert_eq!(found, slugs, "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn a_device_is_known_by_its_strongest_mark() {
    check(
        &["leaf-1 10.0.0.1 S1", "renamed 10.0.0.9 S1", "other 10.0.0.9 -", "leaf-1 10.0.0.1 S2"],
        &["leaf-1: new", "leaf-1: same serial number S1", "leaf-1: same address 10.0.0.9", "leaf-1-2: new"],
    )
    .await;
}
