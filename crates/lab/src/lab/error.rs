//! What can go wrong with a lab.

use std::io;
use std::net::Ipv4Addr;
use std::path::PathBuf;

use crate::world::EditError;

/// Why a lab cannot be started or asked.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    #[error("cannot listen on {address}:{port}")]
    Listen { address: Ipv4Addr, port: u16, source: io::Error },
    #[error("no SNMP agent: {0}")]
    Agent(String),
    #[error("{devices} devices need {needed} open files, the limit is {limit}: raise it with `ulimit -n`")]
    OpenFiles { devices: usize, needed: u64, limit: u64 },
    #[error("the lab has no device `{0}`")]
    NoSuchDevice(String),
    #[error("the lab knows no facts `{0}`")]
    NoSuchFacts(String),
    #[error(transparent)]
    Edit(#[from] EditError),
    #[error("no lab runs in {0}")]
    NotRunning(PathBuf),
    #[error("a lab runs in {0} already")]
    AlreadyRunning(PathBuf),
    #[error("the lab did not come up: {0}")]
    Start(String),
    #[error("the lab answered: {0}")]
    Refused(String),
    #[error("cannot use {path}")]
    State { path: PathBuf, source: io::Error },
    #[error("the lab sent something that is no answer")]
    Protocol(#[from] serde_json::Error),
}
