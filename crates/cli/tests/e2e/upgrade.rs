//! `deploy/upgrade.sh`: a newer program takes over, or everything is as it was.

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
        let note = |word: &str| format!("echo {word} >> '{}'", self.bench.dir.path().join("service").display());
        let output = Command::new("sh")
            .arg(SCRIPT)
            .args([newer, &self.program])
            .env("VELOCITY_HOME", self.bench.home())
            .env("VELOCITY_STOP", note("stop"))
            .env("VELOCITY_START", note("start"))
            .env("VELOCITY_PATIENCE", "2")
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
    assert!(said.out.contains("it is not well after 2 s: everything is put back"), "{said:?}");
}

#[test]
fn what_a_newer_program_broke_comes_back_from_the_backup() {
    let installed = Installed::new();
    let breaks = "case \"$*\" in *\"$home status\"*) rm -f \"$home\"/velocity.db-*; echo broken > \"$home/velocity.db\"; exit 1 ;; esac";
    let said = installed.upgrade(&installed.newer(breaks));
    installed.check(&said, (1, "stop stop start "), false);
}
