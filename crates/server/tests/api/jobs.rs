//! Jobs, batches and schedules as a browser uses them; names are never paths.

use app::Role;
use serde_json::{Value, json};

use crate::client::{Answer, TestServer};

/// Asks as an operator.
struct Operator<'a> {
    server: &'a TestServer,
    head: String,
}

impl<'a> Operator<'a> {
    async fn of(server: &'a TestServer) -> Self {
        Self { server, head: format!("authorization: Bearer {}", server.token(Role::Operator).await) }
    }

    async fn ask(&self, what: &str, body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.server.ask(what, &[&self.head], &body).await
    }

    #[track_caller]
    fn seen(answer: &Answer, status: u16) -> Value {
        assert_eq!(answer.status, status, "{answer:?}");
        answer.json()
    }
}

fn arp(name: &str) -> Value {
    json!({ "name": name, "tags": ["night"], "what": { "captures": ["arp"] }, "which": { "site": ["usa"] } })
}

#[tokio::test]
async fn a_job_is_kept_changed_copied_and_deleted_and_each_can_be_undone() {
    let server = TestServer::start().await;
    let who = Operator::of(&server).await;
    let would = Operator::seen(&who.ask("POST /api/v1/jobs?dry_run=true", &arp("ARP tables")).await, 200);
    assert_eq!((&would["dry_run"], &would["undo"]), (&json!(true), &Value::Null));
    Operator::seen(&who.ask("POST /api/v1/jobs", &arp("ARP tables")).await, 201);
    let shown = who.ask("GET /api/v1/jobs/arp-tables", &Value::Null).await;
    let job = Operator::seen(&shown, 200);
    assert_eq!(
        (&job["devices"], &job["tags"][0]["name"], shown.header("etag")),
        (&json!(0), &json!("night"), Some("\"1\""))
    );
    let other = json!({ "name": "ARP", "slug": "arp-tables", "what": { "captures": ["arp", "mac"] } });
    let stale = server.ask("PUT /api/v1/jobs/arp-tables", &[&who.head, "if-match: \"7\""], &other.to_string()).await;
    assert_eq!(stale.status, 412, "{stale:?}");
    Operator::seen(&who.ask("PUT /api/v1/jobs/arp-tables", &other).await, 200);
    Operator::seen(&who.ask("POST /api/v1/jobs/arp-tables/duplicate", &json!({})).await, 201);
    let all = Operator::seen(&who.ask("GET /api/v1/jobs?type=mac", &Value::Null).await, 200);
    assert_eq!(all["total"], 2, "{all}");
    let off = json!({ "jobs": ["arp-tables", "arp-copy"], "enabled": false, "add_tags": ["x"] });
    let off = Operator::seen(&who.ask("POST /api/v1/jobs/bulk-edit", &off).await, 200);
    let disabled = Operator::seen(&who.ask("GET /api/v1/jobs?enabled=false&tag=x", &Value::Null).await, 200);
    assert_eq!(disabled["total"], 2, "{disabled}");
    let undone = who.ask(&format!("POST /api/v1/undo/{}", off["undo"]), &Value::Null).await;
    assert_eq!(undone.status, 200, "{undone:?}");
    let disabled = Operator::seen(&who.ask("GET /api/v1/jobs?enabled=false", &Value::Null).await, 200);
    assert_eq!(disabled["total"], 0, "{disabled}");
    let gone = Operator::seen(&who.ask("POST /api/v1/jobs/bulk-delete", &json!({ "jobs": ["arp-copy"] })).await, 200);
    assert_eq!(gone["deletions"][0]["name"], "arp-copy", "{gone}");
    Operator::seen(&who.ask("GET /api/v1/jobs/arp-copy", &Value::Null).await, 404);
    // No device: said, and nothing is started.
    Operator::seen(&who.ask("POST /api/v1/jobs/arp-tables/run", &json!({})).await, 409);
}

#[tokio::test]
async fn what_is_wrong_with_a_job_is_told_before_it_is_kept() {
    let server = TestServer::start().await;
    let who = Operator::of(&server).await;
    let bad = json!({ "name": "x", "what": { "captures": ["nonsense"], "commands": [{ "command": "reload", "output": "../x" }] } });
    let told = Operator::seen(&who.ask("POST /api/v1/jobs/validate", &bad).await, 200);
    let problems = told["problems"].to_string();
    assert!(told["is_valid"] == false && problems.contains("nonsense") && problems.contains("only asks"), "{told}");
    let shown = Operator::seen(&who.ask("POST /api/v1/jobs/preview", &json!({ "job": bad })).await, 200);
    assert_eq!(
        (&shown["matching"], shown["problems"].as_array().map(Vec::len)),
        (&json!(0), told["problems"].as_array().map(Vec::len))
    );
    assert_eq!(who.ask("POST /api/v1/jobs", &bad).await.status, 400);
    let pattern = json!({ "job": { "name": "x", "which": { "name": ["[", "\u{0}", "*".repeat(2000)] } } });
    assert!(who.ask("POST /api/v1/jobs/preview", &pattern).await.status < 500);
}

