//! Jobs: what a person keeps to be collected again and again.

use model::object::JOB;
use model::{JobId, JobSpec, RunId, RunState, Timestamp};
use serde::Serialize;
use sqlx::FromRow;

use crate::records::glob;
use crate::sql::{Sql, on_store, unreadable, word};
use crate::{StoreError, StoreResult, Tx};

#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Job {
    pub id: JobId,
    /// Unique in a tenant: what commands use.
    pub slug: String,
    pub name: String,
    pub description: Option<String>,
    pub enabled: bool,
    pub favourite: bool,
    pub tags: Vec<JobTag>,
    #[serde(flatten)]
    pub spec: JobSpec,
    pub created_at: Timestamp,
    pub created_by: String,
    pub changed_at: Timestamp,
    pub changed_by: String,
    /// Goes up with each change by a person.
    pub version: i64,
    pub last_run: Option<LastRun>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct JobTag {
    pub name: String,
    /// Six hex digits.
    pub color: String,
}

/// The newest run of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LastRun {
    pub id: RunId,
    pub state: RunState,
    pub started_at: Timestamp,
}

/// What is written of a job. A changed one keeps its tags, see [`Tx::tag_records`].
#[derive(Debug, Clone, Copy)]
pub struct NewJob<'a> {
    pub slug: &'a str,
    pub name: &'a str,
    pub description: Option<&'a str>,
    pub spec: &'a JobSpec,
    pub enabled: bool,
    pub favourite: bool,
    pub actor: &'a str,
}

/// All that are given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// Of slug or name, with `*` and `?`, whatever the case; one of them is enough.
    pub patterns: Vec<String>,
    /// By name or slug.
    pub tag: Option<String>,
    pub enabled: Option<bool>,
    pub favourite: Option<bool>,
}

#[derive(FromRow)]
struct JobRow {
    id: i64,
    slug: String,
    name: String,
    description: Option<String>,
    spec: String,
    enabled: bool,
    favourite: bool,
    created_at: i64,
    created_by: String,
    changed_at: i64,
    changed_by: String,
    version: i64,
    run_id: Option<i64>,
    run_state: Option<String>,
    run_at: Option<i64>,
}

const SELECT: &str = "
    select j.id, j.slug, j.name, j.description, j.spec, j.enabled, j.favourite, j.created_at, j.created_by,
        j.changed_at, j.changed_by, j.version, r.id as run_id, r.state as run_state, r.started_at as run_at
    from jobs j left join runs r on r.id = (select max(x.id) from runs x where x.job_id = j.id)
    where j.tenant_id = $1";

impl Tx {
    /// By slug, in the order in which a person counts.
    pub async fn jobs(&mut self, filter: &JobFilter) -> StoreResult<Vec<Job>> {
        let mut sql = self.sql(SELECT);
        sql.and("j.enabled =", filter.enabled).and("j.favourite =", filter.favourite);
        for (n, pattern) in filter.patterns.iter().enumerate() {
            sql.push(if n == 0 { " and (" } else { " or " });
            sql.push("lower(j.slug) like lower(").arg(glob(pattern)).push(") escape '\\' or lower(j.name) like lower(");
            sql.arg(glob(pattern)).push(") escape '\\'");
        }
        if !filter.patterns.is_empty() {
            sql.push(")");
        }
        if let Some(tag) = &filter.tag {
            sql.push(" and j.id in (select g.job_id from job_tags g join tags t on t.id = g.tag_id");
            sql.push(" where lower(t.slug) = lower(").arg(tag).push(") or lower(t.name) = lower(").arg(tag).push("))");
        }
        let mut jobs = self.read_jobs(sql).await?;
        jobs.sort_by_cached_key(|job| model::interface::sort_key(&job.slug));
        Ok(jobs)
    }

    /// The one that a person means by slug, name or id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Ambiguous`].
    pub async fn job(&mut self, reference: &str) -> StoreResult<Job> {
        let id = self.known(&JOB, reference).await?;
        self.job_by_id(JobId(id)).await
    }

    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn job_by_id(&mut self, id: JobId) -> StoreResult<Job> {
        let mut sql = self.sql(SELECT);
        sql.and("j.id =", Some(id));
        self.read_jobs(sql).await?.pop().ok_or_else(|| StoreError::not_found("job", id))
    }

