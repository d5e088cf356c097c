//! Templates: reading a text with them, finding the one that fits, and the user's own.
//!
//! Nothing here needs an installation. When there is a data directory, the templates in its folder
//! `templates` take precedence; one named `cisco_ios_show_version.textfsm` reads `show version` of
//! `cisco_ios`, and a file `index` there can say more. A template is compiled when it is needed, not before.

mod folder;
mod rows;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ::templates::{AddError, Candidate, Library, NoTemplate, Reading};
use model::Platforms;
use serde::Serialize;
use textfsm::{Outcome, Parsed, Template, TemplateError};

pub use folder::{Checked, Import, Imported, Outcome as ImportOutcome};
pub use rows::{Read, Rows, Style, Unread};

const ENDING: &str = "textfsm";
/// First line of an index of ours.
const COLUMNS: &str = "Template, Hostname, Platform, Command\n";

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
}

type Result<T> = std::result::Result<T, TemplatesError>;

/// All templates: the user's, ours, and the release of ntc-templates.
#[derive(Debug)]
pub struct Templates {
    folder: Option<PathBuf>,
    /// Files of the user's own, by name without ending.
    own: BTreeMap<String, PathBuf>,
    library: Library,
}

/// Where a template is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    Own,
    Velocity,
    NtcTemplates,
}

#[derive(Debug, Clone, Serialize)]
pub struct TemplateView {
    pub name: String,
    pub from: Origin,
}

impl Origin {
    pub fn as_str(self) -> &'static str {
        match self {
            Origin::Own => "own",
            Origin::Velocity => "velocity",
            Origin::NtcTemplates => "ntc-templates",
        }
    }
}

impl Templates {
    /// With the templates of a data directory, if there is one.
    pub fn at(home: Option<&Path>) -> Result<Templates> {
        let folder = home.map(|home| home.join("templates"));
        let own = folder.as_deref().filter(|folder| folder.is_dir()).map(files).transpose()?.unwrap_or_default();
        Ok(Templates { folder, own, library: Library::new() })
    }

    /// Reads a text with a template: a file, or the name of one.
    pub fn read_with<'t>(&self, template: &str, text: &'t str) -> Result<Read<'t>> {
        let path = Path::new(template);
        if !path.is_file() {
            return self.read_named(&[self.name(template)?], text, Style::Plain);
        }
        let compiled = compile(template, &read(path)?)?;
        let fields = compiled.fields().iter().map(|field| field.name.clone()).collect();
        Read::new(&[template.to_owned()], fields, compiled.outcome(text), text, Style::Plain)
    }

    /// Reads a text with the templates for a command, as the published tables have it.
    pub fn read_command<'t>(&self, platform: &str, command: &str, text: &'t str) -> Result<Read<'t>> {
        self.add_index(Some(platform))?;
        let names = self.library.lookup(platform, command).or_else(|| of_ours(&self.library, platform, command));
        let unknown = || NoTemplate::Command { platform: platform.to_owned(), command: command.to_owned() };
        let names = names.ok_or_else(|| TemplatesError::NoCommand(unknown()))?;
        self.read_named(&names, text, Style::Table)
    }

    /// Finds the template, then reads the text with it.
    pub fn read_detected<'t>(
        &self,
        platform: Option<&str>,
        command: Option<&str>,
        text: &'t str,
    ) -> Result<(Candidate, Read<'t>)> {
        let best = self.detect(platform, command, 1, text)?.into_iter().next().ok_or(TemplatesError::NothingFits)?;
        let read = self.read_named(std::slice::from_ref(&best.template), text, Style::Table)?;
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
        self.add_index(platform)?;
        for (name, source) in Platforms::builtin().templates().iter().filter(|(name, _)| !self.own.contains_key(name)) {
            self.library.add(name, source).map_err(|e| bad(e, Path::new(name)))?;
        }
        for (name, path) in &self.own {
            // `templates check` says what is wrong with it.
            let _ = self.library.add(name, &read(path)?);
        }
        Ok(self.library.detect(text, platform, command, top))
    }

    /// All templates, in order.
    pub fn list(&self) -> Vec<TemplateView> {
        let release = self.library.names().into_iter().map(|name| (name, Origin::NtcTemplates));
        let ours = Platforms::builtin().templates().iter().map(|(name, _)| (name.clone(), Origin::Velocity));
        let own = self.own.keys().map(|name| (name.clone(), Origin::Own));
        let all: BTreeMap<String, Origin> = release.chain(ours).chain(own).collect();
        all.into_iter().map(|(name, from)| TemplateView { name, from }).collect()
    }

    /// A template's text, and where it is from.
    pub fn source(&self, name: &str) -> Result<(TemplateView, String)> {
        let name = bare(name);
        let view = |from| TemplateView { name: name.to_owned(), from };
        if let Some(path) = self.own.get(name) {
            return Ok((view(Origin::Own), read(path)?));
        }
        if let Some(source) = self.library.source(name) {
            return Ok((view(Origin::NtcTemplates), source.to_string()));
        }
        let ours = Platforms::builtin().templates().iter().find(|(known, _)| known == name);
        let (_, source) = ours.ok_or_else(|| TemplatesError::Unknown(name.to_owned()))?;
        Ok((view(Origin::Velocity), source.clone()))
    }

    fn read_named<'t>(&self, names: &[String], text: &'t str, style: Style) -> Result<Read<'t>> {
        for name in names {
            let (view, source) = self.source(name)?;
            if view.from != Origin::NtcTemplates {
                self.library.add(name, &source).map_err(|e| bad(e, Path::new(name)))?;
            }
        }
        let unknown = |e: NoTemplate| TemplatesError::Unknown(e.to_string());
        let Reading { templates, fields, outcome } = self.library.parse_with(names, text).map_err(unknown)?;
        Read::new(&templates, fields, outcome, text, style)
    }

    /// Says that a path which is no file is not taken for the name of a template.
    fn name(&self, template: &str) -> Result<String> {
        let path = Path::new(template);
        let is_path = template.contains(['/', '\\']) || path.extension().is_some_and(|end| end != ENDING);
        if is_path {
            read(path)?;
        }
        Ok(bare(template).to_owned())
    }

    /// The index of the user's folder over the names of the files there over the release.
    fn add_index(&self, platform: Option<&str>) -> Result<()> {
        if let Some(platform) = platform {
            let rows: String = self.own.keys().filter_map(|name| row(name, platform)).collect();
            self.library
                .add_index(&format!("{COLUMNS}{rows}"))
                .map_err(|e| bad(e, Path::new("the names of templates")))?;
        }
        match self.own_index()? {
            Some((path, source)) => self.library.add_index(&source).map_err(|e| bad(e, &path)),
            None => Ok(()),
        }
    }

    fn own_index(&self) -> Result<Option<(PathBuf, String)>> {
        let path = self.folder.as_ref().map(|folder| folder.join("index")).filter(|path| path.is_file());
        path.map(|path| read(&path).map(|source| (path, source))).transpose()
    }
}

