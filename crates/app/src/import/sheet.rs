//! What a file says, as rows of named cells, whatever its format.

use model::ObjectKind;
use model::object::{CABLE, DEVICE, cable_name};
use model::text::shown;
use serde_json::Value;

use super::csv;
use crate::export::cell;

/// Rows for records of one kind.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheet {
    pub kind: &'static ObjectKind,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Row {
    /// `line 3`
    pub place: String,
    /// Column and text.
    pub cells: Vec<(String, String)>,
    /// Why it cannot be read.
    pub problem: Option<String>,
    /// The record that it is known to be about, whatever it is called now.
    pub linked: Option<i64>,
}

/// More than this is no inventory.
const LARGEST: usize = 64 << 20;

/// The text of a file: UTF-8, with or without a byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<&str, String> {
    if bytes.len() > LARGEST {
        return Err(format!("is larger than {} MB", LARGEST >> 20));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err("is UTF-16; save it as UTF-8".to_owned());
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let line = |at: usize| bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        return Err(format!("line {}: has a NUL byte, so it is no text", line(at)));
    }
    std::str::from_utf8(bytes)
        .map_err(|e| format!("line {}: is not UTF-8; save the file as UTF-8", line(e.valid_up_to())))
}

impl Sheet {
    /// CSV, or YAML and JSON: a list of records, or a mapping with such a list.
    pub fn read(kind: &'static ObjectKind, name: &str, text: &str) -> Result<Sheet, String> {
        let start = text.trim_start();
        let is_csv = name.to_ascii_lowercase().ends_with(".csv") || name.to_ascii_lowercase().ends_with(".tsv");
        let is_yaml = [".yaml", ".yml", ".json"].iter().any(|end| name.to_ascii_lowercase().ends_with(end))
            || !is_csv && ["- ", "---", "[", "{"].iter().any(|s| start.starts_with(s));
        let mut sheet = if is_yaml { Self::of_yaml(kind, text) } else { Self::of_csv(kind, text) }?;
        if *kind == CABLE {
            sheet.rows.iter_mut().for_each(Row::name_cable);
        }
        Ok(sheet)
    }

    fn of_csv(kind: &'static ObjectKind, text: &str) -> Result<Sheet, String> {
        let mut lines = csv::read(text)?.into_iter();
        let (_, header) = lines.next().ok_or("is empty; the first line names the columns")?;
        let header: Vec<String> = header.iter().map(|h| column(h)).collect();
        let row = |(line, mut cells): (usize, Vec<String>)| {
            while cells.len() > header.len() && cells.last().is_some_and(|c| c.trim().is_empty()) {
                cells.pop();
            }
            let (there, all) = (cells.len(), header.len());
            let problem = (there != all).then(|| match there < all {
                true => {
                    format!("has {there} of {all} cells; write the separators for empty ones, unless the file is cut")
                }
                false => format!("has {there} cells for {all} columns; put a cell with a separator in quotes"),
            });
            Row {
                place: format!("line {line}"),
                cells: header.iter().cloned().zip(cells).collect(),
                problem,
                linked: None,
            }
        };
        Ok(Sheet { kind, rows: lines.map(row).collect() })
    }

    fn of_yaml(kind: &'static ObjectKind, text: &str) -> Result<Sheet, String> {
        let whole: Vec<Value> =
            serde_saphyr::from_multiple(text).map_err(|e| shown(&e.to_string().replace('\n', " ")))?;
        let mut items = Vec::new();
        for document in whole {
            match document {
                Value::Array(list) => items.extend(list),
                Value::Object(mut map) => {
                    match map.remove(kind.plural).or_else(|| map.remove(&kind.plural.replace('-', "_"))) {
                        Some(Value::Array(list)) => items.extend(list),
                        _ => items.push(Value::Object(map)),
                    }
                }
                Value::Null => {}
                _ => return Err(format!("is no list of {}", kind.plural)),
            }
        }
        let row = |(n, item): (usize, Value)| {
            let place = format!("item {n}");
            let Value::Object(map) = item else {
                return Row { place, problem: Some("is no record of fields".to_owned()), ..Row::default() };
            };
            let cells = map.iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (column(k), scalar(v))).collect();
            Row { place, cells, ..Row::default() }
        };
        Ok(Sheet { kind, rows: (1..).zip(items).map(row).collect() })
    }

    /// `sessions.yaml` of the terminals: folders with sessions. A folder is a site.
    pub fn of_sessions(text: &str) -> Result<Sheet, String> {
        let folders: Value = serde_saphyr::from_str(text).map_err(|e| shown(&e.to_string().replace('\n', " ")))?;
        let folders = folders.as_array().ok_or("is no list of folders with sessions")?;
        const NAMES: &[(&str, &str)] = &[
            ("display_name", "name"),
            ("host", "address"),
            ("port", "port"),
            ("DeviceType", "platform"),
            ("Vendor", "manufacturer"),
            ("Model", "model"),
            ("SerialNumber", "serial"),
        ];
        let mut rows = Vec::new();
        for folder in folders {
            let site = folder["folder_name"].as_str().unwrap_or_default();
            for session in folder["sessions"].as_array().into_iter().flatten() {
                let cells = NAMES.iter().filter_map(|(theirs, ours)| {
                    let text = cell(session.get(*theirs));
                    // What the terminal writes where it knows nothing.
                    let known =
                        !text.trim().is_empty() && !["unknown", "n/a", "none"].contains(&text.to_lowercase().as_str());
                    known.then(|| ((*ours).to_owned(), text))
                });
                let cells = cells.chain([("site".to_owned(), site.to_owned())]).collect();
                rows.push(Row { place: format!("session {}", rows.len() + 1), cells, ..Row::default() });
            }
        }
        Ok(Sheet { kind: &DEVICE, rows })
    }
}

