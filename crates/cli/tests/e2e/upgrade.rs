//! `deploy/upgrade.sh`: a newer program takes over, or everything is as it was.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::{Bench, Said, VELOCITY};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/upgrade.sh");

struct Installed {
    bench: Bench,
    /// The program in use.
    program: PathBuf,
}

impl Installed {
    fn new() -> Self {
        let bench = Bench::new();
        bench.run(&["devices", "add", "sw1", "--address", "192.0.2.1", "--platform", "cisco_ios"], "").ok();
        let program = bench.dir.path().join("velocity");
        std::fs::copy(VELOCITY, &program).expect("installed");
        Self { bench, program }
    }

    /// A newer program: the same, but this is done before.
    fn newer(&self, before: &str) -> PathBuf {
        let path = self.bench.dir.path().join("newer");
        let text = format!("#!/bin/sh\nhome='{}'\n{before}\nexec '{VELOCITY}' \"$@\"\n", self.bench.home().display());
        std::fs::write(&path, text).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("a program");
        path
    }

    fn upgrade(&self, newer: &Path) -> Said {
        self.upgrade_where(newer, &[])
    }

    /// With more, or something else, in the environment; the words of the service are in the file `service`.
    fn upgrade_where(&self, newer: &Path, env: &[(&str, &str)]) -> Said {
        let note = |word: &str| format!("echo {word} >> '{}'", self.bench.dir.path().join("service").display());
        let output = Command::new("sh")
            .arg(SCRIPT)
            .args([newer, &self.program])
            .env("VELOCITY_HOME", self.bench.home())
            .env("VELOCITY_STOP", note("stop"))
            .env("VELOCITY_START", note("start"))
            .env("VELOCITY_RUNS", "false")
            .env("VELOCITY_PATIENCE", "2")
            .current_dir(self.bench.dir.path())
            .envs(env.iter().copied())
            .output()
            .expect("sh");
        Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// What became of it: the service, the program, the data.
    #[track_caller]
    fn check(&self, said: &Said, (code, service): (i32, &str), is_new: bool) {
        let done = std::fs::read_to_string(self.bench.dir.path().join("service")).unwrap_or_default();
        assert_eq!((said.code, &*done.replace('\n', " ")), (code, service), "{said:?}");
        assert_eq!(std::fs::read(&self.program).expect("a program").starts_with(b"#!"), is_new, "{said:?}");
        let devices = self.bench.run(&["devices", "list", "--json"], "").ok().json();
        assert_eq!(devices[0]["name"], "sw1", "{said:?}");
        let left = std::fs::read_dir(self.bench.dir.path()).expect("a folder").flatten();
        let left: Vec<_> = left.map(|f| f.file_name()).filter(|f| f.to_string_lossy().contains("rehearsal")).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn a_newer_program_takes_over_and_the_old_one_and_a_backup_are_kept() {
    let installed = Installed::new();
    let said = installed.upgrade(&installed.newer(""));
    installed.check(&said, (0, "stop start "), true);
    assert!(installed.program.with_extension("before").exists(), "{said:?}");
    let backup = said.out.split("the backup is ").nth(1).and_then(|rest| rest.split(',').next()).expect("a backup");
    installed.bench.run(&["backup", "--inspect", backup], "").ok();
}

#[test]
fn a_newer_program_that_cannot_take_over_the_data_changes_nothing() {
    let installed = Installed::new();
    let said = installed.upgrade(&installed.newer("case \"$*\" in *restore*) exit 1 ;; esac"));
    installed.check(&said, (1, ""), false);
    assert!(said.out.contains("nothing was changed: the newer program cannot take over the data"), "{said:?}");
}

#[test]
fn a_newer_program_that_is_not_well_makes_room_for_the_old_one() {
    let installed = Installed::new();
    let said = installed.upgrade(&installed.newer("case \"$*\" in *doctor*) exit 1 ;; esac"));
    installed.check(&said, (1, "stop start stop start "), false);
    assert!(said.out.contains("it is not well after 2 s: putting everything back"), "{said:?}");
}

#[test]
fn what_a_newer_program_broke_comes_back_from_the_backup() {
    let installed = Installed::new();
    let breaks = "case \"$*\" in *\"$home status\"*) rm -f \"$home\"/velocity.db-*; echo broken > \"$home/velocity.db\"; exit 1 ;; esac";
    let said = installed.upgrade(&installed.newer(breaks));
    installed.check(&said, (1, "stop start "), false);
}

#[test]
fn what_does_not_stop_keeps_its_data_and_a_person_is_told_what_to_do() {
    let installed = Installed::new();
    // It stops once, and not again after it was started.
    let env = [("VELOCITY_STOP", "echo stop >> service; ! grep -q start service"), ("VELOCITY_RUNS", "true")];
    let said = installed.upgrade_where(&installed.newer("case \"$*\" in *doctor*) exit 1 ;; esac"), &env);
    installed.check(&said, (3, "stop start stop "), true);
    assert!(said.out.contains("it does not stop, so nothing is put back"), "{said:?}");
    let before = installed.program.with_extension("before");
    assert!(said.out.contains(&format!("mv -f '{}'", before.display())) && before.exists(), "{said:?}");

    // One that does not stop at all is left as it is.
    std::fs::remove_file(installed.bench.dir.path().join("service")).expect("there");
    std::fs::rename(&before, &installed.program).expect("the old one");
    let never = [("VELOCITY_STOP", "echo stop >> service; false"), ("VELOCITY_RUNS", "true")];
    let said = installed.upgrade_where(&installed.newer(""), &never);
    installed.check(&said, (1, "stop "), false);
    assert!(said.out.contains("nothing was changed: it does not stop"), "{said:?}");
}

#[test]
fn an_upgrade_that_is_interrupted_puts_everything_back() {
    let installed = Installed::new();
    let said = installed.upgrade_where(&installed.newer(""), &[("VELOCITY_WELL", "kill -TERM $PPID; false")]);
    installed.check(&said, (1, "stop start stop start "), false);
    assert!(said.out.contains("it was interrupted: putting everything back"), "{said:?}");
}

/// Answers every request with this; gives where.
fn answering(kind: &'static str, body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/velocity/latest.json", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let length = body.len();
            let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}");
        }
    });
    url
}

