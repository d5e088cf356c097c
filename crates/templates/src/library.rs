//! Templates by name, and which of them read a command.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use textfsm::{Index, Template};

use crate::layer::Layer;
use crate::read::NoTemplate;
use crate::release::Release;

/// Ending of a template's file; names are good with and without it.
const ENDING: &str = ".textfsm";

/// All templates, to be asked from any thread.
#[derive(Debug)]
pub struct Library {
    release: Arc<Release>,
    platforms: Layer,
    own: Layer,
    compiled: RwLock<HashMap<String, Arc<Template>>>,
}

/// Where a template is from; the later takes precedence over the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    Release,
    Platform,
    Own,
}

impl Library {
    /// A release, the templates of platforms over it, and the user's own over both.
    pub fn new(release: Arc<Release>, platforms: Layer, own: Layer) -> Library {
        Library { release, platforms, own, compiled: RwLock::default() }
    }

    /// The embedded release alone, shared by all that ask.
    pub fn builtin() -> &'static Library {
        static BUILTIN: LazyLock<Library> =
            LazyLock::new(|| Library::new(Arc::clone(Release::builtin()), Layer::default(), Layer::default()));
        &BUILTIN
    }

    pub fn release(&self) -> &Arc<Release> {
        &self.release
    }

    pub fn own(&self) -> &Layer {
        &self.own
    }

    /// Names of the templates for a command, to be merged when there are several; the names have no ending.
    ///
    /// The user's own come first, then the release: what it has gives the published rows. The templates of platforms
    /// are for the commands that it does not know; a capture is read with the one that its platform names.
    pub fn lookup(&self, platform: &str, command: &str) -> Option<Vec<String>> {
        let release = || {
            let names = self.release.index()?.lookup(platform, command)?;
            Some(names.iter().map(|name| bare(name).to_owned()).collect())
        };
        let platforms = || self.platforms.lookup(platform, command);
        self.lookup_own(platform, command).or_else(release).or_else(platforms)
    }

    /// As [`Library::lookup`], among the user's own alone.
    pub fn lookup_own(&self, platform: &str, command: &str) -> Option<Vec<String>> {
        self.own.lookup(platform, command)
    }

    /// Names of the templates that are for a platform.
    pub(crate) fn of_platform(&self, platform: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        self.each_index(|index| {
            names.extend(index.of_platform(platform).flatten().map(|name| bare(name).to_owned()));
        });
        for layer in [&self.own, &self.platforms] {
            names.extend(layer.of_platform(platform).map(str::to_owned));
        }
        names
    }

    /// Names of the templates that are for a command, of whatever platform.
    pub(crate) fn for_command(&self, command: &str) -> Vec<String> {
        let mut names = Vec::new();
        self.each_index(|index| names.extend(index.for_command(command).flatten().map(|name| bare(name).to_owned())));
        for layer in [&self.own, &self.platforms] {
            names.extend(layer.for_command(command).map(str::to_owned));
        }
        names
    }

    fn each_index(&self, each: impl FnMut(&Index)) {
        self.own.index().into_iter().chain(self.release.index()).for_each(each);
    }

    /// The template, compiled once.
    pub fn template(&self, name: &str) -> Result<Arc<Template>, NoTemplate> {
        let name = bare(name);
        let compiled = self.compiled.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
        if let Some(template) = compiled {
            return Ok(template);
        }
        let (_, source) = self.source(name).ok_or_else(|| NoTemplate::Name { name: name.to_owned() })?;
        let bad = |problem| NoTemplate::Bad { name: name.to_owned(), problem };
        let template = Arc::new(Template::compile(source).map_err(bad)?);
        let mut compiled = self.compiled.write().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(compiled.entry(name.to_owned()).or_insert(template)))
    }

    /// The text of a template, and where it is from.
    pub fn source(&self, name: &str) -> Option<(Origin, &str)> {
        let name = bare(name);
        let own = self.own.source(name).map(|source| (Origin::Own, source));
        let platforms = || self.platforms.source(name).map(|source| (Origin::Platform, source));
        own.or_else(platforms).or_else(|| self.release.source(name).map(|source| (Origin::Release, source)))
    }

    /// Where the template is from that the user's own of this name hides.
    pub fn hidden(&self, name: &str) -> Option<Origin> {
        let name = bare(name);
        let of_release = || self.release.source(name).map(|_| Origin::Release);
        self.platforms.source(name).map(|_| Origin::Platform).or_else(of_release)
    }

    /// Names of all templates, without ending, and where they are from.
    pub fn names(&self) -> BTreeMap<String, Origin> {
        let release = self.release.names().map(|name| (name, Origin::Release));
        let platforms = self.platforms.names().map(|name| (name, Origin::Platform));
        let own = self.own.names().map(|name| (name, Origin::Own));
        release.chain(platforms).chain(own).map(|(name, from)| (name.to_owned(), from)).collect()
    }
}

pub(crate) fn bare(name: &str) -> &str {
    name.strip_suffix(ENDING).unwrap_or(name)
}
