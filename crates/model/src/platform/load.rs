//! Where platforms come from: the folder inside the binary, and the user's own over it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

use super::{AgentSpec, CaptureType, Case, FieldRule, Platform, Platforms};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../platforms");

/// What makes a folder of platforms unusable. Paths are as they were given.
#[derive(Debug, thiserror::Error)]
pub enum PlatformError {
    #[error("cannot read `{file}`")]
    Read { file: String, source: std::io::Error },
    /// The source says where: line and column.
    #[error("`{file}` is not valid")]
    Invalid { file: String, source: Box<dyn std::error::Error + Send + Sync> },
    #[error("`{file}`, line {line}: `{pattern}` is not a regular expression")]
    Pattern { file: String, line: usize, pattern: String, source: Box<regex::Error> },
    #[error("`{file}`, line {line}: nothing is called `{name}` here: {what}")]
    Unknown { file: String, line: usize, name: String, what: &'static str },
    #[error("`{file}`: `{name}` is the name or alias of `{other}` already")]
    Taken { file: String, name: String, other: String },
}

/// The text files of a folder by their path in it, with `/`.
type Files = BTreeMap<String, String>;

/// A platform that was read: its file, the text of it, and its name.
type Added<'f> = (String, &'f str, String);

impl Platforms {
    /// Those inside the binary. A test reads every file, so this does not fail in the field.
    pub fn builtin() -> &'static Platforms {
        static BUILTIN: LazyLock<Platforms> = LazyLock::new(|| {
            let mut files = Files::new();
            embedded(&FOLDER, &mut files);
            let none = Platforms {
                platforms: vec![],
                types: BTreeMap::new(),
                templates: vec![],
                agents: vec![],
                cases: vec![],
            };
            // They are not checked: compiling some hundred patterns would be most of what a short command does.
            let all = none.parse(&files, Path::new("platforms"));
            let (all, _) = all.unwrap_or_else(|e| panic!("{e}: {:?}", std::error::Error::source(&e)));
            Platforms { templates: vec![], ..all }
        });
        &BUILTIN
    }

    /// Our own TextFSM templates: name without ending, source. They are there without a platform being read.
    pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
        let folders = FOLDER.dirs().filter_map(|dir| dir.get_dir(dir.path().join("templates")));
        folders
            .flat_map(Dir::files)
            .filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
    }

    /// The file that describes a platform: that of a folder where it has one, or else ours.
    pub fn source(folder: &Path, name: &str) -> Option<String> {
        let path = Path::new(name).join("platform.yaml");
        let ours = || FOLDER.get_file(&path)?.contents_utf8().map(str::to_owned);
        fs::read_to_string(folder.join(&path)).ok().or_else(ours)
    }

    /// These with those of a folder over them: a platform or a template there replaces the one of its name.
    pub fn with_folder(&self, folder: &Path) -> Result<Platforms, PlatformError> {
        let mut files = Files::new();
        on_disk(folder, "", &mut files)?;
        self.with(&files, folder)
    }

    fn with(&self, files: &Files, folder: &Path) -> Result<Platforms, PlatformError> {
        let (all, added) = self.parse(files, folder)?;
        added.into_iter().try_for_each(|(file, text, name)| all.check(&file, text, &name))?;
        Ok(all)
    }

    /// With the platforms that were read: file, text and name of each.
    fn parse<'f>(&self, files: &'f Files, folder: &Path) -> Result<(Platforms, Vec<Added<'f>>), PlatformError> {
        let mut all = self.clone();
        let mut added = Vec::new();
        // What is replaced goes as a whole, its cases too.
        let replaced = |name: &str| files.contains_key(&format!("{name}/platform.yaml"));
        all.cases.retain(|case| !replaced(&case.platform));
        for (path, text) in files {
            let file = || folder.join(path).display().to_string();
            match path.split('/').collect::<Vec<_>>()[..] {
                ["capture_types.yaml"] => {
                    all.types.extend(read::<BTreeMap<String, CaptureType>>(file(), text)?);
                }
                ["snmp.yaml"] => all.agents = [read::<Vec<AgentSpec>>(file(), text)?, all.agents].concat(),
                [_, "platform.yaml"] => {
                    let platform: Platform = read(file(), text)?;
                    all.platforms.retain(|p| p.name != platform.name);
                    added.push((file(), text.as_str(), platform.name.clone()));
                    all.platforms.push(platform);
                }
                [platform, "cases", case, file] => all.add_to_case(platform, case, file, text),
                [_, "templates", name] => {
                    let name = name.strip_suffix(".textfsm").unwrap_or(name).to_owned();
                    all.templates.retain(|(known, _)| *known != name);
                    all.templates.push((name, text.clone()));
                }
                _ => {}
            }
        }
        all.platforms.sort_by(|a, b| a.name.cmp(&b.name));
        Ok((all, added))
    }

    fn add_to_case(&mut self, platform: &str, name: &str, file: &str, text: &str) {
        let is = |c: &Case| c.platform == platform && c.name == name;
        let at = self.cases.iter().position(is).unwrap_or_else(|| {
            self.cases.push(Case { platform: platform.to_owned(), name: name.to_owned(), ..Case::default() });
            self.cases.len() - 1
        });
        let case = &mut self.cases[at];
        match file {
            "session.txt" => case.session = Some(text.to_owned()),
            "output.txt" => case.output = Some(text.to_owned()),
            "same.txt" => case.same = Some(text.to_owned()),
            "changed.txt" => case.changed = Some(text.to_owned()),
            "diff.txt" => case.diff = Some(text.to_owned()),
            "rows.json" => case.rows = Some(text.to_owned()),
            "unread.txt" => case.unread = text.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0),
            _ => {}
        }
    }

    /// Whether every pattern of a platform is one, every name is known, and its own names are its own.
    fn check(&self, file: &str, text: &str, name: &str) -> Result<(), PlatformError> {
        let Some(platform) = self.platforms.iter().find(|p| p.name == name) else { return Ok(()) };
        let file = || file.to_owned();
        for pattern in platform.patterns() {
            if let Err(source) = regex::Regex::new(pattern) {
                let (line, pattern) = (line_of(text, pattern), pattern.clone());
                return Err(PlatformError::Pattern { file: file(), line, pattern, source: Box::new(source) });
            }
        }
        let unknown = |name: &str, what| {
            Err(PlatformError::Unknown { file: file(), line: line_of(text, name), name: name.to_owned(), what })
        };
        if let Some(part) = platform.captures.values().flat_map(|c| &c.noise_parts).find(|p| groups(p) != 1) {
            return unknown(part, "a part of a line is what group 1 matches, the only one");
        }
        let named = platform.captures.keys().chain(platform.without.keys());
        for capture in named.chain(platform.identity.iter().map(|i| &i.capture)) {
            if !self.types.contains_key(capture) {
                return unknown(capture, "it is no capture type");
            }
        }
        if let Some(other) = platform.companions.iter().find(|other| self.get(other).is_none()) {
            return unknown(other, "it is no platform");
        }
        for alias in platform.aliases.iter().chain([&platform.name]) {
            let same = |p: &&Platform| p.name != name && (p.name == *alias || p.aliases.contains(alias));
            if let Some(other) = self.platforms.iter().find(same) {
                return Err(PlatformError::Taken { file: file(), name: alias.clone(), other: other.name.clone() });
            }
        }
        Ok(())
    }
}

