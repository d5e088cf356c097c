//! Folders of templates: the user's own, taken from one, written to one, and all of them looked over.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use textfsm::Index;

use super::{INDEX, Result, Templates, TemplatesError, bare, compile, files, own_index, read};
use crate::init::private_folder;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    New,
    Replaced,
    Unchanged,
    Refused,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::New => "new",
            Outcome::Replaced => "replaced",
            Outcome::Unchanged => "unchanged",
            Outcome::Refused => "refused",
        }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Imported {
    pub name: String,
    pub outcome: Outcome,
    /// Why it was refused.
    pub reason: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Import {
    pub folder: PathBuf,
    pub templates: Vec<Imported>,
}

/// How many templates there are, and what is wrong.
#[derive(Debug, Default, Serialize)]
pub struct Checked {
    pub templates: usize,
    pub own: usize,
    pub problems: Vec<Problem>,
}

#[derive(Debug, Serialize)]
pub struct Problem {
    pub name: String,
    pub reason: String,
}

impl Templates {
    /// Copies the templates of a folder, and its index, to the user's own. One that cannot be used stays out.
    pub fn import(&self, from: &Path, dry_run: bool) -> Result<Import> {
        let folder = self.own_folder().ok_or(TemplatesError::NoHome)?;
        let found = files(from)?;
        if found.is_empty() {
            return Err(TemplatesError::NoTemplates(from.to_path_buf()));
        }
        if !dry_run {
            private_folder(&folder).map_err(|e| write_error(&folder, std::io::Error::other(e)))?;
        }
        let mut templates = Vec::new();
        for (name, path) in &found {
            let compiles = |source: &str| compile(name, source).map(drop);
            templates.push(import(path, &folder.join(format!("{name}.textfsm")), dry_run, compiles)?);
        }
        let index = from.join(INDEX);
        if index.is_file() {
            let parses = |source: &str| parse_index(&index, source).map(drop);
            templates.push(import(&index, &folder.join(INDEX), dry_run, parses)?);
        }
        Ok(Import { folder, templates })
    }

    /// Writes all templates to a folder, with an index that names them. Gives how many.
    pub fn export(&self, to: &Path, force: bool) -> Result<usize> {
        let mut out = vec![(INDEX.to_owned(), self.whole_index()?)];
        for view in self.list()? {
            let (_, source) = self.source(&view.name)?;
            out.push((format!("{}.textfsm", view.name), source.to_string()));
        }
        let other =
            |(name, source): &&(String, String)| fs::read(to.join(name)).is_ok_and(|known| known != source.as_bytes());
        let in_the_way: Vec<&str> = out.iter().filter(other).map(|(name, _)| name.as_str()).collect();
        if let Some(example) = in_the_way.first().filter(|_| !force) {
            let (folder, example) = (to.to_path_buf(), (*example).to_owned());
            return Err(TemplatesError::InTheWay { folder, count: in_the_way.len(), example });
        }
        fs::create_dir_all(to).map_err(|e| write_error(to, e))?;
        for (name, source) in &out {
            put(&to.join(name), source)?;
        }
        Ok(out.len() - 1)
    }

    /// Compiles all templates and looks for those that the user's index names. The index alone may be at fault too.
    pub fn check(&self) -> Result<Checked> {
        let own = self.own_folder().map(|folder| own_index(&folder)).transpose()?.flatten();
        let index = own.map(|(path, source)| parse_index(&path, &source)).transpose();
        let problem = |name: &str, reason| Problem { name: name.to_owned(), reason };
        let index = match index {
            Ok(index) => index,
            Err(e) => return Ok(Checked { problems: vec![problem(INDEX, reason(&e))], ..Checked::default() }),
        };
        let all = self.list()?;
        let own = self.library()?.own().names().count();
        let mut checked = Checked { templates: all.len(), own, problems: Vec::new() };
        for view in &all {
            let compiled = self.source(&view.name).and_then(|(_, source)| compile(&view.name, source));
            checked.problems.extend(compiled.err().map(|e| problem(&view.name, reason(&e))));
        }
        let rows: Vec<_> = index.iter().flat_map(Index::rows).collect();
        let named = rows.iter().flat_map(|(names, _)| *names).map(|name| bare(name));
        let missing = named.filter(|name| all.iter().all(|view| view.name != *name));
        checked.problems.extend(missing.map(|name| problem(INDEX, format!("there is no template `{name}`"))));
        Ok(checked)
    }

    /// The user's rows before those of the release.
    fn whole_index(&self) -> Result<String> {
        let release = self.library()?.release().index_source();
        let own = self.own_folder().map(|folder| own_index(&folder)).transpose()?.flatten();
        let Some((_, own)) = own else { return Ok(release.to_owned()) };
        let (columns, rest) = rows(release);
        let (own_columns, own_rest) = rows(&own);
        let ordered = |row: &str| {
            let cells: Vec<&str> = row.split(',').map(str::trim).collect();
            let at = |name: &&str| own_columns.iter().position(|known| known == name).and_then(|at| cells.get(at));
            let complete = cells.len() == own_columns.len();
            complete.then(|| columns.iter().map(|name| *at(name).unwrap_or(&"")).collect::<Vec<_>>().join(", "))
        };
        let own = own_rest.into_iter().filter_map(ordered);
        let all: Vec<String> = [columns.join(", ")].into_iter().chain(own).collect();
        Ok(format!("{}\n{}\n", all.join("\n"), rest.join("\n")))
    }
}

fn parse_index(path: &Path, source: &str) -> Result<Index> {
    Index::parse(source).map_err(|source| TemplatesError::Index { path: path.to_path_buf(), source })
}

/// Columns of an index, and its rows without comments.
fn rows(source: &str) -> (Vec<&str>, Vec<&str>) {
    let mut lines = source.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let header = lines.next().and_then(|line| line.split('#').next()).unwrap_or_default();
    (header.split(',').map(str::trim).collect(), lines.collect())
}

fn import(from: &Path, to: &Path, dry_run: bool, usable: impl FnOnce(&str) -> Result<()>) -> Result<Imported> {
    let name = from.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let source = match read(from).and_then(|source| usable(&source).map(|()| source)) {
        Ok(source) => source,
        Err(e) => return Ok(Imported { name, outcome: Outcome::Refused, reason: Some(reason(&e)) }),
    };
    let outcome = match fs::read(to) {
        Ok(known) if known == source.as_bytes() => Outcome::Unchanged,
        Ok(_) => Outcome::Replaced,
        Err(_) => Outcome::New,
    };
    if !dry_run && outcome != Outcome::Unchanged {
        put(to, &source)?;
    }
    Ok(Imported { name, outcome, reason: None })
}

/// Writes beside, then renames: whoever reads at the same time sees the old file or the new one.
pub(super) fn put(path: &Path, source: impl AsRef<[u8]>) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, source).and_then(|()| fs::rename(&beside, path)).map_err(|e| write_error(path, e))
}

fn write_error(path: &Path, source: std::io::Error) -> TemplatesError {
    TemplatesError::Write { path: path.to_path_buf(), source }
}

/// What is wrong, without the name of the template, which stands beside it.
pub(super) fn reason(error: &TemplatesError) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}
