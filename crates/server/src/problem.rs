//! Errors as problem+json (RFC 9457): what went wrong, and what to do.

use app::templates::TemplatesError;
use app::{AppError, StoreError};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What every answer of 400 and above holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// A name that stays: `urn:velocity:not-found`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same in words.
    pub title: String,
    pub status: u16,
    /// What went wrong here, and what to do.
    pub detail: String,
}

pub type ApiResult<T> = Result<Json<T>, Problem>;

impl Problem {
    pub fn new(status: StatusCode, name: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:velocity:{name}"),
            title: name.replace('-', " "),
            status: status.as_u16(),
            detail: detail.into(),
        }
    }

    /// What was asked makes no sense.
    pub fn usage(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid-request", detail)
    }

    /// By its status alone.
    pub fn of_status(status: StatusCode, detail: String) -> Self {
        let name = status.canonical_reason().unwrap_or("failed").to_lowercase().replace(' ', "-");
        Self::new(status, &name, detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(&self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        match status {
            StatusCode::UNAUTHORIZED => {
                drop(headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")))
            }
            StatusCode::SERVICE_UNAVAILABLE => drop(headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"))),
            _ => {}
        }
        response
    }
}

pub const MEDIA_TYPE: &str = "application/problem+json";

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        use StatusCode as S;
        let (status, name) = match &error {
            AppError::Templates(TemplatesError::Unknown(_)) => (S::NOT_FOUND, "not-found"),
            AppError::Usage(_) | AppError::Templates(_) => (S::BAD_REQUEST, "invalid-request"),
            AppError::Invalid(_) => (S::CONFLICT, "not-possible-now"),
            AppError::Forbidden { .. } => (S::FORBIDDEN, "not-allowed"),
            AppError::NotLoggedIn => (S::UNAUTHORIZED, "not-logged-in"),
            AppError::LoginRefused => (S::UNAUTHORIZED, "login-refused"),
            AppError::PasswordMustChange => (S::FORBIDDEN, "password-must-change"),
            AppError::NoVault => (S::CONFLICT, "no-vault"),
            AppError::VaultLocked => (S::CONFLICT, "vault-locked"),
            AppError::Asked(_) => (S::BAD_GATEWAY, "outside-system"),
            AppError::Vault(_) => (S::CONFLICT, "vault-not-opened"),
            AppError::Keyring(_) => (S::CONFLICT, "no-keyring"),
            AppError::Platforms(_) => (S::BAD_REQUEST, "invalid-request"),
            AppError::Store(StoreError::NotFound { .. }) => (S::NOT_FOUND, "not-found"),
            AppError::Store(StoreError::Ambiguous { .. }) => (S::CONFLICT, "ambiguous"),
            AppError::Store(StoreError::Conflict(_)) => (S::CONFLICT, "conflict"),
            AppError::Store(StoreError::Stale(_)) => (S::PRECONDITION_FAILED, "changed-meanwhile"),
            AppError::Store(StoreError::Busy(_)) => (S::SERVICE_UNAVAILABLE, "busy"),
            AppError::Store(StoreError::DiskFull(_)) => (S::INSUFFICIENT_STORAGE, "disk-full"),
            _ => {
                tracing::error!(error = &error as &dyn std::error::Error, "a request failed");
                let detail = "the server could not do it; its log says why: logs/velocity.log in the data directory";
                return Problem::new(S::INTERNAL_SERVER_ERROR, "failed", detail);
            }
        };
        Problem::new(status, name, error.chain())
    }
}
