//! What Prometheus sees: figures that its own tool finds no fault with, and devices to look at; by the real one, where it is.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::bench::{Bench, Site};

/// Ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A server, its port, and a file with a token of it.
fn serve(bench: &Bench) -> (Running, u16, String) {
    let mut child = bench.spawn(&["server", "--bind", "127.0.0.1:0", "--json"], "");
    let mut said = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("its words"));
    while serde_json::from_str::<Value>(&said).is_err() {
        assert!(reader.read_line(&mut said).expect("a line") > 0, "it ended: {said}");
    }
    let said: Value = serde_json::from_str(&said).expect("JSON");
    let port = said["url"].as_str().and_then(|url| url.rsplit_once(':')).expect("a URL").1.parse().expect("a port");
    let made = bench.run(&["token", "create", "prometheus", "--user", "admin", "--json"], "").ok().json();
    let file = bench.dir.path().join("token");
    std::fs::write(&file, made["secret"].as_str().expect("a token")).expect("written");
    (Running(child), port, file.display().to_string())
}

/// Status and body.
fn get(port: u16, path: &str, token: Option<&str>) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let token = token.map(|t| format!("authorization: Bearer {t}\r\n")).unwrap_or_default();
    write!(stream, "GET {path} HTTP/1.0\r\nhost: 127.0.0.1:{port}\r\n{token}\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
}

fn is_there(tool: &str) -> bool {
    let found = Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if found.is_err() {
        eprintln!("*** NOT TESTED: there is no {tool} ***");
    }
    found.is_ok()
}

#[test]
fn prometheus_reads_the_figures_and_finds_the_devices() {
    let bench = Bench::new();
    let site = Site::new(3, 1, 97);
    bench.discover(&site, &["--quiet"]).ok();
    let (_server, port, file) = serve(&bench);
    let token = std::fs::read_to_string(&file).expect("the token");
    assert_eq!(get(port, "/metrics", None).expect("an answer").0, 401);
    let (status, figures) = get(port, "/metrics", Some(&token)).expect("an answer");
    assert_eq!(status, 200, "{figures}");
    assert!(figures.contains("velocity_devices{status=\"active\"} 3"), "{figures}");

    if is_there("promtool") {
        let mut check = Command::new("promtool")
            .args(["check", "metrics"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("promtool");
        check.stdin.take().expect("input").write_all(figures.as_bytes()).expect("written");
        let said = check.wait_with_output().expect("it ends");
        assert!(said.status.success() && said.stderr.is_empty(), "{said:?}");
    }
    if is_there("prometheus") {
        scraped(bench.dir.path(), port, &file);
    }
}

/// The real one, as the documentation says to set it up.
fn scraped(folder: &Path, port: u16, token: &str) {
    let config = format!(
        "global: {{scrape_interval: 1s}}
scrape_configs:
  - job_name: velocity
    authorization: {{type: Bearer, credentials_file: '{token}'}}
    static_configs: [{{targets: ['127.0.0.1:{port}']}}]
  - job_name: network
    http_sd_configs:
      - url: http://127.0.0.1:{port}/api/v1/prometheus/targets
        refresh_interval: 1s
        authorization: {{type: Bearer, credentials_file: '{token}'}}
"
    );
    let file = folder.join("prometheus.yml");
    std::fs::write(&file, config).expect("written");
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let _prometheus = Running(
        Command::new("prometheus")
            .arg(format!("--config.file={}", file.display()))
            .arg(format!("--storage.tsdb.path={}", folder.join("tsdb").display()))
            .arg(format!("--web.listen-address=127.0.0.1:{free}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("prometheus"),
    );
    let asked = |path: &str| -> Value {
        get(free, path, None).and_then(|(_, body)| serde_json::from_str(&body).ok()).unwrap_or_default()
    };
    let began = Instant::now();
    loop {
        let targets = asked("/api/v1/targets?state=active");
        let active = targets["data"]["activeTargets"].as_array().cloned().unwrap_or_default();
        let found = active.iter().filter(|t| t["scrapePool"] == "network").count();
        let value = asked("/api/v1/query?query=sum(velocity_devices)")["data"]["result"][0]["value"][1].clone();
        let is_up = active.iter().any(|t| t["scrapePool"] == "velocity" && t["health"] == "up");
        if is_up && found == 3 && value == "3" {
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "{targets} {value}");
        std::thread::sleep(Duration::from_millis(500));
    }
}

#[test]
fn what_workers_do_is_told_to_whoever_looks_on_in_a_browser() {
    const PASSWORD: &str = "of the vault";
    let (bench, site) = (Bench::new(), Site::new(12, 1, 98));
    let open = [("VELOCITY_VAULT_PASS", Path::new(PASSWORD))];
    bench.run_with(&["vault", "init"], "", &open).ok();
    let add = ["vault", "add", "lab", "-u", "admin", "--default", "--password-stdin"];
    bench.run_with(&add, &site.password(), &open).ok();
    bench.discover(&site, &["--quiet"]).ok();
    bench.run(&["job", "create", "nightly", "--captures", "version"], "").ok();
    let (_server, port, file) = serve(&bench);
    let token = std::fs::read_to_string(&file).expect("the token");

    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
    write!(stream, "GET /api/v1/events HTTP/1.0\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n\r\n")
        .expect("asked");
    let mut lines = BufReader::new(stream).lines().map(|line| line.expect("an event within a minute"));
    assert!(lines.next().is_some_and(|status| status.contains(" 200 ")));
    assert!(lines.by_ref().any(|line| line.is_empty()), "the end of the head");

    let queued = bench.run(&["schedule", "now", "--job", "nightly", "--json"], "").ok().json();
    let run = queued["run"].as_i64().expect("its number");
    let _worker = Running(bench.start(&["worker"], "", &open));
    let events = lines.filter_map(|line| serde_json::from_str::<Value>(line.strip_prefix("data: ")?).ok());
    let (mut done, mut progress) = (Vec::new(), Value::Null);
    for event in events.filter(|event| event["job_id"] == run) {
        match event["type"].as_str().expect("a type") {
            "device_complete" => done.push(event["device_name"].as_str().expect("a name").to_owned()),
            "progress" => progress = event,
            "job_complete" => {
                assert_eq!((&event["success"], &event["state"]), (&true.into(), &"success".into()), "{event}");
                break;
            }
            _ => {}
        }
    }
    let told = done.len();
    done.sort_unstable();
    done.dedup();
    assert_eq!((told, done.len(), &progress["progress"], &progress["remaining"]), (12, 12, &100.into(), &0.into()));
}
