//! A recorded case read again: whether what is stored reads as the case says.

use model::platform::Case;
use model::{Capture, Completeness, Value};
use serde_json::{Map, Value as Json};

use std::collections::BTreeSet;

use crate::difference::{CONTEXT, Comparison};
use crate::essence::Filters;
use crate::{Mask, Outcome, Reader, Reading};

impl Reader {
    /// Whether the case reads as recorded; what is different when it does not. A case without `rows.json` is there for
    /// its text.
    pub fn check(&self, case: &Case) -> Result<(), String> {
        let Some(capture_type) = self.platforms.type_of_case(case) else {
            return if case.name.starts_with("fingerprint") {
                Ok(())
            } else {
                Err("its name begins with no capture type".to_owned())
            };
        };
        let output = case.output.as_ref().ok_or("output.txt is missing")?;
        self.check_differences(case, capture_type, output)?;
        let Some(rows) = &case.rows else { return Ok(()) };
        let expected: Vec<Json> = serde_json::from_str(rows).map_err(|e| format!("rows.json: {e}"))?;
        let spec = self.platforms.get(&case.platform).and_then(|p| p.captures.get(capture_type));
        let spec = spec.ok_or_else(|| format!("the platform has no {capture_type}"))?;
        // The answer to any of the type's commands may be the one on record.
        let mut checks = spec.commands.iter().map(|command| {
            same(&self.reading_of(&case.platform, capture_type, command, output), &expected, case.unread)
        });
        let first = checks.next().unwrap_or_else(|| Err(format!("no command is asked for {capture_type}")));
        first.or_else(|reason| if checks.any(|check| check.is_ok()) { Ok(()) } else { Err(reason) })
    }

    /// What a stored answer to a command reads as, when it is whole.
    pub fn reading_of(&self, platform: &str, capture_type: &str, command: &str, output: &str) -> Reading {
        self.read(&Capture {
            capture_type: capture_type.to_owned(),
            command: command.to_owned(),
            platform: platform.to_owned(),
            content: output.as_bytes().to_vec(),
            completeness: Completeness::Complete,
        })
    }
}

impl Reading {
    /// The facts as `rows.json` has them: of each the columns that are not null.
    pub fn rows(&self) -> Vec<Json> {
        let Some(kind) = self.kind else { return Vec::new() };
        let fact = |values: &Vec<Value>| {
            let cells = kind.columns.iter().zip(values).filter(|(_, v)| **v != Value::Null);
            Json::Object(cells.map(|(c, v)| (c.name.to_owned(), v.to_json())).collect::<Map<_, _>>())
        };
        self.facts.iter().map(|f| fact(&f.values)).collect()
    }
}

impl Reader {
    /// `same.txt` differs in noise alone; `changed.txt` in what `diff.txt` says.
    fn check_differences(&self, case: &Case, capture_type: &str, output: &str) -> Result<(), String> {
        let filters = Filters::of(self.platforms, &case.platform, capture_type);
        let mask = self.platforms.get(&case.platform).map(Mask::of).unwrap_or_default();
        let unified = |other: &str| {
            let (old, new) = (filters.essence(output), filters.essence(other));
            Comparison::of(&old, &new, (&mask, &mask)).difference(CONTEXT).unified("before", "after")
        };
        if let Some(difference) = case.same.as_deref().map(unified).filter(|d| !d.is_empty()) {
            return Err(format!("same.txt differs in more than noise:\n{difference}"));
        }
        match (case.changed.as_deref().map(unified), &case.diff) {
            (Some(got), expected) if Some(&got) != expected.as_ref() => Err(format!("diff.txt should be:\n{got}")),
            _ => Ok(()),
        }
    }

    /// The filters of a platform's capture type that leave out nothing in any of its cases.
    pub fn idle_filters(&self, platform: &str, capture_type: &str) -> Vec<String> {
        let filters = Filters::of(self.platforms, platform, capture_type);
        let cases = self.platforms.cases(platform).filter(|c| self.platforms.type_of_case(c) == Some(capture_type));
        let texts = cases.flat_map(|c| c.output.iter().chain(&c.same));
        let seen: BTreeSet<String> = texts
            .flat_map(|text| {
                let essence = filters.essence(text);
                essence.left_out.iter().chain(&essence.put_in_order).map(|l| l.filter.to_string()).collect::<Vec<_>>()
            })
            .collect();
        let shared = self.platforms.capture_type(capture_type).map_or(0, |(_, t)| t.noise.len() + t.noise_parts.len());
        let own = filters.names().skip(shared).filter(|f| !f.starts_with("last_change"));
        own.filter(|f| !seen.contains(f)).collect()
    }
}

fn same(reading: &Reading, expected: &[Json], known: usize) -> Result<(), String> {
    if let Outcome::NotParsed { reason } = &reading.outcome {
        return Err(reason.clone());
    }
    let got = reading.rows();
    if got != expected {
        let lines: Vec<String> = got.iter().map(|fact| format!("  {fact},")).collect();
        return Err(format!("reads {:?}\n{}", reading.outcome, lines.join("\n")));
    }
    let unread = match &reading.outcome {
        Outcome::Partly { unread } => &unread[..],
        _ => &[],
    };
    if unread.len() != known {
        return Err(format!("lines {unread:?} are not read, {known} are known"));
    }
    Ok(())
}
