use model::Completeness::{Complete, Cut, Refused};
use model::{CaptureId, DeviceId, RunKind, Timestamp};
use store::{CaptureFilter, Needles, NewCapture, NewRun, StoreError};
use testkit::{TestDb, each_db};

use super::{NOW, capture, device, save};

#[tokio::test]
async fn the_same_content_again_only_moves_last_seen() {
    each_db(async |db: TestDb| {
        let device = device(&db, "leaf-1 10.0.0.1").await;
        let first = save(&db, device, &capture("configs", "a", Complete), 1).await;
        let again = save(&db, device, &capture("configs", "a", Complete), 2).await;
        assert_eq!((first.is_new, first.previous), (true, None));
        assert_eq!((again.capture, again.is_new, again.previous), (first.capture, false, None));
        let stored = db.latest_capture(device, "configs").await.expect("read").expect("one");
        assert_eq!((stored.first_seen, stored.last_seen), (Timestamp(1000), Timestamp(2000)));
        assert_eq!((stored.version_no, stored.size), (Some(1), 1));
        assert_eq!(db.device_by_id(device).await.expect("read").last_captured, Some(Timestamp(2000)));
    })
    .await;
}

#[tokio::test]
async fn versions_are_numbered_and_each_time_has_the_one_that_was_valid() {
    each_db(async |db: TestDb| {
        let device = device(&db, "leaf-1 10.0.0.1").await;
        let mut ids = Vec::new();
        for (second, content) in [(10, "a"), (20, "b"), (30, "a")] {
            let saved = save(&db, device, &capture("configs", content, Complete), second).await;
            assert_eq!((saved.is_new, saved.previous), (true, ids.last().copied()), "on {}", db.name);
            ids.push(saved.capture);
        }
        let again = save(&db, device, &capture("configs", "a", Complete), 40).await;
        assert_eq!((again.capture, again.previous), (ids[2], Some(ids[1])));
        for (second, version) in [(9, None), (10, Some(1)), (29, Some(2)), (30, Some(3)), (99, Some(3))] {
            let at = db.capture_at(device, "configs", Timestamp(second * 1000)).await.expect("read");
            assert_eq!(at.and_then(|c| c.version_no), version, "at {second}");
        }
        assert_eq!(db.content(ids[0]).await.expect("read"), b"a");
    })
    .await;
}

#[tokio::test]
async fn a_cut_or_refused_one_is_kept_and_never_becomes_the_latest_good_one() {
    each_db(async |db: TestDb| {
        let device = device(&db, "leaf-1 10.0.0.1").await;
        let good = save(&db, device, &capture("configs", "whole", Complete), 1).await.capture;
        let cut = save(&db, device, &capture("configs", "who", Cut("no end marker".into())), 2).await;
        assert_eq!((cut.is_new, cut.previous), (true, Some(good)));
        let refused = capture("configs", "% Invalid input", Refused("% Invalid input".into()));
        let first = save(&db, device, &refused, 3).await;
        let again = save(&db, device, &refused, 4).await;
        assert_eq!((again.capture, again.is_new, again.previous), (first.capture, false, Some(good)));
        assert_eq!(db.latest_capture(device, "configs").await.expect("read").map(|c| c.id), Some(good));
        assert_eq!(db.device_by_id(device).await.expect("read").last_captured, Some(Timestamp(1000)));

        let kept = db.capture(cut.capture).await.expect("kept");
        assert_eq!((kept.version_no, kept.completeness), (None, Cut("no end marker".into())));
        assert_eq!(db.content(cut.capture).await.expect("read"), b"who");
        let next = save(&db, device, &capture("configs", "whole", Complete), 5).await;
        assert_eq!((next.capture, next.is_new), (good, false));
    })
    .await;
}

