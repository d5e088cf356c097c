//! Platforms and capture types as data: the folder `platforms/`, embedded.
//!
//! Adding a platform, a command or a mapping of template fields to facts needs no Rust, see
//! `docs/adding-a-platform.md`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use regex::Regex;
use serde::Deserialize;

use crate::fact::{Fact, FactKind};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../platforms");

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

/// How one capture type is asked for and read on one platform.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptureSpec {
    /// Tried in order until one is not refused.
    pub commands: Vec<String>,
    /// `<name>` of a TextFSM template; when left out, the template index is asked for platform and command.
    pub template: Option<String>,
    /// Column of the fact to template field; see [`FieldRule`]. Added to those of the capture type.
    #[serde(default)]
    pub fields: BTreeMap<String, FieldRule>,
    /// List fields of the template that are unrolled in step, one fact for each element.
    #[serde(default)]
    pub explode: Vec<String>,
    /// A row is left out when a field matches: `MAC_ADDRESS: Incomplete`.
    #[serde(default)]
    pub skip: BTreeMap<String, String>,
    /// An answer that matches means that there is nothing to report: a complete, empty capture.
    #[serde(default)]
    pub nothing: Vec<String>,
    /// The last line that is not blank matches, or the output was cut.
    pub end: Option<String>,
    /// Lines that mean nothing in a comparison: timestamps, counters.
    #[serde(default)]
    pub noise: Vec<String>,
}

/// Lines that are not blank, above which an answer is more than a message.
const MESSAGE_LINES: usize = 4;

impl CaptureSpec {
    /// Whether the whole output is a message that there is nothing to report: the feature is off, the table empty.
    pub fn says_nothing(&self, output: &[u8]) -> bool {
        let lines = output.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty());
        lines.take(MESSAGE_LINES + 1).count() <= MESSAGE_LINES
            && self.nothing.iter().any(|p| crate::pattern::found(p, output))
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
/// between them), `=text` (as it stands), `A ~ regex` (what group 1 matches in the first that is not empty).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum FieldRule {
    First(Vec<String>),
    Joined(String, String),
    Constant(String),
    Part { fields: Vec<String>, pattern: String },
}

impl From<String> for FieldRule {
    fn from(rule: String) -> Self {
        let alternatives = |fields: &str| fields.split('|').map(|f| f.trim().to_owned()).collect();
        if let Some((fields, pattern)) = rule.split_once(" ~ ") {
            return FieldRule::Part { fields: alternatives(fields), pattern: pattern.to_owned() };
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
    /// Kind of change that a difference is: `config`, `version`, `inventory`.
    pub change: Option<crate::ChangeKind>,
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

/// All platforms and capture types.
#[derive(Debug, Clone)]
pub struct Platforms {
    platforms: Vec<Platform>,
    types: BTreeMap<String, CaptureType>,
    agents: Vec<AgentSpec>,
}

#[derive(Debug, thiserror::Error)]
pub enum PlatformError {
    #[error("`{file}` is not valid")]
    Invalid { file: String, source: Box<dyn std::error::Error + Send + Sync> },
}

impl Platforms {
    /// Those inside the binary. A test reads every file, so this does not fail in the field.
    pub fn builtin() -> &'static Platforms {
        static BUILTIN: LazyLock<Platforms> = LazyLock::new(|| {
            Platforms::from_folder(&FOLDER).unwrap_or_else(|e| panic!("{e}: {:?}", std::error::Error::source(&e)))
        });
        &BUILTIN
    }

    fn from_folder(folder: &Dir<'_>) -> Result<Platforms, PlatformError> {
        let types = folder.get_file("capture_types.yaml").map_or(Ok(BTreeMap::new()), read)?;
        let mut platforms = Vec::new();
        for dir in folder.dirs() {
            if let Some(file) = dir.get_file(dir.path().join("platform.yaml")) {
                platforms.push(read::<Platform>(file)?);
            }
        }
        platforms.sort_by(|a, b| a.name.cmp(&b.name));
        let agents = folder.get_file("snmp.yaml").map_or(Ok(Vec::new()), read)?;
        Ok(Platforms { platforms, types, agents })
    }

    pub fn all(&self) -> &[Platform] {
        &self.platforms
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

    /// Our own TextFSM templates: name without ending, source. They are there without a platform being read.
    pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
        let folders = FOLDER.dirs().filter_map(|dir| dir.get_dir(dir.path().join("templates")));
        folders
            .flat_map(Dir::files)
            .filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
    }
}

fn read<T: serde::de::DeserializeOwned>(file: &include_dir::File<'_>) -> Result<T, PlatformError> {
    let invalid = |source| PlatformError::Invalid { file: file.path().display().to_string(), source };
    let text = std::str::from_utf8(file.contents()).map_err(|e| invalid(e.into()))?;
    serde_saphyr::from_str(text).map_err(|e| invalid(e.into()))
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
            Fact { values: vec![text(name), Value::Null, Value::Null, Value::Null, text(serial)], lines: (1, 1) }
        };
        let facts = [fact("Chassis", "VX01"), fact("Midplane", "VX02")];
        assert_eq!(spec.values(&COMPONENTS, &facts), [("serials", "VX01".to_owned())]);
    }

