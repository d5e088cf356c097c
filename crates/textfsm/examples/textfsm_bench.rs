//! Times the engine on cases, one JSON object for each line of a file, in the CPU time of this thread.
//!
//! `textfsm_bench CASES ROUNDS` prints one JSON object: `cold` (compile and parse all once, ns), `warm` (parse all,
//! the best of the rounds, ns), `slowest` (the slowest single parse when warm, ns, and its case), `bytes`.
//! `tests/python/bench.py` runs it beside Python.

use std::collections::HashMap;
use std::{env, fs, io};

use serde_json::{Value, json};
use textfsm::Template;

/// CPU time of this thread in nanoseconds.
fn now() -> u64 {
    cpu_time::ThreadTime::now().as_duration().as_nanos() as u64
}

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let cases = fs::read_to_string(arguments.next().unwrap_or_default())?;
    let rounds = arguments.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(5);
    let cases: Vec<Value> = cases.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let cases: Vec<(&str, &str)> = cases.iter().map(|case| (text(case, "template"), text(case, "text"))).collect();
    let start = now();
    let mut templates = HashMap::new();
    let mut rows = 0;
    for (source, text) in &cases {
        let template = templates.entry(*source).or_insert_with(|| Template::compile(source).map_err(io::Error::other));
        rows += template.as_ref().map_or(0, |template| template.parse(text).map_or(0, |parsed| parsed.records().len()));
    }
    let cold = now() - start;
    let mut best = u64::MAX;
    let mut slowest = vec![u64::MAX; cases.len()];
    for _ in 0..rounds {
        let mut total = 0;
        for ((source, text), slowest) in cases.iter().zip(&mut slowest) {
            let Some(Ok(template)) = templates.get(source) else { continue };
            let start = now();
            std::hint::black_box(template.parse(text)).ok();
            let time = now() - start;
            total += time;
            *slowest = time.min(*slowest);
        }
        best = best.min(total);
    }
    let start = now();
    for _ in 0..cases.len() {
        std::hint::black_box(now());
    }
    let clock = now() - start;
    if env::var_os("TOP").is_some() {
        let mut order: Vec<usize> = (0..cases.len()).collect();
        order.sort_by_key(|&case| std::cmp::Reverse(slowest[case]));
        for case in order.into_iter().take(15) {
            eprintln!("case {case}: {} us, {} bytes", slowest[case] / 1000, cases[case].1.len());
        }
    }
    let worst = (0..cases.len()).max_by_key(|&case| slowest[case]).unwrap_or_default();
    let bytes: usize = cases.iter().map(|(_, text)| text.len()).sum();
    let result = json!({
        "cold": cold, "warm": best.saturating_sub(clock), "rows": rows, "bytes": bytes, "cases": cases.len(),
        "slowest": slowest.get(worst), "slowest_case": worst,
    });
    println!("{result}");
    Ok(())
}

fn text<'c>(case: &'c Value, key: &str) -> &'c str {
    case[key].as_str().unwrap_or_default()
}
