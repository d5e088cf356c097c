//! Credentials: what the vault holds. A secret goes in and never comes out; which credential a device takes is tried here.

use app::vault::{LoginSecret, NewCredential, Removal, Secret as Sealed, SnmpUser};
use app::{
    AsWhom, CredentialView, CredsRequest, CredsSelection, Forecast, OpenVault, RunReport, Settings, VaultKey, Via,
};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use model::Account;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::headers::OnceKey;
use crate::page::Page;
use crate::problem::{ApiResult, Problem};
use crate::records::DryRun;
use crate::runs::{AsWhomAsked, Pace, RunStarted, as_whom, once, paced, start};
use crate::secret::Secret;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(plan))
        .routes(routes!(discover))
        .routes(routes!(clear))
        .routes(routes!(show, replace, remove))
        .routes(routes!(set_default))
        .routes(routes!(test))
}

/// What is in a credential. What is left out of one that is replaced is gone from it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum SecretAsked {
    /// An account on devices.
    Login {
        #[schema(write_only)]
        password: Option<Secret>,
        /// A private key in OpenSSH, PEM or PuTTY form.
        #[schema(write_only)]
        key: Option<Secret>,
        #[schema(write_only)]
        passphrase: Option<Secret>,
        /// The OpenSSH certificate of the key.
        #[schema(write_only)]
        certificate: Option<Secret>,
        /// For privileged mode; the password serves when it is not given.
        #[schema(write_only)]
        enable: Option<Secret>,
    },
    /// SNMP version 2c.
    SnmpCommunity {
        #[schema(write_only)]
        community: Secret,
    },
    /// SNMP version 3.
    SnmpUser {
        /// `MD5`, `SHA`, `SHA-224`, `SHA-256`, `SHA-384`, `SHA-512`; none when it is not given.
        auth: Option<String>,
        #[schema(write_only)]
        auth_passphrase: Option<Secret>,
        /// `DES`, `AES-128`, `AES-192`, `AES-256`; none when it is not given.
        privacy: Option<String>,
        #[schema(write_only)]
        privacy_passphrase: Option<Secret>,
    },
    /// For an outside system.
    Token {
        #[schema(write_only)]
        token: Secret,
    },
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CredentialAsked {
    name: String,
    /// The account, or the SNMPv3 user.
    #[serde(default)]
    username: String,
    /// The AAA group that checks the account; `local` when each device keeps its own; empty when it is not known.
    #[serde(default)]
    realm: String,
    notes: Option<String>,
    /// A lower number is tried first; 100 when it is not given.
    priority: Option<i64>,
    /// The log-in that is tried first where nothing is known.
    #[serde(default)]
    is_default: bool,
    secret: SecretAsked,
}

/// A credential that was written, or would be.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CredentialWritten {
    pub dry_run: bool,
    /// None when it would be a new one.
    pub credential: Option<CredentialView>,
}

/// For which devices a credential is to be found.
#[derive(Debug, Clone, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FindCredentials {
    site: Option<String>,
    platform: Option<String>,
    role: Option<String>,
    /// A part of the name.
    search: Option<String>,
    /// Leave out devices for which one is known to work.
    skip_configured: bool,
    /// So many devices at most.
    limit: Option<usize>,
    /// As if nothing were known of these devices.
    force: bool,
    /// Log in, but remember nothing of it.
    no_update: bool,
    as_whom: AsWhomAsked,
    pace: Pace,
}

/// What trying credentials would ask, and what it may cost the accounts.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FindPlan {
    /// Their slugs.
    pub devices: Vec<String>,
    pub accounts: Vec<Forecast>,
}

#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TestCredentials {
    /// Remember what works.
    update: bool,
    as_whom: AsWhomAsked,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClearAccount {
    /// A user name, or the name of a credential.
    name: String,
}

/// Fewer than in a collection: each is a log-in that may be refused.
const AT_ONCE: usize = 8;
const SECONDS: u64 = 15;

impl SecretAsked {
    fn into_sealed(self) -> Result<Sealed, Problem> {
        let opened = |secret: Option<Secret>| secret.map(|s| s.0);
        Ok(match self {
            SecretAsked::Login { password, key, passphrase, certificate, enable } => Sealed::Login(LoginSecret {
                password: opened(password),
                key: opened(key),
                passphrase: opened(passphrase),
                certificate: opened(certificate),
                enable: opened(enable),
                // It would be that of whoever started the server.
                agent: false,
            }),
            SecretAsked::SnmpCommunity { community } => Sealed::SnmpCommunity(community.0),
            SecretAsked::Token { token } => Sealed::Token(token.0),
            SecretAsked::SnmpUser { auth, auth_passphrase, privacy, privacy_passphrase } => {
                let auth = both("auth", auth, auth_passphrase)?;
                Sealed::SnmpUser(SnmpUser { auth, privacy: both("privacy", privacy, privacy_passphrase)? })
            }
        })
    }
}

