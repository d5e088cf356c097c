//! Any text, with rules of every kind.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| textfsm_fuzz::text(input));
