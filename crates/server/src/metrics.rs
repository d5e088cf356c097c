//! Figures for Prometheus: of the network, not of the program.

use std::fmt::Write;

use app::{Count, Figures, InventoryFormat};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::problem::Problem;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(metrics)).routes(routes!(http_sd))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TargetParams {
    /// As `select` of `/api/v1/devices`; all when it is not given.
    select: Option<String>,
}

const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Figures of the network for Prometheus; it holds a token: `authorization: {credentials_file: …}`
#[utoipa::path(get, path = "/metrics", tag = "health",
    responses((status = 200, description = "text format", content_type = "text/plain", body = String)))]
async fn metrics(State(web): State<Web>, By(actor): By) -> Result<Response, Problem> {
    let text = exposition(&web.app.figures(&actor).await?);
    Ok(([(header::CONTENT_TYPE, TEXT)], text).into_response())
}

/// Devices as targets for `http_sd` of Prometheus
#[utoipa::path(get, path = "/api/v1/prometheus/targets", tag = "health", params(TargetParams),
    responses((status = 200, description = "targets", content_type = "application/json", body = Vec<serde_json::Value>)))]
async fn http_sd(
    State(web): State<Web>,
    By(actor): By,
    Query(asked): Query<TargetParams>,
) -> Result<Response, Problem> {
    let select = asked.select.filter(|s| !s.trim().is_empty()).unwrap_or_else(|| "all".to_owned());
    let files = web.app.export_inventory(&actor, &select, InventoryFormat::Prometheus).await?;
    let text = files.into_iter().next().map(|file| file.text).unwrap_or_else(|| "[]".to_owned());
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

struct Text(String);

impl Text {
    fn family(&mut self, name: &str, kind: &str, help: &str, rows: &[(String, f64)]) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (labels, value) in rows {
            let _ = writeln!(self.0, "{name}{labels} {value}");
        }
    }

    fn counts(&mut self, name: &str, label: &str, help: &str, counts: &[Count]) {
        let rows: Vec<_> = counts.iter().map(|c| (labels(&[(label, &c.name)]), c.count as f64)).collect();
        self.family(name, "gauge", help, &rows);
    }
}

fn labels(pairs: &[(&str, &str)]) -> String {
    let escape = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}=\"{}\"", escape(value))).collect();
    format!("{{{}}}", pairs.join(","))
}

fn exposition(f: &Figures) -> String {
    let mut text = Text(String::new());
    text.counts("velocity_devices", "status", "Devices by status.", &f.by_status);
    text.counts("velocity_platform_devices", "platform", "Devices by platform.", &f.by_platform);
    text.counts("velocity_site_devices", "site", "Devices by site.", &f.by_site);
    let one = |value: u64| vec![(String::new(), value as f64)];
    text.family(
        "velocity_devices_with_credential",
        "gauge",
        "Devices on which a credential works.",
        &one(f.with_credential),
    );
    let of_type = |c: &app::CaptureTypeFigure| labels(&[("type", &c.capture_type)]);
    let devices: Vec<_> = f.captures.iter().map(|c| (of_type(c), c.devices as f64)).collect();
    text.family("velocity_captured_devices", "gauge", "Devices with a good capture, by type.", &devices);
    let age = |c: &app::CaptureTypeFigure| (of_type(c), f.at.ms_since(c.newest).max(0) as f64 / 1000.0);
    let ages: Vec<_> = f.captures.iter().map(age).collect();
    text.family("velocity_newest_capture_age_seconds", "gauge", "Age of the newest capture, by type.", &ages);
    let read = |p: &app::ParseFigure| labels(&[("type", &p.capture_type), ("outcome", &p.outcome)]);
    let outcomes: Vec<_> = f.parsing.iter().map(|p| (read(p), p.devices as f64)).collect();
    text.family("velocity_parsed_captures", "gauge", "Latest captures by how reading them went.", &outcomes);
    let lines: Vec<_> = f.parsing.iter().map(|p| (read(p), p.unread_lines as f64)).collect();
    text.family("velocity_unread_lines", "gauge", "Lines of latest captures that no rule read.", &lines);
    text.counts("velocity_changes_last_day", "severity", "Changes detected in the last 24 hours.", &f.changes_day);
    text.counts("velocity_runs", "state", "Runs by state.", &f.runs);
    text.counts("velocity_queue_devices", "state", "Devices of runs that go on, by state.", &f.queue);
    text.counts(
        "velocity_device_credentials",
        "state",
        "Credentials on devices by what came of them last.",
        &f.credentials,
    );
    let failures = one(f.device_login_failures);
    text.family(
        "velocity_device_login_failures",
        "gauge",
        "Log-ins refused by devices since the last success.",
        &failures,
    );
    let refused = one(f.server_login_failures);
    text.family("velocity_server_login_failures_total", "counter", "Log-ins refused by the server.", &refused);
    text.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_cannot_end_itself() {
        assert_eq!(labels(&[("site", "a\"b\\c\nd")]), "{site=\"a\\\"b\\\\c\\nd\"}");
    }
}
