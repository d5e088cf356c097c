//! The history of anything: where and when it was seen, as intervals with the lines that prove them.
//!
//! A MAC address, an IP address, a prefix, a port of a device. Every kind of fact is looked through whose columns can hold
//! it, so that a new kind needs no line here.

use std::net::IpAddr;

use ipnet::IpNet;
use model::address::ip_key;
use model::fact::KINDS;
use model::{ColumnKind, Device, Evidence, FactKind, Mac, Timestamp, Value, interface};
use serde::Serialize;
use store::{FactFilter, Predicate, StoreError, StoredFact};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult};

#[derive(Debug, Clone)]
pub struct HistoryQuery {
    /// `00:50:56:30:41:34`, `10.0.0.1`, `10.0.0.0/24`, `leaf-1:Gi1/0/1`
    pub text: String,
    /// Seen at or after, and first seen before.
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Intervals at most, of each kind and column.
    pub limit: u32,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct History {
    /// How the text was read.
    pub of: String,
    /// What was seen first comes first.
    pub intervals: Vec<Interval>,
}

/// From when to when something was so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Interval {
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// When it was no longer there; none while it is.
    pub gone_at: Option<Timestamp>,
    /// Kind of the fact.
    pub fact: &'static str,
    pub device: String,
    /// All that the fact says, in a line.
    pub what: String,
    pub evidence: Evidence,
}

/// What is asked for.
enum Subject {
    Mac(Mac),
    Address(IpAddr),
    Prefix(IpNet),
    /// By the names that it may have.
    Port(Box<Device>, Vec<String>),
}

impl App {
    /// # Errors
    /// [`AppError::Usage`] for a text that is none of them.
    pub async fn history(&self, actor: &Actor, query: &HistoryQuery) -> AppResult<History> {
        actor.must(Role::Viewer, "see facts")?;
        let subject = self.subject(&query.text).await?;
        let mut found: Vec<(&'static FactKind, StoredFact)> = Vec::new();
        for (kind, predicate) in subject.places() {
            let device = match &subject {
                Subject::Port(device, _) => Some(device.id),
                _ => None,
            };
            let (columns, limit) = (vec![predicate], Some(query.limit));
            let filter = FactFilter { device, include_gone: true, columns, limit, ..FactFilter::default() };
            found.extend(self.store.facts(kind, &filter).await?.into_iter().map(|fact| (kind, fact)));
        }
        found.retain(|(_, f)| query.since.is_none_or(|at| f.last_seen >= at));
        found.retain(|(_, f)| query.until.is_none_or(|at| f.first_seen < at));
        found.sort_by_key(|(kind, f)| (f.first_seen, kind.name, f.id));
        found.dedup_by_key(|(kind, f)| (kind.name, f.id));
        let names = self.names(found.iter().map(|(_, f)| f.device).collect()).await?;
        let interval = |(kind, fact): (&'static FactKind, StoredFact)| Interval {
            first_seen: fact.first_seen,
            last_seen: fact.last_seen,
            gone_at: fact.gone_at,
            fact: kind.name,
            device: names.get(&fact.device).cloned().unwrap_or_default(),
            what: told(kind, &fact.values),
            evidence: fact.evidence,
        };
        Ok(History { of: subject.to_string(), intervals: found.into_iter().map(interval).collect() })
    }

    async fn subject(&self, text: &str) -> AppResult<Subject> {
        let text = text.trim();
        if let Ok(address) = text.parse() {
            return Ok(Subject::Address(address));
        }
        if let Ok(prefix) = text.parse::<IpNet>() {
            return Ok(Subject::Prefix(prefix.trunc()));
        }
        if let Ok(mac) = text.parse() {
            return Ok(Subject::Mac(mac));
        }
        // The name of a port may hold colons, that of a device does not.
        if let Some((device, port)) = text.split_once(':').filter(|(d, p)| !d.is_empty() && !p.is_empty()) {
            return match self.store.device(device).await {
                Ok(device) => {
                    let mut names = interface::spellings(port);
                    names.push(interface::canonical(port.trim()));
                    names.dedup();
                    Ok(Subject::Port(Box::new(device), names))
                }
                Err(StoreError::NotFound { .. }) => {
                    let device = model::text::shown(device);
                    Err(AppError::Usage(format!("there is no device `{device}`; `velocity devices list` shows all")))
                }
                Err(other) => Err(other.into()),
            };
        }
        let forms = "write a MAC address, an IP address, a prefix, or a port as device:port";
        Err(AppError::Usage(format!("of `{}` there is no history; {forms}", model::text::shown(text))))
    }
}

impl Subject {
    /// Every column that can hold it.
    fn places(&self) -> Vec<(&'static FactKind, Predicate)> {
        let columns = KINDS.iter().flat_map(|kind| kind.columns.iter().map(move |column| (*kind, column)));
        let of = |kind| columns.clone().filter(move |(_, column)| column.kind == kind);
        match self {
            Subject::Mac(mac) => {
                of(ColumnKind::Mac).map(|(kind, c)| (kind, Predicate::MacIn(c.name, vec![*mac]))).collect()
            }
            Subject::Address(ip) => {
                of(ColumnKind::Ip).map(|(kind, c)| (kind, Predicate::KeyIn(c.name, vec![ip_key(*ip)]))).collect()
            }
            Subject::Prefix(prefix) => {
                of(ColumnKind::Prefix).map(|(kind, c)| (kind, Predicate::Is(c.name, Value::Prefix(*prefix)))).collect()
            }
            Subject::Port(_, names) => {
                let is = |column: &'static str, name: &String| {
                    Predicate::Is(column, Value::Interface { name: name.clone(), seen: name.clone() })
                };
                of(ColumnKind::Interface)
                    .flat_map(|(kind, c)| names.iter().map(move |name| (kind, is(c.name, name))))
                    .collect()
            }
        }
    }
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Subject::Mac(mac) => write!(f, "MAC address {mac}"),
            Subject::Address(ip) => write!(f, "IP address {ip}"),
            Subject::Prefix(prefix) => write!(f, "prefix {prefix}"),
            Subject::Port(device, names) => {
                let name = names.first().map_or("", |name| name);
                write!(f, "port {} of {}", model::text::shown(name), device.slug)
            }
        }
    }
}

/// `vlan 101 mac 00:50:56:30:41:34 interface Ethernet1`
fn told(kind: &FactKind, values: &[Value]) -> String {
    let cells = kind.columns.iter().zip(values).filter(|(_, v)| **v != Value::Null);
    let cells: Vec<String> = cells.map(|(c, v)| format!("{} {}", c.name.replace('_', " "), v.shown())).collect();
    cells.join(", ")
}
