//! Templates: reading a text with them, finding the one that fits, the user's own, and newer releases.
//!
//! Nothing here needs an installation. When there is a data directory, the templates in its folder
//! `templates` take precedence; one named `cisco_ios_show_version.textfsm` reads `show version` of
//! `cisco_ios`, and a file `index` there can say more. A template is compiled when it is needed, not before.

mod difference;
mod download;
mod folder;
mod installed;
mod rows;
mod tools;
mod update;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use ::templates::{Candidate, Layer, Library, NoTemplate, Origin, Reading, Release, ReleaseError};
use model::platform::CaptureSpec;
use model::{Platform, Platforms};
use serde::Serialize;
use textfsm::{Outcome, Parsed, Template, TemplateError};

pub use ::templates::hash_of_file;
pub use difference::{Difference, RowChange, RowChanged};
pub use folder::{Checked, Import, Imported, Outcome as ImportOutcome};
pub use installed::Installed;
pub use rows::{Read, Rows, Unread};
pub use tools::{CandidateView, ReadBy, ReadText, TemplateText, TextProblem};
pub use update::{CaptureChange, Undone, Update, UpdateFrom};

const ENDING: &str = "textfsm";
const INDEX: &str = "index";

#[derive(Debug, thiserror::Error)]
pub enum TemplatesError {
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("cannot use template {name}")]
    Bad { name: String, source: TemplateError },
    #[error("cannot use {}", path.display())]
    Index { path: PathBuf, source: textfsm::IndexError },
    #[error("template {template} does not read this text")]
    Refused { template: String, source: textfsm::ParseError },
    #[error(transparent)]
    Platforms(#[from] model::platform::PlatformError),
    #[error("there is no template `{0}`; `velocity templates list` shows all")]
    Unknown(String),
    #[error("{0}; name one with --template, or leave --command out to have it found")]
    NoCommand(NoTemplate),
    #[error("no template reads this text; `velocity templates import` adds templates")]
    NothingFits,
    #[error("there is no data directory to keep templates in; give one with --home or VELOCITY_HOME")]
    NoHome,
    #[error("{} has no templates: no file there ends with .textfsm", .0.display())]
    NoTemplates(PathBuf),
    #[error("{} has {count} files of other content, such as {example}; --force replaces them", folder.display())]
    InTheWay { folder: PathBuf, count: usize, example: String },
    #[error(transparent)]
    Release(#[from] ReleaseError),
    #[error("{count} templates of the release cannot be used, such as {name}: {reason}; nothing was changed")]
    BrokenRelease { count: usize, name: String, reason: String },
    #[error("cannot bring ntc-templates {version}: {reason}; where there is no network, give a wheel with --from")]
    Download { version: String, reason: String },
    #[error("the release in use is the embedded one; there is nothing to undo")]
    NothingToUndo,
}

type Result<T> = std::result::Result<T, TemplatesError>;

/// All templates: the user's, ours, and the release of ntc-templates.
#[derive(Debug)]
pub struct Templates {
    home: Option<PathBuf>,
    /// Instead of the one in use.
    release: Option<Arc<Release>>,
    /// Read when it is first needed: a template that is a file needs none of it.
    library: OnceLock<Arc<Library>>,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TemplateView {
    pub name: String,
    /// `own`, `velocity` or `ntc-templates`.
    pub from: &'static str,
}

impl Templates {
    /// With the templates of a data directory, if there is one.
    pub fn at(home: Option<&Path>) -> Templates {
        Templates { home: home.map(Path::to_path_buf), release: None, library: OnceLock::new() }
    }

    /// With another release than the one in use.
    pub(crate) fn with_release(home: &Path, release: Arc<Release>) -> Templates {
        Templates { release: Some(release), ..Templates::at(Some(home)) }
    }

    /// Those of a library that was read before.
    pub(crate) fn of_library(home: &Path, library: Arc<Library>) -> Templates {
        Templates { library: OnceLock::from(library), ..Templates::at(Some(home)) }
    }

    /// The library that captures are read with as well.
    pub(crate) fn library(&self) -> Result<&Arc<Library>> {
        if let Some(library) = self.library.get() {
            return Ok(library);
        }
        let own = self.own_folder().filter(|folder| folder.is_dir()).map(|folder| own(&folder)).transpose()?;
        let release = match (&self.release, &self.home) {
            (Some(release), _) => Arc::clone(release),
            (None, Some(home)) => installed::in_use(home)?,
            (None, None) => Arc::clone(Release::builtin()),
        };
        let platforms = crate::platforms::own(self.home.as_deref())?;
        let library = Library::new(release, of_platforms(platforms), own.unwrap_or_default());
        Ok(self.library.get_or_init(|| Arc::new(library)))
    }

    /// Reads a text with templates, each a file or the name of one; several are merged on their keys.
    pub fn read_with<'t>(&self, templates: &[String], text: &'t str) -> Result<Read<'t>> {
        let compiled = templates.iter().map(|template| self.compiled(template)).collect::<Result<Vec<_>>>()?;
        let (fields, outcome) = ::templates::read(&compiled, text);
        Read::new(templates, fields, outcome, text)
    }

    /// Reads a text with the templates for a command, as the published tables have it.
    pub fn read_command<'t>(&self, platform: &str, command: &str, text: &'t str) -> Result<Read<'t>> {
        self.read_named(&self.lookup(platform, command)?, text)
    }

    /// Names of the templates for a command; several are merged on their keys.
    pub fn lookup(&self, platform: &str, command: &str) -> Result<Vec<String>> {
        let library = self.library()?;
        let of_known = || {
            let known = Platforms::builtin().get(platform)?;
            let of = [Some(&known.name), known.templates_of.as_ref()];
            of.into_iter().flatten().find_map(|name| library.lookup(name, command))
        };
        let unknown = || NoTemplate::Command { platform: platform.to_owned(), command: command.to_owned() };
        let found = library.lookup(platform, command).or_else(of_known);
        found.ok_or_else(|| TemplatesError::NoCommand(unknown()))
    }

    /// Finds the template, then reads the text with it.
    pub fn read_detected<'t>(
        &self,
        platform: Option<&str>,
        command: Option<&str>,
        text: &'t str,
    ) -> Result<(Candidate, Read<'t>)> {
        let best = self.detect(platform, command, 1, text)?.into_iter().next().ok_or(TemplatesError::NothingFits)?;
        let read = self.read_named(std::slice::from_ref(&best.template), text)?;
        Ok((best, read))
    }

    /// The most likely templates for a text, best first. A template of the user's that cannot be used is left out.
    pub fn detect(
        &self,
        platform: Option<&str>,
        command: Option<&str>,
        top: usize,
        text: &str,
    ) -> Result<Vec<Candidate>> {
        let platform = platform.map(|name| Platforms::builtin().get(name).map_or(name, |known| &known.name));
        Ok(self.library()?.detect(text, platform, command, top))
    }

    /// All templates, in order.
    pub fn list(&self) -> Result<Vec<TemplateView>> {
        Ok(self.library()?.names().into_iter().map(|(name, from)| view(name, from)).collect())
    }

    /// The templates for a command, in the order in which they are merged.
    pub fn list_for(&self, platform: &str, command: &str) -> Result<Vec<TemplateView>> {
        self.lookup(platform, command)?.iter().map(|name| self.source(name).map(|(view, _)| view)).collect()
    }

    /// A template's text, and where it is from.
    pub fn source(&self, name: &str) -> Result<(TemplateView, &str)> {
        let (from, source) = self.library()?.source(name).ok_or_else(|| TemplatesError::Unknown(name.to_owned()))?;
        Ok((view(bare(name).to_owned(), from), source))
    }

    fn read_named<'t>(&self, names: &[String], text: &'t str) -> Result<Read<'t>> {
        let reading = self.library()?.parse_with(names, text).map_err(no_template)?;
        let Reading { templates, fields, outcome } = reading;
        Read::new(&templates, fields, outcome, text)
    }

    /// A template by its file or its name. A path that is no file is not taken for a name.
    fn compiled(&self, template: &str) -> Result<Arc<Template>> {
        let path = Path::new(template);
        let is_path = template.contains(['/', '\\']) || path.extension().is_some_and(|end| end != ENDING);
        if is_path || path.is_file() {
            return compile(template, &read(path)?).map(Arc::new);
        }
        self.library()?.template(template).map_err(no_template)
    }

    fn own_folder(&self) -> Option<PathBuf> {
        self.home.as_ref().map(|home| home.join("templates"))
    }
}

