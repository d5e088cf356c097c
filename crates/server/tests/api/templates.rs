//! TextFSM tools, as a browser uses them; a name is never a path.

use app::Role;
use serde_json::{Value, json};

use crate::client::{Answer, TestServer};

const TEMPLATE: &str =
    "Value NAME (\\S+)\nValue AGE (\\d+)\n\nStart\n  ^${NAME}\\s+${AGE} -> Record\n  ^%.* -> Error \"refused\"\n";

async fn ask(server: &TestServer, role: Role, what: &str, body: &Value) -> Answer {
    let head = format!("authorization: Bearer {}", server.token(role).await);
    let body = if body.is_null() { String::new() } else { body.to_string() };
    server.ask(what, &[&head], &body).await
}

#[tokio::test]
async fn a_template_that_is_being_written_tells_its_rows_or_where_it_fails() {
    let server = TestServer::start().await;
    let test = async |source: &str, text: &str| {
        let body = json!({ "source": source, "text": text });
        let answer = ask(&server, Role::Viewer, "POST /api/v1/templates/test", &body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    };
    let read = test(TEMPLATE, "anna 31\n???\nbert 40\n").await;
    assert_eq!(read["rows"], json!([{ "name": "anna", "age": "31" }, { "name": "bert", "age": "40" }]));
    assert_eq!(
        (&read["unread"][0]["line"], &read["row_lines"], &read["problem"]),
        (&json!(2), &json!([[1, 1], [3, 3]]), &Value::Null)
    );
    let refused = test(TEMPLATE, "anna 31\n% Invalid input\n").await;
    let problem = &refused["problem"];
    assert_eq!(
        (&problem["of"], &problem["line"], &problem["state"], &problem["rule"]),
        (&json!("text"), &json!(2), &json!("Start"), &json!(6))
    );
    let broken = test("Value X (\n\nStart\n", "x").await;
    assert_eq!((&broken["problem"]["of"], &broken["problem"]["line"]), (&json!("template"), &json!(1)), "{broken}");
    // What would take for ever is told instead.
    let hard = test("Value X ((a+)+b)\n\nStart\n  ^${X}$$ -> Record\n", &format!("{}\n", "a".repeat(50_000))).await;
    assert!(hard["rows"].as_array().is_some_and(Vec::is_empty), "{hard}");
}

#[tokio::test]
async fn a_template_of_ones_own_is_used_at_once_and_gone_again() {
    let server = TestServer::start().await;
    let new = json!({ "name": "acme_os_show_people", "source": TEMPLATE });
    assert_eq!(ask(&server, Role::Operator, "POST /api/v1/templates", &new).await.status, 403);
    assert_eq!(ask(&server, Role::Admin, "POST /api/v1/templates?dry_run=true", &new).await.status, 200);
    assert_eq!(ask(&server, Role::Admin, "GET /api/v1/templates/acme_os_show_people", &Value::Null).await.status, 404);
    assert_eq!(ask(&server, Role::Admin, "POST /api/v1/templates", &new).await.status, 201);
    assert_eq!(ask(&server, Role::Admin, "POST /api/v1/templates", &new).await.status, 409);
    let by_command = json!({ "text": "anna 31\n", "platform": "acme_os", "command": "show people" });
    let read = ask(&server, Role::Viewer, "POST /api/v1/templates/parse", &by_command).await.json();
    assert_eq!((&read["template"], &read["rows"][0]["age"]), (&json!("acme_os_show_people"), &json!("31")), "{read}");
    let file = json!({ "of": { "text": "=cmd 31\n", "templates": ["acme_os_show_people"] }, "format": "csv" });
    let csv = ask(&server, Role::Viewer, "POST /api/v1/templates/export", &file).await;
    assert_eq!((csv.status, csv.body.as_str()), (200, "name,age\r\n'=cmd,31\r\n"));
    let broken = json!({ "source": "nonsense" });
    assert_eq!(ask(&server, Role::Admin, "PUT /api/v1/templates/acme_os_show_people", &broken).await.status, 400);
    let gone = ask(&server, Role::Admin, "DELETE /api/v1/templates/acme_os_show_people", &Value::Null).await;
    assert_eq!(gone.status, 200, "{gone:?}");
    let named = json!({ "text": "anna 31\n", "templates": ["acme_os_show_people"] });
    assert_eq!(ask(&server, Role::Viewer, "POST /api/v1/templates/parse", &named).await.status, 404);
    let ours = ask(&server, Role::Admin, "DELETE /api/v1/templates/cisco_ios_show_version", &Value::Null).await;
    assert_eq!(ours.status, 409, "{ours:?}");
}

#[tokio::test]
async fn a_template_is_found_by_the_text() {
    let server = TestServer::start().await;
    let text = "Protocol  Address          Age (min)  Hardware Addr   Type   Interface\n\
        Internet  10.0.0.1                -   0050.56aa.0001  ARPA   Vlan10\n\
        Internet  10.0.0.2               12   0050.56aa.0002  ARPA   Vlan10\n";
    let body = json!({ "of": { "text": text, "platform": "cisco_ios", "command": "show ip arp" }, "top": 3 });
    let found = ask(&server, Role::Viewer, "POST /api/v1/templates/detect", &body).await;
    assert_eq!(
        (found.status, &found.json()["items"][0]["template"]),
        (200, &json!("cisco_ios_show_ip_arp")),
        "{found:?}"
    );
}

#[tokio::test]
async fn no_file_of_the_server_is_opened_by_a_name() {
    let server = TestServer::start().await;
    let own = server.app.home().join("config.yaml").to_string_lossy().into_owned();
    for name in ["/etc/passwd", "../../../etc/passwd", "../config.yaml", &own, "/dev/zero", "x.yaml", "\u{0}"] {
        for (what, body) in [
            ("POST /api/v1/templates/parse", json!({ "text": "x", "templates": [name] })),
            ("POST /api/v1/templates/export", json!({ "of": { "text": "x", "templates": [name] } })),
        ] {
            let answer = ask(&server, Role::Admin, what, &body).await;
            assert_eq!(answer.status, 404, "{name}: {answer:?}");
            assert!(!answer.body.contains("root:") && !answer.body.contains("database_url"), "{answer:?}");
        }
        let coded: String = name.bytes().map(|b| format!("%{b:02x}")).collect();
        for method in ["GET", "DELETE"] {
            let answer = ask(&server, Role::Admin, &format!("{method} /api/v1/templates/{coded}"), &Value::Null).await;
            assert!((400..500).contains(&answer.status), "{method} {name}: {answer:?}");
        }
        let new = json!({ "name": name, "source": TEMPLATE });
        let answer = ask(&server, Role::Admin, "POST /api/v1/templates", &new).await;
        assert!(answer.status == 400 || name == "x.yaml", "{name}: {answer:?}");
    }
    assert!(server.app.home().join("config.yaml").exists());
}
