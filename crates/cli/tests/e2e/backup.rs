//! A backup is the whole installation; a restore is the same installation elsewhere.

use crate::bench::{Bench, Said, Site, TYPES};

/// What a user sees of an installation.
fn seen(bench: &Bench, home: &str) -> Vec<String> {
    let ask = |args: &[&str]| bench.run(&[args, &["--home", home, "--json"]].concat(), "").ok().out;
    let mut seen: Vec<String> = [
        &["devices", "list", "all"][..],
        &["arp", "list"],
        &["mac", "list"],
        &["facts", "routes"],
        &["executions", "list"],
    ]
    .map(ask)
    .into();
    seen.push(ask(&["configs", "show", "usa-leaf-1"]));
    seen
}

#[test]
fn a_restored_installation_answers_as_the_first_one() {
    let (bench, site) = (Bench::new(), Site::new(12, 7, 226));
    bench.discover(&site, &[]).ok();
    bench.capture(&site, TYPES, &[]).ok();
    let (file, home, elsewhere) =
        (bench.dir.path().join("a.tar.zst"), bench.home(), bench.dir.path().join("elsewhere"));
    let (file, home, elsewhere) = (file.to_string_lossy(), home.to_string_lossy(), elsewhere.to_string_lossy());
    let before = seen(&bench, &home);
    let backup = bench.run(&["backup", &file, "--json"], "").ok().json();
    assert!(backup["contents"]["rows"].as_u64() > Some(500) && backup["contents"]["captures"].as_u64() > Some(50));
    assert_eq!(bench.run(&["backup", &file], "").code, 1, "a backup overwrites nothing");

    let restored = bench.run(&["restore", &file, "--home", &elsewhere, "--json"], "").ok().json();
    assert_eq!(restored["contents"], backup["contents"]);
    assert_eq!(seen(&bench, &elsewhere), before);
    // It lives on: numbers go on, a collection adds nothing and changes nothing.
    let args = ["capture", "--types", TYPES, "--home", &elsewhere, "--password-stdin", "--json"];
    let report = bench.run(&args, &site.password()).ok().json();
    assert_eq!((report["changes"].as_u64(), report["devices_succeeded"].as_u64()), (Some(0), Some(12)));

    let refused = bench.run(&["restore", &file, "--home", &home], "");
    assert!(refused.code == 1 && refused.err.contains("--force"), "{refused:?}");
    let forced = bench.run(&["restore", &file, "--home", &home, "--force", "--json"], "").ok().json();
    let aside = forced["moved_aside"].as_str().expect("a path");
    assert_eq!(seen(&bench, aside), before, "what was there is kept");
}

#[test]
fn a_backup_that_was_cut_or_changed_restores_nothing() {
    let bench = Bench::new();
    let file = bench.dir.path().join("a.tar.zst");
    bench.run(&["backup", &file.to_string_lossy()], "").ok();
    let whole = std::fs::read(&file).expect("read");
    let home = bench.dir.path().join("restored");
    let try_restore = |bytes: &[u8]| -> Said {
        let file = bench.dir.path().join("b.tar.zst");
        std::fs::write(&file, bytes).expect("write");
        let said = bench.run(&["restore", &file.to_string_lossy(), "--home", &home.to_string_lossy()], "");
        assert!(!home.exists(), "{said:?}");
        said
    };
    for size in [0, 10, whole.len() / 2, whole.len() - 1] {
        let said = try_restore(&whole[..size]);
        assert_eq!(said.code, 1, "{size}: {said:?}");
    }
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    assert_eq!(try_restore(&changed).code, 1);
    assert!(try_restore(b"not a backup at all").err.contains("no backup"));
    let left: Vec<_> = std::fs::read_dir(bench.dir.path()).expect("list").flatten().map(|e| e.file_name()).collect();
    assert!(left.iter().all(|n| !n.to_string_lossy().contains("restoring")), "{left:?}");
}