/// The user's own templates.
fn own(folder: &Path) -> Result<Layer> {
    let sources = files(folder)?.into_iter().map(|(name, path)| Ok((name, read(&path)?)));
    let layer = Layer::new(sources.collect::<Result<Vec<_>>>()?);
    match own_index(folder)? {
        Some((path, source)) => layer.with_index(&source).map_err(|source| TemplatesError::Index { path, source }),
        None => Ok(layer),
    }
}

fn own_index(folder: &Path) -> Result<Option<(PathBuf, String)>> {
    let path = Some(folder.join(INDEX)).filter(|path| path.is_file());
    path.map(|path| read(&path).map(|source| (path, source))).transpose()
}

/// The templates of our platforms, for the commands that they ask.
fn of_platforms(own: Option<&'static Platforms>) -> Layer {
    let templates = Platforms::templates().chain(own.into_iter().flat_map(Platforms::own_templates));
    Layer::new(templates).with_commands(move || {
        let specs = |p: &'static Platform| p.captures.values().map(move |spec| (p, spec));
        let named = |(p, spec): (&'static Platform, &'static CaptureSpec)| {
            let template = spec.template.clone().into_iter();
            template.flat_map(move |t| spec.commands.iter().map(move |c| ((p.name.clone(), c.clone()), t.clone())))
        };
        own.unwrap_or_else(Platforms::builtin).all().iter().flat_map(specs).flat_map(named).collect()
    })
}

