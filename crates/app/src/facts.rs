//! Facts: search by what a user types, at any time, with the lines that prove each.

use std::collections::HashMap;

use model::fact::KINDS;
use model::{CaptureId, ColumnKind, Evidence, FactKind, MacPattern, Timestamp, Value};
use serde::Serialize;
use store::{FactFilter, Predicate, StoredFact};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

#[derive(Debug, Clone)]
pub struct FactQuery {
    /// A MAC or a part of one, an IP address or whole octets of one, or a text.
    pub pattern: Option<String>,
    pub device: Option<String>,
    /// Only of this VRF, as the device calls it; `default` is the one without a name.
    pub vrf: Option<String>,
    /// As it was then.
    pub at: Option<Timestamp>,
    /// What is gone as well.
    pub history: bool,
    pub limit: u32,
}

impl FactQuery {
    pub fn all() -> Self {
        Self { pattern: None, device: None, vrf: None, at: None, history: false, limit: u32::MAX }
    }
}

/// A fact with what proves it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct FactView {
    #[serde(skip)]
    pub id: i64,
    pub device: String,
    /// By column of the kind.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub values: serde_json::Map<String, serde_json::Value>,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    pub gone_at: Option<Timestamp>,
    pub evidence: Evidence,
    /// The lines themselves, when they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
}

impl App {
    /// Facts of a kind by its name: `arp`, `mac`, `bgp_neighbors` …, or by that of a capture type that gives them: `ospf`.
    pub async fn facts(
        &self,
        actor: &Actor,
        kind: &str,
        query: FactQuery,
    ) -> AppResult<(&'static FactKind, Vec<FactView>)> {
        let (kind, mut found) = self.found(actor, kind, &query, None).await?;
        found.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
        let mut views = self.fact_views(kind, found).await?;
        views.sort_by_cached_key(|v| model::interface::natural_key(&v.device));
        Ok((kind, views))
    }

    /// As [`App::facts`], in the order in which they were found first, after one of them.
    pub async fn facts_after(
        &self,
        actor: &Actor,
        kind: &str,
        query: FactQuery,
        after: Option<i64>,
    ) -> AppResult<(&'static FactKind, Vec<FactView>)> {
        let (kind, mut found) = self.found(actor, kind, &query, Some(after.unwrap_or_default())).await?;
        found.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
        Ok((kind, self.fact_views(kind, found).await?))
    }

    async fn fact_views(&self, kind: &'static FactKind, found: Vec<StoredFact>) -> AppResult<Vec<FactView>> {
        let names = self.names(found.iter().map(|f| f.device).collect()).await?;
        Ok(found.into_iter().map(|f| view(kind, &names, f)).collect())
    }

    /// By id.
    async fn found(
        &self,
        actor: &Actor,
        kind: &str,
        query: &FactQuery,
        after: Option<i64>,
    ) -> AppResult<(&'static FactKind, Vec<StoredFact>)> {
        actor.must(Role::Viewer, "see facts")?;
        let known = || KINDS.iter().map(|k| k.name).collect::<Vec<_>>().join(", ");
        let unknown =
            || AppError::Usage(format!("`{}` is no kind of facts; there are {}", model::text::shown(kind), known()));
        let of_type = || self.reader.platforms.capture_type(kind).and_then(|(_, t)| t.fact_kind());
        let kind = FactKind::by_name(&kind.replace('-', "_")).or_else(of_type).ok_or_else(unknown)?;
        let device = match &query.device {
            Some(reference) => Some(self.store.device(reference).await?.id),
            None => None,
        };
        if query.vrf.is_some() && kind.position("vrf").is_none() {
            return Err(AppError::Usage(format!("{} are of no VRF; leave --vrf out", kind.name)));
        }
        let in_vrf = query.vrf.clone().map(|vrf| Predicate::Is("vrf", Value::Text(vrf)));
        let mut found: Vec<StoredFact> = Vec::new();
        for mut columns in predicates(kind, query.pattern.as_deref())? {
            columns.extend(in_vrf.clone());
            let filter = FactFilter {
                device,
                at: query.at,
                include_gone: query.history,
                columns,
                after,
                limit: Some(query.limit),
                ..FactFilter::default()
            };
            found.extend(self.store.facts(kind, &filter).await?);
        }
        found.extend(self.trunks_of(kind, device, query).await?);
        found.sort_by_key(|f| f.id);
        found.dedup_by_key(|f| f.id);
        found.retain(|f| after.is_none_or(|after| f.id > after));
        Ok((kind, found))
    }

