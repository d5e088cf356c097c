//! Working on templates: trying one on a text, and the user's own, one by one.
//!
//! Names are names here and never paths: what asks may be far away.

use std::fs;
use std::sync::Arc;

use ::templates::Candidate;
use model::text::{shown, slug};
use serde::Serialize;
use serde_json::json;
use store::NewAudit;
use textfsm::ParseError;

use super::folder::put;
use super::{ENDING, Read, TemplateView, Templates, TemplatesError, Unread, bare, compile, view};
use crate::actor::Role;
use crate::init::private_folder;
use crate::{Actor, App, AppError, AppResult};

/// Bytes of a template.
const LARGEST: usize = 1 << 20;

/// A template with its text.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TemplateText {
    #[serde(flatten)]
    pub template: TemplateView,
    pub source: String,
    /// Another of that name is hidden by it: `velocity` or `ntc-templates`.
    pub hides: Option<&'static str>,
}

/// What a template read, or why it did not.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ReadText {
    /// Names of the templates; several were merged.
    pub template: String,
    /// How sure it is that this is the template, from 0 to 1, where it was found by the text.
    pub confidence: Option<f64>,
    pub fields: Vec<String>,
    /// An object for each, by field: a text, or a list of texts.
    #[schema(value_type = Vec<Object>)]
    pub rows: serde_json::Value,
    /// First and last line of each row, from 1.
    pub row_lines: Vec<(usize, usize)>,
    /// Lines that no rule read.
    pub unread: Vec<Unread>,
    /// Lines of the text.
    pub lines: usize,
    pub problem: Option<TextProblem>,
}

/// Why a template, or a text, was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct TextProblem {
    /// `template`: it cannot be used; `text`: the template does not read it.
    pub of: &'static str,
    /// Of the template or the text, from 1.
    pub line: Option<usize>,
    /// Of the template, from 1.
    pub column: Option<usize>,
    /// The state in which the text was refused.
    pub state: Option<String>,
    /// Line of the template whose rule refused the text.
    pub rule: Option<usize>,
    pub message: String,
}

/// A template that could be the one.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CandidateView {
    pub template: String,
    /// From 0 to 1; all candidates together are 1.
    pub confidence: f64,
    /// Bits of evidence; only good to compare with others for the same text.
    pub score: f64,
    pub records: usize,
    /// Lines that are not blank, and how many of them it reads.
    pub lines: usize,
    pub read: usize,
}

/// Which template reads a text. Nothing given: it is found by the text.
#[derive(Debug, Clone, Default)]
pub struct ReadBy {
    /// Names; several are merged on their keys.
    pub templates: Vec<String>,
    pub platform: Option<String>,
    pub command: Option<String>,
}

impl From<Candidate> for CandidateView {
    fn from(c: Candidate) -> Self {
        let Candidate { template, score, confidence, records, lines, read } = c;
        Self { template, confidence, score, records, lines, read }
    }
}

impl ReadText {
    fn of(read: &Read<'_>, confidence: Option<f64>) -> AppResult<Self> {
        Ok(Self {
            template: read.template.clone(),
            confidence,
            fields: read.rows.fields.clone(),
            rows: serde_json::to_value(&read.rows)?,
            row_lines: read.rows.spans().collect(),
            unread: read.unread.clone(),
            lines: read.lines,
            problem: None,
        })
    }

    fn refused(template: &str, text: &str, problem: TextProblem) -> Self {
        Self {
            template: template.to_owned(),
            confidence: None,
            fields: Vec::new(),
            rows: json!([]),
            row_lines: Vec::new(),
            unread: Vec::new(),
            lines: textfsm::lines(text).count(),
            problem: Some(problem),
        }
    }
}

impl TextProblem {
    /// Of what is wrong with the template or the text; everything else is an error.
    fn of(error: TemplatesError) -> Result<Self, TemplatesError> {
        let text = Self { of: "text", line: None, column: None, state: None, rule: None, message: String::new() };
        Ok(match error {
            TemplatesError::Bad { source, .. } => Self {
                of: "template",
                line: Some(source.line),
                column: Some(source.column),
                message: format!("{}; {}", source.problem, source.help),
                ..text
            },
            TemplatesError::Refused { source, .. } => {
                let message = source.to_string();
                match source {
                    ParseError::Refused { state, rule, line, .. } => {
                        Self { line: Some(line), state: Some(state), rule: Some(rule), message, ..text }
                    }
                    ParseError::TooHard { state, line } => {
                        Self { line: Some(line), state: Some(state), message, ..text }
                    }
                    ParseError::TooLong { .. } => Self { message, ..text },
                }
            }
            other => return Err(other),
        })
    }
}

