//! What the fuzzers begin with, and what they once found.

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::fs;
use std::path::Path;

fn each(folder: &str, check: impl Fn(&str)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(folder);
    let files: Vec<_> = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    assert!(!files.is_empty());
    for file in files {
        println!("{}", file.display()); // Shown when it fails.
        check(&String::from_utf8_lossy(&fs::read(file).expect("a seed")));
    }
}

#[test]
fn templates() {
    each("template", fuzz::template_and_text);
}

#[test]
fn texts() {
    each("text", fuzz::text);
}
