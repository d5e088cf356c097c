//! The vault as a user has it: made, filled, used by a run, damaged; and where its secrets are not.

use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use lab::{Fault, HangAt};
use store::{Database, NewCredential, Store, StoreConfig, StoredCredential};
use vault::{Header, Policy};

use crate::bench::{Bench, Said, Site};

const PASSWORD: &str = "correct-horse-of-the-vault";
const UNUSED: &str = "token-that-no-run-needs";
const OTHER: &str = "password-of-another-account";

/// Runs a command with the password of the vault in its environment.
fn tell(bench: &Bench, args: &[&str], input: &str) -> Said {
    bench.run_with(args, input, &[("VELOCITY_VAULT_PASS", Path::new(PASSWORD))])
}

/// A vault with the account of the lab, and two secrets that no run of these tests needs.
fn filled(site: Option<&Site>) -> Bench {
    let bench = Bench::new();
    tell(&bench, &["vault", "init"], "").ok();
    let password = site.map_or("lab-password\n".to_owned(), Site::password);
    tell(&bench, &["vault", "add", "lab", "-u", "admin", "--default", "--password-stdin"], &password).ok();
    tell(&bench, &["vault", "add", "other", "-u", "root", "--password-stdin"], &format!("{OTHER}\n")).ok();
    tell(&bench, &["vault", "add", "netbox", "--token", "--password-stdin"], &format!("{UNUSED}\n")).ok();
    bench
}

pub fn with_store<T>(bench: &Bench, work: impl AsyncFnOnce(Store) -> T) -> T {
    let runtime = tokio::runtime::Runtime::new().expect("runtime");
    let home = bench.home();
    let config =
        StoreConfig { database: Database::Sqlite(home.join("velocity.db")), captures_dir: home.join("captures") };
    runtime.block_on(async {
        let store = Store::open(&config, model::TenantId::DEFAULT).await.expect("the database");
        let done = work(store.clone()).await;
        store.close().await;
        done
    })
}

fn names(said: &Said) -> Vec<String> {
    let list = said.json();
    let names = list.as_array().expect("a list").iter().map(|c| c["name"].as_str().expect("a name").to_owned());
    names.collect()
}

#[test]
fn a_run_takes_its_log_ins_from_the_vault() {
    let site = Site::new(12, 1, 161);
    let bench = filled(Some(&site));
    let seed = site.running.seed();
    let report = tell(&bench, &["discover", &seed, "--json"], "").ok().json();
    assert_eq!(report["devices_succeeded"], 12, "{report}");
    // The vault is opened once for both.
    tell(&bench, &["vault", "add", "ro", "--snmp-community", "--password-stdin"], "a-community\n").ok();
    let both = ["discover", &seed, "--credential", "lab,ro", "--depth", "0", "--dry-run", "--json"];
    assert_eq!(tell(&bench, &both, "").json()["devices_succeeded"], 1);
    let args = ["capture", "--types", "version", "--credential", "lab", "--json"];
    assert_eq!(tell(&bench, &args, "").ok().json()["devices_succeeded"], 12);
    let said = bench.run(&args, "");
    assert!(said.code == 1 && said.err.contains("velocity vault unlock"), "locked, and nobody to ask: {said:?}");
    let said = tell(&bench, &["capture", "--credential", "netbox"], "");
    assert!(said.code == 2 && said.err.contains("is of kind token"), "{said:?}");
}

#[test]
fn nothing_shows_a_secret_until_it_is_revealed_and_that_is_written_down() {
    let bench = filled(None);
    let list = bench.run(&["vault", "list", "--json"], "").ok();
    assert_eq!(names(&list), ["lab", "netbox", "other"], "the default first; no password is needed");
    let show = bench.run(&["vault", "show", "lab", "--json"], "").ok();
    assert!(!list.out.contains("lab-password") && !show.out.contains("lab-password"));
    assert_eq!(tell(&bench, &["vault", "show", "lab", "--reveal"], "").code, 2, "without a terminal it wants --yes");
    let shown = tell(&bench, &["vault", "show", "lab", "--reveal", "--yes", "--json"], "").ok().json();
    assert_eq!(shown["secrets"]["password"], "lab-password");
    let told = with_store(&bench, async |store| store.audit_log(&store::AuditFilter::default()).await.expect("read"));
    assert_eq!((told[0].action.as_str(), told[0].object.as_str()), ("vault.reveal", "credential lab"));
    assert!(!format!("{told:?}").contains("lab-password"));
}

#[test]
fn a_dry_run_changes_nothing() {
    let bench = filled(None);
    let before = bench.run(&["vault", "list", "--json"], "").ok().out;
    for args in [
        &["vault", "add", "new", "-u", "a", "--password-stdin", "--dry-run"][..],
        &["vault", "remove", "lab", "--dry-run"],
        &["vault", "set-default", "other", "--dry-run"],
        &["vault", "change-password", "--password-stdin", "--dry-run"],
        &["vault", "reset", "--dry-run"],
    ] {
        tell(&bench, args, "another password\n").ok();
    }
    assert_eq!(bench.run(&["vault", "list", "--json"], "").ok().out, before);
    tell(&bench, &["vault", "check"], "").ok();
}

