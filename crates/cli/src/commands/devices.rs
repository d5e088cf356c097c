//! `velocity devices list | show`

use std::process::ExitCode;

use model::Device;

use crate::context::Context;
use crate::output::or_dash;

#[derive(clap::Subcommand)]
pub enum Args {
    /// All devices, or those that match
    List {
        /// `site=usa`, `vendor=Cisco,role=leaf`, `name=fra-*` …
        #[arg(default_value = "all")]
        filter: String,
    },
    /// One device with all that is known of it
    Show {
        /// Name, id, address or serial number
        device: String,
    },
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::List { filter } => {
            let devices = cx.app.devices(&cx.actor, &filter).await?;
            let marks = cx.app.credential_marks(&cx.actor).await?;
            let header = ["name", "address", "site", "role", "platform", "model", "os version", "serial", "credential"];
            let row = |d: &Device| {
                let mark = marks.get(&d.id).map_or("untested", |m| m.as_str());
                row(d).into_iter().chain([mark.to_owned()]).collect()
            };
            cx.out.list(&devices, &header, row, "no devices; velocity discover ADDRESS finds them")?;
        }
        Args::Show { device } => show(&device, cx).await?,
    }
    Ok(ExitCode::SUCCESS)
}

fn row(d: &Device) -> Vec<String> {
    let (site, role) = (or_dash(d.site.as_ref()), or_dash(d.role.as_ref()));
    let (model, version) = (or_dash(d.model.as_ref()), or_dash(d.os_version.as_ref()));
    vec![d.slug.clone(), d.address.to_string(), site, role, d.platform.clone(), model, version, d.serials.join(",")]
}

async fn show(reference: &str, cx: &Context) -> anyhow::Result<()> {
    let view = cx.app.device(&cx.actor, reference).await?;
    if cx.out.json {
        return cx.out.json(&view);
    }
    let d = &view.device;
    let accounts: Vec<String> = view.accesses.iter().map(|a| format!("{} ({})", a.username, a.platform)).collect();
    let lines = [
        ("name", d.name.clone()),
        ("address", format!("{} port {}", d.address, d.port)),
        ("other addresses", view.other_addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        ("site", or_dash(d.site.as_ref())),
        ("role", or_dash(d.role.as_ref())),
        ("vendor", d.vendor.clone()),
        ("platform", d.platform.clone()),
        ("model", or_dash(d.model.as_ref())),
        ("os version", or_dash(d.os_version.as_ref())),
        ("serials", d.serials.join(", ")),
        ("chassis mac", or_dash(d.chassis_mac)),
        ("account", accounts.join(", ")),
        ("spoken to by", view.crypto.as_ref().map(spoken).unwrap_or_default()),
        ("first seen", d.first_seen.to_string()),
        ("last seen", d.last_seen.to_string()),
        ("last captured", or_dash(d.last_captured)),
    ];
    for (name, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        cx.out.line(format!("{name:<16} {}", model::text::shown(value)))?;
    }
    cx.out.line("\nCredentials")?;
    let header = ["credential", "kind", "state", "last success", "last failure", "failures"];
    let credential = |c: &app::DeviceCredential| {
        let state = match (c.is_preferred, c.works()) {
            (true, _) => "preferred",
            (false, true) => "ok",
            (false, false) => "failed",
        };
        let (success, failure) = (or_dash(c.last_success_at), or_dash(c.last_failure_at));
        vec![c.credential.clone(), c.kind.clone(), state.to_owned(), success, failure, c.failure_count.to_string()]
    };
    cx.out.list(&view.credentials, &header, credential, "untested")?;
    cx.out.line("\nNeighbours")?;
    let header = ["port", "neighbour", "port there", "protocols", "seen by"];
    let neighbor = |l: &app::LinkView| {
        let by = if l.confirmed { "both sides" } else { "one side" };
        vec![l.local_port.clone(), l.remote_device.clone(), l.remote_port.clone(), l.protocols.join("+"), by.to_owned()]
    };
    cx.out.list(&view.links, &header, neighbor, "none known")?;
    cx.out.line("\nFacts and captures")?;
    let header = ["capture type", "facts", "version", "size", "first seen", "last seen", "state"];
    let capture = |c: &app::CaptureView| {
        let (size, state) = (c.size.to_string(), c.state());
        let facts = or_dash(c.facts);
        vec![
            c.capture_type.clone(),
            facts,
            or_dash(c.version),
            size,
            c.first_seen.to_string(),
            c.last_seen.to_string(),
            state,
        ]
    };
    cx.out.list(&view.captures, &header, capture, "none; velocity capture collects them")
}

/// `modern: curve25519-sha256, aes128-gcm@openssh.com, ssh-ed25519 SHA256:…`, and what is wrong with it.
fn spoken(crypto: &app::CryptoView) -> String {
    let key = [super::report::key(crypto), crypto.fingerprint.clone().unwrap_or_default()].join(" ");
    let words = [crypto.kex.clone(), crypto.cipher.clone(), crypto.mac.clone(), Some(key)];
    let words = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let findings =
        if crypto.findings.is_empty() { String::new() } else { format!(" ({})", crypto.findings.join("; ")) };
    format!("{}: {words}{findings}", crypto.suite.as_deref().unwrap_or("not yet"))
}
