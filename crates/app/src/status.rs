//! Figures of the whole installation.

use std::collections::BTreeMap;
use std::path::PathBuf;

use model::fact::NEIGHBORS;
use serde::Serialize;
use store::DevicesBy;

use crate::actor::Role;
use crate::figures::percent;
use crate::{Actor, App, AppResult, Count};

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Status {
    #[schema(value_type = String)]
    pub home: PathBuf,
    pub database: String,
    pub devices: u64,
    /// Devices by their status: `active`, `planned` …
    pub by_status: Vec<Count>,
    /// Devices on which a credential works.
    pub with_credential: u64,
    /// 0 to 100: the share of these.
    pub credential_coverage_percent: f64,
    /// Sites, roles, cables … that are kept, by the word for commands.
    pub records: Vec<Count>,
    /// `None` where counting them was not asked for and there are very many neighbours.
    pub links: Option<u64>,
    /// Facts that are there now, by kind.
    pub facts: BTreeMap<&'static str, u64>,
    pub changes: u64,
    pub last_run: Option<String>,
}

/// Neighbours of which the map is made in no time.
const FEW: u64 = 2_000;

impl App {
    /// With `links` they are counted however many there are: that takes the whole map.
    pub async fn status(&self, actor: &Actor, links: bool) -> AppResult<Status> {
        actor.must(Role::Viewer, "see the status")?;
        let mut facts: BTreeMap<&'static str, u64> = BTreeMap::new();
        for count in self.store.fact_counts().await? {
            *facts.entry(count.kind).or_default() += count.facts;
        }
        let neighbors = facts.get(NEIGHBORS.name).copied().unwrap_or_default();
        let links = match links || neighbors <= FEW {
            true => Some(self.graph().await?.links.len() as u64),
            false => None,
        };
        let last = self.runs(actor, &crate::RunQuery { limit: 1, ..Default::default() }).await?.pop();
        let last_run = last.map(|r| format!("{} {} {} at {}", r.id, r.kind, r.state, r.started_at));
        let devices = self.store.device_count().await?;
        let with_credential = self.store.devices_with_credential().await?;
        Ok(Status {
            home: self.home.clone(),
            database: App::database(&self.home, &self.config).to_string(),
            devices,
            by_status: self.count_devices(DevicesBy::Status).await?,
            with_credential,
            credential_coverage_percent: percent(with_credential, devices),
            records: self.count_records().await?,
            links,
            facts,
            changes: self.store.change_count().await?,
            last_run,
        })
    }
}
