//! Settings, health, exports and notifications.

use app::Role;
use serde_json::{Value, json};

use crate::client::{Answer, TestServer};

async fn ask(server: &TestServer, what: &str, body: &Value) -> Answer {
    ask_as(server, Role::Admin, what, body).await
}

async fn ask_as(server: &TestServer, role: Role, what: &str, body: &Value) -> Answer {
    let head = format!("authorization: Bearer {}", server.token(role).await);
    let body = if body.is_null() { String::new() } else { body.to_string() };
    server.ask(what, &[&head], &body).await
}

#[tokio::test]
async fn settings_are_checked_before_they_are_written_and_the_database_stays() {
    let server = TestServer::start().await;
    let seen = ask(&server, "GET /api/v1/settings", &Value::Null).await;
    assert_eq!((seen.status, &seen.json()["needs_restart"]), (200, &json!(false)), "{seen:?}");
    let write = |text: &str| json!({ "text": text });
    for bad in
        ["execution: {max_workers: many}", "colour: red", "database_url: postgres://u:********@evil.example/x", "{"]
    {
        let answer = ask(&server, "PUT /api/v1/settings", &write(bad)).await;
        assert_eq!(answer.status, 400, "{bad}: {answer:?}");
    }
    let head = format!("authorization: Bearer {}", server.token(Role::Admin).await);
    let good = write("batch:\n  delay_between_jobs: 7 # seconds\n");
    let stale = server.ask("PUT /api/v1/settings", &[&head, "if-match: \"00\""], &good.to_string()).await;
    assert_eq!(stale.status, 412, "{stale:?}");
    let version = format!("if-match: {}", seen.header("etag").expect("a version"));
    let kept = server.ask("PUT /api/v1/settings", &[&head, &version], &good.to_string()).await;
    assert_eq!((kept.status, &kept.json()["needs_restart"]), (200, &json!(true)), "{kept:?}");
    let file = std::fs::read_to_string(server.app.home().join("config.yaml")).expect("a file");
    assert!(file.contains("delay_between_jobs: 7 # seconds"), "{file}");
    let health = ask(&server, "GET /api/v1/health", &Value::Null).await;
    assert!(health.status == 200 && health.json()["total"].as_u64() > Some(3), "{health:?}");
    let about = ask(&server, "GET /api/v1/about", &Value::Null).await;
    assert_eq!((about.status, &about.json()["database"]), (200, &json!("SQLite")), "{about:?}");
}

#[tokio::test]
async fn the_inventory_is_a_file_for_each_tool_and_no_other_file() {
    let server = TestServer::start().await;
    let device = json!({ "set": { "name": "sw1", "address": "192.0.2.1", "platform": "arista_eos", "site": "fra" }, "make": true });
    assert_eq!(ask(&server, "POST /api/v1/devices", &device).await.status, 201);
    let tools = ask(&server, "GET /api/v1/inventories", &Value::Null).await.json();
    assert_eq!(tools["total"], 10);
    for tool in tools["items"].as_array().expect("tools") {
        let name = tool["name"].as_str().expect("a name");
        let mut said = String::new();
        for file in tool["files"].as_array().expect("files") {
            let file = file.as_str().expect("a name");
            let answer =
                ask(&server, &format!("GET /api/v1/inventories/{name}/{file}?select=site=fra"), &Value::Null).await;
            assert_eq!(answer.status, 200, "{name} {file}: {answer:?}");
            said += &answer.body;
        }
        assert!(said.contains("sw1") || said.contains("192.0.2.1"), "{name}: {said}");
    }
    for path in
        ["nornir/..%2fconfig.yaml", "..%2f..%2fetc/passwd", "nornir/hosts", "x/y", "ansible/inventory.json?select=%00"]
    {
        let answer = ask(&server, &format!("GET /api/v1/inventories/{path}"), &Value::Null).await;
        assert!((400..500).contains(&answer.status), "{path}: {answer:?}");
    }
    let pinned = json!({ "set": { "pinned_credential": "door" } });
    assert_eq!(ask(&server, "PATCH /api/v1/devices/sw1", &pinned).await.status, 200);
    let plan = ask(&server, "POST /api/v1/collections/plan", &json!({ "types": ["arp"] })).await.json();
    assert_eq!(plan["devices"][0]["pinned"], "door", "{plan}");
    let csv = ask(&server, "GET /api/v1/devices/export?format=csv", &Value::Null).await;
    assert!(csv.status == 200 && csv.body.contains("sw1,192.0.2.1,arista_eos,fra"), "{csv:?}");
    assert_eq!(ask(&server, "GET /api/v1/devices/sw1/captures/configs/blame", &Value::Null).await.status, 409);
}