/// A protocol with its passphrase.
fn both<T: std::str::FromStr<Err = String>>(
    what: &str,
    protocol: Option<String>,
    phrase: Option<Secret>,
) -> Result<Option<(T, secrecy::SecretString)>, Problem> {
    match (protocol, phrase) {
        (None, None) => Ok(None),
        (Some(protocol), Some(phrase)) => Ok(Some((protocol.parse().map_err(Problem::usage)?, phrase.0))),
        _ => Err(Problem::usage(format!("give `{what}` and `{what}_passphrase`, or neither"))),
    }
}

impl CredentialAsked {
    fn into_new(self) -> Result<NewCredential, Problem> {
        let Self { name, username, realm, notes, priority, is_default, secret } = self;
        Ok(NewCredential { name, username, realm, notes, priority, is_default, secret: secret.into_sealed()? })
    }
}

async fn open(web: &Web, By(actor): &By) -> Result<OpenVault, Problem> {
    Ok(web.app.open_vault(actor, VaultKey::Keyring).await?)
}

/// Credentials, without their secrets, in the order in which they are tried
#[utoipa::path(get, path = "/api/v1/credentials", tag = "vault", responses((status = 200, body = Page<CredentialView>)))]
async fn list(State(web): State<Web>, By(actor): By) -> ApiResult<Page<CredentialView>> {
    Ok(Json(Page::whole(web.app.credentials(&actor).await?)))
}

/// A credential without its secret
#[utoipa::path(get, path = "/api/v1/credentials/{name}", tag = "vault", params(("name" = String, Path)),
    responses((status = 200, body = CredentialView), (status = 404, body = Problem)))]
async fn show(State(web): State<Web>, By(actor): By, Path(name): Path<String>) -> ApiResult<CredentialView> {
    Ok(Json(web.app.credential(&actor, &name).await?))
}

/// Put a credential into the vault, which is unlocked
#[utoipa::path(post, path = "/api/v1/credentials", tag = "vault", params(DryRun), request_body = CredentialAsked,
    responses((status = 201, body = CredentialWritten), (status = 200, body = CredentialWritten),
        (status = 409, body = Problem)))]
async fn add(
    State(web): State<Web>,
    by: By,
    Query(how): Query<DryRun>,
    Json(asked): Json<CredentialAsked>,
) -> Result<Response, Problem> {
    let status = if how.dry_run { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(put(&web, &by, asked, false, how.dry_run).await?)).into_response())
}

/// Put another secret in the place of the one that has this name; the name stays
#[utoipa::path(put, path = "/api/v1/credentials/{name}", tag = "vault", params(("name" = String, Path), DryRun),
    request_body = CredentialAsked,
    responses((status = 200, body = CredentialWritten), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn replace(
    State(web): State<Web>,
    by: By,
    Path(name): Path<String>,
    Query(how): Query<DryRun>,
    Json(asked): Json<CredentialAsked>,
) -> ApiResult<CredentialWritten> {
    web.app.may_change_credentials(&by.0)?;
    let known = web.app.credential(&by.0, &name).await?;
    Ok(Json(put(&web, &by, CredentialAsked { name: known.name, ..asked }, true, how.dry_run).await?))
}

async fn put(
    web: &Web,
    by: &By,
    asked: CredentialAsked,
    replace: bool,
    dry_run: bool,
) -> Result<CredentialWritten, Problem> {
    web.app.may_change_credentials(&by.0)?;
    let (name, new) = (asked.name.clone(), asked.into_new()?);
    let vault = open(web, by).await?;
    web.app.add_credential(&by.0, vault, new, replace, dry_run).await?;
    let credential = match dry_run && !replace {
        true => None,
        false => Some(web.app.credential(&by.0, &name).await?),
    };
    Ok(CredentialWritten { dry_run, credential })
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct RemovalAsked {
    /// Also when it is pinned to devices, which take any other one then.
    #[serde(default)]
    unpin: bool,
    /// Show what would be, write nothing.
    #[serde(default)]
    dry_run: bool,
}

/// Remove a credential; what is known of devices that took it is forgotten. One that is pinned to devices is a conflict
#[utoipa::path(delete, path = "/api/v1/credentials/{name}", tag = "vault", params(("name" = String, Path), RemovalAsked),
    responses((status = 200, body = CredentialWritten), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn remove(
    State(web): State<Web>,
    by: By,
    Path(name): Path<String>,
    Query(RemovalAsked { unpin, dry_run }): Query<RemovalAsked>,
) -> ApiResult<CredentialWritten> {
    web.app.may_change_credentials(&by.0)?;
    web.app.credential(&by.0, &name).await?;
    let vault = open(&web, &by).await?;
    let credential = Some(web.app.remove_credential(&by.0, vault, &name, Removal { unpin, dry_run }).await?);
    Ok(Json(CredentialWritten { dry_run, credential }))
}

/// Make it the log-in that is tried first where nothing is known
#[utoipa::path(post, path = "/api/v1/credentials/{name}/default", tag = "vault", params(("name" = String, Path), DryRun),
    responses((status = 200, body = CredentialView), (status = 404, body = Problem)))]
async fn set_default(
    State(web): State<Web>,
    By(actor): By,
    Path(name): Path<String>,
    Query(how): Query<DryRun>,
) -> ApiResult<CredentialView> {
    let view = web.app.set_default_credential(&actor, &name, how.dry_run).await?;
    Ok(Json(if how.dry_run { view } else { web.app.credential(&actor, &name).await? }))
}

/// Which devices would be tried, and what it may cost the accounts
#[utoipa::path(post, path = "/api/v1/credentials/discover/plan", tag = "vault", request_body = FindCredentials,
    responses((status = 200, body = FindPlan), (status = 409, body = Problem)))]
