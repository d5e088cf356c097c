//! Disks that are full, or may not be written: told as that, with a way out, and nothing that was there is lost.

use std::io::Write;
use std::path::Path;

use crate::bench::{Bench, Said, Site};
use crate::namespace::{Inside, runs_inside, works};

/// What fits into it: an installation of twelve devices, and not much more.
const SIZE: &str = "size=14m,mode=0700";

/// An installation on a disk of its own; `None` where none can be had.
fn on_a_small_disk(test: &str, block: u8) -> Option<(Bench, Site)> {
    match runs_inside(test, "--mount", true) {
        Inside::Here => {}
        Inside::Ran => return None,
        Inside::Cannot => {
            eprintln!("*** NOT TESTED: a disk of its own needs root and unshare ***");
            return None;
        }
    }
    let bench = Bench::bare();
    let home = bench.home().display().to_string();
    std::fs::create_dir_all(&home).expect("a folder");
    assert!(works("mount", &["-t", "tmpfs", "-o", SIZE, "none", &home]), "mount");
    bench.run(&["init"], "").ok();
    let site = Site::new(12, 1, block);
    bench.discover(&site, &["--quiet"]).ok();
    bench.capture(&site, "configs", &["--user", "admin", "--quiet"]).ok();
    Some((bench, site))
}

/// Fills the disk, and leaves so many KiB.
fn fill(home: &Path, leave: u64) {
    let path = home.join("filler");
    let mut file = std::fs::File::create(&path).expect("a file");
    while file.write_all(&[0; 4096]).is_ok() {}
    let size = file.metadata().expect("its size").len();
    file.set_len(size.saturating_sub(leave * 1024)).expect("smaller");
}

fn devices(bench: &Bench) -> usize {
    let listed = bench.run(&["devices", "list", "--json"], "").ok().json();
    listed.as_array().map_or(0, Vec::len)
}

fn capture(bench: &Bench, site: &Site) -> Said {
    bench.capture(site, "arp,mac,version,interfaces,routes", &["--user", "admin", "--quiet"])
}

#[track_caller]
fn says(said: &Said, text: &str) {
    assert!(said.code != 0 && (said.err.contains(text) || said.out.contains(text)), "{text}: {said:?}");
}

#[test]
fn a_full_disk_is_told_as_that_and_with_room_again_nothing_is_missing() {
    let test = "disks::a_full_disk_is_told_as_that_and_with_room_again_nothing_is_missing";
    let Some((bench, site)) = on_a_small_disk(test, 95) else { return };
    let config =
        bench.run(&["devices", "list", "--json"], "").ok().json()[0]["name"].as_str().expect("a name").to_owned();
    let shown = |bench: &Bench| bench.run(&["configs", "show", &config], "").ok().out;
    let before = shown(&bench);

    // It opens, and there is no room for what the devices say.
    fill(&bench.home(), 100);
    let said = capture(&bench, &site);
    says(&said, "space left");
    // Not even room to open it.
    fill(&bench.home(), 0);
    says(&bench.run(&["devices", "list"], ""), "no space left for the database");
    let doctor = bench.run(&["doctor"], "");
    says(&doctor, "make room");

    std::fs::remove_file(bench.home().join("filler")).expect("room");
    assert_eq!((devices(&bench), shown(&bench)), (12, before));
    capture(&bench, &site).ok();
    let doctor = bench.run(&["doctor", "--deep", "--json"], "").json();
    let all = doctor["findings"].as_array().expect("findings");
    let health = |thing: &str| all.iter().find(|f| f["thing"] == thing).expect(thing)["health"].clone();
    assert_eq!((health("database"), health("captures")), ("well".into(), "well".into()), "{doctor}");
}

#[test]
fn a_disk_that_may_only_be_read_is_told_as_that() {
    let test = "disks::a_disk_that_may_only_be_read_is_told_as_that";
    let Some((bench, site)) = on_a_small_disk(test, 96) else { return };
    let home = bench.home().display().to_string();
    assert!(works("mount", &["-o", "remount,ro", &home]), "read-only");
    for said in [capture(&bench, &site), bench.run(&["devices", "add", "x", "--address", "10.9.9.9"], "")] {
        says(&said, "the database cannot be written");
    }
    says(&bench.run(&["doctor"], ""), "whether its disk may be written");
    assert!(works("mount", &["-o", "remount,rw", &home]), "writable");
    assert_eq!(devices(&bench), 12);
    capture(&bench, &site).ok();
}
