//! Reports of one's own: rows of facts or of devices with the columns that one wants, or how many there are of what. What
//! is asked for often stands in `config.yaml` under a name.

use std::collections::{BTreeMap, HashMap};

use model::text::shown;
use model::{Device, Timestamp};
use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::actor::Role;
use crate::export::cell;
use crate::{Actor, App, AppError, AppResult, FactQuery};

/// What a report asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnReport {
    /// What it is called by persons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A kind of facts, or `devices`.
    pub of: String,
    /// Only of these, by a selection such as `site=fra,role=leaf`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub devices: Option<String>,
    /// Column and pattern, all of which must hold; `*` and `?` as in file names, `a|b` for either, `!a` for all others.
    #[serde(default, rename = "where", skip_serializing_if = "BTreeMap::is_empty")]
    pub only: BTreeMap<String, String>,
    /// Those that are shown, in this order; all when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Instead of rows, how many there are for each value of these columns, the most first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub count_by: Vec<String>,
}

/// A report that is kept, by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NamedReport {
    pub name: String,
    #[serde(flatten)]
    pub report: OwnReport,
}

/// What a report says.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ReportTable {
    pub title: String,
    pub at: Timestamp,
    pub columns: Vec<String>,
    /// Values by column.
    #[schema(value_type = Vec<Object>)]
    pub rows: Vec<Map<String, Value>>,
}

/// Of the device, beside each of its facts; a column of the fact itself goes first.
const OF_THE_DEVICE: &[&str] = &["site", "role", "platform", "vendor", "model", "os_version", "status"];

impl App {
    /// The reports that `config.yaml` has, by name.
    pub fn own_reports(&self, actor: &Actor) -> AppResult<Vec<NamedReport>> {
        actor.must(Role::Viewer, "see reports")?;
        let named = |(name, report): (&String, &OwnReport)| NamedReport { name: name.clone(), report: report.clone() };
        Ok(self.config.reports.iter().map(named).collect())
    }

    /// A report that is kept under this name.
    pub fn own_report(&self, actor: &Actor, name: &str) -> AppResult<OwnReport> {
        actor.must(Role::Viewer, "see reports")?;
        self.config.reports.get(name).cloned().ok_or_else(|| {
            let known: Vec<&str> = self.config.reports.keys().map(String::as_str).collect();
            let known = if known.is_empty() { "none yet".to_owned() } else { known.join(", ") };
            AppError::Usage(format!("`{}` is no report in config.yaml; there is {known}", shown(name)))
        })
    }

    /// What a report says, now or as it was.
    ///
    /// # Errors
    /// [`AppError::Usage`] for a column that is not there; it names those that are.
    pub async fn report_table(
        &self,
        actor: &Actor,
        report: &OwnReport,
        at: Option<Timestamp>,
    ) -> AppResult<ReportTable> {
        let selection = report.devices.as_deref().filter(|s| !s.trim().is_empty()).unwrap_or("all");
        let devices = self.devices_at(actor, selection, at).await?;
        let (known, rows) = match report.of.trim() {
            "devices" | "device" => (columns_of_devices(), devices.iter().map(of_device).collect()),
            kind => self.rows_of(actor, kind, &devices, at).await?,
        };
        let known_column = |name: &String| match known.iter().find(|c| **c == name.trim()) {
            Some(column) => Ok((*column).to_owned()),
            None => {
                Err(AppError::Usage(format!("`{}` is no column of {}: {}", shown(name), report.of, known.join(", "))))
            }
        };
        let conditions = report.only.iter().map(|(name, pattern)| Ok((known_column(name)?, Condition::of(pattern)?)));
        let conditions: Vec<(String, Condition)> = conditions.collect::<AppResult<_>>()?;
        let mut rows: Vec<Map<String, Value>> = rows;
        rows.retain(|row| conditions.iter().all(|(column, condition)| condition.holds(&cell(row.get(column)))));
        let count_by: Vec<String> = report.count_by.iter().map(known_column).collect::<AppResult<_>>()?;
        let columns: Vec<String> = report.columns.iter().map(known_column).collect::<AppResult<_>>()?;
        let (columns, rows) = match (count_by.is_empty(), columns.is_empty()) {
            (false, _) => counted(count_by, &rows),
            (true, true) => (known.iter().map(|c| (*c).to_owned()).collect(), rows),
            (true, false) => {
                let picked = rows.iter().map(|row| picked(row, &columns)).collect();
                (columns, picked)
            }
        };
        let title = report.title.clone().unwrap_or_else(|| report.of.clone());
        Ok(ReportTable { title, at: at.unwrap_or_else(|| self.now()), columns, rows })
    }

