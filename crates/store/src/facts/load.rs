//! Loading: the facts of a capture against those that were there.

use std::collections::HashMap;

use model::{CaptureId, DeviceId, Fact, FactKind, Timestamp};

use super::values::{args, columns};
use super::{LoadOutcome, values};
use crate::sql::{Arg, on_store};
use crate::tx::{CHUNK, Rows, without_twins};
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

/// A load under way, in one transaction: facts come piece by piece, so that a device that says millions of them does
/// not fill the memory. A fact takes some 25 bytes here.
pub struct Loading<'a> {
    load: FactLoad<'a>,
    now: Timestamp,
    /// When facts were read last.
    before: Option<Timestamp>,
    /// Facts by their digest: those that are there, and those of this load.
    known: HashMap<[u8; 16], Known>,
    counts: LoadCounts,
    /// Facts that were given so far, and which of them are new.
    given: usize,
    added: Vec<usize>,
    /// Those that an incomplete load had missed, and that are there again.
    found: Vec<i64>,
}

/// The id of a fact that is there, which is positive; negative when an incomplete load had missed it; 0 when it is of
/// this load.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Known(i64);

impl Known {
    const OF_THIS_LOAD: Known = Known(0);

    fn open(id: i64, is_missed: bool) -> Self {
        Known(if is_missed { -id } else { id })
    }

    fn id(self) -> i64 {
        self.0.abs()
    }

    fn is_missed(self) -> bool {
        self.0 < 0
    }
}

impl Tx {
    /// Compares with what is there of the same device, kind and source: new facts are added, those still there
    /// need no write, missing ones are closed when the load is complete. Equal facts of one load are one.
    pub async fn load_facts(&mut self, load: &FactLoad<'_>, facts: &[Fact], now: Timestamp) -> StoreResult<Loaded> {
        let loaded = self.load_facts_of(&[(*load, facts)], now).await?;
        Ok(loaded.into_iter().next().unwrap_or_default())
    }

    /// As [`Tx::load_facts`], for all loads of one device.
    pub async fn load_facts_of(
        &mut self,
        loads: &[(FactLoad<'_>, &[Fact])],
        now: Timestamp,
    ) -> StoreResult<Vec<Loaded>> {
        let mut loaded = Vec::with_capacity(loads.len());
        // Two of one kind and source come one after the other.
        for part in without_twins(loads, |(a, _), (b, _)| a.kind == b.kind && a.source == b.source) {
            let these: Vec<FactLoad<'_>> = part.iter().map(|(load, _)| *load).collect();
            let before = self.begin_loads(&these, now).await?;
            let mut ended = Vec::with_capacity(part.len());
            for ((load, facts), before) in part.iter().zip(before) {
                let mut loading = self.begin_facts_after(load, before, now).await?;
                self.add_facts(&mut loading, facts).await?;
                let (one, total) = self.close_facts(loading).await?;
                loaded.push(one);
                ended.push((*load, total));
            }
            self.end_loads(&ended, now).await?;
        }
        Ok(loaded)
    }

    /// As [`Tx::load_facts`], for facts that come piece by piece: [`Tx::add_facts`], then [`Tx::end_facts`].
    pub async fn begin_facts<'a>(&mut self, load: &FactLoad<'a>, now: Timestamp) -> StoreResult<Loading<'a>> {
        let before = self.begin_loads(std::slice::from_ref(load), now).await?.into_iter().next().flatten();
        self.begin_facts_after(load, before, now).await
    }

