//! A new platform file is seen without `cargo clean`.

fn main() {
    println!("cargo::rerun-if-changed=../../platforms");
}
