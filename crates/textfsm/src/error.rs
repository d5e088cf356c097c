//! What can be wrong with a template, and what can go wrong with a text.

/// A template that cannot be used. Line and column count from 1, the column in characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}; {help}")]
pub struct TemplateError {
    pub line: usize,
    pub column: usize,
    /// What is wrong, such as ``duplicate option `List` ``.
    pub problem: String,
    /// What to do about it.
    pub help: String,
}

/// A text that was not parsed. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// A rule of the template with the action `Error` matched: the text is not what the template is for.
    #[error("{}line {line} `{text}` is refused by line {rule} of the template, in state `{state}`", prefix(.message))]
    Refused {
        state: String,
        /// Line of the rule in the template.
        rule: usize,
        /// The text after `Error`, without quotes.
        message: Option<String>,
        line: usize,
        text: String,
    },
    /// A pattern would take too long on a line of the text.
    #[error("line {line} takes too long to match in state `{state}`; simplify the nested repeats of its rules")]
    TooHard { state: String, line: usize },
    /// More than 2 GiB.
    #[error("a text of {bytes} bytes is too long; cut it into parts of less than 2 GiB")]
    TooLong { bytes: usize },
}

fn prefix(text: &Option<String>) -> String {
    text.as_ref().map(|text| format!("{text}: ")).unwrap_or_default()
}

impl TemplateError {
    pub(crate) fn at(line: usize, column: usize, problem: impl Into<String>, help: impl Into<String>) -> TemplateError {
        TemplateError { line, column, problem: problem.into(), help: help.into() }
    }
}
