//! An empty PostgreSQL database for each test.

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection, postgres::PgConnectOptions};
pub use testpg::{ENV, Server, shared};

/// An empty database with a name that no other has.
pub struct FreshDatabase {
    server: PgConnectOptions,
    name: String,
    url: String,
}

impl FreshDatabase {
    /// # Panics
    /// When the server refuses.
    pub async fn create(server: &Server) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("velocity_test_{}_{number}", std::process::id());
        let options: PgConnectOptions = server.url().parse().unwrap_or_else(|e| panic!("{ENV}: {e}"));
        let fresh = Self { url: server.url_of(&name), server: options.disable_statement_logging(), name };
        fresh.tell(&format!("drop database if exists {} with (force)", fresh.name)).await;
        fresh.tell(&format!("create database {}", fresh.name)).await;
        fresh
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub async fn remove(self) {
        self.tell(&format!("drop database {} with (force)", self.name)).await;
    }

    async fn tell(&self, statement: &str) {
        let told = async {
            let mut server: PgConnection = self.server.connect().await?;
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut server).await
        };
        told.await.unwrap_or_else(|e| panic!("{statement}: {e}"));
    }
}
