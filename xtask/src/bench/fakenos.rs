//! `cargo xtask bench fakenos`: devices of FakeNOS, which somebody else wrote, are known without a hint and collected.

use super::python;
use crate::shell;

pub fn run() -> anyhow::Result<()> {
    let python = python::environment("requirements-fakenos.txt")?;
    let test = ["test", "-p", "cli", "--test", "e2e", "--", "--ignored", "--nocapture", "fakenos"];
    shell::cargo(&test, &[("VELOCITY_FAKENOS", &python.to_string_lossy())])
}
