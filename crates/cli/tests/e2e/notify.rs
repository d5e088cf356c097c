//! What happened is told: to a webhook, and by mail.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
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
