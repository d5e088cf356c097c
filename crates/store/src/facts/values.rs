//! How the typed values of a fact stand in the columns of its table, and come back.

use model::address::ip_key;
use model::{Column, ColumnKind, FactKind, Value};

use crate::sql::{Arg, unreadable};
use crate::{StoreError, StoreResult};

/// The columns of the table, in the order of [`args`]: one or two for each of the kind.
pub(super) fn columns(kind: &FactKind) -> Vec<String> {
    kind.columns.iter().flat_map(|c| std::iter::once(c.name.to_owned()).chain(companion(c))).collect()
}

/// The column beside it: the key by which it is searched, or the text as printed.
fn companion(column: &Column) -> Option<String> {
    match column.kind {
        ColumnKind::Ip | ColumnKind::Prefix => Some(format!("{}_key", column.name)),
        ColumnKind::Interface => Some(format!("{}_seen", column.name)),
        _ => None,
    }
}

/// The values for [`columns`]. A value of another kind than its column's, or a missing one, is null.
pub(super) fn args(kind: &FactKind, values: &[Value]) -> Vec<Arg> {
    let mut args = Vec::with_capacity(kind.columns.len() + 4);
    for (n, column) in kind.columns.iter().enumerate() {
        let value = values.get(n).unwrap_or(&Value::Null);
        match (column.kind, value) {
            (ColumnKind::Text | ColumnKind::Vlans, Value::Text(text)) => args.push(text.into()),
            (ColumnKind::Int | ColumnKind::Vlan | ColumnKind::Asn, Value::Int(n)) => args.push((*n).into()),
            (ColumnKind::Mac, Value::Mac(mac)) => args.push(mac.key().into()),
            (ColumnKind::Ip, Value::Ip(ip)) => args.extend([(*ip).into(), ip_key(*ip).into()]),
            (ColumnKind::Prefix, Value::Prefix(p)) => args.extend([p.to_string().into(), ip_key(p.network()).into()]),
            (ColumnKind::Interface, Value::Interface { name, seen }) => args.extend([name.into(), seen.into()]),
            (ColumnKind::Int | ColumnKind::Vlan | ColumnKind::Asn, _) => args.push(Arg::Int(None)),
            (ColumnKind::Text | ColumnKind::Vlans | ColumnKind::Mac, _) => args.push(Arg::Text(None)),
            (ColumnKind::Ip | ColumnKind::Prefix | ColumnKind::Interface, _) => {
                args.extend([Arg::Text(None), Arg::Text(None)]);
            }
        }
    }
    args
}

/// What to select for the values of a fact: as many as it has columns, and the printed names of interfaces
/// after them; all as text.
pub(crate) fn selected(kind: &FactKind) -> String {
    let values = kind.columns.iter().map(|c| match c.kind {
        ColumnKind::Int | ColumnKind::Vlan | ColumnKind::Asn => format!(", cast(f.{} as text)", c.name),
        _ => format!(", f.{}", c.name),
    });
    let seen = interfaces(kind).map(|c| format!(", f.{}_seen", c.name));
    values.chain(seen).collect()
}

/// How many columns [`selected`] gives.
pub(crate) fn count(kind: &FactKind) -> usize {
    kind.columns.len() + interfaces(kind).count()
}

/// Reads back what [`selected`] gave.
pub(crate) fn read(kind: &FactKind, texts: Vec<Option<String>>) -> StoreResult<Vec<Value>> {
    let mut texts = texts.into_iter();
    let values: Vec<Option<String>> = texts.by_ref().take(kind.columns.len()).collect();
    let pairs = kind.columns.iter().zip(values);
    pairs
        .map(|(column, text)| {
            let seen = if column.kind == ColumnKind::Interface { texts.next().flatten() } else { None };
            text.map_or(Ok(Value::Null), |text| read_one(column, text, seen))
        })
        .collect()
}

fn read_one(column: &Column, text: String, seen: Option<String>) -> StoreResult<Value> {
    let bad = |_| -> StoreError { unreadable(column.name, format!("`{}` is not {:?}", text, column.kind)) };
    Ok(match column.kind {
        ColumnKind::Text | ColumnKind::Vlans => Value::Text(text),
        ColumnKind::Int | ColumnKind::Vlan | ColumnKind::Asn => Value::Int(text.parse().map_err(|_| bad(()))?),
        ColumnKind::Mac => Value::Mac(text.parse().map_err(|_| bad(()))?),
        ColumnKind::Ip => Value::Ip(text.parse().map_err(|_| bad(()))?),
        ColumnKind::Prefix => Value::Prefix(text.parse().map_err(|_| bad(()))?),
        ColumnKind::Interface => Value::Interface { seen: seen.unwrap_or_else(|| text.clone()), name: text },
    })
}

fn interfaces(kind: &FactKind) -> impl Iterator<Item = &Column> {
    kind.columns.iter().filter(|c| c.kind == ColumnKind::Interface)
}

/// By what facts are sorted before they are written: their MAC, else their address or network.
pub(super) fn order(fact: &model::Fact) -> Option<String> {
    let key = |value: &Value| match value {
        Value::Mac(mac) => Some(mac.key()),
        Value::Ip(ip) => Some(ip_key(*ip)),
        Value::Prefix(prefix) => Some(ip_key(prefix.network())),
        _ => None,
    };
    let mac = fact.values.iter().find(|v| matches!(v, Value::Mac(_))).and_then(key);
    mac.or_else(|| fact.values.iter().find_map(key))
}
