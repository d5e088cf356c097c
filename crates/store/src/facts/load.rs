//! Loading: the facts of a capture against those that were there.

use std::collections::{HashMap, HashSet};

use model::{CaptureId, DeviceId, Fact, FactKind, Timestamp};
use sqlx::FromRow;

use super::values::{args, columns};
use super::{LoadOutcome, values};
use crate::sql::{Arg, on_store};
use crate::tx::Rows;
use crate::{StoreResult, Tx};

/// Facts that were read from one capture.
#[derive(Debug, Clone, Copy)]
pub struct FactLoad<'a> {
    pub device: DeviceId,
    pub kind: &'static FactKind,
    /// Capture type; facts of one kind may come from several, and each speaks only for its own.
    pub source: &'a str,
    pub capture: CaptureId,
    /// Name and version of the template.
    pub template: &'a str,
    /// Whether these are all: only then are the missing ones gone.
    pub complete: bool,
    /// With [`LoadOutcome::NotParsed`] no facts are given, and those that are there stay.
    pub outcome: LoadOutcome,
    pub unread_lines: u32,
    pub rejected_rows: u32,
    /// Why it was not parsed, or only partly.
    pub message: Option<&'a str>,
}

/// Facts that are made ready to be written at the same time.
const AT_ONCE: usize = 50_000;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LoadCounts {
    pub added: u64,
    pub kept: u64,
    pub gone: u64,
}

/// What came of a load, fact by fact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    pub counts: LoadCounts,
    /// When facts of this source were read before; `None` the first time.
    pub before: Option<Timestamp>,
    /// Which of the facts that were given are new.
    pub added: Vec<usize>,
    /// Those that were there and are not among them; none when it was not parsed.
    pub missing: Vec<MissingFact>,
}

/// A fact that a load no longer had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingFact {
    pub id: i64,
    /// A load before, which was not complete, had missed it already.
    pub before: bool,
    /// This load was complete: it is gone.
    pub gone: bool,
}

/// A fact that is there, as far as the comparison needs it.
#[derive(FromRow)]
struct Open {
    id: i64,
    digest: Vec<u8>,
    last_seen: Option<i64>,
}

impl Tx {
    /// Compares with what is there of the same device, kind and source: new facts are added, those still there
    /// need no write, missing ones are closed when the load is complete. Equal facts of one load are one.
    pub async fn load_facts(&mut self, load: &FactLoad<'_>, facts: &[Fact], now: Timestamp) -> StoreResult<Loaded> {
        let before = self.begin_load(load, now).await?;
        if load.outcome == LoadOutcome::NotParsed {
            self.end_load(load, 0, now).await?;
            return Ok(Loaded::default());
        }
        let open = self.open_facts(load).await?;
        let mut seen: HashMap<[u8; 16], usize> = HashMap::with_capacity(facts.len());
        for (n, fact) in facts.iter().enumerate() {
            seen.entry(fact.digest()).or_insert(n);
        }
        let total = i64::try_from(seen.len()).unwrap_or(i64::MAX);
        let is_seen = |o: &&Open| <[u8; 16]>::try_from(&*o.digest).is_ok_and(|digest| seen.contains_key(&digest));
        let (kept, missing): (Vec<&Open>, Vec<&Open>) = open.iter().partition(is_seen);
        self.see_facts_again(load, &kept).await?;
        let gone = self.miss_facts(load, &missing, before, now).await?;
        let known: HashSet<&[u8]> = kept.iter().map(|o| &*o.digest).collect();
        let new: Vec<_> = seen.into_iter().filter(|(digest, _)| !known.contains(&digest[..])).collect();
        let mut places: Vec<usize> = new.iter().map(|(_, n)| *n).collect();
        places.sort_unstable();
        let new = new.into_iter().map(|(digest, n)| (digest, &facts[n])).collect();
        let added = self.add_facts(load, new, now).await?;
        self.end_load(load, total, now).await?;
        let told = |o: &&Open| MissingFact { id: o.id, before: o.last_seen.is_some(), gone: load.complete };
        Ok(Loaded {
            counts: LoadCounts { added, kept: kept.len() as u64, gone },
            before,
            added: places,
            missing: missing.iter().map(told).collect(),
        })
    }

