//! Lists in pages: where the next one begins is told by the one before.

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// Rows of a list, and how to go on.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Give it as `cursor` for the next page; none on the last.
    pub next: Option<String>,
    /// Rows of all pages, where they are counted.
    pub total: Option<u64>,
}

/// Rows of a page: the usual number, and the most.
pub const USUAL: u32 = 100;
const MOST: u32 = 1000;

/// So many rows as are asked for, at least one and at most a thousand.
pub fn limit(asked: Option<u32>) -> u32 {
    asked.unwrap_or(USUAL).clamp(1, MOST)
}

/// An opaque word for a place in a list.
pub fn cursor(place: &impl Serialize) -> String {
    Base64UrlUnpadded::encode_string(&serde_json::to_vec(place).unwrap_or_default())
}

/// # Errors
/// [`Problem`] when it is no cursor of ours.
pub fn place<T: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<T>, Problem> {
    let Some(text) = cursor.filter(|c| !c.is_empty()) else { return Ok(None) };
    let bytes = Base64UrlUnpadded::decode_vec(text).ok();
    let place = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let bad =
        || Problem::usage("`cursor` is not one of ours; begin with the first page and take `next` of each answer");
    place.map(Some).ok_or_else(bad)
}

impl<T> Page<T> {
    /// All of a list that is never long.
    pub fn whole(items: Vec<T>) -> Self {
        let total = items.len() as u64;
        Self { items, next: None, total: Some(total) }
    }

    /// Of rows of which one more than `limit` was asked for; `place` tells where a row is.
    pub fn cut<P: Serialize>(mut items: Vec<T>, limit: u32, place: impl Fn(&T) -> P) -> Self {
        let limit = limit as usize;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|last| cursor(&place(last)));
        Self { items, next, total: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_says_where_the_page_ended_and_nothing_else_is_one() {
        let page = Page::cut(vec![9, 8, 7], 2, |n| *n);
        assert_eq!(page.items, [9, 8]);
        let place: Option<i32> = place(page.next.as_deref()).unwrap_or_default();
        assert_eq!(place, Some(8));
        assert!(super::place::<i32>(Some("!")).is_err());
        assert!(super::place::<i32>(Some("bm90IGpzb24")).is_err());
        assert!(Page::cut(vec![1, 2], 2, |n| *n).next.is_none());
    }
}
