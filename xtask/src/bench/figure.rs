//! Figures beside what they must be and what we aim at, as a table for people and as JSON.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::shell::root;

/// What is wanted of a figure: what it must be, then what we aim at.
#[derive(Clone, Copy)]
pub enum Want {
    AtLeast(f64, f64),
    AtMost(f64, f64),
    /// Shown to be known.
    Nothing,
}

#[derive(Clone)]
struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    want: Want,
    /// Where it was measured several times, all of them from the least on; the value is the one in the middle.
    rounds: Vec<f64>,
}

/// The figures of one run, and a report for each part that says more.
pub struct Figures {
    name: &'static str,
    figures: Vec<Figure>,
    details: serde_json::Map<String, Value>,
}

impl Want {
    fn verdict(self, value: f64) -> &'static str {
        match self {
            Want::AtLeast(_, aim) if value >= aim => "aim reached",
            Want::AtMost(_, aim) if value <= aim => "aim reached",
            Want::AtLeast(must, _) if value >= must => "must reached",
            Want::AtMost(must, _) if value <= must => "must reached",
            Want::Nothing => "",
            Want::AtLeast(..) | Want::AtMost(..) => "MISSED",
        }
    }

    /// Sign, must and aim.
    fn parts(self) -> Option<(&'static str, f64, f64)> {
        match self {
            Want::AtLeast(must, aim) => Some(("≥", must, aim)),
            Want::AtMost(must, aim) => Some(("≤", must, aim)),
            Want::Nothing => None,
        }
    }
}

impl Figure {
    fn is_missed(&self) -> bool {
        self.want.verdict(self.value) == "MISSED"
    }

    fn line(&self) -> String {
        let wanted = self.want.parts().map_or_else(String::new, |(sign, must, aim)| {
            format!("must {sign} {:<8} aim {sign} {:<8}", short(must), short(aim))
        });
        let value = format!("{} {}", short(self.value), self.unit);
        let mut verdict = self.want.verdict(self.value).to_owned();
        if !self.rounds.is_empty() {
            let all: Vec<String> = self.rounds.iter().map(|value| short(*value)).collect();
            verdict.push_str(&format!(" (of {})", all.join(", ")));
        }
        format!("{:<74} {value:>14}   {wanted:<32} {}", self.name, verdict.trim_start()).trim_end().to_owned()
    }

    fn json(&self) -> Value {
        let parts = self.want.parts();
        json!({
            "name": self.name, "value": self.value, "unit": self.unit,
            "must": parts.map(|p| p.1), "aim": parts.map(|p| p.2), "verdict": self.want.verdict(self.value),
            "rounds": self.rounds,
        })
    }
}

impl Figures {
    pub fn new(name: &'static str) -> Figures {
        Figures { name, figures: Vec::new(), details: serde_json::Map::new() }
    }

    /// Shows it at once too: the whole takes long.
    pub fn add(&mut self, name: impl Into<String>, value: f64, unit: &'static str, want: Want) {
        self.put(Figure { name: name.into(), value, unit, want, rounds: Vec::new() });
    }

    fn put(&mut self, figure: Figure) {
        eprintln!("  {}", figure.line());
        self.figures.push(figure);
    }

    /// A part three times over: of each of its figures the one in the middle counts.
    pub fn thrice(&mut self, mut part: impl FnMut(&mut Figures) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let mut rounds = Vec::new();
        for _ in 0..3 {
            let mut round = Figures::new(self.name);
            part(&mut round)?;
            rounds.extend(round.figures);
        }
        while let Some(Figure { name, unit, want, .. }) = rounds.first().cloned() {
            let is_same = |f: &mut Figure| f.name == name && f.unit == unit;
            let mut rounds: Vec<f64> = rounds.extract_if(.., is_same).map(|f| f.value).collect();
            rounds.sort_by(f64::total_cmp);
            self.put(Figure { name, value: rounds[rounds.len() / 2], unit, want, rounds });
        }
        Ok(())
    }

    /// What goes into the JSON besides.
    pub fn detail(&mut self, name: &str, value: Value) {
        self.details.insert(name.to_owned(), value);
    }

    /// An error when a figure is not what it must be.
    pub fn show_and_keep(&self) -> anyhow::Result<()> {
        println!();
        self.figures.iter().for_each(|figure| println!("{}", figure.line()));
        let figures: Vec<Value> = self.figures.iter().map(Figure::json).collect();
        keep(&file(self.name), &json!({ "figures": figures, "details": self.details }))?;
        let missed: Vec<&str> = self.figures.iter().filter(|f| f.is_missed()).map(|f| f.name.as_str()).collect();
        ensure!(missed.is_empty(), "not what it must be: {}", missed.join("; "));
        Ok(())
    }
}

/// Where the figures of a bench are kept.
pub fn file(name: &str) -> PathBuf {
    root().join("target/bench").join(name).with_extension("json")
}

pub fn keep(file: &Path, value: &Value) -> anyhow::Result<()> {
    let folder = file.parent().context("a file without a folder")?;
    std::fs::create_dir_all(folder)?;
    std::fs::write(file, serde_json::to_string_pretty(value)?)?;
    println!("written to {}", file.display());
    Ok(())
}

/// Three digits that say something.
fn short(value: f64) -> String {
    let decimals = if value.fract() == 0.0 || value.abs() >= 100.0 { 0 } else { 2 };
    format!("{value:.decimals$}")
}
