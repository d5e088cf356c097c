//! Where the data is kept.

use std::fmt;
use std::path::PathBuf;

/// What [`crate::Store::open`] needs to know.
#[derive(Debug, Clone)]
pub struct StoreConfig {
    pub database: Database,
    /// The folder of captured contents; made when it is not there.
    pub captures_dir: PathBuf,
}

/// The database that holds everything but the contents of captures.
#[derive(Clone)]
pub enum Database {
    /// A file; it and its folder are made when they are not there.
    Sqlite(PathBuf),
    /// `postgres://user:password@host/database`. Never printed whole, since it may hold a password.
    Postgres(String),
}

impl Database {
    /// Reads a `database_url`: `postgres://…`, `postgresql://…`, `sqlite:PATH`, or a path.
    pub fn from_url(url: &str) -> Self {
        match url.split_once(':') {
            Some(("postgres" | "postgresql", _)) => Database::Postgres(url.to_owned()),
            Some(("sqlite", path)) => Database::Sqlite(path.trim_start_matches("//").into()),
            _ => Database::Sqlite(url.into()),
        }
    }
}

/// The database without its password: what may stand in a message or a log.
impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Database::Sqlite(path) => write!(f, "{}", path.display()),
            Database::Postgres(url) => {
                let place = url.rsplit_once('@').or_else(|| url.split_once("://")).map_or("", |(_, place)| place);
                write!(f, "postgres://{}", place.split('?').next().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Database({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_printed() {
        let database = Database::from_url("postgres://velocity:s3cr@t@db.example.net:5432/velocity?password=s3cret");
        assert_eq!(format!("{database} {database:?}").matches("s3cr").count(), 0);
        assert_eq!(database.to_string(), "postgres://db.example.net:5432/velocity");
    }

    #[test]
    fn a_url_or_a_path_names_a_database() {
        for (url, shown) in [("sqlite:/a/b.db", "/a/b.db"), ("sqlite:///a/b.db", "/a/b.db"), ("b.db", "b.db")] {
            assert_eq!(Database::from_url(url).to_string(), shown);
        }
    }
}
