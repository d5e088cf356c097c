//! Whoever means it badly is refused or bounded, and the server goes on.

use std::time::{Duration, Instant};

use app::Role;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::TestServer;

async fn is_well(server: &TestServer) {
    let health = server.ask("GET /api/health", &[], "").await;
    assert_eq!((health.status, health.json()["status"].as_str()), (200, Some("ok")));
}

#[tokio::test]
async fn guessing_is_slowed_down_and_costs_little() {
    let server = TestServer::start().await;
    let mut statuses = std::collections::BTreeMap::<u16, u32>::new();
    let begun = Instant::now();
    for n in 0..2_000 {
        let status = server.log_in("admin", &format!("guess-{n}")).await.status;
        *statuses.entry(status).or_default() += 1;
    }
    assert_eq!((statuses.get(&401), statuses.get(&429)), (Some(&10), Some(&1990)), "{:?}", begun.elapsed());
    is_well(&server).await;
}

#[tokio::test]
async fn a_head_that_never_ends_is_cut_off() {
    let server = TestServer::start().await;
    let mut stream = TcpStream::connect(server.addr).await.expect("a connection");
    stream.write_all(b"GET /api/health HTTP/1.1\r\nhost: x\r\n").await.expect("sent");
    let begun = Instant::now();
    let mut rest = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut rest)).await;
    assert!(read.is_ok(), "still open after {:?}", begun.elapsed());
    is_well(&server).await;
}

#[tokio::test]
async fn a_gigabyte_is_not_taken() {
    let server = TestServer::start().await;
    let token = format!("authorization: Bearer {}", server.token(Role::Operator).await);
    let head = format!(
        "POST /api/v1/sites HTTP/1.1\r\nhost: {}\r\n{token}\r\ncontent-type: application/json\r\n\
        content-length: 1073741824\r\n\r\n",
        server.addr
    );
    let mut stream = TcpStream::connect(server.addr).await.expect("a connection");
    stream.write_all(head.as_bytes()).await.expect("sent");
    let (chunk, mut sent) = (vec![b' '; 1 << 20], 0usize);
    while sent < 1024 && stream.write_all(&chunk).await.is_ok() {
        sent += 1;
    }
    assert!(sent < 64, "{sent} MiB were taken");
    is_well(&server).await;
}

#[tokio::test]
async fn a_path_cannot_leave_what_is_served() {
    let server = TestServer::start().await;
    let token = format!("authorization: Bearer {}", server.token(Role::Admin).await);
    for path in [
        "/api/v1/facts/..%2f..%2fetc%2fpasswd/export",
        "/api/v1/devices/..%2f..%2fconfig.yaml/captures/configs",
        "/../../../../etc/passwd",
        "/api/v1/../../config.yaml",
        "/%2e%2e/%2e%2e/etc/passwd",
    ] {
        let answer = server.ask(&format!("GET {path}"), &[&token], "").await;
        assert!((400..500).contains(&answer.status), "{path}: {answer:?}");
        assert!(!answer.body.contains("root:") && !answer.body.contains("database_url"), "{path}");
    }
}

#[tokio::test]
async fn a_hundred_streams_that_nobody_reads_do_no_harm() {
    let server = TestServer::start().await;
    let token = server.token(Role::Viewer).await;
    let mut streams = Vec::new();
    for _ in 0..100 {
        let mut stream = TcpStream::connect(server.addr).await.expect("a connection");
        let ask =
            format!("GET /api/v1/events HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {token}\r\n\r\n", server.addr);
        stream.write_all(ask.as_bytes()).await.expect("sent");
        streams.push(stream);
    }
    is_well(&server).await;
}