async fn plan(State(web): State<Web>, By(actor): By, Json(asked): Json<FindCredentials>) -> ApiResult<FindPlan> {
    web.app.may_start_runs(&actor)?;
    let devices = web.app.creds_devices(&actor, &asked.selection()).await?;
    let AsWhom { logins, .. } = as_whom(&web, &actor, &asked.as_whom, Via::Ssh).await?;
    let accounts = web.app.forecast(&actor, &logins).await?;
    Ok(Json(FindPlan { devices: devices.into_iter().map(|d| d.slug).collect(), accounts }))
}

/// Find out which credential each device takes, with as few log-ins as can be. With `Idempotency-Key`, once
#[utoipa::path(post, path = "/api/v1/credentials/discover", tag = "vault", request_body = FindCredentials,
    params(OnceKey),
    responses((status = 202, body = RunStarted), (status = 400, body = Problem), (status = 409, body = Problem)))]
async fn discover(
    State(web): State<Web>,
    By(actor): By,
    once_key: OnceKey,
    Json(asked): Json<FindCredentials>,
) -> Result<Response, Problem> {
    once(&web, &actor, &once_key, ("credentials", &asked), async {
        let devices = web.app.creds_devices(&actor, &asked.selection()).await?;
        let AsWhom { logins, .. } = as_whom(&web, &actor, &asked.as_whom, Via::Ssh).await?;
        let settings = paced(careful(&web), &asked.pace)?;
        let (force, update) = (asked.force, !asked.no_update);
        let request = CredsRequest { devices, logins, settings, force, update, is_run: true };
        let (app, who) = (web.app.clone(), actor.clone());
        start(&web, |sink, stop| async move { app.find_credentials(&who, request, sink, stop).await }).await
    })
    .await
}

impl FindCredentials {
    fn selection(&self) -> CredsSelection {
        let Self { site, platform, role, search, skip_configured, limit, .. } = self.clone();
        CredsSelection { site, platform, role, search, skip_configured, limit }
    }
}

fn careful(web: &Web) -> Settings {
    let mut settings = web.app.settings();
    settings.concurrency = AT_ONCE;
    settings.device_timeout = std::time::Duration::from_secs(SECONDS);
    settings
}

/// Try credentials on one device, the likeliest first, and wait for what comes of it
#[utoipa::path(post, path = "/api/v1/devices/{reference}/credential-test", tag = "vault", request_body = TestCredentials,
    params(("reference" = String, Path)),
    responses((status = 200, body = RunReport), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn test(
    State(web): State<Web>,
    By(actor): By,
    Path(device): Path<String>,
    Json(asked): Json<TestCredentials>,
) -> ApiResult<RunReport> {
    web.app.may_start_runs(&actor)?;
    let device = web.app.device(&actor, &device, None).await?.device;
    let AsWhom { logins, .. } = as_whom(&web, &actor, &asked.as_whom, Via::Ssh).await?;
    let (settings, update) = (careful(&web), asked.update);
    let request = CredsRequest { devices: vec![device], logins, settings, force: false, update, is_run: false };
    // Nobody watches; when who asked goes away it ends with them.
    let (sink, _events) = app::events::channel();
    let stop = CancellationToken::new();
    let _ends_with_the_request = stop.clone().drop_guard();
    Ok(Json(web.app.find_credentials(&actor, request, sink, stop).await?))
}

/// Forget the refusals of an account, once its password is right or it is unlocked
#[utoipa::path(post, path = "/api/v1/accounts/clear", tag = "vault", params(DryRun), request_body = ClearAccount,
    responses((status = 200, body = Page<Account>), (status = 409, body = Problem)))]
async fn clear(
    State(web): State<Web>,
    By(actor): By,
    Query(how): Query<DryRun>,
    Json(asked): Json<ClearAccount>,
) -> ApiResult<Page<Account>> {
    Ok(Json(Page::whole(web.app.clear_account(&actor, &asked.name, how.dry_run).await?)))
}
