//! Every migration and every SQL statement: SQLite and PostgreSQL behind one [`Store`], opened for one tenant.
//!
//! A verb is written once, as a method of [`Tx`]; [`Store`] offers the same verb in a transaction of its own.
//! What belongs together, such as all that one device of a run said, goes through one `Tx`: after a crash it
//! is there as a whole or not at all. Contents of captures are kept as files before any row speaks of them.

mod access;
mod add_many;
mod arg;
mod around;
mod audit;
pub mod backup;
mod budget;
mod captures;
mod changes;
mod config;
mod content;
mod defaults;
mod dependents;
mod device_credentials;
mod device_order;
mod devices;
mod error;
mod facts;
mod figures;
mod grams;
mod health;
mod host_keys;
mod idempotency;
mod identity;
mod inventory;
mod jobs;
mod journal;
mod many;
mod merge;
mod migrate;
mod notes;
mod notices;
mod open;
mod predecessor;
mod queue;
mod records;
mod retention;
mod run_items;
mod runs;
mod salvage;
mod schedules;
mod schema_doc;
mod sessions;
mod sources;
mod sql;
mod tokens;
mod tx;
mod undo;
mod users;
mod vault;
mod wake;
mod workers;

pub use access::DeviceAccess;
pub use add_many::NewDevice;
pub use around::Marks;
pub use audit::{AuditEntry, AuditFilter, NewAudit};
pub use captures::{CaptureFilter, NewCapture, Saved, StoredCapture};
pub use changes::{ChangeDetail, ChangeEntry, ChangeFilter, NewChange};
pub use config::{Database, StoreConfig};
pub use content::{Content, ContentReader};
pub use defaults::{Defaults, PlatformSeed, RoleSeed, Seeded};
pub use dependents::{Dependent, Fate};
pub use device_credentials::DeviceCredential;
pub use device_order::{DeviceOrder, DevicePlace, DeviceSort};
pub use devices::{DeviceFilter, DeviceKey, DeviceTerm};
pub use error::{StoreError, StoreResult};
pub use facts::{
    FactCount, FactFilter, FactLoad, LoadCounts, LoadOutcome, LoadState, Loaded, Loading, MissingFact, Predicate,
    StoredFact, searched,
};
pub use figures::{CaptureFigure, DevicesBy, ReadingFigure, Tally};
pub use grams::Needles;
pub use health::{ContentHealth, DatabaseHealth};
pub use host_keys::{HostCrypto, HostKey, Remembered, RevokedKey};
pub use idempotency::Claim;
pub use identity::{DeviceUpsert, Upserted};
pub use inventory::{Manufacturer, Role, Site, StoredPlatform};
pub use jobs::{Job, JobFilter, JobTag, LastRun, NewJob};
pub use journal::{RowOp, Watch};
pub use migrate::SCHEMA_VERSION;
pub use notes::{Note, NoteFilter, NoteOn, NoteText, NoteVersion};
pub use notices::{ChannelState, Happened, NewNotification, Notification, Told};
pub use open::Store;
pub use predecessor::{SQLITE_MAGIC, predecessor_tables, predecessor_vault};
pub use queue::{Lease, OpenRun, Taker, Terms};
pub use records::{NewValue, Record, RecordFilter, SaveAs};
pub use retention::{Held, LetGo};
pub use run_items::{NewItem, RunItem};
pub use runs::{Cancelled, NewRun, Run, RunCounts, RunFilter, STALE_AFTER_MS};
pub use salvage::{Salvaged, salvage};
pub use schedules::{Firing, NewSchedule, Next, Schedule};
pub use schema_doc::{ColumnDoc, TableDoc, schema, schema_markdown};
pub use sessions::{NewSession, Session};
pub use sources::{NewSourceRecord, SourceFilter, SourceRecord};
pub use tokens::{ApiToken, NewToken};
pub use tx::Tx;
pub use undo::{NewUndo, UndoRecord};
pub use users::{NewUser, SiteGrant, User};
pub use vault::{NewCredential, StoredCredential, StoredVault};
pub use wake::Wake;
pub use workers::{NewWorker, Worker};
