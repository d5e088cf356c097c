//! How much a change matters: rules, of which the first that fits decides. Those of the user come before ours.

use std::fmt;

use model::{Action, Change, ChangeKind, Severity};
use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::difference::Touched;

/// A rule as it stands in `config.yaml`. What is not given fits all; patterns are regular expressions.
#[derive(Debug, Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SeverityRule {
    pub severity: Option<Severity>,
    /// In place of a severity: noise, which is told by nobody. For facts.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ignore: bool,
    /// `config`, `version`, `inventory`, or a kind of facts.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<ChangeKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// A pattern over the name of the device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// A pattern over a line that is new or gone, or over what a fact says; secrets are masked there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<String>,
    /// A pattern over the line of a section in which something changed: `^interface `.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// More lines, components or things than this changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more_than: Option<u32>,
}

/// Why a rule is none; it says which and what to write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("changes.severity, rule {number}: {reason}")]
pub struct RuleError {
    /// From 1.
    pub number: usize,
    pub reason: String,
}

/// All rules, ready to judge by.
#[derive(Debug, Clone)]
pub struct SeverityRules {
    rules: Vec<Rule>,
    /// How many of them are the user's.
    own: usize,
}

#[derive(Debug, Clone)]
struct Rule {
    source: SeverityRule,
    severity: Severity,
    device: Option<Regex>,
    lines: Option<Regex>,
    section: Option<Regex>,
}

/// Whose change it is.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    pub device: &'a str,
    pub platform: &'a str,
    pub role: Option<&'a str>,
    pub site: Option<&'a str>,
}

impl SeverityRules {
    /// The rules of a config, and ours after them.
    ///
    /// # Errors
    /// [`RuleError`] for a rule without severity or with a pattern that is none.
    pub fn new(own: &[SeverityRule]) -> Result<Self, RuleError> {
        let of =
            |(n, rule): (usize, &SeverityRule)| Rule::of(rule).map_err(|reason| RuleError { number: n + 1, reason });
        let mut rules = own.iter().enumerate().map(of).collect::<Result<Vec<_>, _>>()?;
        let own = rules.len();
        rules.extend(defaults().iter().filter_map(|rule| Rule::of(rule).ok()));
        Ok(Self { rules, own })
    }

    /// Whether the rule that decides says that this is noise.
    pub fn is_noise(&self, change: &Change, whose: Whose<'_>) -> bool {
        self.rules.iter().find(|r| r.fits(change, &[], whose)).is_some_and(|r| r.source.ignore)
    }

    /// Minor when no rule fits.
    pub fn judge(&self, change: &Change, touched: &[Touched], whose: Whose<'_>) -> Severity {
        self.rules.iter().find(|r| r.fits(change, touched, whose)).map_or(Severity::Minor, |r| r.severity)
    }

    /// The number of the rule that decides, from 1 as they are shown.
    pub fn deciding(&self, change: &Change, touched: &[Touched], whose: Whose<'_>) -> Option<usize> {
        self.rules.iter().position(|r| r.fits(change, touched, whose)).map(|n| n + 1)
    }

    /// In the order in which they are asked; whether it is the user's.
    pub fn all(&self) -> impl Iterator<Item = (&SeverityRule, bool)> {
        self.rules.iter().enumerate().map(|(n, rule)| (&rule.source, n < self.own))
    }
}

impl Default for SeverityRules {
    fn default() -> Self {
        Self { rules: defaults().iter().filter_map(|rule| Rule::of(rule).ok()).collect(), own: 0 }
    }
}

/// Critical: more than 50 lines of a configuration, any version, more than 5 components. Facts: what is gone matters
/// more than what is new, and a storm more than a single one.
fn defaults() -> Vec<SeverityRule> {
    let rule = |severity, kind: &str, action, more_than| SeverityRule {
        severity: Some(severity),
        kind: kind.parse().ok(),
        action,
        more_than,
        ..SeverityRule::default()
    };
    // One for each who dials in.
    let dialled = Some("(?i)^(virtual-access|vi|pppoe-?|<pppoe-)\\d".to_owned());
    let mut rules = vec![
        SeverityRule { ignore: true, kind: "interfaces".parse().ok(), lines: dialled, ..SeverityRule::default() },
        rule(Severity::Critical, "config", None, Some(50)),
        rule(Severity::Moderate, "config", None, Some(10)),
        rule(Severity::Minor, "config", None, None),
        rule(Severity::Critical, "version", None, None),
        rule(Severity::Critical, "inventory", None, Some(5)),
        rule(Severity::Moderate, "inventory", None, None),
    ];
    for kind in ["neighbors", "bgp_neighbors", "ospf_neighbors"] {
        if kind.parse::<ChangeKind>().is_ok() {
            rules.push(rule(Severity::Moderate, kind, Some(Action::Removed), None));
            rules.push(rule(Severity::Moderate, kind, Some(Action::Changed), None));
        }
    }
    rules.push(SeverityRule { severity: Some(Severity::Moderate), more_than: Some(50), ..SeverityRule::default() });
    rules.push(SeverityRule { severity: Some(Severity::Minor), ..SeverityRule::default() });
    rules
}

