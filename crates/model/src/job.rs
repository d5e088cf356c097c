//! A job: what to collect, from which devices, and how. When is said by a schedule.

use serde::{Deserialize, Serialize};

use crate::change::words;

/// What a person keeps of a job besides its names. Also the form of job files, JSON or YAML.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobSpec {
    #[serde(default)]
    pub what: JobWhat,
    #[serde(default, skip_serializing_if = "JobDevices::is_all")]
    pub which: JobDevices,
    #[serde(default, skip_serializing_if = "JobHow::is_default")]
    pub how: JobHow,
}

/// Capture types, own commands, or both.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobWhat {
    /// Each is asked by the command that the device's platform has for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captures: Vec<String>,
    /// Asked as they stand, in this order, after the capture types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<JobCommand>,
    /// Said before the commands, with no answer kept: paging off and the like. A platform's own come first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prepare: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobCommand {
    pub command: String,
    /// The capture type that its output is kept as: `collections/<output>/<device>.txt`.
    pub output: String,
    /// Name of the TextFSM template that reads it; the one that fits best when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

/// Devices for which all that is given holds. A value is a pattern with `*` and `?`; of several values one is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobDevices {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub site: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vendor: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub platform: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub role: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tag: Vec<String>,
    /// Of the device's name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<String>,
}

/// How it is run. What is not said is as the config says for all runs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JobHow {
    /// Devices at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concurrency: Option<u16>,
    /// Seconds for all that happens on one device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u64>,
    /// Seconds to connect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connect_timeout: Option<u64>,
    /// Seconds between two commands on a device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// Log-ins of the vault that are tried, and no others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<String>,
    /// How much of an output must be read, from 0 to 1, for it to be good. Without it nothing is validated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validate: Option<f64>,
    /// Rows that an output has at least; fewer lower its score. Only together with `validate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u32>,
    #[serde(default, skip_serializing_if = "SaveRule::is_default")]
    pub save: SaveRule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    Ssh,
    /// Telnet where a port does not speak SSH.
    Telnet,
}
words!(Protocol { Ssh = "ssh", Telnet = "telnet" });

/// Which outputs are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SaveRule {
    /// Those that pass validation.
    #[default]
    Valid,
    /// The others too, marked: they never replace the last good one.
    All,
    /// None: the devices are asked and their answers judged.
    None,
}
words!(SaveRule { Valid = "valid", All = "all", None = "none" });

impl SaveRule {
    fn is_default(&self) -> bool {
        *self == Self::Valid
    }
}

impl JobDevices {
    /// What each condition is about, and its values.
    pub fn conditions(&self) -> [(&'static str, &[String]); 7] {
        [
            ("site", &self.site),
            ("vendor", &self.vendor),
            ("platform", &self.platform),
            ("role", &self.role),
            ("status", &self.status),
            ("tag", &self.tag),
            ("name", &self.name),
        ]
    }

    /// No device is left out.
    pub fn is_all(&self) -> bool {
        self.conditions().iter().all(|(_, values)| values.is_empty())
    }
}

impl std::fmt::Display for JobDevices {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_all() {
            return f.write_str("all");
        }
        let given = self.conditions().into_iter().filter(|(_, values)| !values.is_empty());
        let given: Vec<String> = given.map(|(key, values)| format!("{key}={}", values.join("|"))).collect();
        f.write_str(&given.join(","))
    }
}

impl JobHow {
    /// With what `other` says instead; how outputs are saved stays.
    pub fn with(&self, other: &JobHow) -> JobHow {
        let credentials = if other.credentials.is_empty() { &self.credentials } else { &other.credentials };
        JobHow {
            concurrency: other.concurrency.or(self.concurrency),
            timeout: other.timeout.or(self.timeout),
            connect_timeout: other.connect_timeout.or(self.connect_timeout),
            delay: other.delay.or(self.delay),
            protocol: other.protocol.or(self.protocol),
            credentials: credentials.clone(),
            validate: other.validate.or(self.validate),
            rows: other.rows.or(self.rows),
            save: self.save,
        }
    }

    /// All is as the config says.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Longest line of a command.
const LONGEST: usize = 1000;
/// Commands of one job.
const MOST: usize = 200;

impl JobSpec {
    /// Everything that is wrong with it by itself, in words; whether capture types and templates exist is for others
    /// to say.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let JobWhat { captures, commands, prepare } = &self.what;
        if captures.is_empty() && commands.is_empty() {
            problems.push("it collects nothing: name capture types or commands".to_owned());
        }
        if commands.len() > MOST || prepare.len() > MOST {
            problems.push(format!("more than {MOST} commands"));
        }
        let lines = commands.iter().map(|c| &c.command).chain(prepare);
        problems.extend(lines.filter_map(|line| bad_line(line)));
        let mut outputs: Vec<&str> = captures.iter().map(String::as_str).collect();
        for JobCommand { output, command, .. } in commands {
            if crate::text::slug(output) != *output {
                problems.push(format!("output `{}`: letters, digits, `-`, `_` and `.`", crate::text::shown(output)));
            }
            if outputs.contains(&output.as_str()) {
                problems.push(format!("`{}` gives output `{output}` a second time", crate::text::shown(command)));
            }
            outputs.push(output);
        }
        problems.extend(self.how.problems());
        problems
    }
}

