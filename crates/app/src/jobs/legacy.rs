//! Jobs of the predecessors: JSON of version 1.0 and 2.0, and those in the database of VelocityCollector, in our words.
//!
//! Which devices a job asks is never guessed wider than it was: what cannot be said in our words is refused.

use std::path::Path;

use ingest::Reader;
use model::job::{JobDevices, JobHow, JobWhat};
use model::text::{shown, slug};
use model::{JobCommand, Platform, Protocol, SaveRule};
use serde_json::Value;

use super::JobDraft;

/// What a job of theirs says, whatever it came from.
#[derive(Debug, Default)]
pub(super) struct Legacy {
    pub id: Option<String>,
    pub name: Option<String>,
    pub slug: Option<String>,
    pub description: Option<String>,
    pub enabled: Option<bool>,
    pub tags: Vec<String>,
    pub capture: String,
    /// What its file, or else its vendor, calls the family of devices.
    pub word: Option<String>,
    /// Words that may name the platform, the most exact first.
    pub platforms: Vec<String>,
    pub vendor: Option<String>,
    pub paging: Option<String>,
    /// Commands parted by commas, and what each is kept as.
    pub commands: Vec<(String, Option<String>, Option<String>)>,
    pub which: JobDevices,
    pub name_pattern: Option<String>,
    pub how: JobHow,
    pub notes: Vec<String>,
}

/// Which version of theirs it is; `None` for one of ours.
pub(super) fn version(job: &Value) -> Option<&'static str> {
    let has = |key: &str| job.get(key).is_some();
    match job.get("version").map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).as_deref() {
        Some(v) if v.starts_with('1') => Some("1.0"),
        Some(v) if v.starts_with('2') => Some("2.0"),
        // Some of their tools wrote none.
        None if has("session_file") => Some("1.0"),
        None if has("capture_type") && has("commands") => Some("2.0"),
        _ => None,
    }
}

/// The job in our words, and what a person should know of how it was read.
pub(super) fn read(
    version: &str,
    job: &Value,
    file: &Path,
    reader: &Reader,
) -> Result<(JobDraft, Vec<String>), String> {
    let mut legacy = if version == "1.0" { v1(job, file)? } else { v2(job, file)? };
    legacy.description.get_or_insert_with(|| {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        format!("read from {}", shown(&name))
    });
    legacy.into_draft(reader)
}

fn text(value: &Value, path: &[&str]) -> Option<String> {
    let found = path.iter().try_fold(value, |value, key| value.get(*key))?;
    let text =
        found.as_str().map_or_else(|| if found.is_number() { found.to_string() } else { String::new() }, str::to_owned);
    Some(text.trim().to_owned()).filter(|t| !t.is_empty())
}

fn number(value: &Value, path: &[&str]) -> Option<f64> {
    path.iter().try_fold(value, |value, key| value.get(*key))?.as_f64()
}

/// `job_{id}_{vendor}_{capture_type}.json`
fn from_name(file: &Path) -> Option<(String, String, String)> {
    let stem = file.file_stem()?.to_str()?.strip_prefix("job_")?;
    let (id, rest) = stem.split_once('_')?;
    let (vendor, capture) = rest.split_once('_')?;
    id.chars().all(|c| c.is_ascii_digit()).then(|| (id.to_owned(), vendor.to_owned(), capture.to_owned()))
}

fn v1(job: &Value, file: &Path) -> Result<Legacy, String> {
    let named = from_name(file);
    let folder = text(job, &["commands", "output_directory"]);
    let capture = folder.or_else(|| named.as_ref().map(|(_, _, capture)| capture.clone()));
    let selected = text(job, &["vendor", "selected"]);
    let mut legacy = Legacy {
        id: named.as_ref().map(|(id, ..)| id.clone()),
        capture: capture.ok_or("it says neither commands.output_directory nor a capture type in its file name")?,
        word: named.as_ref().map(|(_, vendor, _)| vendor.clone()),
        platforms: selected.iter().cloned().chain(named.map(|(_, vendor, _)| vendor)).collect(),
        vendor: text(job, &["filters", "vendor"]).or(selected),
        how: how(job),
        ..Legacy::default()
    };
    let commands = text(job, &["commands", "command_text"]).ok_or("it has no commands.command_text")?;
    legacy.commands.push((commands, None, None));
    legacy.filters(job.get("filters").unwrap_or(&Value::Null));
    legacy.credential(text(job, &["credentials", "username"]).map(|user| format!("the account `{}`", shown(&user))));
    Ok(legacy)
}

