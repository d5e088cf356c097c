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

/// What a device calls the neighbour that it hears on a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub device: DeviceId,
    pub local_interface: String,
    pub name: Option<String>,
    pub address: Option<String>,
}

type HeardRow = (i64, String, Option<String>, Option<String>);

/// What may name a device. Whoever has one of these is a candidate, not more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Names up to the first dot, lower case.
    pub labels: BTreeSet<String>,
    pub macs: BTreeSet<Mac>,
    pub addresses: BTreeSet<IpAddr>,
    pub serials: BTreeSet<String>,
}

/// What may name a port. Whichever has one of these is a candidate, not more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PortMarks {
    /// Of each, what is before the first dot counts, in any case.
    pub names: BTreeSet<String>,
    pub macs: BTreeSet<Mac>,
    pub descriptions: BTreeSet<String>,
}

impl Tx {
    /// The ports of these devices, or of all, and which of them are members of port channels: now, or at a time.
    pub async fn map_ports(
        &mut self,
        devices: Option<&[DeviceId]>,
        at: Option<Timestamp>,
    ) -> StoreResult<(Vec<MapPort>, Vec<MapChannel>)> {
        let ports = self.select_on((PORTS, &INTERFACES), &self.bare(""), devices, at);
        let channels = self.select_on((CHANNELS, &PORT_CHANNELS), &self.bare(WITH_MEMBER), devices, at);
        // All are too many for one text.
        let (ports, channels): (Vec<PortRow>, Vec<ChannelRow>) = match devices {
            Some(_) => {
                let mut both = self.together(vec![(5, ports), (3, channels)]).await?;
                (both.rows()?, both.rows()?)
            }
            None => (self.all(ports).await?, self.all(channels).await?),
        };
        mapped(ports, channels)
    }

    /// As [`Tx::map_ports`], of these devices now, without the ports that have no address and that none of these marks can mean.
    pub async fn map_ports_meant(
        &mut self,
        devices: &[DeviceId],
        marks: &PortMarks,
    ) -> StoreResult<(Vec<MapPort>, Vec<MapChannel>)> {
        let names: BTreeSet<String> = marks.names.iter().map(|name| before_dot(name).to_ascii_lowercase()).collect();
        let mut fits = self.bare(format!(" and (lower({})", before_dot_of("f.name", self.dialect())));
        fits.is_among_texts(names).push(" or f.mac").is_among_texts(marks.macs.iter().map(|mac| mac.key()));
        fits.push(" or trim(f.description)").is_among_texts(&marks.descriptions).push(" or f.ip_key is not null)");
        let ports = self.select_on((PORTS, &INTERFACES), &fits, Some(devices), None);
        let channels = self.select_on((CHANNELS, &PORT_CHANNELS), &self.bare(WITH_MEMBER), Some(devices), None);
        let mut both = self.together(vec![(5, ports), (3, channels)]).await?;
        mapped(both.rows()?, both.rows()?)
    }

    /// What is heard on these ports, and which of them are port channels, with their members and what is heard on these. More
    /// may be among it: of a name counts what is before the first dot, whichever of the devices has it.
    pub async fn heard_on(
        &mut self,
        ports: &[(DeviceId, String)],
        at: Option<Timestamp>,
    ) -> StoreResult<(Vec<Heard>, Vec<MapChannel>)> {
        let devices: BTreeSet<DeviceId> = ports.iter().map(|(device, _)| *device).collect();
        let devices: Vec<DeviceId> = devices.into_iter().collect();
        let names: BTreeSet<&str> = ports.iter().map(|(_, name)| before_dot(name)).collect();
        let named = |column: &str| {
            let mut sql = self.bare(format!(" {}", before_dot_of(column, self.dialect())));
            sql.is_among_texts(names.iter().copied());
            sql
        };
        let channels = |columns: &str| {
            let mut fits = self.bare(format!("{WITH_MEMBER} and"));
            fits.embed(&named("f.name"));
            self.select_on((columns, &PORT_CHANNELS), &fits, Some(&devices), at)
        };
        let local = before_dot_of("f.local_interface", self.dialect());
        let mut fits = self.bare(" and (");
        fits.embed(&named("f.local_interface")).push(&format!(" or {local} in ("));
        fits.embed(&channels(&before_dot_of("f.member", self.dialect()))).push("))");
        let heard = self.select_on((HEARD, &NEIGHBORS), &fits, Some(&devices), at);
        let mut both = self.together(vec![(4, heard), (3, channels(CHANNELS))]).await?;
        let heard = both.rows()?.into_iter().map(|(device, local_interface, name, address): HeardRow| Heard {
            device: DeviceId(device),
            local_interface,
            name,
            address,
        });
        Ok((heard.collect(), both.rows()?.into_iter().map(channel).collect()))
    }

    /// What these devices say of their neighbours.
    pub async fn claims_of(&mut self, devices: &[DeviceId], at: Option<Timestamp>) -> StoreResult<Claims> {
        let sql = self.select_on((&claim_columns(), &NEIGHBORS), &self.bare(""), Some(devices), at);
        self.read_claims(sql).await
    }

