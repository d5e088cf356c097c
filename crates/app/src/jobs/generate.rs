//! A job for each platform and capture type, for devices that are there or that a `sessions.yaml` names.

use std::collections::BTreeSet;
use std::path::Path;

use model::job::{JobDevices, JobWhat};
use model::text::shown;

use super::JobDraft;
use crate::actor::Role;
use crate::import::platforms_of_sessions;
use crate::{Actor, App, AppError, AppResult};

/// Jobs that were made of what was asked, and why some were not.
#[derive(Debug, Clone)]
pub struct Generated {
    /// With the names of their files.
    pub jobs: Vec<(String, JobDraft)>,
    pub left_out: Vec<String>,
}

impl App {
    /// A job for each of these capture types on each platform of the devices.
    pub async fn generate_jobs(
        &self,
        actor: &Actor,
        sessions: Option<&Path>,
        types: &[String],
    ) -> AppResult<Generated> {
        actor.must(Role::Viewer, "see jobs")?;
        let words: BTreeSet<String> = match sessions {
            Some(path) => platforms_of_sessions(path)?,
            None => self.devices(actor, "all").await?.into_iter().map(|d| d.platform).collect(),
        };
        let (mut jobs, mut left_out) = (Vec::new(), Vec::new());
        let mut types_known = Vec::with_capacity(types.len());
        for asked in types {
            types_known.push(self.capture_type(asked).await?);
        }
        for word in &words {
            let Some(platform) = self.reader.platforms.get(word) else {
                left_out.push(format!("platform `{}` is not one that is spoken", shown(word)));
                continue;
            };
            for capture in &types_known {
                if !platform.captures.contains_key(capture) {
                    left_out.push(format!("{} has no command for {capture}", platform.name));
                    continue;
                }
                let number = 300 + jobs.len();
                let file = format!("job_{number}_{}_{capture}.json", platform.name.replace('_', "-"));
                let draft = JobDraft {
                    name: format!("{} {capture}", platform.name),
                    enabled: true,
                    what: JobWhat { captures: vec![capture.clone()], ..JobWhat::default() },
                    which: JobDevices { platform: vec![platform.name.clone()], ..JobDevices::default() },
                    ..JobDraft::default()
                };
                jobs.push((file, draft));
            }
        }
        if jobs.is_empty() && left_out.is_empty() {
            return Err(AppError::Invalid(
                "there are no devices to make jobs for; `velocity discover` finds them".into(),
            ));
        }
        Ok(Generated { jobs, left_out })
    }
}
