//! Reads the text of a template, line by line, as Python's `textfsm.TextFSM` does.

use std::sync::Mutex;

use crate::action::{LINE_OPS, RECORD_OPS};
use crate::declaration;
use crate::error::TemplateError;
use crate::pattern::unicode::{is_space, is_word};
use crate::rule::{self, Draft};
use crate::template::{Field, FieldOption, Go, Rule, State, Template};

/// Names of values and states are no longer than this, in characters.
pub(crate) const LONGEST_NAME: usize = 48;

type Result<T> = std::result::Result<T, TemplateError>;

/// A line of the template with its number, from 1, without blanks at its end.
pub(crate) type Numbered<'s> = (usize, &'s str);

struct StateDraft {
    name: String,
    line: usize,
    rules: Vec<Draft>,
}

pub(crate) fn read(source: &str) -> Result<Template> {
    let lines = split(source);
    let mut lines = lines.iter().map(|&(number, line)| (number, line.trim_end_matches(is_space)));
    let fields = fields(&mut lines)?;
    let mut states: Vec<StateDraft> = Vec::new();
    while let Some(state) = state(&mut lines, &fields, &states)? {
        states.push(state);
    }
    link(fields, states)
}

/// Universal newlines: LF, CR and CR LF end a line. A byte order mark is not part of the template.
fn split(source: &str) -> Vec<Numbered<'_>> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut lines = Vec::new();
    let mut rest = source;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        lines.push((lines.len() + 1, &rest[..end]));
        let width = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = rest.get(end + width..).unwrap_or("");
    }
    lines
}

fn is_comment(line: &str) -> bool {
    line.trim_start_matches(is_space).starts_with('#')
}

/// The declarations, up to the first blank line.
fn fields<'s>(lines: &mut impl Iterator<Item = Numbered<'s>>) -> Result<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    for (number, line) in lines.by_ref().take_while(|(_, line)| !line.is_empty()) {
        if is_comment(line) {
            continue;
        }
        if !line.starts_with("Value ") {
            return Err(misplaced(number, fields.is_empty()));
        }
        let field = declaration::read(number, line)?;
        if fields.iter().any(|known| known.name == field.name) {
            let problem = format!("value `{}` is declared twice", field.name);
            return Err(TemplateError::at(number, 7, problem, "remove or rename one of the two"));
        }
        fields.push(field);
    }
    Ok(fields)
}

fn misplaced(line: usize, first: bool) -> TemplateError {
    let help = "declarations start with `Value `; put a blank line between them and the first state";
    let problem = if first { "no value is declared" } else { "this is no declaration of a value" };
    TemplateError::at(line, 1, problem, help)
}

/// The next state with its rules, up to a blank line.
fn state<'s>(
    lines: &mut impl Iterator<Item = Numbered<'s>>,
    fields: &[Field],
    known: &[StateDraft],
) -> Result<Option<StateDraft>> {
    let Some((line, name)) = lines.find(|(_, line)| !line.is_empty() && !is_comment(line)) else {
        return Ok(None);
    };
    check_name(line, name, known)?;
    let mut state = StateDraft { name: name.to_owned(), line, rules: Vec::new() };
    for (number, line) in lines.by_ref().take_while(|(_, line)| !line.is_empty()) {
        if !is_comment(line) {
            state.rules.push(rule::read(number, line, fields)?);
        }
    }
    Ok(Some(state))
}

fn check_name(line: usize, name: &str, known: &[StateDraft]) -> Result<()> {
    let keyword = LINE_OPS.iter().any(|(op, _)| *op == name) || RECORD_OPS.iter().any(|(op, _)| *op == name);
    if keyword || name.chars().count() > LONGEST_NAME || !name.chars().all(is_word) {
        let help = "a state is letters, digits and `_`, at most 48, and no action; rules start with one or two blanks";
        return Err(TemplateError::at(line, 1, format!("`{name}` cannot be the name of a state"), help));
    }
    match known.iter().find(|state| state.name == name) {
        None => Ok(()),
        Some(state) => {
            let problem = format!("state `{name}` is already on line {}", state.line);
            Err(TemplateError::at(line, 1, problem, "join the two, or rename one"))
        }
    }
}

/// Resolves the states that rules go to.
fn link(fields: Vec<Field>, mut drafts: Vec<StateDraft>) -> Result<Template> {
    let over = |state: &&StateDraft| matches!(&*state.name, "End" | "EOF");
    if let Some(state) = drafts.iter().filter(over).find(|state| !state.rules.is_empty()) {
        let problem = format!("state `{}` has rules", state.name);
        return Err(TemplateError::at(state.line, 1, problem, "it must be empty"));
    }
    drafts.retain(|state| state.name != "End");
    let names: Vec<String> = drafts.iter().map(|state| state.name.clone()).collect();
    let find = |name: &str| names.iter().position(|known| known == name);
    let Some(start) = find("Start") else {
        return Err(TemplateError::at(1, 1, "there is no state `Start`", "name the first state `Start`"));
    };
    let explicit_eof = find("EOF").is_some();
    let mut states = Vec::new();
    for draft in drafts {
        let rules = draft.rules.into_iter().map(|rule| finish(rule, find)).collect::<Result<_>>()?;
        states.push(State::new(draft.name, rules));
    }
    Ok(Template { checks: checks(&fields), fields, states, start, explicit_eof, pool: Mutex::default() })
}

/// What is asked of the fields when a record is saved.
fn checks(fields: &[Field]) -> Vec<(usize, FieldOption)> {
    let asked = |option: &&FieldOption| matches!(option, FieldOption::Required | FieldOption::List);
    let each = |(at, field): (usize, &Field)| {
        field.options.iter().filter(asked).map(|&option| (at, option)).collect::<Vec<_>>()
    };
    fields.iter().enumerate().flat_map(each).collect()
}

fn finish(draft: Draft, find: impl Fn(&str) -> Option<usize>) -> Result<Rule> {
    let Draft { line, action_column, pattern, fields, action } = draft;
    let target = action.target.as_deref();
    match Go::of(action.line, target, find) {
        Some(go) => Ok(Rule { line, pattern, fields, record: action.record, go }),
        None => {
            let problem = format!("there is no state `{}`", target.unwrap_or_default());
            Err(TemplateError::at(line, action_column, problem, "add the state, or correct its name"))
        }
    }
}
