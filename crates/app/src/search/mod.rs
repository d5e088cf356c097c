//! Search in what devices said: a regular expression over captures, secrets masked.

mod lines;
mod ordered;
mod pattern;

use std::collections::HashMap;
use std::sync::Arc;

use ingest::LineMask;
use model::{CaptureId, DeviceId, Timestamp};
use serde::Serialize;
use store::{CaptureFilter, ContentReader, KeptCapture, StoreError};

use self::lines::{Found, Line, Wanted, lines_of};
pub use self::lines::{Line as SearchLine, LineFound as SearchLineFound};
use self::ordered::in_order;
use self::pattern::Pattern;
use crate::actor::Role;
use crate::select::Selector;
use crate::{Actor, App, AppResult};

/// What to look for, and where.
#[derive(Debug, Clone)]
pub struct SearchQuery {
    /// A regular expression; it matches within a line.
    pub pattern: String,
    /// Take the pattern as plain text.
    pub fixed: bool,
    pub ignore_case: bool,
    /// As [`App::devices`] takes it.
    pub devices: String,
    /// Capture types with commas; empty for all.
    pub types: String,
    /// What was valid then, instead of the latest.
    pub at: Option<Timestamp>,
    /// All versions, the incomplete ones too.
    pub history: bool,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    pub tell: Tell,
    /// Lines shown before and after a match.
    pub context: usize,
    /// Tell where in a line the matches are.
    pub ranges: bool,
    /// Matching lines at most; captures, where lines are not told.
    pub limit: usize,
}

/// What is told of a capture that has a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tell {
    Lines,
    /// How many lines match.
    Count,
    /// That there is one.
    Files,
}

/// A line that matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SearchHit {
    #[serde(flatten)]
    pub place: SearchPlace,
    #[serde(flatten)]
    pub line: Line,
}

/// The capture in which something was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SearchPlace {
    pub device: String,
    pub capture_type: String,
    pub capture: CaptureId,
    pub first_seen: Timestamp,
    pub last_seen: Timestamp,
}

/// What is told of a place.
#[derive(Debug, Clone, Copy)]
pub enum Told<'f> {
    Line(SearchLineFound<'f>),
    /// How many lines match; no number when only captures were asked for.
    Capture(Option<u64>),
}

impl Told<'_> {
    /// With its place, to be kept.
    pub fn at(self, place: &SearchPlace) -> SearchFound {
        let place = place.clone();
        match self {
            Told::Line(line) => SearchFound::Line(SearchHit { place, line: line.to_line() }),
            Told::Capture(count) => SearchFound::Capture { place, count },
        }
    }
}

/// What is told, by device, type and line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum SearchFound {
    Line(SearchHit),
    /// How many lines match; no number when only captures were asked for.
    Capture {
        #[serde(flatten)]
        place: SearchPlace,
        #[serde(skip_serializing_if = "Option::is_none")]
        count: Option<u64>,
    },
}

#[derive(Debug, Clone, Default, Serialize, utoipa::ToSchema)]
pub struct SearchSummary {
    pub captures_searched: usize,
    pub bytes_searched: u64,
    /// Of those the ones whose content is damaged or gone.
    pub captures_unreadable: usize,
    /// The limit was reached: there may be more.
    pub limit_reached: bool,
}

/// Captures that a thread searches one after the other before it tells what it found.
const GROUP: usize = 16;

/// What all threads share.
struct Search {
    store: store::Store,
    pattern: Pattern,
    /// By platform.
    masks: HashMap<String, LineMask>,
    wanted: Wanted,
}

