//! The schema in words: read out of the steps that make it, so that it is never another one.

use serde::Serialize;

use crate::migrate::STEPS;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableDoc {
    pub name: String,
    /// The step that made it.
    pub step: i64,
    pub about: String,
    pub columns: Vec<ColumnDoc>,
    /// `primary key (device_id, serial)`, `index on (tenant_id, serial)`
    pub keys: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnDoc {
    pub name: String,
    pub kind: String,
    pub is_required: bool,
    /// Table that it refers to.
    pub refers_to: Option<String>,
    pub default: Option<String>,
    pub about: String,
}

/// All tables, in the order in which they were made.
pub fn schema() -> Vec<TableDoc> {
    let mut tables = Vec::new();
    for (step, text) in STEPS {
        read(*step, text, &mut tables);
    }
    tables
}

fn read(step: i64, text: &str, tables: &mut Vec<TableDoc>) {
    let mut about: Vec<&str> = Vec::new();
    let mut statement = String::new();
    for line in text.lines().map(str::trim) {
        if statement.is_empty() && line.is_empty() {
            about.clear();
        } else if let Some(comment) = line.strip_prefix("--") {
            about.push(comment.trim());
        } else {
            statement.push_str(line);
            statement.push('\n');
            if line.ends_with(';') {
                take(step, statement.trim_end_matches([';', '\n']), &about.join(" "), tables);
                statement.clear();
                about.clear();
            }
        }
    }
}

fn take(step: i64, statement: &str, about: &str, tables: &mut Vec<TableDoc>) {
    if let Some(rest) = statement.strip_prefix("create table ") {
        let (name, body) = rest.split_once('(').unwrap_or((rest, ""));
        let mut table = TableDoc {
            name: name.trim().to_owned(),
            step,
            about: about.to_owned(),
            columns: Vec::new(),
            keys: Vec::new(),
        };
        for line in body.trim_end_matches(')').lines().map(|l| l.trim().trim_end_matches(',')) {
            let is_key = ["primary key", "unique", "foreign key"].iter().any(|word| line.starts_with(word));
            match line {
                "" => {}
                line if is_key => table.keys.push(line.to_owned()),
                line => table.columns.push(column(line, "")),
            }
        }
        tables.push(table);
    } else if let Some((name, line)) = statement.strip_prefix("alter table ").and_then(|r| r.split_once(" add column "))
    {
        // What the database makes of other columns holds nothing of its own.
        let is_made = line.contains("generated always as");
        if let Some(table) = tables.iter_mut().find(|t| t.name == name && !is_made) {
            table.columns.push(column(line, about));
        }
    } else if let Some((name, (old, new))) = renamed(statement) {
        let table = tables.iter_mut().find(|t| t.name == name);
        let column = table.and_then(|t| t.columns.iter_mut().find(|c| c.name == old));
        column.into_iter().for_each(|c| c.name = new.to_owned());
    } else if let Some((is_unique, rest)) = statement
        .strip_prefix("create index ")
        .map(|rest| (false, rest))
        .or_else(|| Some((true, statement.strip_prefix("create unique index ")?)))
        && let Some((name, on)) = rest.split_once(" on ").and_then(|(_, on)| on.split_once(' '))
        && let Some(table) = tables.iter_mut().find(|t| t.name == name)
    {
        table.keys.push(format!("{} on {on}", if is_unique { "unique index" } else { "index" }));
    }
}

/// Table, old name, new name.
fn renamed(statement: &str) -> Option<(&str, (&str, &str))> {
    let (table, names) = statement.strip_prefix("alter table ")?.split_once(" rename column ")?;
    Some((table, names.split_once(" to ")?))
}

fn column(line: &str, about: &str) -> ColumnDoc {
    if line == "{id}" {
        let about = "numbered by the database".to_owned();
        let (name, kind) = ("id".to_owned(), "bigint".to_owned());
        return ColumnDoc { name, kind, is_required: true, refers_to: None, default: None, about };
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let after =
        |word: &str| words.iter().position(|w| *w == word).and_then(|n| words.get(n + 1)).map(|w| (*w).to_owned());
    let kind = match words.get(1).copied().unwrap_or_default() {
        "{key}" => "text, in the order of its bytes",
        "{bytes}" => "bytes",
        other => other,
    };
    ColumnDoc {
        name: words.first().copied().unwrap_or_default().to_owned(),
        kind: kind.to_owned(),
        is_required: line.contains("not null") || line.contains("primary key"),
        refers_to: after("references"),
        default: after("default"),
        about: about.to_owned(),
    }
}

/// The schema as Markdown.
pub fn schema_markdown() -> String {
    let tables = schema();
    let mut text = format!(
        "# The database\n\nSchema {}, {} tables, the same in SQLite and PostgreSQL. Times are milliseconds since 1970 in UTC. Each row \
         belongs to a tenant.\n",
        crate::SCHEMA_VERSION,
        tables.len()
    );
    for table in &tables {
        text += &format!("\n## {}\n\n", table.name);
        if !table.about.is_empty() {
            text += &format!("{}\n\n", table.about);
        }
        text += "| Column | Type | Required | Refers to | Default | |\n|---|---|---|---|---|---|\n";
        for c in &table.columns {
            let (required, none) = (if c.is_required { "yes" } else { "" }, String::new());
            let (refers, default) = (c.refers_to.as_ref().unwrap_or(&none), c.default.as_ref().unwrap_or(&none));
            text += &format!("| `{}` | {} | {required} | {refers} | {default} | {} |\n", c.name, c.kind, c.about);
        }
        if !table.keys.is_empty() {
            let keys: Vec<String> = table.keys.iter().map(|k| format!("- {k}\n")).collect();
            text += &format!("\n{}", keys.concat());
        }
    }
    text
}
