use model::object::JOB;
use model::{JobSpec, RunKind, RunState};
use serde_json::json;
use store::{JobFilter, NewJob, NewRun, StoreError, StoreResult};
use testkit::{TestDb, each_db};

use super::NOW;

fn spec(capture: &str) -> JobSpec {
    serde_json::from_value(json!({ "what": { "captures": [capture] }, "which": { "vendor": ["Arista"] } }))
        .expect(capture)
}

fn new<'a>(slug: &'a str, spec: &'a JobSpec) -> NewJob<'a> {
    NewJob { slug, name: slug, description: None, spec, enabled: true, favourite: false, actor: "anna" }
}

fn conflict<T: std::fmt::Debug>(result: StoreResult<T>) -> String {
    match result {
        Err(StoreError::Conflict(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_job_is_found_by_what_a_person_knows_of_it() {
    each_db(async |db: TestDb| {
        let (arp, configs) = (spec("arp"), spec("configs"));
        let ids = [("arista-arp-2", &arp), ("arista-arp-10", &arp), ("cisco-configs", &configs)];
        let mut tx = db.begin().await.expect("begun");
        for (slug, spec) in ids {
            let id = tx.add_job(&new(slug, spec), NOW).await.expect(slug);
            tx.tag_records(&JOB, &[id.0], &["daily".to_owned()], &[]).await.expect("tagged");
        }
        tx.commit().await.expect("committed");
        let slugs = async |filter: JobFilter| {
            db.jobs(&filter).await.expect("read").into_iter().map(|j| j.slug).collect::<Vec<_>>().join(" ")
        };
        let like = |patterns: &[&str]| JobFilter {
            patterns: patterns.iter().map(|p| (*p).to_owned()).collect(),
            ..JobFilter::default()
        };
        // As a person counts, not as bytes are sorted.
        assert_eq!(slugs(JobFilter::default()).await, "arista-arp-2 arista-arp-10 cisco-configs", "on {}", db.name);
        assert_eq!(slugs(like(&["ARISTA-*"])).await, "arista-arp-2 arista-arp-10");
        assert_eq!(slugs(like(&["arista-arp-?", "cisco-*"])).await, "arista-arp-2 cisco-configs");
        assert_eq!(slugs(like(&["arista_arp%"])).await, "");
        assert_eq!(slugs(JobFilter { tag: Some("Daily".into()), ..like(&["*2"]) }).await, "arista-arp-2");
        assert_eq!(slugs(JobFilter { enabled: Some(false), ..JobFilter::default() }).await, "");

        let job = db.job("cisco-configs").await.expect("by slug");
        assert_eq!((&job.spec, job.tags[0].name.as_str(), job.version), (&configs, "daily", 1));
        assert_eq!(db.job(&job.id.to_string()).await.expect("by id"), job);
        assert!(conflict(db.add_job(&new("cisco-configs", &arp), NOW).await).contains("give another name"));
        assert!(matches!(db.job("nothing").await, Err(StoreError::NotFound { what: "job", .. })));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_was_changed_meanwhile_is_not_written_over() {
    each_db(async |db: TestDb| {
        let arp = spec("arp");
        let id = db.add_job(&new("a", &arp), NOW).await.expect("added");
        db.add_job(&new("b", &arp), NOW).await.expect("added");
        let off = NewJob { enabled: false, actor: "bob", ..new("a", &arp) };
        db.change_job(id, &off, Some(1), NOW.plus_ms(5)).await.expect("changed");
        let job = db.job("a").await.expect("read");
        assert_eq!((job.enabled, job.version, job.changed_by.as_str()), (false, 2, "bob"), "on {}", db.name);
        assert!(conflict(db.change_job(id, &off, Some(1), NOW).await).contains("changed meanwhile"));
        assert!(conflict(db.change_job(id, &new("b", &arp), None, NOW).await).contains("there is a job `b`"));
    })
    .await;
}

#[tokio::test]
async fn a_job_tells_its_last_run_and_its_runs_outlive_it() {
    each_db(async |db: TestDb| {
        let arp = spec("arp");
        let id = db.add_job(&new("a", &arp), NOW).await.expect("added");
        assert_eq!(db.job("a").await.expect("read").last_run, None);
        let params = json!({});
        let run =
            NewRun { kind: RunKind::Collection, params: &params, actor: "anna", job: Some(id), batch: Some("x-1") };
        let first = db.create_run(&run, &[], NOW).await.expect("created");
        let second = db.create_run(&run, &[], NOW.plus_ms(7)).await.expect("created");
        db.finish_run(second, RunState::Partial, NOW.plus_ms(9)).await.expect("finished");
        let last = db.job("a").await.expect("read").last_run.expect("one");
        let expected = (second, RunState::Partial, NOW.plus_ms(7));
        assert_eq!((last.id, last.state, last.started_at), expected, "on {}", db.name);
        let of_batch = store::RunFilter { batch: Some("x-1".into()), ..Default::default() };
        assert_eq!(db.runs(&of_batch).await.expect("read").iter().map(|r| r.id).collect::<Vec<_>>(), [second, first]);

        let mut tx = db.begin().await.expect("begun");
        tx.delete_record(&JOB, id.0).await.expect("deleted");
        tx.commit().await.expect("committed");
        let run = db.run(first).await.expect("still there");
        assert_eq!((run.job, run.job_slug), (None, None));
    })
    .await;
}
