//! The end of a run, for a person and for a program.

use std::collections::BTreeMap;

use model::{FailureClass, RunId, RunKind, RunState};
use serde::Serialize;

/// Counts are of devices.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct RunReport {
    /// `None` when nothing was to be saved.
    pub run: Option<RunId>,
    pub kind: RunKind,
    pub state: RunState,
    pub success: bool,
    pub devices_total: u64,
    pub devices_succeeded: u64,
    pub devices_failed: u64,
    pub devices_skipped: u64,
    /// By capture type.
    pub captures_created: BTreeMap<String, u64>,
    /// Facts that are there now on the devices of the run, by kind.
    pub facts: BTreeMap<String, u64>,
    pub changes: u64,
    pub loaded_to_db: bool,
    /// Seconds.
    pub execution_time: f64,
    pub failed_devices: Vec<FailedDevice>,
    /// Those that were left out, with the reason.
    pub skipped_devices: Vec<FailedDevice>,
    /// What a person should know besides: captures that no template read, lines that no rule read.
    pub notes: Vec<String>,
}

/// A device that failed or was left out, and what to do about it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct FailedDevice {
    pub name: String,
    pub address: Option<String>,
    pub class: FailureClass,
    pub message: String,
    pub advice: &'static str,
}