    #[test]
    fn every_pattern_is_a_regex_and_every_name_is_known() {
        let platforms = Platforms::builtin();
        for platform in platforms.all() {
            for pattern in patterns(platform) {
                assert!(Regex::new(&pattern).is_ok(), "{}: {pattern}", platform.name);
            }
            for capture in platform.captures.keys().chain(platform.identity.iter().map(|i| &i.capture)) {
                assert!(platforms.capture_type(capture).is_some(), "{}: {capture}", platform.name);
            }
            for other in &platform.companions {
                assert!(platforms.get(other).is_some(), "{}: {other}", platform.name);
            }
        }
    }

    /// sysObjectID, sysDescr, and the platform that it is.
    fn check_agent(object_id: &str, description: &str, platform: Option<&str>) {
        let known = Platforms::builtin().by_agent(object_id, description.as_bytes());
        assert_eq!(known.map(|(p, _)| p.name.as_str()), platform, "{object_id} {description}");
    }

    #[test]
    fn an_agent_is_known_by_its_object_id_and_its_description() {
        check_agent("1.3.6.1.4.1.9.12.3.1.3.1812", "Cisco NX-OS(tm) n9000, Version 9.3(8)", Some("cisco_nxos"));
        check_agent("1.3.6.1.4.1.30065.1.3011", "Arista Networks EOS version 4.28.5M", Some("arista_eos"));
        check_agent("1.3.6.1.4.1.2636.1.1.1.2.29", "Juniper Networks, Inc. mx240", Some("juniper_junos"));
        check_agent("1.3.6.1.4.1.8072.3.2.10", "Linux leaf1 6.1.0", Some("linux"));
        check_agent("1.3.6.1.4.1.26360", "a printer", None);
        check_agent("1.3.6.1.4.1.99", "NX-OS", None);
    }

    #[test]
    fn every_pattern_about_agents_is_a_regex() {
        for agent in &Platforms::builtin().agents {
            let patterns = [&agent.describes, &agent.version, &agent.model].into_iter().flatten();
            patterns.for_each(|p| assert!(Regex::new(p).is_ok(), "{}: {p}", agent.platform));
            let groups = [&agent.version, &agent.model].into_iter().flatten();
            groups.for_each(|p| assert!(Regex::new(p).is_ok_and(|r| r.captures_len() == 2), "{p}"));
            assert!(agent.object_id.is_some() || agent.describes.is_some(), "{} fits all", agent.platform);
        }
    }

    #[test]
    fn an_alias_names_one_platform() {
        let platforms = Platforms::builtin();
        for platform in platforms.all() {
            for alias in platform.aliases.iter().chain([&platform.name]) {
                assert_eq!(platforms.get(alias).map(|p| &p.name), Some(&platform.name), "{alias}");
            }
        }
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
            let file = FOLDER.get_file(format!("{}/prompts.yaml", platform.name)).expect(&platform.name);
            let seen: Prompts = read(file).expect("prompts.yaml");
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

    fn patterns(platform: &Platform) -> Vec<String> {
        let s = &platform.session;
        let answers = s.pager.iter().chain(&s.questions).map(|a| &a.pattern);
        let enable = s.enable.iter().flat_map(|e| [&e.unprivileged, &e.password]);
        let marks = platform.fingerprint.iter().flat_map(|f| f.all.iter().chain(&f.none)).chain(&platform.greets);
        let captures = platform.captures.values();
        let parts = captures.clone().flat_map(|c| c.fields.values()).filter_map(|rule| match rule {
            FieldRule::Part { pattern, .. } => Some(pattern),
            _ => None,
        });
        let parts = parts.chain(&platform.ports);
        let captures = captures.flat_map(|c| c.skip.values().chain(&c.nothing).chain(&c.end).chain(&c.noise));
        let all = [&s.prompt].into_iter().chain(&s.prompt_banner).chain(answers).chain(enable).chain(&s.errors);
        all.chain(marks)
            .chain(captures)
            .chain(parts)
            .chain(&platform.secrets)
            .chain(&platform.announces)
            .cloned()
            .collect()
    }
}
