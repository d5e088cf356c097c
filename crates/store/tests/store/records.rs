use model::ObjectKind;
use model::object::{CABLE, DEVICE, INTERFACE, LOCATION, MANUFACTURER, ROLE, SITE};
use store::{Fate, NewDevice, NewUndo, NewValue, RecordFilter, SaveAs, Store, StoreError};
use testkit::{TestDb, build, each_db};

use super::{NOW, device, save};

const HOW: SaveAs<'static> = SaveAs { actor: "ann", version: None, make: false, owned: &[] };

/// `status=planned;region=EU`
fn values(kind: &'static ObjectKind, text: &str) -> Vec<NewValue> {
    let one = |pair: &str| {
        let (field, value) = pair.split_once('=').expect("a pair");
        let field = kind.field(field).expect("a field");
        (field, field.read(value).expect("a value"))
    };
    text.split(';').map(one).collect()
}

async fn add(db: &Store, kind: &'static ObjectKind, text: &str) -> Result<i64, StoreError> {
    let mut tx = db.begin().await?;
    let id = tx.add_record(kind, &values(kind, text), HOW, NOW).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes records and keeps what takes it back.
async fn change(
    db: &Store,
    kind: &'static ObjectKind,
    ids: &[i64],
    text: &str,
    how: SaveAs<'_>,
) -> Result<i64, StoreError> {
    let mut tx = db.begin().await?;
    let watch = tx.watch_records(kind, ids).await?;
    match ids {
        [id] => tx.change_record(kind, *id, &values(kind, text), how, NOW).await?,
        ids => tx.change_records(kind, ids, &values(kind, text), how, NOW).await?,
    }
    let ops = tx.record_ops(watch, ids).await?;
    let new = NewUndo { actor: "ann", action: "x", object: "y", undoes: None };
    let undo = tx.save_undo(new, &ops, NOW).await?.expect("something changed");
    tx.commit().await?;
    Ok(undo)
}

#[tokio::test]
async fn a_record_is_added_changed_and_read_back() {
    each_db(async |db: TestDb| {
        let site =
            add(&db, &SITE, "name=Frankfurt;slug=fra;status=planned;time_zone=Europe/Berlin").await.expect("added");
        add(&db, &LOCATION, "name=Room 1;site=Frankfurt").await.expect("a location");
        let read = db.record(&SITE, "frankfurt").await.expect("by name");
        assert_eq!((read.id, read.version, read.slug().as_str()), (site, 1, "fra"), "on {}", db.name);
        assert_eq!(read.text("time_zone"), "Europe/Berlin");
        change(&db, &SITE, &[site], "status=active;facility=FRA5", HOW).await.expect("changed");
        let read = db.record(&SITE, "fra").await.expect("by slug");
        assert_eq!((read.version, read.text("status").as_str(), read.text("facility").as_str()), (2, "active", "FRA5"));
        assert_eq!(db.record(&LOCATION, "room-1").await.expect("read").text("site"), "Frankfurt");

        let taken = add(&db, &SITE, "name=Fra").await.expect_err("the slug is taken").to_string();
        assert_eq!(taken, "there is a site with the slug `fra` already; give another one with --slug");
        let stale = SaveAs { version: Some(1), ..HOW };
        let stale = change(&db, &SITE, &[site], "region=EU", stale).await.expect_err("stale").to_string();
        assert_eq!(stale, "site fra was changed meanwhile: it has version 2 and you saw 1; look at it again");
        let lost = add(&db, &LOCATION, "name=Room 2").await.expect_err("no site").to_string();
        assert_eq!(lost, "a location needs a site");
        let filter = RecordFilter { name: Some("*FURT".into()), ..RecordFilter::default() };
        assert_eq!(db.records(&SITE, &filter).await.expect("read").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_device_names_what_is_there_and_only_manufacturers_are_made_for_it() {
    each_db(async |db: TestDb| {
        add(&db, &ROLE, "name=Leaf").await.expect("role");
        let new = "name=leaf-1;address=10.0.0.1;role=leaf;manufacturer=Acme;model=X1;serial=S1 S2";
        let id = add(&db, &DEVICE, new).await.expect("added");
        let read = db.record_by_id(&DEVICE, id).await.expect("read");
        assert_eq!((read.text("serial").as_str(), read.text("port").as_str()), ("S1 S2", "22"), "on {}", db.name);
        assert_eq!(db.record(&MANUFACTURER, "acme").await.expect("made").devices, Some(1));
        assert_eq!(db.record(&model::object::DEVICE_TYPE, "x1").await.expect("made").devices, Some(1));
        assert_eq!(db.device("10.0.0.1").await.expect("by its address").id.0, id);
        let nowhere =
            add(&db, &DEVICE, "name=b;address=10.0.0.2;site=fra").await.expect_err("no such site").to_string();
        assert!(nowhere.starts_with("device: there is no site `fra`; `velocity sites list` shows them"), "{nowhere}");
    })
    .await;
}

#[tokio::test]
async fn a_page_goes_on_where_the_last_one_ended_whatever_the_letters() {
    each_db(async |db: TestDb| {
        let names = ["alpha", "Zürich", "Ärger", "änder", "Beta"];
        for name in names {
            add(&db, &SITE, &format!("name={name}")).await.expect(name);
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let filter = RecordFilter { after: after.take(), limit: Some(1), ..RecordFilter::default() };
            let Some(site) = db.records(&SITE, &filter).await.expect("a page").pop() else { break };
            after = Some((site.text("name"), site.id));
            seen.push(site.text("name"));
            assert!(seen.len() <= names.len(), "{}: {seen:?}", db.name);
        }
        let all = db.records(&SITE, &RecordFilter::default()).await.expect("all");
        assert_eq!(seen, all.iter().map(|r| r.text("name")).collect::<Vec<_>>(), "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn what_is_on_a_device_or_at_either_end_of_it_is_found_by_the_device() {
    each_db(async |db: TestDb| {
        for name in ["leaf-1", "leaf-2"] {
            add(&db, &DEVICE, &format!("name={name}")).await.expect(name);
            add(&db, &INTERFACE, &format!("name=Gi1;device={name}")).await.expect(name);
        }
        let ends = "side_a_device=leaf-1;side_a_name=Gi1;side_b_device=leaf-2;side_b_name=Gi1";
        add(&db, &CABLE, &format!("name=c1;{ends}")).await.expect("a cable");
        let of = |device: &str| RecordFilter { device: Some(device.to_owned()), ..RecordFilter::default() };
        for (kind, device, found) in [(&INTERFACE, "leaf-2", 1), (&CABLE, "leaf-1", 1), (&CABLE, "leaf-2", 1)] {
            assert_eq!(db.records(kind, &of(device)).await.expect("read").len(), found, "{} {device}", kind.name);
        }
        assert!(db.records(&INTERFACE, &of("leaf-9")).await.is_err());
        let counts = db.record_counts().await.expect("counted");
        assert!(counts.contains(&(&INTERFACE, 2)) && counts.contains(&(&CABLE, 1)), "{counts:?}");
    })
    .await;
}

#[tokio::test]
async fn what_a_person_said_of_a_device_outweighs_what_is_seen() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1 S1").await.0;
        add(&db, &SITE, "name=Frankfurt;slug=fra").await.expect("site");
        let fields = ["site", "name", "address"];
        let how = SaveAs { owned: &fields, ..HOW };
        change(&db, &DEVICE, &[id], "site=fra;name=mine;address=10.9.9.9", how).await.expect("changed");
        let mut seen = build::device("leaf-1 10.0.0.1 S1");
        seen.role = Some("spine".into());
        let seen = db.upsert_device(&seen, NOW.plus_ms(5)).await.expect("seen").device;
        assert_eq!(
            (seen.name.as_str(), seen.site.as_deref(), seen.role.as_deref()),
            ("mine", Some("Frankfurt"), Some("spine"))
        );
        assert_eq!((seen.address.to_string().as_str(), seen.slug.as_str()), ("10.9.9.9", "mine"), "on {}", db.name);
        assert_eq!(db.owned_fields(id).await.expect("read").len(), 3);
        let mut tx = db.begin().await.expect("begun");
        assert_eq!(tx.release_fields(id, &["site"]).await.expect("released"), 1);
        tx.commit().await.expect("committed");
        let again = db.upsert_device(&build::device("leaf-1 10.0.0.1 S1"), NOW.plus_ms(9)).await.expect("seen").device;
        assert_eq!(again.site.as_deref(), Some("lab"));
    })
    .await;
}

#[tokio::test]
async fn a_change_of_many_is_undone_exactly_or_not_at_all() {
    each_db(async |db: TestDb| {
        let mut ids = Vec::new();
        for n in 1..=3 {
            ids.push(device(&db, &format!("leaf-{n} 10.0.0.{n} S{n}")).await.0);
        }
        add(&db, &ROLE, "name=Spine").await.expect("role");
        let before = db.devices(&Default::default()).await.expect("read");
        let how = SaveAs { owned: &["role", "status"], ..HOW };
        let undo = change(&db, &DEVICE, &ids, "role=spine;status=planned", how).await.expect("changed");
        assert!(
            db.devices(&Default::default()).await.expect("read").iter().all(|d| d.role.as_deref() == Some("spine"))
        );
        let again = db.undo(undo, "bob", NOW.plus_ms(1)).await.expect("undone").expect("a record");
        assert_eq!(db.devices(&Default::default()).await.expect("read"), before, "on {}", db.name);
        assert!(db.owned_fields(ids[0]).await.expect("read").is_empty());
        let twice = db.undo(undo, "bob", NOW).await.expect_err("once is enough").to_string();
        assert!(twice.starts_with(&format!("{undo} was undone by bob")), "{twice}");

        db.undo(again, "bob", NOW).await.expect("done again");
        let undo = db.undo_records(None).await.expect("read")[0].id;
        change(&db, &DEVICE, &ids[..1], "status=failed", HOW).await.expect("changed by another");
        let moved = db.undo(undo, "bob", NOW).await.expect_err("moved").to_string();
        assert_eq!(moved, format!("cannot undo {undo}: device leaf-1: status was left as planned and is failed now"));
        let own = change(&db, &DEVICE, &ids, "address=10.0.0.9", HOW).await.expect_err("not one for all").to_string();
        assert_eq!(own, "address cannot be the same for several devices");
    })
    .await;
}

#[tokio::test]
async fn a_deleted_device_comes_back_with_what_was_known_of_it() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1 S1 00:11:22:33:44:55").await;
        save(&db, id, &super::capture("config", "one", model::Completeness::Complete), 5).await;
        save(&db, id, &super::capture("config", "two", model::Completeness::Complete), 6).await;
        db.record_credential(id, "lab", "ssh", true, NOW).await.expect("recorded");
        let (before, captures) = (
            db.devices(&Default::default()).await.expect("read"),
            db.captures(&Default::default()).await.expect("read"),
        );
        let hang = db.dependents(&DEVICE, id.0).await.expect("read");
        let lost: Vec<_> = hang.iter().filter(|d| d.fate == Fate::Deleted).map(|d| (d.count, d.what)).collect();
        assert_eq!(lost, [(2, "captures"), (1, "credentials known to work or fail")], "on {}", db.name);
        let mut tx = db.begin().await.expect("begun");
        let ops = tx.delete_record(&DEVICE, id.0).await.expect("deleted");
        let new = NewUndo { actor: "ann", action: "x", object: "y", undoes: None };
        let undo = tx.save_undo(new, &ops, NOW).await.expect("kept").expect("a record");
        tx.commit().await.expect("committed");
        assert!(db.devices(&Default::default()).await.expect("read").is_empty());
        db.undo(undo, "ann", NOW).await.expect("undone");
        assert_eq!(db.devices(&Default::default()).await.expect("read"), before);
        assert_eq!(db.captures(&Default::default()).await.expect("read"), captures);
        assert_eq!(db.device_credentials(Some(id)).await.expect("read").len(), 1);
        assert_eq!(db.content(captures[0].id).await.expect("its content"), b"two");
    })
    .await;
}

#[tokio::test]
async fn a_site_is_deleted_from_under_its_devices_and_put_back() {
    each_db(async |db: TestDb| {
        device(&db, "leaf-1 10.0.0.1 S1").await;
        add(&db, &LOCATION, "name=Room 1;site=lab").await.expect("a location");
        let site = db.record(&SITE, "lab").await.expect("read");
        let mut tx = db.begin().await.expect("begun");
        let ops = tx.delete_record(&SITE, site.id).await.expect("deleted");
        let new = NewUndo { actor: "ann", action: "x", object: "y", undoes: None };
        let undo = tx.save_undo(new, &ops, NOW).await.expect("kept").expect("a record");
        tx.commit().await.expect("committed");
        assert_eq!(db.device("leaf-1").await.expect("it stays").site, None, "on {}", db.name);
        db.undo(undo, "ann", NOW).await.expect("undone");
        assert_eq!(db.device("leaf-1").await.expect("read").site.as_deref(), Some("lab"));
        assert_eq!(db.record(&LOCATION, "room-1").await.expect("back").text("site"), "lab");
    })
    .await;
}

#[tokio::test]
async fn tags_are_given_taken_and_filtered_by() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1 S1").await.0;
        device(&db, "leaf-2 10.0.0.2 S2").await;
        let tag = async |add: &[&str], remove: &[&str]| {
            let of = |t: &[&str]| t.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
            let mut tx = db.begin().await.expect("begun");
            tx.tag_records(&DEVICE, &[id], &of(add), &of(remove)).await.expect("tagged");
            tx.commit().await.expect("committed");
        };
        tag(&["Core", "old"], &[]).await;
        assert_eq!(db.record_by_id(&DEVICE, id).await.expect("read").tags, Some(vec!["Core".into(), "old".into()]));
        let with = async |pattern: &str| {
            let term = store::DeviceTerm { key: store::DeviceKey::Tag, pattern: pattern.to_owned() };
            let filter = store::DeviceFilter { terms: vec![term], ..Default::default() };
            let found = db.devices(&filter).await.expect("read");
            found.into_iter().map(|d| d.slug).collect::<Vec<_>>()
        };
        assert_eq!(with("core").await, ["leaf-1"], "on {}", db.name);
        assert_eq!(with("").await, ["leaf-2"]);
        tag(&[], &["old"]).await;
        assert_eq!(with("o*").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn pages_follow_one_another_in_the_order_in_which_a_person_counts() {
    each_db(async |db: TestDb| {
        for n in [1, 2, 10, 11, 3] {
            device(&db, &format!("leaf-{n} 10.0.0.{n} S{n}")).await;
        }
        let page = async |after: Option<&str>| {
            let filter = store::DeviceFilter { after: after.map(str::to_owned), limit: Some(2), ..Default::default() };
            let found = db.devices(&filter).await.expect("read");
            found.into_iter().map(|d| d.slug).collect::<Vec<_>>()
        };
        assert_eq!(page(None).await, ["leaf-1", "leaf-2"], "on {}", db.name);
        assert_eq!(page(Some("leaf-2")).await, ["leaf-3", "leaf-10"]);
        assert_eq!(page(Some("leaf-10")).await, ["leaf-11"]);
    })
    .await;
}

#[tokio::test]
async fn what_was_added_and_is_used_since_is_not_taken_back() {
    each_db(async |db: TestDb| {
        let mut tx = db.begin().await.expect("begun");
        let watch = tx.watch_records(&SITE, &[]).await.expect("watched");
        let id = tx.add_record(&SITE, &values(&SITE, "name=lab"), HOW, NOW).await.expect("added");
        let ops = tx.record_ops(watch, &[id]).await.expect("read");
        let new = NewUndo { actor: "ann", action: "site.add", object: "site lab", undoes: None };
        let undo = tx.save_undo(new, &ops, NOW).await.expect("kept").expect("a record");
        tx.commit().await.expect("committed");
        device(&db, "leaf-1 10.0.0.1 S1").await;
        let used = db.undo(undo, "ann", NOW).await.expect_err("used").to_string();
        assert_eq!(used, format!("cannot undo {undo}: site lab has 1 devices"), "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn merged_devices_are_one_and_come_apart_exactly() {
    each_db(async |db: TestDb| {
        let (a, b) = (device(&db, "leaf-1 10.0.0.1 S1").await, device(&db, "old-leaf 10.0.0.2 -").await);
        let capture = |text: &str| super::capture("config", text, model::Completeness::Complete);
        save(&db, a, &capture("one"), 5).await;
        let theirs = save(&db, b, &capture("two"), 6).await.capture;
        save(&db, b, &capture("three"), 7).await;
        for (device, text, at) in [(a, "10.1.0.1 - 1", 5), (b, "10.1.0.2 - 1", 7)] {
            load_arp(&db, device, text, at).await;
        }
        db.record_credential(b, "lab", "ssh", true, NOW).await.expect("recorded");
        let mut tx = db.begin().await.expect("begun");
        let text = store::NoteText { title: "t", body: "b", actor: "ann" };
        tx.add_note(store::NoteOn::Device(b.0), text, NOW).await.expect("a note");
        tx.commit().await.expect("committed");
        let look = async || {
            let filter = store::FactFilter::default();
            let arp = db.facts(&model::fact::ARP, &filter).await.expect("facts");
            let captures = db.captures(&Default::default()).await.expect("captures");
            let notes = db.notes(&Default::default()).await.expect("notes");
            let loads = db.fact_loads(None).await.expect("loads");
            let credentials = db.device_credentials(None).await.expect("credentials");
            (db.devices(&Default::default()).await.expect("devices"), arp, captures, notes, loads, credentials)
        };
        let before = look().await;

        let mut tx = db.begin().await.expect("begun");
        let ops = tx.merge_devices(a, b, NOW.plus_ms(9_000)).await.expect("merged");
        let new = NewUndo { actor: "ann", action: "device.merge", object: "y", undoes: None };
        let undo = tx.save_undo(new, &ops, NOW).await.expect("kept").expect("a record");
        tx.commit().await.expect("committed");
        let (devices, arp, captures, notes, loads, credentials) = look().await;
        assert_eq!(devices.len(), 1, "on {}", db.name);
        let versions: Vec<_> = captures.iter().map(|c| (c.device, c.version_no)).collect();
        assert_eq!(versions, [(a, Some(3)), (a, Some(2)), (a, Some(1))]);
        assert_eq!(db.content(theirs).await.expect("its content"), b"two");
        // What both said of one kind is what the later one said.
        let there: Vec<_> = arp.iter().map(|f| (f.device, f.values[1].plain())).collect();
        assert_eq!(there, [(a, "10.1.0.2".to_owned())]);
        assert_eq!((loads.len(), notes[0].device.as_deref()), (1, Some("leaf-1")));
        assert_eq!(credentials[0].device, a);
        assert_eq!(db.device("10.0.0.2").await.expect("its other address").id, a);

        db.undo(undo, "ann", NOW).await.expect("undone");
        assert_eq!(look().await, before);
    })
    .await;
}

async fn load_arp(db: &TestDb, device: model::DeviceId, text: &str, second: i64) {
    let load = store::FactLoad {
        device,
        kind: &model::fact::ARP,
        source: "arp",
        capture: model::CaptureId(1),
        template: "t",
        complete: true,
        outcome: store::LoadOutcome::Parsed,
        unread_lines: 0,
        rejected_rows: 0,
        message: None,
    };
    let mac = "00:11:22:33:44:55";
    let ip = text.split(' ').next().expect("an address");
    let facts = [build::fact(&model::fact::ARP, &format!("- {ip} {mac} Vlan1"))];
    db.load_facts(&load, &facts, model::Timestamp(second * 1000)).await.expect("loaded");
}

#[tokio::test]
async fn a_note_has_a_history_and_links_back() {
    each_db(async |db: TestDb| {
        let (a, b) = (device(&db, "leaf-1 10.0.0.1 S1").await, device(&db, "leaf_2 10.0.0.2 S2").await);
        let text = |body: &'static str| store::NoteText { title: "fans", body, actor: "ann" };
        let mut tx = db.begin().await.expect("begun");
        let (id, _) = tx.add_note(store::NoteOn::Device(a.0), text("see [[Leaf_2]]"), NOW).await.expect("added");
        let ops = tx.change_note(id, text("see [[leaf_2|it]], twice"), Some(1), NOW.plus_ms(1)).await.expect("changed");
        let new = NewUndo { actor: "ann", action: "note.edit", object: "y", undoes: None };
        let undo = tx.save_undo(new, &ops, NOW).await.expect("kept").expect("a record");
        tx.commit().await.expect("committed");
        let bodies = async || {
            let versions = db.note_versions(id).await.expect("read");
            versions.into_iter().map(|v| (v.version, v.body)).collect::<Vec<_>>()
        };
        assert_eq!(bodies().await, [(2, "see [[leaf_2|it]], twice".into()), (1, "see [[Leaf_2]]".into())]);
        let linking = store::NoteFilter { linking: vec!["leaf_2".into()], ..Default::default() };
        assert_eq!(db.notes(&linking).await.expect("read").len(), 1, "on {}", db.name);
        let linking = store::NoteFilter { linking: vec!["leafx2".into()], ..Default::default() };
        assert!(db.notes(&linking).await.expect("read").is_empty());
        let on = store::NoteFilter { on: Some(store::NoteOn::Device(b.0)), ..Default::default() };
        assert!(db.notes(&on).await.expect("read").is_empty());
        db.undo(undo, "ann", NOW).await.expect("undone");
        assert_eq!((bodies().await.len(), db.note(id).await.expect("read").body.as_str()), (1, "see [[Leaf_2]]"));
    })
    .await;
}

#[tokio::test]
async fn the_tables_of_a_predecessor_are_read_and_left_alone() {
    use sqlx::{Connection, SqliteConnection};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dcim.db");
    let mut db = SqliteConnection::connect(&format!("sqlite:{}?mode=rwc", path.display())).await.expect("open");
    let made = "create table dcim_device (id integer primary key, name text, port integer, junk blob);
        insert into dcim_device values (1, 'sw-1', 22, x'00ff'), (2, null, null, null)";
    sqlx::raw_sql(made).execute(&mut db).await.expect("made");
    db.close().await.expect("closed");
    let before = std::fs::read(&path).expect("read");
    let tables = store::predecessor_tables(&path, &["dcim_device", "dcim_site"]).await.expect("read");
    let rows: Vec<String> = tables["dcim_device"].iter().map(|r| serde_json::to_string(r).expect("JSON")).collect();
    let first = r#"{"id":1,"name":"sw-1","port":22,"junk":null}"#;
    assert_eq!(rows, [first, r#"{"id":2,"name":null,"port":null,"junk":null}"#]);
    assert!(!tables.contains_key("dcim_site"));
    assert_eq!(std::fs::read(&path).expect("read"), before);
    std::fs::write(&path, "name,address").expect("written");
    assert!(matches!(store::predecessor_tables(&path, &[]).await, Err(StoreError::CannotOpen { .. })));
}

/// A device as it stands in all tables that are its own, without what tells two devices apart.
async fn all_rows(db: &Store, id: i64) -> String {
    let mut tx = db.begin().await.expect("begun");
    let watch = tx.watch_records(&DEVICE, &[]).await.expect("watched");
    let ops = tx.record_ops(watch, &[id]).await.expect("rows");
    let mut text = serde_json::to_string(&ops).expect("JSON").replace("both-2", "both");
    for n in ["\"id\"", "\"device_id\""] {
        text = text
            .replace(&format!("{n}:{id},"), &format!("{n}:0,"))
            .replace(&format!("{n}:{id}}}"), &format!("{n}:0}}"));
    }
    // It counts the number in a slug.
    let (before, rest) = text.split_once("\"sort_key\":\"").expect("a device");
    format!("{before}{}", rest.split_once('"').expect("a text").1)
}

#[tokio::test]
async fn devices_added_together_are_as_if_added_one_by_one() {
    each_db(async |db: TestDb| {
        for (kind, text) in [(&SITE, "name=Fra"), (&ROLE, "name=Leaf"), (&model::object::TAG, "name=lab")] {
            add(&db, kind, text).await.expect("added");
        }
        let text = "name=both;address=10.0.0.1;port=2022;site=fra;role=leaf;manufacturer=Acme;model=X1;serial=S1 S2";
        let owned = vec!["name", "site"];
        let new =
            |text: &str| NewDevice { values: values(&DEVICE, text), owned: owned.clone(), tags: vec!["lab".into()] };
        let mut tx = db.begin().await.expect("begun");
        let how = SaveAs { owned: &owned, ..HOW };
        let one = tx.add_record(&DEVICE, &values(&DEVICE, text), how, NOW).await.expect("added");
        tx.tag_records(&DEVICE, &[one], &["lab".to_owned()], &[]).await.expect("tagged");
        tx.commit().await.expect("committed");
        let expected = all_rows(&db, one).await;

        let texts = [
            text,
            "name=other;address=10.0.0.2;slug=BOTH",
            "name=planned",
            "name=other;address=10.0.0.3;site=nowhere",
            "name=both;address=10.0.0.4;platform=cisco_ios;manufacturer=Other;model=x1",
            "name=plain;address=10.0.0.5",
        ];
        let mut tx = db.begin().await.expect("begun");
        let added = tx.add_devices(&texts.map(new), "ann", false, NOW).await.expect("added");
        tx.commit().await.expect("committed");
        let told = added.iter().map(|a| a.as_ref().map_or_else(ToString::to_string, |_| "added".to_owned()));
        let told: Vec<String> = told.collect();
        assert_eq!(told[0], "added", "on {}", db.name);
        assert_eq!(told[1], "there is a device with the slug `both` already; give another one with --slug");
        assert_eq!(told[2], "added");
        assert!(told[3].starts_with("device: there is no site `nowhere`"), "{}", told[3]);
        assert!(told[4].starts_with("device: there is no platform `cisco_ios`"), "{}", told[4]);
        assert_eq!(told[5], "added");
        let many = *added[0].as_ref().expect("added");
        let got = all_rows(&db, many).await;
        assert_eq!(got, expected, "on {}", db.name);
        // Who was reached there before is not any more.
        let before = all_rows(&db, one).await;
        assert_eq!(before, expected.replace("\"is_primary\":true", "\"is_primary\":false"), "on {}", db.name);
        let slugs: Vec<String> =
            db.devices(&Default::default()).await.expect("read").into_iter().map(|d| d.slug).collect();
        assert_eq!(slugs, ["both", "both-2", "plain", "planned"]);
    })
    .await;
}

#[tokio::test]
async fn what_can_be_undone_is_forgotten_when_it_is_old_or_too_much() {
    each_db(async |db: TestDb| {
        let site = add(&db, &SITE, "name=Fra").await.expect("added");
        let mut ids = Vec::new();
        for text in ["region=EU", "region=US", "region=UK", "region=DE"] {
            ids.push(change(&db, &SITE, &[site], text, HOW).await.expect("changed"));
        }
        let forget = async |before: i64, most: u32| {
            let mut tx = db.begin().await.expect("begun");
            tx.forget_undo(model::Timestamp(before), most).await.expect("forgotten");
            tx.commit().await.expect("committed");
            let left = db.undo_records(None).await.expect("read");
            left.iter().map(|r| (r.id, r.rows)).collect::<Vec<_>>()
        };
        let newest = |n: usize| ids.iter().rev().take(n).map(|id| (*id, 1)).collect::<Vec<_>>();
        assert_eq!(forget(NOW.0, 4).await, newest(4), "on {}", db.name);
        assert_eq!(forget(NOW.0, 2).await, newest(2), "too many, on {}", db.name);
        assert_eq!(forget(NOW.0 + 1, 2).await, newest(1), "the newest stays, on {}", db.name);
        db.undo(ids[3], "ann", NOW).await.expect("undone");
        assert_eq!(db.record(&SITE, "fra").await.expect("read").text("region"), "UK");
        assert!(matches!(db.undo(ids[0], "ann", NOW).await, Err(StoreError::NotFound { .. })));
    })
    .await;
}
