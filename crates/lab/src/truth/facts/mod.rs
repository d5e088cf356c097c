//! Facts as a collection must give them: for each kind the columns of the product, for each device its rows.
//!
//! A column that is not here is not said to be true or false: its spelling is the vendor's.

mod basic;
mod management;
mod network;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::world::{Device, Mac, Prefix, World};

/// The values of a row, in the order of the columns; null where the vendor's output says nothing.
pub type Row = Vec<Value>;

/// A table of facts: its columns and how a device's rows are made.
pub struct Kind {
    pub name: &'static str,
    /// The kind of fact, where a command of its own tells more of one.
    pub fact: &'static str,
    pub columns: &'static [&'static str],
    pub rows: fn(&World, &Device) -> Vec<Row>,
}

/// Every kind of which the lab knows the truth.
pub const KINDS: &[Kind] = &[
    basic::SYSTEM,
    basic::COMPONENTS,
    basic::TRANSCEIVERS,
    basic::INTERFACES,
    network::ADDRESSES,
    network::PORT_CHANNELS,
    basic::NEIGHBORS,
    basic::ARP,
    network::IPV6_NEIGHBORS,
    basic::MAC,
    network::VLANS,
    network::SWITCHPORTS,
    basic::ROUTES,
    network::BGP_NEIGHBORS,
    network::BGP_ROUTES,
    network::OSPF_NEIGHBORS,
    management::NTP,
    management::SNMP,
    management::AAA,
    management::AAA_SERVERS,
    management::SYSLOG,
    management::LINES,
    management::SSH_SERVER,
    management::ENVIRONMENT,
    management::USERS,
];

/// A table of facts; the first column is the device's name in the lab.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The product's kind of fact; several tables may be of one.
    pub fact: Cow<'static, str>,
    pub columns: Vec<Cow<'static, str>>,
    pub rows: Vec<Row>,
}

impl World {
    /// The names of all tables of facts.
    pub fn fact_kinds() -> impl Iterator<Item = &'static str> {
        KINDS.iter().map(|k| k.name)
    }

    /// A table of facts over all devices. None: no such kind.
    pub fn facts(&self, kind: &str) -> Option<Facts> {
        let kind = KINDS.iter().find(|k| k.name == kind)?;
        let columns = ["device"].into_iter().chain(kind.columns.iter().copied()).map(Cow::Borrowed).collect();
        let named = |d: &Device| {
            let name = Value::from(d.name.as_str());
            (kind.rows)(self, d).into_iter().map(move |row| [name.clone()].into_iter().chain(row).collect())
        };
        Some(Facts { fact: kind.fact.into(), columns, rows: self.devices.iter().flat_map(named).collect() })
    }
}

/// A row of values of any types.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$($crate::truth::facts::Cell::cell($cell)),*] };
}
use row;

/// What can stand in a row.
pub trait Cell {
    fn cell(self) -> Value;
}

impl Cell for Value {
    fn cell(self) -> Value {
        self
    }
}

impl<T: Cell> Cell for Option<T> {
    fn cell(self) -> Value {
        self.map_or(Value::Null, T::cell)
    }
}

impl Cell for &str {
    /// What is printed as nothing is read as nothing.
    fn cell(self) -> Value {
        if self.is_empty() { Value::Null } else { self.into() }
    }
}

impl Cell for String {
    fn cell(self) -> Value {
        self.as_str().cell()
    }
}

macro_rules! numbers {
    ($($t:ty),*) => { $(impl Cell for $t {
        fn cell(self) -> Value {
            self.into()
        }
    })* };
}
numbers!(u8, u16, u32, u64, usize);

macro_rules! texts {
    ($($t:ty),*) => { $(impl Cell for $t {
        fn cell(self) -> Value {
            self.to_string().into()
        }
    })* };
}
texts!(Mac, Prefix, std::net::Ipv4Addr, std::net::Ipv6Addr);