#[tokio::test]
async fn a_channel_and_a_rule_are_kept_and_a_test_says_why_it_did_not_arrive() {
    let server = TestServer::start().await;
    let channel = json!({ "set": { "name": "ops", "kind": "webhook", "target": "http://127.0.0.1:1/hook" } });
    let made = ask(&server, "POST /api/v1/notifications/channels", &channel).await;
    assert_eq!(made.status, 201, "{made:?}");
    let rule = json!({ "set": { "name": "failures", "channel": "ops", "events": "run_failed,change" } });
    let rule = ask(&server, "POST /api/v1/notifications/rules", &rule).await;
    assert_eq!(rule.status, 201, "{rule:?}");
    let tested = ask(&server, "POST /api/v1/notifications/channels/ops/test", &Value::Null).await;
    assert!(tested.status == 409 && tested.body.contains("ops"), "{tested:?}");
    // Whoever may say where the server calls has it call whatever it can reach: operators try the channel as it is.
    let elsewhere = json!({ "set": { "target": "http://127.0.0.1:9/latest/meta-data" } });
    let moved = ask(&server, "PATCH /api/v1/notifications/channels/ops", &elsewhere).await;
    assert_eq!(moved.status, 200, "{moved:?}");
    let undo = format!("POST /api/v1/undo/{}", moved.json()["undo"]);
    for (what, body, status) in [
        ("POST /api/v1/notifications/channels", &channel, 403),
        ("PATCH /api/v1/notifications/channels/ops", &elsewhere, 403),
        ("DELETE /api/v1/notifications/channels/ops", &Value::Null, 403),
        (&*undo, &Value::Null, 403),
        ("POST /api/v1/notifications/channels/ops/test", &Value::Null, 409),
        ("PATCH /api/v1/notifications/rules/failures", &json!({ "set": { "status": "paused" } }), 200),
    ] {
        let answer = ask_as(&server, Role::Operator, what, body).await;
        assert_eq!(answer.status, status, "{what}: {answer:?}");
    }
    assert_eq!(ask(&server, &undo, &Value::Null).await.status, 200);
    let told = ask(&server, "GET /api/v1/notifications", &Value::Null).await;
    assert_eq!((told.status, &told.json()["total"]), (200, &json!(0)));
    assert_eq!(ask(&server, "GET /api/v1/notifications?state=x", &Value::Null).await.status, 400);
    let gone = ask(&server, "DELETE /api/v1/notifications/channels/ops?dry_run=true", &Value::Null).await;
    assert_eq!(gone.status, 200, "{gone:?}");
}

#[tokio::test]
async fn ports_addresses_and_cables_are_kept_found_by_their_device_and_listed_in_pages() {
    let server = TestServer::start().await;
    for name in ["leaf-1", "leaf-2"] {
        let device = json!({ "set": { "name": name, "manufacturer": "Acme", "model": format!("X-{name}") } });
        assert_eq!(ask(&server, "POST /api/v1/devices", &device).await.status, 201);
        let port = json!({ "set": { "name": "Gi1", "device": name, "type": "1000base-t" } });
        assert_eq!(ask(&server, "POST /api/v1/interfaces", &port).await.status, 201);
    }
    let address = json!({ "set": { "address": "10.0.0.1/24", "device": "leaf-1", "interface": "Gi1" } });
    let made = ask(&server, "POST /api/v1/ip-addresses", &address).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(ask(&server, "POST /api/v1/ip-addresses", &json!({ "set": { "address": "1d07h" } })).await.status, 400);
    let ends = json!({ "name": "c1", "side_a_device": "leaf-1", "side_a_name": "Gi1", "side_b_device": "leaf-2", "side_b_name": "Gi1" });
    assert_eq!(ask(&server, "POST /api/v1/cables", &json!({ "set": ends })).await.status, 201);
    for (kind, device, found) in
        [("interfaces", "leaf-2", 1), ("ip-addresses", "leaf-2", 0), ("cables", "leaf-2", 1), ("cables", "leaf-1", 1)]
    {
        let list = ask(&server, &format!("GET /api/v1/{kind}?device={device}"), &Value::Null).await.json();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(found), "{kind} of {device}: {list}");
    }
    assert_eq!(ask(&server, "GET /api/v1/sites?device=leaf-1", &Value::Null).await.status, 400);
    for kind in ["interfaces", "device-types"] {
        let first = ask(&server, &format!("GET /api/v1/{kind}?limit=1"), &Value::Null).await.json();
        let next = first["next"].as_str().expect("another page");
        let second = ask(&server, &format!("GET /api/v1/{kind}?limit=1&cursor={next}"), &Value::Null).await.json();
        assert_eq!((second["items"].as_array().map(Vec::len), &second["next"]), (Some(1), &Value::Null), "{kind}");
        assert_ne!(first["items"][0]["id"], second["items"][0]["id"], "{kind}");
    }
    let links = ask(&server, "GET /api/v1/devices/leaf-1/links", &Value::Null).await;
    assert_eq!((links.status, &links.json()["items"]), (200, &json!([])), "nobody was asked for neighbours: {links:?}");
    for (what, status) in [("nobody/links", 404), ("leaf-1/links?at=2001-01-01T00:00:00Z", 409)] {
        let refused = ask(&server, &format!("GET /api/v1/devices/{what}"), &Value::Null).await;
        assert_eq!(refused.status, status, "{refused:?}");
    }
    for (text, address) in [("10.0.0.1", json!("10.0.0.1")), ("leaf-1", Value::Null)] {
        let found = ask(&server, &format!("GET /api/v1/find?q={text}"), &Value::Null).await.json();
        assert_eq!(found["address"], address, "{found}");
    }
    let shown = ask(&server, "GET /api/v1/interfaces/leaf-1-gi1", &Value::Null).await;
    let version = format!("if-match: {}", shown.header("etag").expect("a version"));
    let head = format!("authorization: Bearer {}", server.token(Role::Admin).await);
    let edit = json!({ "set": { "enabled": "false" } }).to_string();
    let edited = server.ask("PATCH /api/v1/interfaces/leaf-1-gi1", &[&head, &version], &edit).await;
    assert_eq!(edited.status, 200, "{edited:?}");
    assert_eq!(server.ask("PATCH /api/v1/interfaces/leaf-1-gi1", &[&head, &version], &edit).await.status, 412);
    let gone = ask(&server, "DELETE /api/v1/devices/leaf-1?dry_run=true", &Value::Null).await;
    assert!(gone.status == 200 && gone.body.contains("cables"), "{gone:?}");
}
