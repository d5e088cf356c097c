//! Platforms and capture types as data: the folder `platforms/`, embedded.
//!
//! Adding a platform, a command or a mapping of template fields to facts needs no Rust, see
//! `docs/adding-a-platform.md`.

use std::collections::BTreeMap;
use std::sync::Arc;

use regex::Regex;
use serde::Deserialize;

use crate::fact::{Fact, FactKind};

mod load;

pub use load::PlatformError;

/// A network operating system: how to talk with it, how to know it, what to ask it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// netmiko's name: `cisco_ios`.
    pub name: String,
    pub vendor: String,
    /// Other spellings that users and other tools have for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whose ntc-templates it uses where it has none of its own; its own name when left out.
    pub templates_of: Option<String>,
    pub session: SessionSpec,
    /// Questions that know the platform without a hint; one that is answered as expected is enough.
    #[serde(default)]
    pub fingerprint: Vec<Fingerprint>,
    /// Regexes over what is seen before the first question: the server's version string, its banner, the greeting and
    /// the prompt, in lines. They only decide whose questions are asked first.
    #[serde(default)]
    pub greets: Vec<String>,
    /// Regex over the whole name of a port that does not begin with a letter: `24`, `1/1/1`.
    pub ports: Option<String>,
    /// Another command line that the same device may offer to another account: vtysh and the Linux shell.
    #[serde(default)]
    pub companions: Vec<String>,
    /// Regexes over what a neighbour says of its software, by LLDP or CDP: it is a network device, even one that
    /// says that it neither routes nor bridges.
    #[serde(default)]
    pub announces: Vec<String>,
    /// By capture type.
    #[serde(default)]
    pub captures: BTreeMap<String, CaptureSpec>,
    /// Capture types that there is no command for here, and why.
    #[serde(default)]
    pub without: BTreeMap<String, String>,
    /// Where else than in its `version` the device says who it is.
    #[serde(default)]
    pub identity: Vec<IdentitySpec>,
    /// Regexes over one line; what group 1 matches is a secret and is masked wherever it is shown.
    #[serde(default)]
    pub secrets: Vec<String>,
}

/// The conversation, see the crate `dialog`. All patterns are Rust regexes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionSpec {
    /// What a prompt looks like, on the last line, before the exact one is learnt.
    pub prompt: String,
    /// Lines that may stand before the prompt, such as `{master:0}`; they are no part of an output.
    #[serde(default)]
    pub prompt_banner: Option<String>,
    pub enable: Option<Enable>,
    /// Sent once after log-in: paging off, width. A refusal is no failure.
    #[serde(default)]
    pub prepare: Vec<String>,
    #[serde(default = "exit")]
    pub exit: String,
    /// What a pager prints at the end of a page, and what to answer.
    #[serde(default)]
    pub pager: Vec<Answer>,
    /// Questions that are answered while logging in.
    #[serde(default)]
    pub questions: Vec<Answer>,
    /// An output whose first or last lines match one of these is a refusal.
    #[serde(default)]
    pub errors: Vec<String>,
    pub user_suffix: Option<UserSuffix>,
}

/// What a device wants to be told about the terminal, behind the name of the user.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserSuffix {
    /// Version strings of the SSH servers that take it. It is used before the platform is known.
    pub server: String,
    pub suffix: String,
}

fn exit() -> String {
    "exit".to_owned()
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enable {
    pub command: String,
    /// A prompt that matches is not yet privileged.
    pub unprivileged: String,
    /// What asks for the password.
    pub password: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub pattern: String,
    pub answer: String,
}

/// How to know the platform from what a device answers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fingerprint {
    pub command: String,
    /// All must be found in the answer.
    pub all: Vec<String>,
    /// None may be found.
    #[serde(default)]
    pub none: Vec<String>,
}

/// For columns of a fact: `[regex, word]` pairs. The word of the first that matches takes the place of what is printed, `$1` in it being
/// what group 1 matches; what none matches stays as it is printed.
pub type Words = BTreeMap<String, Vec<(String, String)>>;

