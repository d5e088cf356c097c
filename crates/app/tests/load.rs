//! Loading what is stored, and files of other tools, on both databases.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::{Actor, App, CoverageState, FactQuery, LoadReport, LoadRequest, TypeLoad, WhatToLoad};
use model::Completeness::{Complete, Cut, Refused};
use model::{Capture, Completeness, RunId, RunKind, SystemClock, Timestamp};
use store::{NewCapture, NewRun};
use testkit::{TestDb, build, each_db};

const ARP: &str = "Protocol  Address          Age (min)  Hardware Addr   Type   Interface
Internet  10.0.0.1                -   0200.5e10.0001  ARPA   Vlan10
Internet  10.0.0.7                5   0200.5e10.0007  ARPA   Vlan10
";

/// An installation over the database of a test, with the device `leaf-1`.
struct Bench {
    app: App,
    home: PathBuf,
}

impl Bench {
    async fn new(db: &TestDb) -> Bench {
        let home = db.home();
        db.upsert_device(&build::device("leaf-1 10.9.9.1"), Timestamp(1000)).await.expect("device");
        Bench { app: Self::open(&home).await, home }
    }

    async fn open(home: &Path) -> App {
        App::open_with(home, Arc::new(SystemClock)).await.expect("opened")
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.home.join("in").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, content).expect("written");
    }

    async fn load(&self, what: WhatToLoad, dry_run: bool) -> LoadReport {
        let request = LoadRequest { what, types: None, dry_run };
        self.app.load(&Actor::local(), &request).await.expect("loaded")
    }

    async fn load_files(&self, dry_run: bool) -> LoadReport {
        self.load(WhatToLoad::Folder(self.home.join("in")), dry_run).await
    }

    async fn all(&self) -> LoadReport {
        self.load(WhatToLoad::Devices("all".into()), false).await
    }

    async fn arp(&self) -> Vec<String> {
        let (_, facts) = self.app.facts(&Actor::local(), "arp", FactQuery::all()).await.expect("facts");
        facts.iter().map(|f| f.values["ip"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// As the collector would, without loading it.
async fn save(db: &TestDb, capture_type: &str, content: &str, completeness: Completeness, second: i64) {
    save_of(db, None, capture_type, content, completeness, second).await;
}

async fn save_of(
    db: &TestDb,
    run: Option<RunId>,
    capture_type: &str,
    content: &str,
    completeness: Completeness,
    second: i64,
) {
    let device = db.device("leaf-1").await.expect("device").id;
    let capture = Capture {
        capture_type: capture_type.to_owned(),
        command: "show ip arp".to_owned(),
        platform: "cisco_ios".to_owned(),
        content: content.as_bytes().to_vec(),
        completeness,
    };
    let content = db.keep_content(&capture.content).await.expect("kept");
    let new = NewCapture::new(device, run, &capture, &content);
    db.save_capture(&new, Timestamp(second * 1000)).await.expect("saved");
}

async fn start_run(db: &TestDb) -> RunId {
    let new =
        NewRun { kind: RunKind::Collection, params: &serde_json::Value::Null, actor: "anna", job: None, batch: None };
    db.create_run(&new, &[], Timestamp(1000)).await.expect("created")
}

fn only(report: &LoadReport) -> &TypeLoad {
    assert_eq!((report.devices.len(), report.devices[0].types.len()), (1, 1), "{report:?}");
    &report.devices[0].types[0]
}

fn counts(report: &LoadReport) -> (u64, u64, u64) {
    let load = only(report);
    (load.added, load.kept, load.gone)
}

#[tokio::test]
async fn what_is_stored_is_loaded_once_however_often_it_is_loaded() {
    each_db(async |db: TestDb| {
        let bench = Bench::new(&db).await;
        save(&db, "arp", ARP, Complete, 50).await;
        let dry = bench.load(WhatToLoad::Devices("leaf-1".into()), true).await;
        assert_eq!((counts(&dry), bench.arp().await.len()), ((2, 0, 0), 0), "on {}", db.name);
        assert_eq!(counts(&bench.all().await), (2, 0, 0));
        assert_eq!(counts(&bench.all().await), (0, 2, 0));
        let (_, facts) = bench.app.facts(&Actor::local(), "arp", FactQuery::all()).await.expect("facts");
        // The device said it then; that it is read now changes nothing.
        assert!(
            facts.iter().all(|f| (f.first_seen, f.last_seen) == (Timestamp(50_000), Timestamp(50_000))),
            "{facts:?}"
        );
        let audit = db.audit_log(&Default::default()).await.expect("read");
        assert_eq!(audit.iter().filter(|e| e.action == "facts.load").count(), 2, "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn a_template_of_the_user_is_used_by_the_next_load() {
    each_db(async |db: TestDb| {
        let bench = Bench::new(&db).await;
        save(&db, "arp", ARP, Complete, 50).await;
        bench.all().await;
        let template = "Value Required IP_ADDRESS (10\\.0\\.0\\.7)\nValue MAC_ADDRESS (\\S+)\nValue INTERFACE (\\S+)\n\n\
            Start\n  ^Internet\\s+${IP_ADDRESS}\\s+\\S+\\s+${MAC_ADDRESS}\\s+ARPA\\s+${INTERFACE} -> Record\n  ^.\n";
        fs::create_dir_all(bench.home.join("templates")).expect("made");
        fs::write(bench.home.join("templates/cisco_ios_show_ip_arp.textfsm"), template).expect("written");
        let bench = Bench { app: Bench::open(&bench.home).await, ..bench };
        let again = bench.all().await;
        assert_eq!(counts(&again), (0, 1, 1), "on {}: {again:?}", db.name);
        assert_eq!(bench.arp().await, ["10.0.0.7"]);
    })
    .await;
}

#[tokio::test]
async fn what_a_run_brought_is_loaded_unless_something_newer_is_there() {
    each_db(async |db: TestDb| {
        let bench = Bench::new(&db).await;
        let run = start_run(&db).await;
        save_of(&db, Some(run), "arp", ARP, Complete, 50).await;
        save_of(&db, Some(run), "mac", "Mac Address", Cut("no prompt".into()), 50).await;
        let loaded = bench.load(WhatToLoad::Run(run), false).await;
        let outcomes = |report: &LoadReport| report.devices[0].types.iter().map(|t| t.outcome).collect::<Vec<_>>();
        assert_eq!((outcomes(&loaded), bench.arp().await.len()), (vec!["parsed", "cut"], 2), "on {}", db.name);
        save(&db, "arp", &ARP.replace("10.0.0.7", "10.0.0.8"), Complete, 60).await;
        let loaded = bench.load(WhatToLoad::Run(run), false).await;
        assert_eq!(outcomes(&loaded), ["older", "cut"], "on {}: {loaded:?}", db.name);
    })
    .await;
}

#[tokio::test]
async fn files_of_another_tool_become_captures_and_facts() {
    each_db(async |db: TestDb| {
        let bench = Bench::new(&db).await;
        bench.file("arp/LEAF-1.example.net.txt", ARP);
        bench.file("config/leaf-1.txt", "hostname leaf-1\nsnmp-server community S3cret RO\nend\n");
        let dry = bench.load_files(true).await;
        assert_eq!((dry.devices[0].types.len(), bench.arp().await.len()), (2, 0), "{dry:?}");
        let loaded = bench.load_files(false).await;
        assert!(loaded.skipped.is_empty() && !loaded.has_failures(), "{loaded:?}");
        let arp = &loaded.devices[0].types[0];
        assert_eq!((arp.added, arp.outcome), (2, "parsed"), "on {}: {loaded:?}", db.name);
        assert!(arp.from.as_deref().is_some_and(|f| f.ends_with("its device by name without domain")), "{arp:?}");
        let again = bench.load_files(false).await;
        assert_eq!((again.devices[0].types[0].added, again.devices[0].types[0].kept), (0, 2));
        assert_eq!(bench.app.captures(&Actor::local(), "leaf-1", Some("arp"), None).await.expect("captures").len(), 1);
        let view = fs::read_to_string(bench.home.join("collections/configs/leaf-1.txt"));
        assert!(view.is_ok_and(|text| text.contains("********") && !text.contains("S3cret")));
    })
    .await;
}

#[tokio::test]
async fn hostile_files_are_left_out_each_for_its_reason() {
    each_db(async |db: TestDb| {
        let bench = Bench::new(&db).await;
        bench.file("arp/leaf-9.txt", ARP);
        bench.file("arp/\u{1b}[2Jx.txt", ARP);
        bench.file("arp/leaf-1.cfg", ARP);
        bench.file("nonsense/leaf-1.txt", ARP);
        bench.file("fish.txt", "x");
        bench.file("mac/leaf-1.txt", [0xff, 0xfe, b'M', 0]);
        bench.file("version/leaf-1.txt", b"a\0b");
        fs::create_dir_all(bench.home.join("in/lldp/leaf-1.txt")).expect("made");
        #[cfg(unix)]
        {
            fs::create_dir_all(bench.home.join("in/cdp")).expect("made");
            std::os::unix::fs::symlink("/etc/passwd", bench.home.join("in/cdp/leaf-1.txt")).expect("linked");
            std::os::unix::fs::symlink("/etc", bench.home.join("in/routes")).expect("linked");
        }
        bench.file("interfaces/leaf-1.txt", "  ^\n% Invalid input detected at '^' marker.\n");
        let report = bench.load_files(false).await;
        assert_eq!(only(&report).outcome, "refused", "{report:?}");
        let reason = |file: &str| {
            let found = report.skipped.iter().find(|s| s.file == file);
            found.unwrap_or_else(|| panic!("{file}: {report:?}")).reason.clone()
        };
        assert!(reason("arp/leaf-9.txt").starts_with("no device is called `leaf-9`"));
        assert!(reason("arp/\\u{1b}[2Jx.txt").starts_with("no device is called"));
        assert_eq!(reason("arp/leaf-1.cfg"), "its name does not end in .txt");
        assert_eq!(reason("nonsense/leaf-1.txt"), "`nonsense` is no capture type");
        assert!(reason("fish.txt").starts_with("it is no folder"));
        assert!(reason("mac/leaf-1.txt").starts_with("it is UTF-16"));
        assert!(reason("version/leaf-1.txt").contains("NUL"));
        assert_eq!(reason("lldp/leaf-1.txt"), "it is no file");
        #[cfg(unix)]
        {
            assert_eq!(reason("cdp/leaf-1.txt"), "it is no file");
            assert!(reason("routes").starts_with("it is no folder"));
        }
        let kept = db.captures(&Default::default()).await.expect("captures");
        assert!(kept.iter().all(|c| c.capture_type == "interfaces" && !c.completeness.is_complete()), "{kept:?}");
    })
    .await;
}

#[tokio::test]
async fn captures_whose_facts_cannot_be_loaded_are_kept_and_loaded_later() {
    each_db(async |db: TestDb| {
        let bench = Bench::new(&db).await;
        bench.file("arp/leaf-1.txt", ARP);
        bench.file("users/leaf-1.txt", "username admin privilege 15 secret 9 x\n");
        // As when the disk is full: the captures are written, their facts are not.
        db.tell("alter table arp_entries rename to away").await;
        let report = bench.load_files(false).await;
        let error = report.devices[0].error.clone().unwrap_or_default();
        assert!(error.contains("captures saved but not loaded"), "on {}: {report:?}", db.name);
        assert!(error.contains("`velocity load --all` tries again"), "{error}");
        assert_eq!(db.captures(&Default::default()).await.expect("captures").len(), 2, "on {}", db.name);
        let coverage = bench.app.coverage(&Actor::local(), "all", None).await.expect("coverage");
        assert!(coverage.gaps().any(|(_, c)| c.capture_type == "arp" && c.state == CoverageState::NotLoaded));
        db.tell("alter table away rename to arp_entries").await;
        bench.all().await;
        assert_eq!(bench.arp().await.len(), 2, "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn coverage_is_what_was_read_or_is_empty() {
    each_db(async |db: TestDb| {
        let bench = Bench::new(&db).await;
        for (ty, content, state) in [
            ("arp", ARP, Complete),
            ("lldp", "% LLDP is not enabled\n", Complete),
            ("configs", "end\n", Complete),
            ("routes", "10.0.0.0 is", Cut("no <b>prompt</b>".into())),
            ("bgp", "% Invalid input", Refused("% Invalid input".into())),
        ] {
            save(&db, ty, content, state, 50).await;
        }
        bench.all().await;
        save(&db, "arp", &ARP.replace("10.0.0.7", "10.0.0.8"), Complete, 60).await;
        db.upsert_device(&build::device("leaf-2 10.9.9.2"), Timestamp(1000)).await.expect("device");
        let types = Some("arp,lldp,configs,routes,bgp,chassis");
        let report = bench.app.coverage(&Actor::local(), "all", types).await.expect("coverage");
        let states = |device: usize| report.devices[device].cells.iter().map(|c| c.state.as_str()).collect::<Vec<_>>();
        assert_eq!(states(0), ["not_loaded", "empty", "text", "cut", "refused", "unsupported"], "on {}", db.name);
        assert_eq!(states(1), ["missing", "missing", "missing", "missing", "missing", "unsupported"]);
        assert_eq!((report.expected, report.covered, report.percent), (10, 2, Some(20.0)));
        assert!(report.devices[0].cells[5].reason.as_deref().is_some_and(|r| r.contains("inventory")));
        bench.all().await;
        let report = bench.app.coverage(&Actor::local(), "leaf-1", None).await.expect("coverage");
        assert_eq!((report.types[0].rows, report.types[0].percent), (2, Some(100.0)));
        let page = report.to_html();
        assert!(page.contains("no &lt;b&gt;prompt&lt;/b&gt;") && !page.contains("<b>prompt"));
        assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("<script"));
    })
    .await;
}
