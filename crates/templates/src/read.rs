//! Reading a command's output with the templates that the library has for it.

use std::sync::Arc;

use textfsm::{Outcome, Table, Template, TemplateError};

use crate::library::Library;

/// There is nothing to read the text with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoTemplate {
    #[error("there is no template for `{command}` on platform `{platform}`")]
    Command { platform: String, command: String },
    #[error("there is no template `{name}`")]
    Name { name: String },
    #[error("cannot use template `{name}`: {problem}")]
    Bad { name: String, problem: TemplateError },
}

/// What was read, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<'t> {
    /// Names of the templates, without ending; several were merged.
    pub templates: Vec<String>,
    /// Names of the values of each record, in order, as the templates spell them.
    pub fields: Vec<String>,
    pub outcome: Outcome<'t>,
}

impl Library {
    /// Reads the output of a command with the templates that [`Library::lookup`] names for it.
    pub fn parse<'t>(&self, platform: &str, command: &str, text: &'t str) -> Result<Reading<'t>, NoTemplate> {
        let names = self
            .lookup(platform, command)
            .ok_or_else(|| NoTemplate::Command { platform: platform.to_owned(), command: command.to_owned() })?;
        self.parse_with(&names, text)
    }

    /// Reads a text with templates by name, merging on their keys when there are several.
    pub fn parse_with<'t>(&self, names: &[String], text: &'t str) -> Result<Reading<'t>, NoTemplate> {
        let templates = names.iter().map(|name| self.template(name)).collect::<Result<Vec<_>, _>>()?;
        let (fields, outcome) = read(&templates, text);
        Ok(Reading { templates: names.to_vec(), fields, outcome })
    }
}

/// Reads a text with templates, merging on their keys when there are several. Gives the names of the values too.
pub fn read<'t>(templates: &[Arc<Template>], text: &'t str) -> (Vec<String>, Outcome<'t>) {
    match Table::read(templates.iter().map(|template| &**template), text) {
        Ok(Table { fields, parsed }) => (fields, Ok(parsed).into()),
        Err(error) => {
            let fields = templates.first().map(|template| template.fields()).unwrap_or_default();
            (fields.iter().map(|field| field.name.clone()).collect(), Err(error).into())
        }
    }
}