#[test]
fn who_asks_for_a_newer_version_is_told_and_nobody_is_asked_before_somebody_said_whom() {
    let bench = Bench::new();
    let check = |url: Option<&str>| {
        let text = url.map_or(String::new(), |url| format!("update: {{url: '{url}'}}\n"));
        std::fs::write(bench.home().join("config.yaml"), text).expect("written");
        bench.run(&["update", "check", "--json"], "")
    };
    let said = check(None);
    assert!(said.code == 2 && said.err.contains("update: {url:") && said.err.contains("config.yaml"), "{said:?}");
    let newer = answering("application/json", r#"{"version": "999.0.1", "url": "https://v.example/999"}"#);
    let told = check(Some(&newer)).ok().json();
    assert_eq!((&told["is_newer"], &told["newest"]), (&true.into(), &"999.0.1".into()), "{told}");
    let text = bench.run(&["update", "check"], "").ok().out;
    assert!(text.contains("version 999.0.1 is there") && text.contains("https://v.example/999"), "{text}");
    let older = answering("application/json", r#"{"tag_name": "v0.0.1"}"#);
    assert_eq!(check(Some(&older)).ok().json()["is_newer"], false);
    for (url, code, told) in [
        (answering("text/html", "<html>"), 1, "not with JSON"),
        (answering("application/json", "{}"), 1, "it has no `version`"),
        ("http://127.0.0.1:1/latest.json".to_owned(), 1, "cannot reach http://127.0.0.1:1"),
        ("http://v.example/latest.json".to_owned(), 2, "begin with https"),
    ] {
        let said = check(Some(&url));
        assert!(said.code == code && said.err.contains(told), "{url}: {said:?}");
    }
}
