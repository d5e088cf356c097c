//! Reading a command's output with the templates that the library has for it.

use textfsm::{Outcome, Parsed, Table, merge};

use crate::library::Library;

/// There is nothing to read the text with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoTemplate {
    #[error("there is no template for `{command}` on platform `{platform}`")]
    Command { platform: String, command: String },
    #[error("there is no template `{name}`")]
    Name { name: String },
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
    /// Reads the output of a command with the templates that the index names for it.
    pub fn parse<'t>(&self, platform: &str, command: &str, text: &'t str) -> Result<Reading<'t>, NoTemplate> {
        let names = self
            .lookup(platform, command)
            .ok_or_else(|| NoTemplate::Command { platform: platform.to_owned(), command: command.to_owned() })?;
        self.parse_with(&names, text)
    }

    /// Reads a text with templates by name, merging on their keys when there are several.
    pub fn parse_with<'t>(&self, names: &[String], text: &'t str) -> Result<Reading<'t>, NoTemplate> {
        let find = |name: &String| self.template(name).ok_or_else(|| NoTemplate::Name { name: name.clone() });
        let templates = names.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        let parsed: Result<Vec<Parsed<'t>>, _> = templates.iter().map(|template| template.parse(text)).collect();
        let (fields, outcome) = match parsed {
            Ok(parsed) => {
                let tables = templates.iter().map(|template| &**template).zip(parsed).collect();
                let Table { fields, parsed } = merge(tables);
                (fields, Ok(parsed))
            }
            Err(error) => {
                let fields = templates.first().map(|template| template.fields()).unwrap_or_default();
                (fields.iter().map(|field| field.name.clone()).collect(), Err(error))
            }
        };
        Ok(Reading { templates: names.to_vec(), fields, outcome: outcome.into() })
    }
}