/// How one capture type is asked for and read on one platform.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptureSpec {
    /// Tried in order until one is not refused.
    pub commands: Vec<String>,
    /// `<name>` of a TextFSM template; when left out, the template index is asked for platform and command.
    pub template: Option<String>,
    /// Column of the fact to template field; see [`FieldRule`]. Added to those of the capture type.
    #[serde(default)]
    pub fields: BTreeMap<String, FieldRule>,
    /// Words for what is printed; those of the capture type come after them.
    #[serde(default)]
    pub words: Words,
    /// List fields of the template that are unrolled in step, one fact for each element.
    #[serde(default)]
    pub explode: Vec<String>,
    /// A row is left out when a field matches: `MAC_ADDRESS: Incomplete`.
    #[serde(default)]
    pub skip: BTreeMap<String, String>,
    /// An answer that matches means that there is nothing to report: a complete, empty capture.
    #[serde(default)]
    pub nothing: Vec<String>,
    /// The same for a long answer: a table with headings and no row. Found anywhere in it.
    #[serde(default)]
    pub empty: Vec<String>,
    /// Whole lines that are known to say nothing of the facts, such as legends and counters: they are not told as lines
    /// that no rule read. A rule of the template that reads one still does.
    #[serde(default)]
    pub known_lines: Vec<String>,
    /// The last line that is not blank matches, or the output was cut.
    pub end: Option<String>,
    /// Lines that mean nothing in a comparison: timestamps, counters.
    #[serde(default)]
    pub noise: Vec<String>,
    /// What group 1 matches means nothing; the rest of the line does.
    #[serde(default)]
    pub noise_parts: Vec<String>,
    /// Lines that mean nothing, from one to another: the body of a certificate.
    #[serde(default)]
    pub noise_blocks: Vec<NoiseBlock>,
    /// Lines, each with what is indented under it, whose order among their like means nothing. The order of all
    /// others does: entries of an access list, a route map, a prefix list.
    #[serde(default)]
    pub unordered: Vec<String>,
    /// Where the device says who changed it last, and when: the groups `user` and `at`.
    #[serde(default)]
    pub last_change: Vec<String>,
}

/// What stands after a line that matches `from`, up to the first that matches `to`, and that one. Without an end
/// nothing is left out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoiseBlock {
    pub from: String,
    pub to: String,
}

/// Lines that are not blank, above which an answer is more than a message.
const MESSAGE_LINES: usize = 6;

impl CaptureSpec {
    /// Whether the whole output is a message that there is nothing to report: the feature is off, the table empty.
    pub fn says_nothing(&self, output: &[u8]) -> bool {
        let lines = output.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty());
        lines.take(MESSAGE_LINES + 1).count() <= MESSAGE_LINES
            && self.nothing.iter().any(|p| crate::pattern::found(p, output))
            || self.empty.iter().any(|p| crate::pattern::found(p, output))
    }
}

/// Facts of another capture that say who the device is: on Junos the chassis' serial number is in `inventory`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentitySpec {
    /// The capture type to read, which has facts.
    pub capture: String,
    /// A fact counts when each of these columns matches.
    #[serde(default)]
    pub only: BTreeMap<String, String>,
    /// Column of the `system` fact to the column here that holds it.
    pub columns: BTreeMap<String, String>,
}

impl IdentitySpec {
    /// `(column of system, value)` from each fact that counts, in the order of the facts.
    pub fn values(&self, kind: &FactKind, facts: &[Fact]) -> Vec<(&str, String)> {
        let only: Vec<_> = self.only.iter().filter_map(|(c, p)| Some((c, Regex::new(p).ok()?))).collect();
        let shown = |fact: &Fact, column: &str| kind.position(column).map(|at| fact.values[at].shown());
        let counts = |fact: &&Fact| only.iter().all(|(c, p)| shown(fact, c).is_some_and(|text| p.is_match(&text)));
        let of = |fact| self.columns.iter().filter_map(move |(to, from)| Some((to.as_str(), shown(fact, from)?)));
        facts.iter().filter(counts).flat_map(of).filter(|(_, text)| !text.is_empty()).collect()
    }
}

/// Where a column's text comes from: `FIELD`, `A|B` (the first that is not empty; `A|=text` falls back on a text), `A/B` (both, with the slash
/// between them), `A + B` (both, with a blank between them), `.column` (what was read for a column before), `=text` (as it stands),
/// `A ~ regex` (what group 1 matches in the first that is not empty).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum FieldRule {
    First(Vec<String>),
    Joined(String, String),
    Sum(String, String),
    Constant(String),
    Part { fields: Vec<String>, pattern: String },
}

