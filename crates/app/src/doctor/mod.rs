//! Whether an installation is well: each thing that can be amiss is looked at, and what to do about it is said.
//!
//! It looks as far as it can: a database that does not open does not keep it from looking at the disk.

mod reach;
mod repair;
pub(crate) mod things;

use std::path::Path;
use std::sync::Arc;

use model::Clock;
use serde::Serialize;

use crate::{App, AppResult};

pub use reach::TryLogin;
pub use repair::{Repair, repair};

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FindingHealth)]
pub enum Health {
    Well,
    /// It works, and somebody should look at it.
    Warning,
    /// It does not work.
    Ill,
}

/// What was found of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Finding {
    /// `disk`, `database`, `vault` …
    pub thing: &'static str,
    pub health: Health,
    /// What was seen.
    pub seen: String,
    /// What to do; empty when nothing is.
    pub advice: String,
}

impl Finding {
    fn well(thing: &'static str, seen: impl Into<String>) -> Self {
        Self { thing, health: Health::Well, seen: seen.into(), advice: String::new() }
    }

    fn warning(thing: &'static str, seen: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { thing, health: Health::Warning, seen: seen.into(), advice: advice.into() }
    }

    fn ill(thing: &'static str, seen: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { thing, health: Health::Ill, seen: seen.into(), advice: advice.into() }
    }
}

/// Looks at everything in `home`. With `deep` every page of the database is read. Gives the installation too, when it
/// opens.
pub async fn examine(home: &Path, clock: Arc<dyn Clock>, deep: bool) -> AppResult<(Vec<Finding>, Option<App>)> {
    let mut findings = vec![things::folder(home), things::disk(home)];
    let opened = App::open_with(home, clock).await;
    let app = match opened {
        Ok(app) => {
            findings.extend(things::opened(&app, deep).await);
            Some(app)
        }
        Err(error) => {
            findings.push(things::closed(&error));
            None
        }
    };
    Ok((findings, app))
}
