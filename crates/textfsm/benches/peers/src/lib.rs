//! The frame of a peer's measurement: the same arguments and figures as the example `textfsm_bench`.

use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};
use std::{env, fs};

use serde_json::{Value, json};

fn now() -> u64 {
    cpu_time::ThreadTime::now().as_duration().as_nanos() as u64
}

/// Measures a peer: how it compiles a template, and how it parses a text with one into some rows.
pub fn run<T>(compile: impl Fn(&str) -> Option<T>, parse: impl Fn(&mut T, &str) -> usize) {
    let arguments: Vec<String> = env::args().collect();
    let cases = fs::read_to_string(&arguments[1]).expect("a file of cases");
    let rounds: usize = arguments[2].parse().expect("a number of rounds");
    let cases: Vec<Value> = cases.lines().map(|line| serde_json::from_str(line).expect("a case")).collect();
    let cases: Vec<(&str, &str)> =
        cases.iter().map(|case| (case["template"].as_str().unwrap_or(""), case["text"].as_str().unwrap_or(""))).collect();
    panic::set_hook(Box::new(|_| {}));
    let parse = |template: &mut T, text: &str| panic::catch_unwind(AssertUnwindSafe(|| parse(template, text))).unwrap_or(0);
    let compile = |source: &str| panic::catch_unwind(AssertUnwindSafe(|| compile(source))).ok().flatten();
    let start = now();
    let mut templates = HashMap::new();
    let mut rows = 0;
    for (source, text) in &cases {
        let template = templates.entry(*source).or_insert_with(|| compile(source));
        rows += template.as_mut().map_or(0, |template| parse(template, text));
    }
    let cold = now() - start;
    let mut warm = u64::MAX;
    for _ in 0..rounds {
        let start = now();
        for (source, text) in &cases {
            if let Some(Some(template)) = templates.get_mut(source) {
                std::hint::black_box(parse(template, text));
            }
        }
        warm = warm.min(now() - start);
    }
    let bytes: usize = cases.iter().map(|(_, text)| text.len()).sum();
    println!("{}", json!({ "cold": cold, "warm": warm, "rows": rows, "bytes": bytes, "cases": cases.len() }));
}
