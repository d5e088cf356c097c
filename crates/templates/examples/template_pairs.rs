//! Parses every text of a folder with every template, and prints the slowest pairs and the memory held.
//!
//! `template_pairs CORPUS`: texts are `*/*/*.raw` below it. Times are CPU time, in microseconds, with the
//! template compiled and used once before.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, io};

use cpu_time::ThreadTime;
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

fn resident() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default().to_owned()
}

fn main() -> io::Result<()> {
    let mut all = Vec::new();
    texts(Path::new(&env::args().nth(1).unwrap_or_default()), &mut all)?;
    let library = Library::builtin();
    println!("start: {}", resident());
    let mut slowest: Vec<(Duration, String)> = Vec::new();
    let (mut pairs, mut hard) = (0, 0);
    for name in library.names() {
        let Some(template) = library.template(&name) else { continue };
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
    println!("{pairs} pairs, {hard} too hard; all warm: {}", resident());
    for (time, pair) in slowest.iter().rev().take(12) {
        println!("{} us {pair}", time.as_micros());
    }
    Ok(())
}
