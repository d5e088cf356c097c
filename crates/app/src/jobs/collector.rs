//! Jobs out of the database of VelocityCollector; what it filters by is in `dcim.db` beside it.

use std::collections::HashMap;
use std::path::Path;

use model::job::JobHow;
use model::text::shown;
use model::{Protocol, SaveRule};
use serde_json::{Map, Value};
use store::predecessor_tables;

use super::files::FileJob;
use super::legacy::{Legacy, score};
use crate::{App, AppError, AppResult};

type Tables = HashMap<String, Vec<Map<String, Value>>>;

const TABLES: &[&str] = &["jobs", "job_commands", "job_tags", "job_tag_assignments", "credentials"];
const PLACES: &[&str] = &["dcim_platform", "dcim_site", "dcim_device_role"];

impl App {
    /// The jobs in a `collector.db`, and those that cannot be read, with the reason.
    pub(super) async fn read_collector(&self, file: &Path) -> AppResult<(Vec<FileJob>, Vec<String>)> {
        let tables = predecessor_tables(file, TABLES).await?;
        let Some(jobs) = tables.get("jobs") else {
            return Err(AppError::Invalid(format!("{} has no table of jobs", file.display())));
        };
        let beside = file.with_file_name("dcim.db");
        let places = match beside.is_file() {
            true => predecessor_tables(&beside, PLACES).await?,
            false => Tables::new(),
        };
        let (mut read, mut problems) = (Vec::new(), Vec::new());
        for row in jobs {
            let label = text(row, "slug").or_else(|| text(row, "name")).unwrap_or_default();
            let job = legacy(row, &tables, &places).and_then(|legacy| legacy.into_draft(&self.reader.now()));
            let job = job.and_then(|(draft, notes)| {
                let (draft, wrong) = self.examine_job(&draft);
                if wrong.is_empty() { Ok((draft, notes)) } else { Err(wrong.join("; ")) }
            });
            match job {
                Ok((draft, notes)) => {
                    read.push(FileJob { file: file.to_path_buf(), version: "collector.db", draft, notes });
                }
                Err(problem) => problems.push(format!("job `{}`: {problem}", shown(&label))),
            }
        }
        Ok((read, problems))
    }
}

fn text(row: &Map<String, Value>, column: &str) -> Option<String> {
    let value = row.get(column)?;
    let text = value.as_str().map_or_else(|| value.as_i64().map(|n| n.to_string()).unwrap_or_default(), str::to_owned);
    Some(text.trim().to_owned()).filter(|t| !t.is_empty())
}

fn is(row: &Map<String, Value>, column: &str) -> bool {
    row.get(column).and_then(Value::as_i64).is_some_and(|n| n != 0)
}

fn number(row: &Map<String, Value>, column: &str) -> Option<u64> {
    row.get(column).and_then(Value::as_u64).filter(|n| *n > 0)
}

fn rows<'t>(tables: &'t Tables, table: &str, column: &str, id: &Value) -> Vec<&'t Map<String, Value>> {
    let all = tables.get(table).map_or(&[][..], Vec::as_slice);
    all.iter().filter(|row| row.get(column).is_some_and(|v| v == id && !v.is_null())).collect()
}

fn legacy(row: &Map<String, Value>, tables: &Tables, places: &Tables) -> Result<Legacy, String> {
    let id = row.get("id").unwrap_or(&Value::Null);
    if let Some(source) = text(row, "device_filter_source").filter(|s| s != "database") {
        return Err(format!("its devices are from `{}`, not from the inventory", shown(&source)));
    }
    // What it filters by and nobody can tell any more must not be left out: it would ask more devices.
    let place = |column: &str, table: &str, name: &str| match row.get(column).filter(|v| !v.is_null()) {
        None => Ok(None),
        Some(id) => match rows(places, table, "id", id).first().and_then(|row| text(row, name)) {
            Some(name) => Ok(Some(name)),
            None => Err(format!("it filters by {column} {id}, which only dcim.db tells; put it beside the file")),
        },
    };
    let platform = match place("device_filter_platform_id", "dcim_platform", "netmiko_device_type") {
        Ok(platform) => platform,
        Err(_) => place("device_filter_platform_id", "dcim_platform", "slug")?,
    };
    let vendor = text(row, "vendor");
    let mut legacy = Legacy {
        name: text(row, "name"),
        slug: text(row, "slug"),
        description: text(row, "description"),
        enabled: Some(row.get("is_enabled").and_then(Value::as_i64) != Some(0)),
        capture: text(row, "capture_type").ok_or("it has no capture_type")?,
        platforms: platform.iter().cloned().chain(vendor.clone()).collect(),
        vendor,
        paging: text(row, "paging_disable_command"),
        name_pattern: text(row, "device_filter_name_pattern"),
        how: how(row),
        ..Legacy::default()
    };
    legacy.which.platform = platform.into_iter().collect();
    legacy.which.site = place("device_filter_site_id", "dcim_site", "name")?.into_iter().collect();
    legacy.which.role = place("device_filter_role_id", "dcim_device_role", "slug")?.into_iter().collect();
    legacy.which.status = text(row, "device_filter_status").into_iter().collect();
    let output = text(row, "output_directory");
    legacy.commands.extend(text(row, "command").map(|c| (c, output.clone(), text(row, "textfsm_template"))));
    let mut more = rows(tables, "job_commands", "job_id", id);
    more.sort_by_key(|row| row.get("sequence").and_then(Value::as_i64));
    for command in more {
        let own = (text(command, "output_directory"), text(command, "textfsm_template"));
        let line = text(command, "command").filter(|line| legacy.commands.iter().all(|(known, ..)| known != line));
        legacy.commands.extend(line.map(|line| (line, own.0.or(output.clone()), own.1)));
    }
    for given in rows(tables, "job_tag_assignments", "job_id", id) {
        let tag = given.get("tag_id").and_then(|tag| rows(tables, "job_tags", "id", tag).first().copied());
        legacy.tags.extend(tag.and_then(|tag| text(tag, "name")));
    }
    let credential = row.get("credential_id").and_then(|id| rows(tables, "credentials", "id", id).first().copied());
    legacy.how.credentials = credential.and_then(|c| text(c, "name")).into_iter().collect();
    if let Some(cron) = text(row, "schedule_cron").filter(|_| is(row, "schedule_enabled")) {
        legacy.notes.push(format!("it ran by `{}`: velocity schedule add --job SLUG --cron \"{0}\"", shown(&cron)));
    }
    Ok(legacy)
}

fn how(row: &Map<String, Value>) -> JobHow {
    let validates = is(row, "use_textfsm");
    let telnet = text(row, "protocol").is_some_and(|p| p.eq_ignore_ascii_case("telnet"));
    JobHow {
        concurrency: number(row, "max_workers").and_then(|n| u16::try_from(n).ok()),
        timeout: number(row, "timeout_seconds"),
        delay: number(row, "inter_command_delay").map(|n| n.min(60) as f64),
        protocol: telnet.then_some(Protocol::Telnet),
        validate: validates.then(|| score(number(row, "validation_min_score").unwrap_or_default() as f64)),
        save: if validates && is(row, "store_failures") { SaveRule::All } else { SaveRule::Valid },
        ..JobHow::default()
    }
}
