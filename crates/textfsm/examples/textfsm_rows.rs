//! Reads cases, one JSON object for each line of standard input, and prints what they give, one for each.
//!
//! In: `{"template": "..", "text": ".."}`. Out: `{"fields": [..], "rows": [[..]]}`, or `{"template_error": ".."}`
//! or `{"parse_error": ".."}`. Python's rows are compared with it by `tests/python/differential.py`.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};

use serde_json::{Value, json};
use textfsm::Template;

fn main() -> io::Result<()> {
    let mut templates = HashMap::new();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let case: Value = serde_json::from_str(&line?)?;
        let source = case["template"].as_str().unwrap_or_default().to_owned();
        let template = templates.entry(source).or_insert_with_key(|source| Template::compile(source));
        writeln!(out, "{}", rows(template, case["text"].as_str().unwrap_or_default()))?;
    }
    out.flush()
}

fn rows(template: &Result<Template, textfsm::TemplateError>, text: &str) -> Value {
    let template = match template {
        Ok(template) => template,
        Err(error) => return json!({ "template_error": error.to_string() }),
    };
    match template.parse(text) {
        Err(error) => json!({ "parse_error": error.to_string() }),
        Ok(parsed) => {
            let rows = parsed.records().map(|row| row.values().map(textfsm::Value::to_json).collect());
            let rows: Vec<Value> = rows.collect();
            let fields: Vec<&str> = template.fields().iter().map(|field| field.name.as_str()).collect();
            json!({ "fields": fields, "rows": rows })
        }
    }
}
