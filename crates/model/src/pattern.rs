//! Patterns of the platforms, compiled once in the process: there are some hundred, and they are used on every
//! capture of every device.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use regex::bytes::{Regex, RegexBuilder};

/// The compiled form of a pattern of the platform files, in which `^` and `$` are the ends of lines. `None` for one
/// that is not a regex; a test reads them all. Shared, not cloned: a clone would begin with an empty cache.
pub fn of(pattern: &str) -> Option<Arc<Regex>> {
    static COMPILED: LazyLock<RwLock<HashMap<String, Option<Arc<Regex>>>>> = LazyLock::new(RwLock::default);
    if let Some(known) = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern) {
        return known.clone();
    }
    let compiled = RegexBuilder::new(pattern).multi_line(true).build().ok().map(Arc::new);
    let mut all = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
    all.entry(pattern.to_owned()).or_insert(compiled).clone()
}

/// Whether a pattern of the platform files is found in a text.
pub fn found(pattern: &str, text: &[u8]) -> bool {
    of(pattern).is_some_and(|p| p.is_match(text))
}
