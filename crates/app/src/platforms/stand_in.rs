//! A recorded session as a device that answers.

use model::Platform;
use model::text::shown;
use serde::Serialize;

use super::PlatformBook;
use crate::{AppError, AppResult};

/// What the device printed, and what it waited for then.
pub type Turn = (Vec<u8>, Option<String>);

/// A recorded session, to be answered from.
#[derive(Debug, Clone, Serialize)]
pub struct StandIn {
    pub platform: String,
    pub case: String,
    /// In the order in which it was recorded.
    #[serde(skip)]
    pub turns: Vec<Turn>,
    /// How the platform says that it does not know a command.
    #[serde(skip)]
    pub refusal: String,
}

/// How devices say that they do not know a command, one of each kind.
const REFUSALS: &[&str] = &[
    "% Invalid input detected at '^' marker.",
    "% Unknown command.",
    "                 ^\r\nunknown command.",
    "Error: Unrecognized command found at '^' position.",
    " % Unrecognized command found at '^' position.",
    "Invalid input: unknown",
    "Unknown command.",
    "Invalid syntax.",
    "bad command name unknown (line 1 column 1)",
    "MINOR: CLI #2001: Invalid command",
    "Error: Bad command.",
    "Unknown action 0\r\nCommand fail. Return code 1",
    "CLINFR0329  Invalid command:'unknown'.",
    "% Invalid input",
    "bash: unknown: command not found",
];

impl PlatformBook {
    /// By `platform`, whose first recorded session it is then, or `platform/case`.
    pub fn stand_in(&self, name: &str) -> AppResult<StandIn> {
        let (platform, wanted) = name.split_once('/').map_or((name, None), |(platform, case)| (platform, Some(case)));
        let platform = self.get(platform)?;
        let mut cases = self.platforms.cases(&platform.name).filter(|c| c.session.is_some());
        let none = || {
            let with = self.platforms.cases(&platform.name).filter(|c| c.session.is_some()).map(|c| c.name.as_str());
            let with = with.collect::<Vec<_>>().join(", ");
            AppError::Usage(format!("no session is on record as `{}`; {} has {with}", shown(name), platform.name))
        };
        let case = cases.find(|case| wanted.is_none_or(|wanted| case.name == wanted)).ok_or_else(none)?;
        let recording = dialog::Recording::parse(case.session.as_deref().unwrap_or_default());
        let recording = recording.map_err(|e| AppError::Invalid(format!("{} {}: {e}", platform.name, case.name)))?;
        let (platform_name, case) = (platform.name.clone(), case.name.clone());
        Ok(StandIn { platform: platform_name, case, turns: recording.turns(), refusal: refusal(platform) })
    }
}

fn refusal(platform: &Platform) -> String {
    let knows = |text: &&&str| platform.session.errors.iter().any(|p| model::pattern::found(p, text.as_bytes()));
    REFUSALS.iter().find(knows).unwrap_or(&REFUSALS[0]).to_string()
}

#[test]
fn every_platform_refuses_in_its_own_words() {
    for platform in model::Platforms::builtin().all() {
        let refusal = refusal(platform);
        let known = platform.session.errors.iter().any(|p| model::pattern::found(p, refusal.as_bytes()));
        assert!(known, "{}: none of the refusals is one: {:?}", platform.name, platform.session.errors);
    }
}
