//! Jobs out of a `collector.db` of VelocityCollector, as its own schema has them.

use std::path::Path;

use app::{Actor, App, JobQuery, Write};
use model::{Protocol, SaveRule};
use sqlx::Connection;

const JOBS: &str = "
    create table jobs (id integer primary key, name text, slug text, description text, capture_type text, vendor text,
        credential_id integer, protocol text, device_filter_source text, device_filter_platform_id integer,
        device_filter_site_id integer, device_filter_role_id integer, device_filter_name_pattern text,
        device_filter_status text, paging_disable_command text, command text, output_directory text, use_textfsm integer,
        textfsm_template text, validation_min_score integer, store_failures integer, max_workers integer,
        timeout_seconds integer, inter_command_delay integer, is_enabled integer, schedule_enabled integer, schedule_cron text);
    create table job_commands (id integer primary key, job_id integer, sequence integer, command text,
        output_directory text, textfsm_template text);
    create table job_tags (id integer primary key, name text, color text);
    create table job_tag_assignments (job_id integer, tag_id integer);
    create table credentials (id integer primary key, name text);
    insert into credentials values (3, 'lab');
    insert into job_tags values (1, 'daily', '#ff0000'), (2, 'core', '#00ff00');
    insert into job_tag_assignments values (1, 1), (1, 2), (9, 1);
    insert into jobs values
        (1, 'Cisco ARP', 'cisco-arp', 'every night', 'arp', 'cisco', 3, 'ssh', 'database', 5, 7, null, 'fra-*', 'active',
         'terminal length 0', 'show ip arp', 'arp', 1, null, 0, 1, 12, 90, 2, 1, 1, '0 2 * * *'),
        (2, 'Old boxes', 'old-boxes', null, 'clock', 'cisco', null, 'telnet', 'database', null, null, null, null, null,
         null, null, 'clock', 0, null, 0, 0, 4, 30, 0, 0, 0, null),
        (3, 'By file', 'by-file', null, 'arp', 'cisco', null, 'ssh', 'file', null, null, null, null, null,
         null, 'show ip arp', 'arp', 0, null, 0, 0, 4, 30, 0, 1, 0, null),
        (4, 'Lost site', 'lost-site', null, 'arp', 'cisco', null, 'ssh', 'database', null, 99, null, null, null,
         null, 'show ip arp', 'arp', 0, null, 0, 0, 4, 30, 0, 1, 0, null);
    insert into job_commands values (2, 2, 2, 'show users', 'users', null), (1, 2, 1, 'show clock', null, null);";

const PLACES: &str = "
    create table dcim_platform (id integer primary key, slug text, netmiko_device_type text);
    create table dcim_site (id integer primary key, name text);
    create table dcim_device_role (id integer primary key, slug text);
    insert into dcim_platform values (5, 'ios', 'cisco_ios');
    insert into dcim_site values (7, 'Frankfurt');";

async fn write(file: &Path, sql: &'static str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let mut db = sqlx::SqliteConnection::connect_with(&options).await.expect("a file");
    sqlx::raw_sql(sql).execute(&mut db).await.expect("written");
    db.close().await.expect("closed");
}

#[tokio::test]
async fn jobs_of_a_collector_database_are_taken_over_and_never_ask_more_devices() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path().join("home");
    app::init(&home, &app::InitOptions { defaults: true, dry_run: false }).await.expect("made");
    let app = App::open(&home).await.expect("opened");
    let file = folder.path().join("collector.db");
    write(&file, JOBS).await;
    let actor = Actor::local();

    let take = async || app.migrate_jobs(&actor, std::slice::from_ref(&file), &Write::default()).await.expect("read");
    let done = take().await;
    let names = |done: &app::Migrated| done.jobs.iter().map(|j| j.draft.slug()).collect::<Vec<_>>();
    // What it filters by is in the other file, which is not there: left out, and said.
    assert_eq!((names(&done), done.problems.len()), (vec!["old-boxes".to_owned()], 3), "{:?}", done.problems);

    write(&folder.path().join("dcim.db"), PLACES).await;
    let done = take().await;
    assert_eq!(names(&done), ["cisco-arp", "old-boxes"]);
    let problems = done.problems.join("\n");
    assert!(problems.contains("from `file`") && problems.contains("device_filter_site_id 99"), "{problems}");
    assert!(done.jobs[0].notes.iter().any(|note| note.contains("--cron \"0 2 * * *\"")), "{:?}", done.jobs[0].notes);

    let jobs = app.jobs(&actor, &JobQuery::default()).await.expect("jobs");
    let job = |slug: &str| jobs.iter().find(|j| j.slug == slug).expect("kept").clone();
    let arp = job("cisco-arp");
    assert_eq!(
        (arp.spec.which.site.as_slice(), arp.spec.which.platform.as_slice()),
        (&["Frankfurt".to_owned()][..], &["cisco_ios".to_owned()][..])
    );
    assert_eq!(
        (arp.spec.which.status.as_slice(), arp.spec.how.credentials.as_slice()),
        (&["active".to_owned()][..], &["lab".to_owned()][..])
    );
    assert_eq!(
        (arp.spec.how.concurrency, arp.spec.how.timeout, arp.spec.how.save),
        (Some(12), Some(90), SaveRule::All)
    );
    assert_eq!(arp.tags.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(), ["core", "daily"]);
    assert!(arp.enabled && arp.spec.which.to_string().contains("fra-*"), "{}", arp.spec.which);
    let old = job("old-boxes");
    assert_eq!((old.enabled, old.spec.how.protocol), (false, Some(Protocol::Telnet)));
    let commands: Vec<&str> = old.spec.what.commands.iter().map(|c| c.command.as_str()).collect();
    assert_eq!(commands, ["show clock", "show users"], "in their order");
}
