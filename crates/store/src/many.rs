//! Many records at once, in a statement for each column.

use model::object::DEVICE;
use model::{FieldKind, ObjectKind, Timestamp};

use crate::records::{NewValue, SaveAs};
use crate::{StoreError, StoreResult, Tx};

impl Tx {
    /// Changes fields of all these records to one value.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] for fields that each record must have its own of.
    pub async fn change_records(
        &mut self,
        kind: &'static ObjectKind,
        ids: &[i64],
        values: &[NewValue],
        how: SaveAs<'_>,
        now: Timestamp,
    ) -> StoreResult<()> {
        let own = |c: &str| ["name", "slug", "address", "serial", "asset_tag"].contains(&c);
        if let Some((field, _)) = values.iter().find(|(f, _)| own(f.column)) {
            return Err(StoreError::Conflict(format!("{} cannot be the same for several {}", field.name, kind.plural)));
        }
        let mut sql = self.sql(format!("update {} set version = version + 1, changed_at = ", kind.table));
        sql.arg(now);
        let mut columns = Vec::with_capacity(values.len());
        for (field, value) in values {
            let is_needed = matches!(field.kind, FieldKind::Port | FieldKind::Word(_) | FieldKind::Color);
            if is_needed && value.is_none() {
                return Err(StoreError::Conflict(format!("{} of a {} cannot be empty", field.name, kind.name)));
            }
            if let Some(arg) = self.column(kind, field, value.as_deref(), how).await? {
                columns.push((field.column, arg));
            }
        }
        for (column, arg) in columns {
            sql.push(&format!(", {column} = ")).arg(arg);
        }
        sql.push(" where +tenant_id = $1 and id").is_one_of(ids.iter().copied());
        self.execute(sql).await?;
        if *kind == DEVICE {
            for field in how.owned {
                let mut sql =
                    self.sql("insert into device_fields (tenant_id, device_id, field, actor, set_at) select $1, id, ");
                sql.arg(*field).push(", ").arg(how.actor).push(", cast(").arg(now).push(" as bigint)");
                sql.push(" from devices where +tenant_id = $1 and id").is_one_of(ids.iter().copied());
                sql.push(
                    " on conflict (device_id, field) do update set actor = excluded.actor, set_at = excluded.set_at",
                );
                self.execute(sql).await?;
            }
        }
        if *kind == DEVICE && values.iter().any(|(f, _)| ["model", "manufacturer_id"].contains(&f.column)) {
            for id in ids {
                self.make_device_type(model::DeviceId(*id)).await?;
            }
        }
        Ok(())
    }

    /// Counts a change of something that is kept beside these records.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one of them has another version than it should.
    pub async fn touch_records(
        &mut self,
        kind: &'static ObjectKind,
        ids: &[i64],
        version: Option<i64>,
        now: Timestamp,
    ) -> StoreResult<()> {
        let mut sql = self.sql(format!("update {} set version = version + 1, changed_at = ", kind.table));
        sql.arg(now).push(" where +tenant_id = $1 and id").is_one_of(ids.iter().copied());
        sql.and("version =", version);
        let touched = self.execute(sql).await?;
        if touched == ids.len() as u64 {
            return Ok(());
        }
        Err(StoreError::Stale(format!("a {} was changed meanwhile; look at it again", kind.name)))
    }

    /// Gives devices or sites these tags, made when they are not there, and takes those from them.
    pub async fn tag_records(
        &mut self,
        kind: &'static ObjectKind,
        ids: &[i64],
        add: &[String],
        remove: &[String],
    ) -> StoreResult<()> {
        let of = kind.name;
        for name in add {
            let Some(tag) = self.named("tags", "", name, &[]).await? else { continue };
            let mut sql = self.sql(format!("insert into {of}_tags (tenant_id, tag_id, {of}_id) select $1, "));
            sql.push("cast(")
                .arg(tag)
                .push(&format!(" as bigint), id from {} where +tenant_id = $1 and id", kind.table));
            sql.is_one_of(ids.iter().copied()).push(" on conflict do nothing");
            self.execute(sql).await?;
        }
        for name in remove {
            let tag = self.known(&model::object::TAG, name).await?;
            let mut sql = self.bare(format!("delete from {of}_tags where tag_id = "));
            sql.arg(tag).push(&format!(" and {of}_id")).is_one_of(ids.iter().copied());
            self.execute(sql).await?;
        }
        Ok(())
    }
}
