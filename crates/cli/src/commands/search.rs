//! `velocity search PATTERN`

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use app::{SearchFound, SearchLine, SearchLineFound, SearchPlace, SearchQuery, SearchSummary, Tell, Told};
use model::text::{shown, shown_as_is};
use model::{CaptureId, Timestamp};

use crate::context::Context;
use crate::when::when;

#[derive(clap::Args)]
pub struct Args {
    /// A regular expression
    pattern: String,
    /// Take the pattern as plain text
    #[arg(short = 'F', long)]
    fixed: bool,
    /// Upper and lower case are the same
    #[arg(short, long, overrides_with = "case_sensitive")]
    ignore_case: bool,
    /// Upper and lower case differ, which is the default
    #[arg(short = 's', long, overrides_with = "ignore_case")]
    case_sensitive: bool,
    /// all, conditions such as site=usa,role=leaf, or names
    #[arg(long, visible_alias = "device", default_value = "all", value_name = "WHICH")]
    devices: String,
    /// Only of the devices of this site
    #[arg(long, value_name = "SITE", conflicts_with = "devices")]
    site: Option<String>,
    /// Only these capture types, with commas
    #[arg(long = "type", visible_alias = "types", value_name = "TYPES", default_value = "", hide_default_value = true)]
    types: String,
    /// In what was valid at this time
    #[arg(long, value_name = "TIME", value_parser = when, conflicts_with_all = ["history", "since", "until"])]
    at: Option<Timestamp>,
    /// In all versions, the incomplete ones too
    #[arg(long)]
    history: bool,
    /// In versions that were seen at or after this time
    #[arg(long, value_name = "TIME", value_parser = when)]
    since: Option<Timestamp>,
    /// In versions that were first seen before this time
    #[arg(long, value_name = "TIME", value_parser = when)]
    until: Option<Timestamp>,
    /// Lines shown before and after each match
    #[arg(short = 'C', long, default_value_t = 0)]
    context: usize,
    /// Only how many lines of each capture match
    #[arg(short, long)]
    count: bool,
    /// Only which captures have a match
    #[arg(short = 'l', long, conflicts_with = "count")]
    files_with_matches: bool,
    /// So many matching lines at most; captures, with --count and --files-with-matches
    #[arg(long, default_value_t = 1000)]
    limit: usize,
}

impl Args {
    fn query(&self, ranges: bool) -> SearchQuery {
        SearchQuery {
            pattern: self.pattern.clone(),
            fixed: self.fixed,
            ignore_case: self.ignore_case,
            devices: self.site.as_ref().map_or_else(|| self.devices.clone(), |site| format!("site={site}")),
            types: self.types.clone(),
            at: self.at,
            history: self.history,
            since: self.since,
            until: self.until,
            tell: match (self.count, self.files_with_matches) {
                (true, _) => Tell::Count,
                (_, true) => Tell::Files,
                _ => Tell::Lines,
            },
            context: self.context,
            ranges,
            limit: self.limit,
        }
    }
}

/// What was found and where, for scripts.
#[derive(serde::Serialize)]
struct Report {
    hits: Vec<SearchFound>,
    #[serde(flatten)]
    summary: SearchSummary,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let query = args.query(cx.out.json);
    let mut hits = Vec::new();
    let out = BufWriter::with_capacity(PAGE, io::stdout());
    let mut page = Page { out, has_context: args.context > 0, last: None, head: (None, String::new()) };
    let mut told = 0_usize;
    // The first error ends the search; that of a closed pipe is no error of ours.
    let mut failed = None;
    let summary = cx
        .app
        .search(&cx.actor, &query, |place, found| {
            told += 1;
            if cx.out.json {
                hits.push(found.at(place));
            } else if let Err(error) = page.take(place, found) {
                failed = Some(error);
                return Err(app::AppError::Invalid("the output ended".to_owned()));
            }
            Ok(())
        })
        .await;
    if let Some(error) = failed {
        return Err(error);
    }
    let summary = summary?;
    if cx.out.json {
        cx.out.json(&Report { hits, summary })?;
        return Ok(ExitCode::SUCCESS);
    }
    page.end()?;
    let SearchSummary { captures_searched, captures_unreadable, limit_reached, .. } = summary;
    if told == 0 {
        cx.out.line(format!("nothing found in {captures_searched} captures"))?;
    }
    if captures_unreadable > 0 {
        eprintln!("note: {captures_unreadable} captures could not be read, their files are damaged or gone");
    }
    if limit_reached {
        let what = if query.tell == Tell::Lines { "lines" } else { "captures" };
        eprintln!("note: only the first {} {what}, there are more; --limit shows more", args.limit);
    }
    Ok(ExitCode::SUCCESS)
}

