//! Credentials: a secret goes in and never comes out.

use app::{Actor, Role, VaultKey};
use serde_json::{Value, json};

use crate::client::{Answer, TestServer};

const SECRET: &str = "s3cret-of-the-switches";

async fn ask(server: &TestServer, role: Role, what: &str, body: &Value) -> Answer {
    let head = format!("authorization: Bearer {}", server.token(role).await);
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let answer = server.ask(what, &[&head], &body).await;
    assert!(!answer.body.contains(SECRET) && !answer.head.contains(SECRET), "{what}: {answer:?}");
    answer
}

/// What `vault import` would take from this file.
async fn names_in(server: &TestServer, text: &str, password: &str) -> Vec<String> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), text).expect("written");
    let local = Actor::local();
    let vault = server.app.open_vault(&local, VaultKey::Password("a vault of tests".into())).await.expect("open");
    let imported = server.app.import_vault(&local, vault, file.path(), &password.into(), true, true).await;
    imported.expect("an export").into_iter().map(|i| i.name).collect()
}

fn login(name: &str) -> Value {
    json!({ "name": name, "username": "ops", "realm": "tacacs", "is_default": true,
        "secret": { "kind": "login", "password": SECRET, "enable": SECRET } })
}

#[tokio::test]
async fn a_credential_is_added_changed_and_removed_and_its_secret_is_never_told() {
    let server = TestServer::start().await;
    let none = ask(&server, Role::Admin, "POST /api/v1/credentials", &login("core")).await;
    assert_eq!((none.status, &none.json()["type"]), (409, &json!("urn:velocity:no-vault")));
    let made = ask(&server, Role::Admin, "POST /api/v1/vault", &json!({ "password": "a vault of tests" })).await;
    assert_eq!((made.status, &made.json()["unlocked"]), (201, &json!(false)), "{made:?}");
    let locked = ask(&server, Role::Admin, "POST /api/v1/credentials", &login("core")).await;
    assert_eq!(locked.status, 409, "{locked:?}");
    let wrong = ask(&server, Role::Admin, "POST /api/v1/vault/unlock", &json!({ "password": "another" })).await;
    assert_eq!(wrong.status, 409, "{wrong:?}");
    let opened = ask(
        &server,
        Role::Admin,
        "POST /api/v1/vault/unlock",
        &json!({ "password": "a vault of tests", "seconds": 60 }),
    )
    .await;
    if opened.status == 409 {
        // Where the system has no keyring the vault stays locked, and says so.
        assert_eq!(opened.json()["type"], "urn:velocity:no-keyring", "{opened:?}");
        return;
    }
    assert_eq!(opened.status, 204, "{opened:?}");
    let would = ask(&server, Role::Admin, "POST /api/v1/credentials?dry_run=true", &login("core")).await;
    assert_eq!((would.status, &would.json()["credential"]), (200, &Value::Null));
    assert_eq!(ask(&server, Role::Admin, "POST /api/v1/credentials", &login("core")).await.status, 201);
    assert_eq!(ask(&server, Role::Admin, "POST /api/v1/credentials", &login("CORE")).await.status, 409);
    let shown = ask(&server, Role::Viewer, "GET /api/v1/credentials/core", &Value::Null).await.json();
    assert_eq!((&shown["holds"], &shown["is_default"]), (&json!("password,enable"), &json!(true)), "{shown}");
    let key =
        json!({ "name": "x", "username": "ops", "secret": { "kind": "login", "key": format!("no key {SECRET}") } });
    assert_eq!(ask(&server, Role::Admin, "POST /api/v1/credentials", &key).await.status, 409);
    let snmp = json!({ "name": "v3", "username": "mon", "secret":
        { "kind": "snmp-user", "auth": "SHA-256", "auth_passphrase": SECRET, "privacy": "ROT-13", "privacy_passphrase": SECRET } });
    assert_eq!(ask(&server, Role::Admin, "POST /api/v1/credentials", &snmp).await.status, 400);
    let other = json!({ "name": "whatever", "username": "ops2", "secret": { "kind": "login", "password": SECRET } });
    let other = ask(&server, Role::Admin, "PUT /api/v1/credentials/core", &other).await;
    assert_eq!((other.status, &other.json()["credential"]["username"]), (200, &json!("ops2")), "{other:?}");
    let plan = ask(&server, Role::Operator, "POST /api/v1/credentials/discover/plan", &json!({})).await;
    assert_eq!((plan.status, &plan.json()["accounts"][0]["credential"]), (200, &json!("core")), "{plan:?}");
    let audit = ask(&server, Role::Admin, "GET /api/v1/audit", &Value::Null).await;
    assert!(audit.body.contains("vault.add"), "{audit:?}");
    let export = |of: &str| json!({ "vault_password": of, "password": "a file of tests" });
    let no = ask(&server, Role::Admin, "POST /api/v1/vault/export", &export("another")).await;
    assert_eq!((no.status, &no.json()["type"]), (409, &json!("urn:velocity:vault-not-opened")), "{no:?}");
    let file = ask(&server, Role::Admin, "POST /api/v1/vault/export", &export("a vault of tests")).await;
    assert_eq!(file.status, 200, "{file:?}");
    assert_eq!(names_in(&server, &file.body, "a file of tests").await, ["core"]);
    let device = json!({ "set": { "name": "sw1", "address": "192.0.2.1", "pinned_credential": "core" } });
    assert_eq!(ask(&server, Role::Admin, "POST /api/v1/devices", &device).await.status, 201);
    let pinned = ask(&server, Role::Admin, "DELETE /api/v1/credentials/core", &Value::Null).await;
    assert!(pinned.status == 409 && pinned.body.contains("pinned to sw1"), "{pinned:?}");
    let removed = ask(&server, Role::Admin, "DELETE /api/v1/credentials/core?unpin=true", &Value::Null).await;
    assert_eq!(removed.status, 200, "{removed:?}");
    let device = ask(&server, Role::Viewer, "GET /api/v1/devices/sw1", &Value::Null).await.json();
    assert_eq!(device["record"]["pinned_credential"], Value::Null, "{device}");
    let audit = ask(&server, Role::Admin, "GET /api/v1/audit?action=vault.remove", &Value::Null).await;
    assert!(audit.body.contains("sw1"), "{audit:?}");
    let again = json!({ "old": "a vault of tests", "new": "another vault of tests" });
    assert_eq!(ask(&server, Role::Admin, "PUT /api/v1/vault/password", &again).await.status, 204);
    let state = ask(&server, Role::Viewer, "GET /api/v1/vault", &Value::Null).await.json();
    assert_eq!((&state["unlocked"], &state["credentials"]), (&json!(false), &json!(0)), "{state}");
}
