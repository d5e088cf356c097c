//! A shell on a device in the browser, from the ticket to the audit log.

use std::net::TcpStream;
use std::time::Duration;

use lab::Overrides;
use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;
use tungstenite::{Message, WebSocket};

use crate::bench::{Bench, Site};
use crate::served::{Served, tell};

/// What somebody types that nobody is to keep.
const TYPED: &str = "show clock ! never-to-be-kept";

/// A server that gets into each device of a site.
fn serving(site: &Site) -> Option<Served> {
    let bench = Bench::new();
    bench.discover(site, &[]).ok();
    tell(&bench, &["vault", "init"], "").ok();
    tell(&bench, &["vault", "add", "lab", "-u", "admin", "--default", "--password-stdin"], &site.password()).ok();
    Served::start(bench)
}

impl Served {
    fn ask(&self, who: &str, asked: &Value) -> (u16, Value) {
        self.post(who, "/api/v1/terminals", asked)
    }

    fn ticket(&self, who: &str, device: &str) -> String {
        let (status, told) = self.ask(who, &json!({ "device": device, "columns": 100, "rows": 30 }));
        assert_eq!((status, &told["credential"]), (201, &json!("lab")), "{told}");
        told["ticket"].as_str().expect("a ticket").to_owned()
    }

    /// The status with which it was refused, when it was.
    fn socket(&self, who: &str, origin: &str) -> Result<Shell, u16> {
        let stream = TcpStream::connect(&self.host).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        let mut request =
            format!("ws://{}/api/v1/terminals/socket", self.host).into_client_request().expect("a request");
        let headers = request.headers_mut();
        headers.insert("authorization", who.parse().expect("a header"));
        headers.insert("origin", origin.parse().expect("a header"));
        match tungstenite::client(request, stream) {
            Ok((socket, _)) => Ok(Shell(socket)),
            Err(tungstenite::HandshakeError::Failure(tungstenite::Error::Http(answer))) => {
                Err(answer.status().as_u16())
            }
            Err(other) => panic!("{other}"),
        }
    }

    fn shell(&self, who: &str, ticket: &str) -> Shell {
        let mut shell = self.socket(who, &format!("http://{}", self.host)).expect("a socket");
        shell.tell(&json!({ "type": "open", "ticket": ticket }));
        shell
    }
}

struct Shell(WebSocket<TcpStream>);

impl Shell {
    fn tell(&mut self, what: &Value) {
        self.0.send(Message::Text(what.to_string().into())).expect("sent");
    }

    fn type_in(&mut self, text: &str) {
        self.0.send(Message::Binary(text.as_bytes().to_vec().into())).expect("sent");
    }

    /// What the device shows until this is there.
    fn until(&mut self, wanted: &str) -> String {
        let mut shown = String::new();
        while !shown.contains(wanted) {
            match self.0.read().expect("a frame") {
                Message::Binary(bytes) => shown += &String::from_utf8_lossy(&bytes),
                Message::Text(text) => panic!("{text} before `{wanted}`: {shown}"),
                _ => {}
            }
        }
        shown
    }

    /// The next that the server itself says.
    fn told(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.0.read().expect("a frame") {
                return serde_json::from_str(&text).expect("JSON");
            }
        }
    }
}

