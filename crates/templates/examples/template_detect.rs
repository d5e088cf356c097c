//! How often detection finds the template that the index names, and how long it takes.
//!
//! `template_detect CORPUS [-v]`: texts are `PLATFORM/COMMAND/*.raw` below it. Times are CPU time, warm.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, io};

use cpu_time::ThreadTime;
use templates::Library;

fn cases(path: &Path, out: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut paths = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            cases(&path, out)?;
        } else if path.extension().is_some_and(|end| end == "raw") {
            out.push(path);
        }
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let corpus = env::args().nth(1).unwrap_or_default();
    let verbose = env::args().nth(2).is_some();
    let mut all = Vec::new();
    cases(Path::new(&corpus), &mut all)?;
    let library = Library::builtin();
    time_lookups(library, &all);
    for hints in ["none", "platform", "command and platform"] {
        let mut times: Vec<Duration> = Vec::new();
        let (mut right, mut third, mut sure) = (0, 0, Vec::new());
        for (round, path) in (0..2).flat_map(|round| all.iter().map(move |path| (round, path))) {
            let name =
                |up: usize| path.ancestors().nth(up).and_then(Path::file_name).map(|name| name.to_string_lossy());
            let (platform, command) = (name(2).unwrap_or_default(), name(1).unwrap_or_default().replace('_', " "));
            let text = fs::read_to_string(path)?;
            let wanted = library.lookup(&platform, &command).unwrap_or_default();
            let platform = Some(&*platform).filter(|_| hints != "none");
            let command = Some(&*command).filter(|_| hints == "command and platform");
            let start = ThreadTime::now();
            let found = library.detect(&text, platform, command, 3);
            let time = start.elapsed();
            if round == 0 {
                continue;
            }
            times.push(time);
            let hit = found.first().is_some_and(|best| wanted.contains(&best.template));
            right += usize::from(hit);
            third += usize::from(found.iter().any(|candidate| wanted.contains(&candidate.template)));
            sure.push((found.first().map_or(0.0, |best| best.confidence), hit));
            if verbose && !hit {
                let found: Vec<_> = found
                    .iter()
                    .map(|c| format!("{} {:.0} {}/{} r{}", c.template, c.score, c.read, c.lines, c.records))
                    .collect();
                println!(
                    "{hints}: {wanted:?} {} -> {}",
                    path.file_name().unwrap_or_default().to_string_lossy(),
                    found.join(", ")
                );
            }
        }
        times.sort();
        let share = |count: usize| 100.0 * count as f64 / all.len() as f64;
        let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
        let confident = sure.iter().filter(|(sure, _)| *sure >= 0.9);
        let (count, hits) = confident.fold((0, 0), |(count, hits), (_, hit)| (count + 1, hits + usize::from(*hit)));
        println!(
            "{hints}: top 1 {:.1} %, top 3 {:.1} %; p50 {:.2} ms, p99 {:.2} ms; 0.9 sure: {count}, right {hits}",
            share(right),
            share(third),
            at(0.5),
            at(0.99)
        );
    }
    Ok(())
}

/// Prints what a look-up in the index takes on average, warm.
fn time_lookups(library: &Library, paths: &[PathBuf]) {
    let name = |path: &Path, up: usize| {
        let name = path.ancestors().nth(up).and_then(Path::file_name);
        name.unwrap_or_default().to_string_lossy().replace('_', if up == 1 { " " } else { "_" })
    };
    let questions: Vec<_> = paths.iter().map(|path| (name(path, 2), name(path, 1))).collect();
    let ask = || questions.iter().filter(|(platform, command)| library.lookup(platform, command).is_some()).count();
    let found = ask();
    let start = ThreadTime::now();
    (0..10).for_each(|_| {
        std::hint::black_box(ask());
    });
    let each = start.elapsed() / (10 * questions.len() as u32).max(1);
    println!("look-ups: {found} of {} found, {} ns each", questions.len(), each.as_nanos());
}
