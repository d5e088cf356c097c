//! Tests that need networks or file systems of their own: they run once more in a namespace that goes with them.

use std::process::{Command, Stdio};

/// Set for the test that runs inside.
const INSIDE: &str = "VELOCITY_TEST_IN_NAMESPACE";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// It ran inside, and passed.
    Ran,
    /// This is inside: it may make and mount what it likes, and leaves nothing behind.
    Here,
    /// There are no namespaces for us.
    Cannot,
}

/// Runs the test of this name in a namespace of this kind (an option of `unshare`), if that can be had.
pub fn runs_inside(test: &str, kind: &str, can: bool) -> Inside {
    if is_inside() {
        return Inside::Here;
    }
    if !can || !works("unshare", &[kind, "true"]) {
        return Inside::Cannot;
    }
    let program = std::env::current_exe().expect("this program");
    let mut again = Command::new("unshare");
    again.arg(kind).arg(program).args(["--exact", test, "--nocapture"]).env(INSIDE, "1");
    assert!(again.status().expect("unshare").success(), "it failed in its namespace");
    Inside::Ran
}

pub fn is_inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

/// Whether a program is there and ends well.
pub fn works(program: &str, args: &[&str]) -> bool {
    let status = Command::new(program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
