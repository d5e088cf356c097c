//! All rows as text, the same for both databases: what a backup holds, and what a restore reads.
//!
//! A row is a JSON array in the order of its table's columns; bytes are hex. So a backup of SQLite can be restored into
//! PostgreSQL, and the other way round.

mod dump;
mod restore;

use serde::{Deserialize, Serialize};

use crate::sql::{Arg, Dialect, Sql, unreadable};
use crate::{StoreResult, Tx};

pub use dump::Snapshot;
pub use restore::Restore;

/// A table and its columns, in the order in which the schema made them: what is referred to comes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
}

/// Rows of one table: a JSON array on each line.
#[derive(Debug, Clone)]
pub struct Chunk {
    pub table: String,
    pub rows: u64,
    pub lines: String,
}

/// Rows of one chunk: a few megabytes.
const ROWS: usize = 10_000;

/// A table with what is needed to read and write it.
#[derive(Clone)]
pub(crate) struct Shape {
    pub name: String,
    pub columns: Vec<(String, Arg)>,
}

impl Shape {
    /// A row as the text of a JSON array.
    pub fn array(&self, dialect: Dialect) -> String {
        let column = |(name, like): &(String, Arg)| match (like, dialect) {
            (Arg::Bytes(_), Dialect::Sqlite) => format!("lower(hex({name}))"),
            (Arg::Bytes(_), Dialect::Postgres) => format!("encode({name}, 'hex')"),
            _ => name.clone(),
        };
        let columns: Vec<String> = self.columns.iter().map(column).collect();
        let columns = columns.join(", ");
        match dialect {
            Dialect::Sqlite => format!("json_array({columns})"),
            Dialect::Postgres => format!("json_build_array({columns})::text"),
        }
    }

    fn table(&self) -> Table {
        Table { name: self.name.clone(), columns: self.columns.iter().map(|(name, _)| name.clone()).collect() }
    }
}

/// Tables that tell of the schema, not of the network.
const NOT_DATA: [&str; 1] = ["schema_steps"];

impl Tx {
    pub(crate) async fn shapes(&mut self) -> StoreResult<Vec<Shape>> {
        let dialect = self.dialect();
        let text = match dialect {
            Dialect::Sqlite => {
                // An index that is a table, and the tables behind it, are made of the others.
                "select m.name, c.name, c.type from pragma_table_list t
                    join sqlite_master m on m.name = t.name and m.type = 'table'
                    join pragma_table_info(m.name) c
                where t.schema = 'main' and t.type = 'table' and m.name not like 'sqlite\\_%' escape '\\'
                order by m.rowid, c.cid"
            }
            Dialect::Postgres => {
                "select t.relname::text, a.attname::text, format_type(a.atttypid, null)
                from pg_class t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
                    and a.attgenerated = ''
                where t.relkind = 'r' and t.relnamespace = current_schema()::regnamespace order by t.oid, a.attnum"
            }
        };
        let rows: Vec<(String, String, String)> = self.all(Sql::new(text, dialect)).await?;
        let mut shapes: Vec<Shape> = Vec::new();
        for (table, column, kind) in rows.into_iter().filter(|(table, ..)| !NOT_DATA.contains(&table.as_str())) {
            let column = (column, like(&table, &kind)?);
            match shapes.last_mut().filter(|shape| shape.name == table) {
                Some(shape) => shape.columns.push(column),
                None => shapes.push(Shape { name: table, columns: vec![column] }),
            }
        }
        Ok(shapes)
    }
}

/// An argument of the type of a column.
fn like(table: &str, kind: &str) -> StoreResult<Arg> {
    Ok(match kind.to_ascii_lowercase().as_str() {
        "bigint" | "integer" => Arg::Int(None),
        "boolean" => Arg::Bool(false),
        "text" => Arg::Text(None),
        "blob" | "bytea" => Arg::Bytes(Vec::new()),
        other => return Err(unreadable(table, format!("a column of type {other}"))),
    })
}
