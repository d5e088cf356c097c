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

struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    want: Want,
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
        format!("{:<74} {value:>14}   {wanted:<32} {}", self.name, self.want.verdict(self.value)).trim_end().to_owned()
    }

    fn json(&self) -> Value {
        let parts = self.want.parts();
        json!({
            "name": self.name, "value": self.value, "unit": self.unit,
            "must": parts.map(|p| p.1), "aim": parts.map(|p| p.2), "verdict": self.want.verdict(self.value),
        })
    }
}

impl Figures {
    pub fn new(name: &'static str) -> Figures {
        Figures { name, figures: Vec::new(), details: serde_json::Map::new() }
    }

    /// Shows it at once too: the whole takes long.
    pub fn add(&mut self, name: impl Into<String>, value: f64, unit: &'static str, want: Want) {
        let figure = Figure { name: name.into(), value, unit, want };
        eprintln!("  {}", figure.line());
        self.figures.push(figure);
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
