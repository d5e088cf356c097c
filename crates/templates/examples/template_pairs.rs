//! Parses every text of a folder with every template, and prints the slowest pairs and the memory held, as JSON.
//!
//! `template_pairs CORPUS`: texts are `*/*/*.raw` below it. Times are CPU time, with the template compiled and used
//! once before.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, io};

use cpu_time::ThreadTime;
use serde_json::{Value, json};
use templates::Library;

fn texts(path: &Path, out: &mut Vec<(PathBuf, String)>) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        if path.is_dir() {
            texts(&path, out)?;
        } else if path.extension().is_some_and(|end| end == "raw") {
            out.push((path.clone(), fs::read_to_string(path)?));
        }
    }
    Ok(())
}

/// Memory of this process in MiB, where the machine tells it.
fn resident() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    kib.split_whitespace().next()?.parse().ok().map(|kib: f64| kib / 1024.0)
}

fn main() -> io::Result<()> {
    let mut all = Vec::new();
    texts(Path::new(&env::args().nth(1).unwrap_or_default()), &mut all)?;
    let library = Library::builtin();
    let before = resident();
    let mut slowest: Vec<(Duration, String)> = Vec::new();
    let (mut pairs, mut hard) = (0, 0);
    for name in library.names().into_keys() {
        let Ok(template) = library.template(&name) else { continue };
        for (path, text) in &all {
            let start = ThreadTime::now();
            let parsed = template.parse(text);
            let time = start.elapsed();
            pairs += 1;
            hard += usize::from(matches!(parsed, Err(textfsm::ParseError::TooHard { .. })));
            if time > Duration::from_millis(2) {
                let again = ThreadTime::now();
                std::hint::black_box(template.parse(text)).ok();
                slowest.push((again.elapsed(), format!("{name} {} {} bytes", path.display(), text.len())));
            }
        }
    }
    slowest.sort();
    let slow = |(time, pair): &(Duration, String)| json!({ "ms": time.as_secs_f64() * 1e3, "pair": pair });
    let slowest: Vec<Value> = slowest.iter().rev().take(12).map(slow).collect();
    let memory = json!({ "before_mib": before, "all_warm_mib": resident() });
    println!("{}", json!({ "pairs": pairs, "too_hard": hard, "memory": memory, "slowest": slowest }));
    Ok(())
}
