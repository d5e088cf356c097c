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
