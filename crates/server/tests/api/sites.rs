//! A role at one site is good for that site alone, whatever is asked.

use app::users::{NewToken, UserEdit};
use app::{Actor, Role};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::client::{Answer, TestServer};

struct Eve<'a> {
    server: &'a TestServer,
    head: String,
}

impl Eve<'_> {
    async fn ask(&self, what: &str, body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.server.ask(what, &[&self.head], &body).await
    }

    async fn check(&self, what: &str, body: &Value, status: u16) -> Answer {
        let answer = self.ask(what, body).await;
        assert_eq!(answer.status, status, "{what} {body}: {answer:?}");
        answer
    }
}

async fn network(server: &TestServer) {
    let admin = Eve { server, head: format!("authorization: Bearer {}", server.token(Role::Admin).await) };
    for (n, site) in ["fra", "ber"].iter().enumerate() {
        admin.check("POST /api/v1/sites", &json!({ "set": { "name": site } }), 201).await;
        let device = json!({ "set": { "name": format!("{site}-1"), "address": format!("127.0.0.{}", n + 1), "platform": "arista_eos", "site": site } });
        admin.check("POST /api/v1/devices", &device, 201).await;
    }
    admin.check("POST /api/v1/jobs", &json!({ "name": "all", "what": { "captures": ["arp"] } }), 201).await;
}

/// Who sees all and is operator at `fra`.
async fn eve(server: &TestServer, scope: Role) -> Eve<'_> {
    let local = Actor::local();
    if server.app.user(&local, "eve").await.is_err() {
        server.app.add_user(&local, "eve", Role::Viewer, None, false).await.expect("a user");
        let sites = Some(vec![("fra".to_owned(), Role::Operator)]);
        let edit = UserEdit { sites, ..UserEdit::default() };
        server.app.edit_user(&local, "eve", edit, false).await.expect("a role at a site");
    }
    let new = NewToken { user: "eve".into(), name: scope.to_string(), scope, expires_at: None };
    let (_, secret) = server.app.add_token(&local, &new, false).await.expect("a token");
    Eve { server, head: format!("authorization: Bearer {}", secret.expect("made").expose_secret()) }
}

