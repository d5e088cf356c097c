//! Objects by their OIDs, put together row by row.

use async_snmp::handler::OidTable;
use async_snmp::{Oid, Value};

use crate::world::Mac;

/// A table that is being filled.
pub struct Objects(Vec<(Oid, Value)>);

impl Objects {
    pub fn new() -> Self {
        Self(Vec::new())
    }

    /// A row: its entry, its index, and its columns.
    pub fn row(&mut self, entry: &[u32], index: &[u32], columns: impl IntoIterator<Item = (u32, Value)>) {
        let oid = |column| Oid::from_slice(&[entry, &[column], index].concat());
        self.0.extend(columns.into_iter().map(|(column, value)| (oid(column), value)));
    }

    pub fn sorted(mut self) -> OidTable<Value> {
        // The table is quickest to fill in its own order.
        self.0.sort_by(|a, b| a.0.cmp(&b.0));
        let mut table = OidTable::with_capacity(self.0.len());
        self.0.into_iter().for_each(|(oid, value)| table.insert(oid, value));
        table
    }
}

pub fn text(text: impl Into<String>) -> Value {
    Value::OctetString(text.into().into_bytes().into())
}

pub fn octets(bytes: impl Into<Vec<u8>>) -> Value {
    Value::OctetString(bytes.into().into())
}

pub fn mac(mac: Mac) -> Value {
    octets(mac.octets())
}

pub fn number(n: usize) -> Value {
    Value::Integer(i32::try_from(n).unwrap_or(i32::MAX))
}