impl App {
    /// The templates that captures are read with now.
    pub fn templates(&self) -> Templates {
        Templates::of_library(&self.home, self.reader.now().library)
    }

    /// All templates, in order.
    pub fn list_templates(&self, actor: &Actor) -> AppResult<Vec<TemplateView>> {
        actor.must(Role::Viewer, "see templates")?;
        Ok(self.templates().list()?)
    }

    /// A template by its name, with its text.
    pub fn template(&self, actor: &Actor, name: &str) -> AppResult<TemplateText> {
        actor.must(Role::Viewer, "see templates")?;
        let library = self.reader.now().library;
        let unknown = || TemplatesError::Unknown(shown(name));
        let (from, source) = library.source(name).ok_or_else(unknown)?;
        let template = view(bare(name).to_owned(), from);
        let hides =
            if template.from == OWN { library.hidden(name).map(|from| view(String::new(), from).from) } else { None };
        Ok(TemplateText { template, source: source.to_owned(), hides })
    }

    /// What a template that is being written reads of a text.
    pub fn try_template(&self, actor: &Actor, source: &str, text: &str) -> AppResult<ReadText> {
        actor.must(Role::Viewer, "see templates")?;
        let name = "the template";
        let read = fits(source).and_then(|()| compile(name, source)).and_then(|template| {
            let (fields, outcome) = ::templates::read(&[Arc::new(template)], text);
            Read::new(&[name.to_owned()], fields, outcome, text)
        });
        match read {
            Ok(read) => ReadText::of(&read, None),
            Err(error) => Ok(ReadText::refused(name, text, TextProblem::of(error)?)),
        }
    }

    /// What templates read of a text.
    pub fn read_text(&self, actor: &Actor, by: &ReadBy, text: &str) -> AppResult<ReadText> {
        actor.must(Role::Viewer, "see templates")?;
        self.reading(by, text, ReadText::of, |problem| Ok(ReadText::refused(&by.templates.join(":"), text, problem)))
    }

