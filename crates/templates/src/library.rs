//! Templates by name, and which of them read a command.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use textfsm::{Index, Template, TemplateError};

use crate::builtin;

/// Ending of a template's file; names are good with and without it.
const ENDING: &str = ".textfsm";

/// Templates that can be added to and asked for from any thread.
#[derive(Debug, Default)]
pub struct Library {
    builtin: bool,
    /// Sources that take precedence, by name without ending.
    own: RwLock<HashMap<String, Arc<str>>>,
    /// Commands of platforms that lie over the index, newest last.
    own_index: RwLock<Vec<Arc<Index>>>,
    compiled: RwLock<HashMap<String, Arc<Template>>>,
}

/// Why a template or an index was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    #[error("cannot use template `{name}`")]
    Template { name: String, source: TemplateError },
    #[error("cannot use the index")]
    Index(#[from] textfsm::IndexError),
}

impl Library {
    /// The embedded release alone, shared by all that ask.
    pub fn builtin() -> &'static Library {
        static BUILTIN: OnceLock<Library> = OnceLock::new();
        BUILTIN.get_or_init(Library::new)
    }

    /// A library of its own over the embedded release, to add to.
    pub fn new() -> Library {
        Library { builtin: true, ..Library::default() }
    }

    /// A library without the embedded release.
    pub fn empty() -> Library {
        Library::default()
    }

    /// The embedded release with templates over it: name, with or without `.textfsm`, and source. An
    /// entry named `index` is an index over the embedded one.
    pub fn with_overlay(overlay: HashMap<String, String>) -> Result<Library, AddError> {
        let library = Library::new();
        for (name, source) in overlay {
            match name.as_str() {
                "index" => library.add_index(&source)?,
                name => library.add(name, &source)?,
            }
        }
        Ok(library)
    }

    /// Adds a template over any other of its name; it is compiled at once, so a bad one is refused here.
    pub fn add(&self, name: &str, source: &str) -> Result<(), AddError> {
        let name = bare(name);
        let template = Template::compile(source);
        let template = template.map_err(|source| AddError::Template { name: name.to_owned(), source })?;
        write(&self.own).insert(name.to_owned(), source.into());
        write(&self.compiled).insert(name.to_owned(), Arc::new(template));
        Ok(())
    }

    /// Adds rows in front of all others: an `index` file with a first line that names the columns.
    pub fn add_index(&self, source: &str) -> Result<(), AddError> {
        write(&self.own_index).push(Arc::new(Index::parse(source)?));
        Ok(())
    }

    /// Names of the templates for a command, to be merged when there are several; the names have no ending.
    pub fn lookup(&self, platform: &str, command: &str) -> Option<Vec<String>> {
        let own = read(&self.own_index).clone();
        let found = own.iter().rev().find_map(|index| index.lookup(platform, command));
        let builtin = || index().filter(|_| self.builtin).and_then(|index| index.lookup(platform, command));
        found.or_else(builtin).map(|names| names.iter().map(|name| bare(name).to_owned()).collect())
    }

    /// Names of the templates that an index has for a platform, in order.
    pub(crate) fn of_platform(&self, platform: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        self.each_index(|index| {
            let rows = index.of_platform(platform).flatten();
            names.extend(rows.map(|name| bare(name).to_owned()));
        });
        names
    }

    /// Names of the templates that an index has for a command, of whatever platform.
    pub(crate) fn for_command(&self, command: &str) -> Vec<String> {
        let mut names = Vec::new();
        self.each_index(|index| {
            let rows = index.for_command(command).flatten();
            names.extend(rows.map(|name| bare(name).to_owned()));
        });
        names
    }

    fn each_index(&self, mut each: impl FnMut(&Index)) {
        read(&self.own_index).iter().rev().for_each(|index| each(index));
        index().filter(|_| self.builtin).into_iter().for_each(each);
    }

    /// The text of the embedded index.
    pub fn index_source() -> &'static str {
        builtin::files().get("index").copied().unwrap_or_default()
    }

    /// The template, compiled once; None when there is none of that name.
    pub fn template(&self, name: &str) -> Option<Arc<Template>> {
        let name = bare(name);
        if let Some(template) = read(&self.compiled).get(name) {
            return Some(Arc::clone(template));
        }
        let template = Arc::new(Template::compile(&self.source(name)?).ok()?);
        Some(Arc::clone(write(&self.compiled).entry(name.to_owned()).or_insert(template)))
    }

    /// The text of a template.
    pub fn source(&self, name: &str) -> Option<Arc<str>> {
        let name = bare(name);
        if let Some(source) = read(&self.own).get(name) {
            return Some(Arc::clone(source));
        }
        let file = self.builtin.then(|| builtin::files().get(format!("{name}{ENDING}").as_str()).copied());
        file.flatten().map(Arc::from)
    }

    /// Names of all templates, without ending, in order.
    pub fn names(&self) -> Vec<String> {
        let own = read(&self.own);
        let builtin = self.builtin.then(builtin::files).into_iter().flat_map(HashMap::keys);
        let builtin = builtin.filter_map(|name| name.strip_suffix(ENDING)).map(str::to_owned);
        own.keys().cloned().chain(builtin).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// The embedded index.
pub(crate) fn index() -> Option<&'static Index> {
    static INDEX: OnceLock<Option<Index>> = OnceLock::new();
    INDEX.get_or_init(|| Index::parse(builtin::files().get("index")?).ok()).as_ref()
}

pub(crate) fn bare(name: &str) -> &str {
    name.strip_suffix(ENDING).unwrap_or(name)
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
