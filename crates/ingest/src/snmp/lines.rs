//! Lines `.1.3.6.1.2.1.1.5.0 = STRING: "core1"` as values by object and index.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use model::Mac;

use crate::rows::Row;

/// What an object is said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Number(i64),
    Octets(Vec<u8>),
    /// Without the first dot.
    Oid(String),
    Ip(Ipv4Addr),
    /// Of a type that nothing here reads, or nothing at all.
    Other,
}

/// All bindings of a capture.
#[derive(Debug, Default)]
pub(super) struct Walked {
    by_oid: BTreeMap<Vec<u32>, (Said, u32)>,
    /// Lines that are no bindings, 1-based.
    pub unread: Vec<u32>,
}

/// The columns of one row of a table.
#[derive(Debug, Default)]
pub(super) struct Cells<'w> {
    cells: BTreeMap<u32, &'w Said>,
    /// First and last line; `None` before the first cell.
    pub lines: Option<(u32, u32)>,
}

impl Walked {
    pub fn read(text: &str) -> Self {
        let mut walked = Self::default();
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
            match binding(line) {
                Some((oid, said)) => drop(walked.by_oid.insert(oid, (said, number))),
                None => walked.unread.push(number),
            }
        }
        walked
    }

    /// The rows of a table by index, with the columns asked for. `entry` is the OID of its row, without the column.
    pub fn rows(&self, entry: &[u32], columns: &[u32]) -> BTreeMap<&[u32], Cells<'_>> {
        let mut rows: BTreeMap<&[u32], Cells<'_>> = BTreeMap::new();
        for column in columns {
            let root = [entry, &[*column]].concat();
            for (oid, (said, line)) in self.by_oid.range(root.clone()..).take_while(|(oid, _)| oid.starts_with(&root)) {
                rows.entry(&oid[root.len()..]).or_default().add(*column, said, *line);
            }
        }
        rows
    }

    /// The first line and the last.
    pub fn lines(&self) -> (u32, u32) {
        let lines = || self.by_oid.values().map(|(_, line)| *line);
        (lines().min().unwrap_or(1), lines().max().unwrap_or(1))
    }
}

impl<'w> Cells<'w> {
    fn add(&mut self, column: u32, said: &'w Said, line: u32) {
        self.cells.insert(column, said);
        self.see((line, line));
    }

    /// Lines that prove something of this row, too.
    pub fn see(&mut self, (first, last): (u32, u32)) {
        let (a, b) = self.lines.unwrap_or((first, last));
        self.lines = Some((a.min(first), b.max(last)));
    }

    pub fn number(&self, column: u32) -> Option<i64> {
        match self.cells.get(&column)? {
            Said::Number(n) => Some(*n),
            _ => None,
        }
    }

    pub fn octets(&self, column: u32) -> Option<&'w [u8]> {
        match *self.cells.get(&column)? {
            Said::Octets(bytes) if !bytes.is_empty() => Some(bytes),
            _ => None,
        }
    }

    /// As text: blanks and line breaks are one blank each; empty when there is none.
    pub fn text(&self, column: u32) -> String {
        match self.cells.get(&column) {
            Some(Said::Octets(bytes)) => plain(bytes),
            Some(Said::Number(n)) => n.to_string(),
            Some(Said::Oid(oid)) => oid.clone(),
            Some(Said::Ip(ip)) => ip.to_string(),
            Some(Said::Other) | None => String::new(),
        }
    }

    pub fn mac(&self, column: u32) -> Option<Mac> {
        mac(self.octets(column)?)
    }

    /// A row for the mapping, with what is not empty.
    pub fn row<'a>(&self, fields: impl IntoIterator<Item = (&'a str, String)>) -> Row {
        row(fields, self.lines.unwrap_or((1, 1)))
    }
}

pub(super) fn row<'a>(fields: impl IntoIterator<Item = (&'a str, String)>, lines: (u32, u32)) -> Row {
    let fields = fields.into_iter().filter(|(_, text)| !text.is_empty());
    Row { fields: fields.map(|(name, text)| (name.to_owned(), vec![text])).collect(), lines }
}

/// A MAC address in six octets. All zeros is how agents say that there is none.
pub(super) fn mac(octets: &[u8]) -> Option<Mac> {
    octets.try_into().ok().filter(|bytes| *bytes != [0; 6]).map(Mac)
}

/// Four octets or sixteen.
pub(super) fn ip(octets: &[u8]) -> Option<IpAddr> {
    let v4 = <[u8; 4]>::try_from(octets).map(|o| IpAddr::from(Ipv4Addr::from(o)));
    v4.or_else(|_| <[u8; 16]>::try_from(octets).map(|o| IpAddr::from(Ipv6Addr::from(o)))).ok()
}

/// An address inside an index, one octet in each number.
pub(super) fn ip_in(index: &[u32]) -> Option<IpAddr> {
    ip(&octets_in(index)?)
}

pub(super) fn octets_in(index: &[u32]) -> Option<Vec<u8>> {
    index.iter().map(|n| u8::try_from(*n).ok()).collect()
}

pub(super) fn plain(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets)
        .split([' ', '\n', '\r', '\t', '\0'])
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn binding(line: &str) -> Option<(Vec<u32>, Said)> {
    let (oid, rest) = line.strip_prefix('.')?.split_once(" = ")?;
    let oid: Option<Vec<u32>> = oid.split('.').map(|arc| arc.parse().ok()).collect();
    let Some((kind, text)) = rest.split_once(": ") else { return Some((oid?, Said::Other)) };
    let said = match kind {
        "INTEGER" | "Counter32" | "Gauge32" | "Timeticks" | "Counter64" => number(text),
        "STRING" => Said::Octets(unquoted(text)?),
        "Hex-STRING" => Said::Octets(text.split(' ').map(|b| u8::from_str_radix(b, 16).ok()).collect::<Option<_>>()?),
        "OID" => Said::Oid(text.strip_prefix('.')?.to_owned()),
        "IpAddress" => Said::Ip(text.parse().ok()?),
        _ => Said::Other,
    };
    Some((oid?, said))
}

/// A 64-bit counter may be more than fits; nothing here counts.
fn number(text: &str) -> Said {
    text.parse().map_or(Said::Other, Said::Number)
}

fn unquoted(text: &str) -> Option<Vec<u8>> {
    let inside = text.strip_prefix('"')?.strip_suffix('"')?;
    let mut plain = String::with_capacity(inside.len());
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => plain.push(match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                other => other,
            }),
            c => plain.push(c),
        }
    }
    Some(plain.into_bytes())
}
