//! `init`: the data directory, with what a user expects to find in it.

use std::path::Path;

use model::Platforms;
use secrecy::ExposeSecret;
use store::{Defaults, PlatformSeed, RoleSeed};

use crate::config::{self, Config};
use crate::{Actor, App, AppError, AppResult, Role, users};

pub struct InitOptions {
    /// Seed manufacturers, platforms and roles.
    pub defaults: bool,
    /// Say what would be made, make nothing.
    pub dry_run: bool,
}

/// Folders of the data directory.
const FOLDERS: [&str; 4] = ["captures", "collections", "batches", "logs"];

const MANUFACTURERS: [&str; 8] =
    ["Cisco", "Arista", "Juniper", "HPE", "Fortinet", "Palo Alto Networks", "Huawei", "MikroTik"];

/// netmiko's name, title, manufacturer.
const PLATFORMS: [(&str, &str, &str); 13] = [
    ("cisco_ios", "Cisco IOS and IOS-XE", "Cisco"),
    ("cisco_nxos", "Cisco NX-OS", "Cisco"),
    ("cisco_xr", "Cisco IOS-XR", "Cisco"),
    ("cisco_asa", "Cisco ASA", "Cisco"),
    ("arista_eos", "Arista EOS", "Arista"),
    ("juniper_junos", "Juniper Junos", "Juniper"),
    ("hp_comware", "HPE Comware", "HPE"),
    ("hp_procurve", "HPE ProCurve", "HPE"),
    ("fortinet", "Fortinet FortiOS", "Fortinet"),
    ("paloalto_panos", "Palo Alto PAN-OS", "Palo Alto Networks"),
    ("huawei_vrp", "Huawei VRP", "Huawei"),
    ("mikrotik_routeros", "MikroTik RouterOS", "MikroTik"),
    ("linux", "Linux", "Linux"),
];

const ROLES: [(&str, &str, &str); 12] = [
    ("core", "Core", "d32f2f"),
    ("distribution", "Distribution", "f57c00"),
    ("access", "Access", "388e3c"),
    ("spine", "Spine", "7b1fa2"),
    ("leaf", "Leaf", "1976d2"),
    ("router", "Router", "0097a7"),
    ("border", "Border", "c2185b"),
    ("firewall", "Firewall", "e64a19"),
    ("load-balancer", "Load balancer", "5d4037"),
    ("wireless", "Wireless", "fbc02d"),
    ("management", "Management", "616161"),
    ("server", "Server", "455a64"),
];

/// Makes what is missing and leaves what is there. Gives what was done, a line each.
pub async fn init(home: &Path, options: &InitOptions) -> AppResult<Vec<String>> {
    let mut steps = Vec::new();
    let config = home.join(config::FILE);
    let fresh = !config.exists();
    steps.push(format!("data directory {}", home.display()));
    if fresh {
        steps.push(format!("configuration {}", config.display()));
    }
    if options.dry_run {
        steps.push("database and folders".to_owned());
        return Ok(steps);
    }
    private_folder(home)?;
    for folder in FOLDERS {
        private_folder(&home.join(folder))?;
    }
    if fresh {
        std::fs::write(&config, config::TEMPLATE).map_err(|source| AppError::Write { path: config.clone(), source })?;
    }
    private_file(&config)?;
    let app = App::open(home).await?;
    let database = home.join("velocity.db");
    if database.exists() {
        private_file(&database)?;
    }
    steps.push(format!("database {}", App::database(home, &Config::load(home)?)));
    if options.defaults {
        steps.push(seed(&app).await?);
    }
    steps.extend(first_user(&app).await?);
    Ok(steps)
}

/// Where there is no user, one who may do everything. The password is told here, once, and kept nowhere.
async fn first_user(app: &App) -> AppResult<Option<String>> {
    if app.has_users().await? {
        return Ok(None);
    }
    let (user, password) = app.add_user(&Actor::local(), users::FIRST, Role::Admin, None, false).await?;
    let password = password.unwrap_or_default();
    let told = format!("user {} for the web, password {}", user.name, password.expose_secret());
    Ok(Some(format!("{told} (shown this once; it must be changed at the first log-in)")))
}

async fn seed(app: &App) -> AppResult<String> {
    let platform = |&(slug, name, manufacturer): &(&'static str, &'static str, &'static str)| PlatformSeed {
        slug,
        name,
        manufacturer,
        netmiko_type: slug,
    };
    let mut platforms: Vec<PlatformSeed<'_>> = PLATFORMS.iter().map(platform).collect();
    // Those that the product speaks and that are not among the thirteen.
    let own = Platforms::builtin().all().iter().filter(|p| !p.fingerprint.is_empty());
    let own = own.filter(|p| PLATFORMS.iter().all(|(slug, _, _)| *slug != p.name));
    platforms.extend(own.map(|p| PlatformSeed {
        slug: &p.name,
        name: &p.name,
        manufacturer: &p.vendor,
        netmiko_type: &p.name,
    }));
    let roles: Vec<RoleSeed<'_>> = ROLES.iter().map(|&(slug, name, color)| RoleSeed { slug, name, color }).collect();
    let defaults = Defaults { manufacturers: &MANUFACTURERS, platforms: &platforms, roles: &roles };
    let seeded = app.store.seed_defaults(&defaults).await?;
    Ok(format!(
        "defaults: {} manufacturers, {} platforms, {} roles added",
        seeded.manufacturers, seeded.platforms, seeded.roles
    ))
}

/// Only its owner may read the file: it may hold a password, or what devices keep to themselves.
pub(crate) fn private_file(path: &Path) -> AppResult<()> {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(path, mode).map_err(|source| AppError::Write { path: path.to_path_buf(), source })?;
    }
    Ok(())
}

/// A folder that only its owner can read: captures hold what devices keep to themselves.
pub(crate) fn private_folder(path: &Path) -> AppResult<()> {
    let failed = |source| AppError::Write { path: path.to_path_buf(), source };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(failed)
}
