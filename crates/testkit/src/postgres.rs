//! An empty PostgreSQL database for each test.

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection, postgres::PgConnectOptions};
pub use testpg::{ENV, Server, shared};

/// An empty database with a name that no other has.
pub struct FreshDatabase {
    server: PgConnectOptions,
    name: String,
    url: String,
    /// Whether there is a user of its name.
    has_user: bool,
}

impl FreshDatabase {
    /// # Panics
    /// When the server refuses.
    pub async fn create(server: &Server) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("velocity_test_{}_{number}", std::process::id());
        let options: PgConnectOptions = server.url().parse().unwrap_or_else(|e| panic!("{ENV}: {e}"));
        let fresh =
            Self { url: server.url_of(&name), server: options.disable_statement_logging(), name, has_user: false };
        fresh.tell(&format!("drop database if exists {} with (force)", fresh.name)).await;
        fresh.tell(&format!("create database {}", fresh.name)).await;
        fresh
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its URL for a user who may make tables in it, and nothing else: no extensions.
    pub async fn url_of_plain_user(&mut self) -> String {
        let name = &self.name;
        self.tell(&format!("drop role if exists {name}; create role {name} login password '{name}'")).await;
        let own: PgConnectOptions = self.url.parse().unwrap_or_else(|e| panic!("{ENV}: {e}"));
        tell(&own.disable_statement_logging(), &format!("grant create on schema public to {name}")).await;
        self.has_user = true;
        let (scheme, rest) = self.url.split_once("://").unwrap_or_default();
        let place = rest.split_once('@').map_or(rest, |(_, place)| place);
        format!("{scheme}://{name}:{name}@{place}")
    }

    pub async fn remove(self) {
        self.tell(&format!("drop database {} with (force)", self.name)).await;
        if self.has_user {
            self.tell(&format!("drop role {}", self.name)).await;
        }
    }

    async fn tell(&self, statement: &str) {
        tell(&self.server, statement).await;
    }
}

async fn tell(server: &PgConnectOptions, statement: &str) {
    let told = async {
        let mut server: PgConnection = server.connect().await?;
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut server).await
    };
    told.await.unwrap_or_else(|e| panic!("{statement}: {e}"));
}
