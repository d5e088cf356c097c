//! Every endpoint of the document, asked by nobody and by each role: a new one cannot be forgotten.

use app::Role;
use serde_json::Value;

use crate::client::{TestServer, document};

/// What everybody may ask.
const OPEN: &[&str] = &["GET /api/health", "POST /api/v1/session"];

/// What only administrators may do.
const FOR_ADMINS: &[&str] =
    &["/api/v1/users", "/api/v1/audit", "/api/v1/settings", "/api/v1/health", "/api/v1/executions/prune"];

/// What everybody may see and only administrators may change.
const ADMINS_CHANGE: &[&str] = &[
    "POST /api/v1/vault",
    "POST /api/v1/vault/export",
    "PUT /api/v1/vault/password",
    "/api/v1/credentials",
    "/api/v1/templates",
    // Whoever names where the server calls, names what it calls from where it stands.
    "/api/v1/notifications/channels",
];

/// What changes something, and yet is for everybody who may log in.
const FOR_ALL: &[&str] = &[
    "/api/v1/session",
    "/api/v1/session/password",
    "/api/v1/tokens",
    "/api/v1/collections/plan",
    "/collection/devices",
    "/api/v1/jobs/validate",
    "/api/v1/jobs/preview",
    "/api/v1/schedules/preview",
    "/api/v1/templates/test",
    "/api/v1/templates/detect",
    "/api/v1/templates/parse",
    "/api/v1/templates/export",
];

/// What operators may do beside what administrators alone change.
const OPERATORS_TOO: &[&str] = &[
    "/api/v1/credentials/discover",
    "/api/v1/credentials/discover/plan",
    "/api/v1/notifications/channels/{reference}/test",
];

struct Endpoint {
    method: String,
    path: String,
    /// With something in place of what stands in braces.
    asked: String,
}

fn endpoints() -> Vec<Endpoint> {
    let document = document();
    let paths = document["paths"].as_object().expect("paths");
    let methods = ["get", "post", "put", "patch", "delete"];
    let all = paths.iter().flat_map(|(path, item)| {
        let known = methods.iter().filter(|m| item.get(**m).is_some());
        known.map(|method| endpoint(method, path, &item[*method]))
    });
    all.collect()
}

fn endpoint(method: &str, path: &str, operation: &Value) -> Endpoint {
    let mut asked = path.to_owned();
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    for p in parameters.iter().filter(|p| p["in"] == "path") {
        let name = p["name"].as_str().expect("a name");
        let is_number = p["schema"]["type"] == "integer";
        asked = asked.replace(&format!("{{{name}}}"), if is_number { "1" } else { "nothing" });
    }
    let needed = parameters.iter().filter(|p| p["in"] == "query" && p["required"] == true);
    let query: Vec<String> =
        needed.map(|p| format!("{}={}", p["name"].as_str().unwrap_or_default(), fitting(p))).collect();
    if !query.is_empty() {
        asked = format!("{asked}?{}", query.join("&"));
    }
    Endpoint { method: method.to_uppercase(), path: path.to_owned(), asked }
}

fn fitting(parameter: &Value) -> &'static str {
    match parameter["name"].as_str().unwrap_or_default() {
        "type" => "configs",
        "format" => "csv",
        "from" => "2026-01-01",
        "to" | "of" => "10.0.0.1",
        "first_line" | "last_line" => "1",
        _ => "x",
    }
}