    /// # Errors
    /// [`StoreError::Conflict`] when there is one with this slug.
    pub async fn add_job(&mut self, new: &NewJob<'_>, now: Timestamp) -> StoreResult<JobId> {
        const SQL: &str = "
            insert into jobs (tenant_id, slug, name, description, spec, enabled, favourite, created_at, created_by,
                changed_at, changed_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $9) on conflict (tenant_id, slug) do nothing returning id";
        let sql = self.sql(SQL).bind(new.slug).bind(new.name).bind(new.description).bind(text(new.spec)?);
        let sql = sql.bind(new.enabled).bind(new.favourite).bind(now).bind(new.actor);
        let id: Option<(i64,)> = self.optional(sql).await?;
        id.map(|(id,)| JobId(id)).ok_or_else(|| taken(new.slug))
    }

    /// Writes all that a job is, but its tags.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another has its slug, or when it has another version than it should.
    pub async fn change_job(
        &mut self,
        id: JobId,
        new: &NewJob<'_>,
        version: Option<i64>,
        now: Timestamp,
    ) -> StoreResult<()> {
        let mut other = self.sql("select count(*) from jobs where tenant_id = $1");
        other.and("slug =", Some(new.slug)).and("id <>", Some(id));
        if self.one::<(i64,)>(other).await?.0 > 0 {
            return Err(taken(new.slug));
        }
        const SQL: &str = "
            update jobs set slug = $3, name = $4, description = $5, spec = $6, enabled = $7, favourite = $8,
                changed_at = $9, changed_by = $10, version = version + 1
            where tenant_id = $1 and id = $2";
        let sql = self.sql(SQL).bind(id).bind(new.slug).bind(new.name).bind(new.description).bind(text(new.spec)?);
        let mut sql = sql.bind(new.enabled).bind(new.favourite).bind(now).bind(new.actor);
        sql.and("version =", version);
        match self.execute(sql).await? {
            0 => {
                self.job_by_id(id).await?;
                Err(StoreError::Conflict(format!("job {} was changed meanwhile; look at it again", new.slug)))
            }
            _ => Ok(()),
        }
    }

    async fn read_jobs(&mut self, sql: Sql) -> StoreResult<Vec<Job>> {
        let rows: Vec<JobRow> = self.all(sql).await?;
        let mut sql = self.bare("select g.job_id, t.name, t.color from job_tags g join tags t on t.id = g.tag_id");
        sql.push(" where g.job_id").is_one_of(rows.iter().map(|row| row.id)).push(" order by lower(t.name)");
        let tags: Vec<(i64, String, String)> = if rows.is_empty() { Vec::new() } else { self.all(sql).await? };
        let mut jobs = Vec::with_capacity(rows.len());
        for row in rows {
            let own = tags.iter().filter(|(job, ..)| *job == row.id);
            let tags = own.map(|(_, name, color)| JobTag { name: name.clone(), color: color.clone() }).collect();
            jobs.push(row.into_job(tags)?);
        }
        Ok(jobs)
    }
}

on_store! {
    read jobs(filter: &JobFilter) -> Vec<Job>;
    read job(reference: &str) -> Job;
    read job_by_id(id: JobId) -> Job;
    write add_job(new: &NewJob<'_>, now: Timestamp) -> JobId;
    write change_job(id: JobId, new: &NewJob<'_>, version: Option<i64>, now: Timestamp) -> ();
}

fn taken(slug: &str) -> StoreError {
    StoreError::Conflict(format!("there is a job `{slug}`; give another name or slug"))
}

fn text(spec: &JobSpec) -> StoreResult<String> {
    serde_json::to_string(spec).map_err(|e| unreadable("jobs.spec", e))
}

impl JobRow {
    fn into_job(self, tags: Vec<JobTag>) -> StoreResult<Job> {
        let last_run = match (self.run_id, self.run_state, self.run_at) {
            (Some(id), Some(state), Some(at)) => {
                Some(LastRun { id: RunId(id), state: word("runs.state", &state)?, started_at: Timestamp(at) })
            }
            _ => None,
        };
        Ok(Job {
            id: JobId(self.id),
            slug: self.slug,
            name: self.name,
            description: self.description,
            enabled: self.enabled,
            favourite: self.favourite,
            tags,
            spec: serde_json::from_str(&self.spec).map_err(|e| unreadable("jobs.spec", e))?,
            created_at: Timestamp(self.created_at),
            created_by: self.created_by,
            changed_at: Timestamp(self.changed_at),
            changed_by: self.changed_by,
            version: self.version,
            last_run,
        })
    }
}
