//! Accounts as the servers that check them count: what may lock, and what was tried of it.

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// The realm of an account that nobody named one for: it counts as one account everywhere, which is the safe guess.
pub const DEFAULT_REALM: &str = "default";
/// The realm of accounts that a device keeps itself: they lock on that device alone.
pub const LOCAL_REALM: &str = "local";

/// What an AAA server, or one device by itself, counts failures for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Account {
    /// The AAA group; `local ADDRESS` for what a device keeps itself.
    pub realm: String,
    pub username: String,
}

impl Account {
    /// The account that a log-in with this user name counts against.
    pub fn of(realm: Option<&str>, username: &str, device: IpAddr) -> Self {
        let realm = match realm.map(str::trim).filter(|r| !r.is_empty()).unwrap_or(DEFAULT_REALM) {
            LOCAL_REALM => format!("{LOCAL_REALM} {device}"),
            realm => realm.to_owned(),
        };
        Self { realm, username: username.to_owned() }
    }

    /// The realm as it is configured: `local` for all devices.
    pub fn realm_name(&self) -> &str {
        self.realm.split_once(' ').filter(|(name, _)| *name == LOCAL_REALM).map_or(&self.realm, |(name, _)| name)
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.realm.as_str() {
            DEFAULT_REALM => write!(f, "`{}`", self.username),
            realm => write!(f, "`{}` ({realm})", self.username),
        }
    }
}

/// What is known of an account's failures, from all processes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bucket {
    /// Without an acceptance between them.
    pub refused_in_a_row: u32,
    pub stopped: Option<Stop>,
    /// Under way, refused, or lost with the process that made them.
    pub tries: Vec<LoginTry>,
}

/// An account that is left alone by all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Stop {
    pub at: Timestamp,
    /// `None`: until somebody clears it.
    pub until: Option<Timestamp>,
}

/// One log-in with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LoginTry {
    pub id: i64,
    /// The process that makes it.
    pub holder: String,
    /// Its address.
    pub device: String,
    pub credential: String,
    /// Whether the secret had not been accepted anywhere when it was sent.
    pub canary: bool,
    pub refused: bool,
    /// When it was refused; until then, when its holder counts as gone and the try as refused.
    pub at: Timestamp,
}

#[test]
fn an_account_of_a_device_counts_there_alone() {
    let of = |realm| Account::of(realm, "ops", IpAddr::from([10, 0, 0, 1])).to_string();
    assert_eq!(of(None), "`ops`");
    assert_eq!(of(Some(" ")), "`ops`");
    assert_eq!(of(Some("tacacs")), "`ops` (tacacs)");
    assert_eq!(of(Some("local")), "`ops` (local 10.0.0.1)");
}
