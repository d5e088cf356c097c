//! Every verb, on SQLite and on PostgreSQL.

mod devices;
