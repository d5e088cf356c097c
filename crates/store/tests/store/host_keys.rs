use model::Timestamp;
use store::{HostKey, Remembered};
use testkit::{TestDb, each_db};

use super::NOW;

fn key(fingerprint: &str, at: Timestamp) -> HostKey {
    HostKey {
        address: "10.0.0.1".parse().expect("address"),
        port: 22,
        algorithm: "ssh-ed25519".to_owned(),
        fingerprint: format!("SHA256:{fingerprint}"),
        public_key: fingerprint.to_owned(),
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
