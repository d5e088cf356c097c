//! Since when each line of a capture has been as it is.

use model::{CaptureId, Timestamp};
use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};
use store::CaptureFilter;

use crate::actor::Role;
use crate::{Actor, App, AppResult};

/// Versions that are looked through at most, the newest.
const MOST: usize = 200;

/// A line, secrets masked, and the version that it came with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BlamedLine {
    pub line: String,
    pub capture: CaptureId,
    pub version: Option<i64>,
    /// When that version was seen first.
    pub since: Timestamp,
}

/// A capture by its lines.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Blame {
    pub device: String,
    pub capture_type: String,
    pub version: Option<i64>,
    pub lines: Vec<BlamedLine>,
    /// There are older versions that were not looked at: lines of the oldest one may be older.
    pub is_cut: bool,
}

impl App {
    /// The latest good capture of a type, line by line; or the one that was valid at a time.
    pub async fn blame(
        &self,
        actor: &Actor,
        device: &str,
        capture_type: &str,
        at: Option<Timestamp>,
    ) -> AppResult<Blame> {
        actor.must(Role::Viewer, "see captures")?;
        let device = self.store.device(device).await?;
        let capture_type = self.capture_type(capture_type).await?;
        let latest = self.good(&device, &capture_type, at).await?;
        let filter = CaptureFilter {
            device: Some(device.id),
            capture_type: Some(capture_type.clone()),
            complete_only: true,
            ..CaptureFilter::default()
        };
        let mut versions = self.store.captures(&filter).await?;
        versions.retain(|c| c.platform == latest.platform && c.version_no <= latest.version_no);
        versions.sort_by_key(|c| c.version_no);
        let is_cut = versions.len() > MOST;
        let mut lines: Vec<BlamedLine> = Vec::new();
        for capture in versions.iter().skip(versions.len().saturating_sub(MOST)) {
            let came = |line: &str| BlamedLine {
                line: line.to_owned(),
                capture: capture.id,
                version: capture.version_no,
                since: capture.first_seen,
            };
            lines = over(&lines, &self.masked(capture).await?, came);
        }
        Ok(Blame { device: device.slug, capture_type, version: latest.version_no, lines, is_cut })
    }
}

/// Lines of the next version: what stands there as before keeps what it came with.
fn over(before: &[BlamedLine], text: &str, came: impl Fn(&str) -> BlamedLine) -> Vec<BlamedLine> {
    let new: Vec<&str> = text.lines().collect();
    let old: Vec<&str> = before.iter().map(|l| l.line.as_str()).collect();
    let mut lines = Vec::with_capacity(new.len());
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match op.tag() {
            DiffTag::Equal => lines.extend(before[op.old_range()].iter().cloned()),
            DiffTag::Insert | DiffTag::Replace => lines.extend(new[op.new_range()].iter().map(|line| came(line))),
            DiffTag::Delete => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_the_version_that_it_came_with_until_it_changes() {
        let texts = ["a\nb\nc\n", "a\nx\nc\n", "a\nx\nc\nd\n", "x\nc\nd\na\n"];
        let mut lines = Vec::new();
        for (n, text) in (1..).zip(texts) {
            let came = |line: &str| BlamedLine {
                line: line.to_owned(),
                capture: CaptureId(n),
                version: Some(n),
                since: Timestamp(n),
            };
            lines = over(&lines, text, came);
        }
        let told: Vec<String> = lines.iter().map(|l| format!("{} v{}", l.line, l.capture)).collect();
        assert_eq!(told, ["x v2", "c v1", "d v3", "a v4"]);
    }
}
