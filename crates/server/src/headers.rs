//! Headers that go with an answer and come back with a request: the version that was seen, and the key of what is done once.

use std::convert::Infallible;
use std::fmt::Display;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::problem::Problem;

/// The version that a change is meant for.
#[derive(Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfMatch {
    /// `ETag` of what was seen
    #[param(rename = "If-Match")]
    seen: Option<String>,
}

/// What makes the second of two equal requests start nothing.
#[derive(Debug, utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
pub struct OnceKey {
    /// The same key again starts nothing, for a day
    #[param(rename = "Idempotency-Key")]
    pub key: Option<String>,
}

/// `ETag: "3"`
pub fn etag(version: impl Display) -> HeaderMap {
    HeaderValue::try_from(format!("\"{version}\""))
        .map(|v| HeaderMap::from_iter([(header::ETAG, v)]))
        .unwrap_or_default()
}

impl IfMatch {
    /// None when any version will do.
    ///
    /// # Errors
    /// [`Problem`] for a header that no answer of ours had.
    pub fn version<V: FromStr>(&self) -> Result<Option<V>, Problem> {
        let Some(seen) = self.seen.as_deref().map(str::trim).filter(|seen| *seen != "*") else { return Ok(None) };
        let version = seen.strip_prefix("W/").unwrap_or(seen).trim_matches('"').parse();
        version.map(Some).map_err(|_| Problem::usage("`If-Match` is not an `ETag` of this resource"))
    }
}

/// As text; what is none is kept as text that is nothing of ours.
fn text(parts: &Parts, name: &HeaderName) -> Option<String> {
    parts.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self { seen: text(parts, &header::IF_MATCH) })
    }
}

impl<S: Sync> FromRequestParts<S> for OnceKey {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self { key: text(parts, &HeaderName::from_static("idempotency-key")) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<V: FromStr>(seen: Option<&str>) -> Option<Option<V>> {
        IfMatch { seen: seen.map(str::to_owned) }.version().ok()
    }

    #[test]
    fn a_version_comes_back_as_it_was_given() {
        assert_eq!(read::<i64>(None), Some(None));
        assert_eq!(read::<i64>(Some("*")), Some(None));
        assert_eq!(read(Some("\"3\"")), Some(Some(3)));
        assert_eq!(read(Some(" W/\"3\" ")), Some(Some(3)));
        assert_eq!(read::<i64>(Some("\"three\"")), None);
        assert_eq!(read(Some("\"9f3a\"")), Some(Some("9f3a".to_owned())));
        assert_eq!(etag("9f3a").get(header::ETAG), Some(&HeaderValue::from_static("\"9f3a\"")));
    }
}
