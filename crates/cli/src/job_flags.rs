//! Flags that say what a job collects, from which devices and how; each may be left out.

use app::JobDraft;
use clap::{Args, ValueEnum};
use model::text::slug;
use model::{JobCommand, Protocol, SaveRule};

#[derive(Args, Debug, Clone, Default)]
pub struct JobFlags {
    /// Capture types, with commas: configs,inventory
    #[arg(long, alias = "types", value_name = "TYPE,…", value_delimiter = ',')]
    captures: Option<Vec<String>>,
    /// The capture type; with --command, what its output is kept as
    #[arg(long = "type", value_name = "TYPE")]
    capture_type: Option<String>,
    /// A command of your own, asked as it stands; may be given again
    #[arg(long = "command", value_name = "TEXT")]
    commands: Vec<String>,
    /// Said before the commands, with no answer kept; may be given again
    #[arg(long, visible_alias = "paging-disable", value_name = "TEXT")]
    prepare: Vec<String>,
    /// What the output of --command is kept as: `collections/NAME/<device>.txt` [default: the type]
    #[arg(long, visible_alias = "output", value_name = "NAME")]
    output_dir: Option<String>,
    /// Template that reads the output of --command [default: the one that fits]
    #[arg(long, visible_alias = "textfsm-template", value_name = "NAME")]
    template: Option<String>,
    /// Devices of these sites only; `*` and `?` as in file names; so for all filters
    #[arg(long, visible_alias = "filter-site", value_name = "SITE,…", value_delimiter = ',')]
    site: Option<Vec<String>>,
    /// … of these vendors
    #[arg(long, visible_alias = "filter-vendor", value_name = "VENDOR,…", value_delimiter = ',')]
    vendor: Option<Vec<String>>,
    /// … of these platforms
    #[arg(long, visible_alias = "filter-platform", value_name = "PLATFORM,…", value_delimiter = ',')]
    platform: Option<Vec<String>>,
    /// … with these roles
    #[arg(long, visible_alias = "filter-role", value_name = "ROLE,…", value_delimiter = ',')]
    role: Option<Vec<String>>,
    /// … with this status
    #[arg(long, visible_alias = "filter-status", value_name = "STATUS,…", value_delimiter = ',')]
    status: Option<Vec<String>>,
    /// … with one of these tags
    #[arg(long, value_name = "TAG,…", value_delimiter = ',')]
    filter_tag: Option<Vec<String>>,
    /// … called like this: `fra-*`
    #[arg(long, visible_aliases = ["filter-name", "name-pattern"], value_name = "PATTERN,…", value_delimiter = ',')]
    device_name: Option<Vec<String>>,
    /// Devices at once
    #[arg(long, visible_aliases = ["workers", "max-workers"], value_name = "N")]
    concurrency: Option<u16>,
    /// Seconds for all that happens on one device
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
    /// Seconds to connect
    #[arg(long, value_name = "SECONDS")]
    connect_timeout: Option<u64>,
    /// Seconds between two commands of a device
    #[arg(long, visible_alias = "inter-command-delay", value_name = "SECONDS")]
    delay: Option<f64>,
    /// ssh, or telnet where a port does not speak SSH
    #[arg(long, value_name = "PROTOCOL")]
    protocol: Option<Protocol>,
    /// Log-ins of the vault that are tried, and no others; empty for all
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    credential: Option<Vec<String>>,
    /// How much of an output must be read for it to be good, from 0 to 1: rows over rows expected
    #[arg(long, visible_aliases = ["min-score", "threshold"], value_name = "SHARE")]
    validate: Option<f64>,
    /// Rows that an output has at least; fewer lower its score
    #[arg(long, visible_alias = "min-rows", value_name = "N")]
    rows: Option<u32>,
    /// Which outputs are kept: those that are valid, all (the others marked), none
    #[arg(long, value_enum, value_name = "WHICH")]
    save: Option<Save>,
    /// A line of description
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Short name for commands [default: made of the name]
    #[arg(long, value_name = "SLUG")]
    slug: Option<String>,
    /// Among the favourites
    #[arg(long, value_name = "YES", num_args = 0..=1, default_missing_value = "true")]
    favourite: Option<bool>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Save {
    Valid,
    All,
    None,
}

impl JobFlags {
    /// Writes what was given over what the job says. An empty value clears.
    pub fn apply(self, job: &mut JobDraft) {
        self.apply_what(job);
        let Self { site, vendor, platform, role, status, filter_tag, device_name, .. } = self;
        let which = &mut job.which;
        let given = [
            (site, &mut which.site),
            (vendor, &mut which.vendor),
            (platform, &mut which.platform),
            (role, &mut which.role),
            (status, &mut which.status),
            (filter_tag, &mut which.tag),
            (device_name, &mut which.name),
            (self.credential, &mut job.how.credentials),
        ];
        for (values, field) in given {
            if let Some(values) = values {
                *field = values.into_iter().map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect();
            }
        }
        let how = &mut job.how;
        how.concurrency = self.concurrency.or(how.concurrency);
        how.timeout = self.timeout.or(how.timeout);
        how.connect_timeout = self.connect_timeout.or(how.connect_timeout);
        how.delay = self.delay.or(how.delay);
        how.protocol = self.protocol.or(how.protocol);
        how.validate = self.validate.or(how.validate);
        how.rows = self.rows.or(how.rows);
        how.save = match self.save {
            Some(Save::Valid) => SaveRule::Valid,
            Some(Save::All) => SaveRule::All,
            Some(Save::None) => SaveRule::None,
            None => how.save,
        };
        if let Some(text) = self.description {
            job.description = Some(text).filter(|t| !t.trim().is_empty());
        }
        job.slug = self.slug.or(job.slug.take());
        job.favourite = self.favourite.unwrap_or(job.favourite);
    }

    fn apply_what(&self, job: &mut JobDraft) {
        let captures = self.captures.clone().map(|all| all.into_iter().filter(|t| !t.trim().is_empty()).collect());
        if self.commands.is_empty() {
            let alone = self.capture_type.clone().map(|name| vec![name]);
            job.what.captures = captures.or(alone).unwrap_or(std::mem::take(&mut job.what.captures));
        } else {
            job.what.captures = captures.unwrap_or_default();
            job.what.commands = self.own_commands();
        }
        if !self.prepare.is_empty() {
            job.what.prepare = self.prepare.iter().filter(|p| !p.is_empty()).cloned().collect();
        }
    }

    /// The first is kept as the output that was named, each other one as that with its own words behind.
    fn own_commands(&self) -> Vec<JobCommand> {
        let named = self.output_dir.as_ref().or(self.capture_type.as_ref());
        let output = |n: usize, command: &str| match (named, n) {
            (Some(name), 0) => name.clone(),
            (Some(name), _) => format!("{name}-{}", slug(command).to_lowercase()),
            (None, _) => slug(command).to_lowercase(),
        };
        let own = |(n, command): (usize, &String)| JobCommand {
            command: command.trim().to_owned(),
            output: output(n, command),
            template: self.template.clone(),
        };
        self.commands.iter().enumerate().filter(|(_, c)| !c.trim().is_empty()).map(own).collect()
    }
}
