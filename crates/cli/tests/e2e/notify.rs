//! What happened is told: to a webhook, and by mail.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::bench::{Bench, Said};

fn velocity(bench: &Bench, args: &[&str]) -> Said {
    bench.run(args, "")
}

/// Serves on a port of its own; what each connection said comes out of the channel.
fn serve(talk: fn(TcpStream) -> std::io::Result<String>) -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (said, hear) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if said.send(talk(stream).unwrap_or_else(|e| e.to_string())).is_err() {
                break;
            }
        }
    });
    (port, hear)
}

/// A receiver of webhooks that takes all but what names a broken one.
fn webhook(mut stream: TcpStream) -> std::io::Result<String> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut head, mut length) = (String::new(), 0);
    while !head.ends_with("\r\n\r\n") {
        let start = head.len();
        reader.read_line(&mut head)?;
        if let Some(n) = head[start..].to_lowercase().strip_prefix("content-length:") {
            length = n.trim().parse().unwrap_or_default();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let status = if head.contains("/broken") { "503 Service Unavailable" } else { "204 No Content" };
    write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")?;
    Ok(head + &String::from_utf8_lossy(&body))
}

/// A mail server that takes all (RFC 5321).
fn mail_server(mut stream: TcpStream) -> std::io::Result<String> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut all = String::new();
    write!(stream, "220 mail.example.net\r\n")?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(all);
        }
        let word = line.trim_end().to_uppercase();
        all.push_str(&line);
        if word == "DATA" {
            write!(stream, "354 go on\r\n")?;
            while !all.ends_with("\r\n.\r\n") {
                reader.read_line(&mut all)?;
            }
        }
        write!(stream, "{}\r\n", if word == "QUIT" { "221 bye" } else { "250 ok" })?;
        if word == "QUIT" {
            return Ok(all);
        }
    }
}

/// A bench with a device at which nobody is there.
fn bench_without_devices() -> Bench {
    let bench = Bench::new();
    velocity(&bench, &["devices", "add", "sw1", "--address", "127.0.0.1", "--port", "1", "--platform", "cisco_ios"])
        .ok();
    bench
}

fn failing_run(bench: &Bench) -> Said {
    bench.run(
        &["capture", "--devices", "sw1", "--types", "version", "--user", "lab", "--password-stdin", "--quiet"],
        "x\n",
    )
}

fn add(bench: &Bench, what: &str, name: &str, flags: &[&str]) {
    velocity(bench, &[&["notify", what, "add", name], flags].concat()).ok();
}

fn listed(bench: &Bench) -> Vec<Value> {
    velocity(bench, &["notify", "list", "--json"]).ok().json().as_array().expect("a list").clone()
}

#[test]
fn a_failed_run_is_told_once_to_each_who_wants_it() {
    let bench = bench_without_devices();
    let (port, posts) = serve(webhook);
    let (smtp, mails) = serve(mail_server);
    let url = format!("http://127.0.0.1:{port}/hook");
    add(&bench, "channels", "Ops hook", &["--kind", "webhook", "--target", &url]);
    let server = format!("127.0.0.1:{smtp}");
    let mail = ["--kind", "email", "--target", "noc@example.net, duty@example.net", "--server", &server];
    add(
        &bench,
        "channels",
        "NOC mail",
        &[&mail[..], &["--security", "none", "--sender", "velocity@example.net"]].concat(),
    );
    add(&bench, "rules", "hook failures", &["--channel", "ops-hook", "--events", "run-failed,new-device"]);
    add(&bench, "rules", "mail failures", &["--channel", "noc-mail", "--events", "run_failed"]);
    add(&bench, "rules", "other", &["--channel", "ops-hook", "--events", "change"]);

    assert_ne!(failing_run(&bench).code, 0);
    let would = velocity(&bench, &["notify", "send", "--dry-run", "--json"]).ok().json();
    assert_eq!((would.as_array().map(Vec::len), listed(&bench).len()), (Some(2), 0), "{would}");
    let pass = velocity(&bench, &["notify", "send", "--json"]).ok().json();
    assert_eq!((&pass["new"], &pass["sent"], &pass["failed"]), (&2.into(), &2.into(), &0.into()), "{pass}");
    let post = posts.recv().expect("a post");
    assert!(post.contains("\"event\":\"run_failed\"") && post.contains("1 of 1 devices failed"), "{post}");
    let mail = mails.recv().expect("a mail");
    assert!(mail.contains("RCPT TO:<noc@example.net>") && mail.contains("RCPT TO:<duty@example.net>"), "{mail}");
    assert!(mail.contains("Subject: collection: execution 1 failed"), "{mail}");

    let again = velocity(&bench, &["notify", "send", "--json"]).ok().json();
    assert_eq!((&again["new"], &again["sent"]), (&0.into(), &0.into()), "{again}");
    assert!(posts.try_recv().is_err() && mails.try_recv().is_err());
    assert!(listed(&bench).iter().all(|n| n["state"] == "sent"));
}