impl From<String> for FieldRule {
    fn from(rule: String) -> Self {
        let alternatives = |fields: &str| fields.split('|').map(|f| f.trim().to_owned()).collect();
        if let Some((fields, pattern)) = rule.split_once(" ~ ") {
            return FieldRule::Part { fields: alternatives(fields), pattern: pattern.to_owned() };
        }
        if let Some((a, b)) = rule.split_once(" + ") {
            return FieldRule::Sum(a.to_owned(), b.to_owned());
        }
        match (rule.strip_prefix('='), rule.split_once('/')) {
            (Some(text), _) => FieldRule::Constant(text.to_owned()),
            (None, Some((a, b))) => FieldRule::Joined(a.to_owned(), b.to_owned()),
            (None, None) => FieldRule::First(alternatives(&rule)),
        }
    }
}

/// Which agents are of a platform, and what their sysDescr says: an entry of `platforms/snmp.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentSpec {
    pub platform: String,
    /// How its sysObjectID begins.
    pub object_id: Option<String>,
    /// Found in its sysDescr.
    pub describes: Option<String>,
    /// Group 1 of these is the version of the software, and the model.
    pub version: Option<String>,
    pub model: Option<String>,
}

impl AgentSpec {
    fn fits(&self, object_id: &str, description: &[u8]) -> bool {
        let begins = |prefix: &String| {
            object_id.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        (self.object_id.is_some() || self.describes.is_some())
            && self.object_id.as_ref().is_none_or(begins)
            && self.describes.as_ref().is_none_or(|p| crate::pattern::found(p, description))
    }
}

/// What a capture type is, whatever the platform: `platforms/capture_types.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptureType {
    pub title: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Name of the [`FactKind`] that it fills.
    pub fact: Option<String>,
    #[serde(default)]
    pub fields: BTreeMap<String, FieldRule>,
    #[serde(default)]
    pub words: Words,
    /// Its output holds secrets: they are masked before it is read, so that none becomes a fact.
    #[serde(default)]
    pub masked: bool,
    /// Kind of change that a difference is: `config`, `version`, `inventory`.
    pub change: Option<crate::ChangeKind>,
    /// As those of a platform's capture, on all platforms.
    #[serde(default)]
    pub noise: Vec<String>,
    #[serde(default)]
    pub noise_parts: Vec<String>,
    /// What is walked for it, for one that is read by SNMP: an entry of a table, and its columns.
    #[serde(default)]
    pub snmp: BTreeMap<String, Vec<u32>>,
    /// Typical time, for estimates.
    #[serde(default)]
    pub seconds: u32,
}

impl CaptureType {
    pub fn fact_kind(&self) -> Option<&'static FactKind> {
        FactKind::by_name(self.fact.as_deref()?)
    }
}

/// Evidence: what a device of a platform printed, and what is read in it. A folder `cases/<name>/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    pub platform: String,
    /// A capture type, with more behind an underscore: `version_stack`.
    pub name: String,
    /// `session.txt`: the wire, see `dialog::Recording`.
    pub session: Option<String>,
    /// `output.txt`: what is stored.
    pub output: Option<String>,
    /// `rows.json`: the columns of each fact that are not null.
    pub rows: Option<String>,
    /// `unread.txt`: how many lines no rule reads.
    pub unread: usize,
    /// `same.txt`: another output, which differs from `output.txt` in noise alone.
    pub same: Option<String>,
    /// `changed.txt` and `diff.txt`: another output, and what is different in it.
    pub changed: Option<String>,
    pub diff: Option<String>,
}

/// All platforms and capture types.
#[derive(Debug, Clone)]
pub struct Platforms {
    platforms: Vec<Platform>,
    types: BTreeMap<String, CaptureType>,
    /// Of a folder over ours.
    templates: Vec<(String, String)>,
    agents: Vec<AgentSpec>,
    cases: Vec<Case>,
}

impl Platforms {
    pub fn all(&self) -> &[Platform] {
        &self.platforms
    }

    /// What single kinds of SSH servers want behind the name of the user.
    pub fn user_suffixes(&self) -> Arc<[UserSuffix]> {
        self.platforms.iter().filter_map(|p| p.session.user_suffix.clone()).collect()
    }

    /// By name or alias, whatever the case.
    pub fn get(&self, name: &str) -> Option<&Platform> {
        let same =
            |p: &&Platform| p.name.eq_ignore_ascii_case(name) || p.aliases.iter().any(|a| a.eq_ignore_ascii_case(name));
        self.platforms.iter().find(same)
    }

    /// Which platform an SNMP agent is, by its sysObjectID (numbers with dots, the first without) and its sysDescr.
    pub fn by_agent(&self, object_id: &str, description: &[u8]) -> Option<(&Platform, &AgentSpec)> {
        let fits = self.agents.iter().filter(|a| a.fits(object_id, description));
        fits.filter_map(|a| Some((self.get(&a.platform)?, a))).next()
    }

