use std::collections::BTreeSet;

use model::device::Access;
use store::{DeviceFilter, DeviceKey, DeviceOrder, DeviceSort, DeviceTerm, DeviceUpsert, StoreError};
use testkit::{TestDb, build, each_db};

use super::{NOW, device};

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
    check(
        &["a 10.0.0.1 - 00:11:22:33:44:55", "b 10.0.0.2 - 0011.2233.4455"],
        &["a: new", "a: same chassis MAC 00:11:22:33:44:55"],
    )
    .await;
}

#[tokio::test]
async fn two_devices_with_one_name_have_two_slugs_whatever_the_case() {
    check(
        &["core 10.0.0.1 S1", "Core 10.0.0.2 S2", "core 10.0.0.3 S3", "core-2 10.0.0.4 S4", "../core 10.0.0.5 S5"],
        &["core: new", "Core-2: new", "core-3: new", "core-2-2: new", "core-4: new"],
    )
    .await;
}

#[tokio::test]
async fn what_was_not_said_stays_and_what_was_said_replaces() {
    each_db(async |db: TestDb| {
        let mut seen = build::device("leaf-1 10.0.0.1 S1 00:11:22:33:44:55");
        seen.model = Some("C9300".to_owned());
        db.upsert_device(&seen, NOW).await.expect("first");
        let silent = DeviceUpsert { site: None, role: None, vendor: String::new(), ..build::device("- 10.0.0.2 S1") };
        let device = db.upsert_device(&silent, NOW.plus_ms(5)).await.expect("again").device;
        assert_eq!((device.name.as_str(), device.address.to_string().as_str()), ("leaf-1", "10.0.0.2"));
        assert_eq!((device.site.as_deref(), device.role.as_deref()), (Some("lab"), Some("leaf")));
        assert_eq!((device.vendor.as_str(), device.model.as_deref()), ("Cisco", Some("C9300")));
        assert_eq!(device.chassis_mac.map(|m| m.to_string()).as_deref(), Some("00:11:22:33:44:55"));
        assert_eq!((device.first_seen, device.last_seen), (NOW, NOW.plus_ms(5)));

        let mut stack = build::device("leaf-1 10.0.0.2 S1");
        stack.identity.serials = BTreeSet::from(["S1".to_owned(), "S2".to_owned()]);
        assert_eq!(db.upsert_device(&stack, NOW).await.expect("stack").device.serials, ["S1", "S2"]);
        let one = db.upsert_device(&build::device("leaf-1 10.0.0.2 S2"), NOW).await.expect("one");
        assert_eq!((one.is_new, one.device.serials), (false, vec!["S2".to_owned()]));
    })
    .await;
}

#[tokio::test]
async fn the_identity_of_every_device_is_known() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1 S1 0011.2233.4455").await;
        device(&db, "moved 10.0.0.9 S1").await;
        let identities = db.device_identities().await.expect("read");
        let known = &identities[&id];
        let addresses: Vec<String> = known.addresses.iter().map(ToString::to_string).collect();
        assert_eq!((known.name.as_str(), addresses), ("moved", vec!["10.0.0.1".to_owned(), "10.0.0.9".to_owned()]));
        assert!(known.serials.contains("S1") && known.chassis_macs.contains("00:11:22:33:44:55"), "on {}", db.name);
        let again = testkit::build::device("x 10.0.0.1").identity;
        let same = db.find_same(&again).await.expect("read").map(|(id, why)| (id, why.to_string()));
        assert_eq!(same, Some((id, "same address 10.0.0.1".to_owned())));
    })
    .await;
}

