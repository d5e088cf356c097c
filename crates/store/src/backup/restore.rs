//! Filling an empty database, in one transaction: all of it is there, or nothing.

use bytes::Bytes;
use model::TenantId;

use super::{Chunk, Shape, Table};
use crate::sql::{Dialect, Sql};
use crate::{Store, StoreConfig, StoreError, StoreResult, Tx, migrate};

/// A database that is being filled.
pub struct Restore {
    store: Store,
    tx: Tx,
    shapes: Vec<Shape>,
}

impl Restore {
    /// Opens an empty database and gives it the schema that the rows had.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the database is not empty, [`StoreError::SchemaNewer`].
    pub async fn begin(config: &StoreConfig, tenant: TenantId, steps: &[i64]) -> StoreResult<Restore> {
        let store = Store::connect(config, tenant).await?;
        let mut tx = store.begin().await?;
        if !tx.shapes().await?.is_empty() {
            return Err(StoreError::Conflict(format!("{} is not empty", config.database)));
        }
        migrate::apply_these(&mut tx, steps).await?;
        let shapes = tx.shapes().await?;
        for shape in &shapes {
            // Steps may have put rows there that the backup has too.
            let sql = Sql::new(format!("delete from {}", shape.name), tx.dialect());
            tx.execute(sql).await?;
        }
        Ok(Restore { store, tx, shapes })
    }

    /// Writes rows that a [`super::Snapshot`] of a database with the same steps gave.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] for a table or columns that the schema does not have, and for rows that do not fit.
    pub async fn rows(&mut self, table: &Table, chunk: &Chunk) -> StoreResult<u64> {
        let unknown = || {
            StoreError::Conflict(format!(
                "the schema has no such table or columns: {}",
                model::text::shown(&table.name)
            ))
        };
        let shape = self.shapes.iter().find(|s| s.name == table.name).ok_or_else(unknown)?;
        let like = |column: &String| shape.columns.iter().find(|(name, _)| name == column).map(|(_, like)| like);
        let likes: Vec<_> = table.columns.iter().map(like).collect::<Option<_>>().ok_or_else(unknown)?;
        let mut sql = Sql::new(format!("insert into {} (", shape.name), self.tx.dialect());
        sql.push(&table.columns.join(", ")).push(") select ");
        for (n, like) in likes.into_iter().enumerate() {
            sql.push(if n == 0 { "" } else { ", " }).element(n, like);
        }
        let lines: Vec<&str> = chunk.lines.lines().collect();
        sql.push(" from ").each_of(format!("[{}]", lines.join(",")));
        let inserted = self.tx.execute(sql).await?;
        if inserted != chunk.rows {
            return Err(StoreError::Conflict(format!("{}: {inserted} of {} rows", shape.name, chunk.rows)));
        }
        Ok(inserted)
    }

    /// Keeps a content; see [`Store::keep_packed`].
    pub async fn content(&self, name: &str, packed: Bytes) -> StoreResult<()> {
        self.store.keep_packed(name, packed).await
    }

    /// Brings the schema up to date and makes everything lasting.
    pub async fn finish(mut self) -> StoreResult<Store> {
        if self.tx.dialect() == Dialect::Postgres {
            self.number_on().await?;
        }
        migrate::apply_missing(&mut self.tx).await?;
        self.tx.commit().await?;
        Ok(self.store)
    }

    /// New rows get numbers after those that are there.
    async fn number_on(&mut self) -> StoreResult<()> {
        for shape in &self.shapes {
            let name = &shape.name;
            if shape.columns.iter().all(|(column, _)| column != "id") {
                continue;
            }
            let text = format!(
                "select setval(s, (select coalesce(max(id), 0) + 1 from {name}), false)
                from pg_get_serial_sequence('{name}', 'id') s where s is not null"
            );
            let sql = Sql::new(text, Dialect::Postgres);
            self.tx.execute(sql).await?;
        }
        Ok(())
    }
}
