//! What devices said: versions of each capture type of each device, pointing at kept contents.

use std::collections::HashMap;

use model::{Capture, CaptureId, Completeness, DeviceId, RunId, Timestamp};
use sqlx::FromRow;

use crate::content::Content;
use crate::sql::{Arg, Sql, on_store, unreadable};
use crate::tx::without_twins;
use crate::{StoreError, StoreResult, Tx};

/// A capture of a device. Its content was kept before, by [`crate::Store::keep_content`].
#[derive(Debug, Clone, Copy)]
pub struct NewCapture<'a> {
    pub device: DeviceId,
    pub run: Option<RunId>,
    pub capture_type: &'a str,
    pub command: &'a str,
    pub platform: &'a str,
    pub completeness: &'a Completeness,
    pub content: &'a Content,
    /// How much of it was read, in thousandths.
    pub score: Option<u16>,
}

impl<'a> NewCapture<'a> {
    pub fn new(device: DeviceId, run: Option<RunId>, capture: &'a Capture, content: &'a Content) -> Self {
        let Capture { capture_type, command, platform, completeness, .. } = capture;
        Self { device, run, capture_type, command, platform, completeness, content, score: None }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    pub capture: CaptureId,
    /// False when the same content was the latest already: only its `last_seen` moved.
    pub is_new: bool,
    /// The last good one before this one, of the same device, type and platform.
    pub previous: Option<CaptureId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCapture {
    pub id: CaptureId,
    pub device: DeviceId,
    pub capture_type: String,
    pub command: String,
    pub platform: String,
    /// SHA-256 of the content, lower-case hex.
    pub content_hash: String,
    /// Bytes of the content.
    pub size: u64,
    /// Counts the complete ones of a device and type from 1; an incomplete one has none.
    pub version_no: Option<i64>,
    pub completeness: Completeness,
    /// How much of it was read, in thousandths, when it was saved.
    pub score: Option<u16>,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
    /// The run that saw it first, and the one that saw it last.
    pub run: Option<RunId>,
    pub last_run: Option<RunId>,
}

/// Of a [`StoredCapture`] what whoever reads thousands of contents needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCapture {
    pub id: CaptureId,
    pub device: DeviceId,
    pub capture_type: String,
    pub platform: String,
    /// SHA-256 of the content, lower-case hex.
    pub content_hash: String,
    /// Bytes of the content.
    pub size: u64,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaptureFilter {
    pub device: Option<DeviceId>,
    pub capture_type: Option<String>,
    /// Of any of these; `None` for all.
    pub capture_types: Option<Vec<String>>,
    /// Of any of these; `None` for all.
    pub devices: Option<Vec<DeviceId>>,
    /// These; `None` for all.
    pub ids: Option<Vec<CaptureId>>,
    /// Stored after this one.
    pub after: Option<CaptureId>,
    /// Seen first or last by this run.
    pub run: Option<RunId>,
    /// Seen at or after.
    pub since: Option<Timestamp>,
    /// First seen before.
    pub until: Option<Timestamp>,
    /// Of each device and type only the good one that was valid then; implies `complete_only`.
    pub valid_at: Option<Timestamp>,
    /// Leave out what is cut or refused.
    pub complete_only: bool,
    /// Of each device and type only the one that was seen last, good or not.
    pub newest_only: bool,
    /// Of each device and type only the latest good one; implies `complete_only`.
    pub latest_only: bool,
    pub limit: Option<u32>,
}

/// Columns of [`Tx::select_captures`].
#[derive(FromRow, serde::Deserialize)]
pub(crate) struct CaptureRow {
    id: i64,
    device_id: i64,
    capture_type: String,
    command: String,
    platform: String,
    content_hash: String,
    size: i64,
    version_no: Option<i64>,
    completeness: String,
    reason: Option<String>,
    score: Option<i64>,
    first_seen: i64,
    last_seen: i64,
    run_id: Option<i64>,
    last_run_id: Option<i64>,
}

const SELECT: &str = "
    select id, device_id, capture_type, command, platform, content_hash, size, version_no, completeness, reason,
        score, first_seen, last_seen, run_id, last_run_id
    from captures c where tenant_id = $1";

const SELECT_KEPT: &str = "
    select id, device_id, capture_type, platform, content_hash, size, first_seen, last_seen
    from captures c where tenant_id = $1";

impl Tx {
    /// Saves a capture. The content of the latest one again moves only its `last_seen`; a cut or refused one is
    /// kept and marked, and never becomes the latest good one.
    pub async fn save_capture(&mut self, new: &NewCapture<'_>, now: Timestamp) -> StoreResult<Saved> {
        let saved = self.save_captures(std::slice::from_ref(new), now).await?;
        saved.into_iter().next().ok_or_else(|| StoreError::not_found("device", new.device))
    }

    /// As [`Tx::save_capture`], for captures of one device: two of a type one after the other.
    pub async fn save_captures(&mut self, all: &[NewCapture<'_>], now: Timestamp) -> StoreResult<Vec<Saved>> {
        let Some(first) = all.first() else { return Ok(Vec::new()) };
        let is_any_good = all.iter().any(|new| new.completeness.is_complete());
        self.touch_device(first.device, is_any_good, now).await?;
        let mut saved = Vec::with_capacity(all.len());
        for part in without_twins(all, |a, b| a.capture_type == b.capture_type) {
            saved.extend(self.save_different(part, now).await?);
        }
        Ok(saved)
    }

    /// Captures of as many types.
    async fn save_different(&mut self, all: &[NewCapture<'_>], now: Timestamp) -> StoreResult<Vec<Saved>> {
        let mut saved: Vec<Option<Saved>> = vec![None; all.len()];
        let mut fresh = Vec::new();
        for (n, (new, good)) in all.iter().zip(self.latest_good(all).await?).enumerate() {
            let mut before = good.iter().map(|(id, _)| CaptureId(*id));
            let latest = good.first().filter(|(_, hash)| hash == new.content.hash()).map(|(id, _)| CaptureId(*id));
            let seen = if new.completeness.is_complete() { latest } else { self.incomplete_like(new).await? };
            match seen {
                Some(capture) => {
                    self.see_again(capture, new, now).await?;
                    let previous = before.find(|good| *good < capture);
                    saved[n] = Some(Saved { capture, is_new: false, previous });
                }
                None => fresh.push((n, before.next())),
            }
        }
        let news: Vec<&NewCapture<'_>> = fresh.iter().map(|(n, _)| &all[*n]).collect();
        for ((n, previous), capture) in fresh.iter().zip(self.insert_captures(&news, now).await?) {
            saved[*n] = Some(Saved { capture, is_new: true, previous: *previous });
        }
        Ok(saved.into_iter().flatten().collect())
    }

    /// Also makes two that save for one device do so one after the other.
    async fn touch_device(&mut self, device: DeviceId, is_any_good: bool, now: Timestamp) -> StoreResult<()> {
        const SQL: &str = "update devices set last_seen = case when last_seen > $3 then last_seen else $3 end,
                last_captured = case when $4 and (last_captured is null or last_captured < $3) then $3
                    else last_captured end
            where tenant_id = $1 and id = $2";
        let known = self.execute(self.sql(SQL).bind(device).bind(now).bind(is_any_good)).await? == 1;
        if known { Ok(()) } else { Err(StoreError::not_found("device", device)) }
    }

    /// The latest two good ones of the type of each, id and hash.
    async fn latest_good(&mut self, all: &[NewCapture<'_>]) -> StoreResult<Vec<Vec<(i64, String)>>> {
        let rows: Vec<[Arg; 4]> = (0_u32..)
            .zip(all)
            .map(|(n, new)| [n.into(), new.device.into(), new.capture_type.into(), new.platform.into()])
            .collect();
        let mut sql = self.sql("select cast(p.value ->> 0 as bigint), c.id, c.content_hash from ");
        sql.each(&rows).push(
            " p join captures c on c.id in (select g.id from captures g where g.tenant_id = $1
                and g.device_id = cast(p.value ->> 1 as bigint) and g.capture_type = p.value ->> 2
                and g.platform = p.value ->> 3 and g.completeness = 'complete' order by g.id desc limit 2)
            order by 1, c.id desc",
        );
        let mut good = vec![Vec::new(); all.len()];
        for (n, id, hash) in self.all::<(i64, i64, String)>(sql).await? {
            let of = usize::try_from(n).ok().and_then(|n| good.get_mut(n));
            of.into_iter().for_each(|good: &mut Vec<_>| good.push((id, hash.clone())));
        }
        Ok(good)
    }

    async fn incomplete_like(&mut self, new: &NewCapture<'_>) -> StoreResult<Option<CaptureId>> {
        const SQL: &str = "
            select id from captures
            where tenant_id = $1 and device_id = $2 and capture_type = $3 and platform = $4
                and content_hash = $5 and completeness = $6 and reason = $7
            order by id desc limit 1";
        let sql = self.sql(SQL).bind(new.device).bind(new.capture_type).bind(new.platform).bind(new.content.hash());
        let sql = sql.bind(state(new.completeness)).bind(new.completeness.reason());
        Ok(self.optional::<(i64,)>(sql).await?.map(|(id,)| CaptureId(id)))
    }

    async fn see_again(&mut self, capture: CaptureId, new: &NewCapture<'_>, now: Timestamp) -> StoreResult<()> {
        const SQL: &str = "update captures set last_seen = $3, last_run_id = coalesce($4, last_run_id),
                score = coalesce($5, score)
            where tenant_id = $1 and id = $2";
        let sql = self.sql(SQL).bind(capture).bind(now).bind(new.run).bind(new.score.map(i64::from));
        self.execute(sql).await?;
        Ok(())
    }

    /// Ids in the order of the captures, which are of as many types.
    async fn insert_captures(&mut self, all: &[&NewCapture<'_>], now: Timestamp) -> StoreResult<Vec<CaptureId>> {
        let Some(first) = all.first() else { return Ok(Vec::new()) };
        let row = |new: &&NewCapture<'_>| -> [Arg; 8] {
            let size = i64::try_from(new.content.size()).unwrap_or(i64::MAX);
            let score = Arg::Int(new.score.map(i64::from));
            let (hash, reason) = (new.content.hash().into(), new.completeness.reason().into());
            let [ty, command, platform] = [new.capture_type, new.command, new.platform].map(Arg::from);
            [ty, command, platform, hash, size.into(), state(new.completeness).into(), reason, score]
        };
        let rows: Vec<[Arg; 8]> = all.iter().map(row).collect();
        let mut sql = self.sql(
            "insert into captures (tenant_id, device_id, capture_type, command, platform, content_hash, size,
                completeness, reason, score, version_no, first_seen, last_seen, run_id, last_run_id)
            select $1, d.id, p.value ->> 0, p.value ->> 1, p.value ->> 2, p.value ->> 3,
                cast(p.value ->> 4 as bigint), p.value ->> 5, p.value ->> 6,
                cast(p.value ->> 7 as bigint),
                case when p.value ->> 5 = 'complete' then (select coalesce(max(c.version_no), 0) + 1 from captures c
                    where c.device_id = d.id and c.capture_type = p.value ->> 0) end,
                ",
        );
        for (n, arg) in [now.into(), now.into(), Arg::from(first.run), first.run.into()].into_iter().enumerate() {
            sql.push(if n == 0 { "cast(" } else { ", cast(" }).arg(arg).push(" as bigint)");
        }
        sql.push(" from devices d cross join ").each(&rows).push(" p where d.tenant_id = $1 and d.id = ");
        sql.arg(first.device).push(" returning id, capture_type");
        let ids: HashMap<String, i64> =
            self.all::<(i64, String)>(sql).await?.into_iter().map(|(id, ty)| (ty, id)).collect();
        let id = |new: &&NewCapture<'_>| ids.get(new.capture_type).map(|id| CaptureId(*id));
        all.iter().map(id).collect::<Option<_>>().ok_or_else(|| StoreError::not_found("device", first.device))
    }

    /// The last good one of a device and type.
    pub async fn latest_capture(&mut self, device: DeviceId, ty: &str) -> StoreResult<Option<StoredCapture>> {
        let mut sql = self.sql(SELECT);
        sql.and("device_id =", Some(device)).and("capture_type =", Some(ty));
        sql.push(" and completeness = 'complete' order by id desc limit 1");
        Ok(self.read_captures(sql).await?.pop())
    }

    /// The good one that was valid at a time: the last that was first seen at or before it.
    pub async fn capture_at(
        &mut self,
        device: DeviceId,
        ty: &str,
        at: Timestamp,
    ) -> StoreResult<Option<StoredCapture>> {
        let mut sql = self.sql(SELECT);
        sql.and("device_id =", Some(device)).and("capture_type =", Some(ty)).and("first_seen <=", Some(at));
        sql.push(" and completeness = 'complete' order by first_seen desc, id desc limit 1");
        Ok(self.read_captures(sql).await?.pop())
    }

    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn capture(&mut self, id: CaptureId) -> StoreResult<StoredCapture> {
        let mut sql = self.sql(SELECT);
        sql.and("id =", Some(id));
        self.read_captures(sql).await?.pop().ok_or_else(|| StoreError::not_found("capture", id))
    }

    /// Newest first.
    pub async fn captures(&mut self, filter: &CaptureFilter) -> StoreResult<Vec<StoredCapture>> {
        let sql = self.select_captures(filter);
        self.read_captures(sql).await
    }

    /// As [`Tx::captures`], with less of each.
    pub async fn kept_captures(&mut self, filter: &CaptureFilter) -> StoreResult<Vec<KeptCapture>> {
        type Row = (i64, i64, String, String, String, i64, i64, i64);
        let kept = |(id, device, capture_type, platform, content_hash, size, first_seen, last_seen): Row| KeptCapture {
            id: CaptureId(id),
            device: DeviceId(device),
            capture_type,
            platform,
            content_hash,
            size: size.unsigned_abs(),
            first_seen: Timestamp(first_seen),
            last_seen: Timestamp(last_seen),
        };
        let sql = self.select_by(SELECT_KEPT, filter);
        Ok(self.all(sql).await?.into_iter().map(kept).collect())
    }

    pub(crate) fn select_captures(&self, filter: &CaptureFilter) -> Sql {
        self.select_by(SELECT, filter)
    }

    fn select_by(&self, select: &'static str, filter: &CaptureFilter) -> Sql {
        let mut sql = self.sql(select);
        sql.and("device_id =", filter.device).and("capture_type =", filter.capture_type.as_ref());
        if let Some(run) = filter.run {
            sql.push(" and (run_id = ").arg(run).push(" or last_run_id = ").arg(run).push(")");
        }
        if let Some(devices) = &filter.devices {
            sql.push(" and device_id").is_one_of(devices.iter().map(|id| id.0));
        }
        if let Some(ids) = &filter.ids {
            sql.push(" and id").is_one_of(ids.iter().map(|id| id.0));
        }
        sql.and("id >", filter.after);
        match &filter.capture_types {
            Some(types) if types.is_empty() => drop(sql.push(" and 1 = 0")),
            Some(types) => drop(sql.push(" and capture_type in ").list(types)),
            None => {}
        }
        sql.and("last_seen >=", filter.since).and("first_seen <", filter.until);
        if filter.complete_only || filter.latest_only || filter.valid_at.is_some() {
            sql.push(" and completeness = 'complete'");
        }
        if let Some(at) = filter.valid_at {
            sql.push(" and first_seen <= ").arg(at);
            sql.push(
                " and not exists (select 1 from captures l where l.device_id = c.device_id
                    and l.capture_type = c.capture_type and l.id > c.id and l.completeness = 'complete'
                    and l.first_seen <= ",
            );
            sql.arg(at).push(")");
        }
        if filter.latest_only {
            sql.push(
                " and not exists (select 1 from captures l where l.device_id = c.device_id
                    and l.capture_type = c.capture_type and l.id > c.id and l.completeness = 'complete')",
            );
        }
        if filter.newest_only {
            sql.push(
                " and not exists (select 1 from captures l where l.device_id = c.device_id
                    and l.capture_type = c.capture_type
                    and (l.last_seen > c.last_seen or (l.last_seen = c.last_seen and l.id > c.id)))",
            );
        }
        sql.push(" order by id desc").limit(filter.limit);
        sql
    }

    /// What the devices of a run said in it, by device and type. What was said before and stayed the same is the older
    /// capture, which was seen then.
    pub async fn captures_of_run(&mut self, run: RunId) -> StoreResult<Vec<StoredCapture>> {
        let mut sql = self.sql(SELECT);
        sql.push(" and exists (select 1 from run_devices i where i.run_id = ").arg(run);
        sql.push(
            " and i.device_id = c.device_id and (c.run_id = i.run_id or c.last_run_id = i.run_id
                or (c.first_seen <= i.ended_at and c.last_seen >= i.ended_at and c.completeness = 'complete')))
            order by device_id, capture_type, id",
        );
        self.read_captures(sql).await
    }

    /// What the device said, byte for byte.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Contents`] and [`StoreError::Damaged`] when the file is not there
    /// or not what was written.
    pub async fn content(&mut self, id: CaptureId) -> StoreResult<Vec<u8>> {
        let capture = self.capture(id).await?;
        self.contents.read(&capture).await
    }

    async fn read_captures(&mut self, sql: Sql) -> StoreResult<Vec<StoredCapture>> {
        self.all::<CaptureRow>(sql).await?.into_iter().map(CaptureRow::into_capture).collect()
    }
}

