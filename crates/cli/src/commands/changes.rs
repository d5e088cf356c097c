//! `velocity changes list | show | explain | rules`

use std::process::ExitCode;

use app::{
    ChangeQuery, ChangeView, Explained, Explanation, FactExplanation, FilterView, LineView, SeverityRuleView,
    TextExplanation,
};
use model::fact::WATCHED;
use model::text::shown;
use model::{ChangeId, ChangeKind, ChangedThing, Severity, Timestamp};

use crate::context::Context;
use crate::output::Out;
use crate::when::{both, when};

#[derive(clap::Subcommand)]
pub enum Args {
    /// Newest first
    List(List),
    /// One change with its diff
    Show {
        /// Its number in the list
        id: i64,
        /// The lines of the captures that prove it, before and after
        #[arg(long)]
        evidence: bool,
    },
    /// What was compared, and what was left out as noise, by which filter
    Explain {
        /// Its number in the list
        id: i64,
    },
    /// By which rules the severity is found, in their order
    Rules,
}

#[derive(clap::Args)]
pub struct List {
    /// Only of these: a name, or a selection such as `site=usa,role=core`
    #[arg(long = "device", alias = "devices", value_name = "DEVICES")]
    devices: Option<String>,
    /// config, version, inventory, or a kind of facts: neighbors, routes, interfaces, mac, arp …
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<ChangeKind>,
    /// At least so severe: minor, moderate, critical
    #[arg(long)]
    severity: Option<Severity>,
    /// Made by this user, as the device says
    #[arg(long, value_name = "USER")]
    by: Option<String>,
    /// Detected at or after: 2026-11-20, `2h ago`, `yesterday`
    #[arg(long, value_name = "TIME", value_parser = when)]
    since: Option<Timestamp>,
    /// Detected before
    #[arg(long, value_name = "TIME", value_parser = when)]
    until: Option<Timestamp>,
    /// Each by itself, also what came of another one: the routes of a port that went down
    #[arg(long)]
    all: bool,
    /// So many at most
    #[arg(long, default_value_t = 100)]
    limit: u32,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List(list) => {
            let List { devices, kind, severity, by, since, until, all: each, limit } = list;
            let query = ChangeQuery { devices, kind, severity, by, since, until, before: None, each, limit };
            listed(&cx.app.changes(&cx.actor, query).await?, cx.out)?;
        }
        Args::Show { id, evidence } => {
            let change = cx.app.change(&cx.actor, ChangeId(id)).await?;
            match cx.out.json {
                true => cx.out.json(&change)?,
                false => show(&change, evidence, cx).await?,
            }
        }
        Args::Explain { id } => {
            let explanation = cx.app.explain_change(&cx.actor, ChangeId(id)).await?;
            match cx.out.json {
                true => cx.out.json(&explanation)?,
                false => explain(&explanation, cx.out)?,
            }
        }
        Args::Rules => {
            let rules = cx.app.severity_rules(&cx.actor)?;
            let row = |r: &SeverityRuleView| {
                let severity = r.rule.severity.map_or_else(|| "not told".to_owned(), |severity| severity.to_string());
                vec![r.number.to_string(), severity, r.fits.clone(), r.from.to_owned()]
            };
            cx.out.list(&rules, &["no", "severity", "fits", "from"], row, "there are no rules")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn listed(changes: &[ChangeView], out: Out) -> anyhow::Result<()> {
    let row = |c: &ChangeView| {
        let (kind, severity) = (c.kind.to_string(), c.severity.to_string());
        let by = c.by.as_ref().and_then(|a| a.user.clone()).unwrap_or_default();
        let detected = c.detected_at.to_string();
        vec![c.id.to_string(), detected, c.device.clone(), kind, severity, by, c.summary.clone(), with_it(c)]
    };
    let header = ["id", "detected", "device", "type", "severity", "by", "summary", "with it"];
    out.list(changes, &header, row, "no changes; collect twice to see what changed")
}

/// `+9 routes, 1 neighbor`: what came of it.
fn with_it(c: &ChangeView) -> String {
    let called = |(kind, count): (&String, &u32)| {
        let watch = WATCHED.iter().find(|watch| watch.fact == kind);
        let called = watch.map_or_else(|| kind.clone(), |watch| watch.called(*count as usize));
        format!("{count} {called}")
    };
    let parts: Vec<String> = c.caused.iter().map(called).collect();
    if parts.is_empty() { String::new() } else { format!("+{}", parts.join(", ")) }
}

async fn show(c: &ChangeView, evidence: bool, cx: &Context) -> anyhow::Result<()> {
    let detected = both(c.detected_at);
    cx.out.line(format!("{detected} {}: {} ({}): {}", shown(&c.device), c.kind, c.severity, shown(&c.summary)))?;
    if let Some(author) = &c.by {
        let by = author.user.as_ref().map(|u| format!(" by {}", shown(u))).unwrap_or_default();
        let at = author.at.as_ref().map(|at| format!(" at {}", shown(at))).unwrap_or_default();
        cx.out.line(format!("the device says: changed{by}{at}"))?;
    }
    if let Some(cause) = c.cause {
        cx.out.line(format!("it came of change {cause}: velocity changes show {cause}"))?;
    }
    cx.out.text(&c.diff)?;
    for (n, effect) in c.effects.iter().enumerate() {
        if n == 0 {
            cx.out.line("\nwhat came of it:")?;
        }
        cx.out.line(format!("{:>6}  {}: {}", effect.id, effect.kind, shown(&effect.summary)))?;
    }
    if evidence {
        for thing in &c.things {
            for (side, proof) in [("before", &thing.old), ("after", &thing.new)] {
                let Some(proof) = proof else { continue };
                prove(thing, side, proof, cx).await?;
            }
        }
    }
    Ok(())
}

async fn prove(thing: &ChangedThing, side: &str, proof: &model::Evidence, cx: &Context) -> anyhow::Result<()> {
    let subject = shown(&thing.subject);
    match cx.app.proof_of(&cx.actor, proof).await {
        Ok(lines) => {
            cx.out.line(format!(
                "\n{subject} {side}: capture {} ({}) line {}:",
                proof.capture, proof.capture_type, proof.first_line
            ))?;
            cx.out.text(&lines)
        }
        Err(error) => cx.out.line(format!("\n{subject} {side}: {}", shown(&error.to_string()))),
    }
}

fn explain(e: &Explanation, out: Out) -> anyhow::Result<()> {
    let c = &e.change;
    out.line(format!("{} {}: {} ({})", both(c.detected_at), shown(&c.device), shown(&c.summary), c.severity))?;
    match &e.of {
        Explained::Text(text) => explain_text(text, out),
        Explained::Facts(facts) => explain_facts(facts, c, out),
    }
}

fn explain_text(e: &TextExplanation, out: Out) -> anyhow::Result<()> {
    let side = |capture: &app::CaptureView, lines: usize| {
        format!("capture {} of {}, {lines} lines compared", capture.id, capture.first_seen)
    };
    out.line(format!("before: {}", side(&e.before, e.compared.0)))?;
    out.line(format!("after:  {}", side(&e.after, e.compared.1)))?;
    if e.filters.is_empty() {
        out.line("nothing was left out")?;
    }
    for FilterView { filter, before, after } in &e.filters {
        let what = if filter.starts_with("unordered") { "compared in another order" } else { "left out" };
        out.line(format!("\n{what} by {}:", shown(filter)))?;
        for (mark, lines) in [('-', before), ('+', after)] {
            for LineView { line, text } in lines {
                out.line(format!("{mark} {line:>5}  {}", shown(text)))?;
            }
        }
    }
    Ok(())
}

fn explain_facts(e: &FactExplanation, c: &ChangeView, out: Out) -> anyhow::Result<()> {
    let told = |columns: &[&str]| if columns.is_empty() { "nothing".to_owned() } else { columns.join(", ") };
    out.line(format!("the same thing by:  {}", told(&e.same_by)))?;
    out.line(format!("compared:           {}", told(&e.compared)))?;
    out.line(format!("not compared:       {}", told(&e.not_compared)))?;
    if !e.comes_and_goes {
        out.line("what comes and goes is not told")?;
    }
    if let Some(rule) = &e.rule {
        out.line(format!("severity by rule    {rule}"))?;
    }
    if let Some(cause) = c.cause {
        out.line(format!("it came of change   {cause}"))?;
    }
    if !c.effects.is_empty() {
        let worst = c.effects.iter().map(|e| e.severity).max().unwrap_or(c.severity);
        out.line(format!("came of it          {} changes, the worst {worst}", c.effects.len()))?;
    }
    for thing in &e.things {
        out.line(format!("\n{}", shown(&thing.subject)))?;
        for missing in &thing.missing {
            out.line(format!("  {}", shown(missing)))?;
        }
        for cell in &thing.cells {
            let part = if cell.counts { "" } else { "   (left out)" };
            out.line(format!("  {}: {} -> {}{part}", cell.column, shown(&cell.before), shown(&cell.after)))?;
        }
    }
    Ok(())
}
