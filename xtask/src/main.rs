//! `cargo xtask demo | ui | test | bench | regen`: what a developer runs, without a tool to install.

mod bench;
mod demo;
mod http;
mod serving;
mod shell;
mod test;
mod web;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask demo [--once]       the product at its main job, on a simulated network, then in the browser; --once ends it there
cargo xtask ui                  the screens into web/dist, from where the next build of the binary takes them
cargo xtask test [ARGS…]        formatting, lints and all tests, on SQLite and PostgreSQL
cargo xtask bench collect       speed, beside its peers in the same run; --quick for a small one
cargo xtask bench sessions      log-ins and commands, thousands at once, beside peers; --quick for a small one
cargo xtask bench facts         millions of facts loaded and found, captures searched; --quick for a small one
cargo xtask bench api           the server on 10,000 devices, beside a real NetBox; --fuzz: schemathesis against it
cargo xtask bench textfsm       templates: exact and fast, beside Python and two crates
cargo xtask bench fuzz [SECONDS]   every fuzz target for so long
cargo xtask bench fakenos       devices of a simulator that is not ours are known and collected
cargo xtask regen               makes the generated files anew";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (verb, rest) = args.split_first().map_or(("", &[][..]), |(v, rest)| (v.as_str(), rest));
    let done = match verb {
        "demo" => demo::run(rest),
        "ui" => web::build(),
        "test" => test::run(rest),
        "bench" => bench::run(rest),
        "regen" => regen(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {verb}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Snapshots are the generated files that there are so far.
fn regen() -> anyhow::Result<()> {
    shell::cargo(&["test", "--workspace"], &[("INSTA_UPDATE", "always")])
}