/// Templates of a folder, by name without ending. Hidden files are none.
fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let failed = |source| TemplatesError::Read { path: folder.to_path_buf(), source };
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).filter(|name| !name.starts_with('.'));
        if let Some(name) = name.filter(|_| path.extension().is_some_and(|end| end == ENDING)) {
            files.insert(name.to_owned(), path);
        }
    }
    Ok(files)
}

fn view(name: String, from: Origin) -> TemplateView {
    let from = match from {
        Origin::Own => "own",
        Origin::Platform => "velocity",
        Origin::Release => "ntc-templates",
    };
    TemplateView { name, from }
}

fn compile(name: &str, source: &str) -> Result<Template> {
    Template::compile(source).map_err(|source| TemplatesError::Bad { name: name.to_owned(), source })
}

fn bare(name: &str) -> &str {
    name.strip_suffix(".textfsm").unwrap_or(name)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|source| TemplatesError::Read { path: path.to_path_buf(), source })
}

fn no_template(error: NoTemplate) -> TemplatesError {
    match error {
        NoTemplate::Name { name } => TemplatesError::Unknown(name),
        NoTemplate::Bad { name, problem } => TemplatesError::Bad { name, source: problem },
        NoTemplate::Command { .. } => TemplatesError::NoCommand(error),
    }
}

/// What was read, or why not.
fn parsed<'t>(templates: &[String], outcome: Outcome<'t>) -> Result<Parsed<'t>> {
    match outcome {
        Outcome::Parsed(parsed) | Outcome::PartlyParsed(parsed) => Ok(parsed),
        Outcome::NotParsed(source) => Err(TemplatesError::Refused { template: templates.join(":"), source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_template_of_ours_hides_one_of_the_release() {
        for (name, _) in Platforms::templates() {
            assert!(Release::builtin().names().all(|released| released != name), "{name}");
        }
    }

    #[test]
    fn all_templates_of_our_platforms_compile() {
        for (name, source) in Platforms::templates() {
            assert!(compile(name, source).is_ok(), "{name}");
        }
    }

    fn check(platform: &str, command: &str, wanted: &str) {
        let found = Templates::at(None).lookup(platform, command);
        assert!(found.as_ref().is_ok_and(|names| names == &[wanted]), "{platform} {command}: {found:?}");
    }

    #[test]
    fn a_command_that_the_release_does_not_know_is_found_by_the_platform() {
        check("linux", "ip neigh", "linux_ip_neigh");
        check("linux", "ip -4 neigh", "linux_ip_neigh");
        check("debian", "ip -d addr", "linux_ip_addr");
        check("frr", "show interface", "frr_show_interface");
        // What it knows gives the published rows.
        check("arista_eos", "show ip arp", "arista_eos_show_ip_arp");
    }
}
