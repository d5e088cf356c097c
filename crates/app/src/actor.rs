//! Who asks, and what they may do.

use crate::{AppError, AppResult};

/// Who does something; named in runs and in the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub name: String,
    pub role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Viewer,
    Operator,
    Admin,
}

impl Actor {
    /// Who sits at the machine: whoever can read the data directory may do everything with it.
    pub fn local() -> Self {
        let user = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|v| std::env::var(v).ok());
        Self { name: user.unwrap_or_else(|| "local".to_owned()), role: Role::Admin }
    }

    /// # Errors
    /// [`AppError::Forbidden`].
    pub(crate) fn must(&self, role: Role, verb: &'static str) -> AppResult<()> {
        match self.role >= role {
            true => Ok(()),
            false => Err(AppError::Forbidden { actor: self.name.clone(), verb }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_may_not_start_a_run() {
        let viewer = Actor { name: "eve".into(), role: Role::Viewer };
        assert!(viewer.must(Role::Viewer, "see devices").is_ok());
        let refused = viewer.must(Role::Operator, "start a run").map_err(|e| e.to_string());
        assert_eq!(refused, Err("`eve` may not start a run".to_owned()));
    }
}
