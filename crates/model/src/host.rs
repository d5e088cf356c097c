//! What an address answers with: its host key.

use serde::{Deserialize, Serialize};

use crate::change::words;

/// How a host key came to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyOrigin {
    #[default]
    FirstUse,
    /// From a `known_hosts` file.
    Imported,
    /// A person looked at it.
    Accepted,
}
words!(KeyOrigin { FirstUse = "first_use", Imported = "imported", Accepted = "accepted" });