fn v2(job: &Value, file: &Path) -> Result<Legacy, String> {
    let named = from_name(file);
    let capture = text(job, &["capture_type"]).or_else(|| named.as_ref().map(|(_, _, capture)| capture.clone()));
    let vendor = text(job, &["device_filter", "vendor"]).or_else(|| text(job, &["vendor"]));
    let original = text(job, &["legacy_v1", "original_vendor_selected"]);
    let mut legacy = Legacy {
        id: text(job, &["job_id"]).or_else(|| named.as_ref().map(|(id, ..)| id.clone())),
        name: text(job, &["name"]),
        slug: text(job, &["slug"]),
        description: text(job, &["description"]),
        capture: capture.ok_or("it has no capture_type")?,
        word: named.as_ref().map(|(_, vendor, _)| vendor.clone()),
        platforms: original.into_iter().chain(named.map(|(_, vendor, _)| vendor)).chain(vendor.clone()).collect(),
        vendor,
        paging: text(job, &["commands", "paging_disable"]),
        how: how(job),
        ..Legacy::default()
    };
    let (output, template) = (text(job, &["commands", "output_directory"]), text(job, &["validation", "tfsm_filter"]));
    let command = text(job, &["commands", "command"]).ok_or("it has no commands.command")?;
    legacy.commands.push((command, output, template));
    legacy.filters(job.get("device_filter").unwrap_or(&Value::Null));
    if let Some(source) = text(job, &["device_filter", "source"]).filter(|s| s != "database") {
        return Err(format!("its devices are from `{}`, not from the inventory", shown(&source)));
    }
    let set = text(job, &["credentials", "credential_set"]).filter(|set| set != "default");
    legacy.how.credentials = set.into_iter().collect();
    Ok(legacy)
}

fn how(job: &Value) -> JobHow {
    let of = |key: &str| number(job, &["execution", key]);
    let validates = job.get("validation").is_some_and(|v| v["use_tfsm"] == true && v["skip"] != true);
    let keeps = job.get("validation").is_none_or(|v| v["store_failures"] != false);
    let telnet = text(job, &["protocol"]).is_some_and(|p| p.eq_ignore_ascii_case("telnet"));
    JobHow {
        concurrency: of("max_workers").filter(|n| *n >= 1.0).map(|n| n as u16),
        timeout: of("timeout").filter(|n| *n >= 1.0).map(|n| n as u64),
        delay: of("inter_command_delay").or(of("inter_command_time")).filter(|s| *s > 0.0),
        protocol: telnet.then_some(Protocol::Telnet),
        validate: validates.then(|| score(number(job, &["validation", "min_score"]).unwrap_or_default())),
        save: if validates && keeps { SaveRule::All } else { SaveRule::Valid },
        ..JobHow::default()
    }
}

/// Theirs goes to 100.
pub(super) fn score(theirs: f64) -> f64 {
    (theirs / 100.0).clamp(0.0, 1.0)
}

impl Legacy {
    fn filters(&mut self, filters: &Value) {
        let of = |key: &str| text(filters, &[key]).into_iter().collect::<Vec<_>>();
        self.which.site = of("site");
        self.which.role = of("role");
        self.which.status = of("status");
        self.name_pattern = text(filters, &["name_pattern"]).or_else(|| text(filters, &["name"]));
        if let Some(platform) = text(filters, &["platform"]) {
            self.platforms.insert(0, platform);
        }
    }

    fn credential(&mut self, whose: Option<String>) {
        let note = |whose| format!("it logged in as {whose}: `velocity vault add` keeps it, or give --user");
        self.notes.extend(whose.map(note));
    }

    pub(super) fn into_draft(mut self, reader: &Reader) -> Result<(JobDraft, Vec<String>), String> {
        let platform = self.platforms.iter().find_map(|word| platform(reader, word));
        let capture =
            reader.platforms.capture_type(&self.capture).map_or(slug(&self.capture), |(name, _)| name.to_owned());
        let what = self.what(&capture, platform, reader);
        match platform {
            Some(platform) if self.which.platform.is_empty() => self.which.platform = family(platform),
            None if self.which.platform.is_empty() => {
                self.which.vendor = self.vendor.iter().filter(|v| !v.eq_ignore_ascii_case("all")).cloned().collect();
            }
            _ => {}
        }
        self.which.name = self.name_pattern.as_deref().map(glob).transpose()?.into_iter().collect();
        let vendor = self.word.as_ref().or(self.vendor.as_ref()).map_or_else(|| "any".to_owned(), |v| slug(v));
        let words = [Some(vendor.to_lowercase()), Some(slug(&self.capture)), self.id.clone()];
        let made = words.into_iter().flatten().collect::<Vec<_>>().join("-");
        let draft = JobDraft {
            name: self.name.unwrap_or_else(|| made.clone()),
            slug: Some(self.slug.unwrap_or(made)),
            description: self.description,
            enabled: self.enabled.unwrap_or(true),
            tags: self.tags,
            what,
            which: self.which,
            how: self.how,
            ..JobDraft::default()
        };
        Ok((draft, self.notes))
    }