impl Platform {
    /// All that must be a regular expression.
    fn patterns(&self) -> Vec<&String> {
        let s = &self.session;
        let answers = s.pager.iter().chain(&s.questions).map(|a| &a.pattern);
        let enable = s.enable.iter().flat_map(|e| [&e.unprivileged, &e.password]);
        let marks = self.fingerprint.iter().flat_map(|f| f.all.iter().chain(&f.none)).chain(&self.greets);
        let captures = self.captures.values();
        let parts = captures.clone().flat_map(|c| c.fields.values()).filter_map(|rule| match rule {
            FieldRule::Part { pattern, .. } => Some(pattern),
            _ => None,
        });
        let parts = parts.chain(&self.ports).chain(self.identity.iter().flat_map(|i| i.only.values()));
        let words = captures.clone().flat_map(|c| c.words.values().flatten()).map(|(pattern, _)| pattern);
        let parts = parts.chain(words);
        let blocks = captures.clone().flat_map(|c| c.noise_blocks.iter().flat_map(|b| [&b.from, &b.to]));
        let captures = captures.flat_map(|c| {
            let noise = c.noise.iter().chain(&c.noise_parts).chain(&c.unordered).chain(&c.last_change);
            c.skip.values().chain(&c.nothing).chain(&c.empty).chain(&c.known_lines).chain(&c.end).chain(noise)
        });
        let captures = captures.chain(blocks);
        let servers = s.user_suffix.iter().map(|suffix| &suffix.server);
        let session = [&s.prompt]
            .into_iter()
            .chain(&s.prompt_banner)
            .chain(servers)
            .chain(answers)
            .chain(enable)
            .chain(&s.errors);
        session.chain(marks).chain(captures).chain(parts).chain(&self.secrets).chain(&self.announces).collect()
    }
}