#[tokio::test]
async fn the_library_and_the_files_of_predecessors_become_jobs() {
    let server = TestServer::start().await;
    let who = Operator::of(&server).await;
    let library = Operator::seen(&who.ask("GET /api/v1/jobs/starter", &Value::Null).await, 200);
    let made = Operator::seen(&who.ask("POST /api/v1/jobs/starter", &json!({ "vendor": "arista" })).await, 201);
    let arista = made["records"].as_array().map_or(0, Vec::len);
    assert!(library["total"].as_u64() >= Some(100) && (20..40).contains(&arista), "{arista}");
    let theirs = json!({
        "version": "1.0", "session_file": "/etc/passwd",
        "vendor": { "selected": "cisco", "auto_paging": true },
        "commands": { "command_text": "show ip arp", "output_directory": "arp" }
    });
    let files = json!({ "files": [
        { "name": "job_7_cisco_arp.json", "text": theirs.to_string() },
        { "name": "/etc/passwd", "text": "root:x:0:0" },
        { "name": "bomb.yaml", "text": "a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b]" },
    ]});
    let read = Operator::seen(&who.ask("POST /api/v1/jobs/import", &files).await, 200);
    assert_eq!(read["jobs"].as_array().map(Vec::len), Some(1), "{read}");
    assert_eq!(read["problems"].as_array().map(Vec::len), Some(2), "{read}");
    let out = who.ask("GET /api/v1/jobs/export?format=json", &Value::Null).await;
    assert_eq!(Operator::seen(&out, 200).as_array().map(Vec::len), Some(arista + 1));
}

#[tokio::test]
async fn a_batch_is_jobs_in_an_order_and_nothing_of_the_machine() {
    let server = TestServer::start().await;
    let who = Operator::of(&server).await;
    for name in ["one", "two"] {
        Operator::seen(&who.ask("POST /api/v1/jobs", &arp(name)).await, 201);
    }
    let batch = json!({ "name": "Nightly", "jobs": ["two", "one"], "delay": 0, "stop_on_failure": true });
    Operator::seen(&who.ask("POST /api/v1/batches", &batch).await, 201);
    assert_eq!(who.ask("POST /api/v1/batches", &batch).await.status, 409);
    let other = json!({ "name": "Nightly", "jobs": ["one", "two"] });
    let view = Operator::seen(&who.ask("PUT /api/v1/batches/nightly", &other).await, 200);
    assert_eq!((&view["jobs"], &view["order"]["delay"]), (&json!(["one", "two"]), &json!(5)));
    for file in ["/etc/passwd", "../../config.yaml", "/etc/hosts.yaml"] {
        let hostile = json!({ "name": "x", "jobs": [file] });
        let answer = who.ask("POST /api/v1/batches", &hostile).await;
        assert_eq!(answer.status, 409, "{answer:?}");
        let run = who.ask("POST /api/v1/jobs/run", &json!({ "jobs": [file] })).await;
        assert!(run.status == 409 && !run.body.contains("root:"), "{run:?}");
    }
    let made = Operator::seen(
        &who.ask("POST /api/v1/batches", &json!({ "name": "../../../tmp/x", "jobs": ["one"] })).await,
        201,
    );
    let folder = server.app.home().join("batches");
    assert!(made["file"].as_str().is_some_and(|f| f.starts_with(&*folder.to_string_lossy())), "{made}");
    let secret = server.app.home().join("secret.yaml");
    std::fs::write(&secret, "name: secret\njobs: [one]\n").expect("a file");
    for path in [secret.to_string_lossy().replace('/', "%2f"), "..%2fsecret.yaml".to_owned()] {
        let answer = who.ask(&format!("GET /api/v1/batches/{path}"), &Value::Null).await;
        assert!(answer.status == 409 || answer.status == 404, "{answer:?}");
        let deleted = who.ask(&format!("DELETE /api/v1/batches/{path}"), &Value::Null).await;
        assert!(deleted.status >= 400 && secret.exists(), "{deleted:?}");
    }
    assert_eq!(who.ask("POST /api/v1/batches/nightly/run", &json!({})).await.status, 409);
    Operator::seen(&who.ask("DELETE /api/v1/batches/nightly", &Value::Null).await, 200);
}

