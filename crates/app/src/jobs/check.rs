//! Whether a job can be run: what is wrong with it, all at once, before anything is written.

use model::object::JOB;
use model::text::shown;

use super::JobDraft;
use crate::{App, AppError, AppResult};

impl App {
    /// What a capture type is really called; the name itself when it is none of ours.
    pub(super) fn canonical(&self, name: &str) -> String {
        self.reader.platforms.capture_type(name).map_or_else(|| name.trim().to_owned(), |(name, _)| name.to_owned())
    }

    /// The job with its texts in one spelling, and what is wrong with it.
    pub fn examine_job(&self, draft: &JobDraft) -> (JobDraft, Vec<String>) {
        let mut job = draft.clone();
        let mut problems = Vec::new();
        let mut read = |field: &str, written: &str| match JOB.field(field).map(|f| f.read(written)) {
            Some(Ok(read)) => read,
            Some(Err(problem)) => {
                problems.push(problem);
                None
            }
            None => None,
        };
        job.name = read("name", &draft.name).unwrap_or_default();
        job.slug = Some(read("slug", &draft.slug()).unwrap_or_default());
        job.description = draft.description.as_ref().and_then(|text| read("description", text));
        if job.name.is_empty() {
            problems.push("a job has a name".to_owned());
        }
        for tag in &draft.tags {
            problems.extend(model::object::TAG.fields[0].read(tag).err());
        }
        job.what.captures.clear();
        for name in draft.what.captures.iter().map(|name| self.canonical(name)) {
            if !job.what.captures.contains(&name) {
                job.what.captures.push(name);
            }
        }
        for name in &job.what.captures {
            if self.reader.platforms.capture_type(name).is_none() {
                problems.push(format!("`{}` is no capture type; `velocity platform types` shows them", shown(name)));
            }
        }
        for command in &mut job.what.commands {
            command.output = self.canonical(&command.output);
            if let Some(template) = &command.template
                && self.reader.now().library.source(template).is_none()
            {
                problems
                    .push(format!("there is no template `{}`; `velocity templates list` shows them", shown(template)));
            }
        }
        problems.extend(job.spec().problems());
        (job, problems)
    }

    /// The job with its texts in one spelling.
    ///
    /// # Errors
    /// [`AppError::Usage`] with all that is wrong with it.
    pub(super) fn checked(&self, draft: &JobDraft) -> AppResult<JobDraft> {
        let (job, problems) = self.examine_job(draft);
        match problems.is_empty() {
            true => Ok(job),
            false => Err(AppError::Usage(format!("job `{}`: {}", shown(&draft.name), problems.join("; ")))),
        }
    }
}