/// Bytes that are written at once.
const PAGE: usize = 64 << 10;

/// Lines as `grep -n` prints them: `usa-leaf-1 arp:13:text`, and `-` in place of `:` for the lines around a match.
struct Page {
    out: BufWriter<io::Stdout>,
    has_context: bool,
    /// The match whose lines after it are not printed yet: they end where the next match begins.
    last: Option<(SearchPlace, SearchLine)>,
    /// What the lines of a capture begin with.
    head: (Option<CaptureId>, String),
}

impl Page {
    fn take(&mut self, place: &SearchPlace, found: Told<'_>) -> anyhow::Result<()> {
        match found {
            Told::Line(line) => self.line(place, line),
            Told::Capture(Some(count)) => Ok(writeln!(self.out, "{} {}:{count}", place.device, place.capture_type)?),
            Told::Capture(None) => Ok(writeln!(self.out, "{} {}", place.device, place.capture_type)?),
        }
    }

    fn line(&mut self, place: &SearchPlace, found: SearchLineFound<'_>) -> anyhow::Result<()> {
        if !self.has_context {
            return self.hit(place, found.line, found.text);
        }
        let mut hit = found.to_line();
        let printed = self.after(Some((place, &hit)))?;
        let first = printed.map_or(0, |line| line + 1);
        let begin = hit.line - hit.before.len() as u64;
        let skipped = usize::try_from(first.saturating_sub(begin)).unwrap_or(usize::MAX);
        hit.before.drain(..skipped.min(hit.before.len()));
        for (n, text) in (hit.line - hit.before.len() as u64..).zip(&hit.before) {
            self.around(place, n, text)?;
        }
        self.hit(place, hit.line, &hit.text)?;
        self.last = Some((place.clone(), hit));
        Ok(())
    }

    /// There may be millions: nothing is made for one that is only printed.
    fn hit(&mut self, place: &SearchPlace, line: u64, text: &str) -> anyhow::Result<()> {
        if self.head.0 != Some(place.capture) {
            self.head = (Some(place.capture), format!("{} {}:", place.device, place.capture_type));
        }
        self.out.write_all(self.head.1.as_bytes())?;
        let mut digits = [b'0'; 20];
        let (mut at, mut rest) = (digits.len(), line);
        while rest > 0 || at == digits.len() {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        self.out.write_all(&digits[at..])?;
        self.out.write_all(b":")?;
        self.out.write_all(shown_as_is(text).as_bytes())?;
        Ok(self.out.write_all(b"\n")?)
    }

    /// Prints what comes after the last match, up to the next one. Gives the number of the last line that was printed
    /// of the capture that the next one is in.
    fn after(&mut self, next: Option<(&SearchPlace, &SearchLine)>) -> anyhow::Result<Option<u64>> {
        let Some((place, last)) = self.last.take() else { return Ok(None) };
        let next = next.filter(|(next, _)| **next == place).map(|(_, line)| line);
        let mut printed = last.line;
        for (n, text) in (last.line + 1..).zip(&last.after) {
            if next.is_some_and(|next| n >= next.line) {
                break;
            }
            self.around(&place, n, text)?;
            printed = n;
        }
        let is_joined = next.is_some_and(|next| next.line - next.before.len() as u64 <= printed + 1);
        if !is_joined {
            writeln!(self.out, "--")?;
        }
        Ok(next.map(|_| printed))
    }

    fn end(&mut self) -> anyhow::Result<()> {
        self.after(None)?;
        Ok(self.out.flush()?)
    }

    fn around(&mut self, place: &SearchPlace, line: u64, text: &str) -> anyhow::Result<()> {
        Ok(writeln!(self.out, "{} {}-{line}-{}", place.device, place.capture_type, shown(text))?)
    }
}
