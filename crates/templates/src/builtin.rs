//! The release of ntc-templates that was packed when this crate was built.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Version of ntc-templates, such as `9.3.0`.
pub const VERSION: &str = env!("NTC_TEMPLATES_VERSION");

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/templates.zst"));

/// More than the templates take when unpacked, in bytes.
const MOST: usize = 32 << 20;

/// Name of each file, with its ending, and its text.
pub(crate) fn files() -> &'static HashMap<&'static str, &'static str> {
    static FILES: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    FILES.get_or_init(|| {
        let bytes: &'static [u8] = zstd::bulk::decompress(PACKED, MOST).unwrap_or_default().leak();
        let mut files = HashMap::new();
        let mut rest = bytes;
        while let Some((name, text, after)) = next(rest) {
            files.insert(name, text);
            rest = after;
        }
        files
    })
}

/// The first file of the packed ones, and the rest.
fn next(packed: &'static [u8]) -> Option<(&'static str, &'static str, &'static [u8])> {
    let (name, rest) = packed.split_first_chunk::<4>()?;
    let (text, rest) = rest.split_first_chunk::<4>()?;
    let (name, rest) = rest.split_at_checked(u32::from_le_bytes(*name) as usize)?;
    let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*text) as usize)?;
    Some((str::from_utf8(name).ok()?, str::from_utf8(text).ok()?, rest))
}
