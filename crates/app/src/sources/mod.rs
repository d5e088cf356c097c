//! Outside systems: what they say is kept as they said it, and the inventory is made of it.

mod netbox;

use serde::Serialize;
use store::{SourceFilter, SourceRecord};

use crate::actor::Role;
use crate::import::Kept;
use crate::{Actor, App, AppResult, ImportReport};

pub use netbox::{NetBoxFile, NetBoxRequest};

/// What reading a system did, or would do.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SyncReport {
    pub system: &'static str,
    /// The installation, by its address.
    pub source: String,
    pub version: String,
    /// Records that it has, or those of the filter.
    pub read: usize,
    /// Records of which no device is made, and why.
    pub left_out: Vec<LeftOut>,
    /// What stays as it is here though the system says otherwise.
    pub kept: Vec<Kept>,
    /// Names that it does not have any more; their devices stay.
    pub gone: Vec<String>,
    #[serde(flatten)]
    pub import: ImportReport,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct LeftOut {
    /// Its own id in that system.
    pub id: String,
    pub name: String,
    pub why: String,
}

impl App {
    /// What outside systems say, by name.
    pub async fn source_records(&self, actor: &Actor, filter: &SourceFilter) -> AppResult<Vec<SourceRecord>> {
        actor.must(Role::Viewer, "see the inventory")?;
        Ok(self.store.source_records(filter).await?)
    }
}
