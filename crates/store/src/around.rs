//! Who may be meant by a claim of a neighbour, and who may mean a device: so that its links are found without the rest
//! of the map.

use std::collections::{BTreeMap, BTreeSet};

use model::{DeviceId, Mac, address};

use crate::sql::{Arg, Dialect, Sql, on_store, plain_like};
use crate::{StoreResult, Tx};

/// Labels that one statement asks for: each is four conditions, and SQLite takes a thousand.
const LABELS: usize = 100;

/// What may name a device. Whoever has one of these is a candidate, not more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Names up to the first dot, lower case.
    pub labels: Vec<String>,
    pub macs: Vec<Mac>,
    pub addresses: Vec<std::net::IpAddr>,
    pub serials: Vec<String>,
}

impl Marks {
    fn addresses(&self) -> impl Iterator<Item = Arg> {
        self.addresses.iter().map(|ip| address::ip_key(*ip).into())
    }

    /// In each spelling that a device may have printed.
    fn spelt(&self) -> impl Iterator<Item = Arg> {
        self.macs.iter().flat_map(|mac| {
            let colons = mac.to_string();
            let bare = colons.replace(':', "");
            let dots: Vec<&str> = [0, 4, 8].iter().filter_map(|n| bare.get(*n..n + 4)).collect();
            [dots.join("."), colons.replace(':', "-"), bare.clone(), colons].map(Arg::from)
        })
    }
}

impl Tx {
    /// Devices, id and name, that may have one of these labels: called so, or so up to a dot or a bracket.
    pub async fn devices_labelled(&mut self, labels: &BTreeSet<&str>) -> StoreResult<Vec<(DeviceId, String)>> {
        // In the order of bytes, whatever the locale: only then is a start a range of the index.
        let name = match self.dialect() {
            Dialect::Sqlite => "lower(name)",
            Dialect::Postgres => "lower(name) collate \"C\"",
        };
        let labels: Vec<&str> = labels.iter().copied().filter(|label| !label.is_empty()).collect();
        let mut found = BTreeMap::new();
        for labels in labels.chunks(LABELS) {
            let mut sql = self.sql("select id, name from devices where tenant_id = $1 and (1 = 0");
            for label in labels {
                sql.push(&format!(" or {name} = ")).arg(*label);
                for (from, to) in [('.', '/'), ('(', ')')] {
                    sql.push(&format!(" or {name} >= ")).arg(format!("{label}{from}"));
                    sql.push(&format!(" and {name} < ")).arg(format!("{label}{to}"));
                }
                sql.push(&format!(" or {name} >= ")).arg(format!("{label} ("));
                sql.push(&format!(" and {name} < ")).arg(format!("{label} )"));
            }
            sql.push(")");
            let rows: Vec<(i64, String)> = self.all(sql).await?;
            found.extend(rows.into_iter().map(|(id, name)| (DeviceId(id), name)));
        }
        Ok(found.into_iter().collect())
    }

    /// Devices that have one of these addresses, MACs or serial numbers, themselves or on a port.
    pub async fn devices_with(&mut self, marks: &Marks) -> StoreResult<Vec<DeviceId>> {
        let macs = marks.macs.iter().map(|m| Arg::from(m.to_string()));
        let addresses = marks.addresses.iter().map(|a| Arg::from(a.to_string()));
        let serials = marks.serials.iter().map(Arg::from);
        let own = "select device_id from";
        let mut sql = self.sql("select device_id from device_serials where tenant_id = $1 and upper(serial) in ");
        one_of(&mut sql, serials);
        sql.push(&format!(" union {own} device_macs where tenant_id = $1 and mac in "));
        one_of(&mut sql, macs.clone());
        sql.push(&format!(" union {own} device_addresses where tenant_id = $1 and address in "));
        one_of(&mut sql, addresses);
        sql.push(&format!(" union {own} interfaces where tenant_id = $1 and gone_at is null and mac in "));
        one_of(&mut sql, macs);
        sql.push(&format!(" union {own} interfaces where tenant_id = $1 and gone_at is null and ip_key in "));
        one_of(&mut sql, marks.addresses());
        let ids: Vec<(i64,)> = self.all(sql).await?;
        Ok(ids.into_iter().map(|(id,)| DeviceId(id)).collect())
    }

    /// Devices that hear a neighbour which may be the one with these marks.
    pub async fn hearers_of(&mut self, marks: &Marks) -> StoreResult<Vec<DeviceId>> {
        let mut sql =
            self.sql("select distinct device_id from neighbors where tenant_id = $1 and gone_at is null and (");
        sql.push("lower(remote_chassis_id) in ");
        one_of(&mut sql, marks.spelt());
        sql.push(" or remote_address_key in ");
        one_of(&mut sql, marks.addresses());
        for label in &marks.labels {
            sql.push(" or lower(remote_name) like ").arg(format!("{}%", plain_like(label))).push(" escape '\\'");
        }
        sql.push(") order by device_id");
        let ids: Vec<(i64,)> = self.all(sql).await?;
        Ok(ids.into_iter().map(|(id,)| DeviceId(id)).collect())
    }
}

/// `(select …)` of these texts, however many.
fn one_of(sql: &mut Sql, texts: impl Iterator<Item = Arg>) {
    let rows: Vec<[Arg; 1]> = texts.map(|text| [text]).collect();
    sql.push("(select value ->> 0 from ").each(&rows).push(")");
}

on_store! {
    read devices_labelled(labels: &BTreeSet<&str>) -> Vec<(DeviceId, String)>;
    read devices_with(marks: &Marks) -> Vec<DeviceId>;
    read hearers_of(marks: &Marks) -> Vec<DeviceId>;
}