    pub fn capture_types(&self) -> impl Iterator<Item = (&str, &CaptureType)> {
        self.types.iter().map(|(name, t)| (name.as_str(), t))
    }

    /// By name or alias; gives the canonical name with it.
    pub fn capture_type(&self, name: &str) -> Option<(&str, &CaptureType)> {
        let same = |(known, t): &(&str, &CaptureType)| *known == name || t.aliases.iter().any(|a| a == name);
        self.capture_types().find(same)
    }

    /// Why a capture type cannot be asked on a platform.
    pub fn why_without(&self, platform: &str, capture_type: &str) -> String {
        let Some(known) = self.get(platform) else { return format!("there is no platform `{platform}`") };
        let is_snmp = self.types.get(capture_type).is_some_and(|t| !t.snmp.is_empty());
        let plain = || match is_snmp {
            true => "it is asked by SNMP alone".to_owned(),
            false => format!("{} has no command for it", known.name),
        };
        known.without.get(capture_type).cloned().unwrap_or_else(plain)
    }

    /// Each capture type that is asked by a command somewhere and not on this platform, and why.
    pub fn not_asked(&self, platform: &str) -> BTreeMap<String, String> {
        let has = |ty: &str| self.get(platform).is_some_and(|p| p.captures.contains_key(ty));
        let types = self.types.iter().filter(|(ty, t)| t.snmp.is_empty() && !has(ty));
        types.map(|(ty, _)| (ty.clone(), self.why_without(platform, ty))).collect()
    }

    /// The recorded cases of a platform, in order of name.
    pub fn cases<'p>(&'p self, platform: &'p str) -> impl Iterator<Item = &'p Case> {
        self.cases.iter().filter(move |case| case.platform == platform)
    }

    /// The capture type that a case is of, by its name; none for one that is only a fingerprint.
    pub fn type_of_case(&self, case: &Case) -> Option<&str> {
        let begins =
            |name: &&str| case.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
        self.types.keys().map(String::as_str).filter(begins).max_by_key(|name| name.len())
    }

    /// Templates of a folder over ours: name without ending, source.
    pub fn own_templates(&self) -> impl Iterator<Item = (&str, &str)> {
        self.templates.iter().map(|(name, source)| (name.as_str(), source.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Value, fact::COMPONENTS};

    #[test]
    fn a_platform_may_name_the_component_that_carries_the_serial_number() {
        let yaml = "{capture: inventory, only: {name: '^Chassis$'}, columns: {serials: serial}}";
        let spec: IdentitySpec = serde_saphyr::from_str(yaml).expect(yaml);
        let fact = |name: &str, serial: &str| {
            let text = |t: &str| Value::Text(t.to_owned());
            Fact {
                values: vec![text(name), Value::Null, Value::Null, Value::Null, text(serial), Value::Null, Value::Null],
                lines: (1, 1),
            }
        };
        let facts = [fact("Chassis", "VX01"), fact("Midplane", "VX02")];
        assert_eq!(spec.values(&COMPONENTS, &facts), [("serials", "VX01".to_owned())]);
    }

    /// `platforms/<name>/prompts.yaml`: what is a prompt, what only looks like one, what may stand before it.
    #[derive(Deserialize)]
    struct Prompts {
        prompt: Vec<String>,
        not: Vec<String>,
        #[serde(default)]
        banner: Vec<String>,
    }

    #[test]
    fn a_prompt_is_told_from_what_only_looks_like_one() {
        for platform in Platforms::builtin().all() {
            let seen = std::fs::read_to_string(format!("../../platforms/{}/prompts.yaml", platform.name));
            let seen: Prompts = serde_saphyr::from_str(&seen.expect(&platform.name)).expect("prompts.yaml");
            let is =
                |pattern: &str, line: &str| Regex::new(&format!(r"^(?:{pattern})\s*$")).is_ok_and(|p| p.is_match(line));
            let session = &platform.session;
            for line in &seen.prompt {
                assert!(is(&session.prompt, line), "{}: {line:?} is a prompt", platform.name);
            }
            for line in &seen.not {
                assert!(!is(&session.prompt, line), "{}: {line:?} is no prompt", platform.name);
            }
            let banner = session.prompt_banner.as_deref().unwrap_or_default();
            assert!(seen.banner.iter().all(|line| is(banner, line)), "{}", platform.name);
        }
    }
}
