//! Platforms: what there is to talk with, what is asked and by what it is read, and the recorded cases.

mod fresh;
mod stand_in;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use ingest::Reader;
use ingest::essence::Filters;
use model::platform::{Case, PlatformError};
use model::{Platform, Platforms};
use serde::Serialize;

use crate::templates::Templates;
use crate::{AppError, AppResult};

pub use fresh::{NewPlatform, new_platform};
pub use stand_in::{StandIn, Turn};

/// In the data directory: platforms of the user's, over those of the product.
pub(crate) const FOLDER: &str = "platforms";

/// Those of a data directory over our own, where it has some. They are read once and stay for the life of the process.
pub(crate) fn own(home: Option<&Path>) -> Result<Option<&'static Platforms>, PlatformError> {
    let folder = home.map(|home| home.join(FOLDER)).filter(|folder| folder.is_dir());
    let Some(folder) = folder else { return Ok(None) };
    Ok(Some(Box::leak(Box::new(Platforms::builtin().with_folder(&folder)?))))
}

/// Those of a data directory, or ours alone.
pub(crate) fn at(home: Option<&Path>) -> Result<&'static Platforms, PlatformError> {
    Ok(own(home)?.unwrap_or_else(Platforms::builtin))
}

/// A platform, as it is listed.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PlatformView {
    pub name: String,
    pub vendor: String,
    /// `own` or `velocity`.
    pub from: &'static str,
    pub aliases: Vec<String>,
    pub captures: Vec<CaptureTypeView>,
    /// Capture types that cannot be asked, and why.
    pub without: BTreeMap<String, String>,
    pub cases: usize,
}

/// One capture type on one platform.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CaptureTypeView {
    pub capture_type: String,
    pub commands: Vec<String>,
    /// Templates that read it; none for a text that is only kept.
    pub templates: Vec<String>,
    /// What it gives: `arp`, `neighbors` …
    pub facts: Option<String>,
    /// Facts are expected of it, and there is no template.
    pub unread: bool,
    /// What is left out of it when it is compared: `noise`, `noise_parts`, `noise_blocks`, `unordered`, each with its
    /// pattern; and `last_change`, where it says who changed it.
    pub filters: Vec<String>,
}

/// A recorded case, read again.
#[derive(Debug, Clone, Serialize)]
pub struct CaseView {
    pub platform: String,
    pub case: String,
    pub ok: bool,
    /// What is different.
    pub reason: Option<String>,
}

/// The platforms of an installation, or of the product alone.
pub struct PlatformBook {
    platforms: &'static Platforms,
    templates: Templates,
}

impl PlatformBook {
    /// With those of a data directory, if there is one.
    pub fn at(home: Option<&Path>) -> AppResult<PlatformBook> {
        Ok(PlatformBook { platforms: at(home)?, templates: Templates::at(home) })
    }

    /// All, in order of name; `generic` is only how a session begins.
    pub fn list(&self) -> AppResult<Vec<PlatformView>> {
        self.known().map(|platform| self.view(platform)).collect()
    }

    pub fn show(&self, name: &str) -> AppResult<PlatformView> {
        self.view(self.get(name)?)
    }

    /// Plays and reads the recorded cases of one platform, or of all.
    pub fn test(&self, name: Option<&str>) -> AppResult<Vec<CaseView>> {
        let platforms: Vec<&Platform> = match name {
            Some(name) => vec![self.get(name)?],
            None => self.known().collect(),
        };
        let reader = Reader { platforms: self.platforms, library: Arc::clone(self.templates.library()?) };
        let cases = platforms.iter().flat_map(|p| self.platforms.cases(&p.name).map(move |case| (p, case)));
        let view = |(platform, case): (&&Platform, &Case)| {
            let reason = reader.check(case).and_then(|()| self.play(platform, case)).err();
            CaseView { platform: case.platform.clone(), case: case.name.clone(), ok: reason.is_none(), reason }
        };
        Ok(cases.map(view).collect())
    }

    fn known(&self) -> impl Iterator<Item = &'static Platform> {
        self.platforms.all().iter().filter(|p| !p.captures.is_empty())
    }

    fn get(&self, name: &str) -> AppResult<&'static Platform> {
        let unknown = || AppError::Usage(format!("there is no platform `{name}`; `velocity platform list` shows all"));
        self.platforms.get(name).ok_or_else(unknown)
    }

    fn view(&self, platform: &Platform) -> AppResult<PlatformView> {
        let ours =
            Platforms::builtin().get(&platform.name).is_some_and(|p| format!("{p:?}") == format!("{platform:?}"));
        let captures = platform.captures.iter().map(|(capture_type, spec)| {
            let facts = self.platforms.capture_type(capture_type).and_then(|(_, t)| t.fact.clone());
            let looked_up = |command: &String| self.templates.lookup(&platform.name, command).ok();
            let templates = match (&spec.template, &facts) {
                (Some(template), _) => vec![template.clone()],
                (None, Some(_)) => spec.commands.iter().find_map(looked_up).unwrap_or_default(),
                (None, None) => Vec::new(),
            };
            let unread = facts.is_some() && templates.is_empty();
            let (capture_type, commands) = (capture_type.clone(), spec.commands.clone());
            let filters = Filters::of(self.platforms, &platform.name, &capture_type).names().collect();
            CaptureTypeView { capture_type, commands, templates, facts, unread, filters }
        });
        Ok(PlatformView {
            name: platform.name.clone(),
            vendor: platform.vendor.clone(),
            from: if ours { "velocity" } else { "own" },
            aliases: platform.aliases.clone(),
            captures: captures.collect(),
            without: self.platforms.not_asked(&platform.name),
            cases: self.platforms.cases(&platform.name).count(),
        })
    }

    /// The recorded session, from the log-in on, gives the text that the case has.
    fn play(&self, platform: &Platform, case: &Case) -> Result<(), String> {
        let Some(session) = &case.session else { return Ok(()) };
        let text = |e: &dyn std::error::Error| format!("session.txt: {e}");
        let recording = dialog::Recording::parse(session).map_err(|e| text(&e))?;
        let profile = dialog::Profile::compile(&platform.session).map(Arc::new).map_err(|e| text(&e))?;
        let outputs = recording.play(profile.clone(), profile, []).map_err(|e| text(&e))?;
        let spec = self.platforms.type_of_case(case).and_then(|capture| platform.captures.get(capture));
        let asked = |o: &&dialog::Output| spec.is_some_and(|s| s.commands.contains(&o.command));
        match (outputs.iter().rev().find(asked), &case.output) {
            (Some(output), Some(stored)) if output.content != stored.as_bytes() => {
                Err(format!("session.txt: `{}` gives another text than output.txt", output.command))
            }
            (Some(output), _) if !output.is_complete() => Err(format!("session.txt: `{}` is cut", output.command)),
            (None, _) => Err("session.txt: no command of the capture type is asked in it".to_owned()),
            _ => Ok(()),
        }
    }
}
