//! Batches: jobs in an order, in YAML files that a person may edit: `batches/<slug>.yaml`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use model::text::shown;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::NewAudit;

use crate::actor::Role;
use crate::init::{private_file, private_folder};
use crate::jobs::files::yaml;
use crate::jobs::{Chosen, JobChoice, Order};
use crate::{Actor, App, AppError, AppResult};

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Slugs, ids or files, in the order in which they are run.
    #[serde(default)]
    pub jobs: Vec<String>,
    /// As the config says when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_on_failure: Option<bool>,
    /// Seconds between two jobs; as the config says when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<u8>,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct BatchView {
    pub slug: String,
    #[schema(value_type = String)]
    pub file: PathBuf,
    #[serde(flatten)]
    pub batch: Batch,
    /// What it says, or else the config.
    pub order: BatchOrder,
    /// Jobs that are not there.
    pub missing: Vec<String>,
}

#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
pub struct BatchOrder {
    pub stop_on_failure: bool,
    /// Seconds.
    pub delay: u8,
}

/// Most seconds between two jobs.
const LONGEST: u8 = 60;
/// Jobs of one batch.
const MOST: usize = 1000;

impl App {
    /// By slug; a file that cannot be read is told beside.
    pub async fn batches(&self, actor: &Actor) -> AppResult<(Vec<BatchView>, Vec<String>)> {
        actor.must(Role::Viewer, "see batches")?;
        let folder = self.batch_folder();
        let (mut batches, mut problems) = (Vec::new(), Vec::new());
        let mut files: Vec<PathBuf> = match std::fs::read_dir(&folder) {
            Ok(entries) => entries.flatten().map(|e| e.path()).filter(|p| is_batch(p)).collect(),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(source) => return Err(AppError::Read { path: folder, source }),
        };
        files.sort();
        for file in files {
            match read(&file) {
                Ok(batch) => batches.push(self.batch_view(actor, file, batch).await?),
                Err(error) => problems.push(error.chain()),
            }
        }
        Ok((batches, problems))
    }

    /// One by slug, name or file.
    pub async fn batch(&self, actor: &Actor, reference: &str) -> AppResult<BatchView> {
        actor.must(Role::Viewer, "see batches")?;
        let (batches, problems) = self.batches(actor).await?;
        let slug = slug(reference);
        let found = batches.iter().find(|b| b.slug == slug);
        let found = found.or_else(|| batches.iter().find(|b| b.batch.name.eq_ignore_ascii_case(reference.trim())));
        if let Some(found) = found {
            return Ok(found.clone());
        }
        let file = Path::new(reference);
        if actor.may_name_files() && is_batch(file) && file.is_file() {
            return self.batch_view(actor, file.to_path_buf(), read(file)?).await;
        }
        let problems = problems.iter().map(|p| format!("; {p}")).collect::<String>();
        Err(AppError::Invalid(format!("no batch `{}`; `velocity batch list` shows them{problems}", shown(reference))))
    }

    /// Writes a batch; `over` is the slug of the one that it replaces. Jobs that are not there are an error.
    pub async fn write_batch(
        &self,
        actor: &Actor,
        batch: &Batch,
        over: Option<&str>,
        dry_run: bool,
    ) -> AppResult<BatchView> {
        actor.must(Role::Operator, "change batches")?;
        check(batch)?;
        let slug = slug(over.unwrap_or(&batch.name));
        let file = self.batch_folder().join(format!("{slug}.yaml"));
        if over.is_none() && file.exists() {
            return Err(AppError::Invalid(format!("there is a batch `{slug}`; `velocity batch edit` changes it")));
        }
        let view = self.batch_view(actor, file.clone(), batch.clone()).await?;
        if !view.missing.is_empty() {
            let missing = view.missing.iter().map(|j| shown(j)).collect::<Vec<_>>().join(", ");
            return Err(AppError::Invalid(format!("no such jobs: {missing}; `velocity jobs list` shows them")));
        }
        if dry_run {
            return Ok(view);
        }
        let failed = |source| AppError::Write { path: file.clone(), source };
        private_folder(&self.batch_folder())?;
        let beside = file.with_extension("yaml.new");
        std::fs::write(&beside, yaml(batch)?).map_err(failed)?;
        private_file(&beside)?;
        std::fs::rename(&beside, &file).map_err(failed)?;
        let action = if over.is_some() { "batch.edit" } else { "batch.create" };
        let detail = serde_json::to_value(batch)?;
        let object = format!("batch {slug}");
        self.store
            .audit(&NewAudit { actor: &actor.name, action, object: &object, detail: &detail }, self.now())
            .await?;
        Ok(view)
    }

