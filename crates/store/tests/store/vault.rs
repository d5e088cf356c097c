use store::{NewCredential, StoreError};
use testkit::{TestDb, each_db};

use super::NOW;

fn credential(name: &str, priority: i64) -> NewCredential<'_> {
    let (kind, username, realm, holds, notes) = ("login", "admin", "", "password", "");
    NewCredential { name, kind, username, realm, holds, priority, notes, revision: 1, sealed: &[0, 1, 255] }
}

#[tokio::test]
async fn credentials_come_in_the_order_in_which_they_are_tried() {
    each_db(async |db: TestDb| {
        let mut tx = db.begin().await.expect("begun");
        for (name, priority) in [("b", 10), ("a", 10), ("first", 1), ("Z", 10)] {
            tx.add_credential(&credential(name, priority), NOW).await.expect("added");
        }
        tx.commit().await.expect("committed");
        let names = async || {
            let all = db.credentials().await.expect("read");
            all.iter().map(|c| c.name.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names().await, "first Z a b", "on {}", db.name);

        let all = db.credentials().await.expect("read");
        assert_eq!((all[0].sealed.as_slice(), all[0].created_at), (&[0, 1, 255][..], NOW));
        for (default, order) in [(Some(3), "b first Z a"), (Some(2), "a first Z b"), (None, "first Z a b")] {
            let mut tx = db.begin().await.expect("begun");
            let id = default.map(|n: usize| all[n].id);
            tx.set_default_credential(id).await.expect("set");
            tx.commit().await.expect("committed");
            assert_eq!(names().await, order, "on {}", db.name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_name_is_taken_once_in_any_spelling() {
    each_db(async |db: TestDb| {
        let mut tx = db.begin().await.expect("begun");
        tx.add_credential(&credential("Lab", 1), NOW).await.expect("added");
        let again = tx.add_credential(&credential("lab", 1), NOW).await;
        assert!(matches!(again, Err(StoreError::Conflict(why)) if why == "there is a credential `lab` already"));
    })
    .await;
}

#[tokio::test]
async fn of_two_that_change_the_vault_at_once_one_is_told() {
    each_db(async |db: TestDb| {
        let mut tx = db.begin().await.expect("begun");
        tx.create_vault(b"h1", b"r1", NOW).await.expect("made");
        tx.commit().await.expect("committed");
        let read = db.vault().await.expect("read").expect("a vault").generation;

        let mut tx = db.begin().await.expect("begun");
        assert!(matches!(tx.create_vault(b"h2", b"r2", NOW).await, Err(StoreError::Conflict(_))));
        tx.write_vault(read, b"h1", b"r2", NOW.plus_ms(1)).await.expect("the first");
        tx.commit().await.expect("committed");
        let mut tx = db.begin().await.expect("begun");
        let second = tx.write_vault(read, b"h1", b"r3", NOW.plus_ms(2)).await;
        assert!(matches!(second, Err(StoreError::Conflict(_))), "on {}", db.name);
        drop(tx);
        let vault = db.vault().await.expect("read").expect("a vault");
        assert_eq!((vault.roll.as_slice(), vault.generation, vault.created_at), (&b"r2"[..], read + 1, NOW));
    })
    .await;
}

#[tokio::test]
async fn a_vault_is_removed_with_all_that_is_in_it() {
    each_db(async |db: TestDb| {
        let mut tx = db.begin().await.expect("begun");
        tx.create_vault(b"h", b"r", NOW).await.expect("made");
        tx.add_credential(&credential("lab", 1), NOW).await.expect("added");
        assert_eq!(tx.delete_vault().await.expect("removed"), 1);
        tx.commit().await.expect("committed");
        assert_eq!((db.vault().await.expect("read"), db.credentials().await.expect("read").len()), (None, 0));
    })
    .await;
}
