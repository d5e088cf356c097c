//! Who asks, and what they may do.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{AppError, AppResult};

/// Who does something; named in runs and in the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub name: String,
    pub role: Role,
    /// Sits at the machine: a name that is the path of a file is opened for nobody else.
    is_here: bool,
    /// What the role for all sites does not let do, one of these may, at its site.
    sites: Vec<SiteRole>,
}

/// A role that somebody has at one site, beside the one for all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SiteRole {
    /// Its slug.
    pub site: String,
    pub name: String,
    pub role: Role,
}

impl SiteRole {
    /// Whether it is meant by this name or slug.
    pub(crate) fn is_at(&self, site: &str) -> bool {
        self.site.eq_ignore_ascii_case(site) || self.name.to_lowercase() == site.trim().to_lowercase()
    }
}

/// What somebody may do. An approver releases what others planned, and starts nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Viewer,
    Approver,
    Operator,
    Admin,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Viewer, Role::Approver, Role::Operator, Role::Admin];

    pub fn as_str(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Approver => "approver",
            Role::Operator => "operator",
            Role::Admin => "admin",
        }
    }

    /// Whether who has this role may do what asks for `needed`.
    pub fn may(self, needed: Role) -> bool {
        self == needed || self == Role::Admin || needed == Role::Viewer
    }

    /// What is left of this role for somebody who may use it only as far as another goes.
    pub fn at_most(self, other: Role) -> Role {
        match (self.may(other), other.may(self)) {
            (true, _) => other,
            (_, true) => self,
            _ => Role::Viewer,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let known = Role::ALL.into_iter().find(|role| role.as_str() == word);
        known.ok_or_else(|| {
            format!("`{}` is no role; there are viewer, approver, operator, admin", model::text::shown(word))
        })
    }
}

impl Actor {
    /// Who sits at the machine: whoever can read the data directory may do everything with it.
    pub fn local() -> Self {
        let user = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|v| std::env::var(v).ok());
        Self { name: user.unwrap_or_else(|| "local".to_owned()), role: Role::Admin, is_here: true, sites: Vec::new() }
    }

    /// Somebody who comes from elsewhere, or what acts for one.
    pub fn known(name: String, role: Role) -> Self {
        Self { name, role, is_here: false, sites: Vec::new() }
    }

    /// With roles at sites as well.
    pub fn with_sites(self, sites: Vec<SiteRole>) -> Self {
        Self { sites, ..self }
    }

    /// Whether a path that this actor names may be opened.
    pub(crate) fn may_name_files(&self) -> bool {
        self.is_here
    }

    /// # Errors
    /// [`AppError::Forbidden`].
    pub(crate) fn must(&self, role: Role, verb: &str) -> AppResult<()> {
        match self.role.may(role) {
            true => Ok(()),
            false => Err(AppError::Forbidden { actor: self.name.clone(), verb: verb.to_owned() }),
        }
    }

    /// At one site at least: where it is, is judged by [`Actor::must_at`] when that is known.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub(crate) fn must_somewhere(&self, role: Role, verb: &str) -> AppResult<()> {
        if self.sites.iter().any(|at| at.role.may(role)) { Ok(()) } else { self.must(role, verb) }
    }

    /// At each of these sites, by name or slug; what is at no site asks for the role for all.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] with the site.
    pub(crate) fn must_at<'a>(
        &self,
        role: Role,
        verb: &str,
        sites: impl IntoIterator<Item = Option<&'a str>>,
    ) -> AppResult<()> {
        if self.role.may(role) {
            return Ok(());
        }
        for site in sites {
            let Some(site) = site else { return self.must(role, verb) };
            if !self.sites.iter().any(|at| at.is_at(site) && at.role.may(role)) {
                let verb = format!("{verb} at {}", model::text::shown(site));
                return Err(AppError::Forbidden { actor: self.name.clone(), verb });
            }
        }
        self.must_somewhere(role, verb)
    }

    /// Whether the role for all sites lets do it.
    pub(crate) fn may_everywhere(&self, role: Role) -> bool {
        self.role.may(role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_may_not_start_a_run() {
        let viewer = Actor::known("eve".into(), Role::Viewer);
        assert!(viewer.must(Role::Viewer, "see devices").is_ok());
        let refused = viewer.must(Role::Operator, "start a run").map_err(|e| e.to_string());
        assert_eq!(refused, Err("`eve` may not start a run".to_owned()));
    }

    #[test]
    fn a_role_at_a_site_is_good_for_that_site_alone() {
        let here = SiteRole { site: "fra-1".into(), name: "Frankfurt 1".into(), role: Role::Operator };
        let eve = Actor::known("eve".into(), Role::Viewer).with_sites(vec![here]);
        let may = |sites: &[Option<&str>]| eve.must_at(Role::Operator, "collect", sites.iter().copied()).is_ok();
        assert!(may(&[Some("frankfurt 1"), Some("fra-1")]) && eve.must_somewhere(Role::Operator, "collect").is_ok());
        assert!(!may(&[Some("fra-1"), Some("ber-1")]) && !may(&[None]) && !may(&[Some("fra-1"), None]));
        assert!(eve.must(Role::Operator, "collect").is_err());
        assert!(eve.must_at(Role::Admin, "collect", [Some("fra-1")]).is_err());
        assert!(eve.must_at(Role::Approver, "approve", [Some("fra-1")]).is_err());
    }

    #[test]
    fn who_starts_does_not_approve() {
        let may = |role: Role| Role::ALL.into_iter().filter(|needed| role.may(*needed)).collect::<Vec<_>>();
        assert_eq!(may(Role::Viewer), [Role::Viewer]);
        assert_eq!(may(Role::Approver), [Role::Viewer, Role::Approver]);
        assert_eq!(may(Role::Operator), [Role::Viewer, Role::Operator]);
        assert_eq!(may(Role::Admin), Role::ALL);
    }

    #[test]
    fn a_token_gives_no_more_than_its_owner_has() {
        assert_eq!(Role::Admin.at_most(Role::Viewer), Role::Viewer);
        assert_eq!(Role::Viewer.at_most(Role::Admin), Role::Viewer);
        assert_eq!(Role::Operator.at_most(Role::Operator), Role::Operator);
        assert_eq!(Role::Operator.at_most(Role::Approver), Role::Viewer);
    }
}