impl Row {
    /// NetBox's cables have no name.
    fn name_cable(&mut self) {
        let cell = |column: &str| {
            let cell = self.cells.iter().find(|(name, _)| name == column);
            cell.map(|(_, text)| text.trim()).filter(|text| !text.is_empty())
        };
        let end = |side: char| Some((cell(&format!("side_{side}_device"))?, cell(&format!("side_{side}_name"))?));
        match (cell("name"), end('a'), end('b')) {
            (None, Some(a), Some(b)) => {
                let name = cable_name(a, b);
                self.cells.push(("name".to_owned(), name));
            }
            (None, _, _) if self.problem.is_none() => {
                let needed = "needs side_a_device, side_a_name, side_b_device and side_b_name";
                self.problem = Some(format!("{needed}, or a name"));
            }
            _ => {}
        }
    }
}

/// `Primary IP4` and `site.name` as names of fields: `primary_ip4`, `site`.
fn column(header: &str) -> String {
    let header = header.trim().to_lowercase().replace([' ', '-'], "_");
    match header.split_once('.') {
        Some((field, "name" | "slug" | "model" | "id" | "address")) => field.to_owned(),
        _ => header,
    }
}

/// A value of YAML as the text of a cell: of a record that is referred to, its name.
fn scalar(value: &Value) -> String {
    match value {
        Value::Array(all) => all.iter().map(scalar).collect::<Vec<_>>().join(","),
        Value::Object(map) => {
            let named = ["name", "model", "slug", "value", "address"].iter().find_map(|key| map.get(*key));
            named.map(scalar).unwrap_or_default()
        }
        other => cell(Some(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(sheet: &Sheet) -> Vec<String> {
        let row = |r: &Row| {
            let cells: Vec<String> = r.cells.iter().map(|(c, v)| format!("{c}={v}")).collect();
            format!(
                "{}: {}{}",
                r.place,
                cells.join(" "),
                r.problem.as_deref().map(|p| format!(" ({p})")).unwrap_or_default()
            )
        };
        sheet.rows.iter().map(row).collect()
    }

    #[test]
    fn csv_yaml_and_json_say_the_same() {
        let csv = Sheet::read(&DEVICE, "a.csv", "Name,Primary IP4,site.name\nleaf-1,10.0.0.1,Fra\n").expect("CSV");
        assert_eq!(rows(&csv), ["line 2: name=leaf-1 primary_ip4=10.0.0.1 site=Fra"]);
        let yaml = "- name: leaf-1\n  primary_ip4: 10.0.0.1\n  site: {name: Fra}\n";
        let yaml = Sheet::read(&DEVICE, "a.yaml", yaml).expect("YAML");
        assert_eq!(rows(&yaml), ["item 1: name=leaf-1 primary_ip4=10.0.0.1 site=Fra"]);
        let json = Sheet::read(&DEVICE, "-", r#"{"devices": [{"name": "leaf-1", "tags": ["a", "b"]}]}"#).expect("JSON");
        assert_eq!(rows(&json), ["item 1: name=leaf-1 tags=a,b"]);
    }

    #[test]
    fn a_row_that_is_cut_is_told_and_so_is_what_is_no_text() {
        let cut = Sheet::read(&DEVICE, "a.csv", "name,address,site\nleaf-1,10.0").expect("CSV");
        assert!(rows(&cut)[0].contains("has 2 of 3 cells"), "{:?}", rows(&cut));
        assert_eq!(text(b"a\nb\0c"), Err("line 2: has a NUL byte, so it is no text".to_owned()));
        assert_eq!(text(b"\xff\xfea\0"), Err("is UTF-16; save it as UTF-8".to_owned()));
        assert_eq!(text(b"a\n\xe4"), Err("line 2: is not UTF-8; save the file as UTF-8".to_owned()));
        assert_eq!(text(b"\xef\xbb\xbfname"), Ok("name"));
    }

    #[test]
    fn sessions_of_a_terminal_are_devices_of_the_site_that_the_folder_is_named_after() {
        let text = "- folder_name: Fra\n  sessions:\n  - display_name: leaf-1\n    host: 10.0.0.1\n    port: 22\n    DeviceType: cisco_ios\n    Model: unknown\n";
        let sheet = Sheet::of_sessions(text).expect("sessions");
        assert_eq!(rows(&sheet), ["session 1: name=leaf-1 address=10.0.0.1 port=22 platform=cisco_ios site=Fra"]);
    }
}
