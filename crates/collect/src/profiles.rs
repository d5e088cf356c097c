//! The conversation profiles of all platforms, compiled once.

use std::collections::HashMap;
use std::sync::Arc;

use dialog::Profile;
use model::{Platform, Platforms};

/// Profiles by platform name.
pub struct Profiles {
    platforms: &'static Platforms,
    compiled: HashMap<&'static str, Arc<Profile>>,
    generic: Arc<Profile>,
}

/// The session used before the platform is known.
const GENERIC: &str = "generic";

impl Profiles {
    /// Fails when a platform's pattern is not a regex.
    pub fn compile(platforms: &'static Platforms) -> Result<Self, dialog::ProfileError> {
        let each = platforms.all().iter();
        let compiled = each.map(|p| Ok((p.name.as_str(), Arc::new(Profile::compile(&p.session)?))));
        let generic = platforms.get(GENERIC).map(|p| p.session.clone()).unwrap_or_default();
        let generic = Arc::new(Profile::compile(&generic)?);
        Ok(Self { platforms, compiled: compiled.collect::<Result<_, _>>()?, generic })
    }

    pub fn platforms(&self) -> &'static Platforms {
        self.platforms
    }

    /// The profile of a platform; the generic one for a name that nobody knows.
    pub fn of(&self, platform: &Platform) -> Arc<Profile> {
        self.compiled.get(platform.name.as_str()).cloned().unwrap_or_else(|| self.generic())
    }

    pub fn generic(&self) -> Arc<Profile> {
        self.generic.clone()
    }
}
