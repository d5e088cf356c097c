//! Figures of the whole installation.

use std::collections::BTreeMap;
use std::path::PathBuf;

use model::fact::NEIGHBORS;
use serde::Serialize;

use crate::actor::Role;
use crate::{Actor, App, AppResult};

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Status {
    #[schema(value_type = String)]
    pub home: PathBuf,
    pub database: String,
    pub devices: u64,
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
        Ok(Status {
            home: self.home.clone(),
            database: App::database(&self.home, &self.config).to_string(),
            devices: self.store.device_count().await?,
            links,
            facts,
            changes: self.store.change_count().await?,
            last_run,
        })
    }
}
