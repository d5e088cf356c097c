//! Questions that are asked side by side.

use std::time::Duration;

use futures::future::{join_all, try_join_all};
use model::DeviceId;
use model::fact::{ARP, NEIGHBORS};
use store::{DeviceFilter, FactFilter, Store, StoreError, StoreResult};
use testkit::{TestDb, each_db};

use crate::device;

/// Questions of several kinds, some after others, and one that goes by itself.
async fn look(store: Store, name: String) -> StoreResult<(String, usize, Vec<DeviceId>, usize)> {
    let filter = DeviceFilter { name: Some(name.clone()), ..DeviceFilter::default() };
    let facts = [&ARP, &NEIGHBORS].map(|kind| (kind, FactFilter::default()));
    let (device, named, facts, slugs) =
        futures::try_join!(store.device(&name), store.devices(&filter), store.facts_of_each(&facts), store.slugs(),)?;
    let called = store.devices_called(std::slice::from_ref(&device.slug)).await?;
    let found = called.into_values().map(|(id, _)| id).collect();
    Ok((device.slug, named.len() + facts.len(), found, slugs.len()))
}

#[tokio::test]
async fn what_is_asked_together_is_answered_as_if_it_were_asked_alone() {
    each_db(async |db: TestDb| {
        for n in 0..5 {
            device(&db, &format!("dev-{n} 10.0.0.{n} S{n}")).await;
        }
        let alone = look(Store::clone(&db), "dev-3".into()).await.expect("alone");
        let together = db.gather(|store| look(store, "dev-3".into())).await.expect("gathered").expect("together");
        assert_eq!((&*together.0, together.1, together.3), ("dev-3", 3, 5), "on {}", db.name);
        assert_eq!(together, alone, "on {}", db.name);
        let within = db.gather(async |store: Store| store.gather(|inner| look(inner, "dev-3".into())).await).await;
        assert_eq!(within.expect("gathered").expect("within").expect("looked"), alone, "on {}", db.name);
        let spawned = async |store: Store| tokio::spawn(look(store, "dev-3".into())).await.expect("no panic");
        assert_eq!(db.gather(spawned).await.expect("gathered").expect("spawned"), alone, "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_more_than_once_is_answered_to_each_who_asks() {
    each_db(async |db: TestDb| {
        for n in 0..3 {
            device(&db, &format!("dev-{n} 10.0.0.{n} S{n}")).await;
        }
        let names = ["dev-1", "dev-2", "dev-1", "dev-0", "dev-2", "dev-1"];
        let looks =
            |store: Store| async move { try_join_all(names.map(|name| look(store.clone(), name.into()))).await };
        let looked = db.gather(looks).await.expect("gathered").expect("looked");
        assert_eq!(looked.iter().map(|(slug, ..)| &**slug).collect::<Vec<_>>(), names, "on {}", db.name);
        assert!(looked.iter().all(|(_, count, found, slugs)| (*count, found.len(), *slugs) == (3, 1, 3)), "{looked:?}");
    })
    .await;
}

/// More at once than there are connections, each with questions that go by themselves too.
#[tokio::test]
async fn many_that_gather_do_not_wait_for_each_other_for_ever() {
    each_db(async |db: TestDb| {
        device(&db, "dev-1 10.0.0.1 S1").await;
        let one = async || {
            let looks =
                |store: Store| async move { try_join_all((0..4).map(|_| look(store.clone(), "dev-1".into()))).await };
            db.gather(looks).await.expect("gathered")
        };
        let all = tokio::time::timeout(Duration::from_secs(60), join_all((0..40).map(|_| one()))).await;
        for looked in all.expect("they wait for each other") {
            assert_eq!(looked.expect("looked").len(), 4, "on {}", db.name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_question_that_fails_ends_it_and_one_that_comes_later_is_asked_by_itself() {
    each_db(async |db: TestDb| {
        device(&db, "dev-1 10.0.0.1 S1").await;
        let missing = db.gather(async |store: Store| store.device("nobody").await).await.expect("gathered");
        assert!(matches!(missing, Err(StoreError::NotFound { .. })), "on {}", db.name);
        let store = db.gather(async |store: Store| store).await.expect("gathered");
        assert_eq!(store.device("dev-1").await.expect("found").slug, "dev-1", "on {}", db.name);
        db.close().await;
        let closed = db.gather(async |store: Store| store.device("dev-1").await).await;
        assert!(closed.is_err(), "on {}", db.name);
    })
    .await;
}
