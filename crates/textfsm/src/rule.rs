//! `  ^pattern with ${NAME} -> Next.Record State`.

use crate::action::{self, Action, LineOp};
use crate::declaration::named_pattern;
use crate::error::TemplateError;
use crate::pattern::unicode::{is_space, is_word};
use crate::pattern::{Pattern, SyntaxError};
use crate::template::Field;

/// A rule whose target state is not looked up yet.
pub(crate) struct Draft {
    pub line: usize,
    pub action_column: usize,
    pub pattern: Pattern,
    pub fields: Vec<usize>,
    pub action: Action,
}

type Result<T> = std::result::Result<T, TemplateError>;

pub(crate) fn read(number: usize, line: &str, fields: &[Field]) -> Result<Draft> {
    if ![" ^", "  ^", "\t^"].iter().any(|start| line.starts_with(start)) {
        let problem = "a rule starts with one or two blanks, or a tab, and `^`";
        return Err(TemplateError::at(number, 1, problem, "indent the rule, or put a blank line before a new state"));
    }
    let rule = line.trim_start_matches(is_space);
    let indent = line.chars().count() - rule.chars().count();
    let (text, action) = split(rule);
    let action_column = indent + text.chars().count() + 2;
    let expanded = expand(number, indent, text, fields)?;
    let pattern = Pattern::new(&expanded.text, |name| fields.iter().any(|field| field.name == name));
    let pattern = pattern.map_err(|SyntaxError { at, what }| {
        let problem = format!("{what}, in `{}`", expanded.text);
        TemplateError::at(number, indent + expanded.origin(at) + 1, problem, "correct the regular expression")
    })?;
    let find = |name: &String| fields.iter().position(|field| field.name == *name);
    let fields = pattern.names.iter().filter_map(find).collect();
    let action = action.map_or(Ok(Action::default()), |text| read_action(number, action_column, text))?;
    Ok(Draft { line: number, action_column, pattern, fields, action })
}

/// Splits at the last `->` that has a blank before it.
fn split(rule: &str) -> (&str, Option<&str>) {
    let mut end = rule.len();
    while let Some(at) = rule[..end].rfind("->") {
        if let Some(blank) = rule[..at].chars().next_back().filter(|&c| is_space(c)) {
            return (&rule[..at - blank.len_utf8()], Some(&rule[at + 2..]));
        }
        end = at;
    }
    (rule, None)
}

fn read_action(number: usize, column: usize, text: &str) -> Result<Action> {
    let help =
        "write `-> LINE.RECORD STATE`: LINE is Next, Continue or Error; RECORD is Record, NoRecord, Clear or Clearall";
    let Some(action) = action::read(text) else {
        return Err(TemplateError::at(number, column, format!("badly formed action `{}`", text.trim()), help));
    };
    let Some(target) = action.target.as_deref() else { return Ok(action) };
    if action.line == LineOp::Continue {
        let problem = format!("`Continue` cannot go to state `{target}`");
        return Err(TemplateError::at(
            number,
            column,
            problem,
            "use Next, or leave the state out: it could loop for ever",
        ));
    }
    if action.line != LineOp::Error && !target.chars().next().is_some_and(is_word) {
        let problem = format!("{target} is not the name of a state");
        return Err(TemplateError::at(number, column, problem, "a text in quotes belongs to `Error`"));
    }
    Ok(action)
}

/// A pattern with its values put in.
struct Expanded {
    text: String,
    /// Where parts of `text` come from: characters in `text`, characters in the rule.
    parts: Vec<(usize, usize)>,
}

impl Expanded {
    /// The place in the rule for a place in the pattern.
    fn origin(&self, at: usize) -> usize {
        let part = self.parts.iter().rev().find(|(start, _)| *start <= at);
        part.map_or(at, |(start, origin)| origin + if self.is_value(*origin) { 0 } else { at - start })
    }

    fn is_value(&self, origin: usize) -> bool {
        self.parts.iter().filter(|(_, known)| *known == origin).count() > 1
    }
}

/// Python's `string.Template`: `$$`, `$NAME` and `${NAME}`. Without values nothing is replaced.
fn expand(number: usize, indent: usize, text: &str, fields: &[Field]) -> Result<Expanded> {
    let mut out = Expanded { text: String::new(), parts: vec![(0, 0)] };
    if fields.is_empty() {
        out.text = text.to_owned();
        return Ok(out);
    }
    let (mut rest, mut made, mut read) = (text, 0, 0);
    while let Some(dollar) = rest.find('$') {
        let (before, after) = (&rest[..dollar], &rest[dollar + 1..]);
        out.text.push_str(before);
        made += before.chars().count();
        read += before.chars().count();
        let (piece, taken) = replacement(after, fields).map_err(|problem| {
            TemplateError::at(
                number,
                indent + read + 1,
                problem,
                "declare the value, or write `$$` for the end of the line",
            )
        })?;
        // Twice the same origin marks a value: a place inside it is shown at its name.
        out.parts.extend((taken > 1).then_some((made, read)));
        out.parts.push((made, read));
        out.text.push_str(&piece);
        made += piece.chars().count();
        read += 1 + taken;
        out.parts.push((made, read));
        rest = &after[taken..];
    }
    out.text.push_str(rest);
    Ok(out)
}

/// What stands for a `$` and the text after it, and how many bytes of that text it takes.
fn replacement(after: &str, fields: &[Field]) -> std::result::Result<(String, usize), String> {
    if after.starts_with('$') {
        return Ok(("$".to_owned(), 1));
    }
    let braced = after.strip_prefix('{');
    let name = identifier(braced.unwrap_or(after));
    let closed = braced.is_none_or(|rest| rest[name.len()..].starts_with('}'));
    if name.is_empty() || !closed {
        return Err("`$` without the name of a value".to_owned());
    }
    match fields.iter().find(|field| field.name == name) {
        Some(field) => Ok((named_pattern(field), name.len() + if braced.is_some() { 2 } else { 0 })),
        None => Err(format!("there is no value `{name}`")),
    }
}

/// The ASCII identifier at the front.
fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    if text.starts_with(|c: char| c.is_ascii_digit()) { "" } else { &text[..end] }
}