    pub async fn delete_batch(&self, actor: &Actor, reference: &str, dry_run: bool) -> AppResult<BatchView> {
        actor.must(Role::Operator, "change batches")?;
        let batch = self.batch(actor, reference).await?;
        if batch.file.parent() != Some(self.batch_folder().as_path()) {
            let file = batch.file.display();
            return Err(AppError::Invalid(format!("{file} is not in the folder of batches; delete it yourself")));
        }
        if !dry_run {
            std::fs::remove_file(&batch.file).map_err(|source| AppError::Write { path: batch.file.clone(), source })?;
            let detail = json!({ "batch": batch.batch });
            let object = format!("batch {}", batch.slug);
            let entry = NewAudit { actor: &actor.name, action: "batch.delete", object: &object, detail: &detail };
            self.store.audit(&entry, self.now()).await?;
        }
        Ok(batch)
    }

    /// The jobs of a batch in their order, and what one run of it is called.
    pub async fn choose_batch(&self, actor: &Actor, batch: &BatchView) -> AppResult<(Chosen, String)> {
        let choice = JobChoice { jobs: batch.batch.jobs.clone(), ..JobChoice::default() };
        let chosen = self.choose_jobs(actor, &choice).await?;
        Ok((chosen, format!("{}@{}", batch.slug, self.now())))
    }

    async fn batch_view(&self, actor: &Actor, file: PathBuf, batch: Batch) -> AppResult<BatchView> {
        let defaults = &self.config.batch;
        let order = BatchOrder {
            stop_on_failure: batch.stop_on_failure.unwrap_or(defaults.stop_on_failure),
            delay: batch.delay.unwrap_or(defaults.delay_between_jobs).min(LONGEST),
        };
        let mut missing = Vec::new();
        for job in &batch.jobs {
            let is_file = actor.may_name_files() && Path::new(job).is_file();
            if !is_file && self.store.job(job).await.is_err() {
                missing.push(job.clone());
            }
        }
        let slug = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(BatchView { slug, file, batch, order, missing })
    }

    fn batch_folder(&self) -> PathBuf {
        self.home.join("batches")
    }
}

impl BatchOrder {
    pub fn order(self) -> Order {
        let delay = Duration::from_secs(u64::from(self.delay));
        Order { at_once: 1, delay, stop_on_failure: self.stop_on_failure }
    }
}

fn slug(name: &str) -> String {
    model::text::slug(name).to_lowercase()
}

fn is_batch(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "yaml" || e == "yml")
}

fn read(file: &Path) -> AppResult<Batch> {
    let text = std::fs::read_to_string(file).map_err(|source| AppError::Read { path: file.to_path_buf(), source })?;
    let named = |problem: String| AppError::Invalid(format!("{}: {problem}", file.display()));
    let batch: Batch = serde_saphyr::from_str(&text)
        .map_err(|e| named(e.to_string().lines().next().unwrap_or_default().to_owned()))?;
    check(&batch).map_err(|e| named(e.to_string()))?;
    Ok(batch)
}

fn check(batch: &Batch) -> AppResult<()> {
    let bad = |text: String| Err(AppError::Usage(text));
    if batch.name.trim().is_empty() || batch.name.chars().any(char::is_control) {
        return bad("a batch has a name of one line".into());
    }
    if batch.jobs.is_empty() {
        return bad(format!("batch `{}` has no jobs", shown(&batch.name)));
    }
    if batch.jobs.len() > MOST {
        return bad(format!("a batch has {MOST} jobs at most"));
    }
    if batch.delay.is_some_and(|d| d > LONGEST) {
        return bad(format!("the delay between jobs is from 0 to {LONGEST} seconds"));
    }
    Ok(())
}