#[tokio::test]
async fn a_user_names_a_device_by_slug_name_address_serial_or_id() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1 S1").await;
        device(&db, "spine-1 10.0.0.2 S2").await;
        device(&db, "Spine-1 10.0.0.3 S3").await;
        for reference in ["leaf-1", "LEAF-1", " 10.0.0.1 ", "S1", &id.to_string()] {
            assert_eq!(db.device(reference).await.expect(reference).id, id, "{reference}");
            let one = db.device_if_any(reference).await.expect(reference);
            assert_eq!(one.map(|device| device.id), Some(id), "{reference} on {}", db.name);
        }
        assert_eq!(db.device("spine-1").await.expect("the slug is one").serials, ["S2"]);
        let replaced = device(&db, "leaf-1 10.0.0.1 S9").await;
        assert_eq!(db.device("10.0.0.1").await.expect("the one that is there now").id, replaced);
        let beside = DeviceUpsert { port: 2222, ..build::device("leaf-9 10.0.0.1 S10") };
        db.upsert_device(&beside, NOW).await.expect("behind the same address");
        assert!(matches!(db.device("10.0.0.1").await, Err(StoreError::Ambiguous { .. })), "on {}", db.name);
        for none in ["10.0.0.1", "no\u{1b}such", "4711"] {
            assert_eq!(db.device_if_any(none).await.expect(none), None, "{none:?} on {}", db.name);
        }
        let missing = db.device("no\u{1b}such").await.expect_err("none such");
        assert_eq!(missing.to_string(), "no device `no\\u{1b}such`");
    })
    .await;
}

#[tokio::test]
async fn a_name_that_fits_several_is_refused_with_the_candidates() {
    each_db(async |db: TestDb| {
        for text in ["sw.a 10.0.0.1 S1", "sw/a 10.0.0.2 S2", "sw/a 10.0.0.3 S3"] {
            device(&db, text).await;
        }
        let Err(StoreError::Ambiguous { candidates, .. }) = db.device("sw/a").await else { panic!("not refused") };
        assert_eq!(candidates, ["sw-a (10.0.0.2)", "sw-a-2 (10.0.0.3)"]);
    })
    .await;
}

#[tokio::test]
async fn a_filter_lets_through_what_fits_all_of_it() {
    each_db(async |db: TestDb| {
        for text in ["leaf-1 10.0.0.1 S1", "leaf-2 10.0.0.2 S2", "spine_1 10.0.0.3 S3"] {
            device(&db, text).await;
        }
        let mut edge = build::device("edge-1 10.0.0.4 S4");
        (edge.site, edge.vendor) = (Some("USA East".to_owned()), "Arista".to_owned());
        let edge = db.upsert_device(&edge, NOW).await.expect("edge").device;
        assert_eq!(edge.site.as_deref(), Some("USA East"));
        let check = async |filter: DeviceFilter, slugs: &[&str]| {
            let found: Vec<String> = db.devices(&filter).await.expect("read").into_iter().map(|d| d.slug).collect();
            assert_eq!(found, slugs, "{filter:?} on {}", db.name);
        };
        let all = DeviceFilter::default;
        check(all(), &["edge-1", "leaf-1", "leaf-2", "spine_1"]).await;
        check(DeviceFilter { name: Some("LEAF".into()), ..all() }, &["leaf-1", "leaf-2"]).await;
        check(DeviceFilter { name: Some("e_1".into()), ..all() }, &["spine_1"]).await;
        let of = |terms: &[(DeviceKey, &str)]| {
            let term = |(key, pattern): &(DeviceKey, &str)| DeviceTerm { key: *key, pattern: (*pattern).to_owned() };
            DeviceFilter { terms: terms.iter().map(term).collect(), ..all() }
        };
        check(of(&[(DeviceKey::Site, "usa-east")]), &["edge-1"]).await;
        check(of(&[(DeviceKey::Site, "usa east")]), &["edge-1"]).await;
        check(DeviceFilter { limit: Some(1), ..of(&[(DeviceKey::Vendor, "cisco")]) }, &["leaf-1"]).await;
        check(of(&[(DeviceKey::Platform, "cisco_ios"), (DeviceKey::Status, "offline")]), &[]).await;
        check(DeviceFilter { ids: Some(vec![edge.id]), ..all() }, &["edge-1"]).await;
        check(DeviceFilter { ids: Some(vec![]), ..all() }, &[]).await;
    })
    .await;
}

#[tokio::test]
async fn what_worked_last_comes_first() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1").await;
        let access = |username: &str, platform: &str| Access { username: username.into(), platform: platform.into() };
        let (shell, vtysh) = (access("root", "linux"), access("frr", "frr"));
        for (access, ms) in [(&shell, 1), (&vtysh, 2), (&shell, 3)] {
            db.remember_access(id, access, 22, NOW.plus_ms(ms)).await.expect("remembered");
        }
        let known = db.accesses(Some(id)).await.expect("read");
        assert_eq!(known.iter().map(|a| &a.access).collect::<Vec<_>>(), [&shell, &vtysh]);
        assert_eq!((known[0].port, known[0].last_success_at), (22, NOW.plus_ms(3)));
        assert_eq!(db.accesses(None).await.expect("read"), known);
    })
    .await;
}