/// How many groups a pattern has.
fn groups(pattern: &str) -> usize {
    regex::Regex::new(pattern).map_or(0, |p| p.captures_len() - 1)
}

/// Where a text stands in a file, 1-based; the first line when it is written in another way there.
fn line_of(text: &str, what: &str) -> usize {
    let found = text.lines().position(|line| line.contains(what) || line.contains(&what.replace('\'', "''")));
    found.map_or(1, |at| at + 1)
}

fn embedded(dir: &Dir<'_>, files: &mut Files) {
    for file in dir.files() {
        if let Some(text) = file.contents_utf8() {
            files.insert(file.path().to_string_lossy().replace('\\', "/"), text.to_owned());
        }
    }
    dir.dirs().for_each(|dir| embedded(dir, files));
}

/// The files that count: those of a platform, its templates and its cases.
fn on_disk(folder: &Path, prefix: &str, files: &mut Files) -> Result<(), PlatformError> {
    let failed = |path: &Path| {
        let file = path.display().to_string();
        move |source| PlatformError::Read { file, source }
    };
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        entries.push(entry.map_err(failed(folder))?.path());
    }
    for path in entries {
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        let is_folder = path.is_dir();
        let depth = name.matches('/').count();
        if is_folder && depth < 3 {
            on_disk(&path, &format!("{name}/"), files)?;
        } else if !is_folder && [".yaml", ".textfsm", ".txt", ".json"].iter().any(|end| name.ends_with(end)) {
            files.insert(name, fs::read_to_string(&path).map_err(failed(&path))?);
        }
    }
    Ok(())
}

fn read<T: DeserializeOwned>(file: String, text: &str) -> Result<T, PlatformError> {
    serde_saphyr::from_str(text).map_err(|e| PlatformError::Invalid { file, source: e.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(yaml: &str, says: &str) {
        let files = Files::from([("acme_os/platform.yaml".to_owned(), yaml.to_owned())]);
        let result = Platforms::builtin().with(&files, Path::new("/home/platforms"));
        let message = result.err().map(|e| format!("{e}: {:?}", std::error::Error::source(&e))).unwrap_or_default();
        assert!(message.contains(says), "{message}");
    }

    #[test]
    fn what_is_wrong_in_a_file_is_named_with_its_line() {
        check("name: acme_os\nvendor: Acme\nsession: {prompt: '#'}\n", "");
        check("name: acme_os\nvendor: Acme\nsession:\n  promt: '#'\n", "line 4");
        check(
            "name: acme_os\nvendor: Acme\nsession:\n  prompt: '[#'\n",
            "/home/platforms/acme_os/platform.yaml`, line 4: `[#`",
        );
        let capture =
            "name: acme_os\nvendor: Acme\nsession: {prompt: '#'}\ncaptures:\n  arpp: {commands: [show arp]}\n";
        check(capture, "line 5: nothing is called `arpp`");
        check("name: acme_os\nvendor: Acme\naliases: [ios]\nsession: {prompt: '#'}\n", "of `cisco_ios` already");
    }

    #[test]
    fn ours_would_be_taken_from_a_user_too() {
        let mut files = Files::new();
        embedded(&FOLDER, &mut files);
        let ours = Platforms::builtin().with(&files, Path::new("platforms"));
        assert_eq!(ours.err().map(|e| format!("{e}: {:?}", std::error::Error::source(&e))), None);
    }

    #[test]
    fn a_platform_of_the_user_takes_the_place_of_ours() {
        let yaml = "name: frr\nvendor: Mine\nsession: {prompt: '#'}\n".to_owned();
        let files = Files::from([
            ("frr/platform.yaml".to_owned(), yaml),
            ("frr/templates/frr_show_version.textfsm".to_owned(), "mine".to_owned()),
        ]);
        let all = Platforms::builtin().with(&files, Path::new("mine")).expect("valid");
        assert_eq!(all.get("frr").map(|p| p.vendor.as_str()), Some("Mine"));
        assert_eq!(all.all().len(), Platforms::builtin().all().len());
        let known: Vec<_> = all.own_templates().filter(|(name, _)| *name == "frr_show_version").collect();
        assert_eq!(known.len(), 1);
        assert_eq!(known[0].1, "mine");
    }
}
