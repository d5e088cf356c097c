//! The report as one page: nothing is fetched, every text is escaped, and it is dark where the reader's system is.

use std::fmt::Write;

use super::{CoverageReport, CoverageState, DeviceCoverage, TypeCoverage};

const STYLE: &str = "
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--dim:#59636e;--line:#d1d9e0;--head:#f3f5f7;
--ok:#1a7f37;--okbg:#dafbe1;--warn:#7d4e00;--warnbg:#fff3c4;--bad:#b3261e;--badbg:#ffe2e0;--none:#eceff2}
@media(prefers-color-scheme:dark){:root{--bg:#14181d;--fg:#e6e9ec;--dim:#9aa4ae;--line:#30373f;--head:#1c2229;
--ok:#7ee2a0;--okbg:#153a22;--warn:#f2cc60;--warnbg:#43350b;--bad:#ff9d94;--badbg:#4d1a17;--none:#22282f}}
*{box-sizing:border-box}body{margin:0 auto;padding:1.5rem;max-width:110rem;background:var(--bg);color:var(--fg);font:15px/1.45 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}p{margin:.25rem 0;color:var(--dim)}
.cards{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.25rem 0}.card{border:1px solid var(--line);border-radius:8px;padding:.6rem 1rem;min-width:8rem}
.card b{display:block;font-size:1.4rem}.card span{color:var(--dim)}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem}th,td{padding:.3rem .55rem;border-bottom:1px solid var(--line);text-align:left;white-space:nowrap}
thead th{background:var(--head)}tbody th{font-weight:600}.n{text-align:right;font-variant-numeric:tabular-nums}
.ok{background:var(--okbg);color:var(--ok)}.warn{background:var(--warnbg);color:var(--warn)}.bad{background:var(--badbg);color:var(--bad)}.none{background:var(--none);color:var(--dim)}
.matrix td{text-align:center;border:1px solid var(--bg)}.matrix tbody th:first-child,.matrix thead th:first-child{position:sticky;left:0;background:var(--bg);z-index:1}
.matrix thead th{vertical-align:bottom}.matrix .up{writing-mode:vertical-rl;transform:rotate(180deg);padding:.5rem .3rem;font-weight:500}.why{white-space:normal;min-width:20rem}
.bar{display:inline-block;width:6rem;height:.6rem;border-radius:3px;background:var(--none);vertical-align:middle;overflow:hidden}.bar i{display:block;height:100%;background:var(--ok)}
@media print{body{padding:0}.scroll{overflow:visible}}";

pub(super) fn page(report: &CoverageReport) -> String {
    let mut out = String::with_capacity(64 * 1024);
    let at = text(&report.at.to_string());
    out.push_str("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    );
    put(&mut out, format_args!("<title>Coverage, {at}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"));
    put(
        &mut out,
        format_args!("<h1>Coverage</h1>\n<p>{at}. Covered is what was read, or what the device says is empty.</p>\n"),
    );
    cards(&mut out, report);
    types(&mut out, &report.types);
    matrix(&mut out, report);
    gaps(&mut out, report);
    out.push_str("</body>\n</html>\n");
    out
}

fn cards(out: &mut String, report: &CoverageReport) {
    out.push_str("<div class=\"cards\">");
    let mut card = |value: String, what: &str| {
        put(out, format_args!("<div class=\"card\"><b>{value}</b><span>{what}</span></div>"));
    };
    card(share(report.percent), "covered");
    card(report.devices_total.to_string(), "devices");
    card(report.sites_total.to_string(), "sites");
    card(report.types.len().to_string(), "capture types");
    card(report.captures_total.to_string(), "captures");
    card(size(report.size), "of text");
    out.push_str("</div>\n<div class=\"cards\">");
    for state in CoverageState::ALL {
        let n = report.states.get(state.as_str()).copied().unwrap_or_default();
        if n > 0 {
            put(out, format_args!("<div class=\"card {}\"><b>{n}</b>{}</div>", class(state), words(state)));
        }
    }
    out.push_str("</div>\n");
}

fn types(out: &mut String, types: &[TypeCoverage]) {
    out.push_str("<h2>By capture type</h2>\n<div class=\"scroll\"><table><thead><tr><th>Type</th><th>What it is</th>");
    for head in ["Devices", "Covered", "Rows", "Size"] {
        put(out, format_args!("<th class=\"n\">{head}</th>"));
    }
    out.push_str("<th>Coverage</th><th>Oldest, UTC</th><th>Newest, UTC</th></tr></thead><tbody>\n");
    for t in types {
        put(out, format_args!("<tr><th>{}</th><td>{}</td>", text(&t.capture_type), text(&t.title)));
        for n in [t.expected.to_string(), t.covered.to_string(), t.rows.to_string(), size(t.size)] {
            put(out, format_args!("<td class=\"n\">{n}</td>"));
        }
        let width = t.percent.unwrap_or_default();
        put(
            out,
            format_args!(
                "<td><span class=\"bar\"><i style=\"width:{width}%\"></i></span> {}</td>{}{}</tr>\n",
                share(t.percent),
                time(t.oldest),
                time(t.newest)
            ),
        );
    }
    out.push_str("</tbody></table></div>\n");
}

/// A cell to the minute; to the second for whoever points at it.
fn time(at: Option<model::Timestamp>) -> String {
    let Some(at) = at.map(|at| at.to_string()) else { return "<td>-</td>".to_owned() };
    let minute = at.get(..16).unwrap_or(&at).replace('T', " ");
    format!("<td title=\"{}\">{}</td>", text(&at), text(&minute))
}

fn matrix(out: &mut String, report: &CoverageReport) {
    out.push_str("<h2>By device</h2>\n<div class=\"scroll\"><table class=\"matrix\"><thead><tr><th>Device</th><th>Site</th><th>Platform</th>");
    for t in &report.types {
        put(out, format_args!("<th class=\"up\">{}</th>", text(&t.capture_type)));
    }
    out.push_str("</tr></thead><tbody>\n");
    report.devices.iter().for_each(|device| row(out, device));
    out.push_str("</tbody></table></div>\n");
}

fn row(out: &mut String, device: &DeviceCoverage) {
    let site = device.site.as_deref().unwrap_or("-");
    put(
        out,
        format_args!("<tr><th>{}</th><th>{}</th><th>{}</th>", text(&device.device), text(site), text(&device.platform)),
    );
    for cell in &device.cells {
        let shown = match cell.state {
            CoverageState::Rows | CoverageState::Partly => cell.rows.to_string(),
            CoverageState::Unsupported => "–".to_owned(),
            CoverageState::Text => "✓".to_owned(),
            CoverageState::Empty => "0".to_owned(),
            state => words(state).to_owned(),
        };
        let mut why = words(cell.state).to_owned();
        if let Some(reason) = &cell.reason {
            why = format!("{why}: {reason}");
        }
        put(out, format_args!("<td class=\"{}\" title=\"{}\">{shown}</td>", class(cell.state), text(&why)));
    }
    out.push_str("</tr>\n");
}

fn gaps(out: &mut String, report: &CoverageReport) {
    if report.gaps().next().is_none() {
        return;
    }
    out.push_str("<h2>What is missing, and why</h2>\n<div class=\"scroll\"><table><thead><tr><th>Device</th><th>Type</th><th>State</th><th>Why</th></tr></thead><tbody>\n");
    for (device, cell) in report.gaps() {
        let reason = cell.reason.as_deref().unwrap_or_default();
        put(
            out,
            format_args!(
                "<tr><th>{}</th><td>{}</td><td class=\"{}\">{}</td><td class=\"why\">{}</td></tr>\n",
                text(&device.device),
                text(&cell.capture_type),
                class(cell.state),
                words(cell.state),
                text(reason)
            ),
        );
    }
    out.push_str("</tbody></table></div>\n");
}

fn class(state: CoverageState) -> &'static str {
    match state {
        CoverageState::Rows | CoverageState::Empty | CoverageState::Text => "ok",
        CoverageState::Partly | CoverageState::NotLoaded => "warn",
        CoverageState::NotParsed | CoverageState::Cut | CoverageState::Refused | CoverageState::Missing => "bad",
        CoverageState::Unsupported => "none",
    }
}

fn words(state: CoverageState) -> &'static str {
    match state {
        CoverageState::Rows => "rows read",
        CoverageState::Partly => "partly read",
        CoverageState::Empty => "empty",
        CoverageState::Text => "kept",
        CoverageState::NotLoaded => "not loaded",
        CoverageState::NotParsed => "not parsed",
        CoverageState::Cut => "cut",
        CoverageState::Refused => "refused",
        CoverageState::Missing => "missing",
        CoverageState::Unsupported => "not on this platform",
    }
}

fn share(percent: Option<f64>) -> String {
    percent.map_or_else(|| "-".to_owned(), |p| format!("{p} %"))
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} B"),
        10_000..10_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

/// Of a device or a file: made harmless for whoever reads it, then for the page.
fn text(hostile: &str) -> String {
    let mut out = String::with_capacity(hostile.len());
    for c in model::text::shown(hostile).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    // A String takes all.
    let _ = out.write_fmt(what);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_device_said_is_no_markup() {
        assert_eq!(text("<b a=\"1\">&'\u{202e}"), "&lt;b a=&quot;1&quot;&gt;&amp;&#39;\\u{202e}");
    }
}