#[test]
fn a_new_password_opens_everything_and_the_old_one_nothing() {
    let bench = filled(None);
    tell(&bench, &["vault", "change-password", "--password-stdin"], "battery staple\n").ok();
    let said = tell(&bench, &["vault", "check"], "");
    assert!(said.code == 1 && said.err.contains("the password is wrong"), "{said:?}");
    let environment = [("VCOLLECTOR_VAULT_PASS", Path::new("battery staple"))];
    bench.run_with(&["vault", "check"], "", &environment).ok();
    let said = bench.run(&["vault", "check", "--vault-pass-fd", "0"], "battery staple\n").ok();
    assert_eq!(said.out.trim(), "all is well");
}

#[test]
fn an_export_fills_an_empty_vault() {
    let bench = filled(None);
    let file = bench.dir.path().join("vault.json");
    let file = file.to_string_lossy();
    tell(&bench, &["vault", "export", &file, "--password-stdin"], "of the export\n").ok();
    let text = fs::read_to_string(&*file).expect("the export");
    assert!(!text.contains(OTHER) && !text.contains("netbox"));
    tell(&bench, &["vault", "reset", "--yes"], "").ok();
    tell(&bench, &["vault", "init"], "").ok();
    let said = tell(&bench, &["vault", "import", &file, "--password-stdin"], "of another\n");
    assert!(said.code == 1 && said.err.contains("the password is wrong"), "{said:?}");
    tell(&bench, &["vault", "import", &file, "--password-stdin"], "of the export\n").ok();
    let shown = tell(&bench, &["vault", "show", "other", "--reveal", "--yes", "--json"], "").ok().json();
    assert_eq!((shown["secrets"]["password"].as_str(), shown["username"].as_str()), (Some(OTHER), Some("root")));
    assert_eq!(names(&bench.run(&["vault", "list", "--json"], "")), ["lab", "netbox", "other"]);
}

#[test]
fn the_vault_of_velocitycollector_is_read_from_its_database() {
    let bench = filled(None);
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/../vault/tests/predecessor.db");
    let said = tell(&bench, &["vault", "import", old, "--replace", "--password-stdin"], "old password\n").ok();
    assert!(said.out.contains("replaced"), "{said:?}");
    let shown = tell(&bench, &["vault", "show", "lab", "--reveal", "--yes", "--json"], "").ok().json();
    assert_eq!(shown["secrets"]["password"], "old-lab-pässword");
}

#[test]
fn one_credential_that_is_damaged_or_was_put_back_leaves_the_others() {
    let bench = filled(None);
    let stored = |name: &str| -> StoredCredential {
        let all = with_store(&bench, async |store| store.credentials().await.expect("read"));
        all.into_iter().find(|c| c.name == name).expect("a credential")
    };
    let write = |old: &StoredCredential, sealed: &[u8]| {
        let (name, kind, username, realm, holds) = (&*old.name, &*old.kind, &*old.username, &*old.realm, &*old.holds);
        let (priority, notes, revision) = (old.priority, &*old.notes, old.revision);
        let row = NewCredential { name, kind, username, realm, holds, priority, notes, revision, sealed };
        with_store(&bench, async |store| {
            let mut tx = store.begin().await.expect("begun");
            tx.replace_credential(old.id, &row, model::Timestamp(0)).await.expect("written");
            tx.commit().await.expect("committed");
        });
    };
    let old = stored("lab");
    tell(&bench, &["vault", "add", "lab", "-u", "admin", "--replace", "--password-stdin"], "newer\n").ok();
    write(&old, &old.sealed);
    let other = stored("other");
    let mut damaged = other.sealed.clone();
    damaged[100] ^= 1;
    write(&other, &damaged);

    let faults = tell(&bench, &["vault", "check", "--json"], "");
    assert_eq!(faults.code, 1);
    assert!(faults.out.contains("an old row was put back") && faults.out.contains("`other` is damaged"), "{faults:?}");
    let said = tell(&bench, &["vault", "show", "lab", "--reveal", "--yes"], "");
    assert!(said.code == 1 && said.err.contains("put back"), "{said:?}");
    tell(&bench, &["vault", "show", "netbox", "--reveal", "--yes"], "").ok();

    tell(&bench, &["vault", "check", "--repair"], "").ok();
    tell(&bench, &["vault", "show", "lab", "--reveal", "--yes"], "").ok();
    tell(&bench, &["vault", "remove", "other", "--yes"], "").ok();
    tell(&bench, &["vault", "check"], "").ok();
}