on_store! {
    write save_capture(new: &NewCapture<'_>, now: Timestamp) -> Saved;
    read latest_capture(device: DeviceId, ty: &str) -> Option<StoredCapture>;
    read capture_at(device: DeviceId, ty: &str, at: Timestamp) -> Option<StoredCapture>;
    read capture(id: CaptureId) -> StoredCapture;
    read captures(filter: &CaptureFilter) -> Vec<StoredCapture>;
    read kept_captures(filter: &CaptureFilter) -> Vec<KeptCapture>;
    read captures_of_run(run: RunId) -> Vec<StoredCapture>;
    read content(id: CaptureId) -> Vec<u8>;
}

fn state(completeness: &Completeness) -> &'static str {
    match completeness {
        Completeness::Complete => "complete",
        Completeness::Cut(_) => "cut",
        Completeness::Refused(_) => "refused",
        Completeness::Invalid(_) => "invalid",
    }
}

impl CaptureRow {
    pub fn into_capture(self) -> StoreResult<StoredCapture> {
        let reason = self.reason.unwrap_or_default();
        let completeness = match self.completeness.as_str() {
            "complete" => Completeness::Complete,
            "cut" => Completeness::Cut(reason),
            "refused" => Completeness::Refused(reason),
            "invalid" => Completeness::Invalid(reason),
            other => return Err(unreadable("captures.completeness", format!("`{other}`"))),
        };
        Ok(StoredCapture {
            id: CaptureId(self.id),
            device: DeviceId(self.device_id),
            capture_type: self.capture_type,
            command: self.command,
            platform: self.platform,
            content_hash: self.content_hash,
            size: self.size.unsigned_abs(),
            version_no: self.version_no,
            completeness,
            score: self.score.and_then(|score| u16::try_from(score).ok()),
            first_seen: Timestamp(self.first_seen),
            last_seen: Timestamp(self.last_seen),
            run: self.run_id.map(RunId),
            last_run: self.last_run_id.map(RunId),
        })
    }
}
