//! Opening: the pools, the schema, the tenant.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use model::TenantId;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgPool, SqlitePool};

use crate::content::Contents;
use crate::gather::Gathering;
use crate::recent::Recent;
use crate::sql::Dialect;
use crate::tx::Conn;
use crate::{Database, StoreConfig, StoreError, StoreResult, Tx, migrate};

/// Pages in the log of SQLite before they are written to the file: 64 MB. A load of facts touches pages all over the
/// indexes of addresses; each way to the file waits for the disk, and more of them meet in one where it is taken less often.
const CHECKPOINT: &str = "16000";

/// How long another writer is waited for before [`StoreError::Busy`].
const PATIENCE: Duration = Duration::from_secs(30);
const READERS: u32 = 4;
const POSTGRES_WRITERS: u32 = 8;

/// Whether the server is still there is asked of a connection that was idle for so long. Before each statement it would be
/// a second way to the server and back.
const IDLE: Duration = Duration::from_secs(1);

/// The database and the captured contents, for one tenant. Cloning is cheap; clones share the connections.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
    tenant: TenantId,
    pub(crate) contents: Arc<Contents>,
    gathering: Option<Gathering>,
    recent: Arc<Recent>,
}

#[derive(Clone)]
enum Pools {
    /// SQLite has one writer at a time; queueing for it here is fair, and cheaper than finding it busy.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres {
        writers: PgPool,
        readers: PgPool,
    },
}

impl Store {
    /// Opens the database, brings its schema up to date, and sees to the tenant. Safe to do from several
    /// processes at once.
    ///
    /// # Errors
    /// [`StoreError::CannotOpen`], [`StoreError::SchemaNewer`], [`StoreError::Busy`], [`StoreError::DiskFull`].
    pub async fn open(config: &StoreConfig, tenant: TenantId) -> StoreResult<Store> {
        let store = Self::connect(config, tenant).await?;
        migrate::run(&store).await?;
        Ok(store)
    }

    /// As [`Store::open`], with the schema as it is.
    pub(crate) async fn connect(config: &StoreConfig, tenant: TenantId) -> StoreResult<Store> {
        let contents = Arc::new(Contents::open(&config.captures_dir)?);
        let cannot_open = |e: sqlx::Error| match StoreError::from(e) {
            StoreError::Database(e) | StoreError::Unavailable(e) | StoreError::Malformed(e) => {
                StoreError::cannot_open(&config.database, e)
            }
            other => other,
        };
        let pools = match &config.database {
            Database::Sqlite(path) => match open_sqlite(path).await {
                Err(e) if is_locked_up(path) => return Err(StoreError::ReadOnly(e)),
                opened => opened.map_err(cannot_open)?,
            },
            Database::Postgres(url) => open_postgres(url).await.map_err(cannot_open)?,
        };
        Ok(Store { pools, tenant, contents, gathering: None, recent: Arc::default() })
    }

    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub(crate) fn postgres(&self) -> Option<&PgPool> {
        match &self.pools {
            Pools::Postgres { writers, .. } => Some(writers),
            Pools::Sqlite { .. } => None,
        }
    }

    /// Begins a transaction that may write.
    pub async fn begin(&self) -> StoreResult<Tx> {
        let conn = match &self.pools {
            Pools::Sqlite { writer, .. } => Conn::Sqlite(writer.begin_with("begin immediate").await?),
            Pools::Postgres { writers, .. } => Conn::Postgres(writers.begin().await?),
        };
        Ok(self.tx(conn))
    }

    /// The same verbs outside of a transaction, for one that only reads.
    pub(crate) async fn reader(&self) -> StoreResult<Tx> {
        let conn = match &self.gathering {
            Some(gathering) => Conn::Gathered(self.clone(), gathering.clone()),
            None => self.read_connection().await?,
        };
        Ok(self.tx(conn))
    }

    pub(crate) async fn read_connection(&self) -> StoreResult<Conn> {
        Ok(match &self.pools {
            Pools::Sqlite { readers, .. } => Conn::SqliteReader(readers.acquire().await?),
            Pools::Postgres { readers, .. } => Conn::PostgresReader(readers.acquire().await?),
        })
    }

