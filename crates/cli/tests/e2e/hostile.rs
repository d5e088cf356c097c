//! What a device says is hostile until proven otherwise: it harms nothing else, and nothing leaves the data
//! directory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lab::{Hostile, Overrides};

use crate::bench::{Bench, Said, Site};

/// The first leaf answers a command so; everything else must be as always.
#[track_caller]
fn collect(block: u8, command: &str, types: &str, hostile: Hostile) -> (Bench, String, Said) {
    let bench = Bench::new();
    let mut site = Site::new(12, 1, block);
    bench.discover(&site, &[]).ok();
    let device = site.leaf(0);
    let outputs = BTreeMap::from([(command.to_owned(), hostile)]);
    site.hostile(&device, Overrides { outputs, ..Overrides::default() });
    let run = bench.capture(&site, types, &["--timeout", "50"]);
    let report = run.json();
    assert!(report["devices_succeeded"].as_u64() >= Some(11), "{report}");
    (bench, device, run)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}

#[test]
fn a_line_of_50_megabytes_is_cut_and_marked() {
    let config = "execution:\n  timeout: 60\nlimits:\n  output_bytes: 1000000\n";
    let bench = Bench::new();
    std::fs::write(bench.home().join("config.yaml"), config).expect("config");
    let mut site = Site::new(12, 1, 121);
    bench.discover(&site, &[]).ok();
    let device = site.leaf(0);
    let outputs = BTreeMap::from([("show version".to_owned(), Hostile::LongLine(50_000_000))]);
    site.hostile(&device, Overrides { outputs, ..Overrides::default() });
    let run = bench.capture(&site, "version", &[]);
    let report = run.json();
    assert_eq!((run.code, report["failed_devices"][0]["class"].as_str()), (3, Some("output_too_large")), "{report}");
    assert_eq!(report["devices_succeeded"], 11, "{report}");
    let state = bench.run(&["captures", "list", &device, "--type", "version", "--json"], "").ok().json();
    assert_eq!(state[0]["completeness"]["state"], "cut", "{state}");
    assert_eq!(state[1]["completeness"]["state"], "complete", "the last good one stays: {state}");
}

#[test]
fn an_endless_output_ends() {
    let config = "limits:\n  output_bytes: 1000000\n";
    let bench = Bench::new();
    std::fs::write(bench.home().join("config.yaml"), config).expect("config");
    let mut site = Site::new(12, 1, 122);
    bench.discover(&site, &[]).ok();
    let device = site.leaf(0);
    let outputs = BTreeMap::from([("show version".to_owned(), Hostile::Endless)]);
    site.hostile(&device, Overrides { outputs, ..Overrides::default() });
    let report = bench.capture(&site, "version", &[]).json();
    assert_eq!(report["failed_devices"][0]["class"], "output_too_large", "{report}");
    assert_eq!(report["devices_succeeded"], 11, "{report}");
}

#[test]
fn invalid_utf8_is_kept_and_harms_nobody() {
    let (bench, device, run) =
        collect(123, "show version", "version", Hostile::Bytes(b"caf\xe9 \xff\xfe\r\n".to_vec()));
    assert!(run.code == 0 || run.code == 3, "{run:?}");
    bench.run(&["captures", "list", &device, "--json"], "").ok();
}

#[test]
fn terminal_escapes_do_not_reach_the_terminal() {
    let escape = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[31mred\r\n";
    let (bench, device, run) = collect(124, "show version", "version", Hostile::Bytes(escape.as_bytes().to_vec()));
    assert!(!run.err.contains('\u{1b}') && !run.out.contains('\u{1b}'), "{run:?}");
    let listed = bench.run(&["devices", "show", &device], "").ok();
    assert!(!listed.out.contains('\u{1b}'), "{listed:?}");
}

#[test]
fn a_host_name_that_is_a_path_stays_in_the_data_directory() {
    let bench = Bench::new();
    let mut site = Site::new(12, 1, 125);
    let device = site.leaf(0);
    let hostname = Some("../../x".to_owned());
    site.hostile(&device, Overrides { hostname, ..Overrides::default() });
    let run = bench.discover(&site, &[]);
    assert!(run.code == 0 || run.code == 3, "{run:?}");
    bench.capture(&site, "version", &[]);
    let outside: Vec<PathBuf> = files(bench.dir.path()).into_iter().filter(|f| !f.starts_with(bench.home())).collect();
    assert!(outside.is_empty(), "{outside:?}");
    let views = files(&bench.home().join("collections"));
    assert!(views.iter().all(|f| !f.to_string_lossy().contains("..")), "{views:?}");
}

#[test]
fn a_host_name_with_terminal_escapes_is_shown_harmless() {
    let bench = Bench::new();
    let mut site = Site::new(12, 1, 126);
    let device = site.leaf(0);
    let hostname = Some("core\u{1b}[2J".to_owned());
    site.hostile(&device, Overrides { hostname, ..Overrides::default() });
    let run = bench.discover(&site, &[]);
    assert!(run.code == 0 || run.code == 3, "{run:?}");
    for args in [&["devices", "list"][..], &["topology", "show"], &["facts", "neighbors"], &["executions", "show", "1"]]
    {
        let said = bench.run(args, "").ok();
        assert!(!said.out.contains('\u{1b}'), "{args:?}: {said:?}");
    }
}
