//! One box for anything: an address, a MAC, a name, a serial number, a VLAN, a port, a prefix, a description.
//!
//! What is typed may be read in several ways ([`Reading`]); each is looked up where it can stand, and every answer says
//! why it is one, when it was seen, and which lines prove it.

mod look;
mod reading;
mod routes;
mod whereabouts;

use std::collections::HashMap;
use std::net::IpAddr;

use futures::try_join;
use model::{DeviceId, Evidence, Timestamp};
use serde::Serialize;

pub use reading::Reading;
pub use routes::RouteView;
pub use whereabouts::{Port, Step, Whereabouts};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

#[derive(Debug, Clone)]
pub struct FindQuery {
    pub text: String,
    /// As it was then.
    pub at: Option<Timestamp>,
    /// What is gone as well.
    pub history: bool,
    /// Answers at most, of each reading and kind.
    pub limit: u32,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct FindReport {
    /// How the text was read, the likeliest first.
    pub read_as: Vec<String>,
    /// The best first.
    pub answers: Vec<Answer>,
    /// Where the hosts are plugged in that the text names.
    pub whereabouts: Vec<Whereabouts>,
    /// The address that the text is; `/api/v1/route-lookup` has the routes to it.
    #[schema(value_type = Option<String>)]
    pub address: Option<IpAddr>,
}

/// Something that the text may mean.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[schema(as = FindAnswer)]
pub struct Answer {
    /// `device`, or a kind of fact: `arp`, `mac`, `neighbors` …
    pub kind: &'static str,
    pub device: String,
    /// What it is, in a line.
    pub what: String,
    /// Why it is an answer.
    pub why: String,
    /// 100 is exactly what was typed.
    pub score: u8,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub gone_at: Option<Timestamp>,
    pub evidence: Option<Evidence>,
}

impl App {
    /// Everything that the text may mean.
    ///
    /// # Errors
    /// [`AppError::Usage`] for an empty text.
    pub async fn find(&self, actor: &Actor, query: &FindQuery) -> AppResult<FindReport> {
        actor.must(Role::Viewer, "search the record")?;
        let readings = Reading::all_of(&query.text);
        if readings.is_empty() {
            return Err(AppError::Usage("what shall be found? write an address, a MAC, a name, a serial …".into()));
        }
        let asked = &readings;
        let look = |app: App| async move {
            try_join!(
                app.devices_that_are(asked, query),
                app.facts_that_are(asked, query),
                app.whereabouts(asked, query.at),
                app.port_of_a_device(query)
            )
        };
        let (devices, facts, whereabouts, port) = self.gather(look).await?;
        let (port, of_port) = port.unzip();
        let facts = facts.into_iter().chain(of_port.into_iter().flatten());
        let answers = devices.into_iter().chain(facts).collect();
        Ok(FindReport {
            read_as: port.into_iter().chain(readings.iter().map(ToString::to_string)).collect(),
            answers: ranked(answers),
            whereabouts,
            address: readings.iter().find_map(Reading::address),
        })
    }

    async fn slugs(&self, devices: impl IntoIterator<Item = DeviceId>) -> AppResult<HashMap<DeviceId, String>> {
        self.names(devices.into_iter().collect()).await
    }
}

/// The best first; what two readings both found is told once.
fn ranked(mut answers: Vec<Answer>) -> Vec<Answer> {
    let natural = |a: &Answer| model::interface::natural_key(&a.device);
    answers.sort_by_cached_key(|a| (std::cmp::Reverse(a.score), a.gone_at.is_some(), a.kind, natural(a)));
    let mut told = std::collections::HashSet::new();
    answers.retain(|a| told.insert((a.kind, a.device.clone(), a.what.clone(), a.first_seen)));
    answers
}
