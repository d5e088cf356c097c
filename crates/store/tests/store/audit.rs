use serde_json::json;
use store::{AuditFilter, NewAudit};
use testkit::{TestDb, each_db};

use super::NOW;

#[tokio::test]
async fn an_entry_is_there_only_with_what_it_speaks_of() {
    each_db(async |db: TestDb| {
        let detail = json!({"changed": ["site"], "text": "a\u{0}b"});
        let entry = NewAudit { actor: "anna", action: "device.update", object: "device leaf-1", detail: &detail };
        let mut dropped = db.begin().await.expect("begun");
        dropped.audit(&entry, NOW).await.expect("written");
        drop(dropped);
        db.audit(&entry, NOW.plus_ms(1)).await.expect("written");
        db.audit(&NewAudit { actor: "bert", ..entry }, NOW.plus_ms(2)).await.expect("written");

        let log = db.audit_log(&AuditFilter::default()).await.expect("read");
        let shown: Vec<_> = log.iter().map(|e| (e.actor.as_str(), e.at)).collect();
        assert_eq!(shown, [("bert", NOW.plus_ms(2)), ("anna", NOW.plus_ms(1))], "on {}", db.name);
        assert_eq!(log[0].detail, detail);
        let by_anna = AuditFilter { actor: Some("anna".into()), since: Some(NOW), ..AuditFilter::default() };
        assert_eq!(db.audit_log(&by_anna).await.expect("read").len(), 1);
    })
    .await;
}