    async fn open_facts(&mut self, load: &FactLoad<'_>) -> StoreResult<Vec<Open>> {
        let mut sql = self.sql("select id, digest, last_seen from ");
        sql.push(load.kind.table).push(" where tenant_id = $1").and("device_id =", Some(load.device));
        sql.and("source =", Some(load.source)).push(" and gone_at is null");
        self.all(sql).await
    }

    /// Those that an incomplete load had missed are in the latest load again. (`+` keeps SQLite from looking through
    /// all facts of the tenant for a few ids.)
    async fn see_facts_again(&mut self, load: &FactLoad<'_>, kept: &[&Open]) -> StoreResult<()> {
        let missed: Vec<i64> = kept.iter().filter(|o| o.last_seen.is_some()).map(|o| o.id).collect();
        if missed.is_empty() {
            return Ok(());
        }
        let mut sql = self.sql("update ");
        sql.push(load.kind.table).push(" set last_seen = null where +tenant_id = $1 and id in ").ids(missed);
        self.execute(sql).await?;
        Ok(())
    }

    /// Closes the missing ones; after an incomplete load only writes down when they were seen last.
    async fn miss_facts(
        &mut self,
        load: &FactLoad<'_>,
        missing: &[&Open],
        before: Option<Timestamp>,
        now: Timestamp,
    ) -> StoreResult<u64> {
        let ids = missing.iter().filter(|o| load.complete || o.last_seen.is_none()).map(|o| o.id);
        let ids: Vec<i64> = ids.collect();
        if ids.is_empty() {
            return Ok(0);
        }
        let gone = if load.complete { ids.len() as u64 } else { 0 };
        let mut sql = self.sql("update ");
        sql.push(load.kind.table).push(" set last_seen = coalesce(last_seen, ").arg(before.unwrap_or(now)).push(")");
        if load.complete {
            sql.push(", gone_at = ").arg(now);
        }
        sql.push(" where +tenant_id = $1 and id in ").ids(ids);
        self.execute(sql).await?;
        Ok(gone)
    }

    /// In the order of the indexed values, which is what an index is quickest to take.
    async fn add_facts(
        &mut self,
        load: &FactLoad<'_>,
        new: Vec<([u8; 16], &Fact)>,
        now: Timestamp,
    ) -> StoreResult<u64> {
        let mut new: Vec<_> = new.into_iter().map(|(digest, fact)| (values::order(fact), digest, fact)).collect();
        new.sort_by(|a, b| a.0.cmp(&b.0).then(a.2.lines.cmp(&b.2.lines)));
        let row = |(_, digest, fact): &(_, [u8; 16], &Fact)| -> Vec<Arg> {
            let proof = [(*digest).into(), fact.lines.0.into(), fact.lines.1.into()];
            proof.into_iter().chain(args(load.kind, &fact.values)).collect()
        };
        let values = columns(load.kind);
        let proof = ["digest", "first_line", "last_line"].into_iter();
        let columns: Vec<&str> = proof.chain(values.iter().map(String::as_str)).collect();
        let mut added = 0;
        for part in new.chunks(AT_ONCE) {
            let rows = Rows {
                table: load.kind.table,
                same: &[
                    ("tenant_id", self.tenant.into()),
                    ("device_id", load.device.into()),
                    ("source", load.source.into()),
                    ("capture_id", load.capture.into()),
                    ("template", load.template.into()),
                    ("first_seen", now.into()),
                ],
                columns: &columns,
                rows: &part.iter().map(row).collect::<Vec<_>>(),
                tail: "",
            };
            added += self.insert_rows(rows).await?;
        }
        Ok(added)
    }
}

on_store! {
    write load_facts(load: &FactLoad<'_>, facts: &[Fact], now: Timestamp) -> Loaded;
}
