//! What stands beside a device in other tables, and whose word its fields are.

use std::collections::HashMap;

use model::object::DEVICE_TYPE;
use model::{FieldKind, Timestamp, text};

use super::{NewValue, SaveAs};
use crate::sql::{Arg, Sql};
use crate::tx::Rows;
use crate::{StoreResult, Tx};

impl Tx {
    /// What a device has in other tables: serial numbers, addresses, its device type, and whose word its fields are.
    pub(super) async fn save_beside(
        &mut self,
        id: i64,
        values: &[NewValue],
        how: SaveAs<'_>,
        now: Timestamp,
    ) -> StoreResult<()> {
        let device = model::DeviceId(id);
        for (field, value) in values {
            if let (FieldKind::Serials, value) = (field.kind, value) {
                let gone = self.sql("delete from device_serials where tenant_id = $1 and device_id = $2").bind(id);
                self.execute(gone).await?;
                let serials = value.iter().flat_map(|v| v.split_whitespace().map(str::to_owned)).collect();
                self.replace_marks(device, "device_serials", "serial", serials).await?;
            }
        }
        let own = self.device_by_id(device).await?;
        if own.is_reached() && values.iter().any(|(f, _)| matches!(f.column, "address" | "port")) {
            self.save_addresses(device, own.address, own.port, &[]).await?;
        }
        if values.iter().any(|(f, v)| f.column == "platform_id" && v.is_some()) {
            const VENDOR: &str = "update devices set manufacturer_id =
                    (select p.manufacturer_id from platforms p where p.id = devices.platform_id)
                where tenant_id = $1 and id = $2 and manufacturer_id is null";
            self.execute(self.sql(VENDOR).bind(id)).await?;
        }
        if values.iter().any(|(f, v)| f.column == "model" && v.is_some()) {
            self.make_device_type(device).await?;
        }
        let owned: Vec<Vec<Arg>> = how.owned.iter().map(|field| vec![id.into(), (*field).into()]).collect();
        self.own_fields(&owned, how.actor, now).await
    }

    /// Fields that are the actor's word: device and name of the field.
    pub(crate) async fn own_fields(&mut self, fields: &[Vec<Arg>], actor: &str, now: Timestamp) -> StoreResult<()> {
        let rows = Rows {
            table: "device_fields",
            same: &[("tenant_id", self.tenant.into()), ("actor", actor.into()), ("set_at", now.into())],
            columns: &["device_id", "field"],
            rows: fields,
            tail: " on conflict (device_id, field) do update set actor = excluded.actor, set_at = excluded.set_at",
        };
        self.insert_rows(rows).await?;
        Ok(())
    }

    /// The type of a device that has a manufacturer and a model is in the list of types.
    pub(crate) async fn make_device_type(&mut self, id: model::DeviceId) -> StoreResult<()> {
        const SQL: &str = "select manufacturer_id, model from devices d where tenant_id = $1 and id = $2
            and manufacturer_id is not null and model is not null and not exists (select 1 from device_types t
                where t.manufacturer_id = d.manufacturer_id and lower(t.name) = lower(d.model))";
        let Some((vendor, model)) = self.optional::<(i64, String)>(self.sql(SQL).bind(id)).await? else {
            return Ok(());
        };
        let slug = text::slug(&model).to_lowercase();
        const NEW: &str = "insert into device_types (tenant_id, manufacturer_id, name, slug) values ($1, $2, $3, $4)
            on conflict do nothing returning id";
        let sql = self.sql(NEW).bind(vendor).bind(model).bind(slug);
        if let Some((id,)) = self.optional::<(i64,)>(sql).await? {
            self.made.push((DEVICE_TYPE.table, id));
        }
        Ok(())
    }

    /// Fields of a device that are somebody's word: field, actor, since when.
    pub async fn owned_fields(&mut self, device: i64) -> StoreResult<Vec<(String, String, Timestamp)>> {
        let rows: Vec<(String, String, i64)> = self.all(self.select_owned_fields(device)).await?;
        Ok(rows.into_iter().map(|(field, actor, at)| (field, actor, Timestamp(at))).collect())
    }

    pub(crate) fn select_owned_fields(&self, device: i64) -> Sql {
        const SQL: &str = "select field, actor, set_at from device_fields where tenant_id = $1 and device_id = $2
            order by field";
        self.sql(SQL).bind(device)
    }

    /// Fields that are somebody's word, of all devices: field and actor, by the id of the device.
    pub async fn all_owned_fields(&mut self) -> StoreResult<HashMap<i64, Vec<(String, String)>>> {
        let sql = self.sql("select device_id, field, actor from device_fields where tenant_id = $1");
        let mut all: HashMap<i64, Vec<(String, String)>> = HashMap::new();
        for (device, field, actor) in self.all::<(i64, String, String)>(sql).await? {
            all.entry(device).or_default().push((field, actor));
        }
        Ok(all)
    }

    /// Lets discovery say again what these fields of a device are.
    pub async fn release_fields(&mut self, device: i64, fields: &[&str]) -> StoreResult<u64> {
        let mut sql = self.sql("delete from device_fields where tenant_id = $1 and device_id = ");
        sql.arg(device).push(" and field in ").list(fields.iter().copied());
        self.execute(sql).await
    }
}
