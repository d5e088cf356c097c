//! A statement and its arguments, and how it is run on either database.

use std::borrow::Cow;
use std::fmt::Write;

pub(crate) use crate::arg::Arg;
use crate::{StoreError, StoreResult};

/// One SQL text for both databases, with its arguments.
#[derive(PartialEq, Eq)]
pub(crate) struct Sql {
    pub text: Cow<'static, str>,
    pub args: Vec<Arg>,
    dialect: Dialect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Sql {
    pub fn new(text: impl Into<Cow<'static, str>>, dialect: Dialect) -> Self {
        Self { text: text.into(), args: Vec::new(), dialect }
    }

    /// One statement for several selects of so many columns: a row for each, its number and its rows as JSON.
    pub fn together(selects: Vec<(usize, Sql)>, dialect: Dialect) -> Self {
        let (list, row) = match dialect {
            Dialect::Sqlite => ("json_group_array", "json_array"),
            Dialect::Postgres => ("json_agg", "json_build_array"),
        };
        let mut all = Self::new("", dialect);
        let mut answers = String::new();
        for (n, (columns, select)) in selects.into_iter().enumerate() {
            let names: Vec<String> = (0..columns).map(|c| format!("c{c}")).collect();
            let names = names.join(", ");
            let _ = write!(all.text.to_mut(), "{}q{n} ({names}) as (", if n == 0 { "with " } else { ", " });
            all.embed(&select).push(")");
            let union = if n == 0 { " " } else { " union all " };
            let rows = format!("(select cast({list}({row}({names})) as text) from q{n})");
            let _ = write!(answers, "{union}select cast({n} as bigint), coalesce({rows}, '[]')");
        }
        all.push(&answers);
        all
    }

    /// Another statement as a part of this one: its arguments come after those that are here.
    pub fn embed(&mut self, other: &Sql) -> &mut Self {
        let before = self.args.len();
        for (n, part) in other.text.split('$').enumerate() {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            match part[..digits].parse::<usize>() {
                Ok(number) if n > 0 => drop(write!(self.text.to_mut(), "${}{}", number + before, &part[digits..])),
                _ => drop(self.push(if n > 0 { "$" } else { "" }).push(part)),
            }
        }
        self.args.extend(other.args.iter().cloned());
        self
    }

    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub fn bind(mut self, arg: impl Into<Arg>) -> Self {
        self.args.push(arg.into());
        self
    }

    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Adds an argument where the text stands: `$7`.
    pub fn arg(&mut self, arg: impl Into<Arg>) -> &mut Self {
        self.args.push(arg.into());
        let n = self.args.len();
        let _ = write!(self.text.to_mut(), "${n}");
        self
    }

    /// `($3, $4, $5)`
    pub fn list<A: Into<Arg>>(&mut self, args: impl IntoIterator<Item = A>) -> &mut Self {
        for (n, arg) in args.into_iter().enumerate() {
            self.push(if n == 0 { "(" } else { ", " }).arg(arg);
        }
        self.push(")")
    }

    /// Behind an expression: it is one of these ids, however many. They are one argument: a statement with thousands of `$n` is
    /// slow to prepare and, in SQLite, to bind.
    pub fn is_one_of(&mut self, ids: impl IntoIterator<Item = i64>) -> &mut Self {
        self.is_one_of_args("cast(value ->> 0 as bigint)", ids.into_iter().map(Arg::from))
    }

    /// As [`Sql::is_one_of`], for texts.
    pub fn is_one_of_texts<A: Into<Arg>>(&mut self, texts: impl IntoIterator<Item = A>) -> &mut Self {
        self.is_one_of_args("value ->> 0", texts.into_iter().map(Into::into))
    }

    /// As [`Sql::is_one_of_texts`], where each row is compared: no index has the expression.
    pub fn is_among_texts<A: Into<Arg>>(&mut self, texts: impl IntoIterator<Item = A>) -> &mut Self {
        let rows: Vec<[Arg; 1]> = texts.into_iter().map(|text| [text.into()]).collect();
        self.push(" in (select value ->> 0 from ").each(&rows).push(")")
    }

    /// As [`Sql::is_one_of`], for what a select gives, few rows of one column.
    pub fn is_one_of_those(&mut self, select: &Sql) -> &mut Self {
        let (before, after) = self.one_of();
        self.push(before).embed(select).push(after)
    }

    fn is_one_of_args(&mut self, value: &str, args: impl Iterator<Item = Arg>) -> &mut Self {
        let rows: Vec<[Arg; 1]> = args.map(|arg| [arg]).collect();
        let (before, after) = self.one_of();
        self.push(before).push(&format!("select {value} from ")).each(&rows).push(after)
    }

    /// PostgreSQL takes what a function gives for a hundred rows, and reads whole tables for them; an array is a few, each of
    /// which it looks up.
    fn one_of(&self) -> (&'static str, &'static str) {
        match self.dialect {
            Dialect::Sqlite => (" in (", ")"),
            Dialect::Postgres => (" = any(array(", "))"),
        }
    }

    /// A table with a row `value`, an array of JSON, for each of these rows.
    pub fn each<R: AsRef<[Arg]>>(&mut self, rows: &[R]) -> &mut Self {
        let rows: Vec<&[Arg]> = rows.iter().map(AsRef::as_ref).collect();
        self.each_of(serde_json::to_string(&rows).unwrap_or_default())
    }

    /// As [`Sql::each`], for a JSON array of arrays.
    pub fn each_of(&mut self, json: String) -> &mut Self {
        match self.dialect {
            Dialect::Sqlite => self.push("json_each(").arg(json).push(")"),
            Dialect::Postgres => self.push("jsonb_array_elements(").arg(json).push("::jsonb)"),
        }
    }

    /// What reads the nth element of a row of [`Sql::each`] as what it was.
    pub fn element(&mut self, n: usize, like: &Arg) -> &mut Self {
        let text = match (like, self.dialect) {
            (Arg::Int(_), _) => format!("cast(value ->> {n} as bigint)"),
            (Arg::Bool(_), _) => format!("cast(value ->> {n} as boolean)"),
            (Arg::Text(_), _) => format!("value ->> {n}"),
            (Arg::Bytes(_), Dialect::Sqlite) => format!("unhex(value ->> {n})"),
            (Arg::Bytes(_), Dialect::Postgres) => format!("decode(value ->> {n}, 'hex')"),
        };
        self.push(&text)
    }

    /// ` and <condition> $n`, when there is an argument.
    pub fn and<A: Into<Arg>>(&mut self, condition: &str, arg: Option<A>) -> &mut Self {
        if let Some(arg) = arg {
            self.push(" and ").push(condition).push(" ").arg(arg);
        }
        self
    }

    /// ` limit 50`, when there is one. In the text: PostgreSQL plans a statement that it knows once for all arguments, and
    /// then takes a limit that it does not see for a tenth of all rows.
    pub fn limit(&mut self, limit: Option<u32>) -> &mut Self {
        if let Some(limit) = limit {
            self.push(&format!(" limit {limit}"));
        }
        self
    }
}

/// `%text%` for `like … escape '\'`, with the wildcards of the text made plain.
pub(crate) fn contains(text: &str) -> String {
    format!("%{}%", plain_like(text))
}

pub(crate) fn plain_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// A column holds what no program of ours wrote.
pub(crate) fn unreadable(column: &str, e: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> StoreError {
    StoreError::Database(sqlx::Error::ColumnDecode { index: column.to_owned(), source: e.into() })
}

/// A truth of [`crate::Tx::together`].
pub(crate) fn truth<'de, D: serde::Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Truth {
        Bool(bool),
        Int(i64),
    }
    Ok(match serde::Deserialize::deserialize(value)? {
        Truth::Bool(is) => is,
        Truth::Int(n) => n != 0,
    })
}