#[tokio::test]
async fn a_schedule_tells_when_it_runs_before_and_after_it_is_kept() {
    let server = TestServer::start().await;
    let who = Operator::of(&server).await;
    Operator::seen(&who.ask("POST /api/v1/jobs", &arp("nightly")).await, 201);
    let daily = json!({ "job": "nightly", "recurrence": { "every": "daily", "at": "02:30" }, "zone": "Europe/Berlin" });
    let times = Operator::seen(&who.ask("POST /api/v1/schedules/preview?count=3", &daily).await, 200);
    assert_eq!(times["total"], 3, "{times}");
    assert!(times["items"][0]["local"].as_str().is_some_and(|t| t.contains("02:30:00 CE")), "{times}");
    let kept = Operator::seen(&who.ask("POST /api/v1/schedules", &daily).await, 201);
    let id = &kept["id"];
    let weekly =
        json!({ "job": "nightly", "recurrence": { "every": "weekly", "on": [1, 3], "at": "04:00" }, "zone": "UTC" });
    let changed = Operator::seen(&who.ask(&format!("PUT /api/v1/schedules/{id}"), &weekly).await, 200);
    assert_eq!((&changed["when"], &changed["zone"]), (&json!("weekly on mon, wed at 04:00"), &json!("UTC")));
    let next = Operator::seen(&who.ask(&format!("GET /api/v1/schedules/{id}/next?count=2"), &Value::Null).await, 200);
    assert_eq!(next["total"], 2, "{next}");
    let paused =
        Operator::seen(&who.ask(&format!("POST /api/v1/schedules/{id}/pause"), &json!({ "paused": true })).await, 200);
    assert_eq!((&paused["state"], &paused["next"]), (&json!("paused"), &Value::Null));
    for (recurrence, zone) in [
        (json!({ "every": "hourly", "minute": 99 }), "UTC"),
        (json!({ "every": "weekly", "on": [], "at": "04:00" }), "UTC"),
        (json!({ "every": "cron", "pattern": "61 * * * *" }), "UTC"),
        (json!({ "every": "daily", "at": "02:00" }), "../../etc/passwd"),
        (json!({ "every": "once", "at": "1999-01-01T00:00" }), "UTC"),
    ] {
        let bad = json!({ "job": "nightly", "recurrence": recurrence, "zone": zone });
        let answer = who.ask("POST /api/v1/schedules", &bad).await;
        assert_eq!(answer.status, 400, "{answer:?}");
    }
    Operator::seen(&who.ask(&format!("DELETE /api/v1/schedules/{id}"), &Value::Null).await, 200);
    Operator::seen(&who.ask(&format!("GET /api/v1/schedules/{id}"), &Value::Null).await, 404);
}

#[tokio::test]
async fn a_preset_is_shown_and_kept_once_and_taken_back_with_its_job() {
    let server = TestServer::start().await;
    let who = Operator::of(&server).await;
    let kept = async || {
        let all = Operator::seen(&who.ask("GET /api/v1/schedules/presets", &Value::Null).await, 200);
        let kept = all["items"].as_array().expect("a list").iter().filter(|p| p["kept"] == true);
        kept.map(|p| (p["name"].clone(), p["when"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(kept().await, []);
    let asked = json!({ "name": "hourly-arp", "zone": "Europe/Berlin" });
    let would = Operator::seen(&who.ask("POST /api/v1/schedules/presets?dry_run=true", &asked).await, 200);
    assert_eq!((&would["job"]["undo"], kept().await.len()), (&Value::Null, 0), "{would}");
    let made = Operator::seen(&who.ask("POST /api/v1/schedules/presets", &asked).await, 201);
    assert_eq!((&made["schedule"]["job"], &made["schedule"]["zone"]), (&asked["name"], &asked["zone"]), "{made}");
    assert_eq!(kept().await, [(json!("hourly-arp"), json!("hourly at minute 15"))]);
    assert_eq!(who.ask("POST /api/v1/schedules/presets", &asked).await.status, 409);
    assert_eq!(who.ask("POST /api/v1/schedules/presets", &json!({ "name": "yearly" })).await.status, 400);
    let undone = who.ask(&format!("POST /api/v1/undo/{}", made["job"]["undo"]), &Value::Null).await;
    assert_eq!((undone.status, kept().await.len()), (200, 0), "{undone:?}");
    let schedules = Operator::seen(&who.ask("GET /api/v1/schedules", &Value::Null).await, 200);
    assert_eq!(schedules["total"], 0, "{schedules}");
}
