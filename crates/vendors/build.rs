//! Brings in the registry of the IEEE, as the pinned release of netaddr (BSD licence) has it, and packs it: for each maker
//! its six digits in order, and where its name is.
//!
//! The registry is never part of our sources. It is looked for in `VELOCITY_NETADDR` (the path of the wheel), then under
//! the target directory, and fetched there once when it is in neither.

#[path = "../templates/build/pinned.rs"]
mod pinned;

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};
use std::path::Path;
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use pinned::Pinned;

const REGISTRY: Pinned = Pinned {
    package: "netaddr",
    version: "1.3.0",
    sha256: "c2c6a8ebe5554ce33b7d5b3a306b71bbb373e000bbbf2350dd5213cc56e3dbbe",
    variable: "VELOCITY_NETADDR",
};
const FILE: &str = "netaddr/eui/oui.txt";

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../templates/build/pinned.rs");
    let out = env::var("OUT_DIR").context("cargo sets OUT_DIR")?;
    let out = Path::new(&out);
    let mut wheel = zip::ZipArchive::new(Cursor::new(REGISTRY.find(out)?)).context("the wheel is no archive")?;
    let mut text = Vec::new();
    wheel.by_name(FILE).context("the wheel has no registry")?.read_to_end(&mut text)?;
    let makers = makers(&String::from_utf8_lossy(&text));
    ensure!(makers.len() > 30_000, "only {} makers are in the registry", makers.len());
    let (mut table, mut names, mut places) = (Vec::new(), Vec::new(), HashMap::new());
    for (digits, name) in makers {
        let place = *places.entry(name.clone()).or_insert_with(|| {
            let place = names.len() as u32;
            // Sixty characters at most.
            names.push(name.len() as u8);
            names.extend(name.bytes());
            place
        });
        table.extend(digits);
        table.extend(&place.to_be_bytes()[1..]);
    }
    ensure!(names.len() < 1 << 24, "the names take more than three bytes can say");
    fs::write(out.join("makers"), table).context("cannot write the makers")?;
    fs::write(out.join("names"), names).context("cannot write their names")
}

/// `10E992     (base 16)\t\tINGRAM MICRO SERVICES`
fn makers(text: &str) -> BTreeMap<[u8; 3], String> {
    let maker = |line: &str| {
        let (digits, name) = line.split_once("(base 16)")?;
        let [_, a, b, c] = u32::from_str_radix(digits.trim(), 16).ok()?.to_be_bytes();
        let name: String = name.trim().chars().filter(|c| !c.is_control()).take(60).collect();
        (!name.is_empty()).then_some(([a, b, c], name))
    };
    text.lines().filter_map(maker).collect()
}
