//! Many new devices at once: a few statements for all of them, where one by one each would need dozens.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::IpAddr;

use model::object::DEVICE;
use model::{FieldKind, Timestamp, interface, text};

use crate::records::{NOWHERE, NewValue, SaveAs, needed, taken_slug};
use crate::sql::Arg;
use crate::tx::Rows;
use crate::{StoreError, StoreResult, Tx};

/// A device that a person adds.
#[derive(Debug, Clone)]
pub struct NewDevice {
    pub values: Vec<NewValue>,
    /// Fields that are the actor's word.
    pub owned: Vec<&'static str>,
    pub tags: Vec<String>,
}

impl NewDevice {
    fn text(&self, column: &str) -> Option<&str> {
        self.values.iter().find(|(f, _)| f.column == column).and_then(|(_, v)| v.as_deref())
    }
}

/// One that nothing speaks against, with its row.
struct Ready<'n> {
    nth: usize,
    new: &'n NewDevice,
    slug: String,
    columns: BTreeMap<&'static str, Arg>,
}

impl Tx {
    /// Adds devices, each as [`Tx::add_record`] does. Gives the id of each, or what speaks against it; the others are
    /// there all the same.
    ///
    /// # Errors
    /// Of the database.
    pub async fn add_devices(
        &mut self,
        devices: &[NewDevice],
        actor: &str,
        make: bool,
        now: Timestamp,
    ) -> StoreResult<Vec<StoreResult<i64>>> {
        let slugs: Vec<(String,)> = self.all(self.sql("select lower(slug) from devices where tenant_id = $1")).await?;
        let mut slugs = Slugs { taken: slugs.into_iter().map(|(slug,)| slug).collect(), numbers: HashMap::new() };
        let how = SaveAs { actor, version: None, make, owned: &[] };
        let mut answers = Vec::with_capacity(devices.len());
        let mut ready = Vec::with_capacity(devices.len());
        for (nth, new) in devices.iter().enumerate() {
            match self.ready(nth, new, &mut slugs, how, now).await {
                Ok(one) => {
                    answers.push(Ok(0));
                    ready.push(one);
                }
                Err(e @ (StoreError::Conflict(_) | StoreError::NotFound { .. } | StoreError::Ambiguous { .. })) => {
                    answers.push(Err(e));
                }
                Err(other) => return Err(other),
            }
        }
        let ids = self.insert_devices(&ready).await?;
        let added: Vec<(i64, &NewDevice)> = ready.iter().filter_map(|r| Some((*ids.get(&r.slug)?, r.new))).collect();
        for one in &ready {
            answers[one.nth] = ids.get(&one.slug).copied().ok_or_else(|| taken_slug(&DEVICE, &one.slug));
        }
        self.save_beside_all(&added, actor, now).await?;
        Ok(answers)
    }