impl Rule {
    fn of(source: &SeverityRule) -> Result<Rule, String> {
        let pattern = |name: &str, text: &Option<String>| {
            let compiled = text.as_deref().map(Regex::new).transpose();
            compiled.map_err(|_| format!("`{name}` is not a regular expression: `{}`", text.as_deref().unwrap_or("")))
        };
        let severity = match (source.severity, source.ignore, source.kind) {
            (Some(_), true, _) => return Err("it has both `severity` and `ignore`; choose one".to_owned()),
            (None, true, Some(ChangeKind::Config | ChangeKind::Version | ChangeKind::Inventory)) => {
                let reason = "`ignore` is for facts; what is noise in a text is set by the `noise` of its platform";
                return Err(reason.to_owned());
            }
            (None, true, None) => return Err("it has `ignore` and no `type`; name a kind of facts".to_owned()),
            (None, true, Some(_)) => Severity::Minor,
            (severity, false, _) => severity.ok_or("it has no `severity`; write minor, moderate or critical")?,
        };
        Ok(Rule {
            severity,
            device: pattern("device", &source.device)?,
            lines: pattern("lines", &source.lines)?,
            section: pattern("section", &source.section)?,
            source: source.clone(),
        })
    }

    fn fits(&self, change: &Change, touched: &[Touched], whose: Whose<'_>) -> bool {
        let rule = &self.source;
        let is = |wanted: &Option<String>, has: Option<&str>| wanted.as_deref().is_none_or(|w| has == Some(w));
        rule.kind.is_none_or(|kind| kind == change.kind)
            && rule.action.is_none_or(|action| change.action == Some(action))
            && is(&rule.platform, Some(whose.platform))
            && is(&rule.role, whose.role)
            && is(&rule.site, whose.site)
            && self.device.as_ref().is_none_or(|p| p.is_match(whose.device))
            && rule.more_than.is_none_or(|n| size(change) > n)
            && self.lines.as_ref().is_none_or(|p| has_line(p, change, touched))
            && self.section.as_ref().is_none_or(|p| touched.iter().any(|t| t.sections.iter().any(|s| p.is_match(s))))
    }
}

/// What `more_than` counts: lines of a text, components, things.
fn size(change: &Change) -> u32 {
    match change.kind {
        ChangeKind::Config => change.lines_added + change.lines_removed,
        ChangeKind::Version | ChangeKind::Inventory => change.lines_added.max(change.lines_removed),
        ChangeKind::Facts(_) => change.count,
    }
}

fn has_line(pattern: &Regex, change: &Change, touched: &[Touched]) -> bool {
    if change.kind == ChangeKind::Config {
        return touched.iter().any(|t| pattern.is_match(&t.text));
    }
    change
        .diff
        .lines()
        .filter(|l| !l.starts_with("---") && !l.starts_with("+++"))
        .any(|line| line.strip_prefix(['+', '-']).is_some_and(|text| pattern.is_match(text)))
}

/// In a line: `config, role core, more than 50`.
impl fmt::Display for SeverityRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        parts.extend(self.kind.map(|kind| kind.to_string()));
        parts.extend(self.action.map(|action| action.to_string()));
        let named = [
            ("platform", &self.platform),
            ("role", &self.role),
            ("site", &self.site),
            ("device", &self.device),
            ("a line like", &self.lines),
            ("in a section like", &self.section),
        ];
        parts.extend(named.iter().filter_map(|(name, value)| value.as_ref().map(|v| format!("{name} {v}"))));
        parts.extend(self.more_than.map(|n| format!("more than {n}")));
        f.write_str(if parts.is_empty() { "all" } else { "" })?;
        f.write_str(&parts.join(", "))
    }
}

#[cfg(test)]
mod tests;