/// The template that a platform of ours names for a command that the release does not know.
fn of_ours(library: &Library, platform: &str, command: &str) -> Option<Vec<String>> {
    let platform = Platforms::builtin().get(platform)?;
    let mut captures = platform.captures.values();
    let named = captures.find(|c| c.template.is_some() && c.commands.iter().any(|known| known == command));
    let of = platform.templates_of.as_deref().unwrap_or(&platform.name);
    named.and_then(|c| c.template.clone()).map(|name| vec![name]).or_else(|| library.lookup(of, command))
}

/// A row of an index for a template that is named after its platform and command.
fn row(name: &str, platform: &str) -> Option<String> {
    let command = name.strip_prefix(platform)?.strip_prefix('_')?.replace('_', " ");
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    (plain(platform) && plain(&command)).then(|| format!("{name}.{ENDING}, .*, {platform}, {command}$\n"))
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

fn compile(name: &str, source: &str) -> Result<Template> {
    Template::compile(source).map_err(|source| TemplatesError::Bad { name: name.to_owned(), source })
}

fn bare(name: &str) -> &str {
    name.strip_suffix(".textfsm").unwrap_or(name)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|source| TemplatesError::Read { path: path.to_path_buf(), source })
}

fn bad(error: AddError, path: &Path) -> TemplatesError {
    match error {
        AddError::Template { name, source } => TemplatesError::Bad { name, source },
        AddError::Index(source) => index_error(path.to_path_buf(), source),
    }
}

fn index_error(path: PathBuf, source: textfsm::IndexError) -> TemplatesError {
    TemplatesError::Index { path, source }
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
        let release = Library::builtin().names();
        for (name, _) in Platforms::builtin().templates() {
            assert!(!release.contains(name), "{name}");
        }
    }

    #[test]
    fn a_template_named_after_a_command_reads_that_command_alone() {
        let row = row("acme_show_ports", "acme").expect("a row");
        let index = textfsm::Index::parse(&format!("{COLUMNS}{row}")).expect("an index");
        assert!(index.lookup("acme", "show ports").is_some());
        assert!(index.lookup("acme", "show ports detail").is_none());
    }
}