    async fn ready<'n>(
        &mut self,
        nth: usize,
        new: &'n NewDevice,
        slugs: &mut Slugs,
        how: SaveAs<'_>,
        now: Timestamp,
    ) -> StoreResult<Ready<'n>> {
        let name = needed(&DEVICE, &|column| new.text(column).map(str::to_owned))?;
        let mut columns = BTreeMap::from(["changed_at", "first_seen", "last_seen"].map(|c| (c, now.into())));
        for (field, value) in new.values.iter().filter(|(f, v)| f.column != "slug" && v.is_some()) {
            if let Some(arg) = self.column(&DEVICE, field, value.as_deref(), how).await? {
                columns.insert(field.column, arg);
            }
        }
        columns.entry("port").or_insert_with(|| 22i64.into());
        // One that is planned has none yet.
        columns.entry("address").or_insert_with(|| NOWHERE.into());
        let slug = match new.text("slug") {
            Some(slug) if slugs.taken.insert(slug.to_lowercase()) => slug.to_owned(),
            Some(slug) => return Err(taken_slug(&DEVICE, slug)),
            None => slugs.free(&name),
        };
        columns.insert("sort_key", interface::sort_key(&slug).into());
        columns.insert("slug", slug.as_str().into());
        Ok(Ready { nth, new, slug, columns })
    }

    /// Ids by slug. A statement for all that have the same columns.
    async fn insert_devices(&mut self, ready: &[Ready<'_>]) -> StoreResult<HashMap<String, i64>> {
        let mut alike: BTreeMap<Vec<&str>, Vec<Vec<Arg>>> = BTreeMap::new();
        for one in ready {
            let columns = one.columns.keys().copied().collect();
            alike.entry(columns).or_default().push(one.columns.values().cloned().collect());
        }
        let mut ids = HashMap::with_capacity(ready.len());
        for (columns, rows) in &alike {
            let same = &[("tenant_id", self.tenant.into())];
            // Whoever took a slug in between keeps it.
            let tail = " on conflict do nothing returning slug, id";
            let rows = Rows { table: "devices", same, columns, rows, tail };
            ids.extend(self.insert_rows_returning::<(String, i64)>(rows).await?);
        }
        Ok(ids)
    }

    /// What devices have in other tables, as for a single one.
    async fn save_beside_all(&mut self, added: &[(i64, &NewDevice)], actor: &str, now: Timestamp) -> StoreResult<()> {
        let (mut serials, mut addresses, mut fields) = (Vec::new(), Vec::new(), Vec::new());
        let mut tags: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for (id, new) in added {
            let own = new
                .values
                .iter()
                .filter(|(f, _)| matches!(f.kind, FieldKind::Serials))
                .filter_map(|(_, v)| v.as_deref());
            serials.extend(own.flat_map(str::split_whitespace).map(|s| vec![(*id).into(), s.into()]));
            if let Some(address) =
                new.text("address").and_then(|a| a.parse::<IpAddr>().ok()).filter(|a| !a.is_unspecified())
            {
                addresses.push(vec![(*id).into(), address.into(), true.into()]);
            }
            fields.extend(new.owned.iter().map(|field| vec![(*id).into(), (*field).into()]));
            new.tags.iter().for_each(|tag| tags.entry(tag).or_default().push(*id));
        }
        let ids: Vec<i64> = added.iter().map(|(id, _)| *id).collect();
        self.take_addresses(&ids).await?;
        for (table, columns, rows) in [
            ("device_serials", &["device_id", "serial"][..], &serials),
            ("device_addresses", &["device_id", "address", "is_primary"], &addresses),
        ] {
            let same = &[("tenant_id", self.tenant.into())];
            self.insert_rows(Rows { table, same, columns, rows, tail: " on conflict do nothing" }).await?;
        }
        self.own_fields(&fields, actor, now).await?;
        self.take_vendors(&ids).await?;
        self.make_device_types(&ids).await?;
        for (tag, ids) in tags {
            self.tag_records(&DEVICE, &ids, &[tag.to_owned()], &[]).await?;
        }
        Ok(())
    }

    /// Whoever was reached before where these are, by the same port, is not any more.
    async fn take_addresses(&mut self, ids: &[i64]) -> StoreResult<()> {
        let mut sql = self.sql(
            "update device_addresses set is_primary = false
            where tenant_id = $1 and is_primary and (address, device_id) in (
                select a.address, a.device_id from devices n
                    join device_addresses a on a.tenant_id = n.tenant_id and a.address = n.address
                    join devices d on d.id = a.device_id and d.id <> n.id and d.port = n.port
                where n.id",
        );
        sql.is_one_of(ids.iter().copied()).push(")");
        self.execute(sql).await?;
        Ok(())
    }

    /// The platform says who made the device, where nobody else does.
    async fn take_vendors(&mut self, ids: &[i64]) -> StoreResult<()> {
        let mut sql = self.sql(
            "update devices set manufacturer_id =
                (select p.manufacturer_id from platforms p where p.id = devices.platform_id)
            where +tenant_id = $1 and manufacturer_id is null and platform_id is not null and id",
        );
        sql.is_one_of(ids.iter().copied());
        self.execute(sql).await?;
        Ok(())
    }

    /// As [`Tx::make_device_type`], for many.
    async fn make_device_types(&mut self, ids: &[i64]) -> StoreResult<()> {
        let mut sql = self.sql(
            "select min(d.id) from devices d where +d.tenant_id = $1 and d.manufacturer_id is not null
                and d.model is not null and not exists (select 1 from device_types t
                    where t.manufacturer_id = d.manufacturer_id and lower(t.name) = lower(d.model)) and d.id",
        );
        sql.is_one_of(ids.iter().copied()).push(" group by d.manufacturer_id, lower(d.model) order by 1");
        for (id,) in self.all::<(i64,)>(sql).await? {
            self.make_device_type(model::DeviceId(id)).await?;
        }
        Ok(())
    }
}

/// Slugs in lower case, and how far names that come often were numbered.
struct Slugs {
    taken: HashSet<String>,
    numbers: HashMap<String, u64>,
}

impl Slugs {
    /// The slug of a name, with `-2`, `-3` … when it is taken.
    fn free(&mut self, name: &str) -> String {
        let slug = text::slug(name);
        if self.taken.insert(slug.to_lowercase()) {
            return slug;
        }
        let last = self.numbers.entry(slug.to_lowercase()).or_insert(1);
        loop {
            *last += 1;
            let numbered = format!("{slug}-{last}");
            if self.taken.insert(numbered.to_lowercase()) {
                return numbered;
            }
        }
    }
}
