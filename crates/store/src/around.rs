//! Who may be meant by a claim of a neighbour, and who may mean a device: so that its links are found without the rest
//! of the map.

use std::collections::BTreeSet;
use std::net::IpAddr;

use model::fact::{INTERFACES, NEIGHBORS, PORT_CHANNELS};
use model::{DeviceId, FactKind, Mac, NeighborClaim, Timestamp, address};

use crate::facts::{push_time, values};
use crate::sql::{Arg, Dialect, Sql, on_store, unreadable};
use crate::{StoreResult, Tx};

/// A port, as far as a map needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapPort {
    pub device: DeviceId,
    pub name: String,
    pub mac: Option<Mac>,
    pub ip: Option<IpAddr>,
    pub description: Option<String>,
}

/// That a port is a member of a port channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapChannel {
    pub device: DeviceId,
    pub name: String,
    pub member: String,
}

type PortRow = (i64, String, Option<String>, Option<String>, Option<String>);
type ChannelRow = (i64, String, String);

/// The device as text, and the columns of the claim.
type ClaimRow = Vec<Option<String>>;

/// What devices say of their neighbours.
pub type Claims = Vec<(DeviceId, NeighborClaim)>;

/// What may name a device. Whoever has one of these is a candidate, not more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Names up to the first dot, lower case.
    pub labels: Vec<String>,
    pub macs: Vec<Mac>,
    pub addresses: Vec<IpAddr>,
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
            [dots.join("."), dots.join("-"), colons.replace(':', "-"), bare.clone(), colons].map(Arg::from)
        })
    }
}

impl Tx {
    /// The ports of these devices, or of all, and which of them are members of port channels: now, or at a time.
    pub async fn map_ports(
        &mut self,
        devices: Option<&[DeviceId]>,
        at: Option<Timestamp>,
    ) -> StoreResult<(Vec<MapPort>, Vec<MapChannel>)> {
        let select = |columns: &str, kind: &FactKind, and: &str| self.select_on((columns, kind, and), devices, at);
        let ports = select("f.device_id, f.name, f.mac, f.ip, f.description", &INTERFACES, " and f.name is not null");
        let channels = select(CHANNELS, &PORT_CHANNELS, NAMED);
        // All are too many for one text.
        let (ports, channels): (Vec<PortRow>, Vec<ChannelRow>) = match devices {
            Some(_) => {
                let mut both = self.together(vec![(5, ports), (3, channels)]).await?;
                (both.rows()?, both.rows()?)
            }
            None => (self.all(ports).await?, self.all(channels).await?),
        };
        let ports = ports.into_iter().map(|(device, name, mac, ip, description)| {
            let mac = mac.map(|mac| mac.parse().map_err(|e: String| unreadable("mac", e))).transpose()?;
            let ip = ip.map(|ip| ip.parse().map_err(|e: std::net::AddrParseError| unreadable("ip", e))).transpose()?;
            Ok(MapPort { device: DeviceId(device), name, mac, ip, description })
        });
        Ok((ports.collect::<StoreResult<_>>()?, channels.into_iter().map(channel).collect()))
    }

    /// Which ports of these devices are members of port channels.
    pub async fn map_channels(&mut self, devices: &[DeviceId], at: Option<Timestamp>) -> StoreResult<Vec<MapChannel>> {
        let sql = self.select_on((CHANNELS, &PORT_CHANNELS, NAMED), Some(devices), at);
        Ok(self.rows::<ChannelRow>(3, sql).await?.into_iter().map(channel).collect())
    }

    /// What these devices say of their neighbours.
    pub async fn claims_of(&mut self, devices: &[DeviceId], at: Option<Timestamp>) -> StoreResult<Claims> {
        let sql = self.select_on((&claim_columns(), &NEIGHBORS, ""), Some(devices), at);
        self.read_claims(sql).await
    }

    /// What those devices say of their neighbours that hear one which may be the one with these marks.
    pub async fn claims_naming(&mut self, marks: &Marks) -> StoreResult<Claims> {
        let one = "select device_id from neighbors where tenant_id = $1 and gone_at is null and";
        let mut ids = self.sql(format!("{one} lower(remote_chassis_id)"));
        ids.is_one_of_texts(marks.spelt()).push(&format!(" union {one} remote_address_key"));
        ids.is_one_of_texts(marks.addresses());
        let name = label_of("remote_name", self.dialect());
        for label in &marks.labels {
            ids.push(&format!(" union {one} {name} >= ")).arg(label);
            ids.push(&format!(" and {name} < ")).arg(format!("{label}{}", char::MAX));
        }
        let mut sql = self.sql(format!("select {} from neighbors f where f.tenant_id = $1", claim_columns()));
        sql.push(" and f.gone_at is null and f.device_id").is_one_of_those(&ids).push(" order by f.id");
        self.read_claims(sql).await
    }

    async fn read_claims(&mut self, sql: Sql) -> StoreResult<Claims> {
        let claims = self.together(vec![(1 + values::count(&NEIGHBORS), sql)]).await?.rows::<ClaimRow>()?;
        claims.into_iter().map(claim).collect()
    }

