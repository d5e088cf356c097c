//! `velocity token`: what programs hold in place of a session.

use std::process::ExitCode;

use app::Role;
use app::users::{NewToken, TokenView};
use model::Timestamp;
use secrecy::ExposeSecret;
use serde_json::json;

use crate::context::Context;
use crate::output::or_dash;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Make a token; it is printed once
    Create {
        /// What it is for: prometheus
        name: String,
        /// Whose it is; it lets do no more than they may
        #[arg(long)]
        user: String,
        /// The most that it lets do: viewer, approver, operator or admin
        #[arg(long, default_value = "viewer")]
        scope: Role,
        /// Good for so many days [default: for ever]
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=3660))]
        expires: Option<u16>,
        /// Show what would be done, do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// List tokens
    List,
    /// From here on it opens nothing
    Revoke {
        /// Its number in the list
        id: i64,
        /// Show what would be done, do nothing
        #[arg(long)]
        dry_run: bool,
    },
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Create { name, user, scope, expires, dry_run } => {
            let expires_at = expires.map(|days| cx.app.now().plus_ms(i64::from(days) * DAY_MS));
            let (token, secret) =
                cx.app.add_token(&cx.actor, &NewToken { user, name, scope, expires_at }, dry_run).await?;
            let secret = secret.as_ref().map(ExposeSecret::expose_secret);
            if cx.out.json {
                cx.out.json(&json!({ "token": token, "secret": secret }))?;
            } else if let Some(secret) = secret {
                cx.out.line(format!("token {} of {}, shown this once: {secret}", token.id, token.user))?;
            } else {
                cx.out.line(format!("would make a token of {} for {}", token.user, token.name))?;
            }
        }
        Args::List => {
            let row = |t: &TokenView| {
                let state = match (t.revoked_at, t.expires_at) {
                    (Some(at), _) => format!("revoked {at}"),
                    (None, Some(at)) if at <= cx.app.now() => format!("expired {at}"),
                    (None, Some(at)) => format!("good until {at}"),
                    (None, None) => "good".to_owned(),
                };
                let used = or_dash(t.last_used_at.as_ref().map(Timestamp::to_string));
                vec![t.id.to_string(), t.name.clone(), t.user.clone(), t.scope.to_string(), state, used]
            };
            let header = ["id", "name", "user", "scope", "state", "last used"];
            let empty = "no token; velocity token create NAME --user USER";
            cx.out.list(&cx.app.tokens(&cx.actor).await?, &header, row, empty)?;
        }
        Args::Revoke { id, dry_run } => {
            let token = cx.app.revoke_token(&cx.actor, id, dry_run).await?;
            match cx.out.json {
                true => cx.out.json(&token)?,
                false if dry_run => cx.out.line(format!("would revoke token {id} of {}", token.user))?,
                false => cx.out.line(format!("revoked token {id} of {}", token.user))?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