#[tokio::test]
async fn who_is_operator_at_one_site_changes_and_asks_nothing_elsewhere() {
    let server = TestServer::start().await;
    network(&server).await;
    let eve = eve(&server, Role::Operator).await;
    let me = eve.check("GET /api/v1/session", &Value::Null, 200).await.json();
    assert_eq!((&me["role"], &me["sites"][0]["site"]), (&json!("viewer"), &json!("fra")));
    assert_eq!(eve.check("GET /api/v1/devices", &Value::Null, 200).await.json()["total"], 2);
    let edit = json!({ "set": { "description": "x" } });
    let kept = eve.check("PATCH /api/v1/devices/fra-1", &edit, 200).await.json();
    eve.check("PATCH /api/v1/devices/ber-1", &edit, 403).await;
    // Neither given away, nor taken.
    eve.check("PATCH /api/v1/devices/fra-1", &json!({ "set": { "site": "ber" } }), 403).await;
    eve.check("PATCH /api/v1/devices/fra-1", &json!({ "set": { "site": null } }), 403).await;
    eve.check("PATCH /api/v1/devices/ber-1", &json!({ "set": { "site": "fra" } }), 403).await;
    eve.check("PATCH /api/v1/devices/fra-1", &json!({ "set": { "site": "new" }, "make": true }), 403).await;
    let bulk = |select: &str| json!({ "select": select, "edit": edit });
    eve.check("POST /api/v1/devices/bulk-edit", &bulk("site=fra"), 200).await;
    eve.check("POST /api/v1/devices/bulk-edit", &bulk("all"), 403).await;
    eve.check("POST /api/v1/devices/bulk-delete", &json!({ "select": "all" }), 403).await;
    eve.check("DELETE /api/v1/devices/ber-1", &Value::Null, 403).await;
    let new =
        |site: Value| json!({ "set": { "name": "n", "address": "127.0.0.9", "platform": "arista_eos", "site": site } });
    eve.check("POST /api/v1/devices", &new(json!("ber")), 403).await;
    eve.check("POST /api/v1/devices", &new(Value::Null), 403).await;
    eve.check("POST /api/v1/devices", &new(json!("fra")), 201).await;
    eve.check("PATCH /api/v1/sites/fra", &edit, 403).await;
    eve.check("POST /api/v1/notes", &json!({ "device": "fra-1", "body": "b" }), 201).await;
    eve.check("POST /api/v1/notes", &json!({ "device": "ber-1", "body": "b" }), 403).await;
    eve.check("POST /api/v1/notes", &json!({ "site": "ber", "body": "b" }), 403).await;
    // What they did themselves, and nothing else.
    eve.check(&format!("POST /api/v1/undo/{}", kept["undo"]), &Value::Null, 200).await;
    eve.check("POST /api/v1/undo/1", &Value::Null, 403).await;
    for path in ["/api/v1/jobs", "/api/v1/schedules", "/api/v1/batches", "/api/v1/discoveries", "/api/v1/credentials"] {
        let body = match path {
            "/api/v1/jobs" => json!({ "name": "x", "what": { "captures": ["arp"] } }),
            "/api/v1/schedules" => json!({ "job": "all", "recurrence": { "every": "daily", "at": "02:00" } }),
            "/api/v1/batches" => json!({ "name": "x", "jobs": ["all"] }),
            "/api/v1/discoveries" => json!({ "seeds": ["127.0.0.1"], "as_whom": { "username": "u", "password": "p" } }),
            _ => json!({ "name": "n", "username": "u", "secret": { "kind": "login", "password": "p" } }),
        };
        eve.check(&format!("POST {path}"), &body, 403).await;
    }
    let collect = |select: &str| json!({ "select": select, "types": ["arp"], "as_whom": { "username": "u", "password": "p" }, "pace": { "timeout": 1 } });
    eve.check("POST /api/v1/collections", &collect("all"), 403).await;
    eve.check("POST /api/v1/collections", &collect("site=ber"), 403).await;
    let run = eve.check("POST /api/v1/collections", &collect("name=fra-1"), 202).await.json();
    let as_whom = json!({ "as_whom": { "username": "u", "password": "p" } });
    eve.check("POST /api/v1/jobs/all/run", &as_whom, 403).await;
    eve.check("POST /api/v1/devices/ber-1/credential-test", &as_whom, 403).await;
    assert!(run["id"].is_number());
    let terminal = |device: &str| json!({ "device": device });
    eve.check("POST /api/v1/terminals", &terminal("ber-1"), 403).await;
    // Theirs it is; what is missing is the vault.
    let asked = eve.check("POST /api/v1/terminals", &terminal("fra-1"), 409).await.json();
    assert_eq!(asked["type"], "urn:velocity:no-vault", "{asked}");
}

#[tokio::test]
async fn a_token_goes_no_further_at_a_site_than_it_says_and_a_role_that_is_taken_away_is_gone() {
    let server = TestServer::start().await;
    network(&server).await;
    let edit = json!({ "set": { "description": "x" } });
    eve(&server, Role::Viewer).await.check("PATCH /api/v1/devices/fra-1", &edit, 403).await;
    let operator = eve(&server, Role::Operator).await;
    operator.check("PATCH /api/v1/devices/fra-1", &edit, 200).await;
    let admin = Eve { server: &server, head: format!("authorization: Bearer {}", server.token(Role::Admin).await) };
    let taken = admin.check("PATCH /api/v1/users/eve", &json!({ "sites": [] }), 200).await.json();
    assert_eq!(taken["sites"], json!([]));
    operator.check("PATCH /api/v1/devices/fra-1", &edit, 403).await;
    let wrong = json!({ "sites": [{ "site": "fra", "role": "admin" }] });
    admin.check("PATCH /api/v1/users/eve", &wrong, 400).await;
    admin.check("PATCH /api/v1/users/eve", &json!({ "sites": [{ "site": "nowhere", "role": "operator" }] }), 404).await;
}
