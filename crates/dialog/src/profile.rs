//! The session part of a platform, compiled. Cheap to share behind an `Arc`.

use model::platform::{Answer, SessionSpec};
use regex::bytes::{Regex, RegexSet};

/// How to talk with one kind of device.
#[derive(Debug)]
pub struct Profile {
    pub(crate) prompt: Regex,
    pub(crate) prompt_banner: Option<Regex>,
    pub(crate) enable: Option<EnableRules>,
    pub(crate) prepare: Vec<String>,
    pub(crate) exit: String,
    pub(crate) pager: Vec<Rule>,
    pub(crate) questions: Vec<Rule>,
    pub(crate) errors: RegexSet,
    /// Questions for the name and the password, and the word alone on its line.
    username: Regex,
    password: Regex,
    alone: Regex,
    /// Looks like the question, and tells of an earlier log-in.
    tells: Regex,
}

#[derive(Debug)]
pub(crate) struct EnableRules {
    pub command: String,
    pub unprivileged: Regex,
    pub password: Regex,
}

#[derive(Debug)]
pub(crate) struct Rule {
    pub pattern: Regex,
    pub answer: Vec<u8>,
}

/// A pattern of a platform that is no regular expression.
#[derive(Debug, thiserror::Error)]
#[error("`{field}` is not a regular expression")]
pub struct ProfileError {
    /// Path in the platform's `session`: `pager`, `enable.password` …
    pub field: &'static str,
    pub source: Box<regex::Error>,
}

impl Profile {
    /// Fails with the field whose pattern is not valid.
    pub fn compile(spec: &SessionSpec) -> Result<Profile, ProfileError> {
        let enable = spec.enable.as_ref().map(|e| {
            Ok(EnableRules {
                command: e.command.clone(),
                unprivileged: regex("enable.unprivileged", &e.unprivileged)?,
                password: regex("enable.password", &e.password)?,
            })
        });
        let exit = if spec.exit.is_empty() { "exit" } else { &spec.exit };
        Ok(Profile {
            prompt: regex("prompt", &whole(&spec.prompt))?,
            prompt_banner: spec.prompt_banner.as_deref().map(|p| regex("prompt_banner", &whole(p))).transpose()?,
            enable: enable.transpose()?,
            prepare: spec.prepare.clone(),
            exit: exit.to_owned(),
            pager: rules("pager", &spec.pager)?,
            questions: rules("questions", &spec.questions)?,
            errors: RegexSet::new(&spec.errors).map_err(invalid("errors"))?,
            username: regex("username", r"(?i)^(.*\s)?(user ?name|user|login)\s?:\s*$")?,
            alone: regex("username", r"(?i)^\s*(user ?name|user|login|password)\s?:\s*$")?,
            tells: regex("username", r"(?i)(last|previous|successful|failed) (\w+ )?login\s?:\s*$")?,
            // A question about the password, such as `Change now? [Y/N]:`, asks for none.
            password: regex("password", r"(?i)^[^?]{0,80}(password|passcode|passphrase)[^?]{0,80}:\s*$")?,
        })
    }

    /// The line in which a device of the platform refuses a command, if a text is a refusal.
    pub fn refusal(&self, text: &[u8]) -> Option<String> {
        crate::output::refusal(text, &self.errors)
    }

    /// Whether the line asks for the name of an account.
    pub(crate) fn asks_username(&self, line: &[u8]) -> bool {
        self.username.is_match(line) && !self.tells.is_match(line)
    }

    pub(crate) fn asks_password(&self, line: &[u8]) -> bool {
        self.password.is_match(line)
    }

    /// Whether the question is all of its line; otherwise the line may be a sentence that goes on.
    pub(crate) fn asks_alone(&self, line: &[u8]) -> bool {
        self.alone.is_match(line)
    }

    /// Commands sent once after log-in; a refusal is no failure.
    pub fn prepare(&self) -> &[String] {
        &self.prepare
    }
}

/// The pattern stands for the whole line.
fn whole(pattern: &str) -> String {
    format!(r"^(?:{pattern})\s*$")
}

fn regex(field: &'static str, pattern: &str) -> Result<Regex, ProfileError> {
    Regex::new(pattern).map_err(invalid(field))
}

fn invalid(field: &'static str) -> impl Fn(regex::Error) -> ProfileError {
    move |source| ProfileError { field, source: Box::new(source) }
}

fn rules(field: &'static str, answers: &[Answer]) -> Result<Vec<Rule>, ProfileError> {
    let rule = |a: &Answer| Ok(Rule { pattern: regex(field, &a.pattern)?, answer: a.answer.clone().into_bytes() });
    answers.iter().map(rule).collect()
}
