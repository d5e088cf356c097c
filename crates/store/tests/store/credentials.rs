use model::{Account, Bucket, LoginTry, Stop};
use testkit::{TestDb, each_db};

use super::{NOW, device};

fn one(holder: &str) -> LoginTry {
    LoginTry {
        id: 0,
        holder: holder.to_owned(),
        device: "10.0.0.1:22".to_owned(),
        credential: "lab".to_owned(),
        canary: true,
        refused: false,
        at: NOW.plus_ms(60_000),
    }
}

#[tokio::test]
async fn a_bucket_holds_what_was_tried_until_it_is_cleared() {
    each_db(async |db: TestDb| {
        let account = Account { realm: "tacacs".into(), username: "ops".into() };
        let mut tx = db.begin().await.expect("begun");
        assert_eq!(tx.lock_bucket(&account, NOW).await.expect("new"), Bucket::default());
        let a = tx.add_try(&account, &one("a")).await.expect("added");
        let b = tx.add_try(&account, &LoginTry { refused: true, at: NOW, ..one("b") }).await.expect("added");
        let stop = Stop { at: NOW, until: None };
        tx.save_bucket(&account, 2, Some(stop)).await.expect("saved");
        tx.commit().await.expect("committed");

        let all = db.buckets().await.expect("read");
        let tries = vec![LoginTry { id: b, refused: true, at: NOW, ..one("b") }, LoginTry { id: a, ..one("a") }];
        let bucket = Bucket { refused_in_a_row: 2, stopped: Some(stop), tries };
        assert_eq!(all.into_iter().collect::<Vec<_>>(), [(account.clone(), bucket)], "on {}", db.name);

        let mut tx = db.begin().await.expect("begun");
        tx.sweep_tries(&account, NOW).await.expect("swept");
        assert_eq!(tx.lock_bucket(&account, NOW).await.expect("read").tries.len(), 1);
        tx.remove_try(a).await.expect("removed");
        assert_eq!(tx.lock_bucket(&account, NOW).await.expect("read").tries.len(), 0);
        tx.commit().await.expect("committed");
        db.clear_bucket(&account).await.expect("cleared");
        assert!(db.buckets().await.expect("read").is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_works_on_a_device_is_preferred_until_something_else_does() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1 S1").await;
        let story = [("lab", false, 1), ("old", true, 2), ("lab", true, 3), ("old", false, 4), ("old", false, 5)];
        for (credential, accepted, at) in story {
            db.record_credential(id, credential, "ssh", accepted, NOW.plus_ms(at)).await.expect("recorded");
        }
        db.record_credential(id, "public", "snmp", true, NOW).await.expect("recorded");
        let known = db.device_credentials(Some(id)).await.expect("read");
        let told: Vec<_> =
            known.iter().map(|c| (c.credential.as_str(), c.is_preferred, c.failure_count, c.works())).collect();
        assert_eq!(
            told,
            [("lab", true, 0, true), ("public", true, 0, true), ("old", false, 2, false)],
            "on {}",
            db.name
        );
        let working = db.working_credentials().await.expect("read");
        let working: Vec<_> = working.into_iter().map(|(addr, credential, _)| (addr.to_string(), credential)).collect();
        assert_eq!(working, [("10.0.0.1:22".to_owned(), "lab".to_owned())]);
        db.forget_credential("lab").await.expect("forgotten");
        assert!(db.working_credentials().await.expect("read").is_empty());
    })
    .await;
}
