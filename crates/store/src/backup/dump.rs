//! Reading all that there is, as it was at one moment, while others go on writing.

use futures::{Stream, StreamExt};
use sqlx::AssertSqlSafe;
use tokio::sync::mpsc::Sender;

use super::{Chunk, ROWS, Shape, Table};
use crate::sql::{Dialect, Sql, on_db};
use crate::{Store, StoreResult, Tx};

/// The database at one moment, whatever is written meanwhile.
pub struct Snapshot {
    tx: Tx,
    shapes: Vec<Shape>,
    steps: Vec<i64>,
}

impl Snapshot {
    /// Takes it. All tenants are in it.
    pub async fn take(store: &Store) -> StoreResult<Snapshot> {
        let mut tx = store.snapshot().await?;
        // The first read fixes the moment.
        let steps = crate::migrate::steps_done(&mut tx).await?;
        let shapes = tx.shapes().await?;
        Ok(Snapshot { tx, shapes, steps })
    }

    /// The steps of the schema that were done.
    pub fn steps(&self) -> &[i64] {
        &self.steps
    }

    pub fn tables(&self) -> Vec<Table> {
        self.shapes.iter().map(Shape::table).collect()
    }

    /// Sends all rows of all tables, table by table. Ends early when nobody takes them any more.
    pub async fn send(mut self, out: &Sender<Chunk>) -> StoreResult<()> {
        for shape in &self.shapes {
            let sql = select(shape, self.tx.dialect());
            let text = AssertSqlSafe(sql.text);
            on_db!(self.tx, |db| pump(&shape.name, sqlx::query_scalar::<_, String>(text).fetch(db), out))?;
        }
        Ok(())
    }
}

/// Each row as the text of a JSON array.
fn select(shape: &Shape, dialect: Dialect) -> Sql {
    Sql::new(format!("select {} from {}", shape.array(dialect), shape.name), dialect)
}

async fn pump(
    table: &str,
    mut rows: impl Stream<Item = sqlx::Result<String>> + Unpin,
    out: &Sender<Chunk>,
) -> StoreResult<()> {
    let empty = || Chunk { table: table.to_owned(), rows: 0, lines: String::new() };
    let mut chunk = empty();
    while let Some(row) = rows.next().await {
        chunk.lines.push_str(&row?);
        chunk.lines.push('\n');
        chunk.rows += 1;
        if chunk.rows == ROWS as u64 && out.send(std::mem::replace(&mut chunk, empty())).await.is_err() {
            return Ok(());
        }
    }
    if chunk.rows > 0 {
        // Nobody takes it: whoever took the others knows why.
        let _ = out.send(chunk).await;
    }
    Ok(())
}
