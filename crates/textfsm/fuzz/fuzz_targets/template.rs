//! Any template: refused or read, and then used on a text made of its own source.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    if let Ok(template) = textfsm::Template::compile(source) {
        template.parse(source).ok();
        template.weigh(source).ok();
    }
});
