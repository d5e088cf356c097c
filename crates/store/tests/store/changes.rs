use model::fact::ROUTES;
use model::{Action, Author, CaptureId, Change, ChangeId, ChangeKind, ChangedThing, Completeness, Evidence, Severity};
use store::{ChangeDetail, ChangeFilter, NewChange, StoreError};
use testkit::{TestDb, each_db};

use super::{NOW, capture, device, save};

fn change(severity: Severity) -> Change {
    Change {
        kind: ChangeKind::Config,
        severity,
        summary: "+1 -0 lines".to_owned(),
        diff: "@@\n+hostname leaf\u{0}\n".to_owned(),
        lines_added: 1,
        lines_removed: 0,
        action: None,
        count: 1,
        things: Vec::new(),
        author: None,
    }
}

#[tokio::test]
async fn a_change_is_listed_by_what_it_is_and_shown_with_its_diff() {
    each_db(async |db: TestDb| {
        let device = device(&db, "leaf-1 10.0.0.1").await;
        let old = save(&db, device, &capture("configs", "a", Completeness::Complete), 1).await.capture;
        let new = save(&db, device, &capture("configs", "b", Completeness::Complete), 2).await.capture;
        for (n, severity) in (0..).zip([Severity::Minor, Severity::Critical, Severity::Moderate]) {
            let change = NewChange { device, old: Some(old), new, run: None, cause: None, change: &change(severity) };
            db.save_change(&change, NOW.plus_ms(n)).await.expect("saved");
        }
        let check = async |filter: ChangeFilter, severities: &[Severity]| {
            let found = db.changes(&filter).await.expect("read");
            assert_eq!(found.iter().map(|c| c.severity).collect::<Vec<_>>(), severities, "{filter:?} on {}", db.name);
            found
        };
        use Severity::{Critical, Minor, Moderate};
        let all = ChangeFilter::default;
        let listed = check(all(), &[Moderate, Critical, Minor]).await;
        check(ChangeFilter { severity: Some(Moderate), ..all() }, &[Moderate, Critical]).await;
        check(ChangeFilter { since: Some(NOW.plus_ms(1)), until: Some(NOW.plus_ms(2)), ..all() }, &[Critical]).await;
        check(ChangeFilter { devices: Some(vec![device]), limit: Some(1), ..all() }, &[Moderate]).await;
        check(ChangeFilter { kind: Some(ChangeKind::Version), ..all() }, &[]).await;

        let (entry, ChangeDetail { diff, .. }) = db.change(listed[0].id).await.expect("read");
        assert_eq!((entry.old, entry.new, entry.lines_added), (Some(old), Some(new), 1));
        assert_eq!(diff, "@@\n+hostname leaf\u{fffd}\n");
        assert!(matches!(db.change(ChangeId(99)).await, Err(StoreError::NotFound { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_change_of_facts_keeps_what_proves_it_and_is_found_by_who_made_it() {
    each_db(async |db: TestDb| {
        let leaf = device(&db, "leaf-1 10.0.0.1").await;
        let core = device(&db, "core-1 10.0.0.2").await;
        let capture_id = save(&db, leaf, &capture("routes", "a", Completeness::Complete), 1).await.capture;
        let proof = |capture| Evidence {
            capture,
            capture_type: "routes".into(),
            first_line: 7,
            last_line: 9,
            template: "t@1".into(),
        };
        let thing = ChangedThing {
            subject: "10.0.0.0/24".into(),
            action: Action::Removed,
            before: Some("next_hop 10.0.0.9".into()),
            after: None,
            old: Some(proof(CaptureId(1))),
            new: None,
        };
        let storm = Change {
            kind: ChangeKind::Facts(&ROUTES),
            action: Some(Action::Removed),
            count: 12,
            things: vec![thing.clone()],
            ..change(Severity::Moderate)
        };
        let author = Author { user: Some("Ben_O".into()), at: Some("02:13:00 UTC".into()) };
        let edited = Change { author: Some(author.clone()), ..change(Severity::Minor) };
        for (n, (device, change)) in (0..).zip([(leaf, &storm), (core, &edited)]) {
            let new = NewChange { device, old: None, new: capture_id, run: None, cause: None, change };
            db.save_change(&new, NOW.plus_ms(n)).await.expect("saved");
        }
        let found = async |filter: ChangeFilter| db.changes(&filter).await.expect("read");
        let by = |user: &str| ChangeFilter { by: Some(user.to_owned()), ..ChangeFilter::default() };
        let entry = found(by("ben_o")).await.remove(0);
        assert_eq!((entry.device, entry.author), (core, Some(author)), "on {}", db.name);
        assert_eq!(found(by("ben%")).await.len(), 0, "what is typed is no pattern");
        assert_eq!(found(by("benxo")).await.len(), 0);
        let routes = ChangeFilter { kind: Some(ChangeKind::Facts(&ROUTES)), ..ChangeFilter::default() };
        let entry = found(routes).await.remove(0);
        assert_eq!((entry.action, entry.count, entry.author), (Some(Action::Removed), 12, None));
        assert_eq!(db.change(entry.id).await.expect("read").1.things, [thing]);
        let of = |devices: Vec<_>| ChangeFilter { devices: Some(devices), ..ChangeFilter::default() };
        assert_eq!(found(of(vec![leaf, core])).await.len(), 2);
        assert_eq!(found(of(vec![])).await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_came_of_a_change_is_told_with_it_where_that_one_is_listed() {
    each_db(async |db: TestDb| {
        let leaf = device(&db, "leaf-1 10.0.0.1").await;
        let new = save(&db, leaf, &capture("routes", "a", Completeness::Complete), 1).await.capture;
        let kind = |name: &str| name.parse::<ChangeKind>().expect(name);
        let of = |kind, severity, count| Change { kind, count, ..change(severity) };
        let write = async |cause, change: &Change| {
            let new = NewChange { device: leaf, old: None, new, run: None, cause, change };
            db.save_change(&new, NOW).await.expect("saved")
        };
        let port = write(None, &of(kind("interfaces"), Severity::Moderate, 1)).await;
        let routes = write(Some(port), &of(kind("routes"), Severity::Minor, 9)).await;
        let more = write(Some(port), &of(kind("routes"), Severity::Minor, 2)).await;
        let neighbor = write(Some(port), &of(kind("neighbors"), Severity::Moderate, 1)).await;
        let alone = write(None, &of(kind("routes"), Severity::Minor, 1)).await;
        let check = async |filter: ChangeFilter, wanted: &[ChangeId]| {
            let mut found: Vec<_> = db.changes(&filter).await.expect("read").into_iter().map(|c| c.id).collect();
            found.sort_unstable();
            assert_eq!(found, wanted, "{filter:?} on {}", db.name);
        };
        let causes = || ChangeFilter { causes_only: true, ..ChangeFilter::default() };
        check(ChangeFilter::default(), &[port, routes, more, neighbor, alone]).await;
        check(causes(), &[port, alone]).await;
        check(ChangeFilter { kind: Some(kind("routes")), ..causes() }, &[routes, more, alone]).await;
        check(ChangeFilter { severity: Some(Severity::Moderate), ..causes() }, &[port]).await;
        check(ChangeFilter { of: Some(vec![port]), ..ChangeFilter::default() }, &[routes, more, neighbor]).await;
        let caused = db.caused(&[port, alone]).await.expect("read");
        assert_eq!(caused, [(port, kind("neighbors"), 1), (port, kind("routes"), 11)], "{}", db.name);
        assert_eq!(db.change(routes).await.expect("read").0.cause, Some(port));
    })
    .await;
}
