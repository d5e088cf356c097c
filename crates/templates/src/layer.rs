//! Templates that lie over a release, with what says which commands they read.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use textfsm::{Index, IndexError};

use crate::library::bare;

/// Templates by name. One that is named `cisco_ios_show_version` reads `show version` of `cisco_ios`; an index, or
/// a command of its own, can say more.
#[derive(Debug, Default)]
pub struct Layer {
    sources: BTreeMap<String, Arc<str>>,
    index: Option<Index>,
    /// By platform and command.
    commands: HashMap<(String, String), String>,
}

impl Layer {
    /// From names, with or without `.textfsm`, and sources.
    pub fn new(sources: impl IntoIterator<Item = (String, String)>) -> Layer {
        let sources = sources.into_iter().map(|(name, source)| (bare(&name).to_owned(), source.into()));
        Layer { sources: sources.collect(), ..Layer::default() }
    }

    /// With the text of an `index` file, whose rows come before the names.
    pub fn with_index(self, source: &str) -> Result<Layer, IndexError> {
        Ok(Layer { index: Some(Index::parse(source)?), ..self })
    }

    /// With a template for a command that its name does not tell.
    #[must_use]
    pub fn with_command(mut self, platform: &str, command: &str, template: &str) -> Layer {
        self.commands.insert((platform.to_owned(), command.to_owned()), bare(template).to_owned());
        self
    }

    pub(crate) fn source(&self, name: &str) -> Option<&Arc<str>> {
        self.sources.get(name)
    }

    /// Names of the templates, without ending, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(String::as_str)
    }

    pub fn index(&self) -> Option<&Index> {
        self.index.as_ref()
    }

    /// Names of the templates for a command.
    pub(crate) fn lookup(&self, platform: &str, command: &str) -> Option<Vec<String>> {
        if let Some(names) = self.index.as_ref().and_then(|index| index.lookup(platform, command)) {
            return Some(names.iter().map(|name| bare(name).to_owned()).collect());
        }
        if let Some(name) = self.commands.get(&(platform.to_owned(), command.to_owned())) {
            return Some(vec![name.clone()]);
        }
        let name = format!("{platform}_{}", underscored(command));
        self.sources.contains_key(&name).then(|| vec![name])
    }

    /// Those named after the platform.
    pub(crate) fn of_platform<'l>(&'l self, platform: &'l str) -> impl Iterator<Item = &'l str> {
        self.names().filter(move |name| name.strip_prefix(platform).is_some_and(|rest| rest.starts_with('_')))
    }

    /// Those named after the command, of whatever platform.
    pub(crate) fn for_command(&self, command: &str) -> impl Iterator<Item = &str> {
        let ending = format!("_{}", underscored(command));
        self.names().filter(move |name| name.ends_with(&ending))
    }
}

/// `show  ip arp` is `show_ip_arp` in a name.
fn underscored(command: &str) -> String {
    command.split_whitespace().collect::<Vec<_>>().join("_")
}
