//! A run: everything long is one. It has a state, a result for each device, and events while it goes.

use serde::{Deserialize, Serialize};

use crate::change::words;
use crate::{RunId, Timestamp};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    Discovery,
    Collection,
    /// Which credential each device takes.
    Credentials,
}
words!(RunKind { Discovery = "discovery", Collection = "collection", Credentials = "credentials" });

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    Running,
    Success,
    /// Some devices failed.
    Partial,
    Failed,
    Cancelled,
    /// The process that ran it is gone.
    Interrupted,
}
words!(RunState {
    Running = "running", Success = "success", Partial = "partial",
    Failed = "failed", Cancelled = "cancelled", Interrupted = "interrupted",
});

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    Pending,
    Running,
    Success,
    Failed,
    /// Left out, with a reason.
    Skipped,
}
words!(DeviceState {
    Pending = "pending", Running = "running", Success = "success", Failed = "failed", Skipped = "skipped",
});

/// Why a device failed or was left out: one for each thing an operator would do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FailureClass {
    /// No route, or nothing answered in time.
    Unreachable,
    /// The port is closed: SSH is off or filtered.
    ConnectionRefused,
    /// The log-in was refused.
    AuthenticationFailed,
    /// Not tried, since the account has been refused elsewhere and more tries could lock it.
    AccountProtected,
    HostKeyChanged,
    /// No key exchange, cipher or key type in common.
    NoCommonAlgorithm,
    /// It knew modern algorithms before, and now offers only old ones.
    AlgorithmsDowngraded,
    /// A jump host on the way; the device was not reached.
    JumpHostFailed,
    /// It stopped answering.
    Timeout,
    /// It closed the session in the middle.
    ConnectionLost,
    /// The serial numbers that it says are not those of the device that was to be visited.
    DifferentDevice,
    /// It answers, but not as any platform that we know.
    UnknownPlatform,
    /// Its platform has no command for what was asked.
    Unsupported,
    /// More output than the limit.
    OutputTooLarge,
    /// Some commands gave no complete output.
    IncompleteOutput,
    /// Too little of an output was read by its template.
    ValidationFailed,
    ExcludedByRule,
    NotNetworkDevice,
    /// Another entry of the run is the same device.
    Duplicate,
    /// A neighbour that advertises no address that could be dialled.
    NoAddress,
    /// Farther from the seeds than asked for.
    TooDeep,
    Cancelled,
    /// Our own side: disk, database.
    Internal,
}
words!(FailureClass {
    Unreachable = "unreachable", ConnectionRefused = "connection_refused",
    AuthenticationFailed = "authentication_failed", AccountProtected = "account_protected",
    HostKeyChanged = "host_key_changed", NoCommonAlgorithm = "no_common_algorithm",
    AlgorithmsDowngraded = "algorithms_downgraded", JumpHostFailed = "jump_host_failed", Timeout = "timeout",
    ConnectionLost = "connection_lost", UnknownPlatform = "unknown_platform", Unsupported = "unsupported", OutputTooLarge = "output_too_large",
    IncompleteOutput = "incomplete_output", ValidationFailed = "validation_failed", ExcludedByRule = "excluded_by_rule",
    NotNetworkDevice = "not_a_network_device", Duplicate = "duplicate", NoAddress = "no_address",
    TooDeep = "too_deep", DifferentDevice = "different_device", Cancelled = "cancelled", Internal = "internal",
});

impl FailureClass {
    /// Whether somebody may be between us and the device.
    pub fn is_alarm(self) -> bool {
        matches!(self, Self::HostKeyChanged | Self::AlgorithmsDowngraded)
    }

    /// What to do about it, in a sentence.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Unreachable => "check the address, the route and the firewall between here and the device",
            Self::ConnectionRefused => "enable SSH on the device, or give its port with --port",
            Self::AuthenticationFailed => "check the user name and password on the device or its AAA server",
            Self::AccountProtected => {
                "`velocity creds status` says why; correct the password, `velocity creds clear NAME`, run again"
            }
            Self::HostKeyChanged => "make sure the device was replaced on purpose, then `velocity hostkeys accept`",
            Self::NoCommonAlgorithm => {
                "the device knows only old SSH algorithms: update it, or allow them with --legacy-algorithms fallback"
            }
            Self::AlgorithmsDowngraded => {
                "somebody may be in between; if the device was replaced on purpose, `velocity hostkeys forget`"
            }
            Self::JumpHostFailed => "check the address and the account of the jump host, and that it forwards TCP",
            Self::Timeout => "raise --timeout, or look at the device's load",
            Self::ConnectionLost => "try again; look at the device's VTY lines and logs",
            Self::DifferentDevice => "another device answers at this address; run discovery again",
            Self::UnknownPlatform => "add a platform for it, see docs/adding-a-platform.md",
            Self::Unsupported => "add a command for this capture type to its platform, see docs/adding-a-platform.md",
            Self::OutputTooLarge => "raise `limits.output_bytes` in config.yaml if the size is right",
            Self::IncompleteOutput => "look at the captures marked incomplete; a command may need more rights",
            Self::ValidationFailed => {
                "look at the output and at its template (--force-save keeps it, `velocity parse` reads it), or lower the threshold"
            }
            Self::NoAddress => "configure a management address in LLDP or CDP on the neighbour, or add it as a seed",
            Self::TooDeep => "raise --depth to go there",
            Self::Cancelled => "`velocity executions resume` goes on where it stopped",
            Self::ExcludedByRule | Self::NotNetworkDevice | Self::Duplicate => "nothing to do",
            Self::Internal => "look at the message; free disk or database space if it says so",
        }
    }
}

/// The result for one device of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceOutcome {
    pub state: DeviceState,
    pub class: Option<FailureClass>,
    /// Whole sentence for a person: what happened, with the phase and what was expected.
    pub message: String,
    /// The account that was accepted.
    pub username: Option<String>,
    /// What its credential is called.
    #[serde(default)]
    pub credential: Option<String>,
    pub duration_ms: i64,
}

/// What is told while a run goes. Counts are of devices and of completed work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunEvent {
    Started {
        run: RunId,
        kind: RunKind,
        total: u64,
        at: Timestamp,
    },
    DeviceStarted {
        run: RunId,
        device: String,
        address: String,
        at: Timestamp,
    },
    DeviceCompleted {
        run: RunId,
        device: String,
        address: String,
        outcome: DeviceOutcome,
        at: Timestamp,
    },
    Progress {
        run: RunId,
        running: u64,
        completed: u64,
        failed: u64,
        skipped: u64,
        total: u64,
        at: Timestamp,
    },
    /// What goes before the devices' own work, and how far it is: `hearing greetings`.
    Stage {
        run: RunId,
        stage: &'static str,
        completed: u64,
        total: u64,
        at: Timestamp,
    },
    /// Somebody should look at this at once; the device fails besides.
    Alarm {
        run: RunId,
        class: FailureClass,
        device: String,
        address: String,
        message: String,
        at: Timestamp,
    },
    Finished {
        run: RunId,
        state: RunState,
        summary: serde_json::Value,
        at: Timestamp,
    },
}
