use model::{ColumnKind, TenantId, fact};
use store::{Database, SCHEMA_VERSION, Store, StoreConfig, StoreError};
use testkit::{TestDb, build, each_db};

use super::NOW;

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_alone() {
    each_db(async |db: TestDb| {
        db.tell(&format!("insert into schema_steps (step) values ({})", SCHEMA_VERSION + 1)).await;
        let opened = Store::open(&db.config, TenantId::DEFAULT).await.err().expect("refused");
        let (found, known) = (SCHEMA_VERSION + 1, SCHEMA_VERSION);
        let message =
            format!("the database has schema {found}, this program knows schemas up to {known}; use a newer velocity");
        assert_eq!(opened.to_string(), message, "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn a_store_is_opened_by_several_at_once() {
    each_db(async |db: TestDb| {
        db.tell("drop table schema_steps").await;
        let all =
            "source_records cables dcim_ip_addresses dcim_interfaces idempotency_keys api_tokens sessions user_site_roles users notifications notification_rules notification_channels
            schedule_firings schedules worker_losses worker_sites workers job_tags undo_ops undo_records note_versions notes
            device_fields site_tags device_tags tags device_types
            host_key_offers revoked_host_keys host_crypto login_tries login_budgets login_paces device_credentials credentials
            vaults audit_log changes captures run_devices runs jobs fact_loads host_keys device_access device_addresses
            device_macs device_serials devices locations device_roles platforms manufacturers sites tenants";
        for table in fact::KINDS.iter().map(|kind| kind.table).chain(all.split_whitespace()) {
            db.tell(&format!("drop table {table}")).await;
        }
        db.tell("drop view if exists device_texts").await;
        for table in fact::KINDS.iter().map(|kind| kind.table).chain(["devices"]) {
            // Where there is one, it is a table in SQLite and went with its table in PostgreSQL.
            db.tell(&format!("drop table if exists {table}_parts")).await;
        }
        let opened = futures::future::join_all((0..8).map(|_| Store::open(&db.config, TenantId::DEFAULT))).await;
        for store in opened {
            store.expect("opened").upsert_device(&build::device("leaf-1 10.0.0.1 S1"), NOW).await.expect("used");
        }
        assert_eq!(db.reopen().await.devices(&Default::default()).await.expect("read").len(), 1, "on {}", db.name);
    })
    .await;
}

#[tokio::test]
async fn a_tenant_sees_only_its_own() {
    each_db(async |db: TestDb| {
        let other = Store::open(&db.config, TenantId(2)).await.expect("opened");
        db.upsert_device(&build::device("leaf-1 10.0.0.1 S1"), NOW).await.expect("ours");
        let theirs = other.upsert_device(&build::device("leaf-1 10.0.0.1 S1"), NOW).await.expect("theirs");
        assert!(theirs.is_new && theirs.device.slug == "leaf-1", "on {}", db.name);
        assert!(matches!(db.device_by_id(theirs.device.id).await, Err(StoreError::NotFound { .. })));
        assert_eq!(other.devices(&Default::default()).await.expect("read"), [theirs.device]);
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_tables_of_facts_have_the_columns_of_their_kinds() {
    each_db(async |db: TestDb| {
        for kind in fact::KINDS {
            for column in kind.columns {
                let beside = match column.kind {
                    ColumnKind::Ip | ColumnKind::Prefix => format!(", {}_key", column.name),
                    ColumnKind::Interface => format!(", {}_seen", column.name),
                    _ => String::new(),
                };
                db.tell(&format!("select {}{beside} from {} limit 0", column.name, kind.table)).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_opened_is_named_without_its_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "this is no database, and longer than a header of one hundred bytes has to be. ".repeat(3))
        .expect("written");
    let open = async |database: Database, captures_dir: &str| {
        let config = StoreConfig { database, captures_dir: folder.path().join(captures_dir) };
        Store::open(&config, TenantId::DEFAULT).await.err().expect("refused").to_string()
    };
    let shown = |path: &str| format!("cannot open {}", folder.path().join(path).display());
    assert_eq!(open(Database::Sqlite(file.clone()), "captures").await, shown("file"));
    assert_eq!(
        open(Database::Sqlite(folder.path().join("file/x/velocity.db")), "c").await,
        shown("file/x/velocity.db")
    );
    assert_eq!(open(Database::Sqlite(folder.path().join("db")), "file").await, shown("file"));
    let nobody = Database::from_url("postgres://velocity:secret@127.0.0.1:1/velocity");
    assert_eq!(open(nobody, "captures").await, "cannot open postgres://127.0.0.1:1/velocity");
}
