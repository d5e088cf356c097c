//! `Value Required,List NAME (pattern)`.

use crate::error::TemplateError;
use crate::pattern::{Pattern, SyntaxError};
use crate::source::LONGEST_NAME;
use crate::template::{Field, FieldOption};

const OPTIONS: [(&str, FieldOption); 6] = [
    ("Required", FieldOption::Required),
    ("Filldown", FieldOption::Filldown),
    ("Fillup", FieldOption::Fillup),
    ("List", FieldOption::List),
    ("Key", FieldOption::Key),
    ("OptionBase", FieldOption::OptionBase),
];

/// Reads a declaration; blanks are counted one by one, as Python does.
pub(crate) fn read(number: usize, line: &str) -> Result<Field, TemplateError> {
    let words: Vec<&str> = line.split(' ').collect();
    let (options, rest) = match words.as_slice() {
        [_, _, third, ..] if third.starts_with('(') => (None, &words[1..]),
        [_, options, _, ..] => (Some(*options), &words[2..]),
        _ => {
            let help = "write `Value NAME (pattern)` or `Value OPTION,OPTION NAME (pattern)`";
            return Err(TemplateError::at(number, 1, "the declaration is incomplete", help));
        }
    };
    let before: usize = words[..words.len() - rest.len()].iter().map(|word| word.chars().count() + 1).sum();
    let options = options.map_or(Ok(Vec::new()), |options| read_options(number, options))?;
    let name = rest[0];
    if name.chars().count() > LONGEST_NAME {
        return Err(TemplateError::at(
            number,
            before + 1,
            format!("name `{name}` is too long"),
            "48 characters at most",
        ));
    }
    let pattern = rest[1..].join(" ");
    let column = before + name.chars().count() + 2;
    let nested = check_pattern(number, column, &pattern)?;
    let nested = nested.filter(|_| options.contains(&FieldOption::List));
    let acts = |option: &FieldOption| matches!(option, FieldOption::Filldown | FieldOption::Fillup | FieldOption::List);
    let plain = !options.iter().any(acts);
    Ok(Field { name: name.to_owned(), options, pattern, plain, nested })
}

fn read_options(number: usize, text: &str) -> Result<Vec<FieldOption>, TemplateError> {
    let mut options = Vec::new();
    for word in text.split(',') {
        let Some(&(_, option)) = OPTIONS.iter().find(|(name, _)| *name == word) else {
            let help =
                "options are Required, Filldown, Fillup, List and Key, joined by commas; one blank between words";
            return Err(TemplateError::at(number, 7, format!("unknown option `{word}`"), help));
        };
        if options.contains(&option) {
            return Err(TemplateError::at(number, 7, format!("duplicate option `{word}`"), "name it once"));
        }
        options.push(option);
    }
    Ok(options)
}

/// The pattern on its own; Some when it has groups inside.
fn check_pattern(number: usize, column: usize, pattern: &str) -> Result<Option<Pattern>, TemplateError> {
    let inside = pattern.starts_with('(') && pattern.len() > 1 && pattern.ends_with(')') && !pattern.ends_with("\\)");
    if !inside {
        let problem = format!("pattern `{pattern}` is not in parentheses");
        return Err(TemplateError::at(number, column, problem, "put the whole pattern between `(` and `)`"));
    }
    match Pattern::new(pattern, |_| true) {
        Ok(pattern) => Ok(Some(pattern).filter(|pattern| pattern.groups > 1)),
        Err(SyntaxError { at, what }) => {
            Err(TemplateError::at(number, column + at, what, "correct the regular expression"))
        }
    }
}

/// The pattern with its first parenthesis made a group of the value's name.
pub(crate) fn named_pattern(field: &Field) -> String {
    format!("(?P<{}>{}", field.name, &field.pattern[1..])
}