    /// Facts of a kind of these devices, with what is known of the device beside.
    async fn rows_of(
        &self,
        actor: &Actor,
        kind: &str,
        devices: &[Device],
        at: Option<Timestamp>,
    ) -> AppResult<(Vec<&'static str>, Vec<Map<String, Value>>)> {
        let (kind, facts) = self.facts(actor, kind, FactQuery { at, ..FactQuery::all() }).await?;
        let own: Vec<&'static str> = kind.columns.iter().map(|c| c.name).collect();
        let beside = || OF_THE_DEVICE.iter().copied().filter(|c| !own.contains(c));
        let known =
            ["device"].into_iter().chain(own.iter().copied()).chain(beside()).chain(["first_seen", "last_seen"]);
        let by_name: HashMap<&str, Map<String, Value>> =
            devices.iter().map(|d| (d.slug.as_str(), of_device(d))).collect();
        let row = |fact: crate::FactView| {
            let device = by_name.get(fact.device.as_str())?;
            let mut row = Map::from_iter([("device".to_owned(), Value::from(fact.device))]);
            row.extend(fact.values);
            row.extend(beside().map(|c| (c.to_owned(), device.get(c).cloned().unwrap_or_default())));
            let times = [("first_seen", fact.first_seen), ("last_seen", fact.last_seen)];
            row.extend(times.map(|(column, time)| (column.to_owned(), Value::from(time.to_string()))));
            Some(row)
        };
        Ok((known.collect(), facts.into_iter().filter_map(row).collect()))
    }
}

fn columns_of_devices() -> Vec<&'static str> {
    let own = ["name", "address", "port", "serials", "first_seen", "last_seen", "last_captured"];
    own.into_iter().chain(OF_THE_DEVICE.iter().copied()).collect()
}

fn of_device(device: &Device) -> Map<String, Value> {
    let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::from);
    let time = |time: Timestamp| Value::from(time.to_string());
    let values = [
        ("name", Value::from(device.slug.as_str())),
        ("address", device.shown_address().into()),
        ("port", device.port.into()),
        ("serials", device.serials.join(" ").into()),
        ("first_seen", time(device.first_seen)),
        ("last_seen", time(device.last_seen)),
        ("last_captured", device.last_captured.map_or(Value::Null, time)),
        ("site", text(&device.site)),
        ("role", text(&device.role)),
        ("platform", device.platform.as_str().into()),
        ("vendor", device.vendor.as_str().into()),
        ("model", text(&device.model)),
        ("os_version", text(&device.os_version)),
        ("status", device.status.as_str().into()),
    ];
    values.into_iter().map(|(column, value)| (column.to_owned(), value)).collect()
}

fn picked(row: &Map<String, Value>, columns: &[String]) -> Map<String, Value> {
    columns.iter().map(|c| (c.clone(), row.get(c).cloned().unwrap_or_default())).collect()
}

fn counted(by: Vec<String>, rows: &[Map<String, Value>]) -> (Vec<String>, Vec<Map<String, Value>>) {
    let mut counts: BTreeMap<Vec<String>, (Map<String, Value>, u64)> = BTreeMap::new();
    for row in rows {
        let key = by.iter().map(|c| cell(row.get(c))).collect();
        counts.entry(key).or_insert_with(|| (picked(row, &by), 0)).1 += 1;
    }
    let mut counts: Vec<(Map<String, Value>, u64)> = counts.into_values().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let row = |(mut row, count): (Map<String, Value>, u64)| {
        row.insert("count".to_owned(), count.into());
        row
    };
    (by.into_iter().chain(["count".to_owned()]).collect(), counts.into_iter().map(row).collect())
}

/// `up`, `Gi*`, `up|testing`, `!up`; an empty one holds for what is not known.
struct Condition {
    pattern: Regex,
    not: bool,
}

impl Condition {
    fn of(text: &str) -> AppResult<Condition> {
        let text = text.trim();
        let (not, text) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        let one = |word: &str| regex::escape(word.trim()).replace("\\*", ".*").replace("\\?", ".");
        let words: Vec<String> = text.split('|').map(one).collect();
        let pattern = RegexBuilder::new(&format!("^(?:{})$", words.join("|"))).case_insensitive(true).build();
        let pattern = pattern.map_err(|_| AppError::Usage(format!("`{}` is too long a pattern", shown(text))))?;
        Ok(Condition { pattern, not })
    }

    fn holds(&self, cell: &str) -> bool {
        self.pattern.is_match(cell) != self.not
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_a_pattern_for_either_or_for_all_others() {
        let check = |pattern: &str, cell: &str| Condition::of(pattern).is_ok_and(|c| c.holds(cell));
        assert!(check("up", "Up") && !check("up", "updown"));
        assert!(check("Gi*/1", "GigabitEthernet1/0/1") && !check("Gi?", "Gi10"));
        assert!(check("up | testing", "testing") && check("!up", "down") && !check("!up|down", "down"));
        assert!(check("", "") && check("!", "x") && !check("!", ""));
        assert!(check("a.b", "a.b") && !check("a.b", "axb"));
    }

    #[test]
    fn rows_are_counted_by_what_they_have_in_common_the_most_first() {
        let row = |site: &str, status: &str| {
            Map::from_iter([("site".to_owned(), Value::from(site)), ("status".to_owned(), Value::from(status))])
        };
        let rows = [row("fra", "up"), row("ber", "up"), row("fra", "up"), row("fra", "down")];
        let (columns, counts) = counted(vec!["site".into(), "status".into()], &rows);
        assert_eq!(columns, ["site", "status", "count"]);
        let told: Vec<String> =
            counts.iter().map(|r| format!("{} {} {}", r["site"], r["status"], r["count"])).collect();
        assert_eq!(told, [r#""fra" "up" 2"#, r#""ber" "up" 1"#, r#""fra" "down" 1"#]);
    }
}