#[test]
fn what_did_not_arrive_waits_and_what_would_never_arrive_is_given_up() {
    let bench = bench_without_devices();
    let (port, posts) = serve(webhook);
    let broken = format!("http://127.0.0.1:{port}/broken");
    add(&bench, "channels", "broken", &["--kind", "webhook", "--target", &broken]);
    add(
        &bench,
        "channels",
        "clear",
        &["--kind", "email", "--target", "not an address", "--server", "127.0.0.1:1", "--sender", "v@example.net"],
    );
    add(&bench, "channels", "night", &["--kind", "webhook", "--target", &broken, "--status", "paused"]);
    for channel in ["broken", "clear", "night"] {
        add(&bench, "rules", channel, &["--channel", channel, "--events", "run_failed"]);
    }
    failing_run(&bench);
    let pass = velocity(&bench, &["notify", "send", "--json"]);
    assert_eq!(pass.code, 1, "{pass:?}");
    let pass = pass.json();
    assert_eq!((&pass["new"], &pass["later"], &pass["failed"]), (&3.into(), &1.into(), &1.into()), "{pass}");
    assert!(posts.recv().is_ok_and(|post| post.contains("/broken")));
    let all = listed(&bench);
    let of = |rule: &str| all.iter().find(|n| n["rule"] == rule).expect("one").clone();
    assert_eq!((&of("broken")["state"], &of("broken")["tries"]), (&"waiting".into(), &1.into()));
    assert!(of("broken")["error"].as_str().is_some_and(|e| e.contains("503")), "{}", of("broken"));
    assert_eq!((&of("clear")["state"], &of("night")["state"]), (&"failed".into(), &"waiting".into()));
    assert_eq!(of("night")["tries"], 0);
}

#[test]
fn a_webhook_is_signed_with_a_key_of_the_vault_and_a_mistake_in_a_rule_is_told() {
    let bench = bench_without_devices();
    let (port, posts) = serve(webhook);
    let url = format!("http://127.0.0.1:{port}/hook");
    let open =
        |args: &[&str], input: &str| bench.run_with(args, input, &[("VELOCITY_VAULT_PASS", Path::new("of the vault"))]);
    open(&["vault", "init"], "").ok();
    open(&["vault", "add", "hook-key", "--token", "--password-stdin"], "Jefe\n").ok();
    add(&bench, "channels", "hook", &["--kind", "webhook", "--target", &url, "--credential", "hook-key"]);
    let locked = velocity(&bench, &["notify", "test", "hook"]);
    assert!(locked.code != 0 && locked.err.contains("the vault is locked"), "{locked:?}");
    open(&["notify", "test", "hook"], "").ok();
    let post = posts.recv().expect("a post");
    let (head, body) = post.split_once("\r\n\r\n").expect("a head");
    let header = |name: &str| {
        let line = head.lines().find(|l| l.to_lowercase().starts_with(name)).expect("the header");
        line.split_once(": ").expect("a value").1.trim().to_owned()
    };
    let expected = notify::signature(&"Jefe".into(), &header(notify::TIMESTAMP), body.as_bytes());
    assert_eq!(header(notify::SIGNATURE), expected);

    for (flags, told) in [
        (vec!["--channel", "hook", "--events", "alarm"], "`alarm` is none of run_failed"),
        (vec!["--channel", "hook", "--events", "change", "--quiet-hours", "8-9"], "unexpected argument"),
        (vec!["--channel", "hook", "--events", "change", "--quiet", "8-9"], "is not hours such as 22:00-07:00"),
        (vec!["--channel", "nowhere", "--events", "change"], "there is no notification channel `nowhere`"),
        (vec!["--events", "change"], "needs a channel"),
    ] {
        let said = velocity(&bench, &[&["notify", "rules", "add", "r"], &flags[..]].concat());
        assert!(said.code != 0 && said.err.contains(told), "{flags:?}: {said:?}");
    }
}

const PASSWORD: &str = "of the vault";

/// A process that serves, with the vault; it is told to stop when dropped.
struct Serving(std::process::Child);

