//! Any template, with any text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| textfsm_fuzz::template_and_text(input));
