//! The programs that are measured: ours, Python's and the two crates.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::bench::python::environment;
use crate::shell;

const REQUIREMENTS: &str = "requirements-textfsm.txt";
const SEED: &str = "7";

pub struct Programs {
    pub velocity: PathBuf,
    examples: PathBuf,
    python: PathBuf,
    peers: Vec<PathBuf>,
}

impl Programs {
    /// Builds what is ours, and the peers when they are wanted.
    pub fn build(with_peers: bool) -> anyhow::Result<Programs> {
        let python = environment(REQUIREMENTS)?;
        shell::cargo(&["build", "--quiet", "--release", "--examples", "-p", "textfsm", "-p", "templates"], &[])?;
        let velocity = shell::velocity(true)?;
        let examples = velocity.with_file_name("examples");
        let peers = if with_peers { peers()? } else { Vec::new() };
        Ok(Programs { velocity, examples, python, peers })
    }

    /// Compares with Python: `foreign` pairs of the release and the corpus, or `made` ones.
    pub fn differential(&self, mode: &str, count: u32, corpus: &Path) -> anyhow::Result<Value> {
        let mut command = self.script("differential.py");
        command.arg(self.examples.join("textfsm_rows")).arg(mode);
        if mode == "foreign" {
            command.arg(self.templates()?).arg(corpus);
        }
        command.args([&count.to_string(), SEED]);
        let output = command.output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let (cases, last) = text.trim_end().rsplit_once('\n').unwrap_or(("", text.trim_end()));
        eprint!("{cases}{}", if cases.is_empty() { "" } else { "\n" });
        serde_json::from_str(last).with_context(|| format!("no count: {}", String::from_utf8_lossy(&output.stderr)))
    }

    /// One object for each set of cases: our figures and the ratios of the others.
    pub fn bench(&self, mode: &str, argument: &str, with_peers: bool) -> anyhow::Result<Vec<Value>> {
        let mut command = self.script("bench.py");
        command.arg(self.examples.join("textfsm_bench")).args([mode, argument]);
        command.args(self.peers.iter().filter(|_| with_peers));
        let lines = stdout(&mut command)?;
        lines.lines().map(|line| serde_json::from_str(line).context("no JSON")).collect()
    }

    /// An example of the crate `templates`, which prints one object.
    pub fn example(&self, name: &str, corpus: &Path) -> anyhow::Result<Value> {
        Ok(serde_json::from_str(&stdout(Command::new(self.examples.join(name)).arg(corpus))?)?)
    }

    fn script(&self, name: &str) -> Command {
        let mut command = Command::new(&self.python);
        command.arg("-B").arg(shell::root().join("crates/textfsm/tests/python").join(name));
        command
    }

    fn templates(&self) -> anyhow::Result<String> {
        let ask = "import ntc_templates, pathlib; print(pathlib.Path(ntc_templates.__file__).parent / 'templates')";
        Ok(stdout(Command::new(&self.python).args(["-c", ask]))?.trim().to_owned())
    }
}

/// The two crates, each a program that measures itself as our example does.
fn peers() -> anyhow::Result<Vec<PathBuf>> {
    let manifest = shell::root().join("crates/textfsm/benches/peers/Cargo.toml");
    let target = shell::root().join("target/bench/textfsm-peers");
    let (manifest, folder) = (manifest.to_string_lossy(), target.to_string_lossy());
    shell::cargo(&["build", "--quiet", "--release", "--manifest-path", &manifest, "--target-dir", &folder], &[])?;
    Ok(["textfsm-rs", "textfsm-rust"].map(|name| target.join("release").join(name)).to_vec())
}

fn stdout(command: &mut Command) -> anyhow::Result<String> {
    let output = command.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "{} ended with {}", command.get_program().display(), output.status);
    Ok(String::from_utf8(output.stdout)?)
}