impl App {
    /// Gives what is found as it is found; `take` ends the search by an error.
    pub async fn search(
        &self,
        actor: &Actor,
        query: &SearchQuery,
        mut take: impl FnMut(&SearchPlace, Told<'_>) -> AppResult<()>,
    ) -> AppResult<SearchSummary> {
        actor.must(Role::Viewer, "search captures")?;
        let pattern = Pattern::new(&query.pattern, query.fixed, query.ignore_case)?;
        let (captures, names) = self.captures_to_search(query).await?;
        let search = Arc::new(Search {
            store: self.store.clone(),
            pattern,
            masks: self.masks(&captures),
            wanted: match query.tell {
                Tell::Lines => Wanted {
                    lines: query.limit,
                    context: query.context,
                    ranges: query.ranges,
                    most: query.limit as u64 + 1,
                },
                Tell::Count => Wanted { most: u64::MAX, ..Wanted::default() },
                Tell::Files => Wanted { most: 1, ..Wanted::default() },
            },
        });
        let mut found = in_order(groups(captures), move || {
            let (search, mut reader) = (search.clone(), search.store.content_reader());
            move |group| search.group(group, &mut reader)
        });
        let (mut summary, mut left) = (SearchSummary::default(), query.limit);
        while let Some(group) = found.next().await? {
            for (capture, found) in group {
                summary.captures_searched += 1;
                summary.bytes_searched += capture.size;
                let Some(found) = found? else {
                    summary.captures_unreadable += 1;
                    continue;
                };
                if found.count == 0 {
                    continue;
                }
                let place = place(&names, capture);
                for one in told(query.tell, &found) {
                    if left == 0 {
                        summary.limit_reached = true;
                        return Ok(summary);
                    }
                    left -= 1;
                    take(&place, one)?;
                }
            }
        }
        Ok(summary)
    }

    /// By device and type, the newest version first; and the names of the devices.
    async fn captures_to_search(
        &self,
        query: &SearchQuery,
    ) -> AppResult<(Vec<KeptCapture>, HashMap<DeviceId, String>)> {
        let (devices, names) = match Selector::parse(&query.devices)? {
            Selector::All => (None, None),
            selector => {
                let devices = self.select(&selector).await?;
                let ids = devices.iter().map(|d| d.id).collect();
                (Some(ids), Some(devices.into_iter().map(|d| (d.id, d.slug)).collect()))
            }
        };
        let types = match query.types.is_empty() {
            true => None,
            false => Some(self.capture_types(&query.types)?),
        };
        let is_window = query.since.is_some() || query.until.is_some();
        let filter = CaptureFilter {
            devices,
            capture_types: types,
            since: query.since,
            until: query.until,
            valid_at: query.at,
            latest_only: !query.history && !is_window && query.at.is_none(),
            ..CaptureFilter::default()
        };
        let names = async {
            match names {
                Some(names) => Ok(names),
                None => self.store.slugs().await,
            }
        };
        let (names, mut captures) = tokio::try_join!(names, self.store.kept_captures(&filter))?;
        captures.sort_by_cached_key(|c| {
            let name = names.get(&c.device).map(|name| model::interface::natural_key(name));
            (name, c.capture_type.clone(), std::cmp::Reverse(c.id))
        });
        Ok((captures, names))
    }

    fn masks(&self, captures: &[KeptCapture]) -> HashMap<String, LineMask> {
        let mut masks = HashMap::new();
        for capture in captures {
            if !masks.contains_key(&capture.platform) {
                let mask = self.reader.platforms.get(&capture.platform).map(LineMask::of).unwrap_or_default();
                masks.insert(capture.platform.clone(), mask);
            }
        }
        masks
    }
}

impl Search {
    /// `None` for a capture whose content cannot be read.
    fn group(
        &self,
        group: Vec<KeptCapture>,
        reader: &mut ContentReader,
    ) -> Vec<(KeptCapture, AppResult<Option<Found>>)> {
        let one = |capture: KeptCapture| {
            let found = self.one(&capture, reader);
            (capture, found)
        };
        group.into_iter().map(one).collect()
    }

    fn one(&self, capture: &KeptCapture, reader: &mut ContentReader) -> AppResult<Option<Found>> {
        let content = match reader.read(capture, self.pattern.needles.as_ref()) {
            Ok(content) => content,
            Err(StoreError::Damaged { .. } | StoreError::Contents(_)) => return Ok(None),
            Err(other) => return Err(other.into()),
        };
        lines_of(content, &self.pattern, &self.masks[&capture.platform], self.wanted).map(Some)
    }
}

fn groups(captures: Vec<KeptCapture>) -> Vec<Vec<KeptCapture>> {
    let mut groups = Vec::with_capacity(captures.len() / GROUP + 1);
    let mut captures = captures.into_iter().peekable();
    while captures.peek().is_some() {
        groups.push(captures.by_ref().take(GROUP).collect());
    }
    groups
}

fn place(names: &HashMap<DeviceId, String>, capture: KeptCapture) -> SearchPlace {
    SearchPlace {
        device: names.get(&capture.device).cloned().unwrap_or_default(),
        capture_type: capture.capture_type,
        capture: capture.id,
        first_seen: capture.first_seen,
        last_seen: capture.last_seen,
    }
}

fn told(tell: Tell, found: &Found) -> impl Iterator<Item = Told<'_>> {
    let capture = match tell {
        // What is more than the limit is told by one that is not shown.
        Tell::Lines => (found.count > found.len() as u64).then_some(None),
        Tell::Count => Some(Some(found.count)),
        Tell::Files => Some(None),
    };
    found.lines().map(Told::Line).chain(capture.map(Told::Capture))
}