#[test]
fn the_keyring_keeps_the_key_until_the_vault_is_locked() {
    let bench = filled(None);
    let said = tell(&bench, &["vault", "unlock"], "");
    if said.err.contains("the keyring of the system cannot be used") {
        println!("no keyring here: {}", said.err);
        return;
    }
    said.ok();
    let add = ["vault", "add", "more", "-u", "a", "--password-stdin"];
    bench.run(&add, "without the password of the vault\n").ok();
    assert_eq!(bench.run(&["vault", "show", "--json"], "").ok().json()["unlocked"], true);
    // Another master key: what the keyring keeps opens nothing any more, and is gone.
    tell(&bench, &["vault", "change-password", "--password-stdin"], &format!("{PASSWORD}\n")).ok();
    assert_eq!(bench.run(&["vault", "check"], "").code, 1);
    tell(&bench, &["vault", "unlock", "--minutes", "5"], "").ok();
    bench.run(&["vault", "check"], "").ok();
    bench.run(&["vault", "lock"], "").ok();
    let said = bench.run(&["vault", "check"], "");
    assert!(said.code == 1 && said.err.contains("the vault is locked"), "{said:?}");
}

/// While a run goes on, its memory holds the log-ins that it uses. It holds no password and no key of the vault, and no
/// other secret; its environment, its arguments and the data directory hold no secret at all.
#[test]
#[cfg(target_os = "linux")]
fn a_run_holds_the_secrets_that_it_uses_and_no_others() {
    let site = Site::new(12, 1, 162);
    let bench = filled(Some(&site));
    tell(&bench, &["discover", &site.running.seed(), "--credential", "lab", "--quiet"], "").ok();
    let master = with_store(&bench, async |store| {
        let stored = store.vault().await.expect("read").expect("a vault");
        let header = Header::decode(&stored.header).expect("a header");
        secrecy::ExposeSecret::expose_secret(
            &header.unlock(&PASSWORD.into(), Policy::STANDARD).expect("unlocked").expose(),
        )
        .to_vec()
    });
    let victim = site.leaf(0);
    site.running.fault(&victim, Fault::Hang(HangAt::Command)).expect("fault");
    let args = ["capture", "--types", "configs,version", "--credential", "lab", "--quiet", "--timeout", "300"];
    let mut run = bench.start(&args, "", &[("VELOCITY_VAULT_PASS", Path::new(PASSWORD))]);
    wait_for_the_others(&bench);

    let memory = memory(&run);
    let told = ["environ", "cmdline"].map(|file| fs::read(format!("/proc/{}/{file}", run.id())).expect(file));
    assert_eq!(run.try_wait().expect("a process"), None, "it was looked at while it went");
    run.kill().expect("killed");
    run.wait().expect("ended");

    let holds = |secret: &[u8]| memory.iter().any(|region| memchr::memmem::find(region, secret).is_some());
    assert!(holds(site.running.password().as_bytes()), "what it logs in with is there, or nothing was looked through");
    assert!(!holds(PASSWORD.as_bytes()), "the password of the vault");
    assert!(!holds(&master), "the master key");
    assert!(!holds(UNUSED.as_bytes()) && !holds(OTHER.as_bytes()), "secrets that it does not use");
    for secret in [PASSWORD, UNUSED, OTHER, site.running.password()] {
        let shows = |text: &Vec<u8>| memchr::memmem::find(text, secret.as_bytes()).is_some();
        assert!(!told.iter().any(shows), "its environment or its arguments");
    }
    for secret in [PASSWORD, UNUSED, OTHER, site.running.password()] {
        let found = std::process::Command::new("grep").args(["-rlaF", secret]).arg(bench.home()).output();
        let found = found.expect("grep").stdout;
        assert!(found.is_empty(), "{}", String::from_utf8_lossy(&found));
    }
}

/// Until all devices but the one that hangs are done.
fn wait_for_the_others(bench: &Bench) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while Instant::now() < deadline {
        let runs = bench.run(&["executions", "list", "--json"], "").ok().json();
        if runs[0]["kind"] == "collection" && runs[0]["succeeded"] == 11 {
            return;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("the run did not come so far");
}

/// All that the process can read and write.
#[cfg(target_os = "linux")]
fn memory(process: &Child) -> Vec<Vec<u8>> {
    let maps = fs::read_to_string(format!("/proc/{}/maps", process.id())).expect("maps");
    let mut mem = fs::File::open(format!("/proc/{}/mem", process.id())).expect("mem");
    let region = |line: &str| -> Option<Vec<u8>> {
        let (range, rest) = line.split_once(' ')?;
        if !rest.starts_with("rw") {
            return None;
        }
        let (from, to) = range.split_once('-')?;
        let (from, to) = (u64::from_str_radix(from, 16).ok()?, u64::from_str_radix(to, 16).ok()?);
        let mut bytes = vec![0; usize::try_from(to - from).ok()?];
        mem.seek(SeekFrom::Start(from)).ok()?;
        mem.read_exact(&mut bytes).ok()?;
        Some(bytes)
    };
    maps.lines().filter_map(region).collect()
}