    /// The same as CSV, RFC 4180, with the names of the fields first, or without them.
    pub fn read_text_csv(&self, actor: &Actor, by: &ReadBy, text: &str, header: bool) -> AppResult<String> {
        actor.must(Role::Viewer, "see templates")?;
        let write = |read: &Read<'_>, _| {
            let mut out = Vec::new();
            let failed = |source| AppError::Write { path: "the table".into(), source };
            read.rows.write_csv(&mut out).map_err(failed)?;
            let text = String::from_utf8_lossy(&out).into_owned();
            let rows = |text: &str| text.split_once("\r\n").map(|(_, rows)| rows.to_owned()).unwrap_or_default();
            Ok(if header { text } else { rows(&text) })
        };
        self.reading(by, text, write, |problem| Err(AppError::Invalid(problem.message)))
    }

    fn reading<T>(
        &self,
        by: &ReadBy,
        text: &str,
        then: impl FnOnce(&Read<'_>, Option<f64>) -> AppResult<T>,
        refused: impl FnOnce(TextProblem) -> AppResult<T>,
    ) -> AppResult<T> {
        let templates = self.templates();
        let (platform, command) = (by.platform.as_deref(), by.command.as_deref());
        let read = match (&by.templates[..], platform, command) {
            ([], Some(platform), Some(command)) => {
                templates.read_command(platform, command, text).map(|read| (None, read))
            }
            ([], ..) => {
                let found = templates.read_detected(platform, command, text);
                found.map(|(best, read)| (Some(best.confidence), read))
            }
            (names, ..) => templates.read_named(names, text).map(|read| (None, read)),
        };
        match read {
            Ok((confidence, read)) => then(&read, confidence),
            Err(error) => refused(TextProblem::of(error)?),
        }
    }

    /// The most likely templates for a text, best first.
    pub fn detect_template(&self, actor: &Actor, by: &ReadBy, top: usize, text: &str) -> AppResult<Vec<CandidateView>> {
        actor.must(Role::Viewer, "see templates")?;
        let found = self.templates().detect(by.platform.as_deref(), by.command.as_deref(), top, text)?;
        Ok(found.into_iter().map(CandidateView::from).collect())
    }

    /// Writes one of the user's own templates; `over`: there must be one, or there must be none. What is collected from
    /// now on in this process is read with it; other processes take it up when they are started again.
    pub async fn write_template(
        &self,
        actor: &Actor,
        name: &str,
        source: &str,
        over: bool,
        dry_run: bool,
    ) -> AppResult<TemplateText> {
        actor.must(Role::Admin, "change the templates")?;
        let name = checked_name(name)?;
        let is_there = self.own_template(name).is_some();
        match (over, is_there) {
            (false, true) => {
                return Err(AppError::Invalid(format!(
                    "there is a template `{name}` of your own already; change that one"
                )));
            }
            (true, false) => return Err(TemplatesError::Unknown(name.to_owned()).into()),
            _ => {}
        }
        fits(source)?;
        compile(name, source)?;
        if !dry_run {
            let folder = self.home.join("templates");
            let before = self.own_template(name);
            let mut tx = self.store.begin().await?;
            let detail = json!({ "before": before, "after": source });
            let action = if over { "template.edit" } else { "template.add" };
            let object = format!("template {name}");
            tx.audit(&NewAudit { actor: &actor.name, action, object: &object, detail: &detail }, self.now()).await?;
            private_folder(&folder)?;
            put(&folder.join(format!("{name}.{ENDING}")), source)?;
            tx.commit().await?;
            self.renew_templates()?;
        }
        let hidden = self.reader.now().library.hidden(name).map(|from| view(String::new(), from).from);
        let template = TemplateView { name: name.to_owned(), from: OWN };
        Ok(TemplateText { template, source: source.to_owned(), hides: hidden })
    }

    /// Deletes one of the user's own templates; the one that it hid is used again.
    pub async fn delete_template(&self, actor: &Actor, name: &str, dry_run: bool) -> AppResult<TemplateText> {
        actor.must(Role::Admin, "change the templates")?;
        let name = checked_name(name)?;
        let found = self.template(actor, name)?;
        if found.template.from != OWN {
            let from = found.template.from;
            return Err(AppError::Invalid(format!("template `{name}` is of {from}; only your own can be deleted")));
        }
        if !dry_run {
            let path = self.home.join("templates").join(format!("{name}.{ENDING}"));
            let mut tx = self.store.begin().await?;
            let (object, detail) = (format!("template {name}"), json!({ "before": found.source }));
            let entry = NewAudit { actor: &actor.name, action: "template.delete", object: &object, detail: &detail };
            tx.audit(&entry, self.now()).await?;
            fs::remove_file(&path).map_err(|source| TemplatesError::Write { path, source })?;
            tx.commit().await?;
            self.renew_templates()?;
        }
        Ok(found)
    }

    fn own_template(&self, name: &str) -> Option<String> {
        let library = self.reader.now().library;
        let found = library.source(name).filter(|(from, _)| view(String::new(), *from).from == OWN);
        found.map(|(_, source)| source.to_owned())
    }

    /// Reads the folder of the user's own templates again.
    fn renew_templates(&self) -> AppResult<()> {
        let library = Templates::at(Some(&self.home)).library().map(Arc::clone)?;
        self.reader.renew(library);
        Ok(())
    }
}

const OWN: &str = "own";

fn fits(source: &str) -> Result<(), TemplatesError> {
    if source.len() <= LARGEST {
        return Ok(());
    }
    let path = "the template".into();
    let source = std::io::Error::other(format!("it is longer than {LARGEST} bytes"));
    Err(TemplatesError::Read { path, source })
}

/// The name of a file in the folder of templates, without its ending.
fn checked_name(name: &str) -> AppResult<&str> {
    let bare = bare(name);
    match !bare.is_empty() && slug(bare) == bare {
        true => Ok(bare),
        false => Err(AppError::Usage(format!(
            "`{}` is no name for a template; letters, digits, `-`, `_` and `.`, such as cisco_ios_show_version",
            shown(name)
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::checked_name;

    #[test]
    fn the_name_of_a_template_is_no_path() {
        for name in ["../x", "/etc/passwd", "a/b", "..", ".hidden", "", "a\\b", "x\0", "a..b"] {
            assert!(checked_name(name).is_err(), "{name:?}");
        }
        for name in ["cisco_ios_show_version", "cisco_ios_show_version.textfsm", "x-1.2"] {
            assert!(checked_name(name).is_ok(), "{name:?}");
        }
    }
}
