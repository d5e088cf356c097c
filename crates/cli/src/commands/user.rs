//! `velocity user`: who may use the server.

use std::process::ExitCode;

use app::Role;
use app::users::{UserEdit, UserView};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::context::Context;
use crate::output::or_dash;
use crate::source::SecretFlags;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Add a user; without a password one is made up, printed once, and must be changed
    Add {
        name: String,
        /// viewer, approver, operator or admin
        #[arg(long, default_value = "viewer")]
        role: Role,
        #[command(flatten)]
        secret: SecretFlags,
        /// Show what would be done, do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// List users
    List,
    /// Change what a user may do
    Role {
        name: String,
        /// viewer, approver, operator or admin
        role: Role,
        /// Show what would be done, do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Let a user be operator or approver at one site, beside the role for all
    SiteRole {
        name: String,
        /// Slug or name of the site
        site: String,
        /// operator or approver; without one it is taken away
        role: Option<Role>,
        /// Show what would be done, do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Keep a user out; sessions and tokens of theirs are good for nothing
    Disable {
        name: String,
        /// Show what would be done, do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Let a user in again
    Enable {
        name: String,
        /// Show what would be done, do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Give a user another password, which must be changed; their sessions are over
    ResetPassword {
        name: String,
        #[command(flatten)]
        secret: SecretFlags,
        /// Show what would be done, do nothing
        #[arg(long)]
        dry_run: bool,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let (app, actor) = (&cx.app, &cx.actor);
    match args {
        Args::Add { name, role, secret, dry_run } => {
            let (user, password) = app.add_user(actor, &name, role, given(&secret)?, dry_run).await?;
            tell(&user, password.as_ref(), if dry_run { "would be added" } else { "added" }, cx)?;
        }
        Args::List => list(&app.users(actor).await?, cx)?,
        Args::Role { name, role, dry_run } => {
            let edit = UserEdit { role: Some(role), ..UserEdit::default() };
            change(&name, edit, dry_run, cx).await?;
        }
        Args::SiteRole { name, site, role, dry_run } => {
            let user = app.user(actor, &name).await?;
            let record = app.record_of(actor, &model::object::SITE, &site).await?.slug();
            let mut sites: Vec<(String, Role)> = user.sites.into_iter().map(|at| (at.site, at.role)).collect();
            sites.retain(|(known, _)| *known != record);
            sites.extend(role.map(|role| (record, role)));
            change(&name, UserEdit { sites: Some(sites), ..UserEdit::default() }, dry_run, cx).await?;
        }
        Args::Disable { name, dry_run } => {
            change(&name, UserEdit { disabled: Some(true), ..UserEdit::default() }, dry_run, cx).await?;
        }
        Args::Enable { name, dry_run } => {
            change(&name, UserEdit { disabled: Some(false), ..UserEdit::default() }, dry_run, cx).await?;
        }
        Args::ResetPassword { name, secret, dry_run } => {
            let password = app.reset_password(actor, &name, given(&secret)?, dry_run).await?;
            let user = app.user(actor, &name).await?;
            tell(
                &user,
                password.as_ref(),
                if dry_run { "would get another password" } else { "has another password" },
                cx,
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn given(secret: &SecretFlags) -> anyhow::Result<Option<SecretString>> {
    match secret.are_given() {
        true => Ok(Some(secret.source()?.new_secret("Password")?)),
        false => Ok(None),
    }
}

async fn change(name: &str, edit: UserEdit, dry_run: bool, cx: &Context) -> anyhow::Result<()> {
    let user = cx.app.edit_user(&cx.actor, name, edit, dry_run).await?;
    tell(&user, None, if dry_run { "would be changed" } else { "changed" }, cx)
}

/// The one place where a password is printed: it was made up, and nobody else has it.
fn tell(user: &UserView, password: Option<&SecretString>, what: &str, cx: &Context) -> anyhow::Result<()> {
    let password = password.map(ExposeSecret::expose_secret);
    if cx.out.json {
        return cx.out.json(&json!({ "user": user, "password": password }));
    }
    let state = if user.disabled_at.is_some() { "disabled" } else { "active" };
    let at: String = user.sites.iter().map(|at| format!(", {} at {}", at.role, at.site)).collect();
    cx.out.line(format!("user {} {what}: {}{at}, {state}", user.name, user.role))?;
    match password {
        Some(password) => {
            cx.out.line(format!("password, shown this once, to be changed at the first log-in: {password}"))
        }
        None => Ok(()),
    }
}

fn list(users: &[UserView], cx: &Context) -> anyhow::Result<()> {
    let row = |u: &UserView| {
        let state = match (u.disabled_at, u.must_change) {
            (Some(_), _) => "disabled",
            (None, true) => "must set a password",
            (None, false) => "active",
        };
        vec![u.name.clone(), u.role.to_string(), state.to_owned(), or_dash(u.last_login_at)]
    };
    cx.out.list(users, &["name", "role", "state", "last login"], row, "no user; velocity user add NAME --role admin")
}