impl JobHow {
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut check = |is_wrong: bool, text: &str| {
            if is_wrong {
                problems.push(text.to_owned())
            }
        };
        check(self.concurrency.is_some_and(|n| !(1..=5000).contains(&n)), "concurrency is from 1 to 5000 devices");
        check(self.timeout.is_some_and(|n| !(1..=86_400).contains(&n)), "timeout is from 1 to 86400 seconds");
        check(
            self.connect_timeout.is_some_and(|n| !(1..=3600).contains(&n)),
            "connect_timeout is from 1 to 3600 seconds",
        );
        check(self.delay.is_some_and(|n| !(0.0..=60.0).contains(&n)), "delay is from 0 to 60 seconds");
        check(self.validate.is_some_and(|n| !(0.0..=1.0).contains(&n)), "validate is from 0 to 1");
        check(self.rows.is_some() && self.validate.is_none(), "rows means nothing without validate");
        problems
    }
}

/// First words of commands that change a device, or end the session. Devices take them shortened: `conf t`.
const CHANGES: &[&str] = &[
    "boot",
    "clear",
    "commit",
    "configure",
    "copy",
    "debug",
    "delete",
    "edit",
    "erase",
    "format",
    "install",
    "no",
    "reboot",
    "reload",
    "restart",
    "rollback",
    "save",
    "shutdown",
    "system-view",
    "undo",
    "upgrade",
    "write",
];

/// Whether a device would do something else than answer. What a platform itself says to prepare a session is none.
fn changes(line: &str) -> bool {
    let line = line.trim().trim_start_matches("do ").to_lowercase();
    let word = line.split_whitespace().next().unwrap_or_default();
    let is_short = |known: &&str| word.len() >= 3 && known.starts_with(word);
    let is_paging = ["no page", "no paging", "no more", "no cli"].iter().any(|p| line.starts_with(p));
    !is_paging && (word == "wr" || CHANGES.contains(&word) || CHANGES.iter().any(is_short))
}

fn bad_line(line: &str) -> Option<String> {
    let shown = crate::text::shown(line);
    if changes(line) {
        return Some(format!("`{shown}` would change the device: a job only asks"));
    }
    if line.trim().is_empty() {
        return Some("a command is empty".to_owned());
    }
    if line.chars().any(char::is_control) {
        return Some(format!("`{shown}` has control characters: one command is one line"));
    }
    (line.len() > LONGEST).then(|| format!("`{shown}` is longer than {LONGEST} bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(json: &str) -> Vec<String> {
        serde_json::from_str::<JobSpec>(json).map_or_else(|e| vec![e.to_string()], |spec| spec.problems())
    }

    #[test]
    fn what_is_wrong_is_told_all_at_once() {
        assert_eq!(problems(r#"{"what":{"captures":["arp"]}}"#), [""; 0]);
        let wrong = r#"{"what":{"captures":["arp"],"commands":[{"command":"a\nreload","output":"../x"},
            {"command":"show arp","output":"arp"}]},"how":{"validate":2.0,"delay":61,"concurrency":0}}"#;
        let told = problems(wrong);
        let expected =
            ["control characters", "output `../x`", "`arp` a second time", "concurrency", "delay", "validate"];
        assert_eq!(told.len(), expected.len(), "{told:#?}");
        for (told, expected) in told.iter().zip(expected) {
            assert!(told.contains(expected), "{told}");
        }
        assert!(problems("{}")[0].contains("collects nothing"));
        assert!(problems(r#"{"wat":{}}"#)[0].contains("unknown field"));
    }

    #[test]
    fn a_job_only_asks() {
        let check = |line: &str, is| assert_eq!(changes(line), is, "{line}");
        for line in ["reload", "conf t", "configure terminal", "wr", "write memory", "del flash:x", "copy run start"] {
            check(line, true);
        }
        for line in
            ["show running-config", "terminal length 0", "no page", "set cli screen-length 0", "display version"]
        {
            check(line, false);
        }
        for line in ["get system status", "dir", "ping 10.0.0.1", "/system resource print", "enable"] {
            check(line, false);
        }
        let spec = r#"{"what":{"commands":[{"command":"Reload in 5","output":"x"}]}}"#;
        assert!(problems(spec)[0].contains("only asks"));
    }

    #[test]
    fn a_spec_says_in_its_file_only_what_is_not_the_default() {
        let spec = JobSpec {
            what: JobWhat { captures: vec!["arp".into()], ..JobWhat::default() },
            which: JobDevices { vendor: vec!["Cisco".into(), "Arista".into()], ..JobDevices::default() },
            how: JobHow { validate: Some(0.5), ..JobHow::default() },
        };
        let text = serde_json::to_string(&spec).expect("JSON");
        let plain = r#"{"what":{"captures":["arp"]},"which":{"vendor":["Cisco","Arista"]},"how":{"validate":0.5}}"#;
        assert_eq!((text.as_str(), spec.which.to_string().as_str()), (plain, "vendor=Cisco|Arista"));
        assert_eq!(serde_json::from_str::<JobSpec>(&text).expect("read"), spec);
    }
}