/// A word of an enum, as it is stored.
pub(crate) fn word<T: std::str::FromStr<Err = String>>(column: &str, word: &str) -> StoreResult<T> {
    word.parse().map_err(|e: String| unreadable(column, e))
}

/// Runs one expression on whichever database it is.
macro_rules! on_db {
    ($tx:expr, |$db:ident| $run:expr) => {
        match $tx.db().await? {
            $crate::tx::Db::Sqlite($db) => $run.await,
            $crate::tx::Db::Postgres($db) => $run.await,
        }
    };
}

/// `sqlx::query…(text)` with every argument bound.
macro_rules! bound {
    ($query:expr, $args:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match arg {
                $crate::sql::Arg::Int(n) => query.bind(n),
                $crate::sql::Arg::Bool(is) => query.bind(is),
                $crate::sql::Arg::Text(text) => query.bind(text),
                $crate::sql::Arg::Bytes(bytes) => query.bind(bytes),
            };
        }
        query
    }};
}

/// Gives [`crate::Store`] the verbs of [`crate::Tx`]: `read` on a reader, `write` in a transaction of its own.
macro_rules! on_store {
    ($($mode:ident $name:ident($($arg:ident: $type:ty),*) -> $out:ty;)*) => {
        impl crate::Store {$(
            #[doc = concat!("[`crate::Tx::", stringify!($name), "`] by itself.")]
            pub async fn $name(&self, $($arg: $type),*) -> crate::StoreResult<$out> {
                on_store!(@$mode self, $name($($arg),*))
            }
        )*}
    };
    (@read $store:ident, $name:ident($($arg:ident),*)) => {{
        $store.reader().await?.$name($($arg),*).await
    }};
    (@write $store:ident, $name:ident($($arg:ident),*)) => {{
        let mut tx = $store.begin().await?;
        let out = tx.$name($($arg),*).await?;
        tx.commit().await?;
        Ok(out)
    }};
}

pub(crate) use {bound, on_db, on_store};
