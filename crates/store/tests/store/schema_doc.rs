use std::collections::BTreeMap;

use store::backup::Snapshot;
use testkit::{TestDb, each_db};

#[tokio::test]
async fn the_schema_in_words_has_each_table_and_column_that_there_is() {
    each_db(async |db: TestDb| {
        let snapshot = Snapshot::take(&db).await.expect("taken");
        let there = snapshot.tables().into_iter().map(|t| (t.name, t.columns));
        let told = store::schema().into_iter();
        let told = told.map(|t| (t.name, t.columns.into_iter().map(|c| c.name).collect::<Vec<_>>()));
        assert_eq!(told.collect::<BTreeMap<_, _>>(), there.collect::<BTreeMap<_, _>>(), "on {}", db.name);
    })
    .await;
    let text = store::schema_markdown();
    assert!(text.contains("| `site_id` | bigint |  | sites |  |  |"), "{text}");
    assert!(text.contains("- unique (tenant_id, slug)"), "{text}");
}
