//! Site and role of a device from its name: rules in the config, sane defaults without.

use model::text::slug;
use regex::Regex;
use serde::{Deserialize, Serialize};

/// A regex over the short host name, whatever the case. Group 1, if there is one, is the value; else `value`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceRule {
    pub pattern: String,
    #[serde(default)]
    pub value: Option<String>,
}

/// The first rule that matches decides.
#[derive(Debug, Clone)]
pub struct Placing {
    sites: Vec<(Regex, Option<String>)>,
    roles: Vec<(Regex, Option<String>)>,
}

/// `usa-rtr-1`, `fra01-leaf-2`: a site code, then the rest.
const SITES: &[(&str, Option<&str>)] = &[(r"^([a-z]{2,6}\d{0,3})[-_.].+", None)];

const ROLES: &[(&str, Option<&str>)] = &[
    (r"(^|[-_.])(b?spine|spn)\d*([-_.]|$)", Some("spine")),
    (r"(^|[-_.])(leaf|tor)\d*([-_.]|$)", Some("leaf")),
    (r"(^|[-_.])(core|cor|cr)\d*([-_.]|$)", Some("core")),
    (r"(^|[-_.])(dist|distribution|agg|aggr)\d*([-_.]|$)", Some("distribution")),
    (r"(^|[-_.])(fw|firewall|asa)\d*([-_.]|$)", Some("firewall")),
    (r"(^|[-_.])(wlc|wism)\d*([-_.]|$)", Some("wireless")),
    (r"(^|[-_.])(rtr|router|gw|edge|wan|pe|ce|r)\d*([-_.]|$)", Some("router")),
    (r"(^|[-_.])(access|acc|as|sw|switch)\d*([-_.]|$)", Some("access")),
];

impl Placing {
    /// The operator's rules first, then the defaults. A pattern that is not a regex is an error.
    pub fn new(sites: &[PlaceRule], roles: &[PlaceRule]) -> Result<Self, regex::Error> {
        Ok(Self { sites: compile(sites, SITES)?, roles: compile(roles, ROLES)? })
    }

    pub fn site(&self, name: &str) -> Option<String> {
        first(&self.sites, name)
    }

    pub fn role(&self, name: &str) -> Option<String> {
        first(&self.roles, name)
    }
}

fn compile(own: &[PlaceRule], defaults: &[(&str, Option<&str>)]) -> Result<Vec<(Regex, Option<String>)>, regex::Error> {
    let own = own.iter().map(|r| (r.pattern.clone(), r.value.clone()));
    let defaults = defaults.iter().map(|(p, v)| ((*p).to_owned(), v.map(str::to_owned)));
    own.chain(defaults).map(|(p, v)| Ok((Regex::new(&format!("(?i){p}"))?, v))).collect()
}

fn first(rules: &[(Regex, Option<String>)], name: &str) -> Option<String> {
    let short = name.split('.').next().unwrap_or(name);
    let (found, value) = rules.iter().find_map(|(p, v)| Some((p.captures(short)?, v)))?;
    let value = value.clone().or_else(|| Some(found.get(1)?.as_str().to_lowercase()))?;
    Some(slug(&value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, site: Option<&str>, role: Option<&str>) {
        let placing = Placing::new(&[], &[]).expect("defaults");
        assert_eq!((placing.site(name).as_deref(), placing.role(name).as_deref()), (site, role), "{name}");
    }

    #[test]
    fn usual_names_tell_site_and_role() {
        check("usa-rtr-1", Some("usa"), Some("router"));
        check("FRA01-leaf-12.example.net", Some("fra01"), Some("leaf"));
        check("ber-core-1", Some("ber"), Some("core"));
        check("par-access-3", Some("par"), Some("access"));
        check("spine1", None, Some("spine"));
        check("sw1", None, Some("access"));
        check("zeus", None, None);
    }

    #[test]
    fn an_operators_rule_goes_first() {
        let rule = PlaceRule { pattern: "^zeus".into(), value: Some("Athens".into()) };
        let placing = Placing::new(&[rule], &[]).expect("rule");
        assert_eq!(placing.site("zeus1").as_deref(), Some("Athens"));
    }
}
