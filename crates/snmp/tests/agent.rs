//! The client against net-snmp's own agent.

mod common;

use common::{Snmpd, oid};
use snmp::{Cipher, Digest, Login, SnmpError, User, Value, line};

const SYS_NAME: &str = "1.3.6.1.2.1.1.5.0";

fn user(digest: Digest, password: &str, cipher: Option<(Cipher, &str)>) -> Login {
    Login::V3(User {
        name: "ops".into(),
        digest: Some((digest, password.into())),
        cipher: cipher.map(|(c, p)| (c, p.into())),
    })
}

#[tokio::test]
async fn a_community_gets_and_walks() {
    let Some(agent) = Snmpd::start("rocommunity correct\nsysName leaf1\nsysLocation row 7\n").await else { return };
    let client = agent.client(Login::V2c("correct".into())).await;
    let got = client.get(&[oid(SYS_NAME), oid("1.3.6.1.2.1.1.99.0")]).await.expect("answer");
    assert_eq!(line(&got[0]), ".1.3.6.1.2.1.1.5.0 = STRING: \"leaf1\"");
    assert!(got[1].value.is_exception(), "{:?}", got[1]);
    let system = client.walk(&oid("1.3.6.1.2.1.1")).await;
    assert!(system.cut.is_none(), "{:?}", system.cut);
    assert!(system.bindings.iter().any(|b| b.value == Value::from("row 7")));
    assert!(client.walk(&oid("1.3.6.1.2.1.99")).await.bindings.is_empty());
    // Larger than any one answer, to the end of the MIB.
    let all = client.walk(&oid("1.3.6")).await;
    assert!(all.cut.is_none() && all.bindings.len() > 500, "{} {:?}", all.bindings.len(), all.cut);
}

#[tokio::test]
async fn a_wrong_community_is_no_answer_and_says_what_it_may_be() {
    let Some(agent) = Snmpd::start("rocommunity correct\n").await else { return };
    let refused = agent.client(Login::V2c("wrong".into())).await.get(&[oid(SYS_NAME)]).await;
    let error = refused.expect_err("no answer");
    assert!(matches!(error, SnmpError::NoAnswer { .. }), "{error:?}");
    assert!(error.to_string().contains("wrong community") && !error.to_string().contains("`wrong`"), "{error}");
}

/// Every digest with every cipher, as net-snmp makes the keys. This build of it knows what its package was built with.
#[tokio::test]
async fn v3_users_of_every_digest_and_cipher_get_an_answer() {
    use Cipher::{Aes128, Aes192, Aes256, Des};
    use Digest::{Md5, Sha1, Sha224, Sha256, Sha384, Sha512};
    let digests = [
        (Md5, "MD5"),
        (Sha1, "SHA"),
        (Sha224, "SHA-224"),
        (Sha256, "SHA-256"),
        (Sha384, "SHA-384"),
        (Sha512, "SHA-512"),
    ];
    let ciphers =
        [(None, ""), (Some(Des), "DES"), (Some(Aes128), "AES"), (Some(Aes192), "AES-192"), (Some(Aes256), "AES-256")];
    let mut config = String::from("sysName leaf1\n");
    let mut users = Vec::new();
    for (digest, d) in digests {
        for (cipher, c) in ciphers {
            let name = format!("u{}", users.len());
            let privacy = if c.is_empty() { String::new() } else { format!(" {c} hidden-{name}") };
            config += &format!("createUser {name} {d} proven-{name}{privacy}\nrouser {name} auth\n");
            let cipher = cipher.map(|c| (c, format!("hidden-{name}").into()));
            users.push(User { digest: Some((digest, format!("proven-{name}").into())), cipher, name });
        }
    }
    let Some(agent) = Snmpd::start(&config).await else { return };
    for user in users {
        let what = format!("{:?}", (&user.name, user.digest.as_ref().map(|d| d.0), user.cipher.as_ref().map(|c| c.0)));
        let got = agent.client(Login::V3(user)).await.get(&[oid(SYS_NAME)]).await;
        assert_eq!(got.map(|g| g[0].value.clone()).map_err(|e| e.to_string()), Ok(Value::from("leaf1")), "{what}");
    }
}

#[tokio::test]
async fn each_way_to_refuse_a_v3_user_is_an_error_of_its_own() {
    let config = "createUser ops SHA-256 proven-ops AES hidden-ops\nrouser ops priv\n";
    let Some(agent) = Snmpd::start(config).await else { return };
    let check = async |login: Login, is: fn(&SnmpError) -> bool| {
        let error = agent.client(login.clone()).await.get(&[oid(SYS_NAME)]).await.expect_err("refused");
        assert!(is(&error), "{login}: {error:?}");
        assert!(error.is_refusal() || matches!(error, SnmpError::Status { .. }), "{error:?}");
    };
    let stranger = User { name: "stranger".into(), digest: Some((Digest::Sha256, "proven-ops".into())), cipher: None };
    check(Login::V3(stranger), |e| matches!(e, SnmpError::UnknownUser { .. })).await;
    check(user(Digest::Sha256, "wrong-password", None), |e| matches!(e, SnmpError::WrongDigest { .. })).await;
    check(user(Digest::Sha512, "proven-ops", None), |e| matches!(e, SnmpError::WrongDigest { .. })).await;
    // It is known and proven, and may see nothing without privacy.
    check(user(Digest::Sha256, "proven-ops", None), |e| matches!(e, SnmpError::Status { .. })).await;
    // net-snmp drops what it cannot decrypt, without a word.
    let wrong = user(Digest::Sha256, "proven-ops", Some((Cipher::Aes128, "wrong-password")));
    let error = agent.client(wrong).await.get(&[oid(SYS_NAME)]).await.expect_err("refused");
    assert!(error.to_string().contains("wrong privacy password"), "{error}");
}

#[tokio::test]
async fn an_agent_that_was_restarted_is_asked_for_its_clock_once_more() {
    let config = "createUser ops SHA-256 proven-ops AES hidden-ops\nrouser ops priv\nsysName leaf1\n";
    let Some(mut agent) = Snmpd::start(config).await else { return };
    let login = user(Digest::Sha256, "proven-ops", Some((Cipher::Aes128, "hidden-ops")));
    let client = agent.client(login).await;
    client.get(&[oid(SYS_NAME)]).await.expect("before");
    agent.restart().await;
    let got = client.get(&[oid(SYS_NAME)]).await.expect("after");
    assert_eq!(got[0].value, Value::from("leaf1"));
}
