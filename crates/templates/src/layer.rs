//! Templates that lie over a release, with what says which commands they read.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use textfsm::{Index, IndexError};

use crate::library::bare;

/// Templates by name. One that is named `cisco_ios_show_version` reads `show version` of `cisco_ios`; an index or
/// a table of commands can say more.
#[derive(Debug, Default)]
pub struct Layer {
    sources: BTreeMap<String, String>,
    index: Option<Index>,
    commands: Option<LazyLock<Commands, Box<dyn FnOnce() -> Commands + Send>>>,
}

/// Names of templates by platform and command.
pub type Commands = HashMap<(String, String), String>;

impl Layer {
    /// From names, with or without `.textfsm`, and sources.
    pub fn new<N: AsRef<str>, S: Into<String>>(sources: impl IntoIterator<Item = (N, S)>) -> Layer {
        let sources = sources.into_iter().map(|(name, source)| (bare(name.as_ref()).to_owned(), source.into()));
        Layer { sources: sources.collect(), ..Layer::default() }
    }

    /// With the text of an `index` file, whose rows come before the names.
    pub fn with_index(self, source: &str) -> Result<Layer, IndexError> {
        Ok(Layer { index: Some(Index::parse(source)?), ..self })
    }

    /// With templates for commands that their names do not tell, asked for when nothing else is found.
    #[must_use]
    pub fn with_commands(self, commands: impl FnOnce() -> Commands + Send + 'static) -> Layer {
        Layer { commands: Some(LazyLock::new(Box::new(commands))), ..self }
    }

    pub(crate) fn source(&self, name: &str) -> Option<&str> {
        self.sources.get(name).map(String::as_str)
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
        let name = format!("{platform}_{}", underscored(command));
        if self.sources.contains_key(&name) {
            return Some(vec![name]);
        }
        let named = self.commands.as_ref()?.get(&(platform.to_owned(), command.to_owned()))?;
        Some(vec![named.clone()])
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