    /// Reads what is there, to be compared with.
    async fn begin_facts_after<'a>(
        &mut self,
        load: &FactLoad<'a>,
        before: Option<Timestamp>,
        now: Timestamp,
    ) -> StoreResult<Loading<'a>> {
        let mut known = HashMap::new();
        // One that was not parsed closes nothing, and the first one has nothing to be compared with.
        if load.outcome != LoadOutcome::NotParsed && before.is_some() {
            let mut sql = self.sql("select id, digest, last_seen is not null from ");
            sql.push(load.kind.table).push(" where tenant_id = $1").and("device_id =", Some(load.device));
            sql.and("source =", Some(load.source)).push(" and gone_at is null");
            self.each_row(sql, |(id, digest, is_missed): (i64, Vec<u8>, bool)| {
                if let Ok(digest) = <[u8; 16]>::try_from(digest) {
                    known.insert(digest, Known::open(id, is_missed));
                }
            })
            .await?;
        }
        let (counts, added, found) = Default::default();
        Ok(Loading { load: *load, now, before, known, counts, given: 0, added, found })
    }

    pub async fn add_facts(&mut self, loading: &mut Loading<'_>, facts: &[Fact]) -> StoreResult<()> {
        if loading.load.outcome == LoadOutcome::NotParsed {
            return Ok(());
        }
        let mut new = Vec::new();
        for (n, fact) in (loading.given..).zip(facts) {
            let digest = fact.digest();
            match loading.known.insert(digest, Known::OF_THIS_LOAD) {
                None => {
                    loading.added.push(n);
                    new.push((digest, fact));
                }
                Some(Known::OF_THIS_LOAD) => {}
                Some(known) => {
                    loading.counts.kept += 1;
                    loading.found.extend(known.is_missed().then_some(known.id()));
                }
            }
        }
        loading.given += facts.len();
        loading.counts.added += self.insert_facts(&loading.load, new, loading.now).await?;
        Ok(())
    }

    pub async fn end_facts(&mut self, loading: Loading<'_>) -> StoreResult<Loaded> {
        let (load, now) = (loading.load, loading.now);
        let (loaded, total) = self.close_facts(loading).await?;
        self.end_loads(&[(load, total)], now).await?;
        Ok(loaded)
    }

    /// Closes what is missing. Gives what came of it, and how many facts there are now.
    async fn close_facts(&mut self, loading: Loading<'_>) -> StoreResult<(Loaded, i64)> {
        let Loading { load, now, before, known, mut counts, added, found, .. } = loading;
        if load.outcome == LoadOutcome::NotParsed {
            return Ok((Loaded::default(), 0));
        }
        self.see_facts_again(&load, &found).await?;
        let missing = known.into_values().filter(|k| *k != Known::OF_THIS_LOAD);
        let missing = missing.map(|k| MissingFact { id: k.id(), before: k.is_missed(), gone: load.complete });
        let mut missing: Vec<MissingFact> = missing.collect();
        missing.sort_unstable_by_key(|m| m.id);
        let told: Vec<i64> = missing.iter().filter(|m| m.gone || !m.before).map(|m| m.id).collect();
        self.miss_facts(&load, &told, before, now).await?;
        counts.gone = if load.complete { told.len() as u64 } else { 0 };
        let total = i64::try_from(counts.added + counts.kept).unwrap_or(i64::MAX);
        Ok((Loaded { counts, before, added, missing }, total))
    }

    /// Those that an incomplete load had missed are in the latest load again. (`+` keeps SQLite from looking through
    /// all facts of the tenant for a few ids.)
    async fn see_facts_again(&mut self, load: &FactLoad<'_>, found: &[i64]) -> StoreResult<()> {
        for ids in found.chunks(CHUNK) {
            let mut sql = self.sql("update ");
            sql.push(load.kind.table).push(" set last_seen = null where +tenant_id = $1 and id");
            sql.is_one_of(ids.iter().copied());
            self.execute(sql).await?;
        }
        Ok(())
    }

    /// Closes the missing ones; after an incomplete load only writes down when they were seen last.
    async fn miss_facts(
        &mut self,
        load: &FactLoad<'_>,
        missing: &[i64],
        before: Option<Timestamp>,
        now: Timestamp,
    ) -> StoreResult<()> {
        for ids in missing.chunks(CHUNK) {
            let mut sql = self.sql("update ");
            sql.push(load.kind.table)
                .push(" set last_seen = coalesce(last_seen, ")
                .arg(before.unwrap_or(now))
                .push(")");
            if load.complete {
                sql.push(", gone_at = ").arg(now);
            }
            sql.push(" where +tenant_id = $1 and id").is_one_of(ids.iter().copied());
            self.execute(sql).await?;
        }
        Ok(())
    }

    /// In the order of the indexed values, which is what an index is quickest to take.
    async fn insert_facts(
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