    /// A command that the platform has for the capture type is asked as that: then it is read as well as it can be.
    fn what(&mut self, capture: &str, platform: Option<&Platform>, reader: &Reader) -> JobWhat {
        let mut what = JobWhat::default();
        let prepared = |line: &str| platform.is_some_and(|p| p.session.prepare.iter().any(|known| same(known, line)));
        let mut prepare: Vec<String> = self.paging.iter().flat_map(|text| lines(text)).collect();
        let mut commands: Vec<(String, Option<String>, Option<String>)> = Vec::new();
        for (text, output, template) in std::mem::take(&mut self.commands) {
            let (said, asked): (Vec<String>, Vec<String>) = lines(&text).partition(|line| is_preparation(line));
            prepare.extend(said);
            commands.extend(asked.into_iter().map(|line| (line, output.clone(), template.clone())));
        }
        let known = |line: &String| {
            let spec = platform.and_then(|p| p.captures.get(capture));
            spec.is_some_and(|spec| spec.commands.iter().any(|known| same(known, line)))
        };
        let many = commands.len() > 1;
        for (n, (command, output, template)) in commands.into_iter().enumerate() {
            if known(&command) && !what.captures.iter().any(|c| c == capture) {
                what.captures.push(capture.to_owned());
                continue;
            }
            let base = output.as_deref().map_or_else(|| capture.to_owned(), slug);
            let base = reader.platforms.capture_type(&base).map_or(base.clone(), |(name, _)| name.to_owned());
            let taken = what.captures.contains(&base) || what.commands.iter().any(|c| c.output == base);
            let output =
                if many && (n > 0 || taken) { format!("{base}-{}", slug(&command).to_lowercase()) } else { base };
            let template = template.filter(|name| reader.library.source(name).is_some());
            what.commands.push(JobCommand { command, output, template });
        }
        prepare.retain(|line| !prepared(line) && !line.eq_ignore_ascii_case("enable"));
        if !what.commands.is_empty() {
            what.prepare = prepare;
        }
        what
    }
}

/// `show ip arp,,` presses the return key twice more.
fn lines(text: &str) -> impl Iterator<Item = String> {
    let lines: Vec<String> =
        text.split([',', '\n']).map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
    lines.into_iter()
}

fn is_preparation(line: &str) -> bool {
    const BEGIN: &[&str] = &["enable", "terminal ", "term ", "set cli ", "screen-length ", "no page", "no paging"];
    let line = line.to_lowercase();
    BEGIN.iter().any(|begin| line == begin.trim() || line.starts_with(begin))
}

fn same(a: &str, b: &str) -> bool {
    a.split_whitespace().map(str::to_lowercase).eq(b.split_whitespace().map(str::to_lowercase))
}

fn platform<'r>(reader: &'r Reader, word: &str) -> Option<&'r Platform> {
    let word = word.trim().to_lowercase();
    let spellings = [word.clone(), word.replace([' ', '-'], "_"), word.replace([' ', '_'], "-")];
    spellings.iter().find_map(|word| reader.platforms.get(word))
}

/// They call IOS and IOS XE by one name.
fn family(platform: &Platform) -> Vec<String> {
    match platform.name.as_str() {
        "cisco_ios" => vec!["cisco_ios".to_owned(), "cisco_xe".to_owned()],
        name => vec![name.to_owned()],
    }
}

/// A pattern of file names for theirs, which may be a regex.
fn glob(theirs: &str) -> Result<String, String> {
    let plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '*' | '?' | '.'));
    let (begins, ends) = (theirs.starts_with('^'), theirs.ends_with('$'));
    let inner = theirs.trim_start_matches('^').trim_end_matches('$');
    let is_regex = begins || ends || inner.contains(".*");
    let text =
        if is_regex { inner.replace(".*", "*").replace("\\.", ".").replace("\\-", "-") } else { inner.to_owned() };
    if !plain(&text) || text.contains('|') {
        let text = "is a regular expression that `*` and `?` cannot say; write the job anew with name patterns";
        return Err(format!("its name pattern `{}` {text}", shown(theirs)));
    }
    // Theirs is found anywhere in the name unless it is tied.
    let free = |tied: bool, at: bool| if tied || at { "" } else { "*" };
    Ok(format!("{}{text}{}", free(begins, text.starts_with('*')), free(ends, text.ends_with('*'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_of_theirs_never_means_more_devices() {
        let check = |theirs: &str, ours: Option<&str>| assert_eq!(glob(theirs).ok().as_deref(), ours, "{theirs}");
        check("usa-*", Some("*usa-*"));
        check("^usa-.*", Some("usa-*"));
        check("spine", Some("*spine*"));
        check("^core-1$", Some("core-1"));
        check("(usa|fra)-", None);
        check("leaf[0-9]+", None);
    }

    #[test]
    fn what_only_prepares_a_session_is_not_asked() {
        let check = |line, is| assert_eq!(is_preparation(line), is, "{line}");
        check("enable", true);
        check("terminal length 0", true);
        check("set cli screen-length 0", true);
        check("show terminal", false);
        assert_eq!(lines("terminal length 0,show ip arp,,").collect::<Vec<_>>(), ["terminal length 0", "show ip arp"]);
    }
}
