//! Tables as files: CSV that no spreadsheet runs, JSON, NDJSON.

mod inventory;
mod repository;

use model::{Device, Timestamp};
use serde_json::Value;

pub use inventory::{ExportFile, InventoryFormat};
pub use repository::RepositoryReport;

use crate::{Actor, App, AppResult, FactQuery, ReportTable};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    Csv,
    Json,
    Ndjson,
}

impl App {
    /// The inventory, with the columns that its own import reads first.
    pub async fn export_devices(&self, actor: &Actor, format: TableFormat, at: Option<Timestamp>) -> AppResult<String> {
        let devices = self.devices_at(actor, "all", at).await?;
        let header = [
            "name",
            "primary_ip4",
            "platform",
            "site",
            "role",
            "status",
            "vendor",
            "model",
            "os_version",
            "serial",
            "port",
        ];
        let row = |d: &Device| {
            let text = |t: &Option<String>| t.clone().unwrap_or_default();
            let known =
                [text(&d.site), text(&d.role), d.status.clone(), d.vendor.clone(), text(&d.model), text(&d.os_version)];
            let mut row = vec![d.name.clone(), d.address.to_string(), d.platform.clone()];
            row.extend(known);
            row.extend([d.serials.join(" "), d.port.to_string()]);
            row
        };
        let json: Vec<Value> = devices.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
        table(format, &header, devices.iter().map(row), &json)
    }

    /// Facts of a kind.
    pub async fn export_facts(
        &self,
        actor: &Actor,
        kind: &str,
        query: FactQuery,
        format: TableFormat,
    ) -> AppResult<String> {
        let (kind, facts) = self.facts(actor, kind, query).await?;
        let columns: Vec<&str> = kind.columns.iter().map(|c| c.name).collect();
        let header = [&["device"][..], &columns, &["first_seen", "last_seen"]].concat();
        let rows = facts.iter().map(|f| {
            let cells = columns.iter().map(|c| cell(f.values.get(*c)));
            [f.device.clone()]
                .into_iter()
                .chain(cells)
                .chain([f.first_seen.to_string(), f.last_seen.to_string()])
                .collect()
        });
        let json: Vec<Value> = facts.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
        table(format, &header, rows, &json)
    }
}

impl ReportTable {
    /// As a file.
    pub fn write(&self, format: TableFormat) -> AppResult<String> {
        let header: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let row = |row: &serde_json::Map<String, Value>| header.iter().map(|c| cell(row.get(*c))).collect();
        let json: Vec<Value> = self.rows.iter().cloned().map(Value::Object).collect();
        table(format, &header, self.rows.iter().map(row), &json)
    }
}

pub(crate) fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn table(
    format: TableFormat,
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    json: &[Value],
) -> AppResult<String> {
    Ok(match format {
        TableFormat::Csv => {
            let mut text = header.join(",") + "\r\n";
            for row in rows {
                text += &row.iter().map(|c| csv(c)).collect::<Vec<_>>().join(",");
                text += "\r\n";
            }
            text
        }
        TableFormat::Json => serde_json::to_string_pretty(json)? + "\n",
        TableFormat::Ndjson => json.iter().map(|v| format!("{v}\n")).collect(),
    })
}

/// RFC 4180; a text that a spreadsheet would run as a formula gets a quote before it.
pub(crate) fn csv(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '@', '\t', '\r'])
        || (cell.starts_with('-') && cell.len() > 1 && cell.parse::<f64>().is_err());
    let text = if runs { format!("'{cell}") } else { cell.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn a_cell_is_quoted_and_a_formula_does_not_run() {
        assert_eq!(csv("a,b"), "\"a,b\"");
        assert_eq!(csv("say \"x\""), "\"say \"\"x\"\"\"");
        assert_eq!(csv("=cmd()"), "'=cmd()");
        assert_eq!((csv("-5").as_str(), csv("-").as_str()), ("-5", "-"));
    }
}
