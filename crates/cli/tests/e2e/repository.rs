//! Configurations as a git repository.

use std::path::Path;
use std::process::Command;

use crate::bench::{Bench, Site};

fn git(folder: &Path, args: &[&str]) -> String {
    let output = Command::new("git").args(args).current_dir(folder).output().expect("git");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn each_change_of_a_configuration_is_a_commit_by_who_made_it() {
    let (bench, site) = (Bench::new(), Site::new(12, 4, 148));
    let folder = bench.dir.path().join("configurations");
    let text = folder.display().to_string();
    let export = |more: &[&str]| bench.run(&[&["export", "configs", "--git", &text, "--json"], more].concat(), "");
    bench.discover(&site, &["--quiet"]).ok();
    bench.capture(&site, "configs", &[]).ok();
    let tried = export(&["--dry-run"]).ok().json();
    assert_eq!((tried["commits"].as_u64(), folder.exists()), (Some(12), false), "{tried}");
    let first = export(&[]).ok().json();
    assert_eq!((first["commits"].as_u64(), first["files"].as_u64()), (Some(12), Some(12)), "{first}");
    assert_eq!(export(&[]).ok().json()["commits"].as_u64(), Some(0), "nothing is written twice");

    let truth = site.running.truth();
    let device = truth.devices.iter().find(|d| d.platform == "cisco_ios").expect("an IOS device");
    let edit = lab::Edit { by: Some("lisa".to_owned()), ..lab::Edit::default() };
    site.running.edit(&device.name, &edit).expect("a change");
    bench.capture(&site, "configs", &[]).ok();
    assert_eq!(export(&[]).ok().json()["commits"].as_u64(), Some(1));
    assert_eq!(git(&folder, &["log", "-1", "--format=%an"]).trim(), "lisa");
    let shown = git(&folder, &["show", "--stat", "--format=%s", "HEAD"]);
    assert!(shown.contains(&device.name) && shown.contains(".cfg"), "{shown}");
    assert_eq!(git(&folder, &["status", "--porcelain"]), "", "the files are there as they were committed");
    let all = git(&folder, &["log", "-p", "--all"]);
    assert!(
        !all.contains(site.running.password()) && !all.contains("Last configuration change"),
        "no secret, no noise"
    );
    git(&folder, &["fsck", "--strict"]);

    std::fs::write(folder.join("mine.txt"), "mine").expect("a file");
    let refused = export(&[]);
    assert!(refused.code == 2 && refused.err.contains("changed by hand"), "{refused:?}");
    let elsewhere = bench.run(&["export", "configs", "--git", &bench.dir.path().display().to_string()], "");
    assert!(elsewhere.code == 2 && elsewhere.err.contains("empty folder"), "{elsewhere:?}");
}

#[test]
fn a_selection_that_grows_brings_all_versions_of_the_devices_that_join() {
    let (bench, site) = (Bench::new(), Site::new(12, 4, 148));
    let truth = site.running.truth();
    // Three that are exported early, and one of those that join that says who changed it.
    let (early, late) = truth.devices.split_at(3);
    let joins = late.iter().find(|d| d.platform == "cisco_ios").expect("an IOS device");
    let devices: Vec<&str> = early.iter().chain([joins]).map(|d| d.name.as_str()).collect();
    bench.discover(&site, &["--quiet"]).ok();
    bench.capture(&site, "configs", &[]).ok();
    for by in ["lisa", "ben"] {
        for device in &devices {
            let edit = lab::Edit { by: Some(by.to_owned()), ..lab::Edit::default() };
            site.running.edit(device, &edit).expect("a change");
        }
        bench.capture(&site, "configs", &[]).ok();
    }
    let export = |folder: &Path, which: &str| {
        let report =
            bench.run(&["export", "configs", "--git", &folder.display().to_string(), "--devices", which, "--json"], "");
        report.ok().json()["commits"].as_u64().expect("a number")
    };
    // Author, date and content of each version of a device.
    let log = |folder: &Path, device: &str| {
        git(folder, &["log", "--format=%an %aI %B", "-p", "--", &format!("*{device}.cfg")])
    };

    let (grown, whole) = (bench.dir.path().join("grown"), bench.dir.path().join("whole"));
    assert_eq!(export(&grown, &devices[..3].join(",")), 9, "three versions of three devices");
    let joined = export(&grown, "all");
    assert_eq!(export(&whole, "all"), joined + 9, "nothing is missing");
    for device in &truth.devices {
        assert_eq!(log(&grown, &device.name), log(&whole, &device.name), "{}", device.name);
    }
    assert_eq!((export(&grown, "all"), export(&whole, &devices[..3].join(","))), (0, 0), "nothing is written twice");
    assert_eq!(git(&grown, &["log", "--format=%an", "--", &format!("*{}.cfg", joins.name)]), "ben\nlisa\nadmin\n");

    // One that was written before it was kept how far it goes for each device.
    git(&whole, &["update-ref", "-d", "refs/velocity/marks"]);
    assert_eq!(export(&whole, "all"), 0);
    git(&grown, &["fsck", "--strict"]);
}
