use model::{KeyOrigin, Timestamp};
use store::{HostCrypto, HostKey, Remembered, RevokedKey};
use testkit::{TestDb, each_db};

use super::NOW;

fn key(fingerprint: &str, at: Timestamp) -> HostKey {
    HostKey {
        address: "10.0.0.1".parse().expect("address"),
        port: 22,
        algorithm: "ssh-ed25519".to_owned(),
        fingerprint: format!("SHA256:{fingerprint}"),
        public_key: fingerprint.to_owned(),
        origin: KeyOrigin::FirstUse,
        first_seen: at,
        last_seen: at,
    }
}

#[tokio::test]
async fn a_pinned_key_is_never_replaced_until_it_is_forgotten() {
    each_db(async |db: TestDb| {
        let remember = async |key: HostKey| db.remember_host_key(&key).await.expect("remembered");
        assert_eq!(remember(key("a", NOW)).await, Remembered::New);
        assert_eq!(remember(key("a", NOW.plus_ms(1))).await, Remembered::Same);
        let pinned = HostKey { last_seen: NOW.plus_ms(1), ..key("a", NOW) };
        assert_eq!(remember(key("b", NOW.plus_ms(2))).await, Remembered::Differs(pinned.clone()));
        let other = HostKey { port: 2222, ..key("b", NOW) };
        assert_eq!(remember(other.clone()).await, Remembered::New);
        assert_eq!(db.host_keys().await.expect("read"), [pinned.clone(), other]);

        assert_eq!(db.forget_host_keys(pinned.address, Some(22)).await.expect("forgotten"), 1);
        assert_eq!(remember(key("b", NOW)).await, Remembered::New);
        assert_eq!(db.forget_host_keys(pinned.address, None).await.expect("forgotten"), 2);
    })
    .await;
}

#[tokio::test]
async fn an_accepted_key_replaces_what_was_pinned_and_what_was_offered() {
    each_db(async |db: TestDb| {
        db.remember_host_key(&key("a", NOW)).await.expect("remembered");
        db.offer_host_key(&key("b", NOW)).await.expect("noted");
        db.offer_host_key(&key("b", NOW.plus_ms(5))).await.expect("noted again");
        let offered = HostKey { last_seen: NOW.plus_ms(5), ..key("b", NOW) };
        assert_eq!(db.offered_host_keys().await.expect("read"), [offered]);
        let accepted = HostKey { origin: KeyOrigin::Accepted, ..key("b", NOW.plus_ms(9)) };
        db.replace_host_key(&accepted).await.expect("replaced");
        assert_eq!(db.host_keys().await.expect("read"), [accepted]);
        assert!(db.offered_host_keys().await.expect("read").is_empty());
    })
    .await;
}

#[tokio::test]
async fn how_a_host_encrypts_is_kept_until_it_is_forgotten() {
    each_db(async |db: TestDb| {
        let host = |suite: &str, port| HostCrypto {
            address: "10.0.0.1".parse().expect("address"),
            port,
            suite: suite.to_owned(),
            best: "modern".to_owned(),
            kex: "curve25519-sha256".to_owned(),
            host_key: "ssh-ed25519".to_owned(),
            cipher: "aes128-gcm@openssh.com".to_owned(),
            mac: String::new(),
            since: NOW,
        };
        for (suite, port) in [("legacy", 22), ("modern", 22), ("modern", 2222)] {
            db.save_host_crypto(&host(suite, port)).await.expect("saved");
        }
        assert_eq!(db.host_crypto().await.expect("read"), [host("modern", 22), host("modern", 2222)]);
        db.forget_host_keys("10.0.0.1".parse().expect("address"), Some(22)).await.expect("forgotten");
        assert_eq!(db.host_crypto().await.expect("read"), [host("modern", 2222)]);
    })
    .await;
}

#[tokio::test]
async fn a_key_is_revoked_once() {
    each_db(async |db: TestDb| {
        let key = RevokedKey {
            fingerprint: "SHA256:a".to_owned(),
            algorithm: "ssh-rsa".to_owned(),
            public_key: "ssh-rsa a".to_owned(),
            revoked_at: NOW,
        };
        assert!(db.revoke_host_key(&key).await.expect("revoked"));
        assert!(!db.revoke_host_key(&key).await.expect("revoked"));
        assert_eq!(db.revoked_host_keys().await.expect("read"), [key]);
    })
    .await;
}

#[tokio::test]
async fn who_else_shows_a_key_is_told_with_the_device_there() {
    each_db(async |db: TestDb| {
        db.upsert_device(&testkit::build::device("leaf-2 10.0.0.2 S2"), NOW).await.expect("a device");
        let device =
            db.upsert_device(&testkit::build::device("leaf-1 10.0.0.1 S1"), NOW).await.expect("a device").device;
        for last in 1..=3 {
            let address = format!("10.0.0.{last}").parse().expect("address");
            db.remember_host_key(&HostKey { address, ..key("a", NOW) }).await.expect("remembered");
        }
        db.remember_host_key(&HostKey { port: 2222, ..key("b", NOW) }).await.expect("remembered");
        let here = "10.0.0.1:22".parse().expect("address");
        let beside = db.beside(&device, None).await.expect("read");
        assert_eq!((beside.host_keys, beside.crypto), (vec![key("a", NOW)], None));
        let holders = db.holders_of_key("SHA256:a", here).await.expect("read");
        let holders: Vec<String> = holders.into_iter().map(|(at, slug)| format!("{at} {slug:?}")).collect();
        assert_eq!(holders, ["10.0.0.2:22 Some(\"leaf-2\")", "10.0.0.3:22 None"], "on {}", db.name);
    })
    .await;
}