    /// Columns of the facts of a kind, for which this holds too, of these devices or of all.
    fn select_on(
        &self,
        (columns, kind, and): (&str, &FactKind, &str),
        devices: Option<&[DeviceId]>,
        at: Option<Timestamp>,
    ) -> Sql {
        let mut sql = self.sql(format!("select {columns} from {} f where f.tenant_id = $1{and}", kind.table));
        push_time(&mut sql, at, false);
        if let Some(devices) = devices {
            sql.push(" and f.device_id").is_one_of(devices.iter().map(|d| d.0));
        }
        sql.push(" order by f.id");
        sql
    }

    /// Devices, id and name, that may have one of these labels: called so, or so up to a dot or a bracket.
    pub async fn devices_labelled(&mut self, labels: &BTreeSet<&str>) -> StoreResult<Vec<(DeviceId, String)>> {
        let labels: Vec<[Arg; 1]> = labels.iter().filter(|label| !label.is_empty()).map(|l| [(*l).into()]).collect();
        if labels.is_empty() {
            return Ok(Vec::new());
        }
        let name = label_of("name", self.dialect());
        // Up to a sign, and so before the one behind it.
        let starts = [".", "(", " ("].map(|from| (from, from.replace('.', "/").replace('(', ")")));
        let starts = starts
            .map(|(from, to)| format!("{name} >= (p.value ->> 0) || '{from}' and {name} < (p.value ->> 0) || '{to}'"));
        let mut sql = self.sql("");
        for (n, fits) in std::iter::once(format!("{name} = p.value ->> 0")).chain(starts).enumerate() {
            sql.push(if n == 0 { "select d.id, d.name from " } else { " union select d.id, d.name from " });
            sql.each(&labels).push(" p cross join ");
            // As for facts: each label is looked up by itself.
            match sql.dialect() {
                Dialect::Sqlite => sql.push(&format!("devices d where d.tenant_id = $1 and {fits}")),
                Dialect::Postgres => sql.push(&format!(
                    "lateral (select id, name from devices where tenant_id = $1 and {fits} offset 0) d"
                )),
            };
        }
        sql.push(" order by 1");
        let rows: Vec<(i64, String)> = self.rows(2, sql).await?;
        Ok(rows.into_iter().map(|(id, name)| (DeviceId(id), name)).collect())
    }

    /// Devices that have one of these addresses, MACs or serial numbers, themselves or on a port.
    pub async fn devices_with(&mut self, marks: &Marks) -> StoreResult<Vec<DeviceId>> {
        let macs = marks.macs.iter().map(|m| Arg::from(m.to_string()));
        let addresses = marks.addresses.iter().map(|a| Arg::from(a.to_string()));
        let serials = marks.serials.iter().map(Arg::from);
        let own = "select device_id from";
        // Beside the tenant SQLite would take the index of all serial numbers of the tenant.
        let of_tenant = if self.dialect() == Dialect::Sqlite { "+tenant_id" } else { "tenant_id" };
        let mut sql =
            self.sql(format!("select device_id from device_serials where {of_tenant} = $1 and upper(serial)"));
        sql.is_one_of_texts(serials);
        sql.push(&format!(" union {own} device_macs where tenant_id = $1 and mac"));
        sql.is_one_of_texts(macs.clone());
        sql.push(&format!(" union {own} device_addresses where tenant_id = $1 and address"));
        sql.is_one_of_texts(addresses);
        sql.push(&format!(" union {own} interfaces where tenant_id = $1 and gone_at is null and mac"));
        sql.is_one_of_texts(macs);
        sql.push(&format!(" union {own} interfaces where tenant_id = $1 and gone_at is null and ip_key"));
        sql.is_one_of_texts(marks.addresses());
        let ids: Vec<(i64,)> = self.rows(1, sql).await?;
        Ok(ids.into_iter().map(|(id,)| DeviceId(id)).collect())
    }
}

const CHANNELS: &str = "f.device_id, f.name, f.member";
const NAMED: &str = " and f.name is not null and f.member <> ''";

fn channel((device, name, member): ChannelRow) -> MapChannel {
    MapChannel { device: DeviceId(device), name, member }
}

fn claim_columns() -> String {
    format!("cast(f.device_id as text){}", values::selected(&NEIGHBORS))
}

fn claim(row: ClaimRow) -> StoreResult<(DeviceId, NeighborClaim)> {
    let mut texts = row.into_iter();
    let device = texts.next().flatten().unwrap_or_default();
    let device = device.parse().map_err(|e: std::num::ParseIntError| unreadable("neighbors.device_id", e))?;
    Ok((DeviceId(device), NeighborClaim::from_values(&values::read(&NEIGHBORS, texts.collect())?)))
}

/// A name in small letters, in the order of bytes whatever the locale: only then is a start a range of the index.
fn label_of(column: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => format!("lower({column})"),
        Dialect::Postgres => format!("lower({column}) collate \"C\""),
    }
}

on_store! {
    read map_ports(devices: Option<&[DeviceId]>, at: Option<Timestamp>) -> (Vec<MapPort>, Vec<MapChannel>);
    read devices_labelled(labels: &BTreeSet<&str>) -> Vec<(DeviceId, String)>;
    read devices_with(marks: &Marks) -> Vec<DeviceId>;
    read map_channels(devices: &[DeviceId], at: Option<Timestamp>) -> Vec<MapChannel>;
    read claims_of(devices: &[DeviceId], at: Option<Timestamp>) -> Claims;
    read claims_naming(marks: &Marks) -> Claims;
}