    /// The same store, of which the readers put their questions there.
    pub(crate) fn gathering(&self, gathering: Gathering) -> Store {
        Store { gathering: Some(gathering), ..self.clone() }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match &self.pools {
            Pools::Sqlite { .. } => Dialect::Sqlite,
            Pools::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// A transaction that reads the database as it is at its first statement.
    pub(crate) async fn snapshot(&self) -> StoreResult<Tx> {
        let conn = match &self.pools {
            Pools::Sqlite { readers, .. } => Conn::Sqlite(readers.begin().await?),
            Pools::Postgres { writers, .. } => {
                let mut tx = writers.begin_with("begin isolation level repeatable read, read only").await?;
                // It keeps nobody waiting, and a backup writes much between two questions.
                sqlx::raw_sql("set local idle_in_transaction_session_timeout = 0").execute(&mut *tx).await?;
                Conn::Postgres(tx)
            }
        };
        Ok(self.tx(conn))
    }

    fn tx(&self, conn: Conn) -> Tx {
        let (made, named) = Default::default();
        Tx { conn, tenant: self.tenant, contents: self.contents.clone(), recent: self.recent.clone(), made, named }
    }

    /// Ends all connections, waiting for those in use.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres { writers, readers } => {
                readers.close().await;
                writers.close().await;
            }
        }
    }
}

/// Whether nothing can be written where the file is: SQLite says then only that it cannot be opened.
fn is_locked_up(path: &Path) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    let denied = |e: std::io::Error| matches!(e.kind(), PermissionDenied | ReadOnlyFilesystem);
    let file = std::fs::OpenOptions::new().write(true).open(path).err().is_some_and(denied);
    let probe = path.with_extension("db-probe");
    let folder = std::fs::write(&probe, b"").err().is_some_and(denied);
    let _ = std::fs::remove_file(probe);
    file || folder
}

async fn open_sqlite(path: &Path) -> sqlx::Result<Pools> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(256)
        .row_buffer_size(1024)
        .pragma("temp_store", "memory")
        .pragma("wal_autocheckpoint", CHECKPOINT)
        .pragma("cache_size", "-16000");
    let pool = |max| {
        let pool = SqlitePoolOptions::new().max_connections(max).acquire_timeout(2 * PATIENCE);
        // A file does not go away as a server does: no ping each time.
        pool.test_before_acquire(false)
    };
    let writer = pool(1).connect_with(options.clone()).await?;
    let readers = pool(READERS).connect_lazy_with(options.pragma("query_only", "1"));
    Ok(Pools::Sqlite { writer, readers })
}

/// To compile a plan takes up to a second; what is asked for here takes milliseconds. A machine that is gone says no good-bye: what
/// it has locked is free again after half a minute, not after the two hours of TCP.
const SESSION: &str = "set jit = off; set idle_in_transaction_session_timeout = '30s'; set tcp_keepalives_idle = 10;
    set tcp_keepalives_interval = 5; set tcp_keepalives_count = 4; set tcp_user_timeout = '30s'";

/// For those that read: a statement is planned once for all arguments, not five times before. To plan one that holds several takes
/// longer than to run it.
const READER: &str = "set plan_cache_mode = force_generic_plan";

async fn open_postgres(url: &str) -> sqlx::Result<Pools> {
    let options: PgConnectOptions = url.parse()?;
    let options = options.application_name("velocity").statement_cache_capacity(256);
    // A pool tries a server that is not there again and again; one connection says at once what is wrong.
    options.connect().await?.close().await?;
    let pool = |max, session: String| {
        let pool = PgPoolOptions::new().max_connections(max).acquire_timeout(PATIENCE);
        let pool = pool.after_connect(move |db, _| {
            let session = AssertSqlSafe(session.clone());
            Box::pin(async move { sqlx::raw_sql(session).execute(db).await.map(drop) })
        });
        pool.test_before_acquire(false)
            .before_acquire(|db, known| Box::pin(async move { Ok(known.idle_for < IDLE || db.ping().await.is_ok()) }))
    };
    let writers = pool(POSTGRES_WRITERS, SESSION.to_owned()).connect_lazy_with(options.clone());
    let cores = std::thread::available_parallelism().map_or(2, |n| n.get() as u32);
    let readers = pool((2 * cores).clamp(4, 16), format!("{SESSION}; {READER}")).connect_lazy_with(options);
    Ok(Pools::Postgres { writers, readers })
}
