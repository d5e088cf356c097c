//! The same test on SQLite and on PostgreSQL.

use std::ops::Deref;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::PathBuf;

use futures::FutureExt;
use model::TenantId;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use store::{Database, Store, StoreConfig};

use crate::postgres::{self, FreshDatabase};

/// A new, empty store. Use it as the [`Store`] that it is.
pub struct TestDb {
    pub store: Store,
    /// How to open it once more.
    pub config: StoreConfig,
    /// `SQLite` or `PostgreSQL`, for messages.
    pub name: &'static str,
}

impl Deref for TestDb {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl TestDb {
    /// Opens the same database again, as another process would.
    pub async fn reopen(&self) -> Store {
        Store::open(&self.config, self.store.tenant()).await.unwrap_or_else(|e| panic!("{}: {e:?}", self.name))
    }

    /// The folder of an installation that has this database.
    pub fn home(&self) -> PathBuf {
        let home = self.config.captures_dir.parent().expect("a folder").to_path_buf();
        let config = match &self.config.database {
            Database::Postgres(url) => format!("database_url: {url}\n"),
            Database::Sqlite(_) => "{}\n".to_owned(),
        };
        std::fs::write(home.join("config.yaml"), config).expect("written");
        home
    }

    /// A statement past the store, over a connection of its own.
    pub async fn tell(&self, statement: &str) {
        let text = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()));
        let told = match &self.config.database {
            Database::Sqlite(path) => {
                let url = format!("sqlite:{}", path.display());
                let mut db = SqliteConnection::connect(&url).await.unwrap_or_else(|e| panic!("{url}: {e}"));
                text.execute(&mut db).await.map(drop)
            }
            Database::Postgres(url) => {
                let mut db = PgConnection::connect(url).await.unwrap_or_else(|e| panic!("{url}: {e}"));
                text.execute(&mut db).await.map(drop)
            }
        };
        told.unwrap_or_else(|e| panic!("{statement}: {e}"));
    }
}

/// Runs the test on a new SQLite file, then on a new PostgreSQL database; both are removed afterwards, also when
/// the test panics. Where there is no PostgreSQL it says so and goes on, except in CI.
pub async fn each_db(test: impl AsyncFn(TestDb)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sqlite = Database::Sqlite(folder.path().join("velocity.db"));
    run("SQLite", sqlite, &folder, &test).await;

    let Some(server) = postgres::shared() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let fresh = FreshDatabase::create(server).await;
    let database = Database::Postgres(fresh.url().to_owned());
    let outcome = AssertUnwindSafe(run("PostgreSQL", database, &folder, &test)).catch_unwind().await;
    fresh.remove().await;
    outcome.unwrap_or_else(|panic| resume_unwind(panic));
}

async fn run(name: &'static str, database: Database, folder: &tempfile::TempDir, test: &impl AsyncFn(TestDb)) {
    let config = StoreConfig { database, captures_dir: folder.path().join("captures") };
    let store = Store::open(&config, TenantId::DEFAULT).await.unwrap_or_else(|e| panic!("{name}: {e:?}"));
    println!("on {name}");
    test(TestDb { store: store.clone(), config, name }).await;
    store.close().await;
}