    /// What those devices say of their neighbours that hear one which may be this: by one of these names, this address, its
    /// chassis or what is on its ports now.
    pub async fn claims_naming(
        &mut self,
        device: DeviceId,
        labels: &BTreeSet<String>,
        address: Option<IpAddr>,
    ) -> StoreResult<Claims> {
        // With its nulls: to ask for what is not null SQLite would take the index of the column, and read all ports of the tenant.
        let of_ports = |column: &str| {
            let ports = "from interfaces where tenant_id = $1 and gone_at is null and device_id = $2";
            self.sql(format!("select {column} {ports}")).bind(device.0)
        };
        // An index is asked in the order of its own texts.
        let mac = match self.dialect() {
            Dialect::Sqlite => "mac",
            Dialect::Postgres => "mac collate \"default\"",
        };
        let (mut macs, mut addresses) = (of_ports(mac), of_ports("ip_key"));
        macs.push(" union select replace(mac, ':', '') from device_macs where device_id = $2");
        if let Some(address) = address {
            addresses.push(" union select ").arg(address::ip_key(address));
        }
        let one = "select device_id from neighbors where tenant_id = $1 and gone_at is null and";
        // However the device printed it.
        let mut ids =
            self.sql(format!("{one} lower(replace(replace(replace(remote_chassis_id, ':', ''), '.', ''), '-', ''))"));
        ids.is_one_of_those(&macs).push(&format!(" union {one} remote_address_key")).is_one_of_those(&addresses);
        let name = label_of("remote_name", self.dialect());
        for label in labels {
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

    /// Columns of the facts of a kind, of which this is true too, of these devices or of all.
    fn select_on(
        &self,
        (columns, kind): (&str, &FactKind),
        and: &Sql,
        devices: Option<&[DeviceId]>,
        at: Option<Timestamp>,
    ) -> Sql {
        let mut sql = self.sql(format!("select {columns} from {} f where f.tenant_id = $1", kind.table));
        push_time(sql.embed(and), at, false);
        if let Some(devices) = devices {
            sql.push(" and f.device_id").is_one_of(devices.iter().map(|d| d.0));
        }
        sql.push(" order by f.id");
        sql
    }

    /// Devices, id and name, that may have one of these labels: called so, or so up to a dot or a bracket.
    pub async fn devices_labelled(&mut self, labels: &BTreeSet<String>) -> StoreResult<Vec<(DeviceId, String)>> {
        let labels: Vec<[Arg; 1]> = labels.iter().filter(|label| !label.is_empty()).map(|l| [l.into()]).collect();
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
        let addresses = marks.addresses.iter().map(|a| Arg::from(a.to_string()));
        let serials = marks.serials.iter().map(Arg::from);
        let own = "select device_id from";
        // Beside the tenant SQLite would take the index of all serial numbers of the tenant.
        let of_tenant = if self.dialect() == Dialect::Sqlite { "+tenant_id" } else { "tenant_id" };
        let mut sql =
            self.sql(format!("select device_id from device_serials where {of_tenant} = $1 and upper(serial)"));
        sql.is_one_of_texts(serials);
        sql.push(&format!(" union {own} device_macs where tenant_id = $1 and mac"));
        sql.is_one_of_texts(marks.macs.iter().map(ToString::to_string));
        sql.push(&format!(" union {own} device_addresses where tenant_id = $1 and address"));
        sql.is_one_of_texts(addresses);
        sql.push(&format!(" union {own} interfaces where tenant_id = $1 and gone_at is null and mac"));
        sql.is_one_of_texts(marks.macs.iter().map(|mac| mac.key()));
        sql.push(&format!(" union {own} interfaces where tenant_id = $1 and gone_at is null and ip_key"));
        sql.is_one_of_texts(marks.addresses.iter().map(|ip| address::ip_key(*ip)));
        let ids: Vec<(i64,)> = self.rows(1, sql).await?;
        Ok(ids.into_iter().map(|(id,)| DeviceId(id)).collect())
    }
}

const PORTS: &str = "f.device_id, f.name, f.mac, f.ip, f.description";
const CHANNELS: &str = "f.device_id, f.name, f.member";
const WITH_MEMBER: &str = " and f.member <> ''";
const HEARD: &str = "f.device_id, f.local_interface, f.remote_name, f.remote_address";

fn mapped(ports: Vec<PortRow>, channels: Vec<ChannelRow>) -> StoreResult<(Vec<MapPort>, Vec<MapChannel>)> {
    let ports = ports.into_iter().map(|(device, name, mac, ip, description)| {
        let mac = mac.map(|mac| mac.parse().map_err(|e: String| unreadable("mac", e))).transpose()?;
        let ip = ip.map(|ip| ip.parse().map_err(|e: std::net::AddrParseError| unreadable("ip", e))).transpose()?;
        Ok(MapPort { device: DeviceId(device), name, mac, ip, description })
    });
    Ok((ports.collect::<StoreResult<_>>()?, channels.into_iter().map(channel).collect()))
}

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

/// Of the name of a port what its units and the port itself have in common.
fn before_dot(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

/// As [`before_dot`].
fn before_dot_of(column: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite => format!("substr({column}, 1, instr({column} || '.', '.') - 1)"),
        Dialect::Postgres => format!("split_part({column}, '.', 1)"),
    }
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
    read devices_labelled(labels: &BTreeSet<String>) -> Vec<(DeviceId, String)>;
    read devices_with(marks: &Marks) -> Vec<DeviceId>;
    read map_ports_meant(devices: &[DeviceId], marks: &PortMarks) -> (Vec<MapPort>, Vec<MapChannel>);
    read heard_on(ports: &[(DeviceId, String)], at: Option<Timestamp>) -> (Vec<Heard>, Vec<MapChannel>);
    read claims_of(devices: &[DeviceId], at: Option<Timestamp>) -> Claims;
    read claims_naming(device: DeviceId, labels: &BTreeSet<String>, address: Option<IpAddr>) -> Claims;
}
