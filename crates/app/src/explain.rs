//! Why a change is one: what was compared, and what was left out, by which filter or as no matter of its kind.

mod facts;

use std::collections::BTreeMap;

use ingest::Mask;
use ingest::essence::{Essence, Filters};
use model::{ChangeId, ChangeKind};
use serde::Serialize;

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult, CaptureView, ChangeView};

pub use facts::{CellView, FactExplanation, ThingView};

/// A change, and what had no part in it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Explanation {
    pub change: ChangeView,
    #[serde(flatten)]
    pub of: Explained,
}

#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Explained {
    Text(Box<TextExplanation>),
    Facts(FactExplanation),
}

/// How two texts were compared.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TextExplanation {
    pub before: CaptureView,
    pub after: CaptureView,
    /// What was left out, by the filter of the platform file.
    pub filters: Vec<FilterView>,
    /// Lines of the two captures that were compared.
    #[schema(value_type = Vec<usize>)]
    pub compared: (usize, usize),
}

/// What a filter left out.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct FilterView {
    /// `noise`, `noise_parts`, `noise_blocks`, `unordered`, and the pattern.
    pub filter: String,
    pub before: Vec<LineView>,
    pub after: Vec<LineView>,
}

/// A line of a capture, secrets masked.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct LineView {
    pub line: u32,
    pub text: String,
}

impl App {
    /// # Errors
    /// [`AppError::Invalid`] for a change of a text whose captures are gone.
    pub async fn explain_change(&self, actor: &Actor, id: ChangeId) -> AppResult<Explanation> {
        let change = self.change(actor, id).await?;
        actor.must(Role::Viewer, "see captures")?;
        let of = match change.kind {
            ChangeKind::Config => Explained::Text(Box::new(self.explain_text(&change).await?)),
            _ => Explained::Facts(self.explain_facts(&change).await?),
        };
        Ok(Explanation { change, of })
    }

    async fn explain_text(&self, change: &ChangeView) -> AppResult<TextExplanation> {
        let id = change.id;
        let (Some(old), Some(new)) = (change.old_capture, change.new_capture) else {
            return Err(AppError::Invalid(format!("the captures of change {id} are no longer kept")));
        };
        let (old, new) = (self.store.capture(old).await?, self.store.capture(new).await?);
        let (before, after) = (self.source(&old).await?, self.source(&new).await?);
        let filters = Filters::of(self.reader.platforms, &new.platform, &new.capture_type);
        let mask = self.reader.platforms.get(&new.platform).map(Mask::of).unwrap_or_default();
        let texts = (String::from_utf8_lossy(&before.content), String::from_utf8_lossy(&after.content));
        let (before, after) = (filters.essence(&texts.0), filters.essence(&texts.1));
        let mut left: BTreeMap<String, FilterView> = BTreeMap::new();
        for (is_new, essence) in [(false, &before), (true, &after)] {
            for (filter, line) in left_out(essence, &mask) {
                let (before, after) = Default::default();
                let view = left.entry(filter.clone()).or_insert(FilterView { filter, before, after });
                if is_new { view.after.push(line) } else { view.before.push(line) }
            }
        }
        let compared = (before.lines.len(), after.lines.len());
        let (before, after) = (CaptureView::of(old), CaptureView::of(new));
        Ok(TextExplanation { before, after, filters: left.into_values().collect(), compared })
    }
}

fn left_out(essence: &Essence<'_>, mask: &Mask) -> Vec<(String, LineView)> {
    let view = |line, text: &str| LineView { line, text: mask.apply(text) };
    let left = essence.left_out.iter().map(|l| (l.filter.to_string(), view(l.number, l.text)));
    left.chain(essence.put_in_order.iter().map(|m| (m.filter.to_string(), view(m.number, m.text)))).collect()
}
