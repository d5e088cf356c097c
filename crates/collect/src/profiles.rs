//! The conversation profiles of platforms, each compiled when the first device of its platform is met: a run knows few of
//! them, and compiling them all would be most of what a short run does.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use dialog::{Profile, ProfileError};
use model::{Platform, Platforms};

/// Profiles by platform name.
pub struct Profiles {
    platforms: &'static Platforms,
    compiled: HashMap<&'static str, OnceLock<Arc<Profile>>>,
    generic: Arc<Profile>,
}

/// The session used before the platform is known.
const GENERIC: &str = "generic";

impl Profiles {
    /// Fails when a pattern of the generic session is not a regex.
    pub fn new(platforms: &'static Platforms) -> Result<Self, ProfileError> {
        let compiled = platforms.all().iter().map(|p| (p.name.as_str(), OnceLock::new())).collect();
        let generic = platforms.get(GENERIC).map(|p| p.session.clone()).unwrap_or_default();
        Ok(Self { platforms, compiled, generic: Arc::new(Profile::compile(&generic)?) })
    }

    pub fn platforms(&self) -> &'static Platforms {
        self.platforms
    }

    /// The profile of a platform; the generic one for a name that nobody knows, and for patterns that are none, which
    /// whoever loaded the platform has looked for.
    pub fn of(&self, platform: &Platform) -> Arc<Profile> {
        let Some(known) = self.compiled.get(platform.name.as_str()) else { return self.generic() };
        let compile = || match Profile::compile(&platform.session) {
            Ok(profile) => Arc::new(profile),
            Err(error) => {
                tracing::error!(platform = %platform.name, "its session cannot be used: {error}");
                self.generic()
            }
        };
        known.get_or_init(compile).clone()
    }

    pub fn generic(&self) -> Arc<Profile> {
        self.generic.clone()
    }
}