#[test]
fn an_operator_has_a_shell_and_the_audit_log_says_so() {
    let site = Site::new(2, 5, 127);
    let Some(serving) = serving(&site) else { return };
    let (ann, eve, ben) =
        (serving.user("ann", "operator"), serving.user("eve", "viewer"), serving.user("ben", "operator"));
    let device = site.leaf(0);

    assert_eq!(serving.ask(&eve, &json!({ "device": device })).0, 403);
    assert_eq!(serving.ask(&ann, &json!({ "device": "nothing" })).0, 404);
    assert_eq!(serving.ask(&ann, &json!({ "device": device, "credential": "nothing" })).0, 409);
    assert_eq!(serving.ask(&ann, &json!({ "device": device, "columns": 9999 })).0, 400);
    assert_eq!(serving.socket(&ann, "http://evil.example").err(), Some(403));
    assert_eq!(serving.socket("Bearer nothing", "http://evil.example").err(), Some(403));
    assert_eq!(serving.socket("Bearer nothing", &format!("http://{}", serving.host)).err(), Some(401));

    let ticket = serving.ticket(&ann, &device);
    let mut shell = serving.shell(&ann, &ticket);
    let opened = shell.told();
    assert_eq!((&opened["type"], &opened["credential"]), (&json!("opened"), &json!("lab")), "{opened}");
    shell.until(&device);
    shell.tell(&json!({ "type": "resize", "columns": 132, "rows": 50 }));
    shell.type_in(&format!("{TYPED}\r"));
    // The prompt behind it may have come with it.
    shell.until("never-to-be-kept");

    assert_eq!(serving.shell(&ann, &ticket).told()["class"], "ticket", "it was used");
    let stolen = serving.ticket(&ann, &device);
    assert_eq!(serving.shell(&ben, &stolen).told()["class"], "ticket", "it is Ann's");

    shell.type_in("exit\r");
    let closed = loop {
        let told = shell.told();
        if told["type"] == "closed" {
            break told;
        }
    };
    assert!(closed["reason"].as_str().expect("a reason").starts_with("the device hung up"), "{closed}");

    let log = serving.audit();
    let entry = |action: &str| log.iter().find(|e| e["action"] == action).unwrap_or_else(|| panic!("{log:?}"));
    assert_eq!(
        (&entry("terminal.open")["actor"], &entry("terminal.open")["detail"]["outcome"]),
        (&json!("ann"), &json!("opened"))
    );
    assert!(entry("terminal.close")["detail"]["bytes_typed"].as_u64() >= Some(TYPED.len() as u64));
    assert!(!format!("{log:?}").contains("never-to-be-kept"));
}

#[test]
fn a_changed_host_key_keeps_a_terminal_shut() {
    let mut site = Site::new(2, 5, 128);
    let Some(serving) = serving(&site) else { return };
    let (ann, device) = (serving.user("ann", "operator"), site.leaf(0));
    site.hostile(&device, Overrides { host_key_generation: 1, ..Overrides::default() });
    let ticket = serving.ticket(&ann, &device);
    let failed = serving.shell(&ann, &ticket).told();
    assert_eq!((&failed["type"], &failed["class"]), (&json!("failed"), &json!("host_key_changed")), "{failed}");
    assert!(!failed["advice"].as_str().unwrap_or_default().is_empty(), "{failed}");
}

#[test]
fn what_is_no_frame_of_ours_ends_a_terminal() {
    let site = Site::new(2, 5, 129);
    let Some(serving) = serving(&site) else { return };
    let (ann, device) = (serving.user("ann", "operator"), site.leaf(0));
    let ticket = serving.ticket(&ann, &device);
    let mut shell = serving.shell(&ann, &ticket);
    assert_eq!(shell.told()["type"], "opened");
    shell.tell(&json!({ "type": "resize", "columns": 1, "rows": 1 }));
    let told = loop {
        match shell.0.read() {
            Ok(Message::Close(frame)) => break frame.map(|f| u16::from(f.code)),
            Ok(_) => {}
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(told, Some(1008));
}

impl Served {
    fn audit(&self) -> Vec<Value> {
        let rows = crate::vault::with_store(&self.bench, async |store| {
            store.audit_log(&store::AuditFilter { limit: Some(100), ..store::AuditFilter::default() }).await
        });
        let rows = rows.expect("the audit log");
        let row = |e: store::AuditEntry| json!({ "actor": e.actor, "action": e.action, "object": e.object, "detail": e.detail });
        rows.into_iter().map(row).collect()
    }
}
