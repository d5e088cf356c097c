use model::{Change, ChangeId, ChangeKind, Completeness, Severity};
use store::{ChangeFilter, NewChange, StoreError};
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
    }
}

#[tokio::test]
async fn a_change_is_listed_by_what_it_is_and_shown_with_its_diff() {
    each_db(async |db: TestDb| {
        let device = device(&db, "leaf-1 10.0.0.1").await;
        let old = save(&db, device, &capture("configs", "a", Completeness::Complete), 1).await.capture;
        let new = save(&db, device, &capture("configs", "b", Completeness::Complete), 2).await.capture;
        for (n, severity) in (0..).zip([Severity::Minor, Severity::Critical, Severity::Moderate]) {
            let change = NewChange { device, old: Some(old), new, run: None, change: &change(severity) };
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
        check(ChangeFilter { device: Some(device), limit: Some(1), ..all() }, &[Moderate]).await;
        check(ChangeFilter { kind: Some(ChangeKind::Version), ..all() }, &[]).await;

        let (entry, diff) = db.change(listed[0].id).await.expect("read");
        assert_eq!((entry.old, entry.new, entry.lines_added), (Some(old), Some(new), 1));
        assert_eq!(diff, "@@\n+hostname leaf\u{fffd}\n");
        assert!(matches!(db.change(ChangeId(99)).await, Err(StoreError::NotFound { .. })));
    })
    .await;
}