#[tokio::test]
async fn devices_are_found_by_their_names_up_to_a_dot_or_a_bracket() {
    each_db(async |db: TestDb| {
        let names = [
            "leaf-1",
            "LEAF-1.example.net",
            "leaf-1(FOC1)",
            "leaf-1 (FOC2)",
            "leaf-10",
            "leaf-1-b",
            "xleaf-1",
            "leaf-",
        ];
        for (n, name) in names.iter().enumerate() {
            let mut upsert = build::device(&format!("x 10.0.0.{n} S{n}"));
            (*name).clone_into(&mut upsert.identity.name);
            db.upsert_device(&upsert, NOW).await.expect("a device");
        }
        let found = db.devices_labelled(&["leaf-1", "", "nobody"].map(str::to_owned).into()).await.expect("found");
        let found: Vec<&str> = found.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(found, &names[..4], "on {}", db.name);
        assert_eq!(db.devices_labelled(&BTreeSet::new()).await.expect("none"), []);
        // A chassis with a telephone on each port.
        let many = (0..1000).map(|n| format!("sep{n:012x}")).chain(["leaf-1".to_owned()]);
        let found = db.devices_labelled(&many.collect()).await.expect("found");
        assert_eq!(found.len(), 4, "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn in_every_order_the_pages_are_all_devices_once() {
    each_db(async |db: TestDb| {
        for n in 0..13 {
            let mut seen = build::device(&format!("dev-{n} 10.0.0.{n} S{n}"));
            // Two sites whose names are one to whoever sorts, and none.
            seen.site = [Some("Lab"), None, Some("berlin"), Some("ÄRZTE")][n % 4].map(str::to_owned);
            seen.role = ["leaf", "spine"].get(n % 3).map(|role| (*role).to_owned());
            seen.model = (n % 2 == 0).then(|| format!("Model {}", n % 5));
            db.upsert_device(&seen, NOW.plus_ms(n as i64 % 4)).await.expect("a device");
        }
        for (word, by) in DeviceSort::ALL {
            for descending in [false, true] {
                let order = DeviceOrder { by: *by, descending };
                let whole = db.devices(&DeviceFilter { order, ..DeviceFilter::default() }).await.expect("read");
                let whole: Vec<String> = whole.into_iter().map(|d| d.slug).collect();
                let (mut paged, mut past) = (Vec::new(), None);
                loop {
                    let filter = DeviceFilter { order, past, limit: Some(3), ..DeviceFilter::default() };
                    let (page, total) = db.device_page(&filter).await.expect("read");
                    assert_eq!(total, 13, "by {word} on {}", db.name);
                    past = page.last().map(|d| order.place_of(&d.device));
                    if page.is_empty() {
                        break;
                    }
                    paged.extend(page.into_iter().map(|d| d.device.slug));
                }
                assert_eq!(paged, whole, "by {word}, the other way round: {descending}, on {}", db.name);
            }
        }
        let leafs = DeviceTerm { key: DeviceKey::Role, pattern: "leaf".into() };
        for (by, slugs) in [(DeviceSort::Site, ["dev-9", "dev-6"]), (DeviceSort::Name, ["dev-0", "dev-3"])] {
            let order = DeviceOrder { by, descending: false };
            let terms = vec![leafs.clone()];
            let filter = DeviceFilter { order, terms, limit: Some(2), ..DeviceFilter::default() };
            let (page, total) = db.device_page(&filter).await.expect("read");
            let found: Vec<&str> = page.iter().map(|d| d.device.slug.as_str()).collect();
            assert_eq!((&found[..], total), (&slugs[..], 5), "by {by:?} on {}", db.name);
        }
        // What this process writes is seen at once, and how credentials fare with it.
        let (first, second) = (device(&db, "one-more 10.1.0.1 X1").await, device(&db, "two-more 10.1.0.2 X2").await);
        db.record_credential(first, "netops", "ssh", true, NOW).await.expect("recorded");
        db.record_credential(second, "netops", "ssh", false, NOW).await.expect("recorded");
        let (page, total) = db.device_page(&DeviceFilter::default()).await.expect("read");
        let mark = |id| page.iter().find(|d| d.device.id == id).map(|d| d.credential.as_str());
        assert_eq!((mark(first), mark(second)), (Some("ok"), Some("failed")), "on {}", db.name);
        assert_eq!((page[0].credential.as_str(), total), ("untested", 15), "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn a_part_of_anything_that_a_device_is_told_by_finds_it() {
    each_db(async |db: TestDb| {
        let mut seen = build::device("sw-100%-a 10.20.30.40 FOC1234X");
        (seen.model, seen.os_version) = (Some("WS-C9300_48".into()), Some("17.3.4a".into()));
        db.upsert_device(&seen, NOW).await.expect("a device");
        device(&db, "other 10.0.0.1 S1").await;
        for text in ["SW-100%", "w-1", "20.30", "foc12", "c9300_", "17.3.4A"] {
            let filter = DeviceFilter { search: Some(text.to_owned()), ..DeviceFilter::default() };
            let found: Vec<String> = db.devices(&filter).await.expect("read").into_iter().map(|d| d.slug).collect();
            assert_eq!(found.len(), 1, "{text}: {found:?} on {}", db.name);
            assert!(found[0].starts_with("sw-100"), "{text}: {found:?}");
        }
        // What it is called now, not what it was called.
        seen.identity.name = "renamed-1".to_owned();
        seen.address = "10.99.88.77".parse().expect("an address");
        seen.identity.addresses = [seen.address].into();
        db.upsert_device(&seen, NOW).await.expect("the same device");
        for (text, by_search, by_name) in [("named-1", 1, 1), ("99.88", 1, 0), ("sw-100%", 0, 0), ("foc1234", 1, 0)] {
            let count = async |filter: DeviceFilter| db.devices(&filter).await.expect("read").len();
            let search = DeviceFilter { search: Some(text.to_owned()), ..DeviceFilter::default() };
            assert_eq!(count(search).await, by_search, "{text} on {}", db.name);
            let name = DeviceFilter { name: Some(text.to_owned()), ..DeviceFilter::default() };
            assert_eq!(count(name).await, by_name, "{text} on {}", db.name);
        }
        for (pattern, fits) in [("", 0), ("*", 2), ("lab", 2), ("la?|nowhere", 2), ("x*", 0)] {
            let term = DeviceTerm { key: DeviceKey::Site, pattern: pattern.into() };
            let filter = DeviceFilter { terms: vec![term], ..DeviceFilter::default() };
            assert_eq!(db.devices(&filter).await.expect("read").len(), fits, "site={pattern} on {}", db.name);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_beside_a_device_is_what_each_table_says() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1 S1").await;
        let seen = db.device_by_id(id).await.expect("read");
        let empty = db.beside(&seen, None).await.expect("read");
        assert!(empty.credentials.is_empty() && empty.captures.is_empty() && empty.crypto.is_none());
        assert_eq!((empty.record.text("name").as_str(), empty.addresses.len()), ("leaf-1", 1), "on {}", db.name);
        let access = Access { username: "quote \" and \u{1F525}".into(), platform: "cisco_ios".into() };
        db.remember_access(id, &access, 22, NOW).await.expect("remembered");
        db.record_credential(id, "old", "ssh", false, NOW).await.expect("recorded");
        db.record_credential(id, "new", "ssh", true, NOW).await.expect("recorded");
        let on = store::NoteOn::Device(id.0);
        let text = store::NoteText { title: "t", body: "links [[leaf-1]]", actor: "me" };
        let mut tx = db.begin().await.expect("a transaction");
        tx.add_note(on, text, NOW).await.expect("a note");
        tx.commit().await.expect("committed");
        let full = db.beside(&seen, None).await.expect("read");
        assert_eq!(full.accesses, db.accesses(Some(id)).await.expect("read"), "on {}", db.name);
        assert_eq!(full.credentials, db.device_credentials(Some(id)).await.expect("read"), "on {}", db.name);
        assert!(full.credentials[0].is_preferred && !full.credentials[1].is_preferred, "on {}", db.name);
        assert_eq!((full.notes.len(), full.mentions.len()), (1, 1), "on {}", db.name);
        assert_eq!(full.record, db.record_by_id(&model::object::DEVICE, id.0).await.expect("read"));
    })
    .await;
}
