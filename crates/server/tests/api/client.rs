//! A server of its own for each test, and requests to it in few words.

use std::path::Path;
use std::time::Duration;

use app::users::{NewToken, UserEdit};
use app::{Actor, App, InitOptions, Role};
use secrecy::ExposeSecret;
use serde_json::Value;
use server::{Options, Server, Web};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

/// A running server over a new data directory.
pub struct TestServer {
    pub app: App,
    pub addr: std::net::SocketAddr,
    pub password: String,
    stop: CancellationToken,
    _home: tempfile::TempDir,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// `velocity_session=…`, as the browser sends it back.
    pub fn cookie(&self) -> String {
        self.header("set-cookie").and_then(|c| c.split(';').next()).expect("a cookie").to_owned()
    }
}

impl TestServer {
    pub async fn start() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("v");
        app::init(&path, &InitOptions { defaults: true, dry_run: false }).await.expect("init");
        let app = App::open(&path).await.expect("an installation");
        let password = app.reset_password(&Actor::local(), "admin", None, false).await.expect("a password");
        let password = password.expect("made up").expose_secret().to_owned();
        let server = Server::bind("127.0.0.1:0".parse().expect("address"), None).await.expect("a server");
        let (addr, stop) = (server.addr, CancellationToken::new());
        tokio::spawn(server.serve(Web::new(app.clone(), Options::default()), stop.clone()));
        Self { app, addr, password, stop, _home: home }
    }

    /// A token of a user who has this role.
    pub async fn token(&self, role: Role) -> String {
        let (local, name) = (Actor::local(), format!("a-{role}"));
        if self.app.user(&local, &name).await.is_err() {
            self.app.add_user(&local, &name, role, None, false).await.expect("a user");
        }
        let new = NewToken { user: name, name: "test".into(), scope: role, expires_at: None };
        let (_, secret) = self.app.add_token(&local, &new, false).await.expect("a token");
        secret.expect("made").expose_secret().to_owned()
    }

    pub async fn disable(&self, name: &str) {
        let edit = UserEdit { disabled: Some(true), ..UserEdit::default() };
        self.app.edit_user(&Actor::local(), name, edit, false).await.expect("disabled");
    }

    /// `GET /path`, with further lines of the head.
    pub async fn ask(&self, what: &str, head: &[&str], body: &str) -> Answer {
        let more: String = head.iter().map(|line| format!("{line}\r\n")).collect();
        let length = match body.is_empty() {
            true => String::new(),
            false => format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len()),
        };
        let host = self.addr;
        self.send(&format!("{what} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{more}{length}\r\n{body}")).await
    }

    /// Sends this as it is; what the server says until it closes.
    pub async fn send(&self, text: &str) -> Answer {
        let mut stream = TcpStream::connect(self.addr).await.expect("a connection");
        stream.write_all(text.as_bytes()).await.expect("sent");
        let mut bytes = Vec::new();
        let read = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut bytes)).await;
        let _ = read.expect("an answer in a minute");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        let body = if chunked { unchunked(body) } else { body.to_owned() };
        Answer { status, head: head.to_owned(), body }
    }

    pub async fn log_in(&self, name: &str, password: &str) -> Answer {
        let body = serde_json::json!({ "name": name, "password": password }).to_string();
        self.ask("POST /api/v1/session", &[], &body).await
    }

    /// The cookie of an administrator who set a password.
    pub async fn admin(&self) -> String {
        let cookie = self.log_in("admin", &self.password).await.cookie();
        let body = serde_json::json!({ "old": self.password, "new": PASSWORD }).to_string();
        let head = [&*format!("cookie: {cookie}"), "x-velocity: 1"];
        assert_eq!(self.ask("PUT /api/v1/session/password", &head, &body).await.status, 204);
        cookie
    }
}

pub const PASSWORD: &str = "correct horse battery";

impl Drop for TestServer {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn unchunked(mut text: &str) -> String {
    let mut body = String::new();
    while let Some((size, rest)) = text.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        if size == 0 || !rest.is_char_boundary(size) {
            break;
        }
        body.push_str(&rest[..size]);
        text = rest[size..].trim_start_matches("\r\n");
    }
    body
}

/// The committed document.
pub fn document() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    serde_json::from_str(&std::fs::read_to_string(path).expect("the document")).expect("JSON")
}