    /// Facts whose set of VLANs has the one that the pattern names: no condition of the database finds it in a range.
    async fn trunks_of(
        &self,
        kind: &'static FactKind,
        device: Option<model::DeviceId>,
        query: &FactQuery,
    ) -> AppResult<Vec<StoredFact>> {
        let vlan = query.pattern.as_deref().and_then(|p| p.trim().parse::<u16>().ok());
        let sets = kind.columns.iter().position(|c| c.kind == ColumnKind::Vlans);
        let (Some(vlan), Some(sets)) = (vlan, sets) else { return Ok(Vec::new()) };
        let filter = FactFilter { device, at: query.at, include_gone: query.history, ..FactFilter::default() };
        let has = |fact: &StoredFact| model::vlans::contains(&fact.values[sets].plain(), vlan);
        Ok(self.store.facts(kind, &filter).await?.into_iter().filter(has).collect())
    }

    /// Adds to each fact the lines of the capture that prove it, secrets masked.
    pub async fn prove(&self, facts: &mut [FactView]) -> AppResult<()> {
        let mut texts: HashMap<CaptureId, String> = HashMap::new();
        for fact in facts {
            let id = fact.evidence.capture;
            if let std::collections::hash_map::Entry::Vacant(place) = texts.entry(id) {
                let capture = self.store.capture(id).await?;
                place.insert(self.masked(&capture).await?);
            }
            let (first, last) = (fact.evidence.first_line.max(1) as usize, fact.evidence.last_line as usize);
            let lines = texts[&id].lines().skip(first - 1).take((last + 1).saturating_sub(first));
            fact.proof = Some(lines.collect::<Vec<_>>().join("\n"));
        }
        Ok(())
    }
}

/// The alternatives that a pattern may mean: an address, a MAC, or a text in any column.
fn predicates(kind: &'static FactKind, pattern: Option<&str>) -> AppResult<Vec<Vec<Predicate>>> {
    let Some(pattern) = pattern.map(str::trim) else { return Ok(vec![vec![]]) };
    let mut alternatives = Vec::new();
    let of =
        |wanted: &'static [ColumnKind]| kind.columns.iter().filter(move |c| wanted.contains(&c.kind)).map(|c| c.name);
    let is_address = pattern.parse::<std::net::IpAddr>().is_ok()
        || pattern.contains('.') && pattern.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if let Some(key) = model::address::ip_key_prefix(pattern).filter(|_| is_address) {
        let columns = of(&[ColumnKind::Ip, ColumnKind::Prefix]);
        alternatives.extend(columns.map(|c| vec![Predicate::KeyPrefix(c, key.clone())]));
    } else if let Ok(mac) = pattern.parse::<MacPattern>() {
        alternatives.extend(of(&[ColumnKind::Mac]).map(|c| vec![Predicate::Mac(c, mac.clone())]));
    }
    if let Ok(number) = pattern.parse::<i64>() {
        // Six digits of a MAC address are no VLAN: nothing would find that out but all of the table.
        let is_vlan = (0..=4095).contains(&number);
        let columns = of(if is_vlan {
            &[ColumnKind::Int, ColumnKind::Asn, ColumnKind::Vlan]
        } else {
            &[ColumnKind::Int, ColumnKind::Asn]
        });
        alternatives.extend(columns.map(|c| vec![Predicate::Is(c, Value::Int(number))]));
    }
    let is_searchable_text = kind.name != "arp" && kind.name != "mac";
    if is_searchable_text {
        let columns = of(&[ColumnKind::Text, ColumnKind::Interface]);
        alternatives.extend(columns.map(|c| vec![Predicate::Contains(c, pattern.to_owned())]));
    }
    if alternatives.is_empty() {
        return Err(AppError::Usage(format!(
            "`{}` is neither a MAC address nor an IP address, nor a part of one",
            model::text::shown(pattern)
        )));
    }
    Ok(alternatives)
}

fn view(kind: &'static FactKind, names: &HashMap<model::DeviceId, String>, fact: StoredFact) -> FactView {
    let values = kind.columns.iter().zip(&fact.values).map(|(c, v)| (c.name.to_owned(), v.to_json()));
    FactView {
        id: fact.id,
        device: names.get(&fact.device).cloned().unwrap_or_default(),
        values: values.collect(),
        first_seen: fact.first_seen,
        last_seen: fact.last_seen,
        gone_at: fact.gone_at,
        evidence: fact.evidence,
        proof: None,
    }
}