/// A body that is well formed for whatever it is sent to.
fn body(e: &Endpoint) -> &'static str {
    match (&*e.method, &*e.path) {
        ("GET" | "DELETE", _) => "",
        (_, "/api/v1/session") => r#"{"name":"x","password":"y"}"#,
        (_, "/api/v1/session/password") => r#"{"old":"x","new":"y"}"#,
        (_, "/api/v1/users") => r#"{"name":"eve","role":"viewer"}"#,
        (_, "/api/v1/tokens") => r#"{"name":"t","scope":"viewer"}"#,
        (_, "/api/v1/notes") => r#"{"device":"x","body":"b"}"#,
        (_, "/api/v1/vault/unlock") => r#"{"password":"x"}"#,
        (_, "/api/v1/discoveries") => r#"{"seeds":["127.0.0.1"],"as_whom":{"username":"u","password":"p"}}"#,
        (_, "/api/v1/jobs" | "/api/v1/jobs/{job}" | "/api/v1/jobs/validate") => {
            r#"{"name":"n","what":{"captures":["arp"]}}"#
        }
        (_, "/api/v1/jobs/preview") => r#"{"job":{"name":"n"}}"#,
        (_, "/api/v1/jobs/bulk-edit" | "/api/v1/jobs/bulk-delete" | "/api/v1/jobs/run") => r#"{"jobs":["nothing"]}"#,
        (_, "/api/v1/jobs/import") => r#"{"files":[]}"#,
        (_, "/api/v1/batches" | "/api/v1/batches/{batch}") => r#"{"name":"n","jobs":["nothing"]}"#,
        (_, "/api/v1/schedules" | "/api/v1/schedules/{id}" | "/api/v1/schedules/preview") => {
            r#"{"job":"nothing","recurrence":{"every":"daily","at":"02:00:00"}}"#
        }
        (_, "/api/v1/schedules/presets") => r#"{"name":"nothing"}"#,
        (_, "/api/v1/schedules/{id}/pause") => r#"{"paused":true}"#,
        (_, "/api/v1/templates") => r#"{"name":"../x","source":"x"}"#,
        (_, "/api/v1/templates/{name}") => r#"{"source":"x"}"#,
        (_, "/api/v1/templates/test") => r#"{"source":"x","text":"x"}"#,
        (_, "/api/v1/templates/detect" | "/api/v1/templates/export") => r#"{"of":{"text":"x"}}"#,
        (_, "/api/v1/templates/parse") => r#"{"text":"x"}"#,
        (_, "/api/v1/vault/export") => r#"{"vault_password":"x","password":"y"}"#,
        (_, "/api/v1/vault") => r#"{"password":"x"}"#,
        (_, "/api/v1/vault/password") => r#"{"old":"x","new":"y"}"#,
        (_, "/api/v1/credentials" | "/api/v1/credentials/{name}") => {
            r#"{"name":"n","username":"u","secret":{"kind":"login","password":"p"}}"#
        }
        (_, "/api/v1/settings") => r#"{"text":"batch: {delay_between_jobs: 7}"}"#,
        (_, "/api/v1/accounts/clear") => r#"{"name":"nobody"}"#,
        (_, "/api/v1/terminals") => r#"{"device":"x"}"#,
        (_, "/collection/start") => r#"{"devices":[1],"credentials":{"username":"u","password":"p"}}"#,
        (_, "/api/v1/devices/bulk-edit") => r#"{"select":"all","edit":{"set":{"status":"active"}}}"#,
        (_, "/api/v1/devices/bulk-delete") => r#"{"select":"all"}"#,
        _ => "{}",
    }
}

async fn ask(server: &TestServer, e: &Endpoint, head: &[&str]) -> u16 {
    if e.path == "/api/v1/events" && !head.is_empty() {
        // It never ends; that it is refused to nobody else is seen without a token.
        return 200;
    }
    server.ask(&format!("{} {}", e.method, e.asked), head, body(e)).await.status
}

#[tokio::test]
async fn nobody_gets_nothing() {
    let server = TestServer::start().await;
    for e in endpoints() {
        let name = format!("{} {}", e.method, e.path);
        let status = ask(&server, &e, &[]).await;
        match OPEN.contains(&&*name) {
            true => assert_ne!(status, 403, "{name}"),
            false => assert_eq!(status, 401, "{name}"),
        }
    }
}

#[tokio::test]
async fn each_role_may_do_what_it_is_for_and_nothing_else() {
    let server = TestServer::start().await;
    for role in Role::ALL {
        let token = format!("authorization: Bearer {}", server.token(role).await);
        // A session or token that ends, and a password that is not the one there was, say nothing of the role.
        let ends = |e: &Endpoint| e.path.starts_with("/api/v1/session") || e.path.starts_with("/api/v1/tokens/");
        for e in endpoints().iter().filter(|e| !ends(e)) {
            let name = format!("{role}: {} {}", e.method, e.path);
            let is_read = e.method == "GET";
            let for_admins = FOR_ADMINS.iter().any(|p| e.path.starts_with(p));
            let for_all = FOR_ALL.contains(&&*e.path) || e.path.starts_with("/api/v1/tokens");
            let is_of = |list: &[&str]| {
                let asked = format!("{} {}", e.method, e.path);
                list.iter().any(|p| asked == *p || e.path == *p)
            };
            let below = |p: &&str| e.path.starts_with(&format!("{p}/")) && p.starts_with('/');
            let admins_change =
                (is_of(ADMINS_CHANGE) || ADMINS_CHANGE.iter().any(below)) && !is_of(FOR_ALL) && !is_of(OPERATORS_TOO);
            let may = match role {
                Role::Admin => true,
                Role::Operator => !for_admins && (is_read || !admins_change),
                Role::Viewer | Role::Approver => !for_admins && (is_read || for_all),
            };
            let status = ask(&server, e, &[&token]).await;
            assert_ne!(status, 401, "{name}");
            assert!(status < 500, "{name}: {status}");
            match may {
                true => assert_ne!(status, 403, "{name}"),
                // Nothing is said of what is there, or of what makes no sense, to who may not change it.
                false => assert_eq!(status, 403, "{name}"),
            }
        }
    }
}