#[tokio::test]
async fn two_command_lines_of_one_device_do_not_take_turns_as_changes() {
    each_db(async |db: TestDb| {
        let device = device(&db, "r1 10.0.0.1").await;
        let mut shell = capture("version", "Linux", Complete);
        shell.platform = "linux".to_owned();
        let vtysh = capture("version", "FRRouting", Complete);
        for second in 1..3 {
            for said in [&shell, &vtysh] {
                let saved = save(&db, device, said, second).await;
                assert_eq!((saved.is_new, saved.previous), (second == 1, None), "on {}", db.name);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn captures_are_listed_newest_first_by_device_type_and_run() {
    each_db(async |db: TestDb| {
        let leaf = device(&db, "leaf-1 10.0.0.1 S1").await;
        let spine = device(&db, "spine-1 10.0.0.2 S2").await;
        let new_run = NewRun {
            kind: RunKind::Collection,
            params: &serde_json::Value::Null,
            actor: "anna",
            job: None,
            batch: None,
        };
        let run = db.create_run(&new_run, &[], NOW).await.expect("created");
        save(&db, leaf, &capture("configs", "a", Complete), 1).await;
        save(&db, leaf, &capture("configs", "b", Complete), 2).await;
        save(&db, leaf, &capture("arp", "", Complete), 3).await;
        save(&db, spine, &capture("arp", "x", Cut("cut".into())), 4).await;
        let seen = capture("configs", "b", Complete);
        let content = db.keep_content(&seen.content).await.expect("kept");
        db.save_capture(&NewCapture::new(leaf, Some(run), &seen, &content), Timestamp(5000)).await.expect("seen again");

        let check = async |filter: CaptureFilter, ids: &[i64]| {
            let found: Vec<i64> = db.captures(&filter).await.expect("read").iter().map(|c| c.id.0).collect();
            assert_eq!(found, ids, "{filter:?} on {}", db.name);
        };
        let all = CaptureFilter::default;
        check(all(), &[4, 3, 2, 1]).await;
        check(CaptureFilter { device: Some(leaf), capture_type: Some("configs".into()), ..all() }, &[2, 1]).await;
        check(CaptureFilter { complete_only: true, limit: Some(2), ..all() }, &[3, 2]).await;
        check(CaptureFilter { latest_only: true, ..all() }, &[3, 2]).await;
        check(CaptureFilter { run: Some(run), ..all() }, &[2]).await;
        assert_eq!(db.content(CaptureId(3)).await.expect("empty is a content"), b"");
    })
    .await;
}

#[tokio::test]
async fn a_content_is_stored_once_and_proved_when_it_is_read() {
    each_db(async |db: TestDb| {
        let a = device(&db, "leaf-1 10.0.0.1 S1").await;
        let b = device(&db, "leaf-2 10.0.0.2 S2").await;
        let text = "interface Ethernet1\n".repeat(10_000);
        let saved = save(&db, a, &capture("configs", &text, Complete), 1).await.capture;
        save(&db, b, &capture("configs", &text, Complete), 1).await;
        let hash = db.capture(saved).await.expect("read").content_hash;
        let file = db.config.captures_dir.join(&hash[..2]).join(format!("{}.lz4", &hash[2..]));
        assert!(file.metadata().expect("there").len() < 2000, "compressed");
        assert_eq!(files(&db), 1);

        std::fs::write(&file, b"other").expect("damaged");
        assert!(matches!(db.content(saved).await, Err(StoreError::Damaged { .. })));
        db.keep_content(text.as_bytes()).await.expect("written again");
        assert_eq!(db.content(saved).await.expect("whole again"), text.as_bytes());
        std::fs::remove_file(&file).expect("removed");
        assert!(matches!(db.content(saved).await, Err(StoreError::Contents(_))));
    })
    .await;
}

/// As every large content was packed before there was LZ4.
#[tokio::test]
async fn a_large_content_that_is_there_by_zstd_is_read_kept_and_cleared_away_as_any() {
    each_db(async |db: TestDb| {
        let device = device(&db, "leaf-1 10.0.0.1").await;
        let text = "interface Ethernet1\n description Needle Row\n".repeat(500);
        let saved = save(&db, device, &capture("configs", &text, Complete), 1).await.capture;
        let stored = db.capture(saved).await.expect("read");
        let folder = db.config.captures_dir.join(&stored.content_hash[..2]);
        let file = |ending: &str| folder.join(format!("{}.{ending}", &stored.content_hash[2..]));
        let packed = zstd::bulk::compress(text.as_bytes(), 3).expect("packed");
        std::fs::write(file("zst"), packed).expect("written");

        // Both are one content, of which nothing is missing and nothing too much.
        let health = db.content_health().await.expect("looked at");
        assert_eq!((health.named, health.unnamed, health.missing.len()), (1, 0, 0));
        std::fs::remove_file(file("lz4")).expect("removed");
        assert_eq!(db.content_of(&stored).await.expect("proved"), text.as_bytes());
        let kept = db.kept_captures(&CaptureFilter::default()).await.expect("read").remove(0);
        assert_eq!(db.content_reader().read(&kept, None).expect("there"), text.as_bytes());

        // Said again, it is not packed anew; but one that is not whole is.
        db.keep_content(text.as_bytes()).await.expect("kept");
        assert!(!file("lz4").exists());
        std::fs::write(file("zst"), b"cut").expect("damaged");
        db.keep_content(text.as_bytes()).await.expect("kept");
        assert_eq!(db.content_of(&stored).await.expect("proved"), text.as_bytes());

        db.let_go(&[], &[saved]).await.expect("let go");
        let long_ago = std::time::SystemTime::UNIX_EPOCH;
        for ending in ["lz4", "zst"] {
            let file = std::fs::File::open(file(ending)).expect("there");
            file.set_modified(long_ago).expect("made old");
        }
        assert_eq!(db.sweep_contents().await.expect("swept").0, 1);
        assert_eq!(files(&db), 0);
    })
    .await;
}

#[tokio::test]
async fn a_content_that_cannot_have_a_text_is_not_unpacked() {
    each_db(async |db: TestDb| {
        let device = device(&db, "leaf-1 10.0.0.1").await;
        let long = "interface Ethernet1\n description Needle Row\n".repeat(500);
        for (kind, text) in [("configs", long.as_str()), ("arp", "short")] {
            let capture = save(&db, device, &capture(kind, text, Complete), 1).await.capture;
            let these = CaptureFilter { ids: Some(vec![capture]), ..CaptureFilter::default() };
            let kept = db.kept_captures(&these).await.expect("read").remove(0);
            let capture = db.capture(capture).await.expect("read");
            assert_eq!((kept.id, kept.size, &kept.content_hash), (capture.id, capture.size, &capture.content_hash));
            let mut reader = db.content_reader();
            let mut read = |needle: &str| {
                let needles = Needles::of([needle.as_bytes()]).expect("needles");
                reader.read(&kept, Some(&needles)).expect("there").to_vec()
            };
            assert_eq!(read("NEEDLE row"), text.as_bytes());
            // A small one has no filter.
            assert_eq!(read("nowhere at all"), if kind == "arp" { text } else { "" }.as_bytes());
            assert_eq!(db.content_of(&capture).await.expect("proved"), text.as_bytes());
        }
    })
    .await;
}

#[tokio::test]
async fn a_capture_of_no_device_is_refused() {
    each_db(async |db: TestDb| {
        let said = capture("arp", "x", Complete);
        let content = db.keep_content(&said.content).await.expect("kept");
        let saved = db.save_capture(&NewCapture::new(DeviceId(7), None, &said, &content), NOW).await;
        assert_eq!(saved.expect_err("no such device").to_string(), "no device `7`");
    })
    .await;
}

fn files(db: &TestDb) -> usize {
    let folders = std::fs::read_dir(&db.config.captures_dir).expect("folder").flatten();
    folders.filter_map(|f| std::fs::read_dir(f.path()).ok()).flatten().count()
}