impl Serving {
    fn start(bench: &Bench, args: &[&str]) -> Self {
        Self(bench.start(args, "", &[("VELOCITY_VAULT_PASS", Path::new(PASSWORD))]))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_daemon_tells_by_itself_that_a_run_failed_and_that_a_worker_is_lost() {
    let bench = bench_without_devices();
    let config = bench.home().join("config.yaml");
    let text = std::fs::read_to_string(&config).expect("the config");
    std::fs::write(&config, text + "\nqueue: {lease: 2}\n").expect("written");
    bench.run_with(&["vault", "init"], "", &[("VELOCITY_VAULT_PASS", Path::new(PASSWORD))]).ok();
    let (port, posts) = serve(webhook);
    let url = format!("http://127.0.0.1:{port}/hook");
    add(&bench, "channels", "hook", &["--kind", "webhook", "--target", &url]);
    add(&bench, "rules", "all that is bad", &["--channel", "hook", "--events", "run-failed,worker-lost"]);

    let _daemon = Serving::start(&bench, &["daemon", "run", "--name", "here"]);
    let worker = Serving::start(&bench, &["worker", "--name", "elsewhere"]);
    let began = Instant::now();
    let condition = |name: &str| {
        let all = velocity(&bench, &["worker", "list", "--json"]).ok().json();
        let found = all.as_array().expect("a list").iter().find(|w| w["name"] == name).cloned();
        found.map(|w| w["condition"].as_str().expect("a word").to_owned())
    };
    while condition("here").as_deref() != Some("working") || condition("elsewhere").as_deref() != Some("working") {
        assert!(began.elapsed() < Duration::from_secs(60), "they do not work");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_ne!(failing_run(&bench).code, 0);
    let post = posts.recv_timeout(Duration::from_secs(60)).expect("a post");
    assert!(post.contains("\"event\":\"run_failed\""), "{post}");

    drop(worker);
    let post = posts.recv_timeout(Duration::from_secs(60)).expect("a post");
    assert!(post.contains("\"event\":\"worker_lost\"") && post.contains("worker elsewhere on "), "{post}");
    assert_eq!(condition("elsewhere").as_deref(), Some("lost"));
    // Each once: the looks that came meanwhile told nothing more.
    let told = listed(&bench);
    assert_eq!(told.iter().filter(|n| n["state"] == "sent").count(), 2, "{told:?}");
    assert!(posts.try_recv().is_err());
}

#[test]
fn systemd_finds_no_fault_with_the_unit() {
    let bench = Bench::new();
    for wide in [&[][..], &["--system-wide"]] {
        let file = bench.dir.path().join("velocity.service");
        let unit = velocity(&bench, &[&["daemon", "install", "--for", "systemd", "--print"], wide].concat()).ok().out;
        std::fs::write(&file, &unit).expect("written");
        let Ok(said) = std::process::Command::new("systemd-analyze").arg("verify").arg("--man=no").arg(&file).output()
        else {
            eprintln!("*** NOT TESTED: there is no systemd-analyze ***");
            return;
        };
        // It tells of other units of the machine, too.
        let told = String::from_utf8_lossy(&said.stderr);
        let ours: Vec<&str> = told.lines().filter(|line| line.contains("velocity")).collect();
        assert!(ours.is_empty(), "{unit}\n{ours:?}");
    }
}

/// `aiosmtpd`, a real mail server, that speaks TLS and lets one account in. It prints a line of JSON for each log-in and each mail.
const AIOSMTPD: &str = r#"
import json, ssl, sys
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

def say(**what):
    print(json.dumps(what), flush=True)

class Handler:
    async def handle_DATA(self, server, session, envelope):
        say(mail=envelope.content.decode(), sender=envelope.mail_from, to=envelope.rcpt_tos)
        return "250 taken"

def log_in(server, session, envelope, mechanism, account):
    right = (account.login, account.password) == (b"velocity", b"the right one")
    say(log_in=right)
    return AuthResult(success=right, handled=False)

tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
tls.load_cert_chain(sys.argv[2], sys.argv[3])
Controller(Handler(), hostname="127.0.0.1", port=int(sys.argv[1]), tls_context=tls, require_starttls=True,
    auth_required=True, authenticator=log_in).start()
say(ready=True)
sys.stdin.read()
"#;

struct MailServer {
    _process: Serving,
    port: u16,
    certificate: PathBuf,
    says: Receiver<Value>,
}

impl MailServer {
    /// `None`, said loudly, where there is none.
    fn start(folder: &Path) -> Option<Self> {
        let python = ["python3", "/usr/bin/python3"].into_iter().find(|python| {
            let probe = Command::new(python).args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
            probe.is_ok_and(|status| status.success())
        });
        let Some(python) = python else {
            eprintln!("*** NOT TESTED: there is no aiosmtpd ***");
            return None;
        };
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let (certificate, key) = (folder.join("mail.pem"), folder.join("mail.key"));
        std::fs::write(&certificate, made.cert.pem()).expect("written");
        std::fs::write(&key, made.signing_key.serialize_pem()).expect("written");
        let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let mut process = Command::new(python)
            .args(["-c", AIOSMTPD, &free.to_string()])
            .args([&certificate, &key])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python");
        let lines = BufReader::new(process.stdout.take().expect("its words")).lines();
        let (tell, says) = channel();
        std::thread::spawn(move || {
            let lines = lines.map_while(Result::ok);
            let _ = lines.map(|line| serde_json::from_str(&line).expect("JSON")).try_for_each(|line| tell.send(line));
        });
        let server = Self { _process: Serving(process), port: free, certificate, says };
        assert_eq!(server.said(), serde_json::json!({ "ready": true }));
        Some(server)
    }

    fn said(&self) -> Value {
        self.says.recv_timeout(Duration::from_secs(60)).expect("it says something within a minute")
    }
}

#[test]
fn a_schedule_whose_run_failed_is_told_by_a_real_mail_server_and_a_refused_log_in_is_tried_once() {
    let bench = bench_without_devices();
    let Some(server) = MailServer::start(bench.dir.path()) else { return };
    let env = [("VELOCITY_VAULT_PASS", Path::new(PASSWORD)), ("SSL_CERT_FILE", &*server.certificate)];
    let open = |args: &[&str], input: &str| bench.run_with(args, input, &env);
    open(&["vault", "init"], "").ok();
    open(&["vault", "add", "lab", "-u", "admin", "--default", "--password-stdin"], "x\n").ok();
    open(&["vault", "add", "post", "-u", "velocity", "--password-stdin"], "a wrong one\n").ok();
    let place = format!("localhost:{}", server.port);
    let mail = ["--kind", "email", "--target", "noc@example.net", "--server", &place, "--credential", "post"];
    add(
        &bench,
        "channels",
        "NOC",
        &[&mail[..], &["--security", "starttls", "--sender", "velocity@example.net"]].concat(),
    );
    add(&bench, "rules", "failures", &["--channel", "noc", "--events", "run_failed"]);
    velocity(&bench, &["job", "create", "nightly", "--captures", "version"]).ok();
    let due = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(8);
    let due = due.strftime("%Y-%m-%d %H:%M:%S").to_string();
    velocity(&bench, &["schedule", "add", "--job", "nightly", "--once", &due, "--zone", "UTC"]).ok();
    let _daemon = Serving(bench.start(&["daemon", "run"], "", &env));

    assert_eq!(server.said(), serde_json::json!({ "log_in": false }));
    let began = Instant::now();
    let status = || velocity(&bench, &["notify", "status", "--json"]);
    while status().json()[0]["state"] != "stopped" {
        assert!(began.elapsed() < Duration::from_secs(30), "{:?}", status());
        std::thread::sleep(Duration::from_millis(100));
    }
    let told = status();
    assert!(told.code == 1 && told.out.contains("535"), "{told:?}");
    assert_eq!((&told.json()[0]["waiting"], &told.json()[0]["failed"]), (&1.into(), &0.into()));
    let doctor = velocity(&bench, &["doctor"]);
    assert!(doctor.code == 1 && doctor.out.contains("nothing is sent by NOC"), "{doctor:?}");
    // It waits: more that happens does not try the password again.
    failing_run(&bench);
    let pass = open(&["notify", "send", "--json"], "").json();
    assert_eq!((&pass["sent"], &pass["later"], &pass["failed"]), (&0.into(), &0.into(), &0.into()), "{pass}");
    assert_eq!(status().json()[0]["waiting"], 2);
    assert!(server.says.try_recv().is_err(), "one refusal is enough");

    open(&["vault", "add", "post", "-u", "velocity", "--password-stdin", "--replace"], "the right one\n").ok();
    assert_eq!(server.said(), serde_json::json!({ "log_in": true }));
    let mail = server.said();
    assert_eq!(
        (&mail["sender"], &mail["to"]),
        (&"velocity@example.net".into(), &serde_json::json!(["noc@example.net"]))
    );
    let text = mail["mail"].as_str().expect("a mail");
    assert!(text.contains("job nightly: execution 1 failed") && text.contains("execution 2 failed"), "{text}");
    while status().json()[0]["sent"] != 2 {
        assert!(began.elapsed() < Duration::from_secs(60), "{:?}", status());
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(status().ok().json()[0]["state"], "active");

    // Who takes a bad edit back has seen to it, too.
    open(&["vault", "add", "bad", "-u", "velocity", "--password-stdin"], "a wrong one\n").ok();
    let edited = velocity(&bench, &["notify", "channels", "edit", "noc", "--credential", "bad", "--json"]).ok().json();
    assert_eq!(open(&["notify", "test", "noc"], "").code, 1);
    assert_eq!(server.said(), serde_json::json!({ "log_in": false }));
    assert_eq!(status().json()[0]["state"], "stopped");
    velocity(&bench, &["undo", "run", &edited["undo"].to_string()]).ok();
    assert_eq!(status().ok().json()[0]["state"], "active");
}
