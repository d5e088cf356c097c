//! By which way persons are told something, and what is told.

use std::fmt::Display;
use std::str::FromStr;

use super::{DESCRIPTION, FieldKind, JOB, NAME, ObjectKind, SITE, SLUG, field, other};
use crate::notice::{Digest, NoticeKinds, QuietHours};

const PAUSED: FieldKind = FieldKind::Word(&["active", "paused"]);

/// The way by which persons are told something.
pub static CHANNEL: ObjectKind = ObjectKind {
    name: "notification channel",
    plural: "notify channels",
    table: "notification_channels",
    shown_by: "name",
    within: None,
    fields: &[
        NAME,
        SLUG,
        field("kind", FieldKind::Word(&["email", "webhook", "slack", "teams"]), "email, webhook, slack or teams"),
        field("target", FieldKind::Text(1000), "Addresses of a mail, parted by commas; URL of a webhook"),
        field(
            "credential",
            FieldKind::Text(100),
            "Credential of the vault: log-in of the mail server, a token that signs, or the secret URL of Slack or Teams",
        ),
        field("server", FieldKind::Text(255), "Mail server: mail.example.net:587"),
        field("security", FieldKind::Word(&["starttls", "tls", "none"]), "Of the mail server: starttls, tls or none"),
        field("sender", FieldKind::Text(255), "Who a mail is from"),
        field("status", PAUSED, "active or paused"),
        DESCRIPTION,
    ],
};

/// What is told, by which way, and when.
pub static NOTICE_RULE: ObjectKind = ObjectKind {
    name: "notification rule",
    plural: "notify rules",
    table: "notification_rules",
    shown_by: "name",
    within: None,
    fields: &[
        NAME,
        SLUG,
        other("channel", "channel_id", &CHANNEL, "Channel by which it is told"),
        field(
            "events",
            FieldKind::Read(one_spelling::<NoticeKinds>),
            "run_failed, run_partial, run_succeeded, change, new_device, credential_refused, worker_lost",
        ),
        field("severity", FieldKind::Word(&["minor", "moderate", "critical"]), "Least severity of changes"),
        field("devices", FieldKind::Text(200), "Names of devices, with * and ?, parted by commas"),
        other("site", "site_id", &SITE, "Of devices of this site only"),
        other("job", "job_id", &JOB, "Of runs of this job only"),
        field("digest", FieldKind::Read(one_spelling::<Digest>), "Told together: hourly, or daily 08:00"),
        field("quiet", FieldKind::Read(one_spelling::<QuietHours>), "Hours in which nothing is sent: 22:00-07:00"),
        field("time_zone", FieldKind::TimeZone, "Time zone of these hours; UTC when left out"),
        field("status", PAUSED, "active or paused"),
        DESCRIPTION,
    ],
};

fn one_spelling<T: FromStr<Err = String> + Display>(written: &str) -> Result<String, String> {
    written.parse::<T>().map(|read| read.to_string())
}
