//! `velocity notify channels | rules | test | list | send`

use std::process::ExitCode;

use app::{ChannelState, Notification, Notifier, OpenVault};
use model::text::shown;

use super::objects;
use crate::context::Context;
use crate::output::or_dash;
use crate::record_flags::{Channels, NoticeRules};

#[derive(clap::Subcommand)]
pub enum Args {
    /// By which ways persons are told: mail, webhooks, Slack, Teams
    #[command(subcommand, visible_alias = "channel")]
    Channels(objects::Args<Channels>),
    /// What is told, by which channel, and when
    #[command(subcommand, visible_alias = "rule")]
    Rules(objects::Args<NoticeRules>),
    /// Send a message that says it is a test
    Test {
        /// Name, slug or id of a channel
        channel: String,
    },
    /// Whether the channels work, and what waits for each
    Status,
    /// What was told and what waits, newest first
    List {
        /// Only what is in this state
        #[arg(long, value_parser = ["waiting", "sent", "failed"])]
        state: Option<String>,
        /// So many at most
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: u32,
    },
    /// Look once for what happened and send what is due; the daemon does it all the time
    Send {
        /// Show what would be sent, send nothing
        #[arg(long)]
        dry_run: bool,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Channels(args) => return objects::run(args, cx).await,
        Args::Rules(args) => return objects::run(args, cx).await,
        Args::Test { channel } => {
            let vault = vault(cx).await?;
            cx.app.test_channel(&cx.actor, &channel, vault.as_ref()).await?;
            cx.out.line(format!("the message was taken; look whether it arrived at {}", shown(&channel)))?;
        }
        Args::Status => {
            let all = cx.app.channel_states(&cx.actor).await?;
            let header = ["channel", "kind", "state", "sent", "waiting", "given up", "why"];
            cx.out.list(&all, &header, channel, "no channels; `velocity notify channels add` makes one")?;
            if all.iter().any(|channel| channel.state == "stopped") {
                return Ok(ExitCode::FAILURE);
            }
        }
        Args::List { state, limit } => {
            let all = cx.app.notifications(&cx.actor, state.as_deref(), limit).await?;
            cx.out.list(&all, &HEADER, told, "nothing was told yet; `velocity notify rules add` says what is")?;
        }
        Args::Send { dry_run: true } => {
            let due = Notifier::new(&cx.app, &cx.actor)?.would_send().await?;
            cx.out.list(&due, &HEADER, told, "nothing would be sent")?;
        }
        Args::Send { dry_run: false } => {
            let vault = vault(cx).await?;
            let pass = Notifier::new(&cx.app, &cx.actor)?.pass(vault.as_ref()).await?;
            if cx.out.json {
                cx.out.json(&pass)?;
            } else {
                let (new, sent, later, failed) = (pass.new, pass.sent, pass.later, pass.failed);
                cx.out.line(format!("{new} new, {sent} sent, {later} tried again later, {failed} given up"))?;
            }
            if pass.failed + pass.later > 0 {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn channel(c: &ChannelState) -> Vec<String> {
    let (name, why) = (shown(&c.name), or_dash(c.why.as_deref().map(shown)));
    let [sent, waiting, failed] = [c.sent, c.waiting, c.failed].map(|n| n.to_string());
    vec![name, c.kind.clone(), c.state.clone(), sent, waiting, failed, why]
}

const HEADER: [&str; 8] = ["at", "rule", "channel", "state", "due", "tries", "title", "error"];

fn told(n: &Notification) -> Vec<String> {
    let (rule, channel, error) = (shown(&n.rule), shown(&n.channel), or_dash(n.error.as_deref().map(shown)));
    let due = or_dash((n.state == "waiting").then_some(n.due_at));
    let (at, state, tries) = (n.notice.at.to_string(), n.state.clone(), n.tries.to_string());
    vec![at, rule, channel, state, due, tries, n.notice.title.clone(), error]
}

/// The vault, when a channel needs it and it can be opened.
async fn vault(cx: &Context) -> anyhow::Result<Option<OpenVault>> {
    match cx.app.channel_credentials(&cx.actor).await?.is_empty() {
        true => Ok(None),
        false => Ok(Some(cx.vault().await?)),
    }
}
